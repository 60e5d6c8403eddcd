"""The shortest way on catalogues small enough to see the answer, and on the published one."""

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.improvement.constraints import NONE, Constraints, Fix
from kaasav.improvement.shortest import shortest, ways
from kaasav.improvement.start import Kind, Start
from kaasav.improvement.way import Loosened, Short, Way
from kaasav.plain import canonical, plain

from ..scoring import build
from ..scoring.build import level
from .making import BEGIN, SURVEYED, criterion, raised, record_at, recorded, start_at, with_papers

FLAT = {1: 1, 2: 1, 3: 1, 4: 1}
QUICK = {1: 0, 2: 0, 3: 0, 4: 0}
HALF = {**build.TOTAL, "min_share": "0.50"}


def way_of(catalogue: Any, levels: Mapping[str, Any], constraints: Constraints = NONE, **others: Any) -> Way:
    found = shortest(start_at(catalogue, levels), catalogue, "label", constraints, **others)
    assert found.way is not None
    assert found.no_way is None
    return found.way


def quickly(*ids: str) -> Catalogue:
    """Criteria that differ in nothing: every level takes an effort of 1 and no time."""
    return build.catalogue(*(criterion(id_, 1, FLAT, QUICK) for id_ in ids), conditions=[HALF], practice=(3, 0))


def test_a_heavy_criterion_goes_before_a_light_one() -> None:
    catalogue = build.catalogue(criterion("K1", 1), criterion("K2", 3), conditions=[HALF])
    way = way_of(catalogue, {"K1": 2, "K2": 1})
    assert (raised(way.steps), way.effort, way.lead_months, way.levels, way.total) == (
        {"K2": 2},
        2,
        3,
        1,
        Fraction(1, 2),
    )


def test_cheapest_first_step_by_step_would_cost_more() -> None:
    """Greedy takes K1 to 3 (effort 2 for 2 points) and then still needs K2; K2 alone does it for 3."""
    catalogue = build.catalogue(
        criterion("K1", 1, {1: 1, 2: 1, 3: 9, 4: 9}), criterion("K2", 1, {1: 3, 2: 0, 3: 0, 4: 9}), conditions=[HALF]
    )
    way = way_of(catalogue, {"K1": 0, "K2": 0})
    assert (raised(way.steps), way.effort) == ({"K1": 1, "K2": 3}, 4)
    way = way_of(catalogue, {"K1": 1, "K2": 0})
    assert (raised(way.steps), way.effort) == ({"K2": 3}, 3)


def test_of_the_same_effort_the_sooner_then_the_fewer_criteria_then_the_catalogues_order() -> None:
    slow, quick = {1: 1, 2: 1, 3: 1, 4: 30}, QUICK
    sooner = build.catalogue(criterion("K1", 1, FLAT, slow), criterion("K2", 1, FLAT, quick), conditions=[build.TOTAL])
    assert raised(way_of(sooner, {"K1": 3, "K2": 1}).steps) == {"K2": 2}
    fewer = quickly("K1", "K2", "K3")
    found = shortest(start_at(fewer, {"K1": 2, "K2": 0, "K3": 2}), fewer, "label")
    assert found.way is not None
    assert raised(found.way.steps) == {"K1": 4}
    assert [raised(one.steps) for one in found.alternatives] == [
        {"K2": 2},
        {"K3": 4},
        {"K1": 3, "K2": 1},
        {"K1": 3, "K3": 3},
        {"K2": 1, "K3": 3},
    ]
    assert found.more is False


def test_alternatives_beyond_those_listed_are_said() -> None:
    catalogue = quickly("K1", "K2", "K3", "K4")
    start = start_at(catalogue, {f"K{n}": 1 for n in range(1, 5)})
    found = shortest(start, catalogue, "label", alternatives=2)
    assert (len(found.alternatives), found.more) == (2, True)
    every = shortest(start, catalogue, "label", alternatives=100)
    assert every.more is False
    assert found.alternatives == every.alternatives[:2]


