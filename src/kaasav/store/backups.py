"""Backups: a second database file, made through SQLite while others may be writing, and checked before it counts."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kaasav.files import replacing
from kaasav.problems import Refused, has_errors
from kaasav.store.checks import examine
from kaasav.store.connection import connect, reading, recorded_version, require_current, speaking


def backup(path: Path, target: Path) -> None:
    """Copy the database at ``path`` to the new file ``target``.

    Raises:
        Refused: the database is not whole, is of another version, or cannot be read or written; there is no ``target``.
        Forbidden: ``target`` exists.
    """
    with closing(connect(path, "rw")) as source, speaking(path):
        require_current(source, path)
    with replacing(target, overwrite=False) as temporary:
        copy(path, temporary, target)
        with speaking(path), closing(connect(temporary, "rw")) as made, reading(made):
            problems = examine(made, path)
        if has_errors(problems):
            raise Refused(problems)


def copy(path: Path, temporary: Path, target: Path) -> None:
    """Copy the database at ``path``, of any version, into the file ``temporary``, named ``target`` in problems."""
    with closing(connect(path, "rw")) as source, speaking(path), reading(source):
        # Reading something takes the lock, waiting as long as always; a copy begun without it would wait forever.
        recorded_version(source, path)
        with speaking(target), closing(sqlite3.connect(temporary, isolation_level=None)) as made:
            source.backup(made)
