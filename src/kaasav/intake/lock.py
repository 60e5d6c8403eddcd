"""One intake or confirmation at a time in a municipality's folder, and what a killed one left behind is cleared."""

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from kaasav.files import as_problem
from kaasav.language import N_
from kaasav.problems import Forbidden, Location, Refused, error

LOCK = ".kaasav-intake.lock"
STAGE = ".kaasav-intake-"
"""How the folders begin into which what comes in is copied first."""
OLD = 24 * 60 * 60
"""Seconds nothing was written for, after which a stage is nobody's even where nothing can be locked."""

IN_USE = error(
    "intake-in-use",
    N_("another Kaasav is taking papers in here, or confirming some, at this moment; nothing was changed"),
    N_("wait until it is done, then run the command again"),
)
_OTHERS = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_TEMPORARY = re.compile(r"\.kaasav-[0-9a-f]{12}\.tmp")


@contextmanager
def alone(folder: Path, shown: str) -> Iterator[int]:
    """Nobody else takes in or confirms in ``folder`` (shown as ``shown``) while the block runs.

    The system lets go of the lock when a process ends, however it ends. Whoever holds it may therefore clear what
    others have left. On a disk that knows no locks, only what is older than `OLD` is cleared.

    Yields:
        How many runs that were cut off had left copies here; they are gone now.

    Raises:
        Forbidden: somebody else is at it (`IN_USE`).
        Refused: nothing can be written here.
    """
    path = folder / LOCK
    descriptor, sure = _take(path, shown)
    try:
        yield _cleared(folder, 0 if sure else OLD)
    finally:
        if sys.platform == "win32":
            os.close(descriptor)  # an open file cannot be removed there
        with suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(descriptor)


def _take(path: Path, shown: str) -> tuple[int, bool]:
    """An open lock file, and whether it is known to be nobody else's."""
    while True:
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as failure:
            raise Refused([replace(as_problem(failure, path), location=Location(shown))]) from failure
        ours = _locked(descriptor)
        if ours is False:
            os.close(descriptor)
            raise Forbidden([IN_USE.at(Location(shown))])
        if _still_there(descriptor, path):
            return descriptor, ours is True
        os.close(descriptor)  # whoever had it has just removed the file


def _locked(descriptor: int) -> bool | None:
    """Whether the lock is ours now; None where this disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        return False if failure.errno in _OTHERS else None
    return True


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        there, own = path.stat(), os.fstat(descriptor)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (own.st_dev, own.st_ino)


def _cleared(folder: Path, least_age: int) -> int:
    """Remove what runs that were cut off left in ``folder``; how many stages there were."""
    before = time.time() - least_age
    count = 0
    for path in folder.iterdir():
        if path.name.startswith(STAGE) and path.is_dir() and not path.is_symlink():
            if _last_written(path) <= before:
                shutil.rmtree(path, ignore_errors=True)
                count += not path.exists()
        elif _TEMPORARY.fullmatch(path.name) and path.is_file():
            with suppress(OSError):  # others than intake write files too, so only what nobody has touched for long
                if path.stat().st_mtime < time.time() - OLD:
                    path.unlink()
    return count


def _last_written(stage: Path) -> float:
    """When anything in ``stage`` was last written; now where that cannot be told."""
    try:
        return max(path.stat().st_mtime for path in (stage, *stage.iterdir()))
    except OSError:
        return time.time()
