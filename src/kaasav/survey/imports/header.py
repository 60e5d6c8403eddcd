"""The header of a table: where it stands, and what it says over each column."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from kaasav.language import N_
from kaasav.municipalities.names import find
from kaasav.problems import Refused, error
from kaasav.survey.places import may_be_name, place_of
from kaasav.survey.rows import item_key
from kaasav.survey.tables.numbers import say
from kaasav.survey.tables.sheet import Cell, Row, Sheet, Truth

LOOKED_AT = 60
"""Rows in which a header is looked for."""

NO_HEADER = error(
    "survey-no-header",
    N_("no row with a municipality was found in the first {rows} rows, so the header cannot be told"),
    N_("write its row numbers as “header” in the description, such as [3]"),
)
BEYOND = error("survey-header-beyond", N_("the table has no row {row}"))


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of the header (from 1; none = the table has no header), and the texts over each column from above."""

    rows: tuple[int, ...]
    texts: tuple[tuple[str, ...], ...]
    guessed: bool

    @property
    def last(self) -> int:
        """The last row that is not data."""
        return self.rows[-1] if self.rows else 0

    def title(self, index: int) -> str:
        """What stands over a column, the upper row first."""
        return " / ".join(self.texts[index]) if index < len(self.texts) else ""


def find_header(
    sheet: Sheet, stated: tuple[int, ...] | None, words: Collection[str] = (), *, elsewhere: bool = False
) -> Header:
    """The header of ``sheet``: the rows ``stated``, else the one above the first municipality that says most.

    Args:
        sheet: the table.
        stated: row numbers where they are known; none of them = the table has no header.
        words: what columns are called, each as `item_key` writes it.
        elsewhere: whether municipalities stand in a joined file only.

    Raises:
        Refused: it cannot be told, or the table does not reach that far.
    """
    needed = max(LOOKED_AT, *stated) if stated else LOOKED_AT
    first = dict(takewhile(lambda numbered: numbered[0] <= needed, sheet.rows()))
    for number in stated or ():
        if number not in first:
            raise Refused([BEYOND.at(sheet.place(), row=number)])
    rows = stated if stated is not None else _above_the_data(sheet, first, frozenset(words), elsewhere)
    return Header(rows, _texts(sheet, rows, first), stated is None)


def text_of(cell: Cell) -> str:
    """A cell as one line of text; whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def names_municipality(cell: Cell) -> bool:
    """Whether ``cell`` is a municipality's name, or a code that tells its place (not just any three digits)."""
    text = text_of(cell)
    if not text or len(text) > 60 or isinstance(cell, Truth):
        return False
    digits = text.upper().removeprefix("EE").strip()
    if digits.isascii() and digits.isdigit():
        if len(digits) == 14:
            return place_of(digits[4:8]) is not None
        return len(digits) in (3, 4) and place_of(digits.zfill(4)) is not None
    if not may_be_name(text):  # looking for what it may have been meant to be takes long
        return False
    found, problems = find(text)
    return found is not None or any(problem.code == "municipality-ambiguous" for problem in problems)


def _above_the_data(sheet: Sheet, rows: dict[int, Row], words: frozenset[str], elsewhere: bool) -> tuple[int, ...]:
    """The row above the first that names a municipality in which most columns are called by known ``words``.

    With no such row it is the one directly above. The one over it belongs to it where it names columns that are left
    open; so does one under it that holds no number.
    """
    data = next((number for number, row in rows.items() if any(map(names_municipality, row[:12]))), None)
    if elsewhere:
        known = {number: sum(item_key(text_of(cell)) in words for cell in row) for number, row in rows.items()}
        data = max(known, key=lambda number: (known[number], -number), default=0) + 1 if any(known.values()) else None
    if data is None:
        raise Refused([NO_HEADER.at(sheet.place(), rows=LOOKED_AT)])
    above = [number for number in rows if number < data and _filled(rows[number])]
    if not above:
        return ()
    known = {number: sum(item_key(text_of(cell)) in words for cell in rows[number]) for number in above}
    lower = max(above, key=lambda number: (known[number], number)) if any(known.values()) else above[-1]
    under = lower + 1
    if under in above and known[under] and not any(say(cell).number is not None for cell in rows[under]):
        lower = under
    upper = lower - 1
    over = _filled(rows.get(upper, ()))
    open_columns = set(_filled(rows[data])) - set(_filled(rows[lower]))
    merged = any(top <= upper <= bottom and right > left for top, left, bottom, right in sheet.merged or ())
    return (upper, lower) if len(over) >= 2 and (open_columns & set(over) or merged) else (lower,)


def _filled(row: Row) -> list[int]:
    return [index for index, cell in enumerate(row) if text_of(cell)]


def _texts(sheet: Sheet, rows: Sequence[int], cells: dict[int, Row]) -> tuple[tuple[str, ...], ...]:
    widths = Counter(len(row) for row in cells.values() if _filled(row))
    width = max(len(cells[number]) for number in rows) if rows else max(widths, key=widths.__getitem__, default=0)
    table = [[text_of(cells[number][index]) if index < len(cells[number]) else "" for index in range(width)]
             for number in rows]  # fmt: skip
    for upper, number in zip(range(len(table) - 1), rows, strict=False):
        _spread(table[upper], table[upper + 1], number, sheet)
    columns = []
    for index in range(width):
        texts = [line[index] for line in table if line[index]]
        columns.append(tuple(next(same) for _key, same in groupby(texts, item_key)))  # merged downwards: said once
    return tuple(columns)


def _spread(upper: list[str], lower: list[str], number: int, sheet: Sheet) -> None:
    """Let an upper text stand over every column it was merged over; in a text file, over those with nothing above."""
    if sheet.merged:
        for top, left, bottom, right in sheet.merged:
            if top <= number <= bottom:
                start = left - 1 - sheet.offset
                for index in range(max(0, start + 1), min(len(upper), right - sheet.offset)):
                    upper[index] = upper[index] or upper[start]
        return
    text = ""
    for index, below in enumerate(lower):
        if upper[index]:
            text = upper[index]
        elif below:
            upper[index] = text
