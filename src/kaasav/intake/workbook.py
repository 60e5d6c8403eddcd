"""The workbook a person confirms, corrects or strikes in. No cell is a formula; the same rows give the same bytes."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaasav.catalogue.model import Catalogue
from kaasav.intake import columns
from kaasav.intake.row import LABELS, Row
from kaasav.language import _, words
from kaasav.workbook import AnyCell, put_text, steady

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SPARE_ROWS = 400
_MADE = datetime.datetime(2000, 1, 1, tzinfo=None)


def write(rows: Sequence[Row], catalogue: Catalogue) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    book.properties.creator = "Kaasav"
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook always has one
        raise TypeError
    sheet.title = _(columns.ITEMS)
    _items(sheet, rows, catalogue)
    _uses(book.create_sheet(_(columns.USES)), rows)
    _criteria(book.create_sheet(_(columns.CRITERIA)), catalogue)
    kinds = book.create_sheet(_(columns.KINDS))
    for number, kind in enumerate(catalogue.evidence_kinds, start=1):
        put_text(kinds.cell(number, 1), kind_words(catalogue, kind.id))
    kinds.sheet_state = "hidden"
    return steady(book, _MADE)


def kind_words(catalogue: Catalogue, id_: str) -> str:
    """A kind as the drop-down shows it: its title, and its id in brackets."""
    known = catalogue.kinds.get(id_)
    return f"{words(known.title)} ({id_})" if known else id_


def _items(sheet: "Worksheet", rows: Sequence[Row], catalogue: Catalogue) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    _head(sheet, columns.ITEM_COLUMNS)
    for number, row in enumerate(rows, start=columns.FIRST_ROW):
        values = row.data() | {
            "take": _(columns.YES) if row.take else _(columns.NO),
            "kind": kind_words(catalogue, row.proposal.kind.value),
            "criteria": ", ".join(one.criterion for one in row.proposal.criteria),
            "why": "\n".join(f"{_(LABELS.get(name, name))}: {said}" for name, said in row.reasons().items()),
            "warnings": "\n".join(row.warnings),
            "came_as": row.came_as,
            "inside": columns.INSIDE.join(row.inside),
        }
        for column, (key, _header, _width) in enumerate(columns.ITEM_COLUMNS, start=1):
            _cell(sheet.cell(number, column), key, values.get(key))
    last = columns.FIRST_ROW + max(len(rows), 1) - 1
    count = len(catalogue.evidence_kinds)
    kind = DataValidation(type="list", formula1=f"'{_(columns.KINDS)}'!$A$1:$A${count}", allow_blank=True)
    kind.error = _("choose a kind from the list")
    take = DataValidation(type="list", formula1=f'"{_(columns.YES)},{_(columns.NO)}"', allow_blank=False)
    for rule, letter in ((take, "A"), (kind, "D")):
        rule.add(f"{letter}{columns.FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(rule)
    sheet.auto_filter.ref = f"A2:P{last}"


def _uses(sheet: "Worksheet", rows: Sequence[Row]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    _head(sheet, columns.USE_COLUMNS)
    number = columns.FIRST_ROW
    for row in rows:
        for likely in row.proposal.criteria:
            values = {"item": row.id, "criterion": likely.criterion, "sha256": row.sha256}
            for column, (key, _header, _width) in enumerate(columns.USE_COLUMNS, start=1):
                _cell(sheet.cell(number, column), key, values.get(key))
            number += 1
    whole = DataValidation(type="list", formula1=f'"{_(columns.YES)}"', allow_blank=True)
    whole.add(f"E{columns.FIRST_ROW}:E{number + _SPARE_ROWS}")
    sheet.add_data_validation(whole)


def _criteria(sheet: "Worksheet", catalogue: Catalogue) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 8, 60
    sheet.column_dimensions["C"].width = 110
    for number, one in enumerate(catalogue.rated, start=1):
        for column, text in enumerate((one.id, words(one.title), words(one.question)), start=1):
            put_text(sheet.cell(number, column), text)


def _head(sheet: "Worksheet", listed: Sequence[tuple[str, str, int]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, (key, header, width) in enumerate(listed, start=1):
        put_text(sheet.cell(1, column), key)
        cell: AnyCell = sheet.cell(2, column)
        put_text(cell, _(header))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="7F7F7F" if key in columns.FOR_READING else "1F4E79")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].hidden = key == "sha256"
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = "D3" if len(listed) > 6 else "A3"


def _cell(cell: AnyCell, key: str, value: object) -> None:
    from openpyxl.styles import Alignment, Font

    if key in columns.DATES:
        cell.value = datetime.date.fromisoformat(str(value)) if value else None
        cell.number_format = "yyyy-mm-dd"
    else:
        put_text(cell, "" if value is None else str(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if key in columns.FOR_READING:
        cell.font = Font(color="595959")
