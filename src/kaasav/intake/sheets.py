"""The filled-in workbook as rows by column key, behind guards: its columns may have been moved and rows sorted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any
from xml.parsers import expat

from kaasav.intake import columns
from kaasav.language import N_, _
from kaasav.problems import Location, Problem, Refused, error
from kaasav.survey.tables import extents
from kaasav.survey.tables.package import BOMB, Package

MOST_BYTES = 32 * 1024 * 1024
MOST_CELLS = 500_000
"""Cells of all sheets, empty ones that are written out included: more than a form with the most rows has. The reader
takes some 15 µs for each.
"""
MOST_TAGS = 4_000_000
"""XML tags of all parts."""
MOST_ROWS = 20_000
MOST_COLUMNS = 64
_CELL = re.compile(rb"[<:]c[\s/>]")
_KEYS_WITHIN = 20
"""The row of hidden keys is looked for in so many first rows."""

NOT_A_FORM = error(
    "intake-not-a-form",
    N_("this is neither a workbook nor a YAML form that “kaasav evidence intake” wrote"),
    N_("name intake.xlsx or intake-proposal.yaml of the municipality’s folder"),
)
OTHER_FORMAT = error(
    "intake-form-format",
    N_("the form was saved in another format, or with a password; only .xlsx and .yaml are read back"),
    N_("open it and save it as .xlsx without a password"),
)
KEYS_LOST = error(
    "intake-keys-lost",
    N_("the workbook’s hidden first row or hidden SHA-256 column is gone, so its rows cannot be told apart"),
    N_("undo that, or have a new form written: kaasav evidence intake FOLDER"),
)
COLUMN_GONE = error(
    "intake-column-gone",
    N_("the columns {columns} are gone from the sheet, so it cannot be told whether their values should go too"),
    N_("undo that (empty the cells instead), or have a new form written: kaasav evidence intake FOLDER"),
)
SHEET_GONE = error(
    "intake-sheet-gone",
    N_("the sheet “{sheet}” is gone from the workbook"),
    N_("undo that (empty its rows instead), or have a new form written: kaasav evidence intake FOLDER"),
)
SHEET_TWICE = error(
    "intake-sheet-twice",
    N_("the sheets “{sheet}” and “{other}” are both the same part of the form"),
    N_("delete the one that does not count"),
)
TOO_MUCH = error(
    "intake-form-too-much",
    N_("the workbook holds far more cells than the form Kaasav wrote"),
    N_("delete the empty rows and columns around the table and save it, or fill in the YAML form"),
)
TOO_MANY_ROWS = error(
    "intake-form-too-many-rows", N_("the sheet holds more than {limit} rows"), N_("take rows over in several workbooks")
)
FORMULA = error(
    "intake-formula",
    N_("the cell holds a formula, not a value"),
    N_("write the value itself, or copy the cell and paste it as a value"),
)
CELL_ERROR = error(
    "intake-cell-error", N_("the cell shows the error {value}, not a value"), N_("write the value itself")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row's values by column key, where they stand, and which cells hold no value that could be meant."""

    sheet: str
    number: int
    letters: dict[str, str]
    values: dict[str, Any]
    odd: dict[str, Problem] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        """Sheet and cell of a column: ``Tõendid!C3``."""
        return f"{self.sheet}!{self.letters.get(key, 'A')}{self.number}"


def read(content: bytes, shown: str) -> tuple[list[Row], list[Row]]:
    """The rows of the first and of the second sheet that hold anything, wherever these sheets are now.

    Raises:
        Refused: it is no workbook, not the one Kaasav wrote, or more than that can be.
    """
    if len(content) > MOST_BYTES:
        raise Refused([TOO_MUCH.at(Location(shown))])
    guarded = _guarded(content, shown)
    items: list[Row] | None = None
    uses: list[Row] | None = None
    like_ours = False
    seen: dict[str, str] = {}
    try:
        for title, rows in _sheets(guarded):
            before = list(islice(rows, _KEYS_WITHIN))
            at, keys = _keys(before)
            if at < 0:
                like_ours = like_ours or _looks_like_ours(before)
                continue
            part = "take" if {"take", "id"} <= keys.keys() else "item"
            if part in seen:
                raise Refused([SHEET_TWICE.at(Location(shown), sheet=seen[part], other=title)])
            seen[part] = title
            if part == "take":
                _make_sure(shown, title, keys, columns.ITEM_COLUMNS)
                items = list(_rows(shown, title, at, keys, before, rows))
            else:
                _make_sure(shown, title, keys, columns.USE_COLUMNS)
                uses = list(_rows(shown, title, at, keys, before, rows))
    except Refused:
        raise
    except Exception as failure:  # whatever a damaged or hostile workbook makes the library raise
        raise Refused([NOT_A_FORM.at(Location(shown))]) from failure
    if (items is None or uses is None) and like_ours:
        raise Refused([KEYS_LOST.at(Location(shown))])
    if items is None and uses is None:
        raise Refused([NOT_A_FORM.at(Location(shown))])
    if items is None or uses is None:
        raise Refused([SHEET_GONE.at(Location(shown), sheet=_(columns.ITEMS if items is None else columns.USES))])
    return items, uses


