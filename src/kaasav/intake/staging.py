"""Copying what comes in to a place of its own, hashing on the way: nothing is ever held whole in memory."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from kaasav.assessment.folder import EVIDENCE_FILES
from kaasav.evidence import filetype
from kaasav.files import as_problem
from kaasav.intake.lock import STAGE
from kaasav.problems import Location, Refused

BLOCK = 1024 * 1024
MOST_IN_ALL = 8 * 1024 * 1024 * 1024
"""Bytes one run takes in, what zips unpack to included."""


class TooMuchError(Exception):
    """More came in than `MOST_IN_ALL`."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file copied to where nobody looks yet."""

    path: Path
    sha256: str
    size: int
    type: str


class Stage:
    """A folder beside the evidence, on the same disk, that is gone when the run ends.

    ``told`` is what people know it by where it cannot be written to.
    """

    def __init__(self, folder: Path, told: Path) -> None:
        self._folder, self._told = folder, told
        self._left = MOST_IN_ALL
        self._count = 0

    def take(self, stream: BinaryIO, suffix: str, *, lasting: bool = True) -> Staged:
        """Copy ``stream`` to its end; ``suffix`` only tells kinds of plain text apart.

        Raises:
            OSError: reading fails.
            Refused: writing fails.
            TooMuchError: the run's bound is reached.
        """
        self._count += 1
        path = self._folder / f"{self._count:05}"
        digest, size = hashlib.sha256(), 0
        with self._writing(path):
            out = path.open("wb", buffering=0)
        with out:
            while block := stream.read(BLOCK):
                size += len(block)
                if size > self._left:
                    raise TooMuchError
                digest.update(block)
                with self._writing(path):
                    _write(out, block)
            if lasting:
                with self._writing(path):
                    os.fsync(out.fileno())
        self._left -= size
        return Staged(path, digest.hexdigest(), size, _type(path, size, suffix))

    @contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise unwritable(failure, path, self._told) from failure


def unwritable(failure: OSError, path: Path, told: Path) -> Refused:
    """Why ``path`` could not be written, said of ``told``, which is what people know."""
    return Refused([replace(as_problem(failure, path), location=Location(told.as_posix()))])


def _write(out: FileIO, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[out.write(rest) :]


def _type(path: Path, size: int, suffix: str) -> str:
    with path.open("rb") as stream:
        head = stream.read(filetype.TAIL if size <= filetype.TAIL else filetype.HEAD)
        if size <= filetype.TAIL:
            return filetype.identify(head, head, suffix)
        stream.seek(size - filetype.TAIL)
        return filetype.identify(head, stream.read(), suffix)


@contextmanager
def staging(folder: Path | None) -> Iterator[Stage]:
    """A stage below ``folder``, or in the system's temporary folder where it is None.

    Raises:
        Refused: nothing can be written there.
    """
    if folder is None:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="kaasav-", ignore_cleanup_errors=True) as temporary:
            yield Stage(Path(temporary), Path(temporary).parent)
        return
    inside = folder / f"{STAGE}{secrets.token_hex(6)}"
    try:
        inside.mkdir()
    except OSError as failure:
        raise unwritable(failure, inside, folder / EVIDENCE_FILES) from failure
    try:
        yield Stage(inside, folder / EVIDENCE_FILES)
    finally:
        shutil.rmtree(inside, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """The hash of the file at ``path``, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
