"""Every choice that takes the least, in one fixed order, in whole numbers alone.

The order: fewest criteria raised, then fewest levels, then by the first criterion of the catalogue in which two choices
differ: the one that raises it more comes first. All of that, with the effort in front, is one whole number for each
choice, the sum of its options' numbers, and no two choices have the same. For each dimension a table says what any
number of points costs at least; from the tables of several dimensions follows what the rest still needs. So a search
that always goes on with the cheapest beginning (A*, with exact costs to go) meets the choices in their order.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from kaasav.improvement.program import Group, Option, Program

Front = tuple[list[int], list[int]]
"""What the total still needs, rising, and the least cost of getting it from the dimensions that are left."""

LOOKED_AT = 200
"""So many choices are looked at before giving up saying whether there are more."""


def choices(program: Program, avoided: int, effort: int, lead_months: int) -> Iterator[tuple[Option, ...] | None]:
    """Every choice of that avoidance and effort whose steps take at most ``lead_months``, and that spares nothing.

    A choice that would still hold with a level less is left out: it differs from another by what is not needed. With
    the least effort there is, such a level is one that costs nothing.

    Yields:
        Choices in their order, and None, as the last, where `LOOKED_AT` were looked at and some may be left.
    """
    program = Program(
        program.criteria,
        tuple(tuple(o for o in options if o.lead_months <= lead_months) for options in program.options),
        program.groups,
        program.need,
    )
    for looked, chosen in enumerate(_all(_Search(program, avoided, effort)), start=1):
        if _spares_nothing(program, chosen):
            yield chosen
        if looked == LOOKED_AT:
            yield None
            return


def _spares_nothing(program: Program, chosen: Sequence[Option]) -> bool:
    for n, option in enumerate(chosen):
        lower = next((o for o in program.options[n] if o.level == option.level - 1), None)
        if lower is not None and program.holds([*chosen[:n], lower, *chosen[n + 1 :]]):
            return False
    return True


class _Search:
    """The tables: costs of options, costs to go within each dimension, costs to go over the dimensions left."""

    def __init__(self, program: Program, avoided: int, effort: int) -> None:
        self.program = program
        self.groups = program.groups
        outside = set(range(len(program.criteria))) - {n for group in program.groups for n in group.members}
        if outside:
            raise ValueError("a criterion stands in no dimension that counts")
        most = max((o.level for options in program.options for o in options), default=0) + 1
        climbs = 1 + sum(max((o.climbed for o in options), default=0) for options in program.options)
        efforts = 1 + sum(max((o.effort for o in options), default=0) for options in program.options)
        last, size = most ** len(program.criteria), len(program.criteria)
        raised = last * climbs
        unit = raised * (size + 1)
        self.costs = [
            [
                (option.avoided * efforts + option.effort) * unit
                + (option.climbed > 0) * raised
                + option.climbed * last
                + (most - 1 - option.level) * most ** (size - 1 - n)
                for option in options
            ]
            for n, options in enumerate(program.options)
        ]
        self.limit = (avoided * efforts + effort + 1) * unit
        self.within = [self._within(group) for group in self.groups]
        self.left: list[Front] = [([0], [0])]
        for group, tables in zip(reversed(self.groups), reversed(self.within), strict=True):
            self.left.append(self._before(self.left[-1], group, tables[0]))
        self.left.reverse()

    def _within(self, group: Group) -> list[dict[int, int]]:
        """For each criterion of a dimension: points from it and those after it, and what exactly so many cost."""
        tables: list[dict[int, int]] = [{0: 0}]
        for n in reversed(group.members):
            table: dict[int, int] = {}
            for option, cost in zip(self.program.options[n], self.costs[n], strict=True):
                for points, rest in tables[-1].items():
                    whole = cost + rest
                    if whole < self.limit and whole < table.get(points + option.points, self.limit):
                        table[points + option.points] = whole
            tables.append(table)
        tables.reverse()
        tables[0] = {points: cost for points, cost in tables[0].items() if points >= group.floor}
        return tables

    def _before(self, later: Front, group: Group, table: dict[int, int]) -> Front:
        """The front of a dimension together with those after it."""
        best: dict[int, int] = {}
        need = self.program.need
        own = _front((points * group.worth, cost) for points, cost in table.items())
        for value, cost in zip(*own, strict=True):
            for more, rest in zip(*later, strict=True):
                reach, whole = min(need, value + more), cost + rest
                if whole < best.get(reach, self.limit):
                    best[reach] = whole
        return _front(best.items())

    def to_go(self, depth: int, need: int) -> int | None:
        """The least cost of getting ``need`` from the dimensions from ``depth`` on; None if out of reach."""
        needs, costs = self.left[depth]
        at = bisect_left(needs, need)
        return costs[at] if at < len(needs) else None


def _front(pairs: Iterable[tuple[int, int]]) -> Front:
    """Of pairs (points, cost) those that no other beats in both, rising in both."""
    kept: list[tuple[int, int]] = []
    for points, cost in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if not kept or cost < kept[-1][1]:
            kept.append((points, cost))
    kept.reverse()
    return [points for points, _ in kept], [cost for _, cost in kept]


def _all(search: _Search) -> Iterator[tuple[Option, ...]]:
    """Complete choices, the cheapest first."""
    groups, costs = search.groups, search.costs
    number = count()
    first = search.to_go(0, search.program.need)
    # A beginning: its least whole cost; cost so far; dimension; place in it, -1 before its points are chosen; points
    # still to get in it; what the later dimensions must bring; what they cost at least; options chosen so far.
    heap: list[tuple[int, int, int, int, int, int, int, int, tuple[int, ...]]] = []
    if first is not None and first < search.limit:
        heap.append((first, next(number), 0, 0, -1, 0, search.program.need, 0, ()))
    while heap:
        _, _, spent, depth, place, points, need, later, chosen = heapq.heappop(heap)
        if depth == len(groups):
            by_criterion = dict(zip((n for group in groups for n in group.members), chosen, strict=True))
            yield tuple(search.program.options[n][by_criterion[n]] for n in range(len(costs)))
            continue
        group, tables = groups[depth], search.within[depth]
        if place < 0:
            for wanted, cost in tables[0].items():
                left = max(0, need - wanted * group.worth)
                rest = search.to_go(depth + 1, left)
                if rest is not None and spent + cost + rest < search.limit:
                    entry = (spent + cost + rest, next(number), spent, depth, 0, wanted, left, rest, chosen)
                    heapq.heappush(heap, entry)
            continue
        if place == len(group.members):
            heapq.heappush(heap, (spent + later, next(number), spent, depth + 1, -1, 0, need, 0, chosen))
            continue
        member = group.members[place]
        for index, option in enumerate(search.program.options[member]):
            rest_here = tables[place + 1].get(points - option.points)
            if rest_here is None:
                continue
            now = spent + costs[member][index]
            whole = now + rest_here + later
            if whole < search.limit:
                after = (depth, place + 1, points - option.points, need, later, (*chosen, index))
                heapq.heappush(heap, (whole, next(number), now, *after))
