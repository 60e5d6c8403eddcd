"""Effective sample size and intervals, against published values."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.survey.estimate import Z, difference_interval, effective, kish, mean_interval, wilson


@pytest.mark.parametrize(
    ("positive", "n", "lower", "upper"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_score_intervals_of_newcombe_1998(positive: int, n: int, lower: str, upper: str) -> None:
    found = wilson(Fraction(positive, n), Fraction(n))
    assert [str(end.quantize(Decimal("0.0001"))) for end in found] == [lower, upper]


def test_nobody_and_everybody_give_ends_without_rounding() -> None:
    for n in range(1, 60):
        assert wilson(Fraction(0), Fraction(n, 7))[0] == 0
        assert wilson(Fraction(1), Fraction(n, 7))[1] == 1


def test_at_100_answers_and_half_of_them_positive() -> None:
    lower, upper = wilson(Fraction(1, 2), Fraction(100))
    assert (round(lower, 3), round(upper, 3)) == (Decimal("0.404"), Decimal("0.596"))


def test_kish() -> None:
    weights = [Fraction(1)] * 50 + [Fraction(2)] * 30 + [Fraction("0.5")] * 20
    assert kish(weights) == Fraction(576, 7)
    assert round(float(kish(weights)), 4) == 82.2857
    assert kish([1] * 128) == 128


@given(st.lists(st.integers(0, 1000), min_size=1).filter(any), st.integers(1, 50))
def test_kish_lies_between_one_and_the_number_of_answers_whatever_the_scale(weights: list[int], scale: int) -> None:
    assert 1 <= kish(weights) <= sum(weight > 0 for weight in weights)
    assert kish(weights) == kish([weight * Fraction(1, scale) for weight in weights])


def test_effective_and_mean_interval() -> None:
    assert effective(120, Fraction("1.5")) == 80
    lower, upper = mean_interval(Fraction("52.8"), Fraction(30), Fraction(100))
    assert round((upper - lower) / 2, 6) == Decimal("5.879892")
    assert (lower + upper) / 2 == Decimal("52.8")


@given(st.fractions(0, 1), st.fractions(1, 5000))
def test_wilson_holds_the_share_and_stays_within_bounds(p: Fraction, n: Fraction) -> None:
    lower, upper = wilson(p, n)
    slack = Decimal("1e-35")
    assert -slack <= lower <= Decimal(p.numerator) / p.denominator + slack
    assert Decimal(p.numerator) / p.denominator - slack <= upper <= 1 + slack


def test_intervals_do_not_depend_on_the_callers_precision() -> None:
    usual = wilson(Fraction(81, 263), Fraction(263))
    with localcontext() as context:
        context.prec = 3
        assert wilson(Fraction(81, 263), Fraction(263)) == usual


def test_the_constant_is_exact() -> None:
    assert Fraction(1959963984540054, 10**15) == Z


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_kish_refuses(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weight"):
        kish(weights)


def test_others_refuse_too() -> None:
    for p, n in ((Fraction(-1, 9), Fraction(9)), (Fraction(10, 9), Fraction(9)), (Fraction(1, 2), Fraction(0))):
        with pytest.raises(ValueError, match="share"):
            wilson(p, n)
    with pytest.raises(ValueError, match="sample"):
        mean_interval(Fraction(1), Fraction(1), Fraction(0))
    with pytest.raises(ValueError, match="design effect"):
        effective(10, Fraction(0))
    with pytest.raises(ValueError, match="negative"):
        effective(-1, Fraction(1))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((48, 80), (56, 70), ("0.0524", "0.3339")),
        ((3, 10), (9, 10), ("0.1705", "0.8090")),
        ((2, 7), (6, 7), ("0.0582", "0.8062")),
        ((0, 29), (5, 56), ("-0.0381", "0.1926")),
        ((0, 20), (0, 10), ("-0.1611", "0.2775")),
        ((0, 10), (10, 10), ("0.6075", "1.0000")),
    ],
)
def test_differences_as_newcombe_published_them(
    first: tuple[int, int], second: tuple[int, int], expected: tuple[str, str]
) -> None:
    """Statistics in Medicine 17 (1998), table II, method 10."""
    found = difference_interval(*((Fraction(*one), Fraction(one[1])) for one in (first, second)))
    assert tuple(f"{end:.4f}" for end in found) == expected
