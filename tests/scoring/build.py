"""Catalogues and cases made by hand, so that a test shows only what it is about."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kaasav.catalogue.model import Catalogue, LevelCriterion, Origin, Timing
from kaasav.catalogue.reader import understand
from kaasav.evidence.facts import Facts, Finding, Place, Sighting, State
from kaasav.scoring.case import Case, Item, ItemVerdict, Rated, Use
from kaasav.scoring.judge import judge
from kaasav.scoring.result import ConditionResult, CriterionResult, DimensionResult, Result, TierResult
from kaasav.survey.verdict import State as GateState
from kaasav.survey.verdict import Verdict

day = datetime.date.fromisoformat

EVIDENCE_DATE = day("2026-09-30")
CLOSING_DATE = day("2026-12-15")
LONG_AGO = day("2020-01-01")
FOUND = Sighting(Finding.FOUND)
WHOLE = Place()
NA = Rated(not_applicable=True)
ACCEPTED, PARTLY, NOT_ACCEPTED = ItemVerdict.ACCEPTED, ItemVerdict.PARTLY, ItemVerdict.NOT_ACCEPTED

KINDS: Mapping[str, tuple[str, str, int | None]] = {
    "plan": ("municipality", "act", None),
    "agreement": ("joint", "act", None),
    "minutes": ("joint", "event", 24),
    "budget": ("municipality", "event", None),
    "page": ("municipality", "snapshot", 12),
    "letter": ("community", "event", 18),
    "news": ("third_party", "event", 24),
    "interview": ("assessor", "event", 12),
}
"""Kinds of evidence of the hand-made catalogues: origin, timing, max_age_months."""

Needs = Mapping[int, Mapping[str, Any]]

ONE_EACH: Needs = {1: {"items": 1}, 2: {"items": 2}, 3: {"items": 3}, 4: {"items": 4}}
FREE: Needs = {}
"""Asks for no evidence at all, so that only the ratings count."""

TOTAL = {"type": "total", "id": "total", "min_share": "0.60", "guard": "0.03"}
FLOOR = {"type": "dimension_floor", "id": "floor", "min_share": "0.40"}
MANDATORY = {"type": "mandatory", "id": "mandatory"}
GATE: Mapping[str, Any] = {
    "type": "gate", "id": "gate", "criterion": "R9", "min_respondents": "30", "reliable_from": "60",
    "confidence": "0.95", "outcome": {
        "met": "met", "near_above": "open", "near_below": "failed", "not_met": "failed", "no_data": "open",
    },
}  # fmt: skip
NEEDS = {
    "guard": ["third_assessor", "reason"],
    "near_above": ["second_source_or_reason"],
    "no_data": ["second_source", "reason"],
}


def words(text: str) -> dict[str, str]:
    return {"en": text}


def criterion(
    id_: str,
    weight: int = 1,
    *,
    mandatory: int | None = None,
    needs: Needs = FREE,
    accepts: Iterable[str] = tuple(KINDS),
    max_age: int | None = None,
) -> dict[str, Any]:
    """A rated criterion; its dimension is the first letter of its id."""
    return {
        "id": id_, "dimension": id_[0], "kind": "levels", "weight": weight,
        "title": words(id_), "question": words("?"), "why": words("!"), "not_applicable": {"when": words("none")},
        "levels": {level: words(str(level)) for level in range(5)},
        "mandatory": None if mandatory is None else {"min_level": mandatory},
        "evidence": {"accepts": tuple(accepts), "levels": dict(needs), "max_age_months": max_age},
    }  # fmt: skip


SURVEYED = {
    "id": "R9", "dimension": "R", "kind": "indicator", "weight": 0, "indicator": "SI",
    "title": words("R9"), "question": words("?"), "why": words("!"), "states": {},
}  # fmt: skip


def tier(id_: str, *conditions: str) -> dict[str, Any]:
    return {"id": id_, "title": words(id_), "conditions": conditions}


def catalogue(
    *criteria: Mapping[str, Any],
    conditions: Sequence[Mapping[str, Any]] = (TOTAL,),
    tiers: Sequence[Mapping[str, Any]] | None = None,
    needs: Mapping[str, Sequence[str]] = NEEDS,
    min_assessors: int = 2,
    practice: tuple[int, int] = (3, 12),
) -> Catalogue:
    """A catalogue of ``criteria``; dimensions weigh as much as their criteria, one tier names every condition."""
    weights: dict[str, int] = {}
    for one in criteria:
        weights[one["dimension"]] = weights.get(one["dimension"], 0) + one["weight"]
    stated = [{**one, "text": words(one["id"])} for one in conditions]
    return Catalogue.model_validate({
        "id": "test", "version": "1", "status": "pilot", "status_note": words("-"), "title": words("Test"),
        "languages": ("en",), "total_weight": sum(weights.values()), "sources": (), "roles": (), "indicators": (),
        "support_offers": (),
        "scale": {
            "levels": {level: words(str(level)) for level in range(5)}, "rule": words("-"),
            "practice": {"from_level": practice[0], "months": practice[1], "note": words("-")},
        },
        "award_rule": {
            "min_assessors": min_assessors, "validity_months": 36, "conditions": stated, "award_needs": needs,
            "tiers": tiers if tiers is not None else [tier("label", *(one["id"] for one in conditions))],
        },
        "house_rules": {
            "note": words("-"), "cooling_off_months": 24, "reply_days": 14, "appeal_days": 30, "suppress_below": 5,
            "personal_data_kept_months": 60, "size_classes": (),
        },
        "evidence_kinds": [
            {"id": id_, "title": words(id_), "origin": origin, "timing": timing, "max_age_months": age,
             "personal_data": False}
            for id_, (origin, timing, age) in KINDS.items()
        ],
        "dimensions": [{"id": id_, "title": words(id_), "weight": weight} for id_, weight in weights.items()],
        "criteria": criteria,
    })  # fmt: skip


def item(
    id_: str,
    kind: str = "minutes",
    date: str | None = "2026-05-01",
    *,
    origin: str | None = None,
    in_force: tuple[str, str | None] | None = None,
    checked_on: str | None = None,
    in_reply: bool = False,
    content: str | None = None,
    state: State = State.OK,
    searchable: bool = True,
) -> Item:
    """A readable file of its own bytes, or of the bytes ``content`` where several share them."""
    start, end = in_force or (None, None)
    return Item(
        id=id_,
        kind=kind,
        origin=Origin(origin or KINDS[kind][0]),
        facts=Facts(state, sha256=sha(content or id_), size=1, type="pdf" if searchable else "jpeg",
                    searchable=searchable),
        date=day(date) if date else None,
        in_force=(day(start), day(end) if end else None) if start else None,
        checked_on=day(checked_on) if checked_on else None,
        in_reply=in_reply,
    )  # fmt: skip


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def use(item_id: str, criterion_id: str = "K1", *places: tuple[Place, Sighting], seen: bool = False) -> Use:
    """A use of the whole file, or of the given places."""
    return Use(item_id, criterion_id, places or ((WHOLE, FOUND),), seen)


def at(
    finding: str, passage: str | None = None, page: int | None = None, pages: Sequence[int] = ()
) -> tuple[Place, Sighting]:
    """One place and what was found there."""
    return Place(passage, page), Sighting(Finding(finding), tuple(pages))


def level(number: int, since: str | None = "2020-01-01", **verdicts: ItemVerdict) -> Rated:
    """A level with a practice that is long enough unless said otherwise, and verdicts by item."""
    return Rated(number, day(since) if since else None, verdicts=verdicts)


def only(**verdicts: ItemVerdict) -> Rated:
    """Verdicts without a level."""
    return Rated(verdicts=verdicts)


def ratings(by_criterion: Mapping[str, int | Rated]) -> dict[str, Rated]:
    return {id_: level(rated) if isinstance(rated, int) else rated for id_, rated in by_criterion.items()}


def gate(state: GateState) -> Verdict:
    """What a wave says, with nothing but its state."""
    return Verdict(
        state=state, reason="not-surveyed" if state == "no_data" else None, detail=None, wave="w", item=None,
        measure=None, base=None, value=None, reference=None, reference_method=None, n=None, design_effect=None, sd=None,
        assumed=(), unreliable=False, capped=False, predecessors=(), fieldwork=(LONG_AGO, LONG_AGO), fictional=True,
    )  # fmt: skip


def case(
    the_catalogue: Catalogue,
    by_assessor: Mapping[str, Mapping[str, int | Rated]] | None = None,
    *,
    consensus: Mapping[str, int | Rated] | None = None,
    claims: Mapping[str, int | Rated] | None = None,
    items: Iterable[Item] = (),
    uses: Iterable[Use] = (),
    gate_state: GateState = "met",
) -> Case:
    """A case of ratings by assessor, consensus, the municipality's claims, and evidence."""
    return Case(
        catalogue=the_catalogue,
        evidence_date=EVIDENCE_DATE,
        closing_date=CLOSING_DATE,
        items={one.id: one for one in items},
        uses=tuple(uses),
        claims=ratings(claims or {}),
        ratings={person: ratings(given) for person, given in (by_assessor or {}).items()},
        consensus=ratings(consensus or {}),
        gates={"R9": gate(gate_state), "R2": gate(gate_state)},
    )


