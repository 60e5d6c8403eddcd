"""From a case to its result: counted levels, status, what is missing, and the plain form a record keeps."""

import datetime
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

from kaasav import language
from kaasav.evidence.facts import State
from kaasav.plain import canonical, plain
from kaasav.scoring import RULES
from kaasav.scoring.bounds import Levels, Shares
from kaasav.scoring.case import Case, Rated
from kaasav.scoring.judge import judge
from kaasav.scoring.result import Status

from . import build
from .build import ACCEPTED, NA, NOT_ACCEPTED, PARTLY, at, both, criterion, item, judged, level, of, only, use

ONE_EACH = build.catalogue(criterion("K1", needs=build.ONE_EACH), criterion("O1"))
FILES = [item(name) for name in "abcd"]
OPEN = item("open", "minutes", None)


# Counted level ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anu", "mari", "files", "counted", "held_back"),
    [
        (2, 2, "ab", (2, 2), False),
        (2, 2, "abcd", (2, 2), False),
        (3, 3, "ab", (2, 2), True),
        (3, 3, "", (0, 0), True),
        (1, 3, "ab", (1, 2), True),
        (1, 3, "abc", (1, 3), False),
        (3, 4, "ab", (2, 2), True),
        (3, 3, "abo", (2, 3), True),
        (1, 3, "abo", (1, 3), False),
        (4, 4, "aboo", (2, 4), True),
    ],
)
def test_counted_is_the_lower_of_rated_and_supported(
    anu: int, mari: int, files: str, *, counted: tuple[int, int], held_back: bool
) -> None:
    items = [item(f"{name}{n}", "minutes", None if name == "o" else "2026-05-01") for n, name in enumerate(files)]
    one = build.case(
        ONE_EACH, {"anu": {"K1": anu, "O1": 2}, "mari": {"K1": mari, "O1": 2}},
        items=items, uses=[use(it.id) for it in items],
    )  # fmt: skip
    found = of(judged(one), "K1")
    assert found.counted == Levels(*counted)
    assert found.share == Shares(Fraction(counted[0], 4), Fraction(counted[1], 4))
    assert found.held_back is held_back


def test_unrated_counts_from_0_to_what_is_supported() -> None:
    one = build.case(ONE_EACH, both({"O1": 2}), items=FILES[:2], uses=[use("a"), use("b")])
    found = of(judged(one), "K1")
    assert (found.rated.levels, found.counted, found.held_back) == (Levels(0, 4), Levels(0, 2), False)
    assert judged(one).dimensions[0].share == Shares(Fraction(0), Fraction(1, 2))


def test_what_does_not_apply_has_no_level() -> None:
    catalogue = build.catalogue(criterion("K1", 2), criterion("K2", 3))
    result = judged(build.case(catalogue, both({"K1": NA, "K2": 3})))
    gone, there = result.criteria
    assert (gone.applies, gone.counted, gone.share, gone.held_back) == (False, None, None, False)
    assert (there.applies, there.counted) == (True, Levels(3, 3))
    assert result.total == Shares(Fraction(3, 4), Fraction(3, 4))


def test_an_unsettled_claim_spans_both_outcomes() -> None:
    catalogue = build.catalogue(criterion("K1", 1), criterion("K2", 3), criterion("O1", 4))
    result = judged(build.case(catalogue, {"anu": {"K1": NA, "K2": 2, "O1": 2}, "mari": {"K1": 4, "K2": 2, "O1": 2}}))
    claimed = of(result, "K1")
    assert (claimed.applies, claimed.counted) == (None, Levels(0, 4))
    assert [one.share for one in result.dimensions] == [
        Shares(Fraction(3, 8), Fraction(5, 8)),
        Shares(Fraction(1, 2), Fraction(1, 2)),
    ]
    assert result.total == Shares(Fraction(7, 16), Fraction(9, 16))


