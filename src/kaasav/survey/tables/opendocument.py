"""OpenDocument spreadsheets: how far their tables reach when every repeated cell and row is laid out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from kaasav.survey.tables.extents import MOST_CELLS, MOST_TEXT, Doctype
from kaasav.survey.tables.sheet import Blind

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")


class Encrypted(Exception):
    """The document needs a password."""


@dataclass
class _Told:
    """What a parser told of the document so far."""

    cells: int = 0
    text: int = 0
    blind: dict[str, dict[tuple[int, int], Blind]] = field(default_factory=dict)
    hidden: dict[str, set[int]] = field(default_factory=dict)
    row_hidden: bool = False
    table: str = ""
    row: int = 0
    rows: int = 0
    width: int = 0
    column: int = 0
    repeated_rows: int = 1
    filled: bool = False
    cell: tuple[int, dict[str, str]] | None = None
    letters: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self.table, self.row, self.rows, self.width = attributes.get(_TABLE + "name", ""), 0, 0, 0
        elif name == _TABLE + "table-row":
            self.repeated_rows, self.column = _times(attributes.get(_TABLE + "number-rows-repeated")), 0
            self.filled = False
            self.row_hidden = attributes.get(_TABLE + "visibility", "visible") != "visible"
        elif name in _CELLS:
            self.cell, self.letters = (_times(attributes.get(_TABLE + "number-columns-repeated")), attributes), 0

    def data(self, text: str) -> None:
        if self.cell is not None:
            self.letters += len(text)

    def end(self, name: str) -> None:
        if name in _CELLS and self.cell is not None:
            self.end_of_cell(*self.cell)
            self.cell = None
        elif name == _TABLE + "table-row":
            self.row += self.repeated_rows
            if self.filled:
                self.rows = self.row
                if self.row_hidden and self.row <= MOST_CELLS:
                    numbers = range(self.row - self.repeated_rows + 1, self.row + 1)
                    self.hidden.setdefault(self.table, set()).update(numbers)
        elif name == _TABLE + "table":
            self.cells += self.rows * self.width

    def end_of_cell(self, times: int, attributes: dict[str, str]) -> None:
        kind = attributes.get(_OFFICE + "value-type")
        formula = _TABLE + "formula" in attributes
        if kind or self.letters or formula:
            self.filled = True
            self.width = max(self.width, self.column + times)
            self.text += times * self.repeated_rows * self.letters
            if formula and not kind:
                self.blind.setdefault(self.table, {})[self.row + 1, self.column + 1] = "uncalculated"
        self.column += times


@dataclass(frozen=True, slots=True)
class Look:
    """How many cells the tables span, how much text they show, and by table what is blind and which rows are hidden."""

    cells: int
    text: int
    blind: dict[str, dict[tuple[int, int], Blind]]
    hidden: dict[str, set[int]]


def look(blocks: Iterable[bytes], manifest: bytes) -> Look:
    """Look through the part ``content.xml``.

    Raises:
        Encrypted: ``manifest`` says so. Doctype: a document type is declared. expat.ExpatError: it is no XML.
    """
    if b"encryption-data" in manifest:
        raise Encrypted
    told = _Told()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = told.start, told.end, told.data
    parser.StartDoctypeDeclHandler = _refuse
    for block in blocks:
        parser.Parse(block, False)
        if max(told.cells, told.rows * told.width) > MOST_CELLS or told.text > MOST_TEXT:
            return Look(max(told.cells, told.rows * told.width), told.text, {}, {})
    parser.Parse(b"", True)
    return Look(told.cells, told.text, told.blind, told.hidden)


def _refuse(*_: object) -> None:
    raise Doctype


def _times(text: str | None) -> int:
    """How often something is repeated; beyond nine digits as often as those."""
    return max(1, int(text[:9])) if text and text.isascii() and text.isdigit() else 1
