"""The database: recording results with their inputs' bytes, and asking for what was recorded."""

import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kaasav.language import N_
from kaasav.plain import canonical, plain
from kaasav.problems import Location, Refused, error
from kaasav.store import events, schema
from kaasav.store.connection import DAMAGED, connect, recorded_version, require_current, speaking, writing
from kaasav.store.events import Event

UNKNOWN_RESULT = error("store-unknown-result", N_("no result with the hash “{prefix}…” is recorded here"))
AMBIGUOUS = error(
    "store-ambiguous", N_("several results begin with “{prefix}”: {candidates}"), N_("write more of the hash")
)
NOT_A_HASH = error(
    "store-not-a-hash", N_("“{prefix}” is no hash of a result"), N_("a hash is made of the digits 0–9 and letters a–f")
)
UNKNOWN_BLOB = error("store-unknown-bytes", N_("no file with the SHA-256 {sha256} is recorded here"))
NOT_TEXT = error(
    "store-not-text",
    N_("“{text}” cannot be recorded: it holds an invalid character"),
    N_("rename the file or folder, or correct the text"),
)

_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """A recorded result in one line; ``recorded_at`` is when it was last recorded, ``times`` how often."""

    hash: str
    round: str
    code: str
    municipality: str
    catalogue: str
    rules: int
    status: str
    recorded_at: datetime.datetime
    times: int


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """A recorded result: its hash, its record, and the SHA-256 of each input by name (see `Store.blob`)."""

    hash: str
    record: Mapping[str, Any]
    inputs: Mapping[str, str]


