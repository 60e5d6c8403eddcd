"""Excel workbooks: visible sheets as pages, cells as people see them.

Read directly from the parts, cell by cell: a grid reader lays out every sheet from its first to its last cell, and one
stray cell in the last corner then takes more memory than there is.
"""

import functools

from kaasav.evidence.text import numberformat
from kaasav.evidence.text.package import Package, Silent
from kaasav.evidence.text.pages import MOST_PAGES, Gathered, NoTextError, Pages, Why

_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_MAIN = (".sheet.main+xml", ".template.main+xml", "macroEnabled.main+xml")
_YES = ("1", "true")


@functools.lru_cache(maxsize=1_024)
def _local(name: str) -> str:
    """The name in the spreadsheet namespace, or "" for any other."""
    space, _, local = name.rpartition(" ")
    return local if space + " " in _SPACES else ""


def read(data: bytes) -> Pages:
    """One text per visible sheet, in the order of the tabs; a sheet with formulas that were never calculated is blind.

    Numbers stand as their format shows them; where Estonian and international writing differ, the sheet's text holds
    its cells in the one, then in the other. Drawings and comments are not read.

    Raises:
        NoTextError: see `Package`; TOO_LARGE beyond `MOST_PAGES` sheets.
    """
    package = Package(data)
    main = package.parts(*_MAIN)
    if not main:
        raise NoTextError(Why.DAMAGED)
    book = _Book()
    package.parse(main[0], book)
    if len(book.sheets) > MOST_PAGES:
        raise NoTextError(Why.TOO_LARGE)
    gathered = Gathered()
    strings, styles = _Strings(gathered), _Styles()
    for ending, handler in ((".sharedStrings+xml", strings), (".styles+xml", styles)):
        for part in package.parts(ending)[:1]:
            package.parse(part, handler)
    where, worksheets = package.related(main[0]), set(package.parts(".worksheet+xml"))
    texts, blind = [], set()
    for number, key in enumerate(book.sheets, start=1):
        sheet = _Sheet(strings.texts, styles.styles, from_1904=book.from_1904, gathered=gathered)
        part = where.get(key, "")
        if part in worksheets:  # a tab may also be a chart
            package.parse(part, sheet)
        texts.append(sheet.whole())
        if sheet.uncalculated:
            blind.add(number)
    return Pages(tuple(texts), True, package.created(), frozenset(blind))


class _Book(Silent):
    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append(next((attributes[key] for key in _IDS if key in attributes), ""))
        elif local == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _YES


class _Strings(Silent):
    """The shared strings; readings (``rPh``) stand beside the text and are left out."""

    def __init__(self, gathered: Gathered) -> None:
        self.texts: list[str] = []
        self._gathered = gathered
        self._pieces: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        self._in_text = local == "t" and not self._in_reading
        self._in_reading = self._in_reading or local == "rPh"

    def end(self, name: str) -> None:
        local = _local(name)
        self._in_text = False
        if local == "si":
            self.texts.append(self._gathered.count("".join(self._pieces)))
            self._pieces = []
        elif local == "rPh":
            self._in_reading = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)


class _Styles(Silent):
    def __init__(self) -> None:
        self.styles: list[numberformat.Style] = []
        self._codes = dict(numberformat.BUILT_IN)
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "numFmt":
            self._codes[_index(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self._in_cells = True
        elif local == "xf" and self._in_cells:
            self.styles.append(numberformat.style(self._codes.get(_index(attributes.get("numFmtId")), "General")))

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._in_cells = False


class _Sheet(Silent):
    def __init__(self, strings: list[str], styles: list[numberformat.Style], *, from_1904: bool,
                 gathered: Gathered) -> None:  # fmt: skip
        self.uncalculated = False
        self._strings, self._styles, self._from_1904, self._gathered = strings, styles, from_1904, gathered
        self._plain, self._kind, self._style = numberformat.Style(), "", ""
        self._pieces: list[str] = []
        self._in_value = self._formula = False
        self._estonian: list[str] = []
        self._international: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces, self._formula = [], False
        elif local in ("v", "t"):
            self._in_value = True
        elif local == "f":
            self._formula = True

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "t"):
            self._in_value = False
        elif local == "c":
            self._cell("".join(self._pieces))
        elif local == "row":
            self._estonian.append("\n")
            self._international.append("\n")

    def text(self, data: str) -> None:
        if self._in_value:
            self._pieces.append(data)

    def _cell(self, value: str) -> None:
        if not value:
            self.uncalculated = self.uncalculated or (self._formula and self._kind != "str")  # "" can be a result
            return
        if self._kind == "s":
            index = _index(value)
            estonian = international = self._strings[index] if 0 <= index < len(self._strings) else ""
        elif self._kind == "n":
            index = _index(self._style)
            how = self._styles[index] if 0 <= index < len(self._styles) else self._plain
            estonian, international = numberformat.shown(value, how, from_1904=self._from_1904)
        elif self._kind == "b":
            estonian, international = ("TÕENE", "TRUE") if value in _YES else ("VÄÄR", "FALSE")
        else:  # text in the cell, a formula's text, an error, a date as ISO 8601
            estonian = international = value
        self._estonian.append(self._gathered.count(estonian) + "\t")
        self._international.append(international + "\t")

    def whole(self) -> str:
        estonian, international = "".join(self._estonian), "".join(self._international)
        return estonian if estonian == international else f"{estonian}\n{international}"


def _index(digits: str | None) -> int:
    """A number from an attribute; -1 where it is none."""
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
