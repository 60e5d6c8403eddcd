"""What a step asks, in the catalogue's words: levels, evidence still missing, advice, help on offer, its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kaasav.catalogue.model import Catalogue, LevelCriterion, Origin, Timing
from kaasav.improvement.start import Kind
from kaasav.improvement.way import Step, Way
from kaasav.language import words


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the catalogue by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """One level on the way up.

    Attributes:
        name: of the level on the scale.
        text: what the level means for this criterion.
        lead_months: as the catalogue states it; 0 where nothing is to be put into practice.
    """

    level: int
    name: str
    text: str
    kind: Kind
    effort: int
    lead_months: int


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """One need of the evidence that is not surely fulfilled yet.

    Attributes:
        need: ``items``, ``any_of`` or ``outside`` (from the community or a third party).
        wanted: how many in all.
        lower, upper: how many there are, without and with the open uses.
        missing: ``wanted`` − ``lower``.
        kinds: which would do: those of the group, those from outside, or all the criterion accepts.
    """

    need: str
    wanted: int
    lower: int
    upper: int
    missing: int
    kinds: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The policy passage a criterion leads back to."""

    source: str
    title: str
    passage: str
    relation: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Help on offer, and where that is written."""

    id: str
    title: str
    source: str | None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step, told.

    Attributes:
        levels: each level on the way, upwards.
        evidence: what is still missing for the level aimed at; evidence lasts, so this covers the levels between.
        open_uses: items whose use is still open: settling them may make up for some of it.
        practice_from: the first level on the way that asks for a practice of ``practice_months``; None if none does.
        wait_months: how long a practice that is only too young has still to be kept up.
        max_ages: the shortest and the longest time, in months, that evidence of this criterion may date back, by its
            kind; None where nothing that counts today can be too old once the step is done.
        advice: for the levels on the way, or for none in particular.
    """

    criterion: str
    title: str
    dimension: Named
    start: int
    to: int
    kind: Kind
    effort: int
    lead_months: int
    question: str
    why: str
    levels: tuple[LevelAsked, ...]
    evidence: tuple[EvidenceAsked, ...]
    evidence_note: str
    open_uses: tuple[str, ...]
    practice_from: int | None
    practice_months: int
    max_ages: tuple[int, int] | None
    advice: tuple[str, ...]
    support: tuple[Offer, ...]
    sources: tuple[Passage, ...]


def plan(way: Way, record: Mapping[str, Any], catalogue: Catalogue) -> tuple[StepPlan, ...]:
    """Each step of ``way``, which starts from ``record``, in the catalogue's words and the language in use."""
    results = {one["id"]: one for one in record["result"]["criteria"]}
    by_id = {criterion.id: criterion for criterion in catalogue.rated}
    return tuple(_plan(step, by_id[step.criterion], results[step.criterion], catalogue) for step in way.steps)


def _plan(step: Step, criterion: LevelCriterion, result: Mapping[str, Any], catalogue: Catalogue) -> StepPlan:
    scale = catalogue.scale
    practice = next((r.level for r in step.rises if r.level >= scale.practice.from_level), None)
    dimension = next(one for one in catalogue.dimensions if one.id == step.dimension)
    return StepPlan(
        criterion=step.criterion,
        title=words(criterion.title),
        dimension=Named(dimension.id, words(dimension.title)),
        start=step.start,
        to=step.to,
        kind=step.kind,
        effort=step.effort,
        lead_months=step.lead_months,
        question=words(criterion.question),
        why=words(criterion.why),
        levels=tuple(
            LevelAsked(
                rise.level,
                words(scale.levels[rise.level]),
                words(criterion.levels[rise.level]),
                rise.kind,
                rise.effort,
                rise.lead_months,
            )
            for rise in step.rises
        ),
        evidence=evidence_asked(criterion, result, step.to, catalogue),
        evidence_note=words(criterion.evidence.note or {}),
        open_uses=tuple(use["item"] for use in result["uses"] if use["upper"] > use["lower"]),
        practice_from=practice,
        practice_months=scale.practice.months,
        max_ages=_max_ages(step, criterion, result, catalogue),
        advice=tuple(
            words(one.text)
            for one in criterion.guidance
            if one.to_level is None or step.start < one.to_level <= step.to
        ),
        support=_offers(criterion.support, catalogue),
        sources=_passages(criterion, catalogue),
    )


def _max_ages(
    step: Step, criterion: LevelCriterion, result: Mapping[str, Any], catalogue: Catalogue
) -> tuple[int, int] | None:
    if step.lead_months == 0 or not any(use["upper"] for use in result["uses"]):
        return None
    aging = [kind for id_ in criterion.evidence.accepts if (kind := catalogue.kinds[id_]).timing is not Timing.ACT]
    limits = [
        min(known)
        for kind in aging
        if (known := [months for months in (kind.max_age_months, criterion.evidence.max_age_months) if months])
    ]
    return (min(limits), max(limits)) if limits else None


def evidence_asked(
    criterion: LevelCriterion, result: Mapping[str, Any], level: int, catalogue: Catalogue
) -> tuple[EvidenceAsked, ...]:
    """What the requirements of ``level`` and all below it ask for, less what usable uses already give.

    Needs are totals that hold on upwards, so the check of ``level`` itself holds all of them. Level 0 needs nothing.
    """
    if level == 0:
        return ()
    check = result["support"]["checks"][level - 1]
    return tuple(
        EvidenceAsked(
            need=need["need"],
            wanted=need["wanted"],
            lower=need["lower"],
            upper=need["upper"],
            missing=need["wanted"] - need["lower"],
            kinds=_kinds(need, criterion, catalogue),
        )
        for need in check["needs"]
        if need["lower"] < need["wanted"]
    )


def _kinds(need: Mapping[str, Any], criterion: LevelCriterion, catalogue: Catalogue) -> tuple[Named, ...]:
    """The kinds that would do; an assessor's own notes are left out where others do, for nobody can hand those in."""
    ids: Iterable[str] = need["kinds"] or criterion.evidence.accepts
    if need["need"] == "outside":
        ids = [id_ for id_ in ids if catalogue.kinds[id_].origin.rank == 2]
    kinds = [catalogue.kinds[id_] for id_ in ids]
    handed_in = [kind for kind in kinds if kind.origin is not Origin.ASSESSOR]
    return tuple(Named(kind.id, words(kind.title)) for kind in handed_in or kinds)


def _offers(ids: Iterable[str], catalogue: Catalogue) -> tuple[Offer, ...]:
    known = {offer.id: offer for offer in catalogue.support_offers}
    titles: dict[str | None, str] = {source.id: words(source.title) for source in catalogue.sources}
    return tuple(Offer(id_, words(known[id_].title), titles.get(known[id_].source)) for id_ in ids)


def _passages(criterion: LevelCriterion, catalogue: Catalogue) -> tuple[Passage, ...]:
    titles = {source.id: words(source.title) for source in catalogue.sources}
    return tuple(Passage(one.source, titles[one.source], one.passage, one.relation) for one in criterion.sources)