def test_mandatory_criteria_floors_and_total_hold_together() -> None:
    catalogue = build.catalogue(
        criterion("K1", 1, mandatory=2),
        criterion("K2", 9),
        criterion("O1", 1),
        criterion("O2", 9),
        conditions=[build.MANDATORY, build.FLOOR, HALF],
    )
    way = way_of(catalogue, {"K1": 1, "K2": 3, "O1": 4, "O2": 0})
    assert raised(way.steps) == {"K1": 2, "O2": 2}
    assert [(one.id, one.share) for one in way.dimensions] == [
        ("K", Fraction(29, 40)),
        ("O", Fraction(22, 40)),
    ]


def test_a_tier_asks_only_for_its_own_conditions() -> None:
    catalogue = build.catalogue(
        criterion("K1", mandatory=4),
        criterion("K2"),
        conditions=[build.MANDATORY, HALF],
        tiers=[build.tier("first", "total"), build.tier("second", "mandatory", "total")],
    )
    first, second = ways(start_at(catalogue, {"K1": 0, "K2": 3}), catalogue)
    assert first.shortest.way is not None
    assert second.shortest.way is not None
    assert (first.tier, raised(first.shortest.way.steps)) == ("first", {"K1": 1})
    assert (second.tier, raised(second.shortest.way.steps)) == ("second", {"K1": 4})


def test_met_already_needs_no_step() -> None:
    catalogue = build.catalogue(criterion("K1"), conditions=[HALF])
    found = shortest(start_at(catalogue, {"K1": 3}), catalogue, "label")
    assert found.way is not None
    assert (found.way.steps, found.way.effort, found.alternatives, found.more) == ((), 0, (), False)


def test_papers_cost_nothing_but_are_not_collected_in_vain() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), criterion("K3"), conditions=[HALF])
    start = with_papers(
        start_at(catalogue, {"K1": 2, "K2": 1, "K3": 2}), {"K2": (Kind.PAPERS, 3), "K3": (Kind.PAPERS, 3)}
    )
    found = shortest(start, catalogue, "label")
    assert found.way is not None
    (step,) = found.way.steps
    assert (step.criterion, step.to, step.kind, step.effort, step.lead_months) == ("K2", 2, Kind.PAPERS, 0, 0)
    assert [raised(one.steps) for one in found.alternatives] == [{"K3": 3}]


def test_a_step_of_papers_and_practice_is_practice() -> None:
    catalogue = build.catalogue(criterion("K1"), conditions=[{**build.TOTAL, "min_share": "0.75"}])
    start = with_papers(start_at(catalogue, {"K1": 1}), {"K1": (Kind.PAPERS, 2)})
    found = shortest(start, catalogue, "label")
    assert found.way is not None
    (step,) = found.way.steps
    assert (step.kind, [rise.kind for rise in step.rises], step.effort) == (
        Kind.PRACTICE,
        [Kind.PAPERS, Kind.PRACTICE],
        3,
    )


# Constraints -----------------------------------------------------------------------------------------------------

THREE = build.catalogue(*(criterion(f"K{n}", 1, FLAT) for n in (1, 2, 3)), conditions=[HALF])
AT_ONE = {"K1": 1, "K2": 1, "K3": 2}


@pytest.mark.parametrize(
    ("constraints", "steps"),
    [
        (Constraints(), {"K1": 3}),
        (Constraints((Fix("K1", 1),)), {"K2": 3}),
        (Constraints((Fix("K2", 2),)), {"K1": 2, "K2": 2}),
        (Constraints((Fix("K2", 4),)), {"K2": 4}),  # more than was needed, and nothing else
        (Constraints(avoid=("K1",)), {"K2": 3}),
        (Constraints(avoid=("K1", "K2")), {"K3": 4}),
    ],
)
def test_constraints_are_heeded(constraints: Constraints, steps: dict[str, int]) -> None:
    way = way_of(quickly("K1", "K2", "K3"), AT_ONE, constraints)
    assert (raised(way.steps), way.avoided) == (steps, ())


@pytest.mark.parametrize(("by", "steps"), [("2028-03-15", {"K1": 3}), ("2028-03-14", {"K1": 2, "K2": 2})])
def test_only_what_is_ready_by_the_day(by: str, steps: dict[str, int]) -> None:
    catalogue = build.catalogue(
        criterion("K1", 1, {2: 1, 3: 1, 4: 1}), criterion("K2", 1, {2: 2, 3: 9, 4: 9}), conditions=[HALF]
    )
    way = way_of(catalogue, {"K1": 1, "K2": 1}, Constraints(by=datetime.date.fromisoformat(by)))
    assert raised(way.steps) == steps


