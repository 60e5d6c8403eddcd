"""Opening the database file safely, and saying what SQLite has to say as problems."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from kaasav.language import N_
from kaasav.problems import Location, Problem, Refused, error
from kaasav.store import schema

BUSY_SECONDS = 30.0
_NEEDED = (3, 37, 0)

NONE_YET = error(
    "store-none-yet", N_("there is no database here yet; nothing has been recorded"), N_("or is the path another one?")
)
FOREIGN = error(
    "store-foreign", N_("this is not a Kaasav database; it was left untouched"), N_("is the path the right one?")
)
NEWER = error(
    "store-newer",
    N_("the database was made by a newer Kaasav (version {found} of its tables; this Kaasav knows {known})"),
    N_("install the newest Kaasav"),
)
OLDER = error(
    "store-older",
    N_("the database was made by an older Kaasav (version {found} of its tables; this Kaasav needs {known})"),
    N_("run: kaasav db upgrade (it makes a backup first)"),
)
OLD_SQLITE = error(
    "store-old-sqlite", N_("Python's SQLite is version {found}; {needed} or newer is needed"), N_("use a newer Python")
)
BUSY = error(
    "store-busy",
    N_("another program kept the database locked for {seconds} seconds"),
    N_("close the program that has it open, then run the command again; nothing was written"),
)
FULL = error(
    "store-disk-full",
    N_("there is no room left for the database; nothing was written, and what was recorded before is intact"),
    N_("make room on the disk, then run the command again"),
)
READ_ONLY = error(
    "store-read-only",
    N_("the database may not be written to"),
    N_("check the permissions of the file and its folder, and whether the disk is write-protected"),
)
UNOPENED = error(
    "store-unopened",
    N_("the database file cannot be opened"),
    N_("does the folder exist, is this a file, and may you read and write both?"),
)
DISK = error(
    "store-disk-error",
    N_("the disk or network reported an error ({reason}); nothing was written"),
    N_("check the disk or network connection, then run: kaasav db check"),
)
TOO_BIG = error("store-too-big", N_("something to be recorded is larger than a database can hold"))
DAMAGED = error(
    "store-damaged",
    N_("the database is damaged: {reason}"),
    N_("keep the file, run: kaasav db check, and restore the newest backup that passes it"),
)

_BY_NAME = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_PERM": READ_ONLY,
    "SQLITE_CANTOPEN": UNOPENED,
    "SQLITE_AUTH": UNOPENED,
    "SQLITE_NOTADB": FOREIGN,
    "SQLITE_IOERR": DISK,
    "SQLITE_TOOBIG": TOO_BIG,
}


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into `Refused`; misuse and broken constraints stay what they are."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.IntegrityError):
        raise
    except sqlite3.Error as failure:
        raise Refused([_problem(failure, path)]) from failure


def _problem(failure: sqlite3.Error, path: Path) -> Problem:
    name = getattr(failure, "sqlite_errorname", None) or ""
    if isinstance(failure, sqlite3.DataError):
        name = "SQLITE_TOOBIG"
    kind = _BY_NAME.get("_".join(name.split("_")[:2]), DAMAGED)
    return kind.at(Location(str(path)), reason=str(failure), seconds=f"{BUSY_SECONDS:g}")


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in autocommit with every guard on; ``mode`` is SQLite's ``rw``, ``rwc`` or ``ro``.

    Only what proves to be a Kaasav database, or an empty file, is ever opened in a way that could write.

    Raises:
        Refused: `FOREIGN`, `NONE_YET` (no file, unless ``rwc``), `OLD_SQLITE`, or whatever SQLite says.
    """
    if sqlite3.sqlite_version_info < _NEEDED:
        details = {"found": sqlite3.sqlite_version, "needed": ".".join(map(str, _NEEDED))}
        raise Refused([OLD_SQLITE.at(Location(str(path)), **details)])
    with speaking(path):
        if path.is_file():
            _refuse_foreign(path)
        elif mode != "rwc" and not os.path.lexists(path):
            raise Refused([NONE_YET.at(Location(str(path)))])
        connection = sqlite3.connect(
            _uri(path, f"mode={mode}"), uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=64
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE gets past BEFORE DELETE
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA journal_mode = DELETE")  # WAL needs shared memory: no network shares
        except BaseException:
            connection.close()
            raise
        return connection


def recorded_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the database's tables; 0 if it is still empty.

    Raises:
        Refused: `FOREIGN`: it is some other application's.
    """
    if _pragma(connection, "application_id") == schema.APPLICATION_ID:
        return _pragma(connection, "user_version")
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise Refused([FOREIGN.at(Location(str(path)))])
    return 0


def require_current(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure the database is of the version this Kaasav reads and writes.

    Raises:
        Refused: `FOREIGN`, `NONE_YET` (empty), `OLDER` or `NEWER`.
    """
    found = recorded_version(connection, path)
    if found == schema.version():
        return
    kind = NONE_YET if found == 0 else OLDER if found < schema.version() else NEWER
    raise Refused([kind.at(Location(str(path)), found=found, known=schema.version())])


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that holds the write lock from its start: all of the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One unchanging view of the database for all reads of the block."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _refuse_foreign(path: Path) -> None:
    # immutable: neither locks nor journals, so a stranger's file is not touched. What cannot be read this way may be a
    # Kaasav database whose creation was cut off; opened properly, SQLite restores that.
    peek = sqlite3.connect(_uri(path, "mode=ro&immutable=1"), uri=True)
    try:
        owner, pages = _pragma(peek, "application_id"), _pragma(peek, "page_count")
    except sqlite3.DatabaseError as failure:
        unfinished = path.with_name(path.name + "-journal").exists()
        if getattr(failure, "sqlite_errorname", "") == "SQLITE_NOTADB" and not unfinished:
            raise
        return
    finally:
        peek.close()
    if pages and owner != schema.APPLICATION_ID:
        raise Refused([FOREIGN.at(Location(str(path)))])


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _uri(path: Path, query: str) -> str:
    # A drive letter needs a third slash; a network share brings its own two.
    place = path.absolute().as_posix()
    start = "file://" if place.startswith("/") else "file:///"
    return f"{start}{quote(os.fsencode(place), safe='/:')}?{query}"
