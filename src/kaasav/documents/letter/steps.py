"""What happens next and by when, who decides, and how to appeal. Only what the rules and the round say is promised."""

import datetime
from collections.abc import Iterator
from typing import Any

from kaasav.assessment.round import Round, lasts
from kaasav.catalogue.model import Catalogue
from kaasav.dates import months_back
from kaasav.documents.award import Award
from kaasav.documents.letter.figures import day, listed
from kaasav.documents.source import Source
from kaasav.language import N_, _, plural, words
from kaasav.problems import NOWHERE, Problem, warning
from kaasav.wording import DEMAND, say

NEXT = N_("What happens next")
APPEAL = N_("How to appeal")
AFTER = {
    True: N_("They can decide only when the assessors have judged the evidence."),
    False: N_("They can decide only when what is missing or open above has been settled."),
}
"""When a decision is possible; by whether there is the self-assessment alone, so that nothing is named above."""
SHORT_REPLY = warning(
    "letter-short-reply",
    N_(
        "{name}: {days} days are left from the letter ({sent}) to the closing date ({closing}); the rules promise"
        " {least}"
    ),
    N_("send the letter earlier, or set a later closing_date in round.yaml"),
)
AFTER_CLOSING = warning(
    "letter-after-closing",
    N_("{name}: the letter is of {sent}, after the closing date ({closing}): nobody can reply to it any more"),
    N_("check our date in contacts.xlsx, or set a later closing_date in round.yaml"),
)


def next_steps(source: Source, award: Award | None, sent: datetime.date | None) -> dict[str, Any]:
    """What happens next: ``title``, ``paragraphs``.

    Args:
        source: the recorded result.
        award: the decision, if it is recorded.
        sent: the day of the letter, if it is known.
    """
    return {"title": _(NEXT), "paragraphs": [*_reply(source, award, sent), *_decision(source, award, sent)]}


def reply_by(source: Source, sent: datetime.date) -> datetime.date:
    """The last day to reply to a letter of the day ``sent``: so many days later, and never after the closing date."""
    days = source.catalogue.house_rules.reply_days
    return min(sent + datetime.timedelta(days=days), source.submission.round.closing_date)


def reply_problems(source: Source, award: Award | None, sent: datetime.date | None) -> list[Problem]:
    """A warning where less time is left to reply than the rules promise, or none."""
    closing, least = source.submission.round.closing_date, source.catalogue.house_rules.reply_days
    if award is not None or sent is None or sent + datetime.timedelta(days=least) <= closing:
        return []
    days, name = (closing - sent).days, source.municipality["name"]
    if days < 0:
        return [AFTER_CLOSING.at(NOWHERE, name=name, sent=sent, closing=closing)]
    return [SHORT_REPLY.at(NOWHERE, name=name, days=days, sent=sent, closing=closing, least=least)]


def _reply(source: Source, award: Award | None, sent: datetime.date | None) -> Iterator[str]:
    if award is not None:
        return
    closing = source.submission.round.closing_date
    if sent is not None and sent > closing:
        yield _("Evidence could be handed in until {day}.").format(day=day(closing))
        return
    if sent is not None:
        ask = _("If something was left out or misread, please reply and add the evidence by {day} at the latest.")
        yield f"{ask.format(day=day(reply_by(source, sent)))} {_judged(closing)}"
        return
    days = source.catalogue.house_rules.reply_days
    ask = plural(
        "If something was left out or misread, please reply and add the evidence within {n} day of receiving this"
        " letter, by {day} at the latest.",
        "If something was left out or misread, please reply and add the evidence within {n} days of receiving this"
        " letter, by {day} at the latest.",
        days,
    )
    yield f"{ask.format(n=days, day=day(closing))} {_judged(closing)}"


def _judged(closing: datetime.date) -> str:
    return _("What you add is judged as of {day}.").format(day=day(closing))


def _decision(source: Source, award: Award | None, sent: datetime.date | None) -> Iterator[str]:
    if award is not None:
        return
    a_round, catalogue = source.submission.round, source.catalogue
    told = [_("No decision has been made yet.")]
    who = listed(_people(a_round, catalogue, "decider", source.municipality["code"]))
    decides = _("People decide, not the computed result: {who}.").format(who=who) if who else ""
    tiers = source.result["tiers"]
    if any(tier["decidable"] for tier in tiers):
        told.append(decides)
        if sent is None or sent <= a_round.closing_date:
            told.append(_("They decide after the closing date, {day}.").format(day=day(a_round.closing_date)))
        told += _awardable(source)
    else:
        told += [decides, _(AFTER[source.preview])]
    yield " ".join(filter(None, told))


def _awardable(source: Source) -> Iterator[str]:
    for tier, known in zip(source.result["tiers"], source.catalogue.award_rule.tiers, strict=True):
        title = words(known.title)
        if not tier["awardable"] or not tier["decidable"]:
            yield _("As things stand, the rules do not let them award the label “{label}”.").format(label=title)
            continue
        if tier["guard"]:
            yield _("The total lies so close to its threshold that an award demands more.")
        wanted = [say(DEMAND, one["demand"]) for one in tier["demands"] if not one["there"]]
        if wanted:
            sentence = _("To award the label “{label}”, they would also need: {demands}.")
            yield sentence.format(label=title, demands="; ".join(wanted))


def appeal(source: Source, award: Award | None) -> dict[str, Any]:
    """How to appeal: ``title``, ``paragraphs``."""
    a_round, catalogue = source.submission.round, source.catalogue
    days = catalogue.house_rules.appeal_days
    sentence = (
        plural(
            "The decision can be appealed within {n} day of being made known to you.",
            "The decision can be appealed within {n} days of being made known to you.",
            days,
        )
        if award
        else plural(
            "Once there is a decision, it can be appealed within {n} day of being made known to you.",
            "Once there is a decision, it can be appealed within {n} days of being made known to you.",
            days,
        )
    )
    told = [sentence.format(n=days)]
    where = a_round.issuer and (a_round.issuer.email or a_round.issuer.address)
    if where:
        told.append(_("Please send the appeal to {where}.").format(where=where))
    people = _people(a_round, catalogue, "appeals", source.municipality["code"])
    if people:
        apart = next((role.not_with for role in catalogue.roles if role.id == "appeals"), ())
        sentence = (
            _("It is handled by {who}, who has no part in assessing or deciding.")
            if {"assessor", "decider"} <= set(apart) and len(people) == 1
            else _("It is handled by {who}.")
        )
        told.append(sentence.format(who=listed(people)))
    return {"title": _(APPEAL), "paragraphs": [" ".join(told)]}


def _people(a_round: Round, catalogue: Catalogue, role: str, code: str) -> list[str]:
    """Who plays ``role`` in the round, without those whom something ties to the municipality."""
    from kaasav.municipalities.names import find

    since = months_back(a_round.evidence_date, catalogue.house_rules.cooling_off_months)
    tied = set()
    for tie in a_round.ties:
        found, _problems = find(tie.municipality)
        if found and found.municipality.code == code and lasts(tie, a_round.closing_date, since):
            tied.add(tie.person)
    return [a_round.people[id_].name for id_ in a_round.with_role(role) if id_ not in tied]
