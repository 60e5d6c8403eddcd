"""The worked cases of the rules, on the first published catalogue; those of docs/rules.md as they stand there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.scoring.bounds import Levels, Shares, State
from kaasav.scoring.case import Case, Rated
from kaasav.scoring.result import Result, Status, TierState

from . import build
from .build import NA, both, dimension_of, judged, of, the_tier

LEVELS = ("mandatory", "rest")


@pytest.fixture(scope="module")
def published() -> Catalogue:
    return build.first_catalogue()


@pytest.fixture(scope="module")
def worked(published: Catalogue) -> Case:
    items, uses = build.plenty(published)
    return build.case(published, items=items, uses=uses)


def rated(worked: Case, mandatory: int, rest: int, **others: int | Rated) -> Result:
    """Two assessors who agree: mandatory criteria at one level, the rest at another, and some at their own."""
    given: Mapping[str, int | Rated] = {
        one.id: others.get(one.id, rest if one.mandatory is None else mandatory) for one in worked.catalogue.rated
    }
    people = {person: build.ratings(ratings) for person, ratings in both(given).items()}
    return judged(build.changed(worked, ratings=people))


def exactly(share: str) -> Shares:
    return Shares(Fraction(share), Fraction(share))


def test_the_evidence_carries_level_4_everywhere(worked: Case) -> None:
    result = rated(worked, 4, 4)
    assert {one.support.supported for one in result.criteria} == {Levels(4, 4)}
    assert len(result.criteria) == 28
    assert result.total == exactly("1")


@pytest.mark.parametrize(
    ("mandatory", "rest", "total", "state", "guard"),
    [
        (2, 2, "1/2", "not_met", False),
        (3, 2, "3/5", "met", True),
        (2, 3, "13/20", "met", False),
        (3, 3, "3/4", "met", False),
        (4, 4, "1", "met", False),
        (0, 0, "0", "not_met", False),
    ],
)
def test_levels(worked: Case, mandatory: int, rest: int, *, total: str, state: str, guard: bool) -> None:
    result = rated(worked, mandatory, rest)
    assert result.total == exactly(total)
    tier = the_tier(result)
    assert (result.status, tier.state, tier.guard) == (Status.COMPLETE, TierState(state), guard)


def test_village_elders_do_not_apply(worked: Case) -> None:
    result = rated(worked, 3, 2, K3=NA)
    assert dimension_of(result, "K").share == exactly("37/52")
    assert result.total == exactly("791/1300")
    assert str(float(result.total.lower * 100)).startswith("60.846")
    tier = the_tier(result)
    assert (result.status, tier.state, tier.guard) == (Status.COMPLETE, TierState.MET, True)
    assert of(result, "K3").share is None


def test_procurement_at_0_leaves_its_dimension_at_the_floor(worked: Case) -> None:
    result = rated(worked, 3, 2, T1=0)
    assert dimension_of(result, "T").share == exactly("24/60")
    floor = build.condition_of(result, "dimension_floor")
    assert floor.state is State.MET
    assert result.total == exactly("0.585")
    tier = the_tier(result)
    assert (tier.state, tier.guard) == (TierState.NOT_MET, True)


def test_one_point_less_in_that_dimension_fails_its_floor(worked: Case) -> None:
    result = rated(worked, 3, 2, T1=0, T4=1)
    assert dimension_of(result, "T").share == exactly("22/60")
    assert build.condition_of(result, "dimension_floor").state is State.FAILED


@pytest.mark.parametrize(("id_", "state"), [("K1", "failed"), ("K3", "met")])
def test_a_mandatory_criterion_below_its_least_level_fails_and_another_does_not(
    worked: Case, id_: str, state: str
) -> None:
    result = rated(worked, 4, 4, **{id_: 1})
    assert build.condition_of(result, "mandatory").state is State(state)
    assert the_tier(result).state is (TierState.NOT_MET if state == "failed" else TierState.MET)


def test_the_gate_fails_what_points_would_give(worked: Case) -> None:
    case = build.changed(worked, gates={"R2": build.gate("near_below")})
    assert the_tier(rated(case, 4, 4)).state is TierState.NOT_MET
    assert the_tier(rated(worked, 4, 4)).state is TierState.MET


# The table of docs/rules.md -----------------------------------------------------------------------------------------

RULES = Path(__file__).parents[2] / "docs" / "rules.md"
HEADINGS = ["mandatory criteria at", "the rest at", "but", "total", "tier", "guard"]
FLOOR_WORDS = {"exactly its floor": 0, "below its floor": -1}
STATES = {"met": TierState.MET, "not met": TierState.NOT_MET, "open": TierState.OPEN}


@dataclass(frozen=True)
class Told:
    """One row of the table; what a row leaves blank is None."""

    mandatory: int
    rest: int
    others: Mapping[str, int | Rated]
    share_of: tuple[str, Fraction] | None
    floor: int | None
    total: Fraction | None
    percent: str
    at_threshold: bool
    state: TierState
    guard: bool | None


def whole(pattern: str, text: str) -> re.Match[str]:
    """The match of all of ``text``; what nobody taught this test to read makes it fail."""
    found = re.fullmatch(pattern, text)
    assert found, f"not understood: {text!r}"
    return found


def told(mandatory: str, rest: str, but: str, total: str, tier: str, guard: str) -> Told:
    changes, _, outcome = but.partition(": ")
    others: dict[str, int | Rated] = {}
    for change in filter(None, changes.split(", ")):
        found = whole(r"(\w+) (?:does not apply|at (\d))", change)
        others[found[1]] = NA if found[2] is None else int(found[2])
    share, floor = None, None
    if outcome:
        found = whole(r"(\w) = (\d+/\d+)(?:, (.+))?", outcome)
        share, floor = (found[1], Fraction(found[2])), FLOOR_WORDS[found[3]] if found[3] else None
    points = whole(r"(?:(\d+/\d+) = ([\d.]+…?) %(, exactly the threshold)?)?", total)
    return Told(
        int(mandatory), int(rest), others, share, floor,
        Fraction(points[1]) if points[1] else None, points[2] or "", points[3] is not None,
        STATES[tier], {"yes": True, "no": False, "": None}[guard],
    )  # fmt: skip


def rows() -> list[list[str]]:
    section = RULES.read_text(encoding="utf-8").partition("\n## Worked cases\n")[2].partition("\n## ")[0]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    assert table[0] == HEADINGS
    return table[2:]


def percent(share: Fraction) -> str:
    """A share as the table writes it: exact, or cut off after three digits with the sign for more."""
    thousandths, rest = divmod(share * 100_000, 1)
    digits = f"{thousandths // 1000}.{thousandths % 1000:03}"
    return f"{digits}…" if rest else digits.rstrip("0").rstrip(".")


def test_the_table_is_read() -> None:
    """Nothing is left out: every row, and each kind of thing a row may say at least once."""
    read = [told(*row) for row in rows()]
    assert len(read) >= 7
    assert {one.state for one in read} == {TierState.MET, TierState.NOT_MET}
    assert {one.guard for one in read} == {True, False, None}
    assert {one.floor for one in read} == {None, 0, -1}
    assert any(one.at_threshold for one in read)
    assert any(NA in one.others.values() for one in read)
    assert any(one.percent.endswith("…") for one in read)


@pytest.mark.parametrize("row", rows(), ids=lambda row: ", ".join(row[:3]))
def test_every_row_of_the_table_comes_out(worked: Case, row: list[str]) -> None:
    one = told(*row)
    result = rated(worked, one.mandatory, one.rest, **one.others)
    tier = the_tier(result)
    assert (result.status, tier.state) == (Status.COMPLETE, one.state)
    if one.guard is not None:
        assert tier.guard is one.guard
    if one.total is not None:
        assert result.total == Shares(one.total, one.total)
        assert percent(one.total) == one.percent
        (points,) = build.condition_of(result, "total").parts
        assert one.at_threshold == (one.total == points.threshold)
    if one.share_of is not None:
        id_, share = one.share_of
        assert dimension_of(result, id_).share == Shares(share, share)
        if one.floor is not None:
            floor = build.condition_of(result, "dimension_floor")
            (threshold,) = {part.threshold for part in floor.parts}
            assert (share > threshold) - (share < threshold) == one.floor
            assert floor.state is (State.FAILED if one.floor else State.MET)


@pytest.mark.parametrize(
    ("column", "wrong"),
    [(0, "4"), (1, "0"), (2, "K3 at 2: K = 37/52"), (2, "K3 does not apply: K = 38/52"), (3, "3/5 = 60 %"),
     (3, "791/1300 = 60.847… %"), (3, "791/1300 = 60.846… %, exactly the threshold"), (4, "not met"), (5, "no")],
)  # fmt: skip
def test_a_wrong_row_would_be_found(worked: Case, column: int, wrong: str) -> None:
    good = ["3", "2", "K3 does not apply: K = 37/52", "791/1300 = 60.846… %", "met", "yes"]
    assert good in rows()
    test_every_row_of_the_table_comes_out(worked, good)
    with pytest.raises(AssertionError):
        test_every_row_of_the_table_comes_out(worked, [*good[:column], wrong, *good[column + 1 :]])
