"""Tables that hold respondents' answers: counted while they are read, and kept nowhere."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import getitem, mul
from typing import Any, cast

from kaasav.problems import ProblemKind
from kaasav.survey.imports.counts import OPTION
from kaasav.survey.imports.description import FileItem
from kaasav.survey.imports.gathering import Gathered, Items
from kaasav.survey.imports.header import text_of
from kaasav.survey.imports.numbers import MARKS, THOUSAND
from kaasav.survey.imports.tally import Sum, row_of
from kaasav.survey.imports.values import BOTH_MARKS
from kaasav.survey.imports.weights import Weights
from kaasav.survey.places import Place
from kaasav.survey.rows import item_key
from kaasav.survey.tables.sheet import Cell

UNIT = 1
"""The weight of everybody where none is stated."""
MOST_WAITING = 1_000_000


@dataclass(slots=True)
class _Sum:
    """Answers for one option so far: weights not added up yet, and how many there were with which sums.

    ``n`` leaves out those without weight, ``seen`` does not.
    """

    waiting: list[int] = field(default_factory=list)
    seen: int = 0
    n: int = 0
    weight: int = 0
    squares: int = 0

    def fold(self) -> None:
        some = self.waiting
        self.seen += len(some)
        self.n += len(some) - some.count(0)
        self.weight += sum(some)
        self.squares += sum(map(mul, some, some))
        some.clear()


Slots = list[list[int]]
"""One municipality's weights not added up yet: a list for each option of each item."""


class _Counted:
    """How the answers to one item are counted: its options, then no answer and an unknown one, from ``start`` on."""

    def __init__(self, gathered: Gathered, item: FileItem, start: int) -> None:
        self.item, self.scale = item, gathered.described.scale_of(item)
        words = {item_key(word): at for at, option in enumerate(self.scale) for word in (option.label, *option.aliases)}
        self.start, self.none = start, start + len(self.scale)
        self.options = _Options(words, start, self.none)

    def add(self, slots: Sequence[Slots], cells: Sequence[Cell], weights: Sequence[int]) -> bool:
        """Add answers; whether there were any that are not described."""
        chosen = map(getitem, slots, map(self.options.__getitem__, cells))
        deque(map(list.append, chosen, weights), maxlen=0)
        return self.options.unknown


class _Options(dict[Any, int]):
    """The slot of each way to write an answer: from ``start`` on, at ``none`` for no answer, behind it if unknown."""

    def __init__(self, words: dict[str, int], start: int, none: int) -> None:
        super().__init__({"": none})
        self._words, self._start, self._none = words, start, none
        self.unknown = False

    def __missing__(self, cell: Any) -> int:
        key = item_key(text_of(cell))
        found = self._none + 1 if key else self._none
        if key in self._words:
            found = self._start + self._words[key]
        self.unknown = self.unknown or found > self._none
        self[cell] = found
        return found


