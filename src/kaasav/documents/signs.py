"""Signs that a PDF’s fonts lack: they are written out there, and whoever makes the document is told."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kaasav.documents.coverage import lacking
from kaasav.documents.recipe import Recipe
from kaasav.language import N_
from kaasav.problems import Location, Problem, warning

LACKING = warning(
    "document-signs-lacking",
    N_("no font of the PDF has these signs, so their numbers stand there: {signs}"),
    N_("write it otherwise where it comes from, or use Word, which keeps them"),
)
_MANY = 10


def problems(recipes: Iterable[Recipe], shown: str) -> list[Problem]:
    """A warning where one of ``recipes`` is a PDF whose texts hold signs no shipped font has.

    Args:
        recipes: the files to be made of one result.
        shown: how people know that result.
    """
    found = dict.fromkeys(
        sign for one in recipes if one.format == "pdf" for text in _texts(one.data) for sign in lacking(text)
    )
    if not found:
        return []
    told = [_shown(sign) for sign in list(found)[:_MANY]]
    return [LACKING.at(Location(shown), signs=", ".join(told + ["…"] * (len(found) > _MANY)))]


def _shown(sign: str) -> str:
    number = f"U+{ord(sign):04X}"
    return f"{sign} ({number})" if sign.isprintable() else number


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
