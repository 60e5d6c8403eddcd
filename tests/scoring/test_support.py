"""What level the evidence carries, and how far each use counts."""

from collections.abc import Mapping
from typing import Any

import pytest

from kaasav.evidence.facts import State
from kaasav.problems import Location
from kaasav.scoring.bounds import Levels
from kaasav.scoring.case import Item, ItemVerdict, Rated, Use
from kaasav.scoring.support import LevelCheck, Need, NeedCheck, Strength, Support, UseResult
from kaasav.scoring.usability import Check

from . import build
from .build import ACCEPTED, NOT_ACCEPTED, PARTLY, criterion, item, judged, level, of, only, use

NONE, PART, FULL = Strength.NONE, Strength.PARTLY, Strength.FULL


def supported(
    needs: build.Needs,
    *items: Item,
    uses: tuple[Use, ...] = (),
    by_assessor: Mapping[str, Rated] | None = None,
    consensus: Rated | None = None,
) -> Support:
    """What ``items`` (each used as a whole unless said otherwise) carry of one criterion's needs."""
    result = judged(
        build.case(
            build.catalogue(criterion("K1", needs=needs)),
            {person: {"K1": rated} for person, rated in (by_assessor or {}).items()},
            consensus={"K1": consensus} if consensus else None,
            items=items,
            uses=uses or [use(one.id) for one in items],
        )
    )
    return of(result, "K1").support


def carried(*given: Any, **named: Any) -> tuple[int, int]:
    found = supported(*given, **named).supported
    return found.lower, found.upper


A, B, C, D = (item(name) for name in "abcd")
LETTER, NEWS, PAGE = item("letter", "letter"), item("news", "news"), item("page", "page")
OPEN = item("open", "minutes", None)


def test_no_evidence_supports_level_0() -> None:
    assert carried(build.ONE_EACH) == (0, 0)
    assert carried(build.FREE) == (4, 4)


@pytest.mark.parametrize(
    ("items", "levels"),
    [([A], (1, 1)), ([A, B], (2, 2)), ([A, B, C], (3, 3)), ([A, B, C, D], (4, 4)), ([A, B, C, D, PAGE], (4, 4))],
)
def test_items_are_totals(items: list[Item], levels: tuple[int, int]) -> None:
    assert carried(build.ONE_EACH, *items) == levels


def test_a_level_holds_only_if_all_below_do() -> None:
    needs: build.Needs = {1: {"items": 1, "any_of": [["letter"]]}, 2: {"items": 1}}
    assert carried(needs, A, B, C) == (0, 0)
    assert carried(needs, A, LETTER) == (4, 4)


def test_what_is_not_repeated_holds_on() -> None:
    needs: build.Needs = {1: {"items": 2, "outside": 1, "any_of": [["minutes"]]}, 3: {"items": 3}}
    assert carried(needs, A, LETTER) == (2, 2)
    assert carried(needs, A, LETTER, B) == (4, 4)
    assert [check.needs for check in supported(needs, A, LETTER).checks] == [
        (
            NeedCheck(Need.ITEMS, items, 2, 2),
            NeedCheck(Need.ANY_OF, 1, 1, 1, ("minutes",)),
            NeedCheck(Need.OUTSIDE, 1, 1, 1),
        )
        for items in (2, 2, 3, 3)
    ]


def test_a_need_for_outside_at_a_higher_level_replaces_the_lower_one() -> None:
    needs: build.Needs = {1: {"items": 1, "outside": 1}, 2: {"outside": 2}}
    assert carried(needs, LETTER) == (1, 1)
    assert carried(needs, LETTER, NEWS) == (4, 4)


def test_what_each_level_needs_is_told() -> None:
    needs: build.Needs = {1: {"items": 1}, 2: {"items": 1, "any_of": [["minutes", "page"], ["letter"]], "outside": 1}}
    first, second, third, fourth = supported(needs, A, OPEN).checks
    assert first == LevelCheck(1, (NeedCheck(Need.ITEMS, 1, 1, 2),))
    assert second == LevelCheck(
        2,
        (
            NeedCheck(Need.ITEMS, 1, 1, 2),
            NeedCheck(Need.ANY_OF, 1, 1, 2, ("minutes", "page")),
            NeedCheck(Need.ANY_OF, 1, 0, 0, ("letter",)),
            NeedCheck(Need.OUTSIDE, 1, 0, 0),
        ),
    )
    assert (third.level, fourth.level) == (3, 4)
    assert third.needs == fourth.needs == second.needs


def test_groups_add_up_over_levels() -> None:
    needs: build.Needs = {1: {"items": 1}, 2: {"any_of": [["minutes"]]}, 3: {"any_of": [["page"]]}}
    assert carried(needs, PAGE) == (1, 1)
    assert carried(needs, A) == (2, 2)
    assert carried(needs, A, PAGE) == (4, 4)


