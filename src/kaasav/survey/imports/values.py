"""Tables that hold a value for each municipality and item, with or without n, spread and design effect."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import itemgetter

from kaasav.language import N_
from kaasav.problems import error, has_errors
from kaasav.survey.imports.gathering import Gathered, Items
from kaasav.survey.imports.numbers import (
    EMPTY,
    LARGE,
    MIDDLE,
    SMALL,
    Kind,
    Number,
    Numbers,
)
from kaasav.survey.places import Place
from kaasav.survey.tables.sheet import Cell
from kaasav.survey.wave import Row

KINDS: tuple[Kind, ...] = ("value", "n", "sd", "design_effect")

BOTH_MARKS = error(
    "survey-both-decimal-signs",
    N_("numbers are written with a comma (“{comma}”) and with a point (“{point}”)"),
    N_("write “decimal: comma” or “decimal: point” in the description; what does not fit is then shown"),
)
FRACTIONS = error(
    "survey-fractions",
    N_("all values of {item} lie between 0 and 1: are they shares of 1, or really that small?"),
    N_("write “values_in: fraction”; if they are really that small, “confirmed: [low-values]”, both under “table”"),
)
MIXED = error(
    "survey-mixed-percent",
    N_("some values of {item} lie between 0 and 1, such as that of {name}, others are above or have a percent sign"),
    N_("a column has one unit; correct it in the file, or write “confirmed: [low-values]” if it is right"),
)
LOW = error(
    "survey-low-values",
    N_("no value of {item} is above 10: are these ratings, on a scale of 1 to 5 or so?"),
    N_("values run from 0 to 100: turn ratings into points first; if these are right, write “confirmed: [low-values]”"),
)
LOW_SD = error(
    "survey-low-sd",
    N_("no standard deviation of {item} is above 1, but its values are: do both have the same unit?"),
    N_("both run from 0 to 100; if they are right, write “confirmed: [low-values]” under “table”"),
)


class Values:
    """Takes in the rows of a table of values."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.items = gathered, Items(gathered.described)
        table = gathered.described.table
        fraction = table.values_in == "fraction"
        self.numbers = {kind: Numbers(kind, table.decimal, fraction=fraction) for kind in KINDS}
        self.sizes: dict[str, int] = defaultdict(int)
        self.sds: dict[str, int] = defaultdict(int)

    def take(self, rows: Sequence[Sequence[Cell]], whose: Sequence[Place], numbers: Sequence[int]) -> None:
        """Take in some ``rows``, their municipalities and their numbers in the file."""
        layout = self.gathered.layout
        shared: dict[str, int] = {kind: layout.roles[kind] for kind in KINDS[1:] if kind in layout.roles}
        for item_id, columns in layout.wide.items():
            cells = self.cells(rows, numbers, {**shared, **columns})
            self.store(repeat(item_id, len(rows)), whose, numbers, cells)
        if layout.wide:
            return
        cells = self.cells(rows, numbers, layout.roles)
        if "item" not in layout.roles:
            self.store(repeat(self.gathered.described.items[0].id, len(rows)), whose, numbers, cells)
            return
        index = layout.roles["item"]
        items = [item.id if item else "" for item in map(self.items.__getitem__, map(itemgetter(index), rows))]
        if "" in items:
            for row, item, number in zip(rows, items, numbers, strict=True):
                if not item:
                    self.gathered.other_item(number, index, row[index])
        self.store(items, whose, numbers, cells)

    def cells(
        self, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], columns: dict[str, int]
    ) -> list[Sequence[Number]]:
        """For each kind of number its cells in ``columns``."""
        found: list[Sequence[Number]] = []
        for kind in KINDS:
            index = columns.get(kind)
            if index is None:
                found.append([EMPTY] * len(rows))
            else:
                column = list(map(itemgetter(index), rows))
                found.append(self.gathered.numbers(column, self.numbers[kind], numbers, index))
        return found

    def store(
        self, items: Iterable[str], whose: Sequence[Place], numbers: Sequence[int], cells: list[Sequence[Number]]
    ) -> None:
        """Keep one row of the wave for each of ``items`` ("" = none)."""
        gathered, least = self.gathered, self.gathered.described.least
        by_item, first, sizes, sds = gathered.rows, gathered.first, self.sizes, self.sds
        for item, place, number, value, n, sd, effect in zip(items, whose, numbers, *cells, strict=True):
            if not item:
                continue
            if first[item].setdefault(place.code, number) != number:
                gathered.once(item, place, number)
                continue
            answers = None if n.value is None else n.value.numerator
            if answers is not None and answers < least:
                gathered.suppressed[item] += 1
                row = Row(place.given, place.name, None, why="too-few")
            else:
                row = Row(place.given, place.name, value.value, answers, sd.value, value.why, effect.value, None, n.why)
                if sd.size:
                    sds[item] |= sd.size
            try:
                by_item[item][place.given] = row
            except KeyError:
                by_item[item] = {place.given: row}
            sizes[item] |= value.size

    def finish(self) -> None:
        """Look at all values together: one decimal sign, one unit."""
        gathered, table = self.gathered, self.gathered.described.table
        marks = {mark: text for numbers in self.numbers.values() for mark, text in numbers.marks.items()}
        if len(marks) == 2 and table.decimal is None:
            gathered.say(BOTH_MARKS, 0, None, comma=marks[","], point=marks["."])
        if "low-values" not in table.confirmed and not has_errors(gathered.problems):
            self.units()

    def units(self) -> None:
        """Ask where values can hardly run from 0 to 100, as they have to."""
        gathered = self.gathered
        indexes = {item.id for item in gathered.described.items if item.measure == "index"}
        for item, sizes in self.sizes.items():
            rows = gathered.rows.get(item, {}).values()
            if sizes == SMALL:
                gathered.say(FRACTIONS, 0, None, item=item)
            elif sizes & SMALL:
                name = next((row.name for row in rows if row.value and row.value <= 1), "")
                gathered.say(MIXED, 0, None, item=item, name=name)
            elif sizes == MIDDLE and (item in indexes or sum(row.value is not None for row in rows) > 1):
                gathered.say(LOW, 0, None, item=item)
            elif self.sds[item] == SMALL and sizes & LARGE:
                gathered.say(LOW_SD, 0, None, item=item)
