"""How much a sample says: effective sample size, exactly; intervals, for showing only.

Nothing here decides: verdicts compare exact fractions and need no square root (see `kaasav.survey.verdict`).
"""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

Z = Fraction("1.959963984540054")
"""The 0.975 quantile of the normal distribution: the constant of the rules for a confidence of 0.95."""

_DIGITS = 40


def kish(weights: Iterable[Fraction | Decimal | int]) -> Fraction:
    """Effective sample size of weighted answers, (Σw)² / Σw² (Kish, Survey Sampling, 1965).

    Raises:
        ValueError: a weight is negative, or none is above zero.
    """
    exact = [Fraction(weight) for weight in weights]
    if any(weight < 0 for weight in exact):
        raise ValueError("a weight is negative")
    squares = sum((weight * weight for weight in exact), Fraction(0))
    if not squares:
        raise ValueError("no weight is above zero")
    return sum(exact, Fraction(0)) ** 2 / squares


def effective(n: int, design_effect: Fraction) -> Fraction:
    """Effective sample size of ``n`` answers from a sample with ``design_effect`` (1 = a simple random sample).

    Raises:
        ValueError: ``n`` is negative, or ``design_effect`` not above zero.
    """
    if n < 0 or design_effect <= 0:
        raise ValueError(f"n must not be negative and the design effect above zero: {n}, {design_effect}")
    return Fraction(n) / design_effect


def wilson(p: Fraction, n_eff: Fraction, z: Fraction = Z) -> tuple[Decimal, Decimal]:
    """Score interval of a share (Wilson 1927, without continuity correction), for showing.

    Args:
        p: the share, 0 to 1.
        n_eff: effective sample size, above zero.
        z: the normal quantile.

    Returns:
        Lower and upper end, 0 to 1, to 40 digits; exactly 0 below a share of 0 and 1 above a share of 1.

    Raises:
        ValueError: ``p`` or ``n_eff`` is out of range.
    """
    if not 0 <= p <= 1 or n_eff <= 0:
        raise ValueError(f"a share from 0 to 1 of a sample above zero is needed: {p}, {n_eff}")
    square = z * z
    centre = (p + square / (2 * n_eff)) / (1 + square / n_eff)
    spread = z * z * (p * (1 - p) / n_eff + square / (4 * n_eff * n_eff)) / (1 + square / n_eff) ** 2
    lower, upper = _around(centre, spread)
    return (lower if p > 0 else Decimal(0)), (upper if p < 1 else Decimal(1))


def difference_interval(
    first: tuple[Fraction, Fraction], second: tuple[Fraction, Fraction], z: Fraction = Z
) -> tuple[Decimal, Decimal]:
    """Interval of the difference of two independent shares, second minus first: hybrid score interval (Newcombe,
    Statistics in Medicine 17, 1998, 873-890, method 10), made of both `wilson` intervals.

    d − √((p₂ − l₂)² + (u₁ − p₁)²) to d + √((u₂ − p₂)² + (p₁ − l₁)²). It has a width at shares of 0 and 1 too.

    Args:
        first: share (0 to 1) and effective sample size.
        second: the same of the other.
        z: the normal quantile.

    Returns:
        Lower and upper end, −1 to 1, to 40 digits.

    Raises:
        ValueError: as `wilson`.
    """
    (low1, high1), (low2, high2) = wilson(*first, z), wilson(*second, z)
    with localcontext() as context:
        context.prec = _DIGITS
        p1, p2 = (Decimal(share.numerator) / share.denominator for share, _n in (first, second))
        below = ((p2 - low2) ** 2 + (high1 - p1) ** 2).sqrt()
        above = ((high2 - p2) ** 2 + (p1 - low1) ** 2).sqrt()
        return p2 - p1 - below, p2 - p1 + above


def mean_interval(mean: Fraction, sd: Fraction, n_eff: Fraction, z: Fraction = Z) -> tuple[Decimal, Decimal]:
    """Interval of a mean, mean ± z·sd/√n_eff, in the mean's own unit, for showing.

    Raises:
        ValueError: ``n_eff`` is not above zero, or ``sd`` is negative.
    """
    if n_eff <= 0 or sd < 0:
        raise ValueError(f"a sample above zero and no negative sd are needed: {n_eff}, {sd}")
    return _around(mean, z * z * sd * sd / n_eff)


def _around(centre: Fraction, square: Fraction) -> tuple[Decimal, Decimal]:
    """``centre`` minus and plus the root of ``square``."""
    with localcontext() as context:
        context.prec = _DIGITS
        middle = Decimal(centre.numerator) / centre.denominator
        half = (Decimal(square.numerator) / square.denominator).sqrt()
        return middle - half, middle + half
