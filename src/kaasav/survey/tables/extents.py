"""How far the sheets of an Excel workbook reach, and which cells show nothing: told from their bytes, before a reader
lays out every cell between the first and the last.

Nearly all writers put cells down alike, and those are passed over by one regular expression. Cells it does not know are
looked at singly; where that leaves a doubt the sheet is read with an XML parser instead.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from kaasav.survey.tables.sheet import Blind, number_of

MOST_CELLS = 12_000_000
"""Cells between the first and the last corner of all sheets together."""
MOST_TEXT = 512 * 1024 * 1024
"""Characters all cells may show together; the same text in a million cells is held a million times."""

_CELL = re.compile(rb'<c r="([A-Za-z]{1,3})([0-9]{1,7})"')
_PREFIXED = re.compile(rb":(?:c|row|sheetData)[\s/>]")
_STRING = re.compile(rb"<(?:[A-Za-z0-9]+:)?si[ >/]")
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]+")?(?: t="n")?><f[^>]*(?:/>|>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>'
)
_HIDDEN = re.compile(rb"""<row(?=[\s])[^>]*\shidden=["'](?:1|true)["'][^>]*>""")
_ROW_NUMBER = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"')


class Doctype(Exception):
    """A document type declaration, which workbooks must not have: only they can declare entities."""


class Irregular(Exception):
    """Something the quick look does not know."""


@dataclass
class Extents:
    """How far one part reaches."""

    rows: int = 0
    columns: int = 0
    shared: int = 0
    hides: bool = field(default=False, compare=False)
    """Whether any row is hidden."""

    @property
    def cells(self) -> int:
        """Cells between the first corner of the sheet and the last that holds something."""
        return self.rows * self.columns

    def reach(self, row: int, column: int) -> None:
        """There is a cell in ``row`` and ``column``, from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def string_lengths(blocks: Iterable[bytes]) -> list[int]:
    """At most how long each shared string is, in bytes of the part."""
    lengths: list[int] = [0]
    for block in blocks:
        pieces = [len(piece) for piece in _STRING.split(block)]
        lengths[-1] += pieces[0]
        lengths += pieces[1:]
    return lengths[1:]


def quick(blocks: Iterable[bytes], *, count_shared: bool = True) -> Extents:
    """The extents of a sheet's part, at least as far as they are.

    Raises:
        Irregular: this look cannot tell. Doctype: there is a document type declaration.
    """
    found = Extents()
    for piece in whole_rows(blocks):
        _regular(piece)
        last = _CELL.match(piece, piece.rfind(b"<c r="))
        if last is not None:
            usual, highest = _usual(str(max(found.rows, int(last[2]))))
            found.reach(highest, 26)
        elif b"<c" in piece:
            usual, _none = _usual("1")
        else:
            continue
        for odd in usual.finditer(piece):
            cell = _CELL.match(piece, odd.start())
            if cell is None:
                raise Irregular
            found.reach(int(cell[2]), number_of(cell[1].decode()))
        found.hides = found.hides or (b" hidden=" in piece and _HIDDEN.search(piece) is not None)
        found.shared += piece.count(b' t="s"') if count_shared else 0
    return found


def _regular(piece: bytes) -> None:
    if b"\0" in piece or (b":" in piece and _PREFIXED.search(piece)):
        raise Irregular
    if b"!" in piece and b"<!" in piece:
        raise Doctype if b"<!DOCTYPE" in piece.upper() else Irregular


@cache
def _usual(last: str) -> tuple[re.Pattern[bytes], int]:
    """What finds cells other than the usual ones, where rows go up to about ``last``; and the highest row it lets by.

    Usual is a cell that says where it stands, in one of the columns A to Z.
    """
    first, digits = max(last[0], "1"), len(last)
    row = f"[1-{first}]?[0-9]{{1,{digits - 1}}}" if digits > 1 else f"[1-{first}]"
    return re.compile(f'<c(?! r="[A-Z]{row}")(?=[\\s/>])'.encode()), (int(first) + 1) * 10 ** (digits - 1) - 1


def blind_cells(blocks: Iterable[bytes]) -> dict[tuple[int, int], Blind]:
    """The cells (row, column) of a sheet's part that show nothing to read, and why.

    Raises:
        Irregular: this look cannot tell.
    """
    found: dict[tuple[int, int], Blind] = {}
    for piece in whole_rows(blocks):
        _regular(piece)
        if b"<f" in piece:
            found |= {_place(one): "uncalculated" for one in _EMPTY_FORMULA.findall(piece)}
        if b't="e"' in piece:
            found |= {_place(one): "error" for one in _ERROR.findall(piece)}
    return found


def hidden_rows(blocks: Iterable[bytes]) -> frozenset[int]:
    """The numbers of the rows of a sheet's part that are hidden, by hand or by a filter.

    Raises:
        Irregular: this look cannot tell.
    """
    found: set[int] = set()
    for piece in whole_rows(blocks):
        _regular(piece)
        if b" hidden=" in piece:
            for tag in _HIDDEN.findall(piece):
                number = _ROW_NUMBER.search(tag)
                if number is None:
                    raise Irregular
                found.add(int(number[1]))
    return frozenset(found)


def _place(reference: tuple[bytes, bytes]) -> tuple[int, int]:
    return int(reference[1]), number_of(reference[0].decode())


def whole_rows(blocks: Iterable[bytes]) -> Iterable[bytes]:
    """The same bytes in pieces that end with a row, or at least with a tag."""
    kept = b""
    for block in blocks:
        kept += block
        end = kept.rfind(b"</row>") + 6
        if end < 6:
            end = kept.rfind(b">") + 1
        if end:
            yield kept[:end]
            kept = kept[end:]
        elif len(kept) > 64 * 1024 * 1024:
            raise Irregular
    yield kept


@dataclass
class _Exact:
    """The extents as an XML parser sees them; cells and rows without reference follow the one before."""

    lengths: list[int]
    found: Extents = field(default_factory=Extents)
    blind: dict[tuple[int, int], Blind] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    text: int = 0
    kind: str = ""
    formula: bool = False
    value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "row":
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(_number(attributes.get("r")) or self.row + 1)
            self.row, self.column = _number(attributes.get("r")) or self.row + 1, 0
            self.found.rows = max(self.found.rows, self.row)
        elif local == "c":
            reference = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", attributes.get("r", ""))
            self.column += 1
            if reference:
                self.row, self.column = int(reference[2]), number_of(reference[1])
            self.found.reach(self.row, self.column)
            self.kind, self.formula, self.value = attributes.get("t", "n"), False, []
        elif local == "f":
            self.formula = True
            self.value = None
        elif local in ("v", "t"):
            self.value = []

    def data(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "c":
            return
        value = "".join(self.value or ())
        if self.kind == "e":
            self.blind[self.row, self.column] = "error"
        elif self.formula and not value and self.kind != "str":
            self.blind[self.row, self.column] = "uncalculated"
        if self.kind == "s":
            index = _number(value)
            self.text += self.lengths[index] if index is not None and index < len(self.lengths) else 0
        self.value = None


def exact(
    blocks: Iterable[bytes], lengths: list[int]
) -> tuple[Extents, int, dict[tuple[int, int], Blind], frozenset[int]]:
    """The extents of a sheet's part, how much text of the shared strings (``lengths``) its cells show, which show
    nothing to read, and which rows are hidden.

    Raises:
        Doctype: there is a document type declaration. expat.ExpatError: it is no XML.
    """
    told = _Exact(lengths)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = told.start, told.end, told.data
    parser.StartDoctypeDeclHandler = _refuse
    for block in blocks:
        parser.Parse(block, False)
        if told.text > MOST_TEXT or told.found.cells > MOST_CELLS:
            break
    else:
        parser.Parse(b"", True)
    told.found.hides = bool(told.hidden)
    return told.found, told.text, told.blind, frozenset(told.hidden)


def _refuse(*_: object) -> None:
    raise Doctype


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