class Store:
    """An open database. Use it in a ``with`` block; one thread, any number of processes.

    Whatever SQLite cannot do is raised as `Refused` with one problem (see `connection`).
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the database at ``path``; with ``create``, make it first if there is none or only an empty file.

        Raises:
            Refused: it is not there, not Kaasav's, of another version, or cannot be opened.
        """
        connection = connect(path, "rwc" if create else "rw")
        try:
            with speaking(path):
                if create and recorded_version(connection, path) == 0:
                    with writing(connection):
                        if recorded_version(connection, path) == 0:  # else another process was quicker
                            schema.build(connection)
                require_current(connection, path)
        except BaseException:
            connection.close()
            raise
        return cls(connection, path)

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def record(
        self,
        record: Mapping[str, Any],
        blobs: Mapping[str, bytes],
        *,
        at: datetime.datetime,
        event: Mapping[str, Any] | None = None,
    ) -> str:
        """Record a result, the bytes it came from and the event of recording it, in one transaction.

        Args:
            record: the result as plain data, without floats; ``record["inputs"]`` maps each input's name to its
                SHA-256.
            blobs: the bytes of each input by the same names.
            at: now, with time zone.
            event: what belongs beside the result, not into it: paths, tool version.

        Returns:
            The result's hash. The same record again adds an event and nothing else.

        Raises:
            Refused: nothing was written.
            ValueError: ``blobs`` are not the inputs the record names.
            TypeError: the record or event holds something without exact plain form, such as a float.
        """
        data = plain(record)
        digests = {name: sha256(content).hexdigest() for name, content in blobs.items()}
        if digests != data["inputs"]:
            raise ValueError("the bytes given are not the inputs the record names")
        for text in (*schema.columns(data), *digests):
            if "\0" in str(text):  # SQLite's JSON functions end a text there
                raise Refused([NOT_TEXT.at(Location(str(self.path)), text=text)])
        with self._writing():
            text = canonical(data)
            own = sha256(text.encode("utf-8")).hexdigest()
            if not self._connection.execute("SELECT 1 FROM result WHERE hash = ?", (own,)).fetchone():
                self._connection.executemany(
                    "INSERT INTO blob (sha256, size, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
                    ((digests[name], len(content), content) for name, content in blobs.items()),
                )
                self._connection.execute("INSERT INTO result (hash, record) VALUES (?, ?)", (own, text))
            events.append(self._connection, schema.RECORDED, own, event or {}, at)
        return own

    def append_event(self, kind: str, subject: str, data: Mapping[str, Any], *, at: datetime.datetime) -> Event:
        """Append an event of its own, such as a decision; ``kind`` is not ``result-recorded``, which `record` writes.

        Raises:
            Refused: nothing was written.
            ValueError: ``kind`` is ``result-recorded`` or empty.
            TypeError: as `record`.
        """
        with self.appending(kind, subject, data, at=at) as event:
            return event

    @contextmanager
    def appending(self, kind: str, subject: str, data: Mapping[str, Any], *, at: datetime.datetime) -> Iterator[Event]:
        """As `append_event`, but the event counts only if the block ends well: there what it tells of is done.

        Others wait meanwhile, so the block does little. Cut off, it may have been done without its event.
        """
        if kind in ("", schema.RECORDED):
            raise ValueError(kind)
        with self._writing():
            yield events.append(self._connection, kind, subject, data, at)

    def results(
        self, *, municipality: str | None = None, round: str | None = None, limit: int = -1
    ) -> tuple[ResultSummary, ...]:
        """The results of a municipality (by code) and round, or of all, last recorded first; ``limit`` -1: all."""
        rows = self._rows(
            """SELECT hash, round, code, municipality, catalogue, rules, status, at, times
            FROM result JOIN (
                SELECT subject, max(seq) AS last, count(*) AS times FROM event WHERE kind = ? GROUP BY subject
            ) ON subject = result.hash JOIN (SELECT seq, at FROM event) ON seq = last
            WHERE (?2 IS NULL OR code = ?2) AND (?3 IS NULL OR round = ?3) ORDER BY last DESC LIMIT ?4""",
            (schema.RECORDED, municipality, round, limit),
        )
        return tuple(_summary(row) for row in rows)

    def result(self, prefix: str) -> RecordedResult:
        """The one result whose hash begins with ``prefix``.

        Raises:
            Refused: `NOT_A_HASH`, `UNKNOWN_RESULT`, or `AMBIGUOUS` with the candidates.
        """
        location, sought = Location(str(self.path)), prefix.lower()
        if not sought or len(sought) > 64 or set(sought) - set("0123456789abcdef"):
            raise Refused([NOT_A_HASH.at(location, prefix=prefix)])
        rows = self._rows(
            "SELECT hash, record FROM result WHERE hash >= ?1 AND hash < ?1 || 'g' ORDER BY hash LIMIT ?2",
            (sought, _CANDIDATES + 1),
        )
        if not rows:
            raise Refused([UNKNOWN_RESULT.at(location, prefix=prefix)])
        if len(rows) > 1:
            shown = ", ".join(row[0][: max(12, len(sought) + 4)] for row in rows[:_CANDIDATES])
            more = ", …" if len(rows) > _CANDIDATES else ""
            raise Refused([AMBIGUOUS.at(location, prefix=prefix, candidates=shown + more)])
        own, text = rows[0]
        self._require_hash(text.encode("utf-8"), own, "result")
        inputs = dict(self._rows("SELECT name, sha256 FROM result_input WHERE result = ? ORDER BY name", (own,)))
        return RecordedResult(own, json.loads(text), inputs)

    def blob(self, sha256: str) -> bytes:
        """The bytes recorded under their SHA-256, which is checked.

        Raises:
            Refused: `UNKNOWN_BLOB`, or `DAMAGED` if they are not what was recorded.
        """
        rows = self._rows("SELECT content FROM blob WHERE sha256 = ?", (sha256,))
        if not rows:
            raise Refused([UNKNOWN_BLOB.at(Location(str(self.path)), sha256=sha256)])
        content: bytes = rows[0][0]
        self._require_hash(content, sha256, "blob")
        return content

    def events(
        self, *, kind: str | None = None, subject: str | None = None, after: int = 0, limit: int = -1
    ) -> tuple[Event, ...]:
        """The events of a kind and subject, or all, after number ``after``, oldest first; ``limit`` -1: all."""
        # Conditions only where they are asked for: else SQLite reads every event instead of using its index.
        of_kind, of_subject = " AND kind = ?2" if kind else "", " AND subject = ?3" if subject is not None else ""
        rows = self._rows(
            f"""SELECT seq, at, kind, subject, data, previous, hash FROM event
            WHERE seq > ?1{of_kind}{of_subject} ORDER BY seq LIMIT ?4""",  # noqa: S608 (both are as above)
            (after, kind, subject, limit),
        )
        return tuple(events.from_row(row) for row in rows)

    def changed_catalogues(self) -> tuple[str, ...]:
        """The catalogue references under which results by more than one text are recorded."""
        rows = self._rows(
            """SELECT catalogue FROM result JOIN result_input ON result = hash WHERE name = 'catalogue.yaml'
            GROUP BY catalogue HAVING count(DISTINCT sha256) > 1 ORDER BY catalogue""",
            (),
        )
        return tuple(row[0] for row in rows)

    def head(self) -> Event | None:
        """The last event: its hash, noted elsewhere, later proves that nothing up to it was changed or cut off."""
        rows = self._rows(
            "SELECT seq, at, kind, subject, data, previous, hash FROM event ORDER BY seq DESC LIMIT 1", ()
        )
        return events.from_row(rows[0]) if rows else None

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with speaking(self.path), _encodable(self.path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with speaking(self.path), _encodable(self.path), writing(self._connection):
            yield

    def _require_hash(self, content: bytes, expected: str, table: str) -> None:
        if sha256(content).hexdigest() != expected:
            reason = f"{table} {expected[:12]}…"
            raise Refused([DAMAGED.at(Location(str(self.path)), reason=reason)])


def _summary(row: tuple[str, str, str, str, str, int, str, str, int]) -> ResultSummary:
    own, of_round, code, municipality, catalogue, rules, status, at, times = row
    recorded_at = datetime.datetime.fromisoformat(at)
    return ResultSummary(own, of_round, code, municipality, catalogue, rules, status, recorded_at, times)


@contextmanager
def _encodable(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as failure:
        text = failure.object[max(0, failure.start - 40) : failure.end + 40]
        shown = text.encode("utf-8", "replace").decode()
        raise Refused([NOT_TEXT.at(Location(str(path)), text=shown)]) from failure
