"""What people may set beforehand, and how they are told what they mistyped."""

import datetime

import pytest

from kaasav.improvement.constraints import Constraints, Fix, parse
from kaasav.improvement.start import Start

from ..scoring import build
from ..scoring.build import NA
from .making import BEGIN, SURVEYED, criterion, start_at

CATALOGUE = build.catalogue(criterion("K1"), criterion("K2"), criterion("K3"), SURVEYED)


@pytest.fixture
def start() -> Start:
    return start_at(CATALOGUE, {"K1": 1, "K2": 2, "K3": NA})


def test_all_of_them(start: Start) -> None:
    day = datetime.date(2028, 6, 30)
    found, problems = parse(["k1", "K2 = 3"], ["K1"], day, start, CATALOGUE)
    assert problems == []
    assert found == Constraints((Fix("K1", 1), Fix("K2", 3)), (), day)
    assert parse([], ["k1"], None, start, CATALOGUE)[0] == Constraints((), ("K1",))


@pytest.mark.parametrize(
    ("fix", "avoid", "code", "text"),
    [
        (["K11"], [], "way-criterion-unknown", "K11"),
        ([], ["Q"], "way-criterion-unknown", "K1, K2, K3, R9"),
        (["R9=4"], [], "way-criterion-surveyed", "survey"),
        (["K3"], [], "way-criterion-left-out", "does not apply"),
        (["K1=x"], [], "way-fix-unreadable", "K1=x"),
        (["K1=-1"], [], "way-fix-unreadable", "K1=-1"),
        ([""], [], "way-fix-unreadable", "neither"),
        (["K1=5"], [], "way-level-too-high", "ends at 4"),
        (["K2=1"], [], "way-level-below", "level 2 already"),
        (["K1=2", "K1=3"], [], "way-criterion-twice", "K1"),
        (["K1=2"], ["K1"], "way-criterion-twice", "K1"),
    ],
)
def test_a_mistake_is_told(start: Start, fix: list[str], avoid: list[str], code: str, text: str) -> None:
    _, problems = parse(fix, avoid, None, start, CATALOGUE)
    assert [problem.code for problem in problems] == [code]
    assert text in f"{problems[0].message} {problems[0].hint}"


def test_the_name_that_was_meant(start: Start) -> None:
    _, problems = parse([], ["K11"], None, start, CATALOGUE)
    assert problems[0].hint == "did you mean “K1”?"


def test_the_same_wish_twice_is_no_mistake(start: Start) -> None:
    found, problems = parse(["K1=2", "k1=2"], [], None, start, CATALOGUE)
    assert (found.fix, problems) == ((Fix("K1", 2),), [])


def test_a_day_before_the_way_begins(start: Start) -> None:
    _, problems = parse([], [], BEGIN - datetime.timedelta(1), start, CATALOGUE)
    assert [problem.code for problem in problems] == ["way-by-before-start"]
    assert parse([], [], BEGIN, start, CATALOGUE)[1] == []


@pytest.mark.parametrize(
    ("by", "months", "within"),
    [("2027-12-15", 12, True), ("2027-12-14", 12, False), ("2026-12-15", 0, True), ("2026-12-15", 99999, False)],
)
def test_lead_times_end_by_the_day(by: str, months: int, within: bool) -> None:
    assert Constraints(by=datetime.date.fromisoformat(by)).within(BEGIN, months) is within


@pytest.mark.parametrize("fix", ["K1", "k1=1"])
def test_what_is_held_need_not_be_left_alone_too(start: Start, fix: str) -> None:
    found, problems = parse([fix], ["K1", "K2"], None, start, CATALOGUE)
    level = start.by_id["K1"].level
    assert (found.fix, found.avoid, problems) == ((Fix("K1", level),), ("K2",), [])
    _, problems = parse([f"K1={level + 1}"], ["K1"], None, start, CATALOGUE)
    assert [problem.code for problem in problems] == ["way-criterion-twice"]
