"""What every kind of table becomes: rows of cells, each with its place in the file."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kaasav.language import N_
from kaasav.problems import Location, error


class Truth(str):
    """A spreadsheet’s TRUE or FALSE: Python’s own would equal 1 and 0, and be taken for them where cells are keys."""

    __slots__ = ()


Cell = str | float | int | datetime.date | datetime.time | datetime.timedelta
Row = Sequence[Cell]
Blind = Literal["uncalculated", "error"]
"""Why a cell shows nothing to read: its formula was never calculated, or came out as an error such as #N/A."""

MOST_BYTES = 256 * 1024 * 1024
MOST_COLUMNS = 2_000
FIRST = 256
BATCH = 512
"""Rows read at a time: few at first, where the header is looked for."""

TOO_LARGE = error("table-too-large", N_("the file is larger than {limit} MB, which no survey’s table is"))
TOO_WIDE = error(
    "table-too-wide",
    N_("the table has {found} columns, and more than {limit} cannot be read"),
    N_("is it a table of survey results? Keep the columns that are needed"),
)


class CellPlace(Location):
    """A cell of a spreadsheet, shown as spreadsheets name it: ``results.xlsx, Sheet1!C12``."""

    __slots__ = ()

    def __str__(self) -> str:
        column = letters(self.column) if self.column else ""
        return f"{Location(self.file)}!{column}{self.line}" if self.line else str(Location(self.file))

    def _key(self) -> tuple[str, int, int]:
        return self.file, self.line, self.column

    # Problems of several files are sorted together, so places in a spreadsheet and in a text compare.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Location) and self._key() == (other.file, other.line, other.column)

    def __lt__(self, other: Location) -> bool:
        return self._key() < (other.file, other.line, other.column)

    def __le__(self, other: Location) -> bool:
        return self._key() <= (other.file, other.line, other.column)

    def __gt__(self, other: Location) -> bool:
        return self._key() > (other.file, other.line, other.column)

    def __ge__(self, other: Location) -> bool:
        return self._key() >= (other.file, other.line, other.column)

    __hash__ = Location.__hash__


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows that follow each other, and the number of each in the file (a text's line), counted from 1."""

    numbers: Sequence[int]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes:
        file: the file as people know it.
        name: the sheet's name; "" for delimited text.
        offset: how many columns stand left of the first cell of each row.
        batches: gives all rows from the first, blank ones too, a batch at a time; may be called again.
        blind: gives the cells (row, column, both from 1) that look empty and are not, and why; takes a moment.
        hidden: gives the numbers of rows that are hidden or filtered out; takes a moment.
        merged: merged areas as first row, first column, last row, last column, from 1; None = not known.
        notes: how it was read (such as encoding and delimiter), each as a name and a value.
    """

    file: str
    name: str
    offset: int
    batches: Callable[[], Iterator[Batch]]
    blind: Callable[[], Mapping[tuple[int, int], Blind]] = dict
    hidden: Callable[[], frozenset[int]] = frozenset
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: int = 0, column: int = 0) -> Location:
        """Where the cell in ``row`` and ``column`` (from 1; 0 = the whole row or sheet) stands."""
        if self.name:
            return CellPlace(f"{self.file}, {self.name}", row, column)
        return Location(self.file, row, column or 1) if row else Location(self.file)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their numbers, one by one."""
        for batch in self.batches():
            yield from zip(batch.numbers, batch.rows, strict=True)


def letters(column: int) -> str:
    """A column's letters: 1 → A, 27 → AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(text: Any) -> int:
    """The column of its letters, in any case: A → 1, AA → 27."""
    column = 0
    for letter in str(text).upper():
        column = column * 26 + ord(letter) - 64
    return column
