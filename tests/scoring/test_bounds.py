"""Numbers between two bounds."""

from fractions import Fraction

import pytest

from kaasav.scoring.bounds import Levels, Shares, State, reaches, worst

MET, OPEN, FAILED = State.MET, State.OPEN, State.FAILED
LEAST = Fraction("0.60")
A_TRIFLE = Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("lower", "upper", "state"),
    [
        (LEAST, LEAST, MET),
        (LEAST - A_TRIFLE, LEAST - A_TRIFLE, FAILED),
        (LEAST + A_TRIFLE, LEAST + A_TRIFLE, MET),
        (LEAST - A_TRIFLE, LEAST, OPEN),
        (LEAST, Fraction(1), MET),
        (Fraction(0), Fraction(1), OPEN),
        (Fraction(0), LEAST - A_TRIFLE, FAILED),
    ],
)
def test_a_threshold_is_reached_exactly(lower: Fraction, upper: Fraction, state: State) -> None:
    assert Shares(lower, upper).at_least(LEAST) is state
    assert reaches(lower, upper, LEAST) is state


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], MET),
        ([MET, MET], MET),
        ([MET, OPEN], OPEN),
        ([OPEN, FAILED, MET], FAILED),
        ([FAILED], FAILED),
        ([OPEN], OPEN),
    ],
)
def test_the_worst_decides(states: list[State], expected: State) -> None:
    assert worst(states) is expected


def test_settled() -> None:
    assert Levels(2, 2).settled
    assert not Levels(2, 3).settled
