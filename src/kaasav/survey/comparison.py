"""Two waves side by side for one municipality: how much its value changed, or why the two do not compare.

Two values compare only if they answer the same question by the same answers, measured alike on the same base. The
difference of two shares has Newcombe's hybrid score interval (`kaasav.survey.estimate.difference_interval`), of two
indexes d ± z·√(sd₁²/n_eff₁ + sd₂²/n_eff₂). Something changed if 0 lies outside: decided to 40 digits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from kaasav.municipalities.register import Change
from kaasav.plain import plain
from kaasav.survey.estimate import difference_interval, effective, mean_interval
from kaasav.survey.precision import Precision, precision_of
from kaasav.survey.rows import item_key
from kaasav.survey.verdict import codes_of, merged_since, row_of
from kaasav.survey.wave import Item, Row, Wave

REASONS = (
    "same-wave",
    "fictional",
    "other-respondents",
    "other-item",
    "other-measure",
    "other-base",
    "other-scale",
    "other-wording",
    "merged",
    "not-surveyed",
    "too-few",
)
"""Why two values do not compare; the first that holds is given."""

Change_ = Literal["up", "down", "within-margin", "margin-unknown", "same"]


@dataclass(frozen=True, slots=True)
class Side:
    """One wave's part: the item there, its value and what the value rests on; None where unknown or not shown."""

    wave: str
    item: str | None
    value: Fraction | None
    n: int | None = None
    design_effect: Fraction | None = None
    sd: Fraction | None = None
    assumed: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of one item from one wave to another, in the item's unit.

    Attributes:
        label: the question, as the first wave words it.
        measure: ``share`` or ``index``; None if the two differ. So are ``base`` and ``unit``.
        first: the first wave's part.
        second: the second wave's part.
        reason: why the two do not compare; None if they do.
        difference: second minus first; None if they do not compare.
        interval: the 95 % interval of the difference; None where it cannot be known.
        change: what the difference comes to; None if they do not compare. ``same`` and ``up`` or ``down`` without
            margin are of municipalities that answered for themselves, where no sample stands between.
    """

    label: str
    measure: str | None
    base: str | None
    unit: str | None
    first: Side
    second: Side
    reason: str | None
    difference: Fraction | None = None
    interval: tuple[Decimal, Decimal] | None = None
    change: Change_ | None = None

    def as_data(self) -> dict[str, Any]:
        """Plain data with exact numbers as text."""
        data: dict[str, Any] = plain(self)
        return data


def compare_waves(
    first: Wave, second: Wave, code: str, history: Sequence[Change], *, min_respondents: int = 30
) -> list[Comparison]:
    """Compare every item of two waves for one municipality.

    Args:
        first: the earlier wave.
        second: the later one.
        code: today's EHAK code of the municipality.
        history: every change that led to ``code`` (`Register.history`).
        min_respondents: a value of fewer answers is not shown; not asked where municipalities answered for themselves.

    Returns:
        One comparison for each item of the first wave, then for those only the second has.
    """
    pairs = list(_pairs(first, second))
    return [_compare(first, second, one, other, code, history, min_respondents) for one, other in pairs]


def _pairs(first: Wave, second: Wave) -> Iterator[tuple[Item | None, Item | None]]:
    left = list(second.description.items)
    for item in first.description.items:
        partner = next((one for one in left if one.id == item.id), None)
        partner = partner or next((one for one in left if item.indicator and one.indicator == item.indicator), None)
        partner = partner or next((one for one in left if _wordings(one) & _wordings(item)), None)
        if partner is not None:
            left.remove(partner)
        yield item, partner
    yield from ((None, item) for item in left)


def _wordings(item: Item) -> set[str]:
    return {item_key(word) for word in (item.label, *item.aliases)}


def _common(one: Item | None, other: Item | None, name: str) -> Any:
    """What ``name`` is for both items, or for the one there is; None where they differ."""
    found = {getattr(item, name) for item in (one, other) if item is not None}
    return found.pop() if len(found) == 1 else None


def _compare(
    first: Wave, second: Wave, one: Item | None, other: Item | None, code: str, history: Sequence[Change], least: int
) -> Comparison:
    codes = codes_of(code, history)
    rows = (row_of(first, one, codes) if one else None, row_of(second, other, codes) if other else None)
    alone = first.description.asked == "municipalities"
    least = 0 if alone else least
    sides = (_side(first, one, rows[0], least), _side(second, other, rows[1], least))
    merged = any(merged_since(wave, codes, history) for wave in (first, second))
    reason = _reason(first, second, one, other) or ("merged" if merged else None) or _no_value(sides)
    item = one or other
    shown = (_common(one, other, "measure"), _common(one, other, "base"), _common(one, other, "unit"))
    label = item.label if item else ""
    if reason is not None or sides[0].value is None or sides[1].value is None or one is None:
        return Comparison(label, *shown, *sides, reason)
    difference = sides[1].value - sides[0].value
    if alone:
        change: Change_ = "up" if difference > 0 else "down" if difference < 0 else "same"
        return Comparison(label, *shown, *sides, None, difference, None, change)
    interval = _shares(*sides) if one.measure == "share" else _indexes(*sides)
    if interval is None:
        return Comparison(label, *shown, *sides, None, difference, None, "margin-unknown")
    change = "up" if interval[0] > 0 else "down" if interval[1] < 0 else "within-margin"
    return Comparison(label, *shown, *sides, None, difference, interval, change)


def _reason(first: Wave, second: Wave, one: Item | None, other: Item | None) -> str | None:
    if first.id == second.id:
        return "same-wave"
    if first.description.fictional is not second.description.fictional:
        return "fictional"
    if first.description.asked != second.description.asked:
        return "other-respondents"
    if one is None or other is None:
        return "other-item"
    if (one.measure, one.unit) != (other.measure, other.unit):
        return "other-measure"
    if one.base != other.base:
        return "other-base"
    scales = [_scale(wave, item) for wave, item in ((first, one), (second, other))]
    if all(scales) and scales[0] != scales[1]:
        return "other-scale"
    return None if _wordings(one) & _wordings(other) else "other-wording"


def _scale(wave: Wave, item: Item) -> set[tuple[str, object]]:
    """What people could answer, and what each answer was worth; nothing where the wave does not say."""
    worth = "counts" if item.measure == "share" else "points"
    return {(item_key(option.label), getattr(option, worth)) for option in wave.scale_of(item)}


def _no_value(sides: tuple[Side, Side]) -> str | None:
    if any(side.why == "too-few" for side in sides):
        return "too-few"
    return "not-surveyed" if any(side.value is None for side in sides) else None


def _side(wave: Wave, item: Item | None, row: Row | None, least: int) -> Side:
    if item is None or row is None:
        return Side(wave.id, item.id if item else None, None)
    known: Precision = precision_of(wave.description.sampling, item, row)
    if known.n is not None and known.n < least:
        return Side(wave.id, item.id, None, why="too-few")
    return Side(wave.id, item.id, row.value, known.n, known.design_effect, known.sd, known.assumed, row.why)


def _n_eff(side: Side) -> Fraction | None:
    return effective(side.n, side.design_effect) if side.n and side.design_effect else None


def _shares(first: Side, second: Side) -> tuple[Decimal, Decimal] | None:
    sizes = _n_eff(first), _n_eff(second)
    if first.value is None or second.value is None or sizes[0] is None or sizes[1] is None:
        return None
    lower, upper = difference_interval((first.value / 100, sizes[0]), (second.value / 100, sizes[1]))
    return lower * 100, upper * 100


def _indexes(first: Side, second: Side) -> tuple[Decimal, Decimal] | None:
    sizes = _n_eff(first), _n_eff(second)
    if first.value is None or second.value is None or sizes[0] is None or sizes[1] is None:
        return None
    if first.sd is None or second.sd is None:
        return None
    square = first.sd**2 / sizes[0] + second.sd**2 / sizes[1]
    return mean_interval(second.value - first.value, Fraction(1), 1 / square) if square else None