def test_one_item_may_stand_in_several_groups_and_count_as_outside() -> None:
    needs: build.Needs = {
        1: {"items": 1, "outside": 1, "any_of": [["letter", "minutes"], ["letter", "page"], ["letter"]]}
    }
    assert carried(needs, LETTER) == (4, 4)
    assert carried(needs, A, PAGE) == (0, 0)


@pytest.mark.parametrize(
    ("one", "outside"),
    [
        (item("x", "letter"), True),
        (item("x", "news"), True),
        (item("x", "news", origin="community"), True),
        (item("x", "letter", origin="joint"), False),
        (item("x", "letter", origin="municipality"), False),
        (item("x", "minutes"), False),
        (item("x", "interview"), False),
        (item("x", "page"), False),
    ],
)
def test_outside_is_the_community_or_a_third_party(one: Item, outside: bool) -> None:
    assert carried({1: {"items": 1}, 2: {"outside": 1}}, one) == ((4, 4) if outside else (1, 1))


def test_the_same_bytes_count_once() -> None:
    copy = item("copy", content="a")
    assert carried(build.ONE_EACH, A, copy) == (1, 1)
    assert carried(build.ONE_EACH, A, item("copy")) == (2, 2)
    letters = (LETTER, item("copy", "letter", content="letter"))
    assert carried({1: {"outside": 2}}, *letters) == (0, 0)
    assert carried({1: {"outside": 2}}, LETTER, item("copy", "letter")) == (4, 4)


def test_open_uses_make_two_bounds() -> None:
    assert carried(build.ONE_EACH, A, OPEN) == (1, 2)
    assert carried(build.ONE_EACH, A, B) == (2, 2)
    assert carried({1: {"items": 1}, 2: {"any_of": [["minutes"]]}}, PAGE, OPEN) == (1, 4)
    assert carried({1: {"items": 1}, 2: {"outside": 1}}, PAGE, item("open", "letter", None)) == (1, 4)


def test_unusable_uses_carry_nothing() -> None:
    assert carried(build.ONE_EACH, A, item("gone", state=State.MISSING), item("old", date="2001-01-01")) == (1, 1)


def test_what_is_used_for_another_criterion_carries_nothing_here() -> None:
    two = build.catalogue(criterion("K1", needs=build.ONE_EACH), criterion("K2", needs=build.ONE_EACH))
    result = judged(build.case(two, items=[A, B], uses=[use("a", "K1"), use("b", "K2"), use("a", "K2")]))
    assert [of(result, id_).support.supported for id_ in ("K1", "K2")] == [Levels(1, 1), Levels(2, 2)]


# Verdicts --------------------------------------------------------------------------------------------------------


def weighed(one: Item, by_assessor: Mapping[str, Rated], consensus: Rated | None = None) -> UseResult:
    result = judged(
        build.case(
            build.catalogue(criterion("K1")),
            {person: {"K1": rated} for person, rated in by_assessor.items()},
            consensus={"K1": consensus} if consensus else None,
            items=[one],
            uses=[use(one.id)],
        )
    )
    (found,) = of(result, "K1").uses
    return found


GONE = item("a", state=State.MISSING)
UNDATED = item("a", "minutes", None)


@pytest.mark.parametrize(
    ("one", "verdicts", "consensus", "strength"),
    [
        # the check alone
        (A, [], None, (FULL, FULL)),
        (UNDATED, [], None, (NONE, FULL)),
        (GONE, [], None, (NONE, NONE)),
        # from the worst to the best given
        (A, [ACCEPTED], None, (FULL, FULL)),
        (A, [PARTLY], None, (PART, PART)),
        (A, [NOT_ACCEPTED], None, (NONE, NONE)),
        (A, [ACCEPTED, PARTLY], None, (PART, FULL)),
        (A, [NOT_ACCEPTED, PARTLY], None, (NONE, PART)),
        (A, [NOT_ACCEPTED, ACCEPTED, PARTLY], None, (NONE, FULL)),
        (A, [NOT_ACCEPTED, NOT_ACCEPTED], None, (NONE, NONE)),
        # consensus stands over them
        (A, [NOT_ACCEPTED, PARTLY], ACCEPTED, (FULL, FULL)),
        (A, [ACCEPTED, ACCEPTED], NOT_ACCEPTED, (NONE, NONE)),
        (A, [], PARTLY, (PART, PART)),
        # and none gives back what the check took
        (UNDATED, [ACCEPTED, ACCEPTED], None, (NONE, FULL)),
        (UNDATED, [PARTLY], None, (NONE, PART)),
        (UNDATED, [], ACCEPTED, (NONE, FULL)),
        (UNDATED, [NOT_ACCEPTED], None, (NONE, NONE)),
        (GONE, [ACCEPTED, ACCEPTED], ACCEPTED, (NONE, NONE)),
    ],
)
def test_verdicts_only_ever_reject(
    one: Item, verdicts: list[ItemVerdict], consensus: ItemVerdict | None, strength: tuple[Strength, Strength]
) -> None:
    people = {person: only(a=verdict) for person, verdict in zip(["anu", "mari", "tiit"], verdicts, strict=False)}
    found = weighed(one, people, only(a=consensus) if consensus else None)
    assert (found.lower, found.upper) == strength


