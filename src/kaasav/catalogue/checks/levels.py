"""Levels are complete, ask for evidence, never ask for less higher up, and can be reached."""

from collections.abc import Iterable, Iterator

from kaasav.catalogue.model import Catalogue, EvidenceRule, LevelCriterion, Timing
from kaasav.language import N_
from kaasav.problems import Problem, error, warning
from kaasav.yamldoc.document import Document, Path

SCALE_TOO_LONG = error("scale-too-long", N_("a scale of more than {limit} levels cannot be rated"))
LEVEL_ZERO = error("level-zero-needs", N_("level 0 needs nothing, so a requirement here would never be asked"))
TOO_MANY_OUTSIDE = error(
    "outside-more-than-items",
    N_("level {level} asks for {outside} items from outside but for {items} in all"),
    N_("ask for at least as many items"),
)
SCALE_GAP = error("scale-gap", N_("levels must run from 0 without a gap; level {level} is missing"))
LEVEL_TEXT_MISSING = error("level-text-missing", N_("{criterion} has no text for level {level}"))
LEVEL_BEYOND = error("level-beyond-scale", N_("level {level} is beyond the scale, which ends at {highest}"))
PRACTICE_BEYOND = error("practice-beyond-scale", N_("practice.from_level must lie between 1 and {highest}"))
NO_REQUIREMENT = error(
    "level-without-evidence", N_("level 1 of {criterion} needs no evidence"), N_("ask for at least one item")
)
SHRINKS = error(
    "requirement-shrinks",
    N_("level {level} asks for {wanted} where a lower level already asks for {before}"),
    N_("a higher level holds only if all lower ones do: ask for at least {before}, or leave it out"),
)
KIND_NOT_ACCEPTED = error(
    "any-of-not-accepted",
    N_("the kind “{kind}” is asked for but not accepted by {criterion}"),
    N_("add it to “accepts”, or strike it here"),
)
EMPTY_GROUP = error("any-of-empty", N_("an empty group can never be met"), N_("name the kinds that would do"))
NO_OUTSIDE = error(
    "outside-impossible",
    N_("level {level} of {criterion} needs evidence from outside, but no accepted kind comes from outside"),
    N_("accept a kind of origin community or third_party"),
)
MANDATORY_BEYOND = error(
    "mandatory-beyond-scale", N_("min_level {level} can never be met: the scale ends at {highest}")
)
ACT_WITH_AGE = warning("act-with-age", N_("an act does not age, so max_age_months of “{kind}” is never used"))
NO_AGE = warning("kind-without-age", N_("evidence of the kind “{kind}” never gets too old"), N_("write max_age_months"))


LONGEST_SCALE = 20


def check_levels(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    """The scale, and every criterion's levels and requirements."""
    highest = catalogue.scale.highest
    if highest > LONGEST_SCALE:
        yield SCALE_TOO_LONG.at(document.at_key("scale", "levels", str(highest)), limit=LONGEST_SCALE)
        return
    for level in range(highest + 1):
        if level not in catalogue.scale.levels:
            yield SCALE_GAP.at(document.at_key("scale", "levels"), level=level)
    if not 1 <= catalogue.scale.practice.from_level <= highest:
        yield PRACTICE_BEYOND.at(document.at("scale", "practice", "from_level"), highest=highest)
    for index, kind in enumerate(catalogue.evidence_kinds):
        if kind.timing is Timing.ACT and kind.max_age_months is not None:
            yield ACT_WITH_AGE.at(document.at("evidence_kinds", index, "max_age_months"), kind=kind.id)
        if kind.timing is not Timing.ACT and kind.max_age_months is None:
            yield NO_AGE.at(document.at_key("evidence_kinds", index), kind=kind.id)
    for index, criterion in enumerate(catalogue.criteria):
        if isinstance(criterion, LevelCriterion):
            yield from _criterion(criterion, ("criteria", index), catalogue, document)


def _criterion(criterion: LevelCriterion, path: Path, catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    highest = catalogue.scale.highest
    for level in range(highest + 1):
        if level not in criterion.levels:
            yield LEVEL_TEXT_MISSING.at(document.at_key(*path, "levels"), criterion=criterion.id, level=level)
    by_level: dict[Path, Iterable[int]] = {
        ("levels",): criterion.levels,
        ("evidence", "levels"): criterion.evidence.levels,
        ("effort",): criterion.effort,
        ("lead_months",): criterion.lead_months,
    }
    for where, levels in by_level.items():
        for level in levels:
            if level > highest:
                place = document.at_key(*path, *where, str(level))
                yield LEVEL_BEYOND.at(place, level=level, highest=highest)
    if criterion.mandatory is not None and criterion.mandatory.min_level > highest:
        place = document.at(*path, "mandatory", "min_level")
        yield MANDATORY_BEYOND.at(place, level=criterion.mandatory.min_level, highest=highest)
    yield from _requirements(criterion.id, criterion.evidence, (*path, "evidence"), catalogue, document)


def _requirements(
    criterion: str, rule: EvidenceRule, path: Path, catalogue: Catalogue, document: Document
) -> Iterator[Problem]:
    first = rule.levels.get(1)
    if first is None or not first.items:
        yield NO_REQUIREMENT.at(document.at_key(*path, "levels", "1"), criterion=criterion)
    outsiders = [k for k in rule.accepts if k in catalogue.kinds and catalogue.kinds[k].origin.rank == 2]
    before = {"items": 0, "outside": 0}
    for level, requirement in sorted(rule.levels.items()):
        place = (*path, "levels", str(level))
        for name, least in list(before.items()):
            wanted = getattr(requirement, name)
            if wanted is not None and wanted < least:
                yield SHRINKS.at(document.at(*place, name), level=level, wanted=wanted, before=least)
            before[name] = max(least, wanted or 0)
        if level == 0:
            yield LEVEL_ZERO.at(document.at_key(*place))
        if before["outside"] > before["items"] and requirement.outside:
            at = document.at(*place, "outside")
            yield TOO_MANY_OUTSIDE.at(at, level=level, outside=before["outside"], items=before["items"])
        if requirement.outside and not outsiders:
            yield NO_OUTSIDE.at(document.at(*place, "outside"), level=level, criterion=criterion)
        for n, group in enumerate(requirement.any_of):
            if not group:
                yield EMPTY_GROUP.at(document.at(*place, "any_of", n))
            for m, kind in enumerate(group):
                if kind not in rule.accepts:
                    yield KIND_NOT_ACCEPTED.at(document.at(*place, "any_of", n, m), kind=kind, criterion=criterion)
