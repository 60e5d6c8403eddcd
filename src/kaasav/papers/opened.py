"""Every paper of a municipality: each file below ``evidence/``, listed or not, and what lies inside containers.

One file is held in memory at a time. Whatever cannot be read is told with a reason, never left out.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from kaasav.assessment.evidence_list import ItemText
from kaasav.evidence import filetype, paths
from kaasav.evidence.containers import KINDS, ContainerError, Contents, open_container
from kaasav.evidence.containers.contents import Source
from kaasav.evidence.facts import UnreachedError
from kaasav.evidence.inside import reach
from kaasav.evidence.look import MOST_SEARCHED
from kaasav.evidence.text import readers
from kaasav.evidence.text.pages import NoTextError, Pages
from kaasav.papers.members import Member

MOST_INSIDE = 10_000

Key = tuple[str, tuple[str, ...]]
"""A file's path below the municipality's folder, and the names of members inside it, outermost first."""

_SIGN = re.compile(r"[^\W_]")
_CLOSED = {"office-encrypted": "encrypted", "zip-damaged": "damaged", "cdoc": "encrypted"}
_TOO_MUCH = frozenset({"too-deep", "too-many-members"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One file, or one member of a container.

    Attributes:
        member: whose it is.
        file: its path below the municipality's folder, with ``/``; of a member, the container's.
        inside: the names of the members that lead to it, outermost first; () for the file itself.
        item: the evidence item that lists it, if any.
        sha256: of its own bytes, hexadecimal; "" where it could not be read.
        size: in bytes.
        pages: its text; None where there is none, or none was asked for.
        why: why there is no text: ``no-text`` (a picture, a film, a type no program here reads), ``empty``,
            ``encrypted``, ``damaged``, ``too-large``, ``bomb``, ``too-deep``, ``too-many-members`` (the files behind
            this one), ``unreadable``; "" where there is text, none was asked for, or the container itself has none.
    """

    member: Member
    file: str
    inside: tuple[str, ...]
    item: ItemText | None
    sha256: str = ""
    size: int = 0
    pages: Pages | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """Its path, and inside a container the way to it."""
        return " › ".join((self.file, *self.inside))

    @property
    def place(self) -> str:
        """Its path as people named the folder, and inside a container the way to it."""
        return f"{self.member.shown}/{self.name}"


def papers(member: Member, *, text: bool) -> Iterator[Paper]:
    """Every paper of ``member``, by path; the inner files of a container follow it. With ``text``, what it says too."""
    for file in paths.walk(member.folder).files:
        yield from papers_of(member, file, text=text)


def papers_of(member: Member, file: str, *, text: bool) -> Iterator[Paper]:
    """The paper ``file`` of ``member``, and if it is a container those inside; as `papers`."""
    items = {key(item): item for item in reversed(member.items) if item.file is not None}
    for paper in _file(member, file, text=text):
        yield replace(paper, item=items.get((composed(paper.file), tuple(map(composed, paper.inside)))))


def all_listed(member: Member) -> bool:
    """Whether every file below ``evidence/`` could be looked up."""
    return paths.walk(member.folder).complete


def key(item: ItemText) -> Key:
    """Where an item's bytes lie, in one Unicode spelling."""
    return composed(item.file or ""), tuple(map(composed, item.inside))


def bytes_of(folder: Path, item: ItemText) -> bytes | None:
    """The bytes of an item's file, or of the file inside it; None if they cannot be read or are too many to search."""
    located = paths.locate(folder, item.file) if item.file is not None else None
    if located is None or located.path is None:
        return None
    try:
        with located.path.open("rb") as stream:
            data = reach(stream, located.name, item.inside) if item.inside else stream.read(MOST_SEARCHED + 1)
    except (OSError, UnreachedError):
        return None
    return data if len(data) <= MOST_SEARCHED else None


def composed(name: str) -> str:
    """``name`` in the one Unicode spelling names are compared in."""
    return unicodedata.normalize("NFC", name)


def _file(member: Member, file: str, *, text: bool) -> Iterator[Paper]:
    paper = Paper(member, file, (), None)
    located = paths.locate(member.folder, file)
    if located.path is None:
        yield replace(paper, why="unreadable")
        return
    suffix = PurePosixPath(file).suffix
    try:
        with located.path.open("rb") as stream:
            data = stream.read(MOST_SEARCHED + 1)
            if len(data) > MOST_SEARCHED:
                yield from _large(paper, stream, data[: filetype.HEAD], suffix, text=text)
                return
    except OSError:
        yield replace(paper, why="unreadable")
        return
    yield from _bytes(paper, data, suffix, _Budget(), text=text)


class _Budget:
    """How many inner files of one file are still looked at, however they are nested."""

    def __init__(self) -> None:
        self._left = MOST_INSIDE

    def spend(self) -> bool:
        self._left -= 1
        return self._left >= 0


def _large(paper: Paper, stream: BinaryIO, head: bytes, suffix: str, *, text: bool) -> Iterator[Paper]:
    """A file too large to be held: hashed, and opened if it is a container that can be read piece by piece."""
    stream.seek(0)
    digest = hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()
    size = stream.tell()
    stream.seek(max(size - filetype.TAIL, 0))
    kind = filetype.identify(head, stream.read(), suffix)
    paper = replace(paper, sha256=digest, size=size)
    if kind in KINDS:
        stream.seek(0)
        yield from _container(paper, kind, stream, _Budget(), text=text)
    else:
        yield replace(paper, why="too-large" if text else "")


def _bytes(paper: Paper, data: bytes, suffix: str, budget: _Budget, *, text: bool) -> Iterator[Paper]:
    paper = replace(paper, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    kind = filetype.identify(data, data, suffix)
    if kind in KINDS:
        yield from _container(paper, kind, data, budget, text=text)
    elif text:
        yield _with_text(paper, kind, data)
    else:
        yield paper


def _container(paper: Paper, kind: str, source: Source, budget: _Budget, *, text: bool) -> Iterator[Paper]:
    try:
        contents = open_container(kind, source, depth=len(paper.inside) + 1)
    except ContainerError as closed:
        yield replace(paper, why=closed.detail if closed.detail in _TOO_MUCH else str(closed.why)) if text else paper
        return
    yield replace(paper, pages=_mail(contents)) if text else paper
    for inner in contents.members:
        below = replace(paper, inside=(*paper.inside, inner.name), sha256="", size=inner.size)
        if not budget.spend():
            yield replace(below, why="too-many-members")
            return
        try:
            data = inner.data
        except ContainerError as closed:
            yield replace(below, why=str(closed.why))
            continue
        yield from _bytes(below, data, PurePosixPath(inner.name).suffix, budget, text=text)


def _mail(contents: Contents) -> Pages | None:
    mail = contents.mail
    return Pages((mail.text(),), paged=False) if mail else None


def _with_text(paper: Paper, kind: str, data: bytes) -> Paper:
    if not data:
        return replace(paper, why="empty")
    if kind in _CLOSED:
        return replace(paper, why=_CLOSED[kind])
    if len(data) > MOST_SEARCHED:
        return replace(paper, why="too-large")
    try:
        pages = readers.read(kind, data)
    except NoTextError as none:
        return replace(paper, why=str(none.why))
    if pages is None or not pages.searchable or not any(map(_SIGN.search, pages.texts)):
        return replace(paper, why="no-text")
    return replace(paper, pages=pages)
