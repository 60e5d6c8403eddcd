"""Exact shares of dimensions and of the total."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.scoring.bounds import Shares
from kaasav.scoring.scores import Part, dimension, total


def between(lower: str, upper: str | None = None) -> Shares:
    return Shares(Fraction(lower), Fraction(upper or lower))


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        ([Part(1, between("1/2"))], between("1/2")),
        ([Part(6, between("3/4")), Part(5, between("3/4")), Part(2, between("1/2"))], between("37/52")),
        ([Part(1, between("0")), Part(3, between("1"))], between("3/4")),
        ([Part(1, between("0", "1/4")), Part(1, between("1/2", "1"))], between("1/4", "5/8")),
        # a part that may not apply: left out where that is lower or higher
        ([Part(1, between("1/2")), Part(1, between("0", "1"), optional=True)], between("1/4", "3/4")),
        ([Part(1, between("1/2")), Part(1, between("3/4", "1"), optional=True)], between("1/2", "3/4")),
        ([Part(1, between("1/2")), Part(1, between("0", "1/4"), optional=True)], between("1/4", "1/2")),
        ([Part(1, between("1/2")), Part(1, between("1/2"), optional=True)], between("1/2")),
        # nothing but such parts: one of them at least applies, or there is no result
        ([Part(1, between("1/4", "1/2"), optional=True)], between("1/4", "1/2")),
        (
            [Part(1, between("1/4", "1/2"), optional=True), Part(9, between("0", "3/4"), optional=True)],
            between("0", "3/4"),
        ),
        # what weighs nothing says nothing
        ([Part(0, between("1")), Part(2, between("1/4"))], between("1/4")),
    ],
)
def test_a_dimension(parts: list[Part], share: Shares) -> None:
    assert dimension(parts) == share
    assert dimension(parts[::-1]) == share


def test_a_dimension_in_which_nothing_applies_has_no_share() -> None:
    assert dimension([]) is None
    assert dimension([Part(0, between("1"))]) is None


def test_the_total() -> None:
    assert total([(17, between("37/52")), (83, between("1/2"))]) == between("2787/5200")
    assert total([(1, between("0", "1")), (3, between("1"))]) == between("3/4", "1")
    assert total(iter([(5, between("1/4"))])) == between("1/4")


QUARTERS = st.integers(0, 4).map(lambda level: Fraction(level, 4))
SHARES = st.tuples(QUARTERS, QUARTERS).map(lambda two: Shares(min(two), max(two)))
PARTS = st.lists(st.builds(Part, st.integers(1, 9), SHARES, st.booleans()), min_size=1, max_size=5)


def outcomes(parts: Sequence[Part]) -> list[Fraction]:
    """The share in every way it can turn out, by the definition: Σ weight·share / Σ weight over what applies."""
    found = []
    for applies in product(*([True, False] if part.optional else [True] for part in parts)):
        there = [part for part, applying in zip(parts, applies, strict=True) if applying]
        for shares in product(*({part.share.lower, part.share.upper} for part in there)):
            if there:
                above = sum(part.weight * share for part, share in zip(there, shares, strict=True))
                found.append(Fraction(above) / sum(part.weight for part in there))
    return found


@given(PARTS)
def test_bounds_are_those_of_all_outcomes(parts: list[Part]) -> None:
    possible = outcomes(parts)
    assert dimension(parts) == Shares(min(possible), max(possible))


@given(st.lists(st.tuples(st.integers(1, 30), SHARES), min_size=1, max_size=6), st.integers(1, 12))
def test_only_proportions_of_weights_matter(parts: list[tuple[int, Shares]], factor: int) -> None:
    assert total(parts) == total([(weight * factor, share) for weight, share in parts])
    assert dimension([Part(weight, share) for weight, share in parts]) == total(parts)
