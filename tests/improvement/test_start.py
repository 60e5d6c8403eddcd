"""Where a municipality stands, and what each higher level would take."""

import datetime

import pytest

from kaasav.improvement.start import Assumed, Gate, Kind, Start
from kaasav.plain import plain

from ..scoring import build
from ..scoring.build import NA, item, level, use
from .making import BEGIN, EFFORT, SURVEYED, criterion, record_at, recorded, start_at


def test_the_start_is_the_counted_level_and_every_level_above_costs_what_the_catalogue_says() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"))
    start = start_at(catalogue, {"K1": 1, "K2": 4})
    first, second = start.criteria
    assert (first.level, [(rise.level, rise.kind, rise.effort, rise.lead_months) for rise in first.rises]) == (
        1,
        [(2, Kind.PRACTICE, 2, 3), (3, Kind.PRACTICE, 3, 12), (4, Kind.PRACTICE, 3, 12)],
    )
    assert (second.level, second.rises) == (4, ())


@pytest.mark.parametrize(
    ("lead", "begin", "to", "months"),
    [
        ({1: 1, 2: 3, 3: 2, 4: 5}, 0, 2, 4),  # levels follow one another
        ({1: 1, 2: 3, 3: 2, 4: 5}, 1, 3, 12),  # a practice takes at least as long as it must last
        ({1: 1, 2: 3, 3: 14, 4: 5}, 1, 3, 17),
        ({1: 1, 2: 3, 3: 14, 4: 5}, 3, 4, 5),  # the practice is there already
        ({1: 1, 2: 3, 3: 2, 4: 11}, 2, 4, 13),
        ({1: 1, 2: 3, 3: 2, 4: 5}, 2, 2, 0),
    ],
)
def test_lead_time(lead: dict[int, int], begin: int, to: int, months: int) -> None:
    (one,) = start_at(build.catalogue(criterion("K1", lead=lead)), {"K1": begin}).criteria
    assert one.lead_months(to) == months


def test_levels_that_evidence_holds_back_ask_for_papers_only() -> None:
    catalogue = build.catalogue(criterion("K1", needs=build.ONE_EACH))
    case = build.case(catalogue, build.both({"K1": 3}), items=[item("a")], uses=[use("a")])
    (one,) = Start.of(recorded(case), catalogue, BEGIN).criteria
    assert one.level == 1
    assert [(r.level, r.kind, r.effort) for r in one.rises] == [
        (2, Kind.PAPERS, 0),
        (3, Kind.PAPERS, 0),
        (4, Kind.PRACTICE, 3),
    ]
    assert [one.lead_months(to) for to in (2, 3, 4)] == [0, 0, 12]


@pytest.mark.parametrize(
    ("since", "begin", "months"),
    [
        ("2026-03-10", "2026-12-15", 3),
        ("2026-03-15", "2026-12-15", 3),
        ("2026-03-16", "2026-12-15", 4),
        ("2025-11-01", "2026-12-15", 0),  # old enough by now, though not on the evidence date
        (None, "2026-12-15", 12),  # nobody says since when: the whole time
    ],
)
def test_a_practice_that_is_too_young_only_waits(since: str | None, begin: str, months: int) -> None:
    catalogue = build.catalogue(criterion("K1"))
    record = record_at(catalogue, {"K1": level(3, since or None)})
    if since == "2025-11-01":
        record["result"]["criteria"][0]["rated"]["votes"] = [
            {"person": "anu", "level": 3, "counted": 2, "practice_since": since, "not_applicable": False}
        ]
        record["result"]["criteria"][0]["counted"] = {"lower": 2, "upper": 2}
        record["result"]["criteria"][0]["rated"]["levels"] = {"lower": 2, "upper": 2}
    (one,) = Start.of(record, catalogue, datetime.date.fromisoformat(begin)).criteria
    assert (one.level, one.rises[0].kind, one.effort(3), one.lead_months(3)) == (2, Kind.TIME, 0, months)
    assert one.lead_months(4) == max(12, months)


def test_the_self_assessment_beside_assessors_decides_nothing() -> None:
    catalogue = build.catalogue(criterion("K1"))
    case = build.case(catalogue, build.both({"K1": 1}), claims={"K1": 4})
    (one,) = Start.of(recorded(case), catalogue, BEGIN).criteria
    assert {rise.kind for rise in one.rises} == {Kind.PRACTICE}


def test_what_does_not_apply_is_left_out_and_what_is_claimed_counts_as_applying() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), criterion("K3"))
    case = build.case(catalogue, build.both({"K1": 2, "K2": NA}), claims={"K3": NA})
    start = Start.of(recorded(case), catalogue, BEGIN)
    assert (list(start.by_id), start.left_out, start.claimed) == (["K1", "K3"], ("K2",), ("K3",))
    assert (start.unrated, start.levels, start.could_be_shorter) == (("K3",), {"K1": 2, "K3": 0}, ("K3",))


def test_open_uses_start_from_below_and_say_that_it_could_be_shorter() -> None:
    catalogue = build.catalogue(criterion("K1", needs=build.ONE_EACH))
    case = build.case(catalogue, build.both({"K1": 2}), items=[item("a", date=None)], uses=[use("a")])
    start = Start.of(recorded(case), catalogue, BEGIN)
    assert (start.levels, start.could_be_shorter, start.criteria[0].open_uses) == ({"K1": 0}, ("K1",), True)


def test_what_the_catalogue_does_not_state_is_not_zero() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2", effort={4: 9}, lead={}))
    start = start_at(catalogue, {"K1": 2, "K2": 2})
    assert [(rise.effort, rise.lead_months) for rise in start.by_id["K2"].rises] == [(3, 12), (9, 12)]
    assert start.assumed == (
        Assumed("K2", 3, "effort", 3),
        Assumed("K2", 3, "lead_months", 12),
        Assumed("K2", 4, "lead_months", 12),
    )


def test_a_catalogue_that_states_nothing_counts_levels() -> None:
    start = start_at(build.catalogue(criterion("K1", effort={}, lead={})), {"K1": 2})
    assert [(rise.effort, rise.lead_months) for rise in start.criteria[0].rises] == [(1, 12), (1, 12)]


def test_gates_are_kept_as_recorded() -> None:
    catalogue = build.catalogue(criterion("K1"), SURVEYED, conditions=[build.TOTAL, build.GATE])
    start = Start.of(record_at(catalogue, {"K1": 2}, gate_state="near_above"), catalogue, BEGIN)
    assert start.gates == (Gate("gate", "R9", "open", "near_above"),)


def test_it_is_plain_data_without_floats() -> None:
    assert plain(start_at(build.catalogue(criterion("K1", effort=EFFORT)), {"K1": 1}))["criteria"][0]["level"] == 1
