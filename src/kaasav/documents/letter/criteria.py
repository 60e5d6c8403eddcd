"""What is strong, and what held the result back: the most important of it, each in the catalogue's words."""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import kaasav.scoring.usability  # noqa: F401 (declares the reasons a record names by code)
from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.documents.letter.figures import cut, day, ended, levels
from kaasav.documents.source import Source
from kaasav.language import N_, _, plural, words
from kaasav.problems import KINDS, NOWHERE
from kaasav.wording import quoted

MOST_STRENGTHS = 3
MOST_OBSTACLES = {"met": 3, None: 4, "open": 4, "not_met": 5}
MOST_PAPERS = 1
MOST_KINDS = 4
LEAST_STRENGTH = 2
"""A level below this is told as no strength."""

STRENGTHS = N_("What is strong")
CLAIMED_STRENGTHS = N_("What is strong by your own account")
OBSTACLES = {
    "met": N_("What can be developed further"),
    "open": N_("What holds the result back"),
    "not_met": N_("What held the result back"),
    None: N_("What holds the result back so far"),
}


def strengths(source: Source) -> dict[str, Any]:
    """The highest levels, surest first: ``title``, ``entries`` of ``id``, ``title``, ``level`` and ``text``."""
    found = []
    for criterion in source.result["criteria"]:
        if criterion["counted"] is None or criterion["counted"]["lower"] < LEAST_STRENGTH:
            continue
        known, level = _known(source.catalogue, criterion["id"]), criterion["counted"]["lower"]
        found.append((-level, -known.weight, known, level))
    found.sort(key=lambda one: one[:2])  # equals stay in the catalogue's order
    return {
        "title": _(CLAIMED_STRENGTHS if source.preview else STRENGTHS),
        "entries": [
            {
                "id": known.id,
                "title": words(known.title),
                "level": _("level {level}").format(level=level),
                "text": ended(words(known.levels[level])),
            }
            for _level, _weight, known, level in found[:MOST_STRENGTHS]
        ],
    }


@dataclass(frozen=True, slots=True)
class _Obstacle:
    known: LevelCriterion
    criterion: Mapping[str, Any]
    least: int | None

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """What stops the label comes first, then what evidence would lift, most of it first; then the lowest levels."""
        counted, held = self.criterion["counted"]["lower"], bool(self.criterion["held_back"])
        lost = (self.criterion["rated"]["levels"]["upper"] - counted) * self.known.weight
        return self.least is None, not held, -lost if held else counted, -self.known.weight


def obstacles(source: Source, strong: Collection[str] = ()) -> dict[str, Any]:
    """What held the result back: ``title``, ``entries`` of ``id``, ``title``, ``level`` and ``text``, and ``more``.

    Args:
        source: the recorded result.
        strong: ids of criteria told as strengths, which are told here only if evidence or the rules hold them back.
    """
    first = source.result["tiers"][0]
    state = "met" if first["awardable"] else first["state"]
    short = {
        part["id"]: source.catalogue.by_id[part["id"]]
        for condition in source.result["conditions"]
        if condition["type"] == "mandatory"
        for part in condition["parts"]
        if part["state"] != "met"
    }
    found = []
    for criterion in source.result["criteria"]:
        if criterion["counted"] is None or criterion["rated"]["basis"] == "none":
            continue
        known = _known(source.catalogue, criterion["id"])
        least = known.mandatory.min_level if known.id in short and known.mandatory else None
        told_already = known.id in strong and least is None and not criterion["held_back"]
        if criterion["counted"]["lower"] < max(known.levels) and not told_already:
            found.append(_Obstacle(known, criterion, least))
    found.sort(key=lambda one: one.rank)
    most = MOST_OBSTACLES[state]
    told, left = found[:most], [one for one in found[most:] if one.criterion["held_back"] or one.least is not None]
    return {
        "title": _(OBSTACLES[state]),
        "entries": [_entry(one, source) for one in told],
        "more": _more(left),
    }


