"""One municipality's row, from its recorded result."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import FloorCondition, GateCondition, TotalCondition
from kaasav.documents.award import Award
from kaasav.documents.awardlist.cells import NOTHING, Bounds, Cell, Figure, Hash, Said
from kaasav.documents.awardlist.columns import gate_key
from kaasav.documents.awardlist.listing import Row
from kaasav.documents.awardlist.why import assumptions, reasons
from kaasav.documents.source import Source
from kaasav.language import _, words
from kaasav.municipalities.register import Municipality, load
from kaasav.numbers import places_to_tell_apart
from kaasav.problems import visible
from kaasav.survey.verdict import Verdict, interval
from kaasav.wording import GATE_SHORT, GATE_STATE, NO_DATA, STATUS, TIER_STATE, say

BEST = ("met", "open", "not_met", None)
"""Answers, the best first."""


def row(source: Source, award: Award | None, *, public: bool) -> Row:
    """The row of ``source``, without a place; every text in it safe to show anywhere."""
    who, result = source.municipality, source.result
    code, name = str(who["code"]), visible(str(who["name"]))
    known = load().by_code(code)
    cells: dict[str, Cell] = {
        "municipality": name,
        "code": visible(code),
        "county": _county(known) if known else None,
        **_decision(source, award),
        "award": _award(source),
        "answer": _answer(source),
        "status": Said(str(result["status"]), say(STATUS, result["status"])),
        "total": Bounds.of(result["total"], _thresholds(source, TotalCondition)),
        "flags": tuple(_flags(source, public=public)),
        "open": reasons(result, source.catalogue),
        "assumptions": assumptions(source.record),
        "result": Hash(source.hash),
    }
    floors = _thresholds(source, FloorCondition)
    for dimension in result["dimensions"]:
        cells[f"dimension.{dimension['id']}"] = Bounds.of(dimension["share"], floors)
    gates = [one for one in source.catalogue.award_rule.conditions if isinstance(one, GateCondition)]
    for gate, verdict in zip(gates, _verdicts(source), strict=True):
        cells |= {gate_key(key, gate, len(gates)): cell for key, cell in _survey(verdict).items()}
    return Row(code, name, state(source), cells)


def _county(known: Municipality) -> str:
    return _("(fictional)") if known.training else known.county


def state(source: Source) -> str | None:
    """The best answer any tier has."""
    states: list[str | None] = [tier["state"] for tier in source.result["tiers"]]
    return min(states, key=BEST.index)


def _titles(source: Source) -> dict[str, str]:
    return {tier.id: visible(words(tier.title)) for tier in source.catalogue.award_rule.tiers}


def _decision(source: Source, award: Award | None) -> dict[str, Cell]:
    if award is None:
        return dict.fromkeys(("awarded", "number", "decided_on", "valid_from", "valid_to", "protocol"))
    return {
        "awarded": Said(award.tier, _titles(source).get(award.tier, visible(award.tier))),
        "number": visible(award.number),
        "decided_on": award.decided_on,
        "valid_from": award.valid_from,
        "valid_to": award.valid_to,
        "protocol": visible(award.protocol) or None,
    }


def _award(source: Source) -> Cell:
    """What the rule alone would give: titles of the tiers met, what is still open, or nothing."""
    titles = _titles(source)
    by_state: dict[str | None, list[str]] = {}
    for tier in source.result["tiers"]:
        by_state.setdefault(tier["state"], []).append(tier["id"])
    if None in by_state:
        return Said("none-yet", NOTHING)
    met, still_open = by_state.get("met", []), by_state.get("open", [])
    parts = [titles[id_] for id_ in met]
    if still_open and not met:
        return Said("open", _("open"))
    if still_open:
        parts.append(_("open: {tiers}").format(tiers=", ".join(titles[id_] for id_ in still_open)))
    return Said("+".join(met), "; ".join(parts)) if met else Said("nothing", _("nothing"))


def _answer(source: Source) -> Cell:
    titles, tiers = _titles(source), source.result["tiers"]
    said = [say(TIER_STATE, one["state"]) if one["state"] else _("no answer yet") for one in tiers]
    if len(tiers) == 1:
        return Said(tiers[0]["state"] or "none-yet", said[0])
    told = [f"{titles[one['id']]}: {text}" for one, text in zip(tiers, said, strict=True)]
    return Said(state(source) or "none-yet", "; ".join(told))


def _flags(source: Source, *, public: bool) -> Iterator[Said]:
    if source.municipality["training"]:
        yield Said("training", _("fictional, for training"))
    if not public and any(tier["guard"] for tier in source.result["tiers"]):
        yield Said("guard", _("in the guard band"))
    verdicts = _verdicts(source)
    if any(one.assumed or one.reference_method for one in verdicts):
        yield Said("assumption", _("rests on an assumption"))
    if any(one.unreliable for one in verdicts):
        yield Said("few", _("few answers to the survey"))


def _thresholds(source: Source, kind: type[TotalCondition] | type[FloorCondition]) -> list[Fraction]:
    return [Fraction(one.min_share) for one in source.catalogue.award_rule.conditions if isinstance(one, kind)]


def _verdicts(source: Source) -> list[Verdict]:
    conditions: list[dict[str, Any]] = source.result["conditions"]
    return [Verdict.from_data(one["gate"]) for one in conditions if one["gate"] is not None]


def _survey(verdict: Verdict) -> dict[str, Cell]:
    unit = "points" if verdict.measure == "index" else "percent"
    told = (
        verdict.value if verdict.state != "no_data" else None
    )  # what must not be judged by is not shown beside others
    ends = interval(verdict) if told is not None else None
    near = [Fraction(one) / 100 for one in (told, *(ends or ())) if one is not None]
    places = places_to_tell_apart(near, verdict.reference / 100) if verdict.reference is not None else 1
    words_ = say(GATE_STATE, verdict.state)
    if verdict.reason:
        words_ += f" ({say(NO_DATA, verdict.reason)})"
    return {
        "survey": Said(verdict.state, say(GATE_SHORT, verdict.state)),
        "survey_value": Figure(told, unit, places) if told is not None else None,
        "survey_verdict": Said(verdict.reason or verdict.state, words_),
        "survey_reference": Figure(verdict.reference, unit, places) if verdict.reference is not None else None,
        "survey_n": verdict.n,
        "survey_low": Figure(Fraction(ends[0]), unit, places) if ends else None,
        "survey_high": Figure(Fraction(ends[1]), unit, places) if ends else None,
    }