def test_a_dimension_in_which_nothing_applies_is_an_error() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), criterion("O1"))
    result, problems = judge(build.case(catalogue, both({"K1": NA, "K2": NA, "O1": 3})))
    assert result is None
    assert [(problem.code, problem.severity, problem.details) for problem in problems] == [
        ("dimension-not-applicable", "error", (("dimension", "K"),))
    ]
    judged(build.case(catalogue, both({"K1": NA, "K2": 0, "O1": 3})))
    judged(build.case(catalogue, {"anu": {"K1": NA, "K2": NA, "O1": 3}, "mari": {"K1": NA, "K2": 1, "O1": 3}}))


def test_every_such_dimension_is_told_at_once() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("O1"), criterion("S1"))
    _, problems = judge(build.case(catalogue, both({"K1": NA, "O1": 3, "S1": NA})))
    assert [problem.details for problem in problems] == [(("dimension", "K"),), (("dimension", "S"),)]


# Status ----------------------------------------------------------------------------------------------------------

TWO = build.catalogue(criterion("K1"), criterion("K2"))
DIFFERING: dict[str, dict[str, int | Rated]] = {
    "anu": {"K1": level(2, a=ACCEPTED), "K2": 2},
    "mari": {"K1": level(2, a=PARTLY), "K2": 2},
}


def status(by_assessor: Mapping[str, Mapping[str, int | Rated]], **more: Any) -> str:
    return judged(build.case(TWO, by_assessor, **more)).status.value


@pytest.mark.parametrize(
    ("by_assessor", "more", "expected"),
    [
        # preview: no assessor, no consensus
        ({}, {}, "preview"),
        ({}, {"claims": {"K1": 2, "K2": 2}}, "preview"),
        ({}, {"claims": {"K1": NA, "K2": 2}}, "preview"),
        ({"anu": {}, "mari": {"K1": only(a=ACCEPTED)}}, {}, "preview"),
        # incomplete: something unrated, or a claim unsettled
        (both({"K1": 2}), {}, "incomplete"),
        (both({"K1": 2}), {"claims": {"K2": 2}}, "incomplete"),
        ({"anu": {"K1": 2}}, {}, "incomplete"),
        ({}, {"consensus": {"K1": 2}}, "incomplete"),
        ({"anu": {"K1": NA, "K2": 2}, "mari": {"K1": 2, "K2": 2}}, {}, "incomplete"),
        ({"anu": {"K1": 2, "K2": 2}}, {"claims": {"K1": NA}}, "incomplete"),
        # preliminary: too few, even with a consensus
        ({"anu": {"K1": 2, "K2": 2}}, {}, "preliminary"),
        ({"anu": {"K1": 2, "K2": 2}, "mari": {"K1": 2}}, {}, "preliminary"),
        ({"anu": {"K1": 2, "K2": 2}, "mari": {"K1": 3}}, {}, "preliminary"),
        ({"anu": {"K1": 2, "K2": 2}, "mari": {"K1": 2}}, {"consensus": {"K1": 2, "K2": 2}}, "preliminary"),
        ({}, {"consensus": {"K1": 2, "K2": 2}}, "preliminary"),
        ({"anu": {"K2": 2}, "mari": {"K2": 2}}, {"consensus": {"K1": NA, "K2": 2}}, "preliminary"),
        # unsettled: an interval, an open use, or differing verdicts
        ({"anu": {"K1": 2, "K2": 2}, "mari": {"K1": 2, "K2": 3}}, {}, "unsettled"),
        (DIFFERING, {"items": FILES, "uses": [use("a")]}, "unsettled"),
        (both({"K1": 2, "K2": 2}), {"items": [OPEN], "uses": [use("open")]}, "unsettled"),
        # complete
        (both({"K1": 2, "K2": 2}), {}, "complete"),
        (both({"K1": NA, "K2": 2}), {}, "complete"),
        (both({"K1": 2, "K2": 2}), {"claims": {"K1": NA, "K2": 4}}, "complete"),
        ({"anu": {"K1": 2, "K2": 2}, "mari": {"K1": 2, "K2": 3}}, {"consensus": {"K2": 3}}, "complete"),
        (both({"K1": 2, "K2": 2}), {"items": FILES, "uses": [use("a"), use("b", "K2")]}, "complete"),
        (DIFFERING, {"items": FILES, "uses": [use("a")], "consensus": {"K1": only(a=PARTLY)}}, "complete"),
    ],
)
def test_status_is_the_first_that_holds(
    by_assessor: dict[str, Mapping[str, int | Rated]], more: dict[str, Any], expected: str
) -> None:
    assert status(by_assessor, **more) == expected


