"""The worked cases of the rules, on the first published catalogue."""

from collections.abc import Mapping
from fractions import Fraction

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
