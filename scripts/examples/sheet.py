"""Workbooks from tables: ``% leht: Name`` begins a sheet; two lines of title, then rows of cells parted by ``;``."""

import datetime
import io
import re

from examples.markup import FOOT, split_head
from examples.zips import repack

TITLES = 2
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
_SHEET = re.compile(r"^% leht: *(.+)$", re.MULTILINE)


def make(text: str) -> bytes:
    """The workbook; the row after a sheet's titles is the head of its table."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill

    before, *parts = _SHEET.split(text)
    head, _ = split_head(before)
    day = datetime.datetime.combine(datetime.date.fromisoformat(head["kuupäev"]), datetime.time(9))
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        sheet = book.create_sheet(name.strip())
        lines = body.strip().splitlines()
        rows = [*([line] for line in lines[:TITLES]), *(line.split(";") for line in lines[TITLES:])]
        for row, cells in enumerate([*rows, [], [FOOT]], start=1):
            for column, cell in enumerate(cells, start=1):
                shown = cell.strip()
                sheet.cell(row, column, int(shown) if _NUMBER.fullmatch(shown) else shown or None)
        sheet["A1"].font = Font(bold=True, size=13)
        for cell in sheet[3]:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DCE6F1")
        sheet.cell(len(rows) + 2, 1).font = Font(size=8, color="777777")
        for column in range(1, sheet.max_column + 1):
            longest = max((len(r[column - 1].strip()) for r in rows[2:] if len(r) >= column), default=8)
            sheet.column_dimensions[sheet.cell(3, column).column_letter].width = min(max(longest + 2, 10), 60)
            for row in range(3, len(rows) + 1):
                sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.oddFooter.center.text = FOOT
    book.properties.creator = head["asutus"]
    book.properties.title = head["pealkiri"]
    book.properties.created = day
    made = io.BytesIO()
    book.save(made)
    return repack(made.getvalue(), f"{day:%Y-%m-%dT%H:%M:%SZ}")
