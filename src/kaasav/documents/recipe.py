"""What a document is made of, known before it is made, so that what would not change is not made again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import Any

from kaasav import __version__
from kaasav.documents.template import Template, shared_version
from kaasav.plain import digest


@dataclass(frozen=True)
class Recipe:
    """One file to be made.

    Attributes:
        document: what it is: ``certificate``, ``letter``, ``report``, ``plan``, ``award-list``.
        format: its ending, such as ``pdf``.
        language: ``et`` or ``en``.
        result: the hash of the result it tells; "" for one that tells several.
        data: everything the template gets, plain.
        render: makes the bytes; the same recipe gives the same bytes.
        template: what it is rendered from; None where code lays it out.
        libraries: the packages that make the bytes; their versions are part of the recipe.
        holds: of a container, the files in it by name: each one's recipe (its digest), or its SHA-256.
    """

    document: str
    format: str
    language: str
    result: str
    data: Mapping[str, Any]
    render: Callable[[], bytes] = field(compare=False)
    template: Template | None = None
    libraries: tuple[str, ...] = ()
    holds: Mapping[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def versions(self) -> dict[str, str]:
        """Kaasav and the libraries that make the bytes, with their versions."""
        return {"kaasav": __version__, **{name: version(name) for name in self.libraries}}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything the bytes come from."""
        return digest(
            {
                "document": self.document,
                "format": self.format,
                "language": self.language,
                "data": self.data,
                "template": self.template.version if self.template else "",
                "shared": shared_version() if self.template else "",
                "versions": self.versions,
            }
        )
