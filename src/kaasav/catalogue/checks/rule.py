"""The award rule can be met, and says what every survey state means."""

from collections.abc import Iterator
from decimal import Decimal

from kaasav.catalogue.model import Catalogue, GateCondition, IndicatorCriterion, MandatoryCondition
from kaasav.language import N_
from kaasav.problems import Problem, error, warning
from kaasav.yamldoc.document import Document, Path

STATES = ("met", "near_above", "near_below", "not_met", "no_data")
"""What a survey can say of an indicator."""
CONFIDENCE = Decimal("0.95")
"""The only confidence the rules compute with; its z is a constant of the rules."""

NO_ASSESSORS = error("no-assessors", N_("min_assessors must be at least 1"))
NO_TIER = error("no-tier", N_("the award rule has no tier"))
TIER_EMPTY = error("tier-without-conditions", N_("the tier “{tier}” has no condition, so everybody would get it"))
NOTHING_MANDATORY = error(
    "nothing-mandatory", N_("the condition asks for mandatory criteria, but no criterion is mandatory")
)
UNUSED_CONDITION = warning("condition-unused", N_("no tier asks for the condition “{condition}”"))
SIZES_ORDER = error("size-classes-order", N_("the size classes must rise, and only the last has no upper end"))
OUTCOME_MISSING = error("outcome-missing", N_("the gate does not say what “{state}” means"))
OUTCOME_UNKNOWN = error("outcome-unknown", N_("“{state}” is no state a survey can have"), N_("known: {known}"))
NEVER_MET = error("gate-never-met", N_("no outcome of this gate is “met” or “open”, so nobody could ever pass"))
BAD_CONFIDENCE = error(
    "confidence", N_("the rules compute with a confidence of 0.95 only"), N_("write confidence: 0.95")
)
RELIABLE_BELOW = error("reliable-below-minimum", N_("reliable_from {reliable} lies below min_respondents {least}"))
NEEDS_UNKNOWN = error("award-needs-unknown", N_("“{reason}” is neither “guard” nor a survey state"))
STATE_TEXT = error("state-text-missing", N_("{criterion} has no text for the state “{state}”"))


def check_rule(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    """Tiers, conditions, gates and demands."""
    rule = catalogue.award_rule
    if rule.min_assessors < 1:
        yield NO_ASSESSORS.at(document.at("award_rule", "min_assessors"))
    if not rule.tiers:
        yield NO_TIER.at(document.at_key("award_rule", "tiers"))
    for index, tier in enumerate(rule.tiers):
        if not tier.conditions:
            yield TIER_EMPTY.at(document.at("award_rule", "tiers", index), tier=tier.id)
    for index, condition in enumerate(rule.conditions):
        path: Path = ("award_rule", "conditions", index)
        if isinstance(condition, MandatoryCondition) and not any(c.mandatory for c in catalogue.rated):
            yield NOTHING_MANDATORY.at(document.at(*path))
        if isinstance(condition, GateCondition):
            yield from _gate(condition, path, document)
    asked = {id_ for tier in rule.tiers for id_ in tier.conditions}
    for index, condition in enumerate(rule.conditions):
        if condition.id not in asked:
            yield UNUSED_CONDITION.at(document.at("award_rule", "conditions", index), condition=condition.id)
    ends = [size.to for size in catalogue.house_rules.size_classes]
    known = [end for end in ends[:-1] if end is not None]
    if known != sorted(set(known)) or len(known) != len(ends) - 1 or not ends or ends[-1] is not None:
        yield SIZES_ORDER.at(document.at_key("house_rules", "size_classes"))
    for reason in rule.award_needs:
        if reason not in ("guard", *STATES):
            yield NEEDS_UNKNOWN.at(document.at_key("award_rule", "award_needs", reason), reason=reason)
    for index, criterion in enumerate(catalogue.criteria):
        if isinstance(criterion, IndicatorCriterion):
            for state in STATES:
                if state not in criterion.states:
                    place = document.at_key("criteria", index, "states")
                    yield STATE_TEXT.at(place, criterion=criterion.id, state=state)


def _gate(gate: GateCondition, path: Path, document: Document) -> Iterator[Problem]:
    for state in STATES:
        if state not in gate.outcome:
            yield OUTCOME_MISSING.at(document.at_key(*path, "outcome"), state=state)
    for state in gate.outcome:
        if state not in STATES:
            yield OUTCOME_UNKNOWN.at(document.at_key(*path, "outcome", state), state=state, known=", ".join(STATES))
    if "met" not in gate.outcome.values() and "open" not in gate.outcome.values():
        yield NEVER_MET.at(document.at_key(*path, "outcome"))
    if gate.confidence != CONFIDENCE:
        yield BAD_CONFIDENCE.at(document.at(*path, "confidence"))
    if gate.reliable_from < gate.min_respondents:
        yield RELIABLE_BELOW.at(
            document.at(*path, "reliable_from"), reliable=gate.reliable_from, least=gate.min_respondents
        )
