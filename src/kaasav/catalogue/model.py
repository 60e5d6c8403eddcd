"""A catalogue version as it stands in ``criteria/<id>/<version>.yaml`` (format ``kaasav/catalogue/1``)."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from kaasav.yamldoc.scalars import Id, Model, Months, Share, Text, Whole, Words, YesNo

SCHEMA = "kaasav/catalogue/1"


class Origin(StrEnum):
    """Where a kind of evidence comes from."""

    MUNICIPALITY = "municipality"
    JOINT = "joint"
    ASSESSOR = "assessor"
    COMMUNITY = "community"
    THIRD_PARTY = "third_party"

    @property
    def rank(self) -> int:
        """How far from the municipality: 0 its own, 1 joint or the assessor's, 2 from outside."""
        return {"municipality": 0, "joint": 1, "assessor": 1}.get(self.value, 2)


class Timing(StrEnum):
    """How a kind of evidence ages: an act is in force or not, an event or snapshot has an age."""

    ACT = "act"
    EVENT = "event"
    SNAPSHOT = "snapshot"


class EvidenceKind(Model):
    """One kind of evidence, such as minutes or a development plan."""

    id: Id
    title: Words
    origin: Origin
    personal_data: YesNo
    timing: Timing
    max_age_months: Months | None = None


class Requirement(Model):
    """What evidence a level needs; what it does not repeat holds on from the level below."""

    items: Whole | None = None
    any_of: tuple[tuple[Text, ...], ...] = ()
    outside: Whole | None = None


class EvidenceRule(Model):
    """Which kinds a criterion accepts, how old they may be, and what each level needs."""

    accepts: tuple[Text, ...]
    max_age_months: Months | None = None
    levels: dict[Whole, Requirement]
    note: Words | None = None


class Mandatory(Model):
    """The least level of a criterion that every award asks for."""

    min_level: Whole


class NotApplicable(Model):
    """When a municipality may say that a criterion does not apply to it."""

    when: Words


class Guidance(Model):
    """Advice on reaching a level."""

    to_level: Whole | None = None
    text: Words


class SourcePassage(Model):
    """The policy passage a criterion leads back to, word for word."""

    source: Text
    passage: Text
    relation: Literal["direct", "supports", "adapted", "example"]


class _CriterionBase(Model):
    id: Id
    dimension: Text
    title: Words
    question: Words
    why: Words
    weight: Whole
    indicator: Text | None = None
    guidance: tuple[Guidance, ...] = ()
    support: tuple[Text, ...] = ()
    sources: tuple[SourcePassage, ...] = ()


class LevelCriterion(_CriterionBase):
    """A criterion that people rate with a level and prove with evidence."""

    kind: Literal["levels"]
    levels: dict[Whole, Words]
    evidence: EvidenceRule
    mandatory: Mandatory | None = None
    not_applicable: NotApplicable | None = None
    effort: dict[Whole, Whole] = {}
    lead_months: dict[Whole, Months] = {}


class IndicatorCriterion(_CriterionBase):
    """A criterion that a survey answers; it is a gate and carries no points."""

    kind: Literal["indicator"]
    indicator: Text
    states: dict[Text, Words]


Criterion = Annotated[LevelCriterion | IndicatorCriterion, Field(discriminator="kind")]


class Dimension(Model):
    """A group of criteria with a weight of its own."""

    id: Id
    title: Words
    weight: Whole


class MandatoryCondition(Model):
    """Every mandatory criterion is at least at its least level."""

    type: Literal["mandatory"]
    id: Id
    text: Words


class FloorCondition(Model):
    """Every dimension reaches at least a share of what is possible."""

    type: Literal["dimension_floor"]
    id: Id
    text: Words
    min_share: Share


class TotalCondition(Model):
    """The weighted total reaches at least a share; ``guard`` is the half-width of the band that asks for more eyes."""

    type: Literal["total"]
    id: Id
    text: Words
    min_share: Share
    guard: Share = Decimal(0)


