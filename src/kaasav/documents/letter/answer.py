"""What came out, in plain words, and how each condition stands. Nothing is said that is not settled."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.documents.award import Award
from kaasav.documents.letter.figures import cut, day, ended, listed, shares
from kaasav.documents.source import Source
from kaasav.language import N_, _, plural, words
from kaasav.numbers import decimal_text, percent
from kaasav.wording import CONDITION_STATE, quoted, say

SUBJECT = {
    "preview": N_("Label “{label}”: summary of the self-assessment"),
    "incomplete": N_("Label “{label}”: where the assessment stands"),
    "preliminary": N_("Label “{label}”: preliminary feedback on the assessment"),
    "unsettled": N_("Label “{label}”: feedback on the assessment so far"),
    "complete": N_("Label “{label}”: feedback on the assessment"),
}
AWARDED_SUBJECT = N_("Label “{label}”: the decision and feedback on the assessment")
STATE = {
    "met": N_("All conditions of the label “{label}” are met."),
    "open": N_("It is still open whether the conditions of the label “{label}” are met."),
    "not_met": N_("Some conditions of the label “{label}” are not met."),
}
PREVIEW = {
    True: N_(
        "No assessor has rated anything yet. What follows comes from your self-assessment alone; it is no result of an"
        " assessment."
    ),
    False: N_("No assessor has rated anything yet, and your self-assessment gives no level so far."),
}
"""What a letter without any rating rests on, by whether the self-assessment says anything."""
MOST_NAMED = 3


def subject(source: Source, award: Award | None) -> str:
    """What the letter is about; without a full stop, as in official letters."""
    sentence = AWARDED_SUBJECT if award else SUBJECT[source.result["status"]]
    return _(sentence).format(label=words(source.catalogue.title))


def opening(source: Source) -> list[str]:
    """Thanks, and what the letter rests on."""
    a_round = source.submission.round
    thanks = _("Thank you for taking part in the round “{round}” of the label “{label}”.").format(
        round=words(a_round.title), label=words(source.catalogue.title)
    )
    match source.result["status"]:
        case "preview":
            claimed = any(one["counted"] and one["rated"]["basis"] != "none" for one in source.result["criteria"])
            rest = _(PREVIEW[claimed])
        case "incomplete":
            rest = _("The assessment is not finished, so there is no result yet. This is what has been found so far.")
        case _:
            rest = _("The evidence was judged as of {day}. This letter sums up what came out.").format(
                day=day(a_round.evidence_date)
            )
    return [f"{thanks} {rest}"]


def answer(source: Source, award: Award | None) -> list[str]:
    """The result: a sentence for each tier, and what limits it. Without a result: what is missing."""
    result, catalogue = source.result, source.catalogue
    told = []
    for tier, known in zip(result["tiers"], catalogue.award_rule.tiers, strict=True):
        title = words(known.title)
        if award is not None and award.tier == known.id:
            told.append(
                _("The label “{label}” was awarded to you on {day}. Certificate no. {number} is valid from {first} to"
                  " {last}.").format(label=title, day=day(award.decided_on), number=award.number,
                                     first=day(award.valid_from), last=day(award.valid_to))
            )  # fmt: skip
            if award.protocol:
                told.append(_("The decision stands in {protocol}.").format(protocol=award.protocol))
        elif tier["state"] is not None:
            told.append(_(STATE[tier["state"]]).format(label=title))
    told += _limits(source)
    return told


def _limits(source: Source) -> Iterator[str]:
    result = source.result
    status = result["status"]
    if status in ("preview", "incomplete"):
        claimed = [one["id"] for one in result["criteria"] if one["rated"]["claim"] == "unsettled"]
        unrated = [id_ for id_ in result["missing"] if id_ not in claimed]
        if unrated and status == "incomplete":
            yield _("Not rated yet, {n} of {all} criteria: {criteria}.").format(
                n=len(unrated), all=len(result["criteria"]), criteria=listed(unrated)
            )
        if claimed:
            yield _("Whether these criteria apply to you is not settled: {criteria}.").format(criteria=listed(claimed))
        return
    if status == "preliminary":
        least = source.catalogue.award_rule.min_assessors
        few = [one["id"] for one in result["criteria"] if one["rated"]["raters"] < least]
        yield _("The result is preliminary: {least} assessors are needed, and fewer have rated {criteria}.").format(
            least=least, criteria=listed(few)
        )
    if status in ("preliminary", "unsettled"):
        yield from _unsettled(source)


def _unsettled(source: Source) -> Iterator[str]:
    result = source.result
    differing = [one["id"] for one in result["criteria"] if one["rated"]["basis"] == "range"]
    titles = {item.id: item.title for item in source.submission.evidence.items}
    used: dict[str, list[str]] = {}
    for criterion in result["criteria"]:
        for use in criterion["uses"]:
            if use["check"] == "open":
                used.setdefault(use["item"], []).append(criterion["id"])
    if differing or used:
        yield _("Something is still open, so some figures are given as a range.")
    if differing:
        yield _("The assessors have not agreed yet on {criteria}.").format(criteria=listed(differing))
    if used:
        named = [f"{quoted(cut(titles.get(id_, id_)))} ({', '.join(for_)})" for id_, for_ in used.items()]
        shown = "; ".join(named[:MOST_NAMED])
        if len(named) > MOST_NAMED:
            more = len(named) - MOST_NAMED
            shown = plural("{items}; and {n} more", "{items}; and {n} more", more).format(items=shown, n=more)
        yield _("Evidence nobody could settle yet: {items}.").format(items=shown)


def conditions(source: Source) -> list[dict[str, str]]:
    """Each condition: its text, the value, what is needed, how it stands; none while there is no result."""
    if source.result["status"] in ("preview", "incomplete"):
        return []
    told = []
    for condition in source.result["conditions"]:
        value, needed = _figures(condition, source.catalogue)
        told.append(
            {
                "text": ended(words(source.catalogue.conditions[condition["id"]].text)).removesuffix("."),
                "value": value,
                "needed": needed,
                "state": say(CONDITION_STATE, condition["state"]),
                "code": condition["state"],
            }
        )
    return told


def _figures(condition: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, str]:
    parts = condition["parts"]
    match condition["type"]:
        case "mandatory":
            met = sum(part["state"] == "met" for part in parts)
            return _("{met} of {all}").format(met=met, all=len(parts)), _("{met} of {all}").format(
                met=len(parts), all=len(parts)
            )
        case "dimension_floor":
            least = min(parts, key=lambda part: Fraction(part["lower"]))
            title = next(words(one.title) for one in catalogue.dimensions if one.id == least["id"])
            shown = _("lowest: {share} ({dimension})").format(share=shares(least), dimension=title)
            return shown, percent(Fraction(least["threshold"]))
        case "total":
            return shares(parts[0]), percent(Fraction(parts[0]["threshold"]))
    gate = condition["gate"]
    return figure(gate, gate["value"]), figure(gate, gate["reference"])


def figure(gate: Mapping[str, Any], number: str | None) -> str:
    """A survey's number in its unit, with one decimal; a dash where there is none."""
    if number is None:
        return "–"
    return percent(Fraction(number) / 100) if gate["measure"] == "share" else decimal_text(Fraction(number))
