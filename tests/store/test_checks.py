import sqlite3
from contextlib import closing

import pytest

from kaasav.store.checks import check, exact
from kaasav.store.database import Store
from kaasav.store.events import event_hash


def found(path):
    return [(problem.code, dict(problem.details)) for problem in check(path)]


CHAIN = [("store-event-unchained", "2"), ("store-event-changed", "2")]


def test_a_whole_database_has_no_problems_and_is_not_written_to(database):
    before = database.read_bytes()
    assert check(database) == []
    assert database.read_bytes() == before


def hashes(database):
    with Store.open(database) as store:
        return [event.subject for event in store.events(kind="result-recorded")]


def test_changed_bytes_are_named(database, tamper):
    with Store.open(database) as store:
        digest = store.result(hashes(database)[0]).inputs["wave.csv"]
    tamper(database, f"UPDATE blob SET content = x'613b620d0a313b33' WHERE sha256 = '{digest}'")
    assert found(database) == [("store-blob-changed", {"sha256": digest})]


def test_changed_sizes_of_bytes_are_named(database, tamper):
    tamper(database, "UPDATE blob SET size = size + 1")
    assert {code for code, _ in found(database)} == {"store-corrupt"}


@pytest.mark.parametrize(
    "change",
    [
        "replace(record, '\"rules\":1', '\"rules\":2')",
        "record || ' '",
        "json_set(record, '$.share', 0.5)",
        "replace(record, 'Näidisvald', CAST(x'ff' AS TEXT))",
    ],
)
def test_a_changed_record_is_named(database, tamper, change):
    own = hashes(database)[0]
    tamper(database, f"UPDATE result SET record = {change} WHERE hash = '{own}'")
    assert found(database) == [("store-result-changed", {"hash": own})]


def test_columns_that_say_something_else_than_the_record_are_named(database):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER result_kept")
        [(sql,)] = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'result'").fetchall()
        trigger = (
            "CREATE TRIGGER result_kept BEFORE UPDATE ON result BEGIN SELECT raise(ABORT, 'result is append-only'); END"
        )
        raw.execute("PRAGMA writable_schema = ON")
        plain = sql.replace("GENERATED ALWAYS AS (json_extract(record, '$.result.status')) STORED", "")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'result'", (plain,))
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("UPDATE result SET status = 'preview' WHERE code = 'X002'")
        raw.execute(trigger)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'result'", (sql,))
    [(code, details)] = found(database)
    assert (code, details["hash"]) == ("store-result-columns", hashes(database)[-1])


def test_changed_inputs_are_named(database, tamper):
    own = hashes(database)[0]
    tamper(database, f"UPDATE result_input SET name = 'wave2.csv' WHERE name = 'wave.csv' AND result = '{own}'")
    assert found(database) == [("store-result-inputs", {"hash": own})]


def test_bytes_that_are_gone_are_named(database, tamper):
    tamper(database, "DELETE FROM blob WHERE sha256 = (SELECT min(sha256) FROM blob)")
    codes = [(code, details["table"], details["parent"]) for code, details in found(database)]
    assert codes == [("store-dangling", "result_input", "blob")] * 3


def test_a_result_that_is_gone_is_named_by_its_event(database, tamper):
    own = hashes(database)[-1]
    tamper(database, f"DELETE FROM result_input WHERE result = '{own}'", f"DELETE FROM result WHERE hash = '{own}'")
    assert found(database) == [("store-event-without-result", {"seq": "4", "hash": own})]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE event SET at = '2026-05-04T09:30:16Z' WHERE seq = 2", [("store-event-changed", "2")]),
        ("UPDATE event SET kind = 'note' WHERE seq = 5", [("store-event-changed", "5")]),
        ("UPDATE event SET subject = 'X002' WHERE seq = 5", [("store-event-changed", "5")]),
        ("UPDATE event SET subject = CAST(x'ff' AS TEXT) WHERE seq = 5", [("store-event-changed", "5")]),
        ("UPDATE event SET data = '{\"tier\":\"award\"}' WHERE seq = 5", [("store-event-changed", "5")]),
        ("UPDATE event SET data = '{' WHERE seq = 5", [("store-corrupt", None), ("store-event-changed", "5")]),
        ("UPDATE event SET data = data || ' ' WHERE seq = 5", [("store-event-changed", "5")]),
        ("UPDATE event SET previous = '' WHERE seq = 2", CHAIN),
        ("DELETE FROM event WHERE seq = 2", [("store-event-gap", "3")]),
        ("UPDATE event SET seq = 9 WHERE seq = 5", [("store-event-gap", "9"), ("store-event-changed", "9")]),
        ("DELETE FROM event WHERE seq = 1", [("store-event-gap", "2")]),
    ],
)  # fmt: skip
def test_a_changed_event_is_named(database, tamper, statement, expected):
    tamper(database, statement)
    assert [(code, details.get("seq")) for code, details in found(database)] == expected


def test_an_event_forged_with_a_right_hash_breaks_the_chain_after_it(database, tamper):
    with Store.open(database) as store:
        third = store.events()[2]
    at = third.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    own = event_hash(3, at, kind="result-recorded", subject=third.subject, data={"x": 1}, previous=third.previous)
    tamper(database, f"UPDATE event SET data = '{{\"x\":1}}', hash = '{own}' WHERE seq = 3")
    assert found(database) == [("store-event-unchained", {"seq": "4"})]


def test_events_cut_off_at_the_end_are_noticed_by_the_result_left_behind(database, tamper):
    own = hashes(database)[-1]
    tamper(database, "DELETE FROM event WHERE seq >= 4")
    assert found(database) == [("store-result-unrecorded", {"hash": own})]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DROP TRIGGER event_kept", ("store-object-missing", {"kind": "trigger", "name": "event_kept"})),
        ("DROP VIEW criteria", ("store-object-missing", {"kind": "view", "name": "criteria"})),
        ("DROP INDEX event_subject", ("store-object-missing", {"kind": "index", "name": "event_subject"})),
        (
            "CREATE TRIGGER t AFTER INSERT ON blob BEGIN SELECT 1; END",
            ("store-trigger-extra", {"kind": "trigger", "name": "t"}),
        ),
        ("CREATE VIEW mine AS SELECT 1", ("store-object-extra", {"kind": "view", "name": "mine"})),
        ("ALTER TABLE blob ADD COLUMN note TEXT", ("store-object-changed", {"kind": "table", "name": "blob"})),
    ],
)  # fmt: skip
def test_tables_triggers_and_views_have_to_be_kaasavs(database, statement, expected):
    with closing(sqlite3.connect(database)) as raw:
        raw.execute(statement)
    assert found(database) == [expected]


def test_a_trigger_that_does_nothing_any_more_is_named(database):
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DROP TRIGGER event_stays")
        raw.execute("CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT 1; END")
    assert found(database) == [("store-object-changed", {"kind": "trigger", "name": "event_stays"})]


def test_what_sqlite_keeps_for_itself_is_no_problem(database):
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("ANALYZE")
        raw.execute("VACUUM")
    assert check(database) == []


NOT_CANONICAL = '[] | 1 | { | {"a": 1} | {"b":1,"a":2} | {"a":1,"a":1} | {"a":0.5} | {"a":NaN} | {"a":"\\u00e4"}'


@pytest.mark.parametrize("text", [*NOT_CANONICAL.split(" | "), "[" * 100000])
def test_only_the_canonical_text_of_a_mapping_is_exact(text):
    assert exact(text) is None
    assert exact('{"a":"ä","b":[1,null,true]}') == {"a": "ä", "b": [1, None, True]}