class _Waiting(dict[Place, Slots]):
    """The lists weights are put on, for each municipality."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size, self._left = size, MOST_WAITING
        self.sums: dict[Place, list[_Sum]] = {}

    def __missing__(self, place: Place) -> Slots:
        self.sums[place] = [_Sum() for _ in range(self._size)]
        self[place] = [one.waiting for one in self.sums[place]]
        return self[place]

    def grown(self, answers: int) -> None:
        """Add up what waits, if with so many ``answers`` more there are too many."""
        self._left -= answers
        if self._left < 0:
            self.fold()

    def fold(self) -> None:
        """Add up what waits."""
        for sums in self.sums.values():
            for one in sums:
                one.fold()
        self._left = MOST_WAITING

    def multiply(self, factor: int) -> None:
        """Weights are whole numbers of a smaller unit from now on, of which the old one had ``factor``."""
        self.fold()
        for one in (one for sums in self.sums.values() for one in sums):
            one.weight *= factor
            one.squares *= factor**2


class Answers:
    """Takes in the rows of a table of answers."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.items = gathered, Items(gathered.described)
        self.weights = Weights(MARKS.get(gathered.described.table.decimal or ""))
        self.counted: dict[str, _Counted] = {}
        size = 0
        for item in gathered.described.items:
            self.counted[item.id] = counted = _Counted(gathered, item, size)
            size = counted.none + 2
        self.waiting = _Waiting(size)
        self.weighted = "weight" in gathered.layout.roles
        self.said: set[tuple[str, Any]] = set()

    def take(self, rows: Sequence[Sequence[Cell]], whose: Sequence[Place], numbers: Sequence[int]) -> None:
        """Take in some ``rows``, their municipalities and their numbers in the file."""
        if not rows:
            return
        roles, wide = self.gathered.layout.roles, self.gathered.layout.wide
        columns = list(zip(*rows, strict=True))
        weights = self.weights_of(columns[roles["weight"]], numbers) if self.weighted else [UNIT] * len(rows)
        if not wide and "item" in roles:
            self.by_item(columns, whose, numbers, weights)
            return
        slots = list(map(self.waiting.__getitem__, whose))
        answers = {item: own["answer"] for item, own in wide.items()} or {next(iter(self.counted)): roles["answer"]}
        for item, index in answers.items():
            self.count(item, columns[index], whose, numbers, index, weights, slots)

    def by_item(self, columns: Sequence[Sequence[Cell]], whose: Sequence[Place], numbers: Sequence[int],
                weights: Sequence[int]) -> None:  # fmt: skip
        """Rows of several items: each item's counted on its own."""
        gathered, roles = self.gathered, self.gathered.layout.roles
        index = roles["item"]
        places: dict[str, list[int]] = {}
        for at, cell in enumerate(columns[index]):
            item = self.items[cell]
            if item is not None:
                places.setdefault(item.id, []).append(at)
            else:
                gathered.other_item(numbers[at], index, cell)
        cells = columns[roles["answer"]]
        for item_id, chosen in places.items():
            self.count(
                item_id,
                [cells[at] for at in chosen],
                [whose[at] for at in chosen],
                [numbers[at] for at in chosen],
                roles["answer"],
                [weights[at] for at in chosen],
                [self.waiting[whose[at]] for at in chosen],
            )

    def weights_of(self, cells: Sequence[Cell], numbers: Sequence[int]) -> list[int]:
        """The weights in ``cells``; what is no weight is said."""
        found = list(map(self.weights.__getitem__, cells))
        while type(None) in (kinds := set(map(type, found))):
            self.waiting.multiply(self.weights.refine())
            found = list(map(self.weights.__getitem__, cells))
        if kinds != {int}:
            index = self.gathered.layout.roles["weight"]
            for at, weight in enumerate(found):
                if isinstance(weight, ProblemKind):
                    self.gathered.say(weight, numbers[at], index, text=text_of(cells[at])[:40])
            return [weight if isinstance(weight, int) else 0 for weight in found]
        return cast(list[int], found)

    def count(self, item: str, cells: Sequence[Cell], whose: Sequence[Place], numbers: Sequence[int], index: int,
              weights: Sequence[int], slots: Sequence[Slots]) -> None:  # fmt: skip
        """Add the answers in the column with ``index`` to those of ``item``."""
        counted = self.counted[item]
        self.waiting.grown(len(cells))
        if counted.add(slots, cells, weights):
            self.unknown(counted, cells, numbers, index)
        if self.gathered.described.asked == "municipalities":
            for place, cell, number in zip(whose, cells, numbers, strict=True):
                if counted.options[cell] != counted.none:
                    self.gathered.once(item, place, number)

    def unknown(self, counted: _Counted, cells: Sequence[Cell], numbers: Sequence[int], index: int) -> None:
        """Say each answer that is not described once, where it first stands."""
        known = ", ".join(one.label for one in counted.scale)
        for number, cell in zip(numbers, cells, strict=True):
            if counted.options[cell] > counted.none and (counted.item.id, cell) not in self.said:
                self.said.add((counted.item.id, cell))
                self.gathered.say(OPTION, number, index, text=text_of(cell)[:60], known=known)

    def finish(self) -> None:
        """Make the rows of what was counted."""
        gathered, marks = self.gathered, self.weights.marks
        if len(marks) == 2 and gathered.described.table.decimal is None:
            gathered.say(BOTH_MARKS, 0, None, comma=marks[","], point=marks["."])
        elif self.weights.unclear:
            text = self.weights.unclear
            large = text.replace(",", "").replace(".", "")
            gathered.say(THOUSAND, 0, gathered.layout.roles["weight"], text=text, small=text, large=large)
        self.waiting.fold()
        for item_id, counted in self.counted.items():
            by_code: dict[str, tuple[Place, list[Sum]]] = {}
            for place, sums in self.waiting.sums.items():
                own = sums[counted.start : counted.none + 2]
                if not any(one.seen for one in own):
                    continue
                gathered.unanswered[item_id] += sums[counted.none].n
                _first, totals = by_code.setdefault(place.code, (place, [Sum() for _ in counted.scale]))
                for total, one in zip(totals, own, strict=False):
                    total.n += one.n
                    total.weight += one.weight
                    total.squares += one.squares
            for place, totals in by_code.values():
                least = gathered.described.least
                row = row_of(place, counted.item, counted.scale, totals, weighted=self.weighted, least=least)
                gathered.suppressed[item_id] += row.why == "too-few"
                gathered.rows.setdefault(item_id, {})[place.given] = row
