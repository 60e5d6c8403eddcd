"""A way to the award, or why there is none: values that leave as plain data."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kaasav.improvement.start import Gate, Kind, Rise


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion raised.

    Attributes:
        kind: the most that any of its levels asks for.
        rises: each level on the way up.
        effort: by the catalogue's measure.
        lead_months: until the level counts (see `kaasav.improvement.start.Standing.lead_months`).
    """

    criterion: str
    dimension: str
    start: int
    to: int
    kind: Kind
    rises: tuple[Rise, ...]
    effort: int
    lead_months: int


@dataclass(frozen=True, slots=True)
class DimensionShare:
    """One dimension's exact share at the end of a way."""

    id: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Way:
    """A set of steps that meets every condition of a tier but the gates; without a step it is met already.

    Attributes:
        steps: in the catalogue's order.
        effort: of all steps together.
        lead_months: of the longest; steps go side by side.
        levels: how many levels are climbed in all.
        total: the exact total at its end.
        guard: whether it ends in the guard band, where an award asks for more.
        avoided: criteria that were to be left alone, raised because there is no way without.
    """

    steps: tuple[Step, ...]
    effort: int
    lead_months: int
    levels: int
    total: Fraction
    dimensions: tuple[DimensionShare, ...]
    guard: bool
    avoided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """One part of a condition that stays short of its threshold, however much is done within the constraints.

    Or a fixed level that cannot be reached by the day asked for: then ``type`` is ``fix``, ``condition`` empty,
    ``part`` the criterion, ``best`` the level it can have by then, ``threshold`` the one fixed.

    Attributes:
        condition: id of the condition; ``type`` is its type, or ``guard`` where only leaving the guard band fails.
        part: id of the criterion or dimension, or ``total``.
        best: the most that can be reached.
    """

    condition: str
    type: str
    part: str
    best: Fraction
    threshold: Fraction


@dataclass(frozen=True, slots=True)
class Loosened:
    """A constraint: a criterion's ``fix``, or the day (``by``)."""

    what: Literal["fix", "by"]
    criterion: str | None = None
    level: int | None = None
    by: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class NoWay:
    """Why there is none.

    Attributes:
        short: what cannot be reached.
        each: constraints of which dropping any single one opens a way.
        together: where none alone does: constraints that open a way if all of them are dropped; none can be spared.
    """

    short: tuple[Short, ...]
    each: tuple[Loosened, ...]
    together: tuple[Loosened, ...]


@dataclass(frozen=True, slots=True)
class Shortest:
    """The shortest way to one tier.

    Attributes:
        clear_guard: whether it was asked to end outside the guard band.
        way: None where there is none; ``no_way`` then says why.
        alternatives: other sets of the same effort and longest lead time, none of which could spare a step or a level.
        more: whether there are more of them than listed; None if they were too many to look through.
        gates: the conditions that stay as they are.
    """

    tier: str
    clear_guard: bool
    way: Way | None
    no_way: NoWay | None
    alternatives: tuple[Way, ...]
    more: bool | None
    gates: tuple[Gate, ...]

    @property
    def gates_met(self) -> bool:
        """Whether the way leads to the award by itself, because every gate of the tier is met."""
        return all(gate.state == "met" for gate in self.gates)


@dataclass(frozen=True, slots=True)
class TierWays:
    """The shortest way to one tier, and where it would end in the guard band, the shortest out of it as well.

    Attributes:
        out_of_guard: None where there is no guard band to leave: the way ends outside it, or there is no way.
    """

    tier: str
    shortest: Shortest
    out_of_guard: Shortest | None
