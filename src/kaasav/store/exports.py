"""The whole database as text: lossless, in a fixed order, one key a line, so that two exports can be compared by eye.

A JSON array of mappings, each beginning and ending at the left margin: a header, then bytes by SHA-256, results by hash
and events by number. Bytes that are UTF-8 stand as their lines, line endings included; others as base64.
"""

import base64
import binascii
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from kaasav.files import written
from kaasav.problems import Refused, has_errors
from kaasav.store.checks import examine
from kaasav.store.connection import connect, reading, require_current, speaking

FORMAT = "kaasav/export/1"
TABLES = ("blob", "result", "event")

_INVISIBLE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def export(path: Path, target: Path) -> None:
    """Write all of the database at ``path`` to the new text file ``target``.

    Raises:
        Refused: the database is not whole, is of another version, or cannot be read; ``target`` cannot be written.
        Forbidden: ``target`` exists.
    """
    with closing(connect(path, "rw")) as connection, speaking(path):
        connection.execute("PRAGMA query_only = ON")
        with reading(connection):
            require_current(connection, path)
            problems = examine(connection, path)
            if has_errors(problems):
                raise Refused(problems)
            with written(target, overwrite=False) as stream:
                for number, entry in enumerate(_entries(connection)):
                    stream.write(("[\n" if number == 0 else ",\n").encode() + rendered(entry).encode("utf-8"))
                stream.write(b"\n]\n")


def rendered(entry: Any, margin: str = "\n") -> str:
    """An entry as it stands in the file, without the comma or newline after it.

    As json.dumps with an indent of 1 (which is six times slower), except that invisible characters are escaped: an
    export shown on a terminal or in a comparison looks like what it holds.
    """
    if isinstance(entry, str):
        text = encode_basestring(entry)
        return text if text.isascii() and "\x7f" not in text else _INVISIBLE.sub(_escaped, text)
    if not entry or not isinstance(entry, (dict, list)):
        return json.dumps(entry)
    deeper = margin + " "
    if isinstance(entry, dict):
        inner = [f"{rendered(key)}: {rendered(value, deeper)}" for key, value in entry.items()]
        return f"{{{deeper}{f',{deeper}'.join(inner)}{margin}}}"
    return f"[{deeper}{f',{deeper}'.join([rendered(value, deeper) for value in entry])}{margin}]"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def blob_entry(sha256: str, content: bytes) -> dict[str, Any]:
    """The entry of recorded bytes: ``blob``, then ``text`` (lines with their endings) or ``base64``."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return {"blob": sha256, "base64": base64.encodebytes(content).decode("ascii").splitlines()}
    return {"blob": sha256, "text": [line for line in _with_endings(text) if line]}


def result_entry(own: str, record: str) -> dict[str, Any]:
    """The entry of a result: ``result`` (its hash) and ``record``, keys sorted."""
    return {"result": own, "record": json.loads(record)}


def event_entry(seq: int, at: str, kind: str, subject: str, data: str, previous: str, own: str) -> dict[str, Any]:
    """The entry of an event: ``event`` (its number) and its other fields."""
    return {
        "event": seq,
        "at": at,
        "kind": kind,
        "subject": subject,
        "data": json.loads(data),
        "previous": previous,
        "hash": own,
    }


def _entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    counts = {
        f"{table}s": connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (our own names)
        for table in TABLES
    }
    yield {"format": FORMAT, **counts}
    for row in connection.execute("SELECT sha256, content FROM blob ORDER BY sha256"):
        yield blob_entry(*row)
    for row in connection.execute("SELECT hash, record FROM result ORDER BY hash"):
        yield result_entry(*row)
    for row in connection.execute("SELECT seq, at, kind, subject, data, previous, hash FROM event ORDER BY seq"):
        yield event_entry(*row)


def _with_endings(text: str) -> Iterator[str]:
    *lines, last = text.split("\n")
    yield from (line + "\n" for line in lines)
    yield last


def bytes_of(entry: dict[str, Any]) -> bytes:
    """The bytes a `blob_entry` stands for.

    Raises:
        ValueError, TypeError, KeyError: it stands for none.
    """
    if "text" in entry:
        return "".join(entry["text"]).encode("utf-8")
    try:
        return base64.b64decode("".join(entry["base64"]), validate=True)
    except binascii.Error as failure:
        raise ValueError from failure
