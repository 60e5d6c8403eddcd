"""A database made anew from an export. Only what `exports` would write is taken, and only if every hash is right."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from kaasav.files import replacing
from kaasav.language import N_
from kaasav.plain import canonical
from kaasav.problems import Location, Problem, ProblemKind, Refused, error, has_errors
from kaasav.store import schema
from kaasav.store.checks import examine
from kaasav.store.connection import connect, speaking, writing
from kaasav.store.events import event_hash
from kaasav.store.exports import FORMAT, TABLES, blob_entry, bytes_of, event_entry, rendered, result_entry

_HINT = N_("take the export as Kaasav wrote it, or a backup")

UNREADABLE = error("export-unreadable", N_("the export cannot be read: {reason}"), N_("is the path the right one?"))
NOT_UTF8 = error("export-not-utf8", N_("the export is not UTF-8 text"), _HINT)
NOT_EXPORT = error("export-other-format", N_("this is no export of the format {format}"), _HINT)
NOT_JSON = error("export-not-json", N_("this is not readable JSON: {reason}"), _HINT)
NOT_ENTRY = error("export-not-entry", N_("this entry is neither bytes, a result nor an event as exported"), _HINT)
ALTERED = error("export-altered", N_("this line is not as Kaasav writes it"), _HINT)
WRONG_HASH = error("export-wrong-hash", N_("this entry is not what its hash {hash} stands for"), _HINT)
REFUSED_ROW = error("export-refused-row", N_("this entry does not fit those before it: {reason}"), _HINT)
MISPLACED = error("export-misplaced", N_("this entry stands in the wrong place, or twice"), _HINT)
CUT_OFF = error("export-cut-off", N_("the export ends too early"), _HINT)
TOO_LONG = error("export-too-long", N_("this entry is larger than {limit} million characters"), _HINT)
MISCOUNTED = error(
    "export-miscounted", N_("the export announces {announced} entries of the kind “{table}”, but has {found}"), _HINT
)

_LONGEST = 400_000_000
_MOST = 200
_INSERTS = {
    "blob": "INSERT INTO blob (sha256, size, content) VALUES (?, ?, ?)",
    "result": "INSERT INTO result (hash, record) VALUES (?, ?)",
    "event": "INSERT INTO event (seq, at, kind, subject, data, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
}


@dataclass(frozen=True, slots=True)
class _Row:
    table: str
    values: tuple[Any, ...]
    entry: dict[str, Any]
    hash: str
    computed: str

    @property
    def place(self) -> tuple[int, Any]:
        """Where it belongs in an export: by table, then by the table's key."""
        return TABLES.index(self.table), self.values[0]


def import_(source: Path, target: Path) -> None:
    """Make the new database ``target`` from the export ``source``; line endings changed on the way do not matter.

    Raises:
        Refused: the export cannot be read or is not exactly what an export is, with line numbers; nothing was written.
        Forbidden: ``target`` exists.
    """
    with replacing(target, overwrite=False) as temporary:
        try:
            with source.open(encoding="utf-8-sig") as stream:
                problems = _fill(stream, source, temporary, target)
        except OSError as failure:
            raise Refused([UNREADABLE.at(Location(str(source)), reason=failure.strerror)]) from failure
        if has_errors(problems):
            raise Refused(problems)


def _fill(stream: TextIO, source: Path, temporary: Path, target: Path) -> list[Problem]:
    problems: list[Problem] = []
    with speaking(target), closing(connect(temporary, "rwc")) as connection, writing(connection):
        schema.build(connection)
        try:
            for line, row in _rows(stream, str(source), problems):
                if not problems:
                    _insert(connection, row, Location(str(source), line, 1), problems)
                if len(problems) >= _MOST:
                    break
        except Refused as refused:
            problems.extend(refused.problems)
        except UnicodeDecodeError:
            problems.append(NOT_UTF8.at(Location(str(source))))
        return problems or examine(connection, source)


def _insert(connection: sqlite3.Connection, row: _Row, location: Location, problems: list[Problem]) -> None:
    try:
        connection.execute(_INSERTS[row.table], row.values)
    except (sqlite3.IntegrityError, OverflowError) as failure:
        problems.append(REFUSED_ROW.at(location, reason=failure))


