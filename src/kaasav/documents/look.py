"""How workbooks look, on the screen and on paper."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.properties import PageSetupProperties

from kaasav.workbook import AnyCell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "NOTE", "RULE", "STRONG", "TITLE", "WRAPPED", "body", "grown", "header", "letter", "marked", "printed", "state",
]  # fmt: skip

_FACE, _INK, _ACCENT, _LINE = "Calibri", "1F2933", "17406D", "D5DBE1"
TITLE = Font(name=_FACE, size=18, bold=True, color=_ACCENT)
STRONG = Font(name=_FACE, size=10, bold=True, color=_INK)
NOTE = Font(name=_FACE, size=9, color="52606D")
RULE = Font(name=_FACE, size=10, color=_INK)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_STATES = {
    "met": ("DDF0E1", "14532D"),
    "open": ("FFF1CC", "6B4A00"),
    "not_met": ("F7E1DE", "7A1F16"),
    None: ("EBEEF1", _INK),
}
_LONGEST = 90
"""Of a text in the foot; the whole foot holds 255 signs."""


def header(cell: AnyCell, *, number: bool) -> None:
    """A column's header."""
    cell.font = Font(name=_FACE, size=9, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_ACCENT)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="right" if number else "left", indent=1)


def body(cell: AnyCell, *, last: bool) -> None:
    """A cell of the table."""
    number = isinstance(cell.value, (int, float))
    cell.font = Font(name=_FACE, size=10, color=_INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if number else "left", indent=1)
    cell.border = Border(bottom=Side("medium" if last else "thin", color=_ACCENT if last else _LINE))


def grown(sheet: "Worksheet", row: int, texts: Iterable[tuple[str, float]], *, size: int = 10) -> None:
    """Make the row as high as its longest text needs: not every program does that by itself.

    Args:
        sheet: the sheet.
        row: the row.
        texts: each text, and the width it has, in characters of the usual size 11.
        size: of the font, in points.
    """
    lines = 1
    for text, width in texts:
        room = max(int((width - 2) * 11 / size), 4)
        lines = max(lines, sum(len(wrap(part, room)) or 1 for part in text.split("\n")))
    sheet.row_dimensions[row].height = min(lines * size * 1.36 + 4, 409)


def state(cell: AnyCell, known: str | None) -> None:
    """A cell that says an answer: the colour repeats the words, never replaces them."""
    fill, ink = _STATES[known]
    cell.fill, cell.font = PatternFill("solid", fgColor=fill), Font(name=_FACE, size=10, color=ink)


def marked(sheet: "Worksheet", row: int, columns: int) -> None:
    """The row that says what the list is not."""
    for number in range(1, columns + 1):
        sheet.cell(row, number).fill = PatternFill("solid", fgColor="FFE08A")
    cell: AnyCell = sheet.cell(row, 1)
    cell.font = Font(name=_FACE, size=12, bold=True, color="5C3D00")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = 22


def printed(sheet: "Worksheet", *, header_row: int, foot: Sequence[str], page: str) -> None:
    """On paper: A4 across, as wide as the page, the header on each, with the pages counted.

    Args:
        sheet: the sheet.
        header_row: the row that is repeated.
        foot: what stands left, and if there is a second, in the middle.
        page: what stands right; ``&P`` is the page's number, ``&N`` how many there are.
    """
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.65, 0.3, 0.3
    parts: Any = sheet.oddFooter  # always there; the stubs doubt it
    for part, text in zip((parts.left, parts.center), foot, strict=False):
        part.text = _plain(text)
    parts.right.text = page
    for part in (parts.left, parts.center, parts.right):
        part.size = 8


def _plain(text: str) -> str:
    """Text for the foot of a page, where & begins a command."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return short.replace("&", "&&")
