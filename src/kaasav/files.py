"""Writing files all or nothing: a reader, or a crash, finds the old file or the new, never half of one."""

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kaasav.language import N_
from kaasav.problems import Forbidden, Location, Problem, ProblemKind, Refused, error

DISK_FULL = error(
    "file-disk-full",
    N_("there is no room left on the disk; the file was not written, and an older one stays as it was"),
    N_("make room, then run the command again"),
)
NOT_WRITABLE = error(
    "file-not-writable",
    N_("the file or its folder may not be written to, or another program has the file open"),
    N_("close the file elsewhere, or choose a folder you may write to"),
)
NO_FOLDER = error(
    "file-no-folder", N_("the folder for this file does not exist"), N_("create the folder, or correct the path")
)
IS_FOLDER = error("file-is-folder", N_("a folder of this name is in the way"), N_("choose another file name"))
NOT_WRITTEN = error("file-not-written", N_("the file could not be written: {reason}"))
NOT_FOUND = error("file-missing", N_("there is no such file"))
NOT_READABLE = error("file-unreadable", N_("the file cannot be opened: {reason}"))
NOT_PLAIN = error("file-not-plain", N_("this is no plain file"), N_("put the file itself here"))
LEADS_OUT = error("file-leads-out", N_("the link leads out of the folder"), N_("put the file itself here"))
TOO_LARGE = error("file-too-large", N_("the file is larger than {limit} MB, which no file of this kind is"))
EXISTS = error(
    "file-exists",
    N_("the file exists already and is not overwritten"),
    N_("choose another name, or move the old file away first"),
)

MOST_BYTES = 64 * 1024 * 1024
"""Nothing people write, and no table of a survey wave, is larger."""

_KINDS: dict[int | None, ProblemKind] = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EROFS: NOT_WRITABLE,
    errno.ENOENT: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: IS_FOLDER,
}


def read_bytes(path: Path, shown: str, *, inside: Path | None = None) -> bytes:
    """The whole of the plain file at ``path``, which people know as ``shown``; a pipe or device is never waited for.

    Args:
        path: what to read.
        shown: how problems name it.
        inside: a folder a link must not lead out of; None allows links anywhere.

    Raises:
        Refused: there is none (`NOT_FOUND`), it cannot be opened (`NOT_READABLE`), is no plain file (`NOT_PLAIN`),
            leads out of ``inside`` (`LEADS_OUT`), or is larger than any file people write (`TOO_LARGE`).
    """
    location = Location(shown)
    try:
        if inside is not None and not path.resolve(strict=True).is_relative_to(inside.resolve()):
            raise Refused([LEADS_OUT.at(location)])
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as stream:  # noqa: PTH123 (a descriptor has no Path)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused([NOT_PLAIN.at(location)])
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused([NOT_FOUND.at(location)]) from None
    except IsADirectoryError:
        raise Refused([NOT_PLAIN.at(location)]) from None
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise Refused([NOT_READABLE.at(location, reason=reason)]) from None
    if len(content) > MOST_BYTES:
        raise Refused([TOO_LARGE.at(location, limit=MOST_BYTES // 2**20)])
    return content


def write_atomically(path: Path, content: bytes) -> None:
    """Make ``content`` the whole of the file at ``path``; its folder must exist.

    Raises:
        Refused: the file cannot be written (`DISK_FULL`, `NOT_WRITABLE`, `NO_FOLDER`, `IS_FOLDER`, `NOT_WRITTEN`); what
            stood there before is untouched.
    """
    with written(path) as stream:
        stream.write(content)


@contextmanager
def written(path: Path, *, overwrite: bool = True) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file at ``path`` when the block ends well; otherwise nothing changes.

    Raises:
        Refused: as `write_atomically`.
        Forbidden: ``overwrite`` is False and the file exists (`EXISTS`).
    """
    with replacing(path, overwrite=overwrite) as temporary, temporary.open("r+b") as stream:
        yield stream


@contextmanager
def replacing(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """The path of a new, empty file beside ``path`` that takes its place when the block ends well.

    The block fills that file by whatever means and closes it. If the block raises, the file is removed and ``path``
    stays as it was. A symbolic link at ``path`` is replaced, not followed.

    Raises:
        Refused: as `write_atomically`.
        Forbidden: as `written`.
    """
    if not overwrite and os.path.lexists(path):
        raise Forbidden([EXISTS.at(Location(str(path)))])
    temporary = path.with_name(f".kaasav-{secrets.token_hex(6)}.tmp")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield temporary
        if path.is_file() and not path.is_symlink():
            with contextlib.suppress(OSError):
                shutil.copymode(path, temporary)
        _sync(temporary, os.O_RDWR)
        if not overwrite and os.path.lexists(path):
            raise Forbidden([EXISTS.at(Location(str(path)))])
        temporary.replace(path)
    except OSError as failure:
        if failure.filename not in (None, str(temporary), temporary):
            raise
        raise Refused([as_problem(failure, path)]) from failure
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        _sync(path.parent, os.O_RDONLY)


def as_problem(failure: OSError, path: Path) -> Problem:
    """Why ``path`` could not be written."""
    location = Location(str(path))
    if path.is_dir():
        return IS_FOLDER.at(location)
    kind = _KINDS.get(failure.errno)
    return kind.at(location) if kind else NOT_WRITTEN.at(location, reason=failure.strerror or type(failure).__name__)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
