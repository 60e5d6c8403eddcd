"""The award list as a file to make: one of five formats, chosen by the file's ending."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from kaasav.documents import webpage
from kaasav.documents.awardlist import csv, html, json, md, xlsx
from kaasav.documents.awardlist.listing import Listing
from kaasav.documents.recipe import Recipe
from kaasav.documents.template import find
from kaasav.language import N_, using
from kaasav.problems import Location, Misused, error

UNKNOWN_FORMAT = error(
    "award-list-format",
    N_("by the ending of this name it is not clear in which format the award list is wanted"),
    N_("end it in one of {endings}"),
)


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written, and by which libraries beside Kaasav."""

    write: Callable[[Listing], bytes]
    libraries: tuple[str, ...] = ()


FORMATS = {
    "xlsx": Format(xlsx.write, ("openpyxl",)),
    "csv": Format(csv.write),
    "json": Format(json.write),
    "html": Format(html.write, webpage.LIBRARIES),
    "md": Format(md.write),
}


def format_of(name: str) -> str:
    """The format a file's ``name`` asks for by its ending.

    Raises:
        Misused: it ends in none of `FORMATS`.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise Misused([UNKNOWN_FORMAT.at(Location(name), endings=", ".join(f".{one}" for one in FORMATS))])
    return ending


def recipe(listing: Listing, format_: str, root: Path | None = None) -> Recipe:
    """The file of ``listing`` in one of `FORMATS`.

    Args:
        listing: the list.
        format_: its format.
        root: the workspace, whose own template wins; None: only what ships.
    """
    template = find(html.TEMPLATE, listing.language, root) if format_ == "html" else None

    def render() -> bytes:
        with using(listing.language):
            return html.write(listing, template) if template else FORMATS[format_].write(listing)

    return Recipe(
        document="award-list",
        format=format_,
        language=listing.language,
        result="",
        data=json.data(listing),
        render=render,
        template=template,
        libraries=FORMATS[format_].libraries,
    )
