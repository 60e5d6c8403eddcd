"""As a workbook to send on: a list to print, its details, and a sheet that explains every column."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaasav.documents import look
from kaasav.documents.awardlist.cells import Bounds, Cell, Figure, shown
from kaasav.documents.awardlist.columns import sheets
from kaasav.documents.awardlist.listing import Column, Listing, Sheet
from kaasav.documents.awardlist.numeric import FlatColumn, flat
from kaasav.language import _, active
from kaasav.workbook import AnyCell, put_text, steady

if TYPE_CHECKING:
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

STATE_COLUMNS = frozenset({"award", "answer"})
EXPLAINED = (28, 96)
"""Widths of the sheet that explains the columns."""


def write(listing: Listing) -> bytes:
    """The workbook's bytes; the same list gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = listing.issuer or "Kaasav", listing.title
    book.properties.language = "et-EE" if listing.language == "et" else "en-GB"
    book.properties.subject = "; ".join(mark.text for mark in listing.marks) or None
    for unused in book.worksheets:
        book.remove(unused)
    for number, one in enumerate(sheets(listing)):
        _table(book.create_sheet(one.title), listing, one, first=number == 0)
    _explanations(book.create_sheet(_("Columns")), listing)
    noon = datetime.time(12)
    return steady(book, datetime.datetime.combine(listing.closing_date, noon))


def _table(sheet: "Worksheet", listing: Listing, part: Sheet, *, first: bool) -> None:
    table = flat(listing, part.columns)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[look.letter(number)].width = column.column.width
    width = sum(column.column.width for column in table.columns)
    columns = max(len(table.columns), 1)
    row = _top(sheet, listing, columns, width, rules=first)
    _head(sheet, row, table.columns)
    told = tuple(enumerate(table.columns, start=1))
    for number, (cells, known) in enumerate(zip(table.rows, listing.rows, strict=True), start=row + 1):
        for at, (cell, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            _put(sheet.cell(number, at), cell)
            look.body(sheet.cell(number, at), last=number == row + len(table.rows))
            if column.column.key in STATE_COLUMNS:
                look.state(sheet.cell(number, at), known.state)
            if column.column.key == "municipality":
                sheet.cell(number, at).font = look.STRONG
        texts = ((str(sheet.cell(number, at).value or ""), one.column.width) for at, one in told if not one.number)
        look.grown(sheet, number, texts)
    last = row + len(table.rows)
    sheet.auto_filter.ref = f"A{row}:{look.letter(columns)}{last}"
    sheet.freeze_panes = f"{look.letter(_frozen(part.columns) + 1)}{row + 1}"
    if first:
        for number, note in enumerate(listing.notes, start=last + 2):
            _wide(sheet, number, columns, width, note, look.NOTE)
    _printed(sheet, listing, row)


def _frozen(columns: Sequence[Column]) -> int:
    """How many columns stay in sight: up to the municipality, where that stands near the edge."""
    keys = [one.key for one in columns]
    return keys.index("municipality") + 1 if "municipality" in keys[:3] else 0


def _top(sheet: "Worksheet", listing: Listing, columns: int, width: float, *, rules: bool) -> int:
    """Title, marks and rule; returns the row the header stands in."""
    put_text(sheet.cell(1, 1), listing.title)
    sheet.cell(1, 1).font, sheet.row_dimensions[1].height = look.TITLE, 28
    row = 2
    if listing.marks:
        _wide(sheet, row, columns, width, "   ·   ".join(mark.text for mark in listing.marks), look.RULE)
        look.marked(sheet, row, columns)
        row += 1
    for rule in listing.rules if rules else ():
        _wide(sheet, row, columns, width, rule, look.RULE)
        row += 1
    sheet.row_dimensions[row].height = 6
    return row + 1


def _wide(sheet: "Worksheet", row: int, columns: int, width: float, text: str, font: "Font") -> None:
    """``text`` over all columns, high enough to be read: merged cells do not grow by themselves."""
    put_text(sheet.cell(row, 1), text)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.cell(row, 1).alignment = look.WRAPPED
    sheet.cell(row, 1).font = font
    look.grown(sheet, row, [(text, width)])


def _head(sheet: "Worksheet", row: int, columns: Sequence[FlatColumn]) -> None:
    for number, column in enumerate(columns, start=1):
        put_text(sheet.cell(row, number), column.title)
        look.header(sheet.cell(row, number), number=column.number)
    look.grown(sheet, row, [(column.title, column.column.width) for column in columns], size=9)


def _put(cell: AnyCell, value: Cell) -> None:
    """Numbers as numbers, exact to the last bit a workbook keeps; only the number format rounds."""
    match value:
        case None | ():
            return
        case int():
            cell.value, cell.number_format = value, "0"
        case datetime.date():
            cell.value, cell.number_format = value, "dd.mm.yyyy" if active() == "et" else "yyyy-mm-dd"
        case Bounds():
            cell.value, cell.number_format = float(value.lower), _percent(value.places)
        case Figure() if value.unit == "percent":
            cell.value, cell.number_format = float(value.value / 100), _percent(value.places)
        case Figure():
            cell.value, cell.number_format = float(value.value), "0." + "0" * value.places
        case tuple():
            put_text(cell, "\n".join(one.text for one in value))
        case _:
            put_text(cell, shown(value))


def _percent(places: int) -> str:
    return "0." + "0" * places + (r"\ %" if active() == "et" else "%")


def _explanations(sheet: "Worksheet", listing: Listing) -> None:
    for letter, width in zip("AB", EXPLAINED, strict=True):
        sheet.column_dimensions[letter].width = width
    row = _top(sheet, listing, 2, sum(EXPLAINED), rules=False)
    for number, title in enumerate((_("Column"), _("What stands in it")), start=1):
        put_text(sheet.cell(row, number), title)
        look.header(sheet.cell(row, number), number=False)
    for at, column in enumerate(listing.columns, start=row + 1):
        for number, text in enumerate((column.title, column.explanation), start=1):
            put_text(sheet.cell(at, number), text)
            look.body(sheet.cell(at, number), last=at == row + len(listing.columns))
        sheet.cell(at, 1).font = look.STRONG
        look.grown(sheet, at, zip((column.title, column.explanation), EXPLAINED, strict=True))
    sheet.freeze_panes = f"A{row + 1}"
    _printed(sheet, listing, row)


def _printed(sheet: "Worksheet", listing: Listing, header_row: int) -> None:
    mark = next((one.text for one in listing.marks), "")
    page = _("Page {page} of {pages}").format(page="&P", pages="&N")
    look.printed(sheet, header_row=header_row, foot=(listing.title, mark), page=page)
