"""As Markdown: tables of GitHub's flavour, every sign that could mean something escaped."""

import re
from collections.abc import Iterator

from kaasav.documents.awardlist.cells import Bounds, Figure, shown
from kaasav.documents.awardlist.columns import sheets
from kaasav.documents.awardlist.listing import Column, Listing
from kaasav.language import _

_MEANS = re.compile(r"[\\`*_{}\[\]#|~$]")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(listing: Listing) -> bytes:
    """The list as Markdown."""
    return ("\n".join(_lines(listing)) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """``text`` so that Markdown shows exactly its signs."""
    text = _MEANS.sub(r"\\\g<0>", text).translate(_HTML)
    number = re.match(r"\s*\d+(?=[.)](\s|$))", text)
    if number:
        return f"{number[0]}\\{text[number.end() :]}"
    return re.sub(r"^(\s*)(?=[-+=])", r"\1\\", text)


def _lines(listing: Listing) -> Iterator[str]:
    yield f"# {escaped(listing.title)}"
    for mark in listing.marks:
        yield f"\n> **{escaped(mark.text)}**"
    yield ""
    for rule in listing.rules:
        yield f"{escaped(rule)}\n"
    for note in listing.notes:
        yield f"- {escaped(note)}"
    told = sheets(listing)
    for sheet in told:
        yield f"\n## {escaped(sheet.title)}\n"
        yield _line([one.title for one in sheet.columns])
        yield "|" + "|".join(" ---: " if _number(listing, one) else " --- " for one in sheet.columns) + "|"
        for row in listing.rows:
            yield _line([shown(row.cells.get(one.key)) for one in sheet.columns])
    yield f"\n## {_('Columns')}\n"
    for column in listing.columns:
        yield f"- **{escaped(column.title)}**: {escaped(column.explanation)}"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(escaped(" ".join(cell.split())) for cell in cells) + " |"


def _number(listing: Listing, column: Column) -> bool:
    return any(isinstance(row.cells.get(column.key), int | Bounds | Figure) for row in listing.rows)
