"""The award rule: conditions on bounds, tiers, the guard band, and what an award demands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from kaasav.scoring import rule
from kaasav.scoring.bounds import Shares, State
from kaasav.scoring.case import Rated
from kaasav.scoring.result import ConditionResult, DemandResult, Part, Status, TierResult, TierState
from kaasav.survey.verdict import State as GateState

from . import build
from .build import FLOOR, GATE, MANDATORY, NA, TOTAL, both, condition_of, criterion, judged, the_tier

MET, OPEN, FAILED = State.MET, State.OPEN, State.FAILED
A_TRIFLE = Fraction(1, 10**12)
PEOPLE = ("anu", "mari", "tiit")


def by_people(*ratings: Mapping[str, int | Rated]) -> dict[str, Mapping[str, int | Rated]]:
    return dict(zip(PEOPLE, ratings, strict=False))


# Conditions ------------------------------------------------------------------------------------------------------


def on_total(lower: Fraction, upper: Fraction, **fields: str) -> ConditionResult:
    """A total condition on a total between two bounds."""
    catalogue = build.catalogue(criterion("K1"), conditions=[{**TOTAL, **fields}])
    (asked,) = catalogue.award_rule.conditions
    return rule.condition(asked, build.case(catalogue), [], [], Shares(lower, upper))


@pytest.mark.parametrize(
    ("lower", "upper", "state"),
    [
        ("0.60", "0.60", MET),
        ("0.60", "0.90", MET),
        ("0.59", "0.60", OPEN),
        ("0.10", "0.59", FAILED),
        ("0", "1", OPEN),
    ],
)
def test_the_total(lower: str, upper: str, state: State) -> None:
    found = on_total(Fraction(lower), Fraction(upper))
    assert (found.id, found.type, found.state, found.gate) == ("total", "total", state, None)
    assert found.parts == (Part("total", state, Fraction(lower), Fraction(upper), Fraction("0.60")),)


def test_the_total_is_compared_exactly() -> None:
    line = Fraction(60, 100)
    assert on_total(line, line).state is MET
    assert on_total(line - A_TRIFLE, line - A_TRIFLE).state is FAILED
    assert on_total(line - A_TRIFLE, line).state is OPEN


@pytest.mark.parametrize(
    ("lower", "upper", "guard"),
    [
        # both borders of the band are outside it
        ("0.63", "0.63", False),
        ("0.57", "0.57", False),
        ("0.60", "0.60", True),
        ("0.585", "0.585", True),
        # an interval is near the line if any of it is
        ("0.10", "0.57", False),
        ("0.10", "0.58", True),
        ("0.62", "0.90", True),
        ("0.63", "0.90", False),
        ("0", "1", True),
    ],
)
def test_the_guard_band(lower: str, upper: str, guard: bool) -> None:
    found = on_total(Fraction(lower), Fraction(upper))
    assert (found.guard, found.band) == (guard, Fraction("0.03"))


def test_a_trifle_inside_the_guard_band() -> None:
    high, low = Fraction("0.63") - A_TRIFLE, Fraction("0.57") + A_TRIFLE
    assert on_total(high, high).guard
    assert on_total(low, low).guard


@pytest.mark.parametrize(("lower", "upper", "guard"), [("0.60", "0.60", False), ("0.59", "0.61", True)])
def test_without_a_band_only_an_interval_over_the_line_is_near_it(lower: str, upper: str, guard: bool) -> None:
    assert on_total(Fraction(lower), Fraction(upper), guard="0").guard is guard


def test_every_dimension_has_its_floor() -> None:
    catalogue = build.catalogue(criterion("K1", 5), criterion("O1", 2), criterion("O2", 3), conditions=[FLOOR])
    floor = condition_of(judged(build.case(catalogue, both({"K1": 3, "O1": 4, "O2": 0}))), "floor")
    assert (floor.type, floor.state, floor.guard, floor.band) == ("dimension_floor", MET, False, None)
    assert floor.parts == (
        Part("K", MET, Fraction(3, 4), Fraction(3, 4), Fraction("0.40")),
        Part("O", MET, Fraction("0.40"), Fraction("0.40"), Fraction("0.40")),
    )


@pytest.mark.parametrize(
    ("anu", "mari", "state"),
    [
        ({"K1": 2, "O1": 2}, {"K1": 2, "O1": 2}, MET),
        ({"K1": 2, "O1": 2}, {"K1": 2, "O1": 1}, OPEN),
        ({"K1": 2, "O1": 0}, {"K1": 2, "O1": 1}, FAILED),
        ({"K1": 4, "O1": 1}, {"K1": 1, "O1": 1}, FAILED),
    ],
)
def test_one_dimension_below_its_floor_fails_all(anu: dict[str, int], mari: dict[str, int], state: State) -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("O1"), conditions=[FLOOR])
    assert condition_of(judged(build.case(catalogue, by_people(anu, mari))), "floor").state is state


def mandatory(anu: Mapping[str, Any], mari: Mapping[str, Any], **more: Any) -> ConditionResult:
    catalogue = build.catalogue(
        criterion("K1", mandatory=2), criterion("K2", mandatory=1), criterion("K3"), conditions=[MANDATORY]
    )
    return condition_of(judged(build.case(catalogue, by_people(anu, mari), **more)), "mandatory")


@pytest.mark.parametrize(
    ("anu", "mari", "state", "states"),
    [
        ({"K1": 2, "K2": 1, "K3": 0}, {"K1": 2, "K2": 1, "K3": 0}, MET, [MET, MET]),
        ({"K1": 2, "K2": 1, "K3": 0}, {"K1": 1, "K2": 1, "K3": 0}, OPEN, [OPEN, MET]),
        ({"K1": 1, "K2": 4, "K3": 4}, {"K1": 0, "K2": 4, "K3": 4}, FAILED, [FAILED, MET]),
        ({"K1": 1, "K2": 1, "K3": 4}, {"K1": 1, "K2": 0, "K3": 4}, FAILED, [FAILED, OPEN]),
        # settled that it does not apply: not asked
        ({"K1": NA, "K2": 1, "K3": 0}, {"K1": NA, "K2": 1, "K3": 0}, MET, [MET]),
        ({"K1": NA, "K2": NA, "K3": 0}, {"K1": NA, "K2": NA, "K3": 0}, MET, []),
        # claimed that it does not apply: open, whatever the rest
        ({"K1": NA, "K2": 1, "K3": 0}, {"K1": 2, "K2": 1, "K3": 0}, OPEN, [OPEN, MET]),
    ],
)
def test_mandatory_criteria(anu: dict[str, Any], mari: dict[str, Any], *, state: State, states: list[State]) -> None:
    found = mandatory(anu, mari)
    assert (found.type, found.state, [part.state for part in found.parts]) == ("mandatory", state, states)


def test_a_mandatory_criterion_is_told_with_its_levels() -> None:
    found = mandatory({"K1": 1, "K2": 4, "K3": 0}, {"K1": 3, "K2": 4, "K3": 0})
    assert found.parts == (
        Part("K1", OPEN, Fraction(1), Fraction(3), Fraction(2)),
        Part("K2", MET, Fraction(4), Fraction(4), Fraction(1)),
    )


@pytest.mark.parametrize(("claimed", "state"), [(NA, OPEN), (4, FAILED)])
def test_an_unsettled_claim_may_still_free_what_the_evidence_fails(claimed: Rated | int, state: State) -> None:
    needs = {1: {"items": 1}, 2: {"items": 2}}
    catalogue = build.catalogue(criterion("K1", mandatory=2, needs=needs), criterion("K2"), conditions=[MANDATORY])
    one = build.case(
        catalogue,
        {"anu": {"K1": 4, "K2": 4}},
        claims={"K1": claimed},
        items=[build.item("a")],
        uses=[build.use("a")],
    )
    assert condition_of(judged(one), "mandatory").state is state


@pytest.mark.parametrize(
    ("gate_state", "state"),
    [("met", MET), ("near_above", OPEN), ("near_below", FAILED), ("not_met", FAILED), ("no_data", OPEN)],
)
def test_the_gate_maps_by_the_catalogues_table(gate_state: GateState, state: State) -> None:
    catalogue = build.catalogue(criterion("R1"), build.SURVEYED, conditions=[GATE])
    found = condition_of(judged(build.case(catalogue, both({"R1": 2}), gate_state=gate_state)), "gate")
    assert (found.type, found.state, found.parts) == ("gate", state, (Part("R9", state),))
    assert (found.parts[0].lower, found.parts[0].upper, found.parts[0].threshold) == (None, None, None)
    assert found.gate is not None
    assert found.gate.state == gate_state


def test_another_catalogue_another_table() -> None:
    kinder = {**GATE, "outcome": {**GATE["outcome"], "near_below": "open", "no_data": "met"}}
    catalogue = build.catalogue(criterion("R1"), build.SURVEYED, conditions=[kinder])
    states: dict[GateState, State] = {"near_below": OPEN, "no_data": MET, "not_met": FAILED}
    for gate_state, state in states.items():
        one = build.case(catalogue, both({"R1": 2}), gate_state=gate_state)
        assert condition_of(judged(one), "gate").state is state


# Tiers -----------------------------------------------------------------------------------------------------------

SILVER_AND_GOLD = build.catalogue(
    criterion("K1"),
    conditions=[TOTAL, {**TOTAL, "id": "higher", "min_share": "0.75", "guard": "0.10"}, MANDATORY],
    tiers=[build.tier("silver", "total"), build.tier("gold", "total", "higher")],
)


@pytest.mark.parametrize(
    ("anu", "mari", "silver", "gold"),
    [
        (4, 4, ("met", False), ("met", False)),
        (3, 3, ("met", False), ("met", True)),
        (2, 2, ("not_met", False), ("not_met", False)),
        (3, 2, ("open", True), ("open", True)),
        (4, 3, ("met", False), ("met", True)),
        (4, 2, ("open", True), ("open", True)),
        (2, 1, ("not_met", False), ("not_met", False)),
    ],
)
def test_each_tier_names_its_conditions(anu: int, mari: int, silver: tuple[str, bool], gold: tuple[str, bool]) -> None:
    result = judged(build.case(SILVER_AND_GOLD, by_people({"K1": anu}, {"K1": mari})))
    assert [(tier.id, str(tier.state), tier.guard) for tier in result.tiers] == [("silver", *silver), ("gold", *gold)]
    assert [tier.conditions for tier in result.tiers] == [("total",), ("total", "higher")]


def test_a_condition_no_tier_names_decides_nothing() -> None:
    catalogue = build.catalogue(
        criterion("K1", mandatory=4), conditions=[TOTAL, MANDATORY], tiers=[build.tier("label", "total")]
    )
    result = judged(build.case(catalogue, both({"K1": 3})))
    assert condition_of(result, "mandatory").state is FAILED
    assert the_tier(result).state is TierState.MET


GATED = build.catalogue(criterion("K1"), criterion("R1"), build.SURVEYED, conditions=[TOTAL, GATE])


def gated(anu: int, mari: int, gate_state: GateState, **more: Any) -> TierResult:
    people = by_people({"K1": anu, "R1": 4}, {"K1": mari, "R1": 4})
    return the_tier(judged(build.case(GATED, people, gate_state=gate_state, **more)))


@pytest.mark.parametrize(
    ("anu", "mari", "gate_state", "state", "open_through"),
    [
        (4, 4, "met", "met", ()),
        (4, 4, "near_above", "open", ("gate",)),
        (4, 4, "no_data", "open", ("gate",)),
        (4, 4, "near_below", "not_met", ()),
        (0, 0, "near_above", "not_met", ("gate",)),
        (0, 4, "met", "open", ("total",)),
        (0, 4, "near_above", "open", ("total", "gate")),
        (0, 4, "not_met", "not_met", ("total",)),
    ],
)
def test_any_failed_then_any_open(
    anu: int, mari: int, gate_state: GateState, *, state: str, open_through: tuple[str, ...]
) -> None:
    tier = gated(anu, mari, gate_state)
    assert (tier.state, tier.open_through) == (TierState(state), open_through)


RANGE, AGREED = ({"K1": 0, "R1": 4}, {"K1": 4, "R1": 4}), ({"K1": 4, "R1": 4}, {"K1": 4, "R1": 4})
SETTLED_RANGE = ({"K1": 3, "R1": 4}, {"K1": 4, "R1": 4})
LOW = ({"K1": 0, "R1": 0}, {"K1": 0, "R1": 1})


@pytest.mark.parametrize(
    ("people", "gate_state", "status", "state", "awardable", "decidable"),
    [
        # complete: whatever the tier
        (AGREED, "met", "complete", "met", True, True),
        (AGREED, "near_above", "complete", "open", True, True),
        (AGREED, "not_met", "complete", "not_met", False, True),
        # unsettled: where the bounds leave no doubt, or only the gate does
        (SETTLED_RANGE, "met", "unsettled", "met", True, True),
        (SETTLED_RANGE, "no_data", "unsettled", "open", True, True),
        (LOW, "met", "unsettled", "not_met", False, True),
        (RANGE, "met", "unsettled", "open", False, False),
        (RANGE, "near_above", "unsettled", "open", False, False),
        (RANGE, "not_met", "unsettled", "not_met", False, True),
        # preliminary: the tier is stated, but nothing is decided yet
        (AGREED[:1], "met", "preliminary", "met", True, False),
        (AGREED[:1], "near_above", "preliminary", "open", True, False),
        (AGREED[:1], "not_met", "preliminary", "not_met", False, False),
        # incomplete and preview: no tier
        (({"K1": 4}, {"K1": 4}), "met", "incomplete", None, False, False),
        (({"K1": 4}, {"K1": 4}), "not_met", "incomplete", None, False, False),
        ((), "met", "preview", None, False, False),
    ],
)
def test_what_may_be_decided_and_awarded(
    people: Sequence[Mapping[str, int]],
    gate_state: GateState,
    *,
    status: str,
    state: str | None,
    awardable: bool,
    decidable: bool,
) -> None:
    one = build.case(GATED, by_people(*people), claims={"K1": 4, "R1": 4}, gate_state=gate_state)
    result = judged(one)
    tier = the_tier(result)
    assert result.status is Status(status)
    assert tier.state is (None if state is None else TierState(state))
    assert (tier.awardable, tier.decidable) == (awardable, decidable)


# What an award demands -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "gate_state", "demands"),
    [
        ({"K1": 4, "R1": 4}, "met", ()),
        ({"K1": 3, "R1": 2}, "met", (DemandResult("third_assessor", ("guard",), False),
                                     DemandResult("reason", ("guard",), None))),
        ({"K1": 4, "R1": 4}, "near_above", (DemandResult("second_source_or_reason", ("near_above",), None),)),
        ({"K1": 4, "R1": 4}, "no_data", (DemandResult("second_source", ("no_data",), None),
                                         DemandResult("reason", ("no_data",), None))),
        ({"K1": 3, "R1": 2}, "no_data", (DemandResult("third_assessor", ("guard",), False),
                                         DemandResult("reason", ("guard", "no_data"), None),
                                         DemandResult("second_source", ("no_data",), None))),
        ({"K1": 4, "R1": 4}, "not_met", ()),
    ],
)  # fmt: skip
def test_demands(levels: dict[str, int], gate_state: GateState, demands: tuple[DemandResult, ...]) -> None:
    weights = build.catalogue(criterion("K1", 2), criterion("R1", 3), build.SURVEYED, conditions=[TOTAL, GATE])
    assert the_tier(judged(build.case(weights, both(levels), gate_state=gate_state))).demands == demands


def test_two_gates_that_say_the_same_are_one_reason() -> None:
    catalogue = build.catalogue(
        criterion("R1"), build.SURVEYED, {**build.SURVEYED, "id": "R2"},
        conditions=[GATE, {**GATE, "id": "other", "criterion": "R2"}],
    )  # fmt: skip
    tier = the_tier(judged(build.case(catalogue, both({"R1": 4}), gate_state="near_above")))
    assert tier.demands == (DemandResult("second_source_or_reason", ("near_above",), None),)


def test_a_tier_without_the_gate_demands_nothing_for_it() -> None:
    catalogue = build.catalogue(
        criterion("R1"), build.SURVEYED, conditions=[TOTAL, GATE], tiers=[build.tier("label", "total")]
    )
    tier = the_tier(judged(build.case(catalogue, both({"R1": 4}), gate_state="no_data")))
    assert (tier.state, tier.demands) == (TierState.MET, ())


FULL = {"K1": 3, "K2": 2, "K3": 2}
WITHOUT_K3 = {"K1": 3, "K2": 2}


@pytest.mark.parametrize(
    ("ratings", "there"),
    [
        ((FULL, FULL), False),
        ((FULL, FULL, FULL), True),
        ((FULL, FULL, WITHOUT_K3), False),
        ((FULL, FULL, {**WITHOUT_K3, "K3": build.only(a=build.ACCEPTED)}), False),
        # what does not apply need not be rated
        (({**WITHOUT_K3, "K3": NA}, {**WITHOUT_K3, "K3": NA}, WITHOUT_K3), True),
        (({**WITHOUT_K3, "K3": NA}, {**WITHOUT_K3, "K3": NA}, {"K1": 3, "K3": NA}), False),
    ],
)
def test_a_third_assessor_has_rated_every_applicable_criterion(
    ratings: tuple[Mapping[str, int | Rated], ...], there: bool
) -> None:
    wide = {**TOTAL, "guard": "0.30"}
    catalogue = build.catalogue(criterion("K1", 2), criterion("K2", 3), criterion("K3", 5), conditions=[wide])
    one = build.case(catalogue, by_people(*ratings), consensus={"K1": 3, "K2": 2})
    demand = next(d for d in the_tier(judged(one)).demands if d.demand == "third_assessor")
    assert demand.there is there


def test_a_consensus_is_no_third_assessor() -> None:
    one = build.case(build.catalogue(criterion("K1", 2), criterion("K2", 3)), both({"K1": 3, "K2": 2}),
                     consensus={"K1": 3, "K2": 2})  # fmt: skip
    assert the_tier(judged(one)).demands[0] == DemandResult("third_assessor", ("guard",), False)
