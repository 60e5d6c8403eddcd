"""Calendar months back and forth, and dates known to the month only."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.dates import months_after, months_back, span

DAYS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 12, 31))
day = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-09-30", 30, "2024-03-30"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2024-02-29", 48, "2020-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-12-31", 24, "2024-12-31"),
    ],
)
def test_months_back(start: str, months: int, expected: str) -> None:
    assert months_back(day(start), months) == day(expected)


@given(DAYS, st.integers(0, 600))
def test_months_back_lands_in_the_month_that_many_before(start: datetime.date, months: int) -> None:
    back = months_back(start, months)
    assert (start.year - back.year) * 12 + start.month - back.month == months
    assert back.day == start.day or (back.day < start.day and (back + datetime.timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(0, 120))
def test_a_later_day_never_leads_further_back(one: datetime.date, other: datetime.date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert months_back(earlier, months) <= months_back(later, months)


@pytest.mark.parametrize(("start", "months"), [("2026-01-01", -1), ("0002-01-01", 13)])
def test_months_back_refuses(start: str, months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        months_back(day(start), months)


@pytest.mark.parametrize(
    ("start", "months", "after"),
    [
        ("2026-10-31", 60, "2031-10-31"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-12-01", 0, "2024-12-01"),
        ("2026-10-31", 10**9, "9999-12-31"),
    ],
)
def test_months_after(start: str, months: int, after: str) -> None:
    assert months_after(day(start), months) == day(after)


@given(DAYS, st.integers(0, 600))
def test_months_after_and_back_again_is_never_later(start: datetime.date, months: int) -> None:
    back = months_back(months_after(start, months), months)
    assert back == start or (back.month == start.month and back.day < start.day)


def test_months_after_refuses_a_negative_number() -> None:
    with pytest.raises(ValueError, match="months"):
        months_after(day("2026-01-01"), -1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", ("2026-03-02", "2026-03-02")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-12", ("2025-12-01", "2025-12-31")),
    ],
)
def test_span(text: str, expected: tuple[str, str]) -> None:
    assert span(text) == (day(expected[0]), day(expected[1]))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-02-30", "26-01-01", "2026-1", "0000-01", "2026-W01-1"])
def test_span_of_anything_else(text: str) -> None:
    assert span(text) is None