def test_how_many_assessors_is_the_catalogues() -> None:
    one, three = (build.catalogue(criterion("K1"), min_assessors=n) for n in (1, 3))
    assert judged(build.case(one, {"anu": {"K1": 2}})).status is Status.COMPLETE
    assert judged(build.case(three, both({"K1": 2}))).status is Status.PRELIMINARY


def test_a_range_the_evidence_cuts_to_one_level_is_still_unsettled() -> None:
    one = build.case(
        ONE_EACH, {"anu": {"K1": 2, "O1": 2}, "mari": {"K1": 3, "O1": 2}}, items=FILES[:1], uses=[use("a")]
    )
    assert of(judged(one), "K1").counted == Levels(1, 1)
    assert judged(one).status is Status.UNSETTLED


def test_an_open_use_everybody_rejects_is_settled() -> None:
    rejecting: dict[str, int | Rated] = {"K1": level(2, open=NOT_ACCEPTED), "K2": 2}
    silent: dict[str, int | Rated] = {"K1": 2, "K2": 2}
    more: dict[str, Any] = {"items": [OPEN], "uses": [use("open")]}
    assert status({"anu": rejecting, "mari": rejecting}, **more) == "complete"
    assert status({"anu": rejecting, "mari": silent}, **more) == "complete"
    assert status({"anu": silent, "mari": silent}, **more) == "unsettled"


def test_differing_verdicts_on_what_is_unusable_anyway_still_differ() -> None:
    assert status(DIFFERING, items=[item("a", state=State.MISSING)], uses=[use("a")]) == "unsettled"


def test_open_uses_of_what_does_not_apply_are_not_asked() -> None:
    more: dict[str, Any] = {"items": [OPEN], "uses": [use("open")]}
    assert status(both({"K1": NA, "K2": 2}), **more) == "complete"
    assert status(both({"K1": 2, "K2": NA}), **more) == "unsettled"


def test_an_open_use_that_raises_no_level_is_still_open() -> None:
    assert of(judged(build.case(TWO, both({"K1": 2, "K2": 2}), items=[OPEN], uses=[use("open")])), "K1").counted == (
        Levels(2, 2)
    )
    assert status(both({"K1": 2, "K2": 2}), items=[OPEN], uses=[use("open")]) == "unsettled"


