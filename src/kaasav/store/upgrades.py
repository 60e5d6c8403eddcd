"""From an older version of the tables to this one: backup first, then every step in one transaction, checked."""

from contextlib import closing
from itertools import count
from pathlib import Path

from kaasav.files import replacing
from kaasav.problems import Location, Refused, has_errors
from kaasav.store import schema
from kaasav.store.backups import copy
from kaasav.store.checks import examine, examine_structure
from kaasav.store.connection import NEWER, NONE_YET, connect, recorded_version, speaking, writing


def upgrade(path: Path) -> Path | None:
    """Bring the database at ``path`` to the version this Kaasav needs.

    Returns:
        The backup made before, beside the database (``kaasav.v1-backup.db``); None if there was nothing to do.

    Raises:
        Refused: the database is not whole before or after, is of a newer version, or cannot be read or written. It is
            then as it was; a backup made already stays.
    """
    with closing(connect(path, "rw")) as connection, speaking(path):
        connection.execute(
            "PRAGMA foreign_keys = OFF"
        )  # a step may rebuild a table; the check looks at every reference
        with writing(connection):
            found = recorded_version(connection, path)
            if found == schema.version():
                return None
            if not 0 < found < schema.version():
                kind = NONE_YET if found <= 0 else NEWER
                raise Refused([kind.at(Location(str(path)), found=found, known=schema.version())])
            problems = list(examine_structure(connection, path))
            if has_errors(problems):
                raise Refused(problems)
            target = _free_name(path, found)
            with replacing(target, overwrite=False) as temporary:
                copy(path, temporary, target)
            schema.build(connection, found)
            problems = examine(connection, path)
            if has_errors(problems):
                raise Refused(problems)
            return target


def _free_name(path: Path, version: int) -> Path:
    names = (f"{path.stem}.v{version}-backup{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    return next(target for target in (path.with_name(name) for name in names) if not target.exists())
