"""Answers counted by option become one row: share or mean, n, spread, design effect, and who could not say.

All of it is a ratio, so weights may stand in any unit: as whole numbers of 10⁻⁸, say, whose sums are exact and quick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction

from kaasav.survey.imports.description import FileItem, FileOption
from kaasav.survey.places import Place
from kaasav.survey.wave import Row

PLACES = 12
"""Decimals that spreads and design effects keep, rounded up, so that no interval gets too narrow. Values are exact: one
that equals its reference must do so after it was written."""


@dataclass(slots=True)
class Sum:
    """Answers for one option: how many, and the sums of their weights and of the squares of those."""

    n: Fraction | int = 0
    weight: Fraction | int = 0
    squares: Fraction | int = 0


def row_of(place: Place, item: FileItem, scale: Sequence[FileOption], sums: Sequence[Sum], *, weighted: bool,
           least: int, counted: bool = True) -> Row:  # fmt: skip
    """The row of ``item`` for one municipality.

    Args:
        place: the municipality as the table names it.
        item: says what is measured, and on which base.
        scale: the answers people could choose.
        sums: the answers for each of them.
        weighted: whether weights are known, and so the design effect (Kish: n·Σw²/(Σw)²).
        least: fewer answers on the base are not shown.
        counted: whether the numbers of answers are those of people; else they are sums of weights, and n is unknown.
    """
    base = [at for at, option in enumerate(scale) if item.base == "all" or option.counts != "outside"]
    weight = Fraction(sum(sums[at].weight for at in base))
    everything = Fraction(sum(one.weight for one in sums))
    number = Fraction(sum(sums[at].n for at in base))
    answers = int(number) if counted and number.denominator == 1 else None
    if number < least:
        return Row(place.given, place.name, None, why="too-few")
    if not weight:
        return Row(place.given, place.name, None)
    outside = sum(sums[at].weight for at, option in enumerate(scale) if option.counts == "outside")
    squares = sum(sums[at].squares for at in base)
    effect = upwards(number * squares / weight**2) if weighted else None
    value, sd = _measured(item, scale, sums, base, weight, answers)
    apart = round(outside / everything * 100, PLACES)
    return Row(place.given, place.name, value, answers, sd, None, effect, apart)


def _measured(item: FileItem, scale: Sequence[FileOption], sums: Sequence[Sum], base: list[int], weight: Fraction,
              answers: int | None) -> tuple[Fraction, Fraction | None]:  # fmt: skip
    if item.measure == "share":
        positive = sum(sums[at].weight for at in base if scale[at].counts == "positive")
        return positive / weight * 100, None
    points = {at: scale[at].points or Fraction(0) for at in base}
    mean = sum((sums[at].weight * points[at] for at in base), Fraction(0)) / weight
    if answers is None or answers < 2:
        return mean, None
    spread = sum((sums[at].weight * (points[at] - mean) ** 2 for at in base), Fraction(0)) / weight
    with localcontext() as context:
        context.prec = 40
        square = spread * answers / (answers - 1)
        root = (Decimal(square.numerator) / square.denominator).sqrt()
    return mean, min(upwards(Fraction(root)), Fraction(100)) or None


def upwards(number: Fraction) -> Fraction:
    """``number`` rounded up to `PLACES` decimals."""
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_CEILING
        return Fraction((Decimal(number.numerator) / number.denominator).quantize(Decimal(1).scaleb(-PLACES)))
