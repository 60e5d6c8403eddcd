"""Dates as people write them; what may mean two days names none."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.intake.propose.dates import Doubt, in_name, stated

MARCH_12 = "2025-03-12"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12. märtsil 2025", MARCH_12),
        ("12. MÄRTS 2025. a", MARCH_12),
        ("12 märts 2025", MARCH_12),
        ("„12“ märts 2025", MARCH_12),
        ("2025. aasta 12. märtsi otsus", MARCH_12),
        ("12.03.2025", MARCH_12),
        ("12.3.2025. a", MARCH_12),
        ("12. 03. 2025", MARCH_12),
        ("2025-03-12T10:00", MARCH_12),
        ("13/03/2025", "2025-03-13"),
        ("1. septembril 2025", "2025-09-01"),
        ("5. mail 2026", "2026-05-05"),
        ("12 March 2025", MARCH_12),
        ("Protokoll - 12.03.2025 - nr 4", MARCH_12),
    ],
)
def test_one_day(text: str, day: str) -> None:
    assert [str(one.day) for one in stated(text)] == [day]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("01.02.25", Doubt.SHORT_YEAR),
        ("03/04/2025", Doubt.ORDER),
        ("märts 2025", Doubt.MONTH),
        ("märtsis 2025", Doubt.MONTH),
        ("12.–14. märts 2025", Doubt.RANGE),
        ("12. ja 14. märts 2025", Doubt.RANGE),
        ("12. märts – 14. aprill 2025", Doubt.RANGE),
        ("31.02.2025", Doubt.IMPOSSIBLE),
        ("12.13.2025", Doubt.IMPOSSIBLE),
    ],
)
def test_no_day(text: str, doubt: Doubt) -> None:
    assert [(one.day, one.doubt) for one in stated(text)] == [(None, doubt)]


def test_both_ends_of_a_span_are_doubtful() -> None:
    assert [one.doubt for one in stated("12.03.2025–14.03.2025")] == [Doubt.RANGE, Doubt.RANGE]


@pytest.mark.parametrize(
    "text", ["1.2.3.4", "nr 12-3/45", "tel 555 1234", "Maidla 2025", "2025–2030", "§ 22 lg 1 p 37", "aprillinali"]
)
def test_no_date(text: str) -> None:
    assert [one for one in stated(text) if one.day or one.doubt is not Doubt.SHORT_YEAR] == []


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("protokoll_2026-03-19", "2026-03-19"),
        ("20260314_123456", "2026-03-14"),
        ("koosolek 19.03.2026", "2026-03-19"),
        ("otsus 19_03_2026 nr 5", "2026-03-19"),
        ("12. märts 2025 memo", MARCH_12),
        ("01.02.25", "None"),
        ("12032025", "None"),
        ("250312", "None"),
    ],
)
def test_in_names(name: str, day: str) -> None:
    assert [str(one.day) for one in in_name(name)] == [day]


def test_numbers_in_names_are_no_dates() -> None:
    assert in_name("scan0001 1-3-271 nr 20251") == []


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_reads_back(day: datetime.date) -> None:
    for text in (f"{day.day}.{day.month:02}.{day.year}", day.isoformat()):
        assert [one.day for one in stated(f"Kuupäev {text} nr 4")] == [day]


@given(st.text(alphabet="0123456789./-– märtsmaijuni\n", max_size=60))
def test_whatever_stands_there_a_doubt_names_no_day(text: str) -> None:
    for one in (*stated(text), *in_name(text)):
        assert (one.day is None) == bool(one.doubt)
        assert text[one.start : one.end] == one.text or "_" in text