def _rows(stream: TextIO, name: str, problems: list[Problem]) -> Iterator[tuple[int, _Row]]:
    announced: dict[str, Any] = {}
    found = dict.fromkeys(TABLES, 0)
    last = 1
    place: tuple[int, Any] = (-1, "")
    for first, lines in _blocks(stream, name):
        last = first + len(lines)
        try:
            entry = _parsed(name, first, lines)
            if not announced:
                announced = _header(name, first, lines, entry)
                continue
            row = _row(name, first, entry)
            _require_same(name, first, lines, row.entry)
            if row.computed != row.hash:
                raise _bad(WRONG_HASH, name, first, hash=row.hash)
            if row.place <= place:
                raise _bad(MISPLACED, name, first)
        except RecursionError:
            problems.append(NOT_ENTRY.at(Location(name, first, 1)))
            continue
        except Refused as refused:
            if not announced:
                raise
            problems.extend(refused.problems)
            continue
        place = row.place
        found[row.table] += 1
        yield first, row
    for table in TABLES:
        if not problems and announced.get(f"{table}s") != found[table]:
            raise _bad(MISCOUNTED, name, last, table=table, announced=announced.get(f"{table}s"), found=found[table])


def _blocks(stream: TextIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each entry with the number of the first: an entry ends at the first brace at the left margin."""
    first_line = stream.readline(80)
    if first_line != "[\n":
        raise _bad(NOT_EXPORT, name, 1, format=FORMAT)
    number, start, length, closed = 1, 2, 0, False
    lines: list[str] = []
    while line := stream.readline(_LONGEST):
        number += 1
        if closed:
            if line.strip() == "]" and not stream.readline(1):
                return
            raise _bad(ALTERED, name, number)
        lines.append(line)
        length += len(line)
        if length >= _LONGEST:
            raise _bad(TOO_LONG, name, start, limit=_LONGEST // 1_000_000)
        if line in ("},\n", "}\n"):
            closed = line == "}\n"
            yield start, [*lines[:-1], "}"]
            lines, start, length = [], number + 1, 0
    raise _bad(CUT_OFF, name, number)


def _parsed(name: str, first: int, lines: list[str]) -> dict[str, Any]:
    try:
        entry = json.loads("".join(lines), parse_float=_refuse, parse_constant=_refuse)
    except json.JSONDecodeError as failure:
        place = Location(name, first + failure.lineno - 1, failure.colno)
        raise Refused([NOT_JSON.at(place, reason=failure.msg)]) from failure
    except ValueError as failure:
        raise _bad(NOT_ENTRY, name, first) from failure
    if not isinstance(entry, dict):
        raise _bad(NOT_ENTRY, name, first)
    return entry


def _header(name: str, first: int, lines: list[str], entry: dict[str, Any]) -> dict[str, Any]:
    if entry.get("format") != FORMAT:
        raise _bad(NOT_EXPORT, name, first, format=FORMAT)
    _require_same(name, first, lines, {"format": FORMAT, **{f"{table}s": entry.get(f"{table}s") for table in TABLES}})
    return entry


def _row(name: str, first: int, entry: dict[str, Any]) -> _Row:
    try:
        if "blob" in entry:
            own, content = _text(entry["blob"]), bytes_of(entry)
            return _Row(
                "blob", (own, len(content), content), blob_entry(own, content), own, sha256(content).hexdigest()
            )
        if "result" in entry:
            own, text = _text(entry["result"]), canonical(entry["record"])
            return _Row("result", (own, text), result_entry(own, text), own, sha256(text.encode("utf-8")).hexdigest())
        at, kind, subject, previous, own = (_text(entry[key]) for key in ("at", "kind", "subject", "previous", "hash"))
        seq, data = entry["event"], entry["data"]
        if type(seq) is not int:
            raise TypeError(seq)
        values = (seq, at, kind, subject, canonical(data), previous, own)
        computed = event_hash(seq, at, kind=kind, subject=subject, data=data, previous=previous)
        return _Row("event", values, event_entry(*values), own, computed)
    except (ValueError, TypeError, KeyError) as failure:
        raise _bad(NOT_ENTRY, name, first) from failure


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _require_same(name: str, first: int, lines: list[str], entry: dict[str, Any]) -> None:
    expected, actual = rendered(entry), "".join(lines)
    if expected == actual:
        return
    pairs = zip(expected.split("\n"), actual.split("\n"), strict=False)
    same = next((i for i, pair in enumerate(pairs) if pair[0] != pair[1]), 0)
    raise _bad(ALTERED, name, first + same)


def _bad(kind: ProblemKind, name: str, line: int, **details: Any) -> Refused:
    return Refused([kind.at(Location(name, line, 1), **details)])


def _refuse(number: str) -> None:
    raise ValueError(number)
