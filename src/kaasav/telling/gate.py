"""What a survey says, with its margin, its reference and every assumption beside it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kaasav.language import N_, _
from kaasav.numbers import decimal_text, percent
from kaasav.survey.verdict import Verdict, interval
from kaasav.wording import ASSUMED, BASE, GATE_STATE, MEASURE, NO_DATA, say

CAPPED = N_("it would be met, but an assumption or too few answers stand in the way")


def gate_line(gate: Mapping[str, Any]) -> str:
    """The verdict in one line: state, reason, value with interval, reference."""
    verdict = Verdict.from_data(gate)
    text = _("Satisfaction: {state}").format(state=say(GATE_STATE, verdict.state))
    if verdict.reason:
        text += f" ({say(NO_DATA, verdict.reason)})"
    if verdict.value is not None and verdict.state != "no_data":
        text += f": {figures(verdict)}"
    if verdict.capped:
        text += f" · {_(CAPPED)}"
    for one in verdict.predecessors:
        value = number(verdict, one.value) if one.value is not None else "–"
        text += f"\n    {one.name} ({one.code}): {value}"
    return text


def figures(verdict: Verdict) -> str:
    """Value, interval and reference of a verdict, in words."""
    between = interval(verdict)
    margin = ""
    if between is not None:
        margin = _(" (95 % interval {low} to {high})").format(
            low=number(verdict, Fraction(between[0])), high=number(verdict, Fraction(between[1]))
        )
    value = number(verdict, verdict.value) if verdict.value is not None else "–"
    reference = number(verdict, verdict.reference) if verdict.reference is not None else "–"
    return _("{value}{margin}, reference {reference}").format(value=value, margin=margin, reference=reference)


def number(verdict: Verdict, value: Fraction) -> str:
    """A value of the verdict's item in its unit, rounded to one decimal."""
    return percent(value / 100) if verdict.measure == "share" else decimal_text(value)


def measured(verdict: Verdict) -> str:
    """What was measured, and on which base."""
    if verdict.measure is None or verdict.base is None:
        return "–"
    return f"{say(MEASURE, verdict.measure)}, {say(BASE, verdict.base)}"


def assumptions(record: Mapping[str, Any]) -> Iterator[str]:
    """Every assumption the result rests on, in words."""
    for condition in record["result"]["conditions"]:
        gate = condition["gate"]
        if gate is None:
            continue
        for name in gate["assumed"]:
            value = Fraction(str(gate[name]))
            shown = decimal_text(value, 0 if value.denominator == 1 else 2)
            yield _("survey {wave}: {what} {value} is assumed, not published").format(
                wave=gate["wave"], what=say(ASSUMED, name), value=shown
            )
        if gate["reference_method"]:
            yield _("survey {wave}: the reference was worked out ({method}), not published").format(
                wave=gate["wave"], method=gate["reference_method"]
            )
        if gate["fictional"]:
            yield _("survey {wave}: its values are fictional").format(wave=gate["wave"])
