"""Excel workbooks of 1993–2003 (MS-XLS): visible sheets as pages, read by calamine once they have been measured.

Calamine lays out every sheet from its first to its last cell and trusts the counts a file states, so both are looked
at first, record by record.
"""

import datetime
import io
import struct
from typing import Any

from kaasav.evidence.text import numberformat
from kaasav.evidence.text.ole import Compound
from kaasav.evidence.text.pages import MOST_PAGES, Gathered, NoTextError, Pages, Why

MOST_CELLS = 4_000_000
"""Cells from a sheet's first to its last, all sheets together."""
MOST_RECORDS = 8_000_000

_BEGIN, _PASSWORD, _SIZE, _STRINGS = 0x0809, 0x002F, 0x0200, 0x00FC
_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, 0x0201, 0x00BE})
_SEVERAL = frozenset({0x00BD, 0x00BE})


def read(data: bytes) -> Pages:
    """One text per visible sheet, in the order of the tabs.

    How numbers are formatted is not known here: they stand plainly, in Estonian and international writing, and a sheet
    with any is blind (what is not found may be written another way).

    Raises:
        NoTextError: DAMAGED; ENCRYPTED; TOO_LARGE beyond `MOST_CELLS`.
    """
    _measure(data)
    try:
        return _read(data)
    except NoTextError:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise NoTextError(Why.DAMAGED) from error  # calamine panics, which is no Exception


def _measure(data: bytes) -> None:
    file = Compound(data)
    stream = file.stream("Workbook") or file.stream("Book")
    if stream is None:
        raise NoTextError(Why.DAMAGED)
    at, total = 0, 0
    low_row = low_column = high_row = high_column = -1
    for _ in range(MOST_RECORDS):
        if at + 4 > len(stream):
            break
        kind, size = struct.unpack_from("<HH", stream, at)
        body = at + 4
        at = body + size
        if at > len(stream):
            raise NoTextError(Why.DAMAGED)
        if kind in _CELLS and size >= 4:
            row, first = struct.unpack_from("<HH", stream, body)
            last = struct.unpack_from("<H", stream, at - 2)[0] if kind in _SEVERAL else first
            if low_row < 0:
                low_row, low_column, high_row, high_column = row, first, row, last
            else:
                low_row, low_column = min(low_row, row), min(low_column, first)
                high_row, high_column = max(high_row, row), max(high_column, last)
        elif kind == _BEGIN:
            total += (high_row - low_row + 1) * max(high_column - low_column + 1, 0) if low_row >= 0 else 0
            low_row = -1
        elif kind == _PASSWORD:
            raise NoTextError(Why.ENCRYPTED)
        elif kind == _SIZE:
            _measure_stated(stream[body:at])
        elif kind == _STRINGS and (size < 8 or struct.unpack_from("<I", stream, body + 4)[0] > len(stream)):
            raise NoTextError(Why.DAMAGED)
    else:
        raise NoTextError(Why.TOO_LARGE)
    if low_row >= 0:
        total += (high_row - low_row + 1) * max(high_column - low_column + 1, 0)
    if total > MOST_CELLS:
        raise NoTextError(Why.TOO_LARGE)


def _measure_stated(dimensions: bytes) -> None:
    if len(dimensions) == 14:
        first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", dimensions)
    elif len(dimensions) == 10:
        first_row, end_row, first_column, end_column = struct.unpack_from("<HHHH", dimensions)
    else:
        raise NoTextError(Why.DAMAGED)
    if end_row < first_row or end_column < first_column:
        raise NoTextError(Why.DAMAGED)
    if (end_row - first_row) * (end_column - first_column) > MOST_CELLS:
        raise NoTextError(Why.TOO_LARGE)


def _read(data: bytes) -> Pages:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [sheet for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
    if len(shown) > MOST_PAGES:
        raise NoTextError(Why.TOO_LARGE)
    gathered, texts, blind = Gathered(), [], set()
    for number, sheet in enumerate(shown, start=1):
        estonian, international = [], []
        if sheet.typ is SheetTypeEnum.WorkSheet:
            for row in book.get_sheet_by_name(sheet.name).iter_rows():
                for cell in row:
                    if cell != "":
                        one, other = _cell(cell)
                        estonian.append(gathered.count(one) + "\t")
                        international.append(other + "\t")
                        if not isinstance(cell, (str, bool)):
                            blind.add(number)
                estonian.append("\n")
                international.append("\n")
        first, second = "".join(estonian), "".join(international)
        texts.append(first if first == second else f"{first}\n{second}")
    if not texts:
        raise NoTextError(Why.DAMAGED, "no-pages")
    return Pages(tuple(texts), True, None, frozenset(blind))


def _cell(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return ("TÕENE", "TRUE") if value else ("VÄÄR", "FALSE")
    if isinstance(value, (int, float)):
        return numberformat.shown(repr(value).removesuffix(".0"), numberformat.Style(), from_1904=False)
    if isinstance(value, datetime.date):  # a moment is one too
        return value.strftime("%d.%m.%Y"), value.isoformat()[:10]
    return str(value), str(value)
