"""The words people read for what is recorded as codes. One list, so that screens and documents say the same."""

from collections.abc import Mapping
from typing import Any

from kaasav.language import N_, _

STATUS = {
    "preview": N_("preview: from the self-assessment alone"),
    "incomplete": N_("incomplete: not everything is rated"),
    "preliminary": N_("preliminary: fewer assessors than the rules ask for"),
    "unsettled": N_("unsettled: something is still open between bounds"),
    "complete": N_("complete"),
}
CONDITION_STATE = {"met": N_("met"), "open": N_("open"), "failed": N_("not met")}
TIER_STATE = {"met": N_("conditions met"), "open": N_("open"), "not_met": N_("conditions not met")}
GATE_STATE = {
    "met": N_("not below the reference, even within the margin of error"),
    "near_above": N_("at or above the reference, but within the margin of error"),
    "near_below": N_("below the reference, but within the margin of error"),
    "not_met": N_("below the reference, even within the margin of error"),
    "no_data": N_("no data"),
}
GATE_SHORT = {
    "met": N_("met"),
    "near_above": N_("near above"),
    "near_below": N_("near below"),
    "not_met": N_("not met"),
    "no_data": N_("no data"),
}
NO_DATA = {
    "merged": N_("the municipality was formed by a merger after the survey"),
    "not-surveyed": N_("the survey has no value for this municipality"),
    "other-item": N_("the survey has no question for this indicator"),
    "other-measure": N_("the survey measured it in another way"),
    "other-base": N_("the survey counted on another base"),
    "too-old": N_("the survey is too old"),
    "after-evidence-date": N_("the survey ended after the evidence date"),
    "no-reference": N_("there is no reference to compare with"),
    "n-unknown": N_("the number of respondents is unknown"),
    "too-few": N_("too few respondents"),
    "no-interval": N_("the margin of error cannot be worked out"),
}
ASSUMED = {
    "n": N_("number of respondents"),
    "sd": N_("standard deviation"),
    "design_effect": N_("design effect"),
}
MEASURE = {"share": N_("share of respondents"), "index": N_("index")}
BASE = {"all": N_("of all answers"), "valid": N_("of valid answers (without “cannot say”)")}
BASIS = {
    "consensus": N_("consensus"),
    "agreed": N_("the assessors agree"),
    "range": N_("the assessors differ or are too few"),
    "single": N_("one assessor"),
    "self": N_("self-assessment"),
    "none": N_("not rated"),
}
CLAIM = {
    "granted": N_("does not apply"),
    "refused": N_("claimed not to apply; it does"),
    "unsettled": N_("claimed not to apply; not settled yet"),
}
CHECK = {"usable": N_("usable"), "open": N_("open"), "unusable": N_("not usable")}
STRENGTH = {0: N_("does not count"), 1: N_("counts up to level 2"), 2: N_("counts in full")}
VERDICT = {"accepted": N_("accepted"), "partly": N_("accepted in part"), "not_accepted": N_("not accepted")}
DEMAND = {
    "third_assessor": N_("a third assessor who has rated every criterion that applies"),
    "reason": N_("a written reason"),
    "second_source": N_("a second source on residents’ satisfaction"),
    "second_source_or_reason": N_("a second source or a written reason"),
}
BECAUSE = {"guard": N_("guard band"), **GATE_STATE}
CATALOGUE_STATUS = {"proposal": N_("proposal"), "pilot": N_("pilot"), "approved": N_("approved")}
ORIGIN = {
    "municipality": N_("municipality"),
    "joint": N_("joint"),
    "assessor": N_("assessor"),
    "community": N_("community"),
    "third_party": N_("third party"),
}
TIMING = {"act": N_("act (must be in force)"), "event": N_("event"), "snapshot": N_("snapshot")}
CHANGE = {"renumbered": N_("new code"), "merged": N_("merged")}
RELATION = {
    "direct": N_("direct"),
    "supports": N_("supports it"),
    "adapted": N_("adapted from it"),
    "example": N_("gives an example"),
}


def quoted(text: str) -> str:
    """``text`` in the quotation marks of the language in use."""
    return _("“{text}”").format(text=text)


def say(words: Mapping[Any, str], code: str | int) -> str:
    """The words for ``code`` in the language in use, or the code itself where there are none."""
    found = words.get(code)
    return _(found) if found else str(code)
