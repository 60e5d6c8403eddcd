"""What a wave says of one municipality's satisfaction: met, near above, near below, not met, or no data.

Everything is compared in exact fractions and no root is taken: a Wilson interval with effective sample size n_eff lies
at or above a reference r exactly if p ≥ r and n_eff·(p − r)² ≥ z²·r·(1 − r), and below it exactly if p < r and
n_eff·(p − r)² > z²·r·(1 − r). For an index m with standard deviation sd the right side is z²·sd².
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from kaasav.dates import months_back
from kaasav.municipalities.register import Change
from kaasav.plain import plain
from kaasav.survey.estimate import Z, effective, mean_interval, wilson
from kaasav.survey.precision import Precision, precision_of

if TYPE_CHECKING:  # a verdict can be read and kept without the machinery that reads waves
    from kaasav.survey.wave import Item, Row, Wave

State = Literal["met", "near_above", "near_below", "not_met", "no_data"]
REASONS = (
    "merged",
    "not-surveyed",
    "other-item",
    "other-measure",
    "other-base",
    "too-old",
    "after-evidence-date",
    "no-reference",
    "n-unknown",
    "too-few",
    "no-interval",
)
"""Why there is no data; the first that holds is given."""

CONFIDENCE = Decimal("0.95")


@dataclass(frozen=True, slots=True)
class GateRule:
    """What the catalogue asks of a wave.

    Attributes:
        min_respondents: fewer answers give no verdict.
        reliable_from: fewer answers give ``near_above`` at best.
        max_age_months: how long before the evidence date the fieldwork may have ended; None = not asked.
        confidence: of the interval; only 0.95 is known to these rules.
        measure: ``share`` or ``index``; None = either.
        base: ``all`` or ``valid``; None = either.

    Raises:
        ValueError: ``confidence`` is not 0.95.
    """

    min_respondents: int
    reliable_from: int
    max_age_months: int | None = None
    confidence: Decimal | Fraction = CONFIDENCE
    measure: str | None = None
    base: str | None = None

    def __post_init__(self) -> None:
        """Refuse a confidence the constant of the rules does not belong to."""
        if Fraction(self.confidence) != Fraction(CONFIDENCE):
            raise ValueError(f"these rules know a confidence of {CONFIDENCE} only, not {self.confidence}")


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A municipality that became part of this one, and its own value (None if it has none, or too few answers)."""

    code: str
    name: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one wave says of one municipality; values are in the item's unit, 0 to 100.

    Attributes:
        state: the verdict.
        reason: with ``no_data`` only: the first of `REASONS` that holds.
        detail: why the source has no value, where it says so (such as ``confidential``).
        wave: id of the wave.
        item: id of the item; None if the wave has none for the indicator. So are ``measure`` and ``base``.
        value: the estimate; None where there is none or too few answers.
        reference: what it is compared with.
        reference_method: how the reference was worked out; None if it was published.
        n: answers on the item's base.
        design_effect: of the sample.
        sd: standard deviation, of an index only.
        assumed: which of n, sd and design_effect rest on an assumption.
        unreliable: whether n is below ``reliable_from``.
        capped: whether it would be ``met`` but for an assumption or too few answers.
        predecessors: with reason ``merged`` only.
        fieldwork: first and last day people were asked.
        fictional: whether the wave is invented.
    """

    state: State
    reason: str | None
    detail: str | None
    wave: str
    item: str | None
    measure: str | None
    base: str | None
    value: Fraction | None
    reference: Fraction | None
    reference_method: str | None
    n: int | None
    design_effect: Fraction | None
    sd: Fraction | None
    assumed: tuple[str, ...]
    unreliable: bool
    capped: bool
    predecessors: tuple[Predecessor, ...]
    fieldwork: tuple[datetime.date, datetime.date]
    fictional: bool

    def as_data(self) -> dict[str, Any]:
        """Plain data with exact numbers as text; `from_data` reads it back."""
        data: dict[str, Any] = plain(self)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Verdict":
        """The verdict `as_data` wrote.

        Raises:
            KeyError, ValueError, TypeError: ``data`` is not what `as_data` writes.
        """
        fields = {name: data[name] for name in cls.__dataclass_fields__}
        for name in ("value", "reference", "design_effect", "sd"):
            fields[name] = _exact(data[name])
        first, last = map(datetime.date.fromisoformat, data["fieldwork"])
        fields["fieldwork"] = (first, last)
        fields["assumed"] = tuple(data["assumed"])
        fields["predecessors"] = tuple(
            Predecessor(one["code"], one["name"], _exact(one["value"])) for one in data["predecessors"]
        )
        return cls(**fields)


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def compare(estimate: Fraction, reference: Fraction, n_eff: Fraction, variance: Fraction) -> State:
    """Where the interval around ``estimate`` lies: one of the four states that are not ``no_data``.

    Args:
        estimate: the share or mean.
        reference: what it is compared with, in the same unit.
        n_eff: effective sample size.
        variance: r·(1 − r) for a share with reference r; sd² for an index; in the square of the same unit.
    """
    distance, margin = n_eff * (estimate - reference) ** 2, Z * Z * variance
    if estimate >= reference:
        return "met" if distance >= margin else "near_above"
    return "not_met" if distance > margin else "near_below"


def judge(
    wave: "Wave",
    indicator: str,
    code: str,
    history: Sequence[Change],
    rule: GateRule,
    *,
    evidence_date: datetime.date | None,
) -> Verdict:
    """The verdict of ``wave`` on one municipality.

    Args:
        wave: the survey wave.
        indicator: the catalogue's satisfaction indicator, such as ``SI_KAASAMINE``.
        code: today's EHAK code of the municipality.
        history: every change that led to ``code`` (`Register.history`).
        rule: what the catalogue asks.
        evidence_date: the day evidence is judged at; None = the wave's age is not judged.
    """
    item = wave.item_for(indicator)
    codes = codes_of(code, history)
    merged = merged_since(wave, codes, history)
    row = None if merged or item is None else row_of(wave, item, codes)
    precision = precision_of(wave.description.sampling, item, row) if item and row else Precision()
    unreliable = precision.n is not None and precision.n < rule.reliable_from
    if merged:
        reason: str | None = "merged"
    elif not _surveyed(wave, item, row, codes):
        reason = "not-surveyed"
    else:
        reason = _reason(wave, item, precision, rule, evidence_date)
    value = row.value if row and reason != "too-few" else None
    reference = item.reference if item else None
    state: State = "no_data"
    if reason is None and item and value is not None and reference:
        n_eff, variance = precision.n_eff, precision.variance(item.measure, reference.value)
        if n_eff is not None and variance is not None:
            state = compare(value, reference.value, n_eff, variance)
    capped = state == "met" and (unreliable or bool(precision.assumed))
    fieldwork = wave.description.fieldwork
    return Verdict(
        state="near_above" if capped else state,
        reason=reason,
        detail=row.why if row else None,
        wave=wave.id,
        item=item.id if item else None,
        measure=item.measure if item else None,
        base=item.base if item else None,
        value=value,
        reference=reference.value if reference else None,
        reference_method=reference.method if reference else None,
        n=precision.n,
        design_effect=precision.design_effect,
        sd=precision.sd,
        assumed=precision.assumed,
        unreliable=unreliable,
        capped=capped,
        predecessors=tuple(_predecessor(wave, item, change, history, rule) for change in merged),
        fieldwork=(fieldwork.first, fieldwork.last),
        fictional=wave.description.fictional,
    )


def interval(verdict: Verdict) -> tuple[Decimal, Decimal] | None:
    """The 95 % interval around a verdict's value, in the item's unit, for showing; None where there is none."""
    value, n, effect = verdict.value, verdict.n, verdict.design_effect
    if value is None or not n or effect is None:
        return None
    n_eff = effective(n, effect)
    if verdict.measure == "share":
        lower, upper = wilson(value / 100, n_eff)
        return lower * 100, upper * 100
    return None if verdict.sd is None else mean_interval(value, verdict.sd, n_eff)


def _reason(
    wave: "Wave", item: "Item | None", precision: Precision, rule: GateRule, evidence_date: datetime.date | None
) -> str | None:
    """Why a municipality that was surveyed has no data all the same; None if nothing stands in the way."""
    if item is None or wave.description.asked != "residents":
        return "other-item"  # what municipalities say of themselves never stands for what residents say
    if rule.measure not in (None, item.measure):
        return "other-measure"
    if rule.base not in (None, item.base):
        return "other-base"
    ended = wave.description.fieldwork.last
    if evidence_date is not None:
        if rule.max_age_months is not None and ended < months_back(evidence_date, rule.max_age_months):
            return "too-old"
        if ended > evidence_date:
            return "after-evidence-date"
    if item.reference is None:
        return "no-reference"
    if precision.n is None:
        return "n-unknown"
    if precision.n < rule.min_respondents:
        return "too-few"
    if precision.n_eff is None or precision.variance(item.measure, item.reference.value) is None:
        return "no-interval"
    return None


def codes_of(code: str, history: Iterable[Change]) -> tuple[str, ...]:
    """``code`` and the codes the same municipality had before it was renumbered."""
    codes = [code]
    renumbered = {change.new_code: change.old_code for change in history if change.kind == "renumbered"}
    while codes[-1] in renumbered and renumbered[codes[-1]] not in codes:
        codes.append(renumbered[codes[-1]])
    return tuple(codes)


def merged_since(wave: "Wave", codes: Iterable[str], history: Iterable[Change]) -> list[Change]:
    """The mergers the fieldwork cannot have known; in the year it ended, the wave's own rows tell."""
    ended = wave.description.fieldwork.last.year
    listed = any(map(wave.lists, codes))
    mergers = [change for change in history if change.kind == "merged"]
    return [one for one in mergers if (one.year or ended) > ended or ((one.year or ended) == ended and not listed)]


def _surveyed(wave: "Wave", item: "Item | None", row: "Row | None", codes: Iterable[str]) -> bool:
    if item is not None:
        return row is not None and row.value is not None
    return any(wave.value(one.id, code) is not None for one in wave.description.items for code in codes)


def row_of(wave: "Wave", item: "Item", codes: Iterable[str]) -> "Row | None":
    """The row of ``item`` under the first of ``codes`` that has one."""
    return next((row for code in codes if (row := wave.row(item.id, code))), None)


def _predecessor(
    wave: "Wave", item: "Item | None", change: Change, history: Sequence[Change], rule: GateRule
) -> Predecessor:
    row = row_of(wave, item, codes_of(change.old_code, history)) if item else None
    if item is None or row is None:
        return Predecessor(change.old_code, change.old_name, None)
    n = precision_of(wave.description.sampling, item, row).n
    shown = n is None or n >= rule.min_respondents
    return Predecessor(change.old_code, change.old_name, row.value if shown else None)