def test_what_was_to_be_avoided_is_taken_only_where_there_is_no_way_without() -> None:
    catalogue = build.catalogue(
        criterion("K1", 1, {4: 1}), criterion("K2", 1, {4: 9}), conditions=[{**build.TOTAL, "min_share": "0.90"}]
    )
    way = way_of(catalogue, {"K1": 2, "K2": 3}, Constraints(avoid=("K1",)))
    assert (raised(way.steps), way.avoided) == ({"K1": 4, "K2": 4}, ("K1",))
    way = way_of(catalogue, {"K1": 2, "K2": 4}, Constraints(avoid=("K1", "K2")))
    assert (raised(way.steps), way.avoided) == ({"K1": 4}, ("K1",))


def test_no_way_says_what_stays_short_and_what_would_open_one() -> None:
    constraints = Constraints((Fix("K1", 1), Fix("K2", 1), Fix("K3", 2)), by=datetime.date(2036, 1, 1))
    found = shortest(start_at(THREE, AT_ONE), THREE, "label", constraints)
    assert (found.way, found.alternatives) == (None, ())
    assert found.no_way is not None
    assert found.no_way.short == (Short("total", "total", "total", Fraction(1, 3), Fraction(1, 2)),)
    assert found.no_way.each == tuple(Loosened("fix", one.criterion, one.level) for one in constraints.fix)
    assert found.no_way.together == ()


def test_constraints_that_open_a_way_only_together() -> None:
    constraints = Constraints((Fix("K1", 0), Fix("K2", 1)), by=datetime.date(2027, 1, 31))
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), conditions=[{**HALF, "min_share": "0.80"}])
    found = shortest(start_at(catalogue, {"K1": 0, "K2": 1}), catalogue, "label", constraints)
    assert found.no_way is not None
    assert found.no_way.each == ()
    assert [(one.what, one.criterion) for one in found.no_way.together] == [("fix", "K1"), ("fix", "K2"), ("by", None)]


def test_a_constraint_that_can_be_spared_is_not_among_them() -> None:
    catalogue = build.catalogue(*(criterion(f"K{n}") for n in (1, 2, 3)), conditions=[{**HALF, "min_share": "0.80"}])
    held = Constraints((Fix("K3", 3), Fix("K1", 0), Fix("K2", 0)))
    found = shortest(start_at(catalogue, {"K1": 0, "K2": 0, "K3": 3}), catalogue, "label", held)
    assert found.no_way is not None
    assert (found.no_way.each, [one.criterion for one in found.no_way.together]) == ((), ["K1", "K2"])


def test_a_mandatory_level_out_of_reach_is_named() -> None:
    catalogue = build.catalogue(criterion("K1", mandatory=3), criterion("K2"), conditions=[build.MANDATORY, HALF])
    by = datetime.date(2027, 5, 1)
    found = shortest(start_at(catalogue, {"K1": 2, "K2": 4}), catalogue, "label", Constraints(by=by))
    assert found.no_way is not None
    assert found.no_way.short == (Short("mandatory", "mandatory", "K1", Fraction(2), Fraction(3)),)
    assert found.no_way.each == (Loosened("by", by=by),)


def test_a_wish_that_the_day_forbids() -> None:
    constraints = Constraints((Fix("K1", 3),), by=datetime.date(2027, 6, 30))
    found = shortest(start_at(THREE, AT_ONE), THREE, "label", constraints)
    assert found.no_way is not None
    assert found.no_way.short == (Short("", "fix", "K1", Fraction(2), Fraction(3)),)
    assert [one.what for one in found.no_way.each] == ["fix", "by"]


# Gate and guard band ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "met"), [("met", True), ("near_above", False), ("near_below", False)])
def test_a_gate_is_a_condition_of_its_own(state: Any, met: bool) -> None:
    catalogue = build.catalogue(criterion("K1"), SURVEYED, conditions=[HALF, build.GATE])
    start = Start.of(record_at(catalogue, {"K1": 1}, gate_state=state), catalogue, BEGIN)
    found = shortest(start, catalogue, "label")
    assert found.way is not None
    assert raised(found.way.steps) == {"K1": 2}
    assert ([gate.survey for gate in found.gates], found.gates_met) == ([state], met)


