"""Looking at one evidence file: opened once, and everything that can be told of it.

Hash, type and text are of the same bytes. Nothing here raises for a bad file: what is wrong is a `State`.
"""

import functools
import hashlib
import os
import re
import stat
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kaasav.evidence import filetype, passage, paths, sighting
from kaasav.evidence.facts import Facts, Place, Sighting, State, UnreachedError
from kaasav.evidence.text import readers
from kaasav.evidence.text.pages import NoTextError, Pages, Why

MOST_SEARCHED = 64 * 1024 * 1024
"""Larger files are hashed and recognised, but not searched: a person has to look."""

_BLOCK = 1024 * 1024
_STATES = {Why.ENCRYPTED: State.ENCRYPTED, Why.DAMAGED: State.UNREADABLE, Why.BOMB: State.UNSAFE}
_CLOSED = {"zip-damaged": Why.DAMAGED, "office-encrypted": Why.ENCRYPTED, "cdoc": Why.ENCRYPTED}
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SAFELY = (getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
           | getattr(os, "O_CLOEXEC", 0))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Content:
    """A file's bytes: all of them, or for one larger than `MOST_SEARCHED` its beginning and end."""

    sha256: str
    size: int
    head: bytes
    tail: bytes
    whole: bool


class _ChangedError(Exception):
    """The file was written to while it was read."""


def look(
    folder: Path, file: str, places: Sequence[Place], *, known: Facts | None = None, inside: Sequence[str] = ()
) -> tuple[Facts, tuple[Sighting, ...]]:
    """What ``file`` (relative to the municipality's ``folder``) is, and one sighting for each of ``places``.

    Args:
        folder: the municipality's folder; nothing outside it is opened.
        file: the path as the municipality wrote it.
        places: what to look for.
        known: what an earlier look told of the same item; where the hash is still the same it is taken over, and the
            text is opened only if a passage is to be found.
        inside: the name of a file inside ``file``, which is a container; for containers in containers one name each,
            the outermost first. Everything told is then of that inner file: signing again changes nothing.

    A state other than OK finds no place. ``detail`` then says why: a code of `paths.Located`,
    ``ending-docx-content-exe``, ``permission``, ``changed``, ``io``, ``damaged``, ``truncated``, ``no-pages``,
    ``encrypted``, ``zip-bomb`` or ``entities``; of a container also ``not-inside``, ``no-container`` and the codes of
    `ContainerError`.
    """
    located = paths.locate(folder, file)
    if located.path is None:
        return _nothing(Facts(located.state, located.detail), places)
    name = located.name
    try:
        if inside:
            content, name = _inner(located.path, name, inside), inside[-1]
        else:
            content = _content(located.path)
    except UnreachedError as error:
        return _nothing(Facts(error.state, error.detail), places)
    except FileNotFoundError:
        return _nothing(Facts(State.MISSING), places)
    except PermissionError:
        return _nothing(Facts(State.UNREADABLE, "permission"), places)
    except _ChangedError:
        return _nothing(Facts(State.UNREADABLE, "changed"), places)
    except OSError:
        return _nothing(Facts(State.UNREADABLE, "io"), places)
    if not content.size:
        return _nothing(Facts(State.EMPTY, size=0), places)
    return _told(content, PurePosixPath(name).suffix, places, known)


def _nothing(facts: Facts, places: Sequence[Place]) -> tuple[Facts, tuple[Sighting, ...]]:
    return facts, tuple(sighting.NOT_FOUND for _ in places)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _SAFELY)


def _inner(path: Path, name: str, inside: Sequence[str]) -> _Content:
    """The bytes of a file inside the container at ``path``; raises as `_content` does, and `UnreachedError`."""
    from kaasav.evidence.inside import reach

    with open(path, "rb", opener=_opened) as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise _ChangedError
        data = reach(stream, name, inside)
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _ChangedError
    return _Content(hashlib.sha256(data).hexdigest(), len(data), data, data, whole=len(data) <= MOST_SEARCHED)


def _content(path: Path) -> _Content:
    """The file's bytes, read once.

    Raises:
        OSError: it cannot be read.
        _ChangedError: it changed meanwhile, or is no regular file any more.
    """
    with open(path, "rb", opener=_opened) as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise _ChangedError
        content = _whole(stream, before.st_size) if before.st_size <= MOST_SEARCHED else _ends(stream)
        after = os.fstat(stream.fileno())
    if content.size != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _ChangedError
    return content


def _whole(stream: BinaryIO, size: int) -> _Content:
    data = stream.read(size + 1)
    return _Content(hashlib.sha256(data).hexdigest(), len(data), data, data, whole=True)


def _ends(stream: BinaryIO) -> _Content:
    digest, size, head = hashlib.sha256(), 0, b""
    last: deque[bytes] = deque(maxlen=filetype.TAIL // _BLOCK + 1)
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
        head = head or block
        last.append(block)
    return _Content(digest.hexdigest(), size, head, b"".join(last), whole=False)


def _told(
    content: _Content, suffix: str, places: Sequence[Place], known: Facts | None
) -> tuple[Facts, tuple[Sighting, ...]]:
    kind = filetype.identify(content.head, content.tail, suffix)
    facts = Facts(State.OK, sha256=content.sha256, size=content.size, type=kind)
    if not filetype.matches_ending(kind, suffix):
        detail = f"ending-{suffix[1:].casefold()}-content-{kind}"
        return _nothing(replace(facts, state=State.MISLABELLED, detail=detail), places)
    if kind in _CLOSED:
        return _nothing(replace(facts, state=_STATES[_CLOSED[kind]], detail=str(_CLOSED[kind])), places)
    if known is not None and known.state is State.OK and known.sha256 == facts.sha256:
        if not known.searchable:
            return known, _unsearched(known, places)
        if all(place.passage is None for place in places):
            return known, _searched(Pages(("",) * (known.pages or 1), paged=known.pages is not None), places)
    try:
        pages = readers.read(kind, content.head) if content.whole else None
    except NoTextError as cannot:
        if cannot.why in _STATES:
            return _nothing(replace(facts, state=_STATES[cannot.why], detail=cannot.detail), places)
        pages = None
    if pages is None:
        return facts, _unsearched(facts, places)
    facts = replace(facts, pages=len(pages.texts) if pages.paged else None, created=pages.created)
    if not (pages.searchable and any(map(_LETTER_OR_DIGIT.search, pages.texts))):
        return facts, _unsearched(facts, places)
    return replace(facts, searchable=True), _searched(pages, places)


def _unsearched(facts: Facts, places: Sequence[Place]) -> tuple[Sighting, ...]:
    return tuple(sighting.without_text(place, facts.pages) for place in places)


def _searched(pages: Pages, places: Sequence[Place]) -> tuple[Sighting, ...]:
    ready = functools.cache(lambda: passage.Searchable(pages.texts))
    return tuple(sighting.in_text(place, pages, lambda quoted: ready().find(quoted)) for place in places)
