"""Ids are unique, references lead somewhere, and every text stands in every language."""

from collections.abc import Iterable, Iterator
from typing import Any

from kaasav.catalogue.model import Catalogue, GateCondition, IndicatorCriterion, LevelCriterion
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Problem, closest, error, warning
from kaasav.yamldoc.document import Document, Path

TWICE = error("id-twice", N_("“{id}” is defined twice; first in line {first}"), N_("give each an id of its own"))
UNDEFINED = error("undefined", N_("“{id}” is not defined under “{where}”"))
LANGUAGE_MISSING = error("language-missing", N_("the text is missing in the language “{language}”"))
LANGUAGE_UNKNOWN = error(
    "language-unknown", N_("“{language}” is none of the catalogue’s languages ({known})"), N_("add it to “languages”")
)
UNUSED_KIND = warning("kind-unused", N_("no criterion accepts evidence of the kind “{kind}”"))
GATE_NOT_INDICATOR = error(
    "gate-not-indicator", N_("a gate asks for {criterion}, which is no criterion of the kind “indicator”")
)

_LISTS = ("sources", "roles", "indicators", "evidence_kinds", "support_offers", "dimensions", "criteria")


def check_names(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    """Every id once, every reference defined, every text in every language."""
    for name in _LISTS:
        yield from _unique(getattr(catalogue, name), document, (name,))
    rule = catalogue.award_rule
    yield from _unique(rule.tiers, document, ("award_rule", "tiers"))
    yield from _unique(rule.conditions, document, ("award_rule", "conditions"))
    yield from _unique(catalogue.house_rules.size_classes, document, ("house_rules", "size_classes"))
    for path, id_, where, known in _references(catalogue):
        if id_ not in known:
            guess = closest(id_, known)
            hint = DID_YOU_MEAN if guess else ""
            yield UNDEFINED.at(document.at(*path), hint=hint, id=id_, where=where, guess=guess or "")
    for index, condition in enumerate(rule.conditions):
        gated = catalogue.by_id.get(condition.criterion) if isinstance(condition, GateCondition) else None
        if gated is not None and not isinstance(gated, IndicatorCriterion):
            place = document.at("award_rule", "conditions", index, "criterion")
            yield GATE_NOT_INDICATOR.at(place, criterion=gated.id)
    accepted = {kind for criterion in catalogue.rated for kind in criterion.evidence.accepts}
    for index, kind in enumerate(catalogue.evidence_kinds):
        if kind.id not in accepted:
            yield UNUSED_KIND.at(document.at("evidence_kinds", index, "id"), kind=kind.id)
    yield from _languages(document.data, (), catalogue.languages, document)


def _unique(entries: Iterable[Any], document: Document, path: Path) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if entry.id in first:
            line = document.at(*path, first[entry.id], "id").line
            yield TWICE.at(document.at(*path, index, "id"), id=entry.id, first=line)
        first.setdefault(entry.id, index)


def _references(catalogue: Catalogue) -> Iterator[tuple[Path, str, str, set[str]]]:
    """Every reference: where it stands, the id it names, the list that defines it, and that list's ids."""
    ids = {name: {entry.id for entry in getattr(catalogue, name)} for name in _LISTS}
    conditions = {c.id for c in catalogue.award_rule.conditions}
    for index, criterion in enumerate(catalogue.criteria):
        path: Path = ("criteria", index)
        yield (*path, "dimension"), criterion.dimension, "dimensions", ids["dimensions"]
        if criterion.indicator is not None:
            yield (*path, "indicator"), criterion.indicator, "indicators", ids["indicators"]
        for n, offer in enumerate(criterion.support):
            yield (*path, "support", n), offer, "support_offers", ids["support_offers"]
        for n, passage in enumerate(criterion.sources):
            yield (*path, "sources", n, "source"), passage.source, "sources", ids["sources"]
        if isinstance(criterion, LevelCriterion):
            for n, kind in enumerate(criterion.evidence.accepts):
                yield (*path, "evidence", "accepts", n), kind, "evidence_kinds", ids["evidence_kinds"]
            for level, requirement in criterion.evidence.levels.items():
                for n, group in enumerate(requirement.any_of):
                    for m, kind in enumerate(group):
                        place = (*path, "evidence", "levels", str(level), "any_of", n, m)
                        yield place, kind, "evidence_kinds", ids["evidence_kinds"]
    for index, support in enumerate(catalogue.support_offers):
        if support.source is not None:
            yield ("support_offers", index, "source"), support.source, "sources", ids["sources"]
    for index, role in enumerate(catalogue.roles):
        for n, other in enumerate(role.not_with):
            yield ("roles", index, "not_with", n), other, "roles", ids["roles"]
    for index, tier in enumerate(catalogue.award_rule.tiers):
        for n, condition in enumerate(tier.conditions):
            yield ("award_rule", "tiers", index, "conditions", n), condition, "conditions", conditions
    for index, one in enumerate(catalogue.award_rule.conditions):
        if isinstance(one, GateCondition):
            yield ("award_rule", "conditions", index, "criterion"), one.criterion, "criteria", ids["criteria"]


def _languages(data: Any, path: Path, languages: tuple[str, ...], document: Document) -> Iterator[Problem]:
    """Wherever one of the languages is a key, all of them must be, and no other."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _languages(item, (*path, index), languages, document)
    elif isinstance(data, dict):
        if any(language in data for language in languages):
            for language in languages:
                if language not in data:
                    yield LANGUAGE_MISSING.at(document.at_key(*path), language=language)
            for key in data:
                if key not in languages:
                    place = document.at_key(*path, key)
                    yield LANGUAGE_UNKNOWN.at(place, language=key, known=", ".join(languages))
        else:
            for key, value in data.items():
                yield from _languages(value, (*path, key), languages, document)