def both(by_criterion: Mapping[str, int | Rated]) -> dict[str, Mapping[str, int | Rated]]:
    """The same ratings from two assessors."""
    return {"anu": by_criterion, "mari": by_criterion}


def judged(one: Case) -> Result:
    result, problems = judge(one)
    assert problems == []
    assert result is not None
    return result


def of(result: Result, criterion_id: str) -> CriterionResult:
    return next(one for one in result.criteria if one.id == criterion_id)


def dimension_of(result: Result, id_: str) -> DimensionResult:
    return next(one for one in result.dimensions if one.id == id_)


def condition_of(result: Result, id_: str) -> ConditionResult:
    return next(one for one in result.conditions if one.id == id_)


def the_tier(result: Result) -> TierResult:
    (one,) = result.tiers
    return one


def reweighted(original: Catalogue, factor: int) -> Catalogue:
    """The catalogue with every weight ``factor`` times as large."""
    data = original.model_dump()
    for one in (*data["dimensions"], *data["criteria"]):
        one["weight"] *= factor
    return Catalogue.model_validate({**data, "total_weight": data["total_weight"] * factor})


def first_catalogue() -> Catalogue:
    """The catalogue of the label as it is published."""
    path = Path(__file__).parents[2] / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    found, problems = understand(path.read_bytes(), path.name)
    assert problems == []
    assert found is not None
    return found


def plenty(the_catalogue: Catalogue) -> tuple[list[Item], list[Use]]:
    """One usable item of every accepted kind for every criterion: enough for level 4."""
    items, uses = [], []
    for one in the_catalogue.rated:
        for kind in one.evidence.accepts:
            known = the_catalogue.kinds[kind]
            id_ = f"{one.id}-{kind}"
            in_force = (LONG_AGO, None) if known.timing is Timing.ACT else None
            facts = Facts(State.OK, sha256=sha(id_), size=1, type="pdf", searchable=True)
            items.append(Item(id_, kind, known.origin, facts, day("2026-09-01"), in_force))
            uses.append(use(id_, one.id))
    return items, uses


def mandatory_of(the_catalogue: Catalogue) -> list[LevelCriterion]:
    return [one for one in the_catalogue.rated if one.mandatory is not None]


def changed(one: Case, **fields: Any) -> Case:
    return replace(one, **fields)
