"""What was gathered from a table so far: rows of the wave, rows passed over, and what is wrong, each at its place."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kaasav.language import N_
from kaasav.problems import Problem, ProblemKind, error
from kaasav.survey.imports.columns import Layout
from kaasav.survey.imports.description import FileItem, SurveyFile
from kaasav.survey.imports.header import text_of
from kaasav.survey.imports.numbers import Number, Numbers
from kaasav.survey.places import Place
from kaasav.survey.rows import item_key
from kaasav.survey.tables.sheet import Cell, Sheet
from kaasav.survey.wave import Row

MOST_PROBLEMS = 200

TWICE = error(
    "survey-row-twice",
    N_("{item} of {name} ({code}) stands here twice, first in row {first}"),
    N_("which of the two holds? Take the other out"),
)
ITEM = error(
    "survey-item-unknown",
    N_("the item “{item}” is not described"),
    N_("describe it, or write “other_items: skip”; described are: {known}"),
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row passed over: its number, its text, and why (``group``, ``total``, ``stated``, ``note``, ``item``)."""

    row: int
    text: str
    why: str


@dataclass
class Gathered:
    """What came of a table.

    Attributes:
        rows: the wave's rows by item and code; filled when all is read.
        skipped: the rows passed over.
        matched: how many rows of the table were used.
        filtered: how many rows ``only`` left out.
        unanswered: by item, cells without an answer, which no base counts.
        suppressed: by item, groups too small to be written.
        problems: everything wrong; beyond `MOST_PROBLEMS` only counted in ``more``.
        first: by item and municipality, where it first stands.
    """

    sheet: Sheet
    layout: Layout
    described: SurveyFile
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    matched: int = 0
    filtered: int = 0
    unanswered: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    first: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def say(
        self, kind: ProblemKind, row: int, index: int | None, *, hint: str | None = None, **details: object
    ) -> None:
        """A problem in ``row``, at the column with ``index`` in the table's rows (None = the row)."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.more += 1
            return
        column = self.layout.columns[index].number if index is not None and index < len(self.layout.columns) else 0
        self.problems.append(kind.at(self.sheet.place(row, column), hint=hint, **details))

    def numbers(self, cells: Sequence[Cell], known: Numbers, rows: Sequence[int], index: int) -> list[Number]:
        """The numbers in a column's ``cells``; what is wrong with any is said."""
        found = list(map(known.__getitem__, cells))
        if known.bad:
            for at, number in enumerate(found):
                if number.wrong:
                    self.say(number.wrong, rows[at], index, **dict(number.details))
        return found

    def once(self, item: str, place: Place, row: int) -> bool:
        """Whether ``item`` of this municipality comes for the first time; otherwise that is said."""
        first = self.first[item].setdefault(place.code, row)
        if first != row:
            self.say(TWICE, row, None, item=item, name=place.name, code=place.given, first=first)
        return first == row

    def other_item(self, row: int, index: int, cell: Cell) -> None:
        """A row about an item that is not described: skipped where that is stated, else wrong."""
        text = text_of(cell)[:80]
        if self.described.table.other_items == "skip":
            self.skipped.append(Skipped(row, text, "item"))
            self.matched -= 1
        else:
            self.say(ITEM, row, index, item=text, known=", ".join(item.id for item in self.described.items))


class Items(dict[Any, FileItem | None]):
    """The item each text means; None if it means none."""

    def __init__(self, described: SurveyFile) -> None:
        super().__init__()
        self._known = {item_key(word): item for item in described.items
                       for word in (item.id, item.label, *item.aliases)}  # fmt: skip

    def __missing__(self, cell: Any) -> FileItem | None:
        self[cell] = self._known.get(item_key(text_of(cell)))
        return self[cell]
