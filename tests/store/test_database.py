import datetime
import json
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from kaasav.problems import Refused
from kaasav.store.checks import check
from kaasav.store.database import Store


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_what_is_recorded_comes_back(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        own = store.record(record(), inputs, at=now, event={"folder": "assessments/2026/naidisvald"})
        result = store.result(own)
        assert result.record == record()
        assert {name: store.blob(digest) for name, digest in result.inputs.items()} == inputs
        [event] = store.events()
        assert (event.seq, event.kind, event.subject, event.previous) == (1, "result-recorded", own, "")
        assert event.data == {"folder": "assessments/2026/naidisvald"}
        assert event.at == datetime.datetime(2026, 5, 4, 9, 30, 15, tzinfo=datetime.UTC)
        assert store.head() == event
    assert check(path) == []


def test_the_hash_is_that_of_the_canonical_text_and_knows_no_time(tmp_path, record, inputs, now):
    text = json.dumps(record(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for name, at in (("a.db", now), ("b.db", now + datetime.timedelta(days=400))):
        with Store.open(tmp_path / name, create=True) as store:
            assert store.record(record(), inputs, at=at) == sha256(text.encode()).hexdigest()


def test_the_same_record_again_adds_an_event_only(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        first = store.record(record(), inputs, at=now)
        assert store.record(record(), inputs, at=now) == first
        [summary] = store.results()
        assert (summary.hash, summary.times) == (first, 2)
        assert [event.seq for event in store.events()] == [1, 2]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM blob").fetchone() == (2,)


def test_results_are_found_by_municipality_and_round_newest_first(database):
    with Store.open(database) as store:
        everything = [(r.code, r.municipality, r.times) for r in store.results()]
        assert everything == [("X002", "Tammemäe", 1), ("X001", "Näidisvald", 1), ("X001", "Näidisvald", 2)]
        assert [r.code for r in store.results(municipality="X001", round="2026")] == ["X001", "X001"]
        assert [r.code for r in store.results(limit=1)] == ["X002"]
        assert store.results(municipality="X001", round="2025") == ()
        assert store.results(municipality="X001' OR 1=1 --") == ()


def test_events_are_found_by_kind_subject_and_number(database):
    with Store.open(database) as store:
        assert [e.seq for e in store.events(kind="decision")] == [5]
        assert [e.seq for e in store.events(subject="X001")] == [5]
        assert [e.seq for e in store.events(after=2, limit=2)] == [3, 4]


def test_a_prefix_names_one_result_or_says_which_it_could_be(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        hashes = [store.record(record(n=n), inputs, at=now) for n in range(20)]  # 20 hashes, 16 first digits
        digit = next(d for d in "0123456789abcdef" if sum(h[0] == d for h in hashes) > 1)
        with pytest.raises(Refused) as refused:
            store.result(digit)
        assert codes(refused) == ["store-ambiguous"]
        for own in (h for h in hashes if h[0] == digit):
            assert own[:12] in refused.value.problems[0].message
        assert store.result(hashes[0][:20].upper()).hash == hashes[0]


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("", "store-not-a-hash"),
        ("%", "store-not-a-hash"),
        ("a" * 65, "store-not-a-hash"),
        ("f" * 64, "store-unknown-result"),
    ],
)
def test_a_prefix_that_names_nothing(database, prefix, code):
    with Store.open(database) as store, pytest.raises(Refused) as refused:
        store.result(prefix)
    assert codes(refused) == [code]


def test_unknown_bytes(database):
    with Store.open(database) as store, pytest.raises(Refused) as refused:
        store.blob("0" * 64)
    assert codes(refused) == ["store-unknown-bytes"]


def test_changed_bytes_and_records_are_not_handed_out(database, tamper):
    with Store.open(database) as store:
        own, digest = store.results()[0].hash, next(iter(store.result(store.results()[0].hash).inputs.values()))
    tamper(
        database,
        f"UPDATE blob SET content = x'00', size = 1 WHERE sha256 = '{digest}'",
        "UPDATE result SET record = replace(record, '\"lower\":3', '\"lower\":4')",
    )
    with Store.open(database) as store:
        for read in (lambda: store.blob(digest), lambda: store.result(own)):
            with pytest.raises(Refused) as refused:
                read()
            assert codes(refused) == ["store-damaged"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid = rowid",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ],
)
@pytest.mark.parametrize("table", ["blob", "result", "result_input", "event"])
def test_nothing_recorded_can_be_changed(database, table, statement):
    columns = {"result": "hash, record", "event": "seq, at, kind, subject, data, previous, hash"}.get(table, "*")
    if table == "result_input":
        statement = statement.replace("rowid = rowid", "name = name")
    if columns != "*":
        statement = statement.replace("INTO {table} SELECT *", f"INTO {{table}} ({columns}) SELECT {columns}")
    before = database.read_bytes()
    with Store.open(database) as store, pytest.raises(sqlite3.IntegrityError, match=r"append-only|follow"):
        store._connection.execute(statement.format(table=table))
    assert database.read_bytes() == before


@pytest.mark.parametrize(("seq", "previous"), [(7, "last"), (6, "wrong"), (1, "last")])
def test_an_event_out_of_line_is_refused_by_the_database_itself(database, seq, previous):
    with Store.open(database) as store:
        last = store.head()
        values = (seq, last.hash if previous == "last" else "", "b" * 64)
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(
                "INSERT INTO event VALUES (?, '2026-05-04T00:00:00Z', 'x', '', '{}', ?, ?)", values
            )
        good = (6, last.hash, "b" * 64)
        store._connection.execute("INSERT INTO event VALUES (?, '2026-05-04T00:00:00Z', 'x', '', '{}', ?, ?)", good)


def test_bytes_that_are_not_the_inputs_named_are_refused(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        with pytest.raises(ValueError, match="not the inputs"):
            store.record(record(), {**inputs, "wave.csv": b"other"}, at=now)
        with pytest.raises(ValueError, match="not the inputs"):
            store.record(record(), {}, at=now)
        assert store.results() == ()


def test_no_float_and_no_time_without_zone_is_recorded(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        with pytest.raises(TypeError):
            store.record(record(total=0.6), inputs, at=now)
        with pytest.raises(TypeError):
            store.append_event("note", "", {"share": 0.6}, at=now)
        with pytest.raises(ValueError, match="time zone"):
            store.record(record(), inputs, at=now.replace(tzinfo=None))
        with pytest.raises(ValueError, match="result-recorded"):
            store.append_event("result-recorded", "", {}, at=now)
        assert (store.results(), store.events()) == ((), ())


def test_a_folder_name_that_is_no_text_is_a_problem(path, record, inputs, now):
    with Store.open(path, create=True) as store:
        with pytest.raises(Refused) as refused:
            store.record(record(), inputs, at=now, event={"folder": "vald\udcff"})
        assert codes(refused) == ["store-not-text"]
        assert "vald?" in refused.value.problems[0].message
        with pytest.raises(Refused) as refused:
            store.results(municipality="\udcff")
        assert codes(refused) == ["store-not-text"]
        store.record(record(), inputs, at=now, event={"folder": "vald\u00ff 🙂 \0"})
    assert check(path) == []


def test_a_name_with_a_nul_is_a_problem_and_in_other_text_it_is_kept(path, record, now):
    with Store.open(path, create=True) as store:
        for bad in (record(name="a\0b", inputs={}), record(code="\0", inputs={})):
            with pytest.raises(Refused) as refused:
                store.record(bad, {}, at=now)
            assert codes(refused) == ["store-not-text"]
        with pytest.raises(Refused):
            store.record(record(inputs={"a\0": b""}), {"a\0": b""}, at=now)
        own = store.record(record(inputs={}, passage="a\0b"), {}, at=now)
        assert store.result(own).record["passage"] == "a\0b"
    assert check(path) == []


def test_no_room_leaves_the_database_as_it_was_and_room_again_works(database, record, now):
    inputs = {"big.yaml": b"x" * 200_000}
    with Store.open(database) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(Refused) as refused:
            store.record(record(inputs=inputs), inputs, at=now)
        assert codes(refused) == ["store-disk-full"]
        assert len(store.events()) == 5
        assert check(database) == []
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        store.record(record(inputs=inputs), inputs, at=now)
    assert check(database) == []


def test_an_interruption_while_recording_leaves_nothing_half_done(database, record, now, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    inputs = {"a.yaml": b"new"}
    with Store.open(database) as store:
        with monkeypatch.context() as patch:
            patch.setattr("kaasav.store.events.append", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.record(record(inputs=inputs), inputs, at=now)
        assert (len(store.results()), len(store.events())) == (3, 5)
        store.record(record(inputs=inputs), inputs, at=now)
        assert (len(store.results()), len(store.events())) == (4, 6)
