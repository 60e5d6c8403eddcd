import sqlite3
from contextlib import closing

import pytest

from kaasav.problems import Forbidden, Refused
from kaasav.store import connection
from kaasav.store.backups import backup
from kaasav.store.checks import check
from kaasav.store.database import Store


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_the_same_database(database, tmp_path):
    target = tmp_path / "varukoopia.db"
    backup(database, target)
    assert check(target) == []
    with Store.open(database) as one, Store.open(target) as other:
        assert one.events() == other.events()
        assert one.results() == other.results()


def test_a_backup_is_made_while_another_program_is_writing(database, tmp_path):
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DROP TRIGGER event_kept")
        backup(database, tmp_path / "varukoopia.db")
    assert check(tmp_path / "varukoopia.db") == []


def test_a_database_locked_for_good_is_said_not_waited_for_forever(database, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refused) as refused:
            backup(database, tmp_path / "varukoopia.db")
    assert [p.code for p in refused.value.problems] == ["store-busy"]
    assert names(tmp_path) == [database.parent.name]


def test_no_file_is_overwritten(database, tmp_path):
    target = tmp_path / "varukoopia.db"
    target.write_bytes(b"old")
    with pytest.raises(Forbidden) as refused:
        backup(database, target)
    assert [p.code for p in refused.value.problems] == ["file-exists"]
    assert target.read_bytes() == b"old"
    target.unlink()
    backup(database, target)
    assert check(target) == []


def test_a_damaged_database_gives_no_backup(database, tamper, tmp_path):
    tamper(database, "UPDATE event SET at = '2020-01-01T00:00:00Z' WHERE seq = 1")
    with pytest.raises(Refused) as refused:
        backup(database, tmp_path / "varukoopia.db")
    [problem] = refused.value.problems
    assert (problem.code, problem.location.file) == ("store-event-changed", str(database))
    assert names(tmp_path) == [database.parent.name]


@pytest.mark.parametrize("source", ["missing.db", "empty.db", "text.db"])
def test_what_is_no_database_gives_no_backup(tmp_path, source):
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("text", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        backup(tmp_path / source, tmp_path / "varukoopia.db")
    assert refused.value.problems[0].code == ("store-foreign" if source == "text.db" else "store-none-yet")
    assert names(tmp_path) == ["empty.db", "text.db"]


def test_a_backup_into_a_missing_folder_is_refused(database, tmp_path):
    with pytest.raises(Refused) as refused:
        backup(database, tmp_path / "puudub" / "varukoopia.db")
    assert [p.code for p in refused.value.problems] == ["file-no-folder"]