@pytest.mark.parametrize(
    ("by_assessor", "consensus", "differs"),
    [
        ({}, None, False),
        ({"anu": only(a=ACCEPTED)}, None, False),
        ({"anu": only(a=ACCEPTED), "mari": level(3)}, None, False),
        ({"anu": only(a=PARTLY), "mari": only(a=PARTLY)}, None, False),
        ({"anu": only(a=ACCEPTED), "mari": only(a=PARTLY)}, None, True),
        ({"anu": only(a=ACCEPTED), "mari": only(a=PARTLY)}, only(a=ACCEPTED), False),
        ({"anu": only(a=ACCEPTED), "mari": only(a=PARTLY)}, level(3), True),
    ],
)
def test_verdicts_differ_until_consensus_settles_them(
    by_assessor: dict[str, Rated], consensus: Rated | None, differs: bool
) -> None:
    assert weighed(A, by_assessor, consensus).differs is differs


def test_a_use_tells_what_it_is_and_who_said_what() -> None:
    one = item("a", "letter", None, origin="joint")
    found = weighed(one, {"mari": only(a=PARTLY), "anu": only(a=ACCEPTED)}, only(a=ACCEPTED))
    assert (found.item, found.criterion, found.kind, found.sha256) == ("a", "K1", "letter", build.sha("a"))
    assert (found.check, found.outside) == (Check.OPEN, False)
    assert found.verdicts == (("anu", ACCEPTED), ("mari", PARTLY), ("consensus", ACCEPTED))
    assert [reason.code for reason in found.reasons] == ["evidence-no-date"]
    where = Location("evidence.yaml", 3, 5)
    assert found.reasons[0].at(where).message == "it has no date, so its age cannot be judged"
    assert found.reasons[0].at(where).location == where


def test_a_verdict_counts_for_its_own_item_and_criterion_only() -> None:
    two = build.catalogue(criterion("K1"), criterion("K2"))
    result = judged(
        build.case(two, {"anu": {"K1": only(b=NOT_ACCEPTED)}}, items=[A, B], uses=[use("a"), use("b"), use("b", "K2")])
    )
    strengths = [(u.item, u.criterion, u.lower) for id_ in ("K1", "K2") for u in of(result, id_).uses]
    assert strengths == [("a", "K1", FULL), ("b", "K1", NONE), ("b", "K2", FULL)]


@pytest.mark.parametrize(
    ("needs", "full", "partly"),
    [
        ({1: {"items": 1}}, (4, 4), (2, 2)),
        ({1: {"items": 1}, 2: {"any_of": [["minutes"]]}}, (4, 4), (2, 2)),
        ({1: {"items": 1}, 3: {"items": 1}}, (4, 4), (2, 2)),
    ],
)
def test_partly_counts_for_levels_1_and_2_only(
    needs: dict[int, dict[str, Any]], full: tuple[int, int], partly: tuple[int, int]
) -> None:
    assert carried(needs, A, by_assessor={"anu": only(a=ACCEPTED)}) == full
    assert carried(needs, A, by_assessor={"anu": only(a=PARTLY)}) == partly


def test_what_holds_on_from_level_2_is_asked_in_full_from_level_3() -> None:
    needs: build.Needs = {1: {"items": 1}, 2: {"items": 2, "outside": 1}, 3: {"items": 2}}
    partly_outside = {"anu": only(letter=PARTLY)}
    assert carried(needs, A, B, LETTER, by_assessor=partly_outside) == (2, 2)
    assert carried(needs, A, B, LETTER, NEWS, by_assessor=partly_outside) == (4, 4)
    assert carried(needs, A, B, LETTER) == (4, 4)


def test_differing_verdicts_make_two_bounds() -> None:
    one_each = {1: {"items": 1}, 3: {"items": 2}}
    differing = {"anu": only(b=ACCEPTED), "mari": only(b=NOT_ACCEPTED)}
    assert carried(one_each, A, B, by_assessor=differing) == (2, 4)
    assert carried({1: {"items": 2}}, A, B, by_assessor=differing) == (0, 4)
    assert carried({1: {"items": 2}}, A, B, by_assessor={"anu": only(b=ACCEPTED), "mari": only(b=PARTLY)}) == (2, 4)
    assert carried(one_each, A, B, by_assessor=differing, consensus=only(b=ACCEPTED)) == (4, 4)


def test_words_and_numbers_of_a_record() -> None:
    assert [one.value for one in Need] == ["items", "any_of", "outside"]
    assert [one.value for one in ItemVerdict] == ["accepted", "partly", "not_accepted"]
    assert [(one.name, one.value) for one in Strength] == [("NONE", 0), ("PARTLY", 1), ("FULL", 2)]


def test_the_highest_level_is_the_scales() -> None:
    assert [check.level for check in supported(build.ONE_EACH).checks] == [1, 2, 3, 4]
