"""From a case to its result."""

from collections.abc import Sequence
from fractions import Fraction

from kaasav.catalogue.model import LevelCriterion
from kaasav.language import N_
from kaasav.problems import NOWHERE, Problem, error
from kaasav.scoring import rule, scores
from kaasav.scoring.bounds import Levels, Shares
from kaasav.scoring.case import Case
from kaasav.scoring.rated import Claim, is_preview, rate
from kaasav.scoring.result import ConditionResult, CriterionResult, DimensionResult, Result, Status, TierResult
from kaasav.scoring.support import UseResult, support, weigh

NOTHING_APPLIES = error(
    "dimension-not-applicable",
    N_("no criterion of the dimension {dimension} applies, so it has no score"),
    N_("settle at least one claim in this dimension the other way"),
)


def judge(case: Case) -> tuple[Result | None, list[Problem]]:
    """Apply the rules to ``case``.

    Returns:
        The result, or None with the problem that leaves none (a dimension in which nothing applies).
    """
    uses = [weigh(use, case) for use in sorted(case.uses, key=lambda use: (use.criterion, use.item))]
    criteria = tuple(_criterion(c, case, tuple(u for u in uses if u.criterion == c.id)) for c in case.catalogue.rated)
    dimensions: list[DimensionResult] = []
    problems: list[Problem] = []
    for group in case.catalogue.dimensions:
        parts = [
            scores.Part(c.weight, c.share, c.applies is None)
            for c in criteria
            if c.dimension == group.id and c.share is not None
        ]
        share = scores.dimension(parts)
        if share is None:
            problems.append(NOTHING_APPLIES.at(NOWHERE, dimension=group.id))
        else:
            dimensions.append(DimensionResult(group.id, group.weight, share))
    if problems:
        return None, problems
    total = scores.total((d.weight, d.share) for d in dimensions)
    conditions = [rule.condition(c, case, criteria, dimensions, total) for c in case.catalogue.award_rule.conditions]
    status = _status(case, criteria, uses)
    return (
        Result(
            status=status,
            tiers=_tiers(case, status, criteria, conditions),
            conditions=tuple(conditions),
            total=total,
            dimensions=tuple(dimensions),
            criteria=criteria,
            missing=tuple(c.id for c in criteria if c.rated.unrated),
        ),
        [],
    )


def _criterion(criterion: LevelCriterion, case: Case, uses: tuple[UseResult, ...]) -> CriterionResult:
    highest = case.catalogue.scale.highest
    rated = rate(criterion, case)
    carried = support(criterion, uses, highest)
    counted: Levels | None = None
    share: Shares | None = None
    held_back = False
    if rated.levels is not None:
        counted = Levels(
            min(rated.levels.lower, carried.supported.lower), min(rated.levels.upper, carried.supported.upper)
        )
        share = Shares(Fraction(counted.lower, highest), Fraction(counted.upper, highest))
        held_back = not rated.unrated and counted != rated.levels
    applies = {Claim.GRANTED: False, Claim.UNSETTLED: None}.get(rated.claim, True)
    return CriterionResult(
        criterion.id, criterion.dimension, criterion.weight, applies, rated, carried, counted, share, held_back, uses
    )


def _tiers(
    case: Case, status: Status, criteria: Sequence[CriterionResult], conditions: Sequence[ConditionResult]
) -> tuple[TierResult, ...]:
    by_id = {c.id: c for c in conditions}
    return tuple(rule.tier(tier, case, status, criteria, by_id) for tier in case.catalogue.award_rule.tiers)


def _status(case: Case, criteria: Sequence[CriterionResult], uses: Sequence[UseResult]) -> Status:
    """The first that holds of preview, incomplete, preliminary and unsettled; else complete."""
    if is_preview(case):
        return Status.PREVIEW
    if any(c.rated.unrated for c in criteria):
        return Status.INCOMPLETE
    if any(c.rated.raters < case.catalogue.award_rule.min_assessors for c in criteria):
        return Status.PRELIMINARY
    asked = {c.id for c in criteria if c.applies is not False}
    loose_use = any(use.criterion in asked and (use.differs or use.lower != use.upper) for use in uses)
    loose_level = any(
        levels is not None and not levels.settled for c in criteria for levels in (c.rated.levels, c.counted)
    )
    return Status.UNSETTLED if loose_use or loose_level else Status.COMPLETE
