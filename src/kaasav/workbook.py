"""Writing workbooks: text that never becomes a formula, and bytes that know no clock."""

import datetime
import io
import re
from typing import TYPE_CHECKING, Any

from kaasav.problems import visible
from kaasav.zipped import repacked

if TYPE_CHECKING:
    from openpyxl import Workbook

AnyCell = Any
"""A cell; the stubs of openpyxl know too many kinds of it."""

_LONGEST = 32_000
_FORMULA = tuple("=+-@\t\r'")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook reads as a sign by its number (ECMA-376, ST_Xstring), though somebody wrote just these letters."""


def put_text(cell: AnyCell, text: str) -> None:
    """Text and nothing else, whatever it begins with; control signs are shown, not written."""
    shown = "\n".join(visible(line) for line in text.split("\n"))[:_LONGEST]
    cell.number_format = "@"
    if shown:
        cell.value = _ESCAPE.sub("_x005F_", shown)
        cell.data_type = "s"
        if shown.startswith(_FORMULA):
            cell.quotePrefix = True


def steady(book: "Workbook", made: datetime.datetime) -> bytes:
    """The workbook's bytes without the clock: it was made and changed at ``made``, its parts packed in 1980.

    Args:
        book: the workbook; its properties are changed.
        made: without time zone, as workbooks keep it (UTC).
    """
    raw = io.BytesIO()
    book.properties.created = made
    book.save(raw)
    stamp = _stamp(book.properties.modified) if book.properties.modified else b""

    def unclocked(name: str, part: bytes) -> bytes:
        return part.replace(stamp, _stamp(made)) if name == "docProps/core.xml" and stamp else part

    return repacked(raw.getvalue(), unclocked)


def _stamp(moment: datetime.datetime) -> bytes:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
