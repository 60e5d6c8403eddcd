"""As one standalone web page: no script, nothing loaded from elsewhere, readable by a screen reader and on paper."""

from typing import Any

from kaasav.documents import webpage
from kaasav.documents.awardlist.cells import Bounds, Cell, Figure, shown
from kaasav.documents.awardlist.columns import sheets
from kaasav.documents.awardlist.listing import Column, Listing, Row, Sheet
from kaasav.documents.template import Template, find
from kaasav.language import _

TEMPLATE = "awardlist.html.j2"
STATES = {"met": "met", "open": "open", "not_met": "not-met", None: "none-yet"}
"""Classes of the answers; the words stand beside the colour."""


def write(listing: Listing, template: Template | None = None) -> bytes:
    """The list as HTML, by ``template`` or the one that ships.

    Raises:
        Refused: as `webpage.write`.
    """
    return webpage.write(template or find(TEMPLATE, listing.language, None), context(listing))


def context(listing: Listing) -> dict[str, Any]:
    """What the template gets: plain texts only, already in words."""
    return {
        "lang": listing.language,
        "title": listing.title,
        "issuer": listing.issuer,
        "marks": [{"code": one.code, "text": one.text} for one in listing.marks],
        "rules": list(listing.rules),
        "notes": list(listing.notes),
        "tables": [_table(listing, one) for one in sheets(listing)],
        "explained": [{"title": one.title, "text": one.explanation} for one in listing.columns],
        "words": {"columns": _("Columns"), "column": _("Column"), "explanation": _("What stands in it")},
    }


def _table(listing: Listing, sheet: Sheet) -> dict[str, Any]:
    numbers = {one.key for one in sheet.columns if _number(listing, one)}
    head = next((one.key for one in sheet.columns if one.key == "municipality"), sheet.columns[0].key)
    return {
        "title": sheet.title,
        "columns": [
            {"title": one.title, "number": one.key in numbers, "head": one.key == head, "width": one.width}
            for one in sheet.columns
        ],
        "rows": [_row(one, sheet, numbers, head) for one in listing.rows],
    }


def _row(row: Row, sheet: Sheet, numbers: set[str], head: str) -> list[dict[str, Any]]:
    return [
        {
            "lines": _lines(row.cells.get(one.key)),
            "number": one.key in numbers,
            "head": one.key == head,
            "state": STATES[row.state] if one.key == "answer" else "",
        }
        for one in sheet.columns
    ]


def _lines(cell: Cell) -> list[str]:
    return [one.text for one in cell] if isinstance(cell, tuple) and cell else [shown(cell)]


def _number(listing: Listing, column: Column) -> bool:
    return any(isinstance(row.cells.get(column.key), int | Bounds | Figure) for row in listing.rows)