def _more(left: list[_Obstacle]) -> str:
    if not left:
        return _("All criteria are in the improvement report.")
    sentence = plural(
        "Evidence holds back {n} more criterion ({criteria}); it is in the improvement report, like all the others.",
        "Evidence holds back {n} more criteria ({criteria}); they are in the improvement report, like all the others.",
        len(left),
    )
    return sentence.format(n=len(left), criteria=", ".join(one.known.id for one in left))


def _entry(one: _Obstacle, source: Source) -> dict[str, str]:
    return {
        "id": one.known.id,
        "title": words(one.known.title),
        "level": _("level {level} counts").format(level=levels(one.criterion["counted"])),
        "text": " ".join(_sentences(one, source)),
    }


def _sentences(one: _Obstacle, source: Source) -> Iterator[str]:
    criterion = one.criterion
    if one.least is not None:
        yield _("Mandatory: at least level {level} is needed.").format(level=one.least)
    if criterion["held_back"]:
        yield _("Rated: level {rated}; the evidence carries: level {carried}.").format(
            rated=levels(criterion["rated"]["levels"]), carried=levels(criterion["support"]["supported"])
        )
        lack = _lacking(criterion, source.catalogue)
        if lack:
            yield lack
        yield from _papers(criterion, source)
    else:
        following = criterion["counted"]["lower"] + 1
        yield _("Level {level} would mean: {text}").format(
            level=following, text=ended(words(one.known.levels[following]))
        )


def _lacking(criterion: Mapping[str, Any], catalogue: Catalogue) -> str:
    """What the first level that is not surely carried still needs."""
    level, checks = criterion["support"]["supported"]["lower"], criterion["support"]["checks"]
    if level >= len(checks):
        return ""
    needs = [_need(need, catalogue) for need in checks[level]["needs"] if need["lower"] < need["wanted"]]
    if not needs:
        return ""
    return _("Level {level} needs {needs}.").format(level=checks[level]["level"], needs="; ".join(needs))


def _need(need: Mapping[str, Any], catalogue: Catalogue) -> str:
    there = levels(need)
    match need["need"]:
        case "items":
            sentence = plural(
                "{wanted} piece of evidence ({there} counted)",
                "{wanted} pieces of evidence ({there} counted)",
                need["wanted"],
            )
        case "outside":
            sentence = plural(
                "{wanted} piece of evidence from the community or a third party ({there} counted)",
                "{wanted} pieces of evidence from the community or a third party ({there} counted)",
                need["wanted"],
            )
        case _ if len(need["kinds"]) == 1:
            sentence = _("evidence of the kind {kinds}")
        case _:
            sentence = _("evidence of one of these kinds: {kinds}")
    named = [quoted(words(catalogue.kinds[kind].title)) for kind in need["kinds"]]
    kinds = ", ".join(named[:MOST_KINDS]) + (", …" if len(named) > MOST_KINDS else "")
    return sentence.format(wanted=need["wanted"], there=there, kinds=kinds)


def _papers(criterion: Mapping[str, Any], source: Source) -> Iterator[str]:
    """Why papers handed in do not count; so many of them as leave the letter short."""
    titles = {item.id: item.title for item in source.submission.evidence.items}
    told = 0
    for use in criterion["uses"]:
        if use["upper"] > 1 or told == MOST_PAPERS:
            continue
        reason = next((_reason(one) for one in use["reasons"]), "") or _verdict(use)
        if reason:
            told += 1
            yield _("Does not count: {item} – {reason}").format(
                item=quoted(cut(titles.get(use["item"], use["item"]))), reason=ended(reason)
            )


def _reason(reason: Mapping[str, Any]) -> str:
    kind = KINDS.get(reason["code"])
    details = {name: _detail(str(value)) for name, value in reason["details"]}
    return kind.at(NOWHERE, **details).message if kind else ""


def _detail(value: str) -> str:
    """A detail as a letter writes it: days as people do, long quotations cut."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day(datetime.date.fromisoformat(value))
    return cut(value)


def _verdict(use: Mapping[str, Any]) -> str:
    verdicts = {verdict for _person, verdict in use["verdicts"]}
    return _("the assessors did not accept it for this criterion") if "not_accepted" in verdicts else ""


def _known(catalogue: Catalogue, id_: str) -> LevelCriterion:
    return next(one for one in catalogue.rated if one.id == id_)
