"""Backups: a second database file, made through SQLite while others may be writing, and checked before it counts."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kaasav.files import replacing
from kaasav.problems import Refused, has_errors
from kaasav.store.checks import examine
from kaasav.store.connection import connect, reading, require_current, speaking


def backup(path: Path, target: Path) -> None:
    """Copy the database at ``path`` to the new file ``target``.

    Raises:
        Refused: the database is not whole, is of another version, or cannot be read or written; there is no ``target``.
        Forbidden: ``target`` exists.
    """
    with closing(connect(path, "rw")) as source, replacing(target, overwrite=False) as temporary:
        with speaking(path):
            require_current(source, path)
        copy(source, temporary, target)
        with speaking(path), closing(connect(temporary, "rw")) as made, reading(made):
            problems = examine(made, path)
        if has_errors(problems):
            raise Refused(problems)


def copy(source: sqlite3.Connection, temporary: Path, target: Path) -> None:
    """Copy the database of ``source`` into the file ``temporary``, which will be ``target``: named in problems."""
    with speaking(target), closing(sqlite3.connect(temporary, isolation_level=None)) as made:
        source.backup(made, pages=-1)
