"""A number that may not be settled yet: from the lowest to the highest it can be."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """What a condition comes to."""

    MET = "met"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Levels:
    """A level between two bounds, both included."""

    lower: int
    upper: int

    @property
    def settled(self) -> bool:
        """Whether both bounds are the same."""
        return self.lower == self.upper


@dataclass(frozen=True, slots=True)
class Shares:
    """An exact share between two bounds, both included."""

    lower: Fraction
    upper: Fraction

    def at_least(self, threshold: Fraction) -> State:
        """Met if the lower bound reaches ``threshold``, failed if the upper does not, else open."""
        return reaches(self.lower, self.upper, threshold)


def reaches(lower: Fraction | int, upper: Fraction | int, threshold: Fraction | int) -> State:
    """Whether a value between ``lower`` and ``upper`` is at least ``threshold``."""
    if lower >= threshold:
        return State.MET
    return State.FAILED if upper < threshold else State.OPEN


def worst(states: list[State]) -> State:
    """Failed if any is failed, else open if any is open, else met."""
    if State.FAILED in states:
        return State.FAILED
    return State.OPEN if State.OPEN in states else State.MET
