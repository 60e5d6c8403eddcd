"""What a step asks is told in the catalogue's words, less what is there already."""

from typing import Any

import pytest

from kaasav import language
from kaasav.improvement.shortest import shortest
from kaasav.improvement.start import Kind, Start
from kaasav.improvement.steps import EvidenceAsked, Named, Offer, StepPlan, plan
from kaasav.plain import plain

from ..scoring import build
from ..scoring.build import item, use
from .making import BEGIN, criterion, recorded

NEEDS = {
    1: {"items": 1},
    2: {"items": 2, "any_of": (("plan", "agreement"),), "outside": 1},
    3: {"items": 3, "any_of": (("minutes",),)},
}
ACCEPTS = ("minutes", "plan", "agreement", "letter")
CATALOGUE = build.catalogue(
    criterion("K1", needs=NEEDS, accepts=ACCEPTS), conditions=[{**build.TOTAL, "min_share": "0.75"}]
)


def plans(case: Any) -> tuple[StepPlan, ...]:
    record = recorded(case)
    way = shortest(Start.of(record, case.catalogue, BEGIN), case.catalogue, "label").way
    assert way is not None
    return plan(way, record, case.catalogue)


def test_evidence_still_missing_is_what_the_level_needs_less_what_is_usable() -> None:
    case = build.case(
        CATALOGUE,
        build.both({"K1": 1}),
        items=[item("a"), item("b", "letter", date=None)],
        uses=[use("a"), use("b")],
    )
    (one,) = plans(case)
    assert (one.criterion, one.start, one.to) == ("K1", 1, 3)
    assert one.evidence == (
        EvidenceAsked("items", 3, 1, 2, 2, tuple(Named(kind, kind) for kind in ACCEPTS)),
        EvidenceAsked("any_of", 1, 0, 0, 1, (Named("plan", "plan"), Named("agreement", "agreement"))),
        EvidenceAsked("outside", 1, 0, 1, 1, (Named("letter", "letter"),)),
    )
    assert one.open_uses == ("b",)


def test_evidence_that_is_there_already_is_not_asked_again() -> None:
    items = [
        item("a"), item("b", "plan", "2026-01-01", in_force=("2026-01-01", None)), item("c", "letter"), item("d")
    ]  # fmt: skip
    case = build.case(CATALOGUE, build.both({"K1": 2}), items=items, uses=[use(one.id) for one in items])
    (one,) = plans(case)
    assert (one.kind, one.evidence, one.open_uses) == (Kind.PRACTICE, (), ())


def test_a_practice_is_told_where_a_level_asks_for_it() -> None:
    (one,) = plans(build.case(build.catalogue(criterion("K1")), build.both({"K1": 0})))
    assert (one.to, one.practice_from, one.practice_months) == (3, 3, 12)
    half = build.catalogue(criterion("K1"), conditions=[{**build.TOTAL, "min_share": "0.50"}])
    (one,) = plans(build.case(half, build.both({"K1": 0})))
    assert (one.to, one.practice_from) == (2, None)


def test_the_published_catalogue_in_its_own_words() -> None:
    catalogue = build.first_catalogue()
    items, uses = build.plenty(catalogue)
    levels = {one.id: 1 if one.id == "K1" else 3 for one in catalogue.rated}
    record = recorded(build.case(catalogue, build.both(levels), items=items, uses=uses))
    way = shortest(Start.of(record, catalogue, BEGIN), catalogue, "kaasav_omavalitsus").way
    assert way is not None
    (one,) = plan(way, record, catalogue)
    assert (one.title, one.dimension) == (
        "Communities are defined and recognised",
        Named("K", "Communities and representation"),
    )
    (asked,) = one.levels
    assert (asked.level, asked.name, asked.effort, asked.lead_months) == (2, "Agreed", 2, 3)
    assert asked.text.startswith("Communities have defined themselves")
    assert one.advice == ("Invite communities to define themselves and confirm the result by order or agreement.",)
    assert one.support[0] == Offer("vorgustik", "Network of municipal practitioners", "SILab activity plan")
    assert (one.sources[0].title, one.sources[0].relation) == ("SILab activity plan", "direct")
    assert one.evidence == ()
    with language.using("et"):
        (one,) = plan(way, record, catalogue)
    assert one.title == "Kogukonnad on määratletud ja tunnustatud"


def test_advice_for_a_level_that_is_reached_is_not_given_again() -> None:
    catalogue = build.first_catalogue()
    items, uses = build.plenty(catalogue)
    case = build.case(catalogue, build.both({one.id: 2 for one in catalogue.rated}), items=items, uses=uses)
    record = recorded(case)
    way = shortest(Start.of(record, catalogue, BEGIN), catalogue, "kaasav_omavalitsus").way
    assert way is not None
    first = plan(way, record, catalogue)[0]
    assert (first.criterion, first.start) == ("K1", 2)
    assert [text.split()[0] for text in first.advice] == ["Find"]


@pytest.mark.parametrize(("to", "advised"), [(2, 1), (4, 2)])
def test_advice_is_for_the_levels_on_the_way(to: int, advised: int) -> None:
    catalogue = build.first_catalogue()
    record = recorded(build.case(catalogue, build.both({one.id: 0 for one in catalogue.rated})))
    way = shortest(Start.of(record, catalogue, BEGIN), catalogue, "kaasav_omavalitsus").way
    assert way is not None
    found = [one for one in plan(way, record, catalogue) if one.to == to]
    assert found
    assert {len(one.advice) for one in found} == {advised}
    assert plain(found)
