"""The order of the list, and the places where the catalogue asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """A place, counted from 1, or from which to which where bounds overlap; equals share the first of their places."""

    first: int
    last: int


def places(totals: Sequence[tuple[Fraction, Fraction] | None]) -> list[Place | None]:
    """The place of each of ``totals`` (lower and upper bound) among them, the highest first.

    The best place there can be counts who is surely ahead, the worst who may be. What is settled and equal shares a
    place and leaves the next ones out: 1, 2, 2, 4. None has no total to compare: no place, and it takes none.
    """
    known = [total for total in totals if total is not None]
    return [
        None
        if total is None
        else Place(
            1 + sum(lower > total[1] for lower, _upper in known),
            1 + sum(upper > total[0] for _lower, upper in _without(known, total)),
        )
        for total in totals
    ]


def _without(
    known: Sequence[tuple[Fraction, Fraction]], one: tuple[Fraction, Fraction]
) -> Sequence[tuple[Fraction, Fraction]]:
    index = known.index(one)
    return [*known[:index], *known[index + 1 :]]
