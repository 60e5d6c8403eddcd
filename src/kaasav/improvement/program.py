"""The question in whole numbers: which level for each criterion, what it costs, and how many points are needed.

Points of a dimension are Σ weight·level. With highest level H and Σ weight = W of its criteria that apply, a floor f
asks for at least ⌈f·H·W⌉ points. The total, Σ v·points/(H·W) over dimensions of weight v, reaches t exactly if
Σ v·(M/W)·points ≥ t·H·M·Σ v, where M is the least common multiple of all W. So every condition is one inequality of
whole numbers, and none of them gets harder to meet when a level rises.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm

from kaasav.catalogue.model import Catalogue, FloorCondition, MandatoryCondition, Tier, TotalCondition
from kaasav.improvement.constraints import Constraints
from kaasav.improvement.start import Standing, Start


@dataclass(frozen=True, slots=True)
class Option:
    """One level a criterion may end at.

    Attributes:
        points: weight · level.
        climbed: how many levels above the start.
        avoided: 1 if this raises a criterion that was to be left alone.
    """

    level: int
    points: int
    effort: int
    lead_months: int
    climbed: int
    avoided: int


@dataclass(frozen=True, slots=True)
class Group:
    """One dimension: its criteria (their places), the points its floor asks for, what a point is worth in the total."""

    members: tuple[int, ...]
    floor: int
    worth: int


@dataclass(frozen=True, slots=True)
class Program:
    """Choose one option for each criterion.

    Attributes:
        criteria: their ids, in the catalogue's order.
        options: for each criterion, upwards; empty where the constraints contradict each other.
        groups: every dimension with a criterion that applies.
        need: Σ worth · points must be at least this.
    """

    criteria: tuple[str, ...]
    options: tuple[tuple[Option, ...], ...]
    groups: tuple[Group, ...]
    need: int

    def holds(self, chosen: Sequence[Option]) -> bool:
        """Whether the floors and the total hold."""
        points = [sum(chosen[n].points for n in group.members) for group in self.groups]
        return all(got >= group.floor for got, group in zip(points, self.groups, strict=True)) and (
            sum(got * group.worth for got, group in zip(points, self.groups, strict=True)) >= self.need
        )

    def levels(self, chosen: Sequence[Option]) -> dict[str, int]:
        """The level of each criterion."""
        return {id_: option.level for id_, option in zip(self.criteria, chosen, strict=True)}


def build(start: Start, catalogue: Catalogue, tier: Tier, constraints: Constraints, *, clear_guard: bool) -> Program:
    """The program of ``tier``, within the hard constraints; avoided criteria only cost more.

    With ``clear_guard`` the total must reach its threshold plus the half-width of its guard band.
    """
    conditions = [catalogue.conditions[id_] for id_ in tier.conditions]
    floor = max((Fraction(c.min_share) for c in conditions if isinstance(c, FloorCondition)), default=Fraction(0))
    totals = [c for c in conditions if isinstance(c, TotalCondition)]
    least = max(
        (Fraction(c.min_share) + (Fraction(c.guard) if clear_guard else 0) for c in totals), default=Fraction(0)
    )
    mandatory = any(isinstance(c, MandatoryCondition) for c in conditions)
    allowed = levels_allowed(start, constraints)

    groups: list[tuple[tuple[int, ...], int, int]] = []
    for dimension in catalogue.dimensions:
        members = tuple(n for n, one in enumerate(start.criteria) if one.dimension == dimension.id)
        weight = sum(start.criteria[n].weight for n in members)
        if weight:
            groups.append((members, weight, dimension.weight))
    multiple = lcm(*(weight for _, weight, _ in groups))
    worths = [value * (multiple // weight) for _, weight, value in groups]
    shared = gcd(*worths) or 1
    need = Fraction(least * start.highest * multiple * sum(value for *_, value in groups), shared)
    return Program(
        criteria=tuple(one.id for one in start.criteria),
        options=tuple(
            tuple(
                _option(one, level, one.id in constraints.avoid)
                for level in allowed[one.id]
                if not (mandatory and one.min_level is not None and level < one.min_level)
            )
            for one in start.criteria
        ),
        groups=tuple(
            Group(members, ceil(floor * start.highest * weight), worth // shared)
            for (members, weight, _), worth in zip(groups, worths, strict=True)
        ),
        need=ceil(need),
    )


def levels_allowed(start: Start, constraints: Constraints) -> Mapping[str, tuple[int, ...]]:
    """The levels each criterion may end at within the hard constraints, upwards."""
    fixed = {one.criterion: one.level for one in constraints.fix}
    return {one.id: tuple(_allowed(one, fixed.get(one.id), start, constraints)) for one in start.criteria}


def _allowed(one: Standing, fixed: int | None, start: Start, constraints: Constraints) -> Iterator[int]:
    for level in range(one.level, start.highest + 1):
        if fixed in (None, level) and (level == one.level or constraints.within(start.begin, one.lead_months(level))):
            yield level


def _option(one: Standing, level: int, avoided: bool) -> Option:
    climbed = level - one.level
    return Option(
        level=level,
        points=one.weight * level,
        effort=one.effort(level),
        lead_months=one.lead_months(level),
        climbed=climbed,
        avoided=int(avoided and climbed > 0),
    )
