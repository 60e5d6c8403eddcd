"""Whether a database is whole: SQLite's own checks, its tables and triggers, every hash and the chain of events."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from kaasav.language import N_
from kaasav.plain import canonical
from kaasav.problems import Location, Problem, Refused, error, warning
from kaasav.store import schema
from kaasav.store.connection import connect, reading, recorded_version, require_current, speaking
from kaasav.store.events import event_hash

_HINT = N_("keep this file, and restore the newest backup that passes the check")

CORRUPT = error("store-corrupt", N_("SQLite finds the file damaged: {reason}"), _HINT)
DANGLING = error("store-dangling", N_("a row of the table {table} points to a row of {parent} that is missing"), _HINT)
OBJECT_MISSING = error("store-object-missing", N_("the {kind} {name} is missing from the database"), _HINT)
OBJECT_CHANGED = error("store-object-changed", N_("the {kind} {name} is not as Kaasav makes it"), _HINT)
TRIGGER_EXTRA = error("store-trigger-extra", N_("the trigger {name} is not Kaasav's"), _HINT)
OBJECT_EXTRA = warning(
    "store-object-extra", N_("the {kind} {name} is not Kaasav's"), N_("keep your own tables in a file of their own")
)
BLOB_CHANGED = error("store-blob-changed", N_("the bytes recorded as {sha256} are not those any more"), _HINT)
RESULT_CHANGED = error("store-result-changed", N_("the result {hash} is not what was recorded"), _HINT)
RESULT_COLUMNS = error(
    "store-result-columns", N_("the columns of the result {hash} do not say what its record says"), _HINT
)
RESULT_INPUTS = error("store-result-inputs", N_("the inputs of the result {hash} are not those of its record"), _HINT)
RESULT_UNRECORDED = error("store-result-unrecorded", N_("no event says when the result {hash} was recorded"), _HINT)
EVENT_CHANGED = error("store-event-changed", N_("event {seq} is not what was recorded"), _HINT)
EVENT_GAP = error("store-event-gap", N_("after event {before} comes event {seq}: events are missing"), _HINT)
EVENT_UNCHAINED = error("store-event-unchained", N_("event {seq} does not follow from the event before it"), _HINT)
EVENT_WITHOUT_RESULT = error(
    "store-event-without-result", N_("event {seq} recorded the result {hash}, which is missing"), _HINT
)

_MOST = 200
_OBJECTS = {"missing": OBJECT_MISSING, "changed": OBJECT_CHANGED, "extra": OBJECT_EXTRA}


def check(path: Path) -> list[Problem]:
    """Everything wrong with the database at ``path``, at most 200 problems; an empty list if it is whole.

    Nothing is written. Not found: events cut off at the end together with the results they recorded; for that, compare
    `database.Store.head` with its value noted earlier.
    """
    try:
        with closing(connect(path, "rw")) as connection, speaking(path):
            connection.execute("PRAGMA query_only = ON")
            with reading(connection):
                require_current(connection, path)
                return examine(connection, path)
    except Refused as refused:
        return list(refused.problems)


def examine(connection: sqlite3.Connection, path: Path) -> list[Problem]:
    """As `check`, for a connection inside a transaction; ``path`` is only shown. Raises what SQLite raises."""
    location = Location(str(path))
    structure = list(islice(examine_structure(connection, path), _MOST))
    if any(problem.kind is OBJECT_MISSING and ("kind", "table") in problem.details for problem in structure):
        return structure
    former, connection.text_factory = connection.text_factory, _lenient
    try:
        found = [*structure, *islice(_contents(connection, location), _MOST)]
    except sqlite3.DatabaseError:
        if not structure:
            raise
        found = structure  # which says it better
    finally:
        connection.text_factory = former
    return found[:_MOST]


def examine_structure(connection: sqlite3.Connection, path: Path) -> Iterator[Problem]:
    """What SQLite finds wrong, and tables, indexes, triggers and views unlike those of the database's version."""
    location = Location(str(path))
    for (reason,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if reason != "ok":
            yield CORRUPT.at(location, reason=reason)
    for table, _row, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield DANGLING.at(location, table=table, parent=parent)
    for how, kind, name in schema.differences(connection, recorded_version(connection, path)):
        problem_kind = TRIGGER_EXTRA if (how, kind) == ("extra", "trigger") else _OBJECTS[how]
        yield problem_kind.at(location, kind=kind, name=name)


def _contents(connection: sqlite3.Connection, location: Location) -> Iterator[Problem]:
    for own, content in connection.execute("SELECT sha256, content FROM blob ORDER BY sha256"):
        if sha256(content).hexdigest() != own:
            yield BLOB_CHANGED.at(location, sha256=own)
    recorded: set[str] = set()
    events = list(_events(connection, location, recorded))
    hashes: set[str] = set()
    for row in connection.execute(
        "SELECT hash, record, round, code, municipality, catalogue, rules, status FROM result ORDER BY hash"
    ):
        hashes.add(row[0])
        yield from _result(connection, location, row)
        if row[0] not in recorded:
            yield RESULT_UNRECORDED.at(location, hash=row[0])
    yield from events
    query = "SELECT seq, subject FROM event WHERE kind = ? ORDER BY seq"
    for seq, own in connection.execute(query, (schema.RECORDED,)):
        if own not in hashes:
            yield EVENT_WITHOUT_RESULT.at(location, seq=seq, hash=own)


def _result(connection: sqlite3.Connection, location: Location, row: tuple[Any, ...]) -> Iterator[Problem]:
    own, text, *derived = row
    record = exact(text)
    if record is None or sha256(text.encode("utf-8")).hexdigest() != own:
        yield RESULT_CHANGED.at(location, hash=own)
        return
    if derived != schema.columns(record):
        yield RESULT_COLUMNS.at(location, hash=own)
    if dict(connection.execute("SELECT name, sha256 FROM result_input WHERE result = ?", (own,))) != record.get(
        "inputs"
    ):
        yield RESULT_INPUTS.at(location, hash=own)


def _events(connection: sqlite3.Connection, location: Location, recorded: set[str]) -> Iterator[Problem]:
    before, last = 0, ""
    for seq, at, kind, subject, text, previous, own in connection.execute(
        "SELECT seq, at, kind, subject, data, previous, hash FROM event ORDER BY seq"
    ):
        if seq != before + 1:
            yield EVENT_GAP.at(location, before=before, seq=seq)
        elif previous != last:
            yield EVENT_UNCHAINED.at(location, seq=seq)
        data = exact(text)
        try:
            whole = data is not None and own == event_hash(
                seq, at, kind=kind, subject=subject, data=data, previous=previous
            )
        except UnicodeEncodeError:
            whole = False
        if not whole:
            yield EVENT_CHANGED.at(location, seq=seq)
        if kind == schema.RECORDED:
            recorded.add(subject)
        before, last = seq, own


def exact(text: str) -> Any | None:
    """The mapping whose canonical text is ``text``; None if it is the canonical text of no mapping."""
    try:
        data = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        if isinstance(data, dict) and canonical(data) == text and text.encode("utf-8"):
            return data
    except (ValueError, RecursionError):
        pass
    return None


def _refuse(number: str) -> None:
    raise ValueError(number)


def _lenient(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")
