import sqlite3
from contextlib import closing

import pytest

from kaasav.problems import Refused
from kaasav.store import connection, schema
from kaasav.store.checks import check
from kaasav.store.database import Store


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def refusal(path, **options):
    with pytest.raises(Refused) as refused, Store.open(path, **options):
        pass
    [problem] = refused.value.problems
    assert str(path) == problem.location.file
    assert problem.message
    return problem.code


def test_no_database_yet_is_said_and_none_is_made(path):
    assert refusal(path) == "store-none-yet"
    assert list(path.parent.iterdir()) == []
    with Store.open(path, create=True) as store:
        assert store.results() == ()
    assert check(path) == []


def test_an_empty_file_counts_as_none_yet(path):
    path.touch()
    assert refusal(path) == "store-none-yet"
    assert [p.code for p in check(path)] == ["store-none-yet"]
    with Store.open(path, create=True) as store:
        assert store.events() == ()
    assert check(path) == []


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("create", [True, False])
def test_another_programs_database_is_left_untouched(path, journal, create):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute("CREATE TABLE contact (name)")
    before = path.read_bytes()
    assert refusal(path, create=create) == "store-foreign"
    assert [p.code for p in check(path)] == ["store-foreign"]
    assert (path.read_bytes(), names(path.parent)) == (before, ["kaasav.db"])


@pytest.mark.parametrize("content", [b"schema: kaasav/round/1\n", b"\0" * 5000, b"PK\x03\x04" + b"x" * 5000, b"xy"])
def test_a_file_that_is_no_database_is_left_untouched(path, content):
    path.write_bytes(content)
    assert refusal(path, create=True) == "store-foreign"
    assert [p.code for p in check(path)] == ["store-foreign"]
    assert path.read_bytes() == content


def test_a_newer_and_an_older_database_are_told_apart_and_left_untouched(database, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE extra (a);"))
        before = database.read_bytes()
        assert refusal(database, create=True) == "store-older"
        assert [p.code for p in check(database)] == ["store-older"]
        assert database.read_bytes() == before
        newer = database.with_name("newer.db")
        Store.open(newer, create=True).close()
    assert refusal(newer, create=True) == "store-newer"
    assert [p.code for p in check(newer)] == ["store-newer"]
    Store.open(database).close()


def test_a_folder_or_a_missing_folder_cannot_be_opened(path):
    path.mkdir()
    assert refusal(path, create=True) == "store-unopened"
    assert refusal(path.parent / "missing" / "kaasav.db", create=True) == "store-unopened"
    assert not (path.parent / "missing").exists()


def test_a_lock_held_too_long_is_said_and_a_lock_let_go_is_waited_for(database, now, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with Store.open(database) as store, closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.results()) == 3  # reading goes on
        with pytest.raises(Refused) as refused:
            store.append_event("note", "", {}, at=now)
        assert [p.code for p in refused.value.problems] == ["store-busy"]
        assert "0.05" in refused.value.problems[0].message
        other.execute("ROLLBACK")
        store.append_event("note", "", {}, at=now)
    assert check(database) == []


def test_a_database_cut_short_or_overwritten_in_the_middle_is_damaged(database):
    whole = database.read_bytes()
    for content in (whole[:-4096], whole[:4096], whole[:8192] + b"\xff" * 4096 + whole[12288:]):
        database.write_bytes(content)
        problems = check(database)
        assert problems
        assert {p.code for p in problems} <= {"store-damaged", "store-corrupt", "store-object-missing"}
    database.write_bytes(whole)
    assert check(database) == []


def test_a_store_whose_tables_are_gone_says_so(database):
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DROP TABLE result")
    with Store.open(database) as store, pytest.raises(Refused) as refused:
        store.results()
    assert [p.code for p in refused.value.problems] == ["store-damaged"]


def test_a_database_someone_switched_to_wal_is_switched_back(database, now):
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    with Store.open(database) as store:
        store.append_event("note", "", {}, at=now)
        assert names(database.parent) == ["kaasav.db"]
    assert check(database) == []


def test_every_guard_is_on(database):
    with Store.open(database) as store:
        guards = ("foreign_keys", "recursive_triggers", "synchronous", "journal_mode", "application_id", "user_version")
        assert [store._connection.execute(f"PRAGMA {g}").fetchone()[0] for g in guards] == [
            1, 1, 3, "delete", 0x4B414153, 1
        ]  # fmt: skip


def test_a_write_protected_database_can_be_read(database, now):
    uri = database.as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw:
        store = Store(raw, database)
        assert len(store.results()) == 3
        with pytest.raises(Refused) as refused:
            store.append_event("note", "", {}, at=now)
    assert [p.code for p in refused.value.problems] == ["store-read-only"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/srv/100%/ä?.db", "file:///srv/100%25/%C3%A4%3F.db?mode=rw"),
        ("C:/märgis/kaasav.db", "file:///C:/m%C3%A4rgis/kaasav.db?mode=rw"),
        ("//server/share/kaasav.db", "file:////server/share/kaasav.db?mode=rw"),
    ],
)
def test_paths_of_every_system_become_addresses_sqlite_understands(place, expected):
    class AnyPath:
        def absolute(self):
            return self

        def as_posix(self):
            return place

    assert connection._uri(AnyPath(), "mode=rw") == expected


def test_an_old_sqlite_is_named(path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert refusal(path, create=True) == "store-old-sqlite"
    assert not path.exists()
