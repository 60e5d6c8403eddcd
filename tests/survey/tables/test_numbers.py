"""What cells say as numbers."""

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.survey.imports.weights import Weights
from kaasav.survey.tables.numbers import say
from kaasav.survey.tables.sheet import Truth


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("54,7", "54.7"), ("54.7", "54.7"), (" 54,7 ", "54.7"), ("54,7\u00a0", "54.7"), ("1\u00a0234", "1234"),
        ("1 234,5", "1234.5"), ("1\u2009234\u2009567", "1234567"), ("1\u202f234", "1234"), ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("54,7%", "54.7"),
        ("54,7\u00a0%", "54.7"), ("−3", "-3"), ("-3,5", "-3.5"), ("0", "0"), (0, "0"), (54.7, "54.7"), (5.0, "5"),
        (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (50.300000000000004, "50.3"), (128, "128"),
    ],
)  # fmt: skip
def test_numbers(cell: Any, number: str) -> None:
    assert say(cell).number == Fraction(number)


@pytest.mark.parametrize(
    ("cell", "why"),
    [("X", "confidential"), ("x", "confidential"), ("-", "nil"), ("–", "nil"), ("…", "uncertain"), ("...", "uncertain"),
     ("..", "not-applicable"), (" .. ", "not-applicable")],
)  # fmt: skip
def test_signs_for_no_number(cell: str, why: str) -> None:
    assert (say(cell).number, say(cell).why, say(cell).wrong) == (None, why, None)


@pytest.mark.parametrize("cell", ["", " ", "\u00a0"])
def test_nothing(cell: str) -> None:
    assert (say(cell).number, say(cell).why, say(cell).wrong) == (None, None, None)


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [("=1+1", "formula"), ("@SUM(1)", "formula"), ("+54", "formula"), ("abc", "text"), ("5e1", "text"), ("٥٤", "text"),
     ("1 23", "text"), ("5,7,8", "text"), ("54,7 p", "text"), ("nan", "text"), ("1/2", "text"), (float("inf"), "text"),
     (float("nan"), "text"), (Truth("TRUE"), "truth"), (datetime.date(2024, 7, 5), "date"), (datetime.datetime(2024, 7, 5), "date"),
     (datetime.timedelta(1), "date"), (datetime.time(1), "date"), ("9" * 16, "text"), ("1." + "0" * 19, "text")],
)  # fmt: skip
def test_what_is_no_number(cell: Any, wrong: str) -> None:
    assert (say(cell).number, say(cell).wrong) == (None, wrong)


def test_one_sign_before_three_digits_may_set_thousands_apart() -> None:
    assert (say("1,234").number, say("1,234").thousand) == (Fraction("1.234"), 1234)
    assert say("0,234").thousand is None
    assert say("1,23").thousand is None


@given(st.integers(0, 10**12), st.integers(0, 6))
def test_what_is_written_is_read(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    text = f"{digits:0{places + 1}}"
    whole, part = text[: len(text) - places], text[len(text) - places :]
    for mark in ",.":
        assert say(f"{whole}{mark}{part}" if part else whole).number == number


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1", 10**8), ("1,25", 125 * 10**6), ("0.0001", 10**4), (1.25, 125 * 10**6), (1, 10**8), ("", None), ("x", None),
     ("-1", None), (Truth("TRUE"), None), ("1e3", None), ("0,000000001", None), (1e-9, None), (" 1,5 ", 15 * 10**7),
     ("1 000", 10**11)],
)  # fmt: skip
def test_weights_as_whole_numbers(cell: Any, expected: int | None) -> None:
    found = Weights(None)[cell]
    assert (found if isinstance(found, int) else None) == expected


def test_weights_are_refined_in_steps_as_far_as_they_need() -> None:
    weights = Weights(None)
    assert weights["0.5"] == 5 * 10**7
    assert weights["0.0000000001"] is None
    assert weights.refine() == 10**4
    assert (weights["0.5"], weights["0.0000000001"]) == (5 * 10**11, 100)
    assert weights["0.0000000000000001"] is None
    assert weights.refine() == 10**18
    assert (weights["0.5"], weights["0.0000000000000001"]) == (5 * 10**29, 10**14)
