"""Exact shares: a criterion's, a dimension's and the total, each between its bounds.

Criterion = level / highest level. Dimension = Σ weight·criterion / Σ weight over the criteria that apply.
Total = Σ dimension weight·dimension / Σ dimension weight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaasav.scoring.bounds import Shares


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion as it enters its dimension; ``optional`` while a claim that it does not apply is unsettled."""

    weight: int
    share: Shares
    optional: bool = False


def dimension(parts: Sequence[Part]) -> Shares | None:
    """The dimension's share; None if none of its criteria applies or carries weight."""
    weighted = [part for part in parts if part.weight]
    if not weighted:
        return None
    return Shares(_lowest(weighted), -_lowest([_mirrored(part) for part in weighted]))


def total(dimensions: Iterable[tuple[int, Shares]]) -> Shares:
    """The weighted mean of dimensions given as (weight, share)."""
    known = list(dimensions)
    weights = sum(weight for weight, _ in known)
    return Shares(
        sum((weight * share.lower for weight, share in known), Fraction(0)) / weights,
        sum((weight * share.upper for weight, share in known), Fraction(0)) / weights,
    )


def _mirrored(part: Part) -> Part:
    return Part(part.weight, Shares(-part.share.upper, -part.share.lower), part.optional)


def _lowest(parts: Sequence[Part]) -> Fraction:
    """The lowest mean over every way the optional parts can turn out; at least one part counts.

    Taking optional parts from the lowest up, each lowers the mean exactly as long as it lies below it.
    """
    fixed = [part for part in parts if not part.optional]
    optional = sorted((part for part in parts if part.optional), key=lambda part: part.share.lower)
    if not fixed:
        return optional[0].share.lower
    above = sum((part.weight * part.share.lower for part in fixed), Fraction(0))
    below = sum(part.weight for part in fixed)
    for part in optional:
        if part.share.lower >= above / below:
            break
        above += part.weight * part.share.lower
        below += part.weight
    return above / below
