"""Every paper of a municipality: each file below ``evidence/``, listed or not, and what lies inside containers.

One file is held in memory at a time. Whatever cannot be read is told with a reason, never left out.
"""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kaasav.assessment.evidence_list import ItemText
from kaasav.evidence import content as bytes_in
from kaasav.evidence import filetype, paths
from kaasav.evidence.containers import KINDS, ContainerError, Contents, open_container
from kaasav.evidence.containers.contents import Source
from kaasav.evidence.content import MOST_SEARCHED, ChangedError, Content
from kaasav.evidence.facts import UnreachedError
from kaasav.evidence.inside import reach
from kaasav.evidence.text.pages import NoTextError, Pages
from kaasav.papers.members import Member

MOST_INSIDE = 10_000

Key = tuple[str, tuple[str, ...]]
"""A file's path below the municipality's folder, and the names of members inside it, outermost first."""

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


def papers(member: Member, *, text: bool, sizes: Collection[int] | None = None) -> Iterator[Paper]:
    """Every paper of ``member``, by path; the inner files of a container follow it.

    Args:
        member: whose.
        text: whether to read what they say.
        sizes: leave out files that are no container and of another size than these, without reading them through.
    """
    for file in paths.walk(member.folder).files:
        if sizes is None or _may_matter(member.folder / file, sizes):
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
        with bytes_in.opened(located.path) as stream:
            data = reach(stream, located.name, item.inside) if item.inside else stream.read(MOST_SEARCHED + 1)
    except (OSError, ChangedError, UnreachedError):
        return None
    return data if len(data) <= MOST_SEARCHED else None


def composed(name: str) -> str:
    """``name`` in the one Unicode spelling names are compared in."""
    return unicodedata.normalize("NFC", name)


def _may_matter(path: Path, sizes: Collection[int]) -> bool:
    """Whether the file is of one of these sizes, or a container that may hold one; also where that cannot be told."""
    try:
        with bytes_in.opened(path) as stream:
            size = path.stat().st_size
            if size in sizes:
                return True
            head = stream.read(filetype.HEAD)
            stream.seek(max(size - filetype.TAIL, 0))
            return filetype.identify(head, stream.read(filetype.TAIL), path.suffix) in KINDS
    except (OSError, ChangedError):
        return True


def _file(member: Member, file: str, *, text: bool) -> Iterator[Paper]:
    paper = Paper(member, file, (), None)
    located = paths.locate(member.folder, file)
    if located.path is None:
        yield replace(paper, why="unreadable")
        return
    try:
        with bytes_in.opened(located.path) as stream:
            content = bytes_in.read(stream)
            source: Source = content.head if content.whole else stream
            yield from _told(paper, content, source, PurePosixPath(file).suffix, _Budget(), text=text)
    except (OSError, ChangedError):
        yield replace(paper, why="unreadable")


class _Budget:
    """How many inner files of one file are still looked at, however they are nested."""

    def __init__(self) -> None:
        self._left = MOST_INSIDE

    def spend(self) -> bool:
        self._left -= 1
        return self._left >= 0


def _told(
    paper: Paper, content: Content, source: Source, suffix: str, budget: _Budget, *, text: bool
) -> Iterator[Paper]:
    paper = replace(paper, sha256=content.sha256, size=content.size)
    kind = content.kind(suffix)
    if kind in KINDS:
        if not isinstance(source, bytes):
            source.seek(0)
        yield from _container(paper, kind, source, budget, text=text)
    else:
        yield _with_text(paper, kind, content) if text else paper


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
        yield from _told(below, bytes_in.of(data), data, PurePosixPath(inner.name).suffix, budget, text=text)


def _mail(contents: Contents) -> Pages | None:
    mail = contents.mail
    return Pages((mail.text(),), paged=False) if mail else None


def _with_text(paper: Paper, kind: str, content: Content) -> Paper:
    if not content.size:
        return replace(paper, why="empty")
    try:
        pages = bytes_in.text(kind, content)
    except NoTextError as none:
        return replace(paper, why=str(none.why))
    if pages is None or not bytes_in.searchable(pages):
        return replace(paper, why="no-text")
    return replace(paper, pages=pages)
