"""The award rule: conditions on bounds, tiers, the guard band, and what an award demands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kaasav.catalogue.model import (
    Condition,
    FloorCondition,
    GateCondition,
    MandatoryCondition,
    Tier,
    TotalCondition,
)
from kaasav.scoring.bounds import Shares, State, reaches, worst
from kaasav.scoring.case import Case
from kaasav.scoring.result import (
    ConditionResult,
    CriterionResult,
    DemandResult,
    DimensionResult,
    Part,
    Status,
    TierResult,
    TierState,
)

THIRD = 3
"""How many people must have rated every applicable criterion where a third assessor is demanded."""


def condition(
    rule: Condition,
    case: Case,
    criteria: Sequence[CriterionResult],
    dimensions: Sequence[DimensionResult],
    total: Shares,
) -> ConditionResult:
    """Judge one condition: met if it holds at the lower bounds, failed if it fails at the upper, else open."""
    match rule:
        case MandatoryCondition():
            parts = [part for criterion in criteria if (part := _mandatory(criterion, case)) is not None]
        case FloorCondition():
            floor = Fraction(rule.min_share)
            parts = [_share(d.id, d.share, floor) for d in dimensions]
        case TotalCondition():
            least, band = Fraction(rule.min_share), Fraction(rule.guard)
            parts = [_share("total", total, least)]
            guard = total.lower < least + band and total.upper > least - band
            return ConditionResult(rule.id, rule.type, parts[0].state, tuple(parts), guard, band)
        case GateCondition():
            verdict = case.gates[rule.criterion]
            state = State(rule.outcome[verdict.state])
            return ConditionResult(rule.id, rule.type, state, (Part(rule.criterion, state),), gate=verdict)
    return ConditionResult(rule.id, rule.type, worst([part.state for part in parts]), tuple(parts))


def _share(id_: str, share: Shares, threshold: Fraction) -> Part:
    return Part(id_, share.at_least(threshold), share.lower, share.upper, threshold)


def _mandatory(result: CriterionResult, case: Case) -> Part | None:
    """None for a criterion that is not mandatory or does not apply; an unsettled claim may still free it."""
    mandatory = next(c.mandatory for c in case.catalogue.rated if c.id == result.id)
    if mandatory is None or result.counted is None:
        return None
    least = mandatory.min_level
    lower, upper = result.counted.lower, result.counted.upper
    state = reaches(lower, upper, least)
    if result.applies is None and state is State.FAILED:
        state = State.OPEN
    return Part(result.id, state, Fraction(lower), Fraction(upper), Fraction(least))


def tier(
    rule: Tier,
    case: Case,
    status: Status,
    criteria: Sequence[CriterionResult],
    conditions: Mapping[str, ConditionResult],
) -> TierResult:
    """What the rule says of one tier, and what an award of it would demand."""
    named = [conditions[id_] for id_ in rule.conditions]
    overall = worst([c.state for c in named])
    state = {State.MET: TierState.MET, State.OPEN: TierState.OPEN, State.FAILED: TierState.NOT_MET}[overall]
    still_open = [c for c in named if c.state is State.OPEN]
    gates_alone = state is TierState.OPEN and all(c.gate is not None for c in still_open)
    stated = status not in (Status.PREVIEW, Status.INCOMPLETE)
    settled = state is not TierState.OPEN or gates_alone
    guard = any(c.guard for c in named)
    return TierResult(
        id=rule.id,
        state=state if stated else None,
        guard=guard,
        conditions=rule.conditions,
        open_through=tuple(c.id for c in still_open),
        awardable=stated and (state is TierState.MET or gates_alone),
        decidable=status is Status.COMPLETE or (status is Status.UNSETTLED and settled),
        demands=_demands(case, criteria, [*(["guard"] if guard else []), *_gate_states(named)]),
    )


def _gate_states(conditions: Sequence[ConditionResult]) -> list[str]:
    """What the gates say, each state once."""
    return list(dict.fromkeys(str(c.gate.state) for c in conditions if c.gate is not None))


def _demands(case: Case, criteria: Sequence[CriterionResult], reasons: Sequence[str]) -> tuple[DemandResult, ...]:
    because: dict[str, list[str]] = {}
    for reason in reasons:
        for demand in case.catalogue.award_rule.award_needs.get(reason, ()):
            because.setdefault(demand, []).append(reason)
    third = len(_rated_everything(case, criteria)) >= THIRD
    return tuple(
        DemandResult(demand, tuple(why), third if demand == "third_assessor" else None)
        for demand, why in because.items()
    )


def _rated_everything(case: Case, criteria: Sequence[CriterionResult]) -> list[str]:
    """The assessors who have rated every criterion that applies."""
    asked = [c.id for c in criteria if c.applies is not False]
    return [
        person
        for person, ratings in case.ratings.items()
        if all(id_ in ratings and ratings[id_].given for id_ in asked)
    ]