def test_out_of_the_guard_band_exactly() -> None:
    """Threshold 0.60, band 0.03: 63 % is out of it, 62 % is not."""
    catalogue = build.catalogue(
        criterion("K1", 25, FLAT),
        *(criterion(f"K{n}", 1, FLAT) for n in range(2, 27)),
        criterion("K99", 50, {3: 99, 4: 99}),
    )
    levels = {one.id: 2 for one in catalogue.rated} | {"K1": 4, "K99": 2}
    (one,) = ways(start_at(catalogue, levels), catalogue)
    assert one.shortest.way is not None
    assert (one.shortest.way.steps, one.shortest.way.guard, one.shortest.way.total) == ((), True, Fraction(5, 8))
    assert one.out_of_guard is not None
    assert one.out_of_guard.way is not None
    assert (one.out_of_guard.clear_guard, one.out_of_guard.way.guard) == (True, False)
    assert (one.out_of_guard.way.total, one.out_of_guard.way.levels) == (Fraction(63, 100), 2)


def test_only_the_guard_band_cannot_be_left() -> None:
    catalogue = build.catalogue(criterion("K1", 3), criterion("K2", 2))
    start = start_at(catalogue, {"K1": 4, "K2": 0})
    held = Constraints((Fix("K2", 0),))
    (one,) = ways(start, catalogue, held)
    assert one.out_of_guard is not None
    assert one.out_of_guard.no_way is not None
    assert one.out_of_guard.no_way.short == (Short("total", "guard", "total", Fraction(3, 5), Fraction(63, 100)),)


def test_a_way_that_ends_outside_the_band_needs_no_second() -> None:
    catalogue = build.catalogue(criterion("K1"))
    (one,) = ways(start_at(catalogue, {"K1": 2}), catalogue)
    assert one.shortest.way is not None
    assert (one.shortest.way.total, one.out_of_guard) == (Fraction(3, 4), None)


# The published catalogue -----------------------------------------------------------------------------------------


def test_the_published_catalogue_from_everything_at_2() -> None:
    """40 points are missing, each level takes an effort of 3: six levels give 36 points at most, seven are enough."""
    catalogue = build.first_catalogue()
    start = start_with_plenty(catalogue, {one.id: 2 for one in catalogue.rated})
    found = shortest(start, catalogue, "kaasav_omavalitsus")
    assert found.way is not None
    assert raised(found.way.steps) == {"K1": 4, "K2": 4, "O1": 4, "O2": 3}
    assert (found.way.effort, found.way.lead_months, found.way.guard) == (21, 24, True)
    for one in found.alternatives:
        assert (one.effort, one.lead_months, one.levels, len(one.steps)) == (21, 24, 7, 4)
    assert len({canonical(plain(one)) for one in (found.way, *found.alternatives)}) == 6
    assert found.more is True


def test_the_published_catalogue_within_a_year() -> None:
    """To level 3 only: seven criteria give 38 points at most, so it takes eight."""
    catalogue = build.first_catalogue()
    start = start_with_plenty(catalogue, {one.id: 2 for one in catalogue.rated})
    found = shortest(start, catalogue, "kaasav_omavalitsus", Constraints(by=datetime.date(2027, 12, 15)))
    assert found.way is not None
    assert (found.way.effort, found.way.lead_months, len(found.way.steps)) == (24, 12, 8)


def start_with_plenty(catalogue: Any, levels: Mapping[str, Any]) -> Start:
    items, uses = build.plenty(catalogue)
    return Start.of(recorded(build.case(catalogue, build.both(levels), items=items, uses=uses)), catalogue, BEGIN)


def test_a_practice_that_only_has_to_last_longer_goes_before_new_work() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), conditions=[{**build.TOTAL, "min_share": "0.60"}])
    way = way_of(catalogue, {"K1": 2, "K2": level(3, "2026-06-20")})
    (step,) = way.steps
    assert (step.criterion, step.kind, step.effort, step.lead_months) == ("K2", Kind.TIME, 0, 7)


def test_the_same_question_gives_the_same_bytes() -> None:
    catalogue = build.first_catalogue()
    start = start_with_plenty(catalogue, {one.id: n % 3 for n, one in enumerate(catalogue.rated)})
    first, second = (canonical(plain(ways(start, catalogue))) for _ in range(2))
    assert first == second
