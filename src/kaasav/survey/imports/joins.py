"""Other files whose columns belong to the table: looked up row by row by a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaasav.language import N_
from kaasav.problems import Problem, Refused, error
from kaasav.survey.imports.description import Joined, delimiter_of
from kaasav.survey.imports.header import Header, find_header, text_of
from kaasav.survey.rows import item_key
from kaasav.survey.tables.open import read_table
from kaasav.survey.tables.sheet import Cell, Sheet

MOST_ROWS = 500_000

KEY_TWICE = error(
    "survey-join-twice", N_("the key “{key}” stands here twice, first in row {first}"), N_("a key leads to one row")
)
NO_KEY_COLUMN = error("survey-join-column", N_("no column is called “{header}”"), N_("the columns are: {known}"))
TOO_MANY = error("survey-join-large", N_("this file has more than {limit} rows to look up"))
NOT_FOUND = error("survey-join-missing", N_("the key “{key}” is not in {file}"))


@dataclass(frozen=True)
class Lookup:
    """A joined file: the titles of its columns as the description names them, and its rows by key."""

    file: str
    on: str
    titles: tuple[str, ...]
    rows: dict[str, tuple[Cell, ...]]


def key_of(cell: Cell) -> str:
    """One form for all ways to write a key: numbers without leading zeros, any case, single spaces."""
    text = item_key(text_of(cell))
    return (text.lstrip("0") or "0") if text.isascii() and text.isdigit() else text


def read_lookup(joined: Joined, data: bytes, name: str) -> Lookup:
    """Read a joined file.

    Raises:
        Refused: it cannot be read, has no such key, or has one twice.
    """
    delimiter = delimiter_of(joined.delimiter) if joined.delimiter else None
    sheet = read_table(data, name, sheet=joined.sheet, encoding=joined.encoding, delimiter=delimiter)
    header = find_header(sheet, joined.header or (1,))
    index = _column(sheet, header, joined.key)
    rows: dict[str, tuple[Cell, ...]] = {}
    first: dict[str, int] = {}
    problems: list[Problem] = []
    width = len(header.texts)
    for number, row in sheet.rows():
        if number <= header.last or not any(map(text_of, row)) or (joined.last and number > joined.last):
            continue
        cells = (*row, *("",) * (width - len(row)))[:width]
        key = key_of(cells[index])
        if key in rows and rows[key] != cells:
            problems.append(KEY_TWICE.at(sheet.place(number, index + 1 + sheet.offset), key=key, first=first[key]))
        rows.setdefault(key, cells)
        first.setdefault(key, number)
        if len(rows) > MOST_ROWS:
            raise Refused([TOO_MANY.at(sheet.place(), limit=MOST_ROWS)])
    if problems:
        raise Refused(problems)
    titles = tuple(f"{joined.as_}.{header.title(at)}" for at in range(width))
    return Lookup(name, joined.on, titles, rows)


def _column(sheet: Sheet, header: Header, wanted: str) -> int:
    titles = [header.title(index) for index in range(len(header.texts))]
    if wanted.startswith("#") and wanted[1:].isdigit() and 0 < int(wanted[1:]) <= len(titles):
        return int(wanted[1:]) - 1
    for index, title in enumerate(titles):
        if item_key(title) == item_key(wanted):
            return index
    raise Refused([NO_KEY_COLUMN.at(sheet.place(header.last), header=wanted, known=", ".join(titles)[:300])])


def widen(
    rows: Sequence[Sequence[Cell]], index: int, lookup: Lookup, missing: Callable[[int, str], None]
) -> list[tuple[Cell, ...]]:
    """``rows`` with what ``lookup`` has for each; ``missing`` is told the place in ``rows`` and the key it has not."""
    nothing = ("",) * len(lookup.titles)
    wide = []
    for at, row in enumerate(rows):
        key = key_of(row[index]) if index < len(row) else ""
        found = lookup.rows.get(key)
        if found is None and key:
            missing(at, key)
        wide.append((*row, *(found or nothing)))
    return wide
