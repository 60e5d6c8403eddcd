import sqlite3
from contextlib import closing
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.store import schema


def rows(path, query):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


def test_the_latest_result_of_each_municipality(database):
    query = (
        "SELECT code, municipality, status, percent_shown, tiers, guard, recorded_at FROM latest_results ORDER BY code"
    )
    assert rows(database, query) == [
        ("X001", "Näidisvald", "complete", "33.3", "award: met", "award", "2026-05-04T11:30:15Z"),
        ("X002", "Tammemäe", "complete", "100.0", "award: met", "award", "2026-05-04T12:30:15Z"),
    ]


def test_a_result_recorded_again_is_the_latest_again(database, record, inputs, now):
    from kaasav.store.database import Store

    with Store.open(database) as store:
        store.record(record(), inputs, at=now)
    query = "SELECT percent_shown, latest, times_recorded FROM results WHERE code = 'X001' ORDER BY 1"
    assert rows(database, query) == [("33.3", "no", 1), ("60.8", "yes", 3)]


def test_every_view_says_what_the_record_says(database):
    where = "WHERE code = 'X001' AND latest = 'yes'"
    assert rows(database, f"SELECT dimension, percent_shown, share FROM dimensions {where}") == [
        ("K", "71.2–100.0", "37/52–1")
    ]
    columns = "dimension, criterion, applies, rated_by, rated, supported, counted, held_back_by_evidence"
    assert rows(database, f"SELECT {columns} FROM criteria {where}") == [
        ("K", "K1", "yes", "consensus", "3", "2–4", "2–3", "yes")
    ]
    assert rows(database, f"SELECT condition, state, guard, survey, survey_reason FROM conditions {where}") == [
        ("total", "met", "yes", None, None),
        ("mandatory", "open", "no", None, None),
        ("people", "open", "no", "no_data", "merged"),
    ]
    columns = "condition, part, state, percent_shown, threshold_percent_shown, value, threshold"
    assert rows(database, f"SELECT {columns} FROM condition_parts {where}") == [
        ("total", "total", "met", "33.3", "60.0", "1/3", "3/5"),
        ("mandatory", "K1", "open", None, None, "2–3", "3"),
        ("people", "R2", "open", None, None, None, None),
    ]
    assert rows(database, f"SELECT tier, state, guard FROM tiers {where}") == [("award", "met", "yes")]
    assert rows(
        database,
        f'SELECT criterion, item, kind, "check", reasons, counts_at_least, counts_at_most FROM evidence_uses {where}',
    ) == [("K1", "T1", "protokoll", "open", "not-seen, no-date", 0, 2)]
    assert rows(database, f"SELECT item, type, bytes, pages FROM evidence_items {where}") == [("T1", "pdf", 1200, 3)]
    assert rows(database, f"SELECT file, bytes FROM inputs {where} ORDER BY file") == [
        ("assessment.yaml", 46), ("wave.csv", 8)
    ]  # fmt: skip
    assert rows(database, "SELECT event, kind, code, details FROM events WHERE event IN (1, 5)") == [
        (1, "result-recorded", "X001", '{"folder":"assessments/2026/naidisvald"}'),
        (5, "decision", None, '{"reason":"hiljem","tier":null}'),
    ]


def test_every_view_has_rows_even_where_nothing_is_known_yet(path, record, now):
    from kaasav.store.database import Store

    bare = record(inputs={})
    bare["result"] = {
        "status": "preview",
        "tiers": [],
        "total": {"lower": "0", "upper": "1"},
        "dimensions": [],
        "criteria": [
            {"id": "K1", "dimension": "K", "applies": None, "rated": None, "counted": {"lower": 0, "upper": 4}}
        ],
    }
    with Store.open(path, create=True) as store:
        store.record(bare, {}, at=now)
    assert rows(path, "SELECT status, percent_shown, tiers, guard FROM latest_results") == [
        ("preview", "0.0–100.0", None, None)
    ]
    assert rows(path, "SELECT criterion, applies, rated, counted, held_back_by_evidence FROM criteria") == [
        ("K1", "unsettled", None, "0–4", None)
    ]


def percent(connection, *shares):
    [sql] = [s for s in schema._statements(schema._views()) if s.startswith("CREATE VIEW dimensions")]
    expression = sql.split("municipality, latest, id AS dimension, weight,")[1].split(" AS percent_shown")[0]
    lower, upper = (shares * 2)[:2]
    return connection.execute(f"SELECT {expression} FROM (SELECT ? AS lower, ? AS upper)", (lower, upper)).fetchone()[0]


@pytest.fixture(scope="module")
def memory():
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0", "0.0"), ("1", "100.0"), ("3/5", "60.0"), ("791/1300", "60.8"), ("1/2000", "0.1"), ("1/2001", "0.0")],
)
def test_shares_are_shown_as_percent_with_one_decimal_rounded_half_up(memory, share, shown):
    assert percent(memory, share) == shown
    assert percent(memory, share, "1") == (shown if share == "1" else f"{shown}–100.0")


@pytest.mark.parametrize("other", [None, 3, "met", "", "-"])
def test_what_is_no_share_has_no_percent(memory, other):
    assert percent(memory, other) in (None, "0.0") if other == "" else percent(memory, other) is None


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**9))
def test_the_percent_shown_is_exact_half_up(memory, share):
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    assert percent(memory, str(share)) == f"{tenths // 10}.{tenths % 10}"


def test_a_share_of_very_long_numbers_is_still_shown(memory):
    share = Fraction(6 * 10**40 + 1, 10**41)
    assert percent(memory, str(share)) == "60.0"
