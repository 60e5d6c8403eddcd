"""What the rules say of a set of levels, by the very functions that judge: exact, and the last word on every way."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaasav.catalogue.model import Catalogue, GateCondition, Tier
from kaasav.improvement.start import Start
from kaasav.scoring import rule, scores
from kaasav.scoring.bounds import Levels, Shares, State
from kaasav.scoring.case import Case
from kaasav.scoring.rated import Basis, Claim, RatedLevel
from kaasav.scoring.result import ConditionResult, CriterionResult, DimensionResult
from kaasav.scoring.support import Support


@dataclass(frozen=True, slots=True)
class Reached:
    """A set of levels, judged.

    Attributes:
        conditions: those of the tier that points decide; gates are left out.
    """

    total: Fraction
    dimensions: tuple[DimensionResult, ...]
    conditions: tuple[ConditionResult, ...]

    @property
    def met(self) -> bool:
        """Whether every condition that points decide is met."""
        return all(condition.state is State.MET for condition in self.conditions)

    @property
    def guard(self) -> bool:
        """Whether a total lies in its guard band."""
        return any(condition.guard for condition in self.conditions)


def judge(levels: Mapping[str, int], start: Start, catalogue: Catalogue, tier: Tier) -> Reached:
    """Judge ``levels`` (by criterion, for every criterion of ``start``) for ``tier``; claimed criteria apply."""
    criteria = [_settled(one.id, one.dimension, one.weight, levels[one.id], start.highest) for one in start.criteria]
    dimensions = []
    for group in catalogue.dimensions:
        parts = [scores.Part(c.weight, c.share) for c in criteria if c.dimension == group.id and c.share is not None]
        share = scores.dimension(parts)
        if share is not None:
            dimensions.append(DimensionResult(group.id, group.weight, share))
    total = scores.total((d.weight, d.share) for d in dimensions)
    case = Case(catalogue, start.begin, start.begin, {}, ())
    named = [catalogue.conditions[id_] for id_ in tier.conditions]
    return Reached(
        total.lower,
        tuple(dimensions),
        tuple(rule.condition(c, case, criteria, dimensions, total) for c in named if not isinstance(c, GateCondition)),
    )


def _settled(id_: str, dimension: str, weight: int, level: int, highest: int) -> CriterionResult:
    """A criterion that counts with exactly ``level``: rated and supported alike."""
    levels = Levels(level, level)
    share = Shares(Fraction(level, highest), Fraction(level, highest))
    rated = RatedLevel(Basis.CONSENSUS, Claim.NONE, levels, 0, ())
    return CriterionResult(
        id_, dimension, weight, True, rated, Support(levels, ()), levels, share, held_back=False, uses=()
    )
