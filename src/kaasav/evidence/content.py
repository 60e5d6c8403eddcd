"""A file's bytes, read once and safely: all of them, or of a very large one its beginning and end; and its text."""

import hashlib
import os
import re
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kaasav.evidence import filetype
from kaasav.evidence.text import readers
from kaasav.evidence.text.pages import NoTextError, Pages, Why

MOST_SEARCHED = 64 * 1024 * 1024
"""Larger files are hashed and recognised, but not searched: a person has to look."""
CLOSED = {"zip-damaged": Why.DAMAGED, "office-encrypted": Why.ENCRYPTED, "cdoc": Why.ENCRYPTED}
"""Types, as `filetype.identify` names them, that tell already why there is no text."""

_BLOCK = 1024 * 1024
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SAFELY = (getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
           | getattr(os, "O_CLOEXEC", 0))  # fmt: skip


class ChangedError(Exception):
    """The file was written to while it was read, or is no regular file any more."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes: all of them in ``head``, or (not ``whole``) of one larger than `MOST_SEARCHED` its two ends."""

    sha256: str
    size: int
    head: bytes
    tail: bytes
    whole: bool

    def kind(self, suffix: str) -> str:
        """The type, as `filetype.identify` names it; ``suffix`` only tells kinds of plain text apart."""
        return filetype.identify(self.head, self.tail, suffix)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The regular file at ``path``, opened without following a link or waiting for anybody.

    Raises:
        OSError: it cannot be opened.
        ChangedError: it is no regular file, or was written to while the block ran.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _SAFELY)) as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise ChangedError
        yield stream
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ChangedError


def read(stream: BinaryIO) -> Content:
    """Everything in ``stream``, a file's from its beginning.

    Raises:
        OSError: it cannot be read.
        ChangedError: it is not as long as it says.
    """
    size = os.fstat(stream.fileno()).st_size
    content = of(stream.read(size + 1)) if size <= MOST_SEARCHED else _ends(stream)
    if content.size != size:
        raise ChangedError
    return content


def of(data: bytes) -> Content:
    """Bytes that are in memory already, such as a member of a container."""
    return Content(hashlib.sha256(data).hexdigest(), len(data), data, data, whole=len(data) <= MOST_SEARCHED)


def _ends(stream: BinaryIO) -> Content:
    digest, size, head = hashlib.sha256(), 0, b""
    last: deque[bytes] = deque(maxlen=filetype.TAIL // _BLOCK + 1)
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
        head = head or block
        last.append(block)
    return Content(digest.hexdigest(), size, head, b"".join(last), whole=False)


def text(kind: str, content: Content) -> Pages | None:
    """What a file of type ``kind`` says; None where no reader knows the type.

    Raises:
        NoTextError: and nothing else; TOO_LARGE for one larger than `MOST_SEARCHED`.
    """
    if kind in CLOSED:
        raise NoTextError(CLOSED[kind])
    if not content.whole:
        raise NoTextError(Why.TOO_LARGE)
    return readers.read(kind, content.head)


def searchable(pages: Pages) -> bool:
    """Whether there is anything to search: a letter or digit, and not in pictures only."""
    return pages.searchable and any(map(_LETTER_OR_DIGIT.search, pages.texts))
