"""What people rate: whose word stands, how long a practice must be in use, and claims that nothing applies."""

from collections.abc import Mapping

import pytest

from kaasav.scoring.bounds import Levels
from kaasav.scoring.case import Rated
from kaasav.scoring.rated import Basis, Claim, RatedLevel, is_preview, rate

from . import build
from .build import ACCEPTED, NA, criterion, level, only

Given = int | Rated
People = Mapping[str, Given]


def rated(
    by_assessor: People,
    *,
    consensus: Given | None = None,
    own: Given | None = None,
    min_assessors: int = 2,
    elsewhere: Mapping[str, Given] | None = None,
    practice: tuple[int, int] = (3, 12),
) -> RatedLevel:
    """K1 as ``by_assessor`` rate it; ``elsewhere`` are one more assessor's ratings of other criteria."""
    catalogue = build.catalogue(criterion("K1"), criterion("K2"), min_assessors=min_assessors, practice=practice)
    people = {person: {"K1": given} for person, given in by_assessor.items()}
    case = build.case(
        catalogue,
        {**people, "kadri": elsewhere} if elsewhere else people,
        consensus=None if consensus is None else {"K1": consensus},
        claims=None if own is None else {"K1": own},
    )
    return rate(catalogue.rated[0], case)


def word(found: RatedLevel) -> tuple[str, tuple[int, int] | None]:
    levels = found.levels
    return found.basis.value, None if levels is None else (levels.lower, levels.upper)


@pytest.mark.parametrize(
    ("by_assessor", "consensus", "min_assessors", "expected"),
    [
        # consensus stands over everything, even over what nobody rated
        ({"anu": 1, "mari": 4}, 2, 2, ("consensus", (2, 2))),
        ({"anu": 1, "mari": 1}, 4, 2, ("consensus", (4, 4))),
        ({"anu": 1}, 2, 2, ("consensus", (2, 2))),
        ({}, 2, 2, ("consensus", (2, 2))),
        # the common value
        ({"anu": 2, "mari": 2}, None, 2, ("agreed", (2, 2))),
        ({"anu": 0, "mari": 0}, None, 2, ("agreed", (0, 0))),
        ({"anu": 3, "mari": 3, "tiit": 3}, None, 2, ("agreed", (3, 3))),
        ({"anu": 3}, None, 1, ("agreed", (3, 3))),
        # from lowest to highest
        ({"anu": 1, "mari": 3}, None, 2, ("range", (1, 3))),
        ({"anu": 2, "mari": 4, "tiit": 3}, None, 2, ("range", (2, 4))),
        ({"anu": 2, "mari": 2, "tiit": 3}, None, 2, ("range", (2, 3))),
        # agreeing, but too few
        ({"anu": 2, "mari": 2}, None, 3, ("range", (2, 2))),
        # one alone
        ({"anu": 3}, None, 2, ("single", (3, 3))),
        ({"anu": 3}, None, 3, ("single", (3, 3))),
    ],
)
def test_whose_word_stands(
    by_assessor: People, consensus: int | None, min_assessors: int, expected: tuple[str, tuple[int, int]]
) -> None:
    found = rated(by_assessor, consensus=consensus, min_assessors=min_assessors)
    assert word(found) == expected
    assert found.raters == len(by_assessor)
    assert not found.unrated
    assert found.claim is Claim.NONE


def test_a_preview_takes_the_self_assessment() -> None:
    assert word(rated({}, own=3)) == ("self", (3, 3))
    assert not rated({}, own=3).unrated


def test_once_an_assessor_has_rated_anything_it_is_no_preview() -> None:
    found = rated({}, own=3, elsewhere={"K2": 2})
    assert word(found) == ("none", (0, 4))
    assert found.unrated
    assert word(rated({"anu": 1}, own=3)) == ("single", (1, 1))


def test_unrated() -> None:
    found = rated({}, elsewhere={"K2": 2})
    assert (word(found), found.unrated, found.raters) == (("none", (0, 4)), True, 0)


@pytest.mark.parametrize(
    ("by_assessor", "consensus", "preview"),
    [
        ({}, {}, True),
        ({"anu": {}}, {}, True),
        ({"anu": {"K1": only(a=ACCEPTED)}}, {"K1": only(a=ACCEPTED)}, True),
        ({"anu": {"K1": 0}}, {}, False),
        ({"anu": {"K1": NA}}, {}, False),
        ({}, {"K1": 0}, False),
    ],
)
def test_a_preview_is_where_no_assessor_and_no_consensus_has_rated(
    by_assessor: dict[str, dict[str, Given]], consensus: dict[str, Given], preview: bool
) -> None:
    case = build.case(build.catalogue(criterion("K1")), by_assessor, consensus=consensus, claims={"K1": 4})
    assert is_preview(case) is preview


def test_a_verdict_without_level_is_no_rating() -> None:
    found = rated({"anu": 2, "mari": only(a=ACCEPTED)}, consensus=only(a=ACCEPTED))
    assert (word(found), found.raters) == (("single", (2, 2)), 1)


def test_every_vote_is_kept_in_order() -> None:
    found = rated({"mari": 3, "anu": 2}, own=4, consensus=2)
    assert [(vote.person, vote.level, vote.counted) for vote in found.votes] == [
        ("anu", 2, 2),
        ("mari", 3, 3),
        ("self", 4, 4),
        ("consensus", 2, 2),
    ]


