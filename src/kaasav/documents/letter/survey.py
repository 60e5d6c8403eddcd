"""What the residents’ survey says, for somebody who never met a margin of error; every assumption beside its figure."""

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kaasav.documents.letter.figures import day, listed
from kaasav.documents.source import Source
from kaasav.language import N_, _, plural, words
from kaasav.numbers import decimal_text, percent
from kaasav.problems import visible
from kaasav.survey.verdict import Verdict, interval
from kaasav.wording import BASE, NO_DATA, quoted, say

TITLE = N_("What residents say")
ASSUMED = N_(" (assumed, not published)")
STATE = {
    "met": N_("Even with this margin the result is not below the reference of {reference}."),
    "near_above": N_(
        "That is at or above the reference of {reference}, but the margin of error reaches below it, so it cannot be"
        " said for sure."
    ),
    "near_below": N_(
        "That is below the reference of {reference}; the margin of error reaches above it, so it cannot be said for"
        " sure."
    ),
    "not_met": N_("Even with this margin the result is below the reference of {reference}."),
}
CAPPED = N_(
    "Computed with the margin, the result would be above the reference of {reference}; as it rests on an assumption or"
    " on few answers, it cannot be said for sure."
)
CONDITION = {
    "met": N_("So the condition is met."),
    "open": N_("So the condition is open: the figures alone do not settle it."),
    "failed": N_("So the condition is not met."),
}


def survey(source: Source) -> dict[str, Any]:
    """What each survey condition rests on: ``title``, ``paragraphs``; no paragraph where no condition asks one."""
    paragraphs = []
    for condition in source.result["conditions"]:
        if condition["gate"] is not None:
            verdict = Verdict.from_data(condition["gate"])
            told = [*_told(verdict, source), _(CONDITION[condition["state"]])]
            if verdict.fictional:
                told.append(_("The survey and its values are fictional."))
            paragraphs.append(" ".join(told))
    return {"title": _(TITLE), "paragraphs": paragraphs}


def _told(verdict: Verdict, source: Source) -> Iterator[str]:
    wave = source.wave.description
    first, last = verdict.fieldwork
    head = {"survey": quoted(words(wave.title)), "when": _period(first, last)}
    if verdict.state == "no_data":
        yield _("The survey {survey} ({when}) gives no answer on satisfaction: {reason}.").format(
            **head, reason=say(NO_DATA, verdict.reason or "")
        )
        yield from _without(verdict)
        return
    item = next((one for one in wave.items if one.id == verdict.item), None)
    asked = quoted(visible(item.label)) if item else ""
    value, assumed = _value(verdict), _(ASSUMED)
    people = plural(
        "In the survey {survey} ({when}), {n} respondent{assumed} answered the question {asked}.",
        "In the survey {survey} ({when}), {n} respondents{assumed} answered the question {asked}.",
        verdict.n or 0,
    )
    yield people.format(**head, n=verdict.n, assumed=assumed if "n" in verdict.assumed else "", asked=asked)
    if verdict.measure == "share":
        yield _("Satisfied: {value} {base}.").format(value=value, base=say(BASE, verdict.base or ""))
    else:
        yield _("The mean was {value} on a scale from 0 to 100 ({base}).").format(
            value=value, base=say(BASE, verdict.base or "")
        )
    yield from _margin(verdict)
    sentence = CAPPED if verdict.capped else STATE[verdict.state]
    yield _(sentence).format(reference=_reference(verdict))


def _margin(verdict: Verdict) -> Iterator[str]:
    between = interval(verdict)
    if between is None:
        return
    low, high = (_number(verdict, Fraction(end)) for end in between)
    rest = []
    for name, value, text in (
        ("design_effect", verdict.design_effect, _("design effect {number}{assumed}")),
        ("sd", verdict.sd, _("standard deviation {number}{assumed}")),
    ):
        if value is not None and (name in verdict.assumed or value != 1):
            number = decimal_text(value, 0 if value.denominator == 1 else 1 if (value * 10).denominator == 1 else 2)
            rest.append(text.format(number=number, assumed=_(ASSUMED) if name in verdict.assumed else ""))
    sentence = _(
        "Not everybody was asked, so there is a margin of error: had all been asked, the figure would probably lie"
        " between {low} and {high} (95 % confidence{rest})."
    )
    yield sentence.format(low=low, high=high, rest="".join(f", {one}" for one in rest))


def _without(verdict: Verdict) -> Iterator[str]:
    if verdict.predecessors:
        named = [
            f"{one.name} {_number(verdict, one.value) if one.value is not None else '–'}"
            for one in verdict.predecessors
        ]
        yield _("Values of the municipalities before the merger: {values}.").format(values=listed(named))
    elif verdict.n is not None and verdict.reason == "too-few":
        yield _("Respondents: {n}{assumed}.").format(n=verdict.n, assumed=_(ASSUMED) if "n" in verdict.assumed else "")


def _reference(verdict: Verdict) -> str:
    shown = _number(verdict, verdict.reference) if verdict.reference is not None else "–"
    return shown + (_(" (worked out from the municipalities, not published)") if verdict.reference_method else "")


def _value(verdict: Verdict) -> str:
    return _number(verdict, verdict.value) if verdict.value is not None else "–"


def _number(verdict: Verdict, value: Fraction) -> str:
    return percent(value / 100) if verdict.measure == "share" else decimal_text(value)


def _period(first: datetime.date, last: datetime.date) -> str:
    return day(first) if first == last else f"{day(first)}–{day(last)}"