class GateCondition(Model):
    """What a survey says about an indicator criterion, translated by ``outcome`` into met, open or failed."""

    type: Literal["gate"]
    id: Id
    text: Words
    criterion: Text
    min_respondents: Whole
    reliable_from: Whole
    max_age_months: Months | None = None
    confidence: Share
    measure: Literal["share", "index"] | None = None
    base: Literal["all", "valid"] | None = None
    outcome: dict[Text, Literal["met", "open", "failed"]]


Condition = Annotated[MandatoryCondition | FloorCondition | TotalCondition | GateCondition, Field(discriminator="type")]


class Tier(Model):
    """One thing that can be awarded, and the conditions it names."""

    id: Id
    title: Words
    conditions: tuple[Text, ...]


Demand = Literal["third_assessor", "reason", "second_source", "second_source_or_reason"]


class AwardRule(Model):
    """When a tier is met, who must have rated, and what an award demands near the line.

    ``listing`` is the order of the award list: ``none`` ranks nobody, ``total`` ranks by the total.
    """

    min_assessors: Whole
    validity_months: Months
    validity_note: Words | None = None
    tiers: tuple[Tier, ...]
    conditions: tuple[Condition, ...]
    award_needs: dict[Text, tuple[Demand, ...]] = {}
    guard_note: Words | None = None
    compensation_note: Words | None = None
    not_applicable_note: Words | None = None
    listing: Literal["none", "total"] = "none"


class Practice(Model):
    """From ``from_level`` on a practice must have been in use for ``months`` before the evidence date."""

    from_level: Whole
    months: Months
    note: Words


class Scale(Model):
    """The levels every criterion is rated on, from 0 to the highest."""

    levels: dict[Whole, Words]
    rule: Words
    practice: Practice

    @cached_property
    def highest(self) -> int:
        """The highest level; the lowest is always 0."""
        return max(self.levels)


class Role(Model):
    """A part people play, and the parts the same person cannot play for the same municipality."""

    id: Id
    title: Words
    not_with: tuple[Text, ...] = ()


class Indicator(Model):
    """A thing surveys ask about, and the wordings it is known by."""

    id: Id
    title: Words
    use: Literal["gate", "context"]
    note: Words
    known_labels: tuple[Text, ...] = ()
    positive: tuple[Text, ...] = ()
    negative: tuple[Text, ...] = ()
    outside: tuple[Text, ...] = ()


class Titled(Model):
    """Something with an id and a title, and where it comes from."""

    id: Id
    title: Words
    source: Text | None = None


class SizeClass(Model):
    """Municipalities up to ``to`` inhabitants; the last class has no upper end."""

    id: Id
    title: Words
    to: Whole | None = None


class HouseRules(Model):
    """Periods and limits of running the label."""

    note: Words
    cooling_off_months: Months
    reply_days: Whole
    appeal_days: Whole
    suppress_below: Whole
    personal_data_kept_months: Months
    size_classes: tuple[SizeClass, ...]


class Catalogue(Model):
    """One version of a criteria catalogue; `reference` names it everywhere else."""

    id: Id
    version: Text
    status: Literal["proposal", "pilot", "approved"]
    status_note: Words
    title: Words
    languages: tuple[Text, ...]
    total_weight: Whole
    sources: tuple[Titled, ...]
    scale: Scale
    award_rule: AwardRule
    house_rules: HouseRules
    roles: tuple[Role, ...]
    indicators: tuple[Indicator, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    support_offers: tuple[Titled, ...]
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]

    @property
    def reference(self) -> str:
        """``id@version``, the way rounds and records name a catalogue."""
        return f"{self.id}@{self.version}"

    @cached_property
    def rated(self) -> tuple[LevelCriterion, ...]:
        """The criteria people rate, in the catalogue's order."""
        return tuple(c for c in self.criteria if isinstance(c, LevelCriterion))

    @cached_property
    def by_id(self) -> dict[str, LevelCriterion | IndicatorCriterion]:
        """Every criterion by its id."""
        return {c.id: c for c in self.criteria}

    @cached_property
    def kinds(self) -> dict[str, EvidenceKind]:
        """Every kind of evidence by its id."""
        return {k.id: k for k in self.evidence_kinds}

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Every condition of the award rule by its id."""
        return {c.id: c for c in self.award_rule.conditions}
