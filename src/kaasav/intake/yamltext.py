"""Plain data as YAML text that reads back as it was: every text in double quotes, the same bytes for the same data."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kaasav.problems import visible


def quoted(text: str) -> str:
    r"""``text`` as a double-quoted YAML scalar; what nobody sees is shown (``\u{202e}``), as no file may hold it."""
    return json.dumps("\n".join(visible(line) for line in text.split("\n")), ensure_ascii=False)


def dump(data: Mapping[str, Any], comment: str = "") -> bytes:
    """``data`` (mappings, sequences, text, whole numbers, booleans; None and empty are left out) as a YAML file."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    return ("\n".join([*lines, *_mapping(data, "")]) + "\n").encode("utf-8")


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if value is None or (isinstance(value, (list, tuple, dict)) and not value):
            continue
        if isinstance(value, Mapping):
            yield f"{indent}{_key(key)}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, (list, tuple)):
            if all(isinstance(item, str) for item in value) and sum(map(len, value)) < 80:
                yield f"{indent}{_key(key)}: [{', '.join(map(quoted, value))}]"
                continue
            yield f"{indent}{_key(key)}:"
            for item in value:
                yield from _item(item, indent + "  ")
        else:
            yield f"{indent}{_key(key)}: {_scalar(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"{indent}- {_scalar(item)}"
        return
    for number, line in enumerate(_mapping(item, indent + "  ")):
        yield line if number else f"{indent}- {line.strip()}"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z_][a-z0-9_]*", key) else quoted(key)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else quoted(str(value))
