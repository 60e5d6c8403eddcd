"""What a judgement comes to, with every number it went through: the trace is the result itself."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaasav.scoring.bounds import Levels, Shares, State
from kaasav.scoring.rated import RatedLevel
from kaasav.scoring.support import Support, UseResult
from kaasav.survey.verdict import Verdict as GateVerdict


class Status(StrEnum):
    """How far an assessment has come."""

    PREVIEW = "preview"
    INCOMPLETE = "incomplete"
    PRELIMINARY = "preliminary"
    UNSETTLED = "unsettled"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One rated criterion.

    Attributes:
        applies: False once it is settled that it does not apply; None while a claim is unsettled.
        counted: min(rated, supported), bound by bound; None where the criterion does not apply.
        share: counted level / highest level.
        held_back: whether the evidence carries less than the rating says.
    """

    id: str
    dimension: str
    weight: int
    applies: bool | None
    rated: RatedLevel
    support: Support
    counted: Levels | None
    share: Shares | None
    held_back: bool
    uses: tuple[UseResult, ...]


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One dimension's share, and its weight in the total."""

    id: str
    weight: int
    share: Shares


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a condition looks at: a criterion, a dimension or the total, against its threshold."""

    id: str
    state: State
    lower: Fraction | None = None
    upper: Fraction | None = None
    threshold: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition of the award rule; ``guard`` says that a total lies within its guard band."""

    id: str
    type: str
    state: State
    parts: tuple[Part, ...]
    guard: bool = False
    band: Fraction | None = None
    gate: GateVerdict | None = None


@dataclass(frozen=True, slots=True)
class DemandResult:
    """Something an award demands, why (``guard`` or a gate's state), and whether it is there; None: people see to."""

    demand: str
    because: tuple[str, ...]
    there: bool | None


class TierState(StrEnum):
    """What the rule says of a tier."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class TierResult:
    """What the rule says of one tier.

    Attributes:
        state: None while the status is preview or incomplete.
        awardable: whether the rule lets people award it: met, or open through gates alone.
        decidable: whether people may decide on it yet, one way or the other; an award needs both.
    """

    id: str
    state: TierState | None
    guard: bool
    conditions: tuple[str, ...]
    open_through: tuple[str, ...]
    awardable: bool
    decidable: bool
    demands: tuple[DemandResult, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything the rule says of one municipality in one round."""

    status: Status
    tiers: tuple[TierResult, ...]
    conditions: tuple[ConditionResult, ...]
    total: Shares
    dimensions: tuple[DimensionResult, ...]
    criteria: tuple[CriterionResult, ...]
    missing: tuple[str, ...]
