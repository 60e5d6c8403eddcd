"""The chain of events: what happened, when, and a hash that covers everything before."""

import datetime
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaasav.plain import canonical, digest, plain


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        seq: its number, from 1 without gaps.
        at: when, in UTC, to the second.
        kind: what, as a short code such as ``result-recorded``.
        subject: to what: the hash of a result, a municipality's code, a path; "" if to nothing in particular.
        data: particulars, as plain data.
        previous: the hash of the event before; "" for the first.
        hash: SHA-256 of the canonical text of all the others.
    """

    seq: int
    at: datetime.datetime
    kind: str
    subject: str
    data: Mapping[str, Any]
    previous: str
    hash: str


def moment(at: datetime.datetime) -> str:
    """``at`` as recorded: ``2026-05-04T09:30:00Z``.

    Raises:
        ValueError: ``at`` does not say its time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time of an event needs a time zone")
    return at.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def event_hash(seq: int, at: str, *, kind: str, subject: str, data: Any, previous: str) -> str:
    """The hash of an event: SHA-256 of the canonical text of the mapping of its six other fields, by these names."""
    return digest({"seq": seq, "at": at, "kind": kind, "subject": subject, "data": data, "previous": previous})


def append(
    connection: sqlite3.Connection, kind: str, subject: str, data: Mapping[str, Any], at: datetime.datetime
) -> Event:
    """Append an event inside the caller's writing transaction, which keeps ``seq`` and ``previous`` right."""
    last = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, "")
    when, details = moment(at), plain(data)
    own = event_hash(seq, when, kind=kind, subject=subject, data=details, previous=previous)
    connection.execute(
        "INSERT INTO event (seq, at, kind, subject, data, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (seq, when, kind, subject, canonical(details), previous, own),
    )
    return Event(seq, datetime.datetime.fromisoformat(when), kind, subject, details, previous, own)


def from_row(row: tuple[int, str, str, str, str, str, str]) -> Event:
    """The event of a database row (seq, at, kind, subject, data, previous, hash)."""
    seq, at, kind, subject, data, previous, own = row
    return Event(seq, datetime.datetime.fromisoformat(at), kind, subject, json.loads(data), previous, own)
