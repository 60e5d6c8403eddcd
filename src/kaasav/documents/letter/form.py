"""An empty form for the contacts of a round, with a row for each municipality. The same round gives the same bytes."""

import datetime
from collections.abc import Sequence

from kaasav.documents.letter.contact import WHAT
from kaasav.documents.letter.contacts import COLUMNS, DATES
from kaasav.language import _
from kaasav.workbook import AnyCell, put_text, steady

_MADE = datetime.datetime(2000, 1, 1, tzinfo=None)
_WIDTHS = {"municipality": 24, "address": 36, "email": 30, "addressee": 24, "position": 20}


def form(municipalities: Sequence[str]) -> bytes:
    """The workbook’s bytes.

    Args:
        municipalities: their official names, in the order of the rows.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    book.properties.creator = "Kaasav"
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook always has one
        raise TypeError
    sheet.title = _("contacts")
    for column, (name, header) in enumerate(COLUMNS.items(), start=1):
        cell: AnyCell = sheet.cell(1, column)
        put_text(cell, _(header))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(name, 16)
    for row, municipality in enumerate(municipalities, start=2):
        put_text(sheet.cell(row, 1), municipality)
        for column, name in enumerate(WHAT, start=2):
            blank: AnyCell = sheet.cell(row, column)
            blank.number_format = "dd.mm.yyyy" if name in DATES else "@"
            blank.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    return steady(book, _MADE)