@pytest.mark.parametrize(
    ("by_assessor", "more", "missing"),
    [
        (both({"K1": 2, "K2": 2}), {}, ()),
        (both({"K1": 2}), {}, ("K2",)),
        ({}, {}, ("K1", "K2")),
        ({}, {"claims": {"K2": 2}}, ("K1",)),
        ({"anu": {"K1": NA, "K2": 2}, "mari": {"K1": 2, "K2": 2}}, {}, ("K1",)),
        (both({"K1": NA, "K2": 2}), {}, ()),
    ],
)
def test_what_is_missing(
    by_assessor: dict[str, Mapping[str, int | Rated]], more: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert judged(build.case(TWO, by_assessor, **more)).missing == missing


def test_a_case_needs_nothing_but_a_catalogue_and_dates() -> None:
    one = Case(TWO, build.EVIDENCE_DATE, build.CLOSING_DATE, items={}, uses=())
    assert (one.claims, one.ratings, one.consensus, one.gates) == ({}, {}, {}, {})
    assert (judged(one).status, judged(one).total) == (Status.PREVIEW, Shares(Fraction(0), Fraction(1)))


def test_words_of_a_record() -> None:
    assert [one.value for one in Status] == ["preview", "incomplete", "preliminary", "unsettled", "complete"]
    assert RULES == 1


# The result as plain data ----------------------------------------------------------------------------------------


def rich_case() -> Case:
    """A case in which nearly everything that can happen does."""
    catalogue = build.catalogue(
        criterion("K1", 3, needs=build.ONE_EACH, mandatory=2),
        criterion("K2", 2, needs={1: {"items": 1, "any_of": [["letter"]], "outside": 1}}),
        criterion("R1", 2, accepts=["minutes"], max_age=6),
        criterion("R2", 1),
        build.SURVEYED,
        conditions=[MANDATORY, build.FLOOR, build.TOTAL, build.GATE],
    )
    items = [
        *FILES, OPEN, item("letter", "letter", origin="joint"), item("gone", state=State.MISSING),
        item("old", date="2001-01-01"), item("act", "plan", None, in_force=("2020-01-01", "2021-01-01")),
        item("later", "plan", "2027-01-01"),
    ]  # fmt: skip
    uses = [
        use("a"), use("b"), use("open"), use("letter", "K2"), use("gone"), use("old", "R1"), use("act"), use("later"),
        use("c", "K2", at("elsewhere", "said elsewhere", 2, [3]), at("not-found", "never said")),
        use("letter", "R1", at("unsearchable", None, 3)),
    ]  # fmt: skip
    return build.case(
        catalogue,
        {
            "mari": {"K1": level(3, a=PARTLY), "K2": level(3, None), "R1": 2, "R2": NA},
            "anu": {"K1": level(2, a=ACCEPTED), "K2": 2, "R1": 2, "R2": 1},
        },
        consensus={"R1": level(3, None)},
        claims={"K1": 4, "R2": NA},
        items=items,
        uses=uses,
        gate_state="near_above",
    )


MANDATORY = build.MANDATORY


def every_value(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from every_value(value)
    elif isinstance(data, list):
        for value in data:
            yield from every_value(value)
    else:
        yield data


def test_the_plain_form_round_trips_and_holds_no_float() -> None:
    data = plain(judged(rich_case()))
    text = canonical(data)
    assert json.loads(text) == data
    assert canonical(json.loads(text)) == text
    assert {type(value) for value in every_value(json.loads(text))} == {str, int, bool, type(None)}


def test_the_plain_form_is_the_same_whatever_the_language() -> None:
    texts = set()
    for name in language.LANGUAGES:
        with language.using(name):
            texts.add(canonical(plain(judged(rich_case()))))
    assert len(texts) == 1


def test_the_plain_form_holds_codes_and_details_but_no_sentence() -> None:
    data = plain(judged(rich_case()))
    quoted = {"said elsewhere", "never said"}
    spaced = {value for value in every_value(data) if isinstance(value, str) and " " in value}
    assert spaced == quoted
    codes = {reason["code"] for one in data["criteria"] for use_ in one["uses"] for reason in use_["reasons"]}
    assert codes == {
        "evidence-no-date", "evidence-missing", "evidence-too-old", "evidence-not-in-force", "evidence-dated-later",
        "passage-elsewhere", "passage-not-found", "evidence-kind-not-accepted", "page-uncheckable",
    }  # fmt: skip


def test_exact_numbers_and_dates_stand_as_text() -> None:
    data = plain(judged(build.case(TWO, both({"K1": level(3, "2024-02-29"), "K2": 2}))))
    assert data["total"] == {"lower": "5/8", "upper": "5/8"}
    assert data["conditions"][0]["parts"] == [
        {"id": "total", "state": "met", "lower": "5/8", "upper": "5/8", "threshold": "3/5"}
    ]
    assert data["criteria"][0]["rated"]["votes"][0] == {
        "person": "anu", "level": 3, "counted": 3, "practice_since": "2024-02-29", "not_applicable": False
    }  # fmt: skip
    assert datetime.date.fromisoformat(data["criteria"][1]["rated"]["votes"][0]["practice_since"]) == build.LONG_AGO


def test_uses_stand_by_item_whatever_their_order() -> None:
    one = rich_case()
    uses = [[use_.item for use_ in c.uses] for c in judged(one).criteria]
    assert uses == [["a", "act", "b", "gone", "later", "open"], ["c", "letter"], ["letter", "old"], []]
    assert judged(build.changed(one, uses=one.uses[::-1])) == judged(one)
