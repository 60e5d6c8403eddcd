"""Texts that a new workspace or a new municipality's folder begins with."""

from pathlib import Path
from typing import Any


def render(name: str, **values: Any) -> str:
    """The template ``<name>.j2`` filled with ``values``; a value it asks for and does not get is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(  # the output is YAML and Markdown; values that need quotes pass the filter “quoted”
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (no HTML is made)
    )
    environment.filters["quoted"] = _quoted
    return environment.get_template(f"{name}.j2").render(**values)


def _quoted(text: str) -> str:
    """``text`` as a double-quoted YAML scalar, which JSON's form of a text always is."""
    import json

    return json.dumps(text, ensure_ascii=False)
