import sqlite3
from contextlib import closing

import pytest

from kaasav.problems import Refused
from kaasav.store import schema
from kaasav.store.checks import check
from kaasav.store.database import Store
from kaasav.store.upgrades import upgrade


def names(folder):
    return sorted(file.name for file in folder.iterdir())


# What a real second version could be: a table rebuilt under its references, and a column added to another.
SECOND = """
-- Bytes get a note; who did it gets a place of its own.
DROP TRIGGER blob_kept;
DROP TRIGGER blob_stays;
CREATE TABLE blob_new (
    sha256 TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, content BLOB NOT NULL, note TEXT NOT NULL
) STRICT;
INSERT INTO blob_new (sha256, size, content, note) SELECT sha256, size, content, 'v1' FROM blob;
DROP TABLE blob;
ALTER TABLE blob_new RENAME TO blob;
CREATE TRIGGER blob_kept BEFORE UPDATE ON blob BEGIN SELECT raise(ABORT, 'blob is append-only'); END;
CREATE TRIGGER blob_stays BEFORE DELETE ON blob BEGIN SELECT raise(ABORT, 'blob is append-only'); END;
ALTER TABLE event ADD COLUMN actor TEXT;
"""


@pytest.fixture
def second_version(database, monkeypatch):
    """A Kaasav whose tables are one version newer than the database."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, SECOND))


def contents(path):
    with closing(sqlite3.connect(path)) as raw:
        return [
            raw.execute(f"SELECT {columns} ORDER BY 1").fetchall()
            for columns in ("sha256, content FROM blob", "hash, record FROM result", "seq, hash FROM event")
        ]


def test_a_current_database_is_left_alone(database):
    before = database.read_bytes()
    assert upgrade(database) is None
    assert (database.read_bytes(), names(database.parent)) == (before, ["kaasav.db"])


def test_an_older_database_is_backed_up_and_brought_up_to_date(database, second_version, monkeypatch):
    before = contents(database)
    target = upgrade(database)
    assert target == database.with_name("kaasav.v1-backup.db")
    assert contents(database) == contents(target) == before
    assert check(database) == []
    with Store.open(database) as store:
        assert len(store.results()) == 3
        assert store._connection.execute("SELECT DISTINCT note FROM blob").fetchall() == [("v1",)]
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute("DELETE FROM blob")
    assert upgrade(database) is None
    monkeypatch.undo()
    assert check(target) == []


def test_an_upgraded_database_looks_like_a_new_one(database, second_version, tmp_path):
    upgrade(database)
    fresh = tmp_path / "uus.db"
    Store.open(fresh, create=True).close()
    objects = []
    for path in (database, fresh):
        with closing(sqlite3.connect(path)) as raw:
            objects.append(sorted(raw.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=str))
    assert objects[0] == objects[1]


def test_an_earlier_backup_is_never_overwritten(database, second_version):
    first = database.with_name("kaasav.v1-backup.db")
    first.write_bytes(b"earlier")
    assert upgrade(database) == database.with_name("kaasav.v1-backup-2.db")
    assert first.read_bytes() == b"earlier"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("CREATE TABLE a (b); INSERT INTO missing VALUES (1);", "store-damaged"),
        ("DROP TABLE result_input;", "store-object-missing"),
        ("DROP TRIGGER blob_kept; UPDATE blob SET content = x'00', size = 1;", "store-blob-changed"),
        ("DROP TRIGGER blob_stays; DELETE FROM blob;", "store-dangling"),
    ],
)
def test_a_step_that_fails_or_loses_something_changes_nothing(database, monkeypatch, step, code):
    before = contents(database)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        with pytest.raises(Refused) as refused:
            upgrade(database)
        if code == "store-object-missing":  # missing to the later steps, so SQLite says it first
            assert refused.value.problems
        else:
            assert refused.value.problems[0].code == code
    assert contents(database) == before
    assert check(database) == []
    assert check(database.with_name("kaasav.v1-backup.db")) == []


def test_a_damaged_older_database_is_not_upgraded(database, second_version):
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DROP TRIGGER event_kept")
    before = database.read_bytes()
    with pytest.raises(Refused) as refused:
        upgrade(database)
    assert [p.code for p in refused.value.problems] == ["store-object-missing"]
    assert (database.read_bytes(), names(database.parent)) == (before, ["kaasav.db"])


def test_newer_empty_and_foreign_files_are_not_upgraded(path, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, SECOND))
        Store.open(path, create=True).close()
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("text", encoding="utf-8")
    expected = {path: "store-newer", tmp_path / "empty.db": "store-none-yet", tmp_path / "text.db": "store-foreign"}
    for file, code in expected.items():
        before = file.read_bytes()
        with pytest.raises(Refused) as refused:
            upgrade(file)
        assert [p.code for p in refused.value.problems] == [code]
        assert file.read_bytes() == before