def _make_sure(shown: str, title: str, keys: dict[str, int], wanted: tuple[tuple[str, str, int], ...]) -> None:
    gone = [_(header) for key, header, _width in wanted
            if key not in keys and (key in columns.KNOWN_BY or key not in columns.FOR_READING)]  # fmt: skip
    if gone:
        raise Refused([COLUMN_GONE.at(Location(f"{shown} {title}"), columns=", ".join(f"“{one}”" for one in gone))])


def _guarded(content: bytes, shown: str) -> bytes:
    """The workbook's XML parts alone, after each was unpacked within bounds and looked at."""
    try:
        package = Package(content, shown)
        parts = [name for name in package.parts if name.endswith((".xml", ".rels"))]
        tags = cells = 0
        for name in parts:
            try:
                for block in package.blocks(name):
                    tags += block.count(b"<")
                    cells += sum(1 for _cell in _CELL.finditer(block))
                    if tags > MOST_TAGS or cells > MOST_CELLS:
                        raise Refused([TOO_MUCH.at(Location(shown))])
                _look_for_entities(package, name)
            except (extents.Doctype, expat.ExpatError) as failure:
                raise Refused([NOT_A_FORM.at(Location(shown))]) from failure
        if "xl/workbook.xml" not in parts:
            raise Refused([(OTHER_FORMAT if "content.xml" in parts else NOT_A_FORM).at(Location(shown))])
        return package.only(parts)
    except Refused as refused:
        if any(problem.kind is BOMB for problem in refused.problems):
            raise Refused([TOO_MUCH.at(Location(shown))]) from refused
        raise


def _look_for_entities(package: Package, name: str) -> None:
    try:
        extents.quick(package.blocks(name), count_shared=False)
    except extents.Irregular:
        extents.exact(package.blocks(name), [])


Cells = tuple[Any, ...]


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[Cells]]]:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be anything
        yield sheet.title, iter(sheet.iter_rows(min_row=1, max_col=MOST_COLUMNS))
    book.close()


def _keys(first: list[Cells]) -> tuple[int, dict[str, int]]:
    """Which of the first rows holds a sheet's keys (-1: none), and each key's position."""
    for at, row in enumerate(first):
        keys = {str(cell.value): position for position, cell in enumerate(row) if cell.value is not None}
        if {"take", "id", "sha256"} <= keys.keys() or {"item", "criterion", "sha256"} <= keys.keys():
            return at, keys
    return -1, {}


def _looks_like_ours(first: list[Cells]) -> bool:
    """Whether a sheet is one of a form whose keys somebody has deleted: it still holds a file's hash, or most keys."""
    values = {str(cell.value) for row in first for cell in row if cell.value is not None}
    keys = {key for key, _header, _width in columns.ITEM_COLUMNS}
    return len(keys & values) > len(keys) // 2 or any(re.fullmatch(r"[0-9a-f]{64}", value) for value in values)


def _rows(
    shown: str, title: str, at: int, keys: dict[str, int], before: list[Cells], rest: Iterator[Cells]
) -> Iterator[Row]:
    """The rows with anything in our columns, below keys and headers."""
    from openpyxl.utils import get_column_letter

    letters = {key: get_column_letter(position + 1) for key, position in keys.items()}
    count, blank = 0, None
    for number, cells in enumerate(chain(before[at + 1 :], rest), start=at + 2):
        if cells is blank:  # rows that are left out come as one and the same
            continue
        found = {key: cells[position] for key, position in keys.items() if position < len(cells)}
        if not any(cell.value is not None and str(cell.value).strip() for cell in found.values()):
            blank = cells
            continue
        if number == at + 2 and str(found["sha256"].value).strip().casefold() == "sha-256":  # the headers
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused([TOO_MANY_ROWS.at(Location(f"{shown} {title}"), limit=MOST_ROWS)])
        yield _row(shown, title, number, letters, found)


def _row(shown: str, title: str, number: int, letters: dict[str, str], found: dict[str, Any]) -> Row:
    row = Row(title, number, letters, {})
    for key, cell in found.items():
        place = Location(f"{shown} {row.cell(key)}")
        if key in columns.FOR_READING and key not in columns.KNOWN_BY:
            continue
        if cell.value is not None and cell.data_type == "f":
            row.odd[key] = FORMULA.at(place)
        elif cell.value is not None and cell.data_type == "e":
            row.odd[key] = CELL_ERROR.at(place, value=cell.value)
        row.values[key] = None if key in row.odd else cell.value
    return row