# Practice --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "since", "counted"),
    [
        (3, "2025-09-30", 3),
        (3, "2025-10-01", 2),
        (3, None, 2),
        (4, "2025-09-30", 4),
        (4, "2025-10-01", 2),
        (4, None, 2),
        (2, None, 2),
        (2, "2026-09-01", 2),
        (0, None, 0),
    ],
)
def test_a_practice_must_be_in_use_for_a_year_before_the_evidence_date(
    given: int, since: str | None, counted: int
) -> None:
    found = rated({"anu": level(given, since)})
    assert found.levels == Levels(counted, counted)
    (vote,) = found.votes
    assert (vote.level, vote.counted, vote.capped) == (given, counted, given != counted)
    assert vote.practice_since == (build.day(since) if since else None)


def test_from_which_level_and_for_how_long_is_the_catalogues() -> None:
    assert rated({"anu": level(2, "2026-03-30")}, practice=(2, 6)).levels == Levels(2, 2)
    assert rated({"anu": level(2, "2026-03-31")}, practice=(2, 6)).levels == Levels(1, 1)
    assert rated({"anu": level(3, None)}, practice=(4, 12)).levels == Levels(3, 3)


def test_people_agree_on_what_counts() -> None:
    assert word(rated({"anu": level(3, None), "mari": 2})) == ("agreed", (2, 2))
    assert word(rated({"anu": level(3, None), "mari": 3})) == ("range", (2, 3))


@pytest.mark.parametrize(
    ("own", "of_assessors", "counted"),
    [
        ("2025-09-30", ["2026-09-01", "2026-09-01"], 3),
        ("2025-10-01", ["2020-01-01", "2020-01-01"], 2),
        (None, ["2020-01-01", "2025-09-30"], 3),
        (None, ["2025-10-01", "2020-01-01"], 2),
        (None, ["2020-01-01", None], 3),
        (None, [None, None], 2),
        (None, [], 2),
        ("2025-09-30", [], 3),
    ],
)
def test_a_consensus_has_its_own_date_or_the_latest_of_its_assessors(
    own: str | None, of_assessors: list[str | None], counted: int
) -> None:
    people = {f"a{n}": level(3, since) for n, since in enumerate(of_assessors)}
    assert word(rated(people, consensus=level(3, own))) == ("consensus", (counted, counted))


def test_the_date_of_a_consensus_is_never_the_municipalitys() -> None:
    found = rated({}, consensus=level(3, None), own=level(3, "2020-01-01"))
    assert word(found) == ("consensus", (2, 2))


@pytest.mark.parametrize(("since", "counted"), [("2020-01-01", 3), ("2026-01-01", 2), (None, 2)])
def test_a_preview_uses_the_municipalitys_date(since: str | None, counted: int) -> None:
    assert word(rated({}, own=level(3, since))) == ("self", (counted, counted))


# What does not apply ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by_assessor", "consensus", "own", "min_assessors", "claim", "expected"),
    [
        # settled by consensus
        ({}, NA, None, 2, "granted", ("consensus", None)),
        ({"anu": 3, "mari": 3}, NA, None, 2, "granted", ("consensus", None)),
        ({"anu": NA, "mari": NA}, 2, None, 2, "refused", ("consensus", (2, 2))),
        ({}, 2, NA, 2, "refused", ("consensus", (2, 2))),
        ({"anu": NA}, NA, NA, 2, "granted", ("consensus", None)),
        # settled by enough assessors who all say the same kind of thing
        ({"anu": NA, "mari": NA}, None, None, 2, "granted", ("agreed", None)),
        ({"anu": NA, "mari": NA}, None, 4, 2, "granted", ("agreed", None)),
        ({"anu": NA}, None, None, 1, "granted", ("agreed", None)),
        ({"anu": 2, "mari": 2}, None, NA, 2, "refused", ("agreed", (2, 2))),
        ({"anu": 1, "mari": 3}, None, NA, 2, "refused", ("range", (1, 3))),
        ({"anu": 2}, None, NA, 1, "refused", ("agreed", (2, 2))),
        # not settled: too few
        ({"anu": NA}, None, None, 2, "unsettled", ("none", (0, 4))),
        ({"anu": 2}, None, NA, 2, "unsettled", ("none", (0, 4))),
        ({"anu": NA, "mari": NA}, None, None, 3, "unsettled", ("none", (0, 4))),
        ({"anu": 2, "mari": 2}, None, NA, 3, "unsettled", ("none", (0, 4))),
        # not settled: both are said
        ({"anu": NA, "mari": 2}, None, None, 2, "unsettled", ("none", (0, 4))),
        ({"anu": NA, "mari": 2, "tiit": 2}, None, None, 2, "unsettled", ("none", (0, 4))),
        # the municipality alone settles nothing
        ({}, None, NA, 2, "unsettled", ("none", (0, 4))),
        ({}, None, NA, 1, "unsettled", ("none", (0, 4))),
    ],
)
def test_a_claim_that_a_criterion_does_not_apply(
    by_assessor: People,
    consensus: Given | None,
    own: Given | None,
    *,
    min_assessors: int,
    claim: str,
    expected: tuple[str, tuple[int, int] | None],
) -> None:
    found = rated(by_assessor, consensus=consensus, own=own, min_assessors=min_assessors)
    assert (found.claim, word(found)) == (Claim(claim), expected)
    assert found.unrated is (claim == "unsettled")
    assert found.raters == len(by_assessor)


def test_a_claim_nobody_has_rated_is_unsettled_even_if_others_rated_something_else() -> None:
    found = rated({}, own=NA, elsewhere={"K2": 2})
    assert (found.claim, word(found), found.unrated) == (Claim.UNSETTLED, ("none", (0, 4)), True)


def test_words_of_a_record() -> None:
    assert [one.value for one in Basis] == ["consensus", "agreed", "range", "single", "self", "none"]
    assert [one.value for one in Claim] == ["none", "granted", "refused", "unsettled"]
