"""Looking at one evidence file: opened once, and everything that can be told of it.

Hash, type and text are of the same bytes. Nothing here raises for a bad file: what is wrong is a `State`.
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kaasav.evidence import content as bytes_of
from kaasav.evidence import filetype, passage, paths, sighting
from kaasav.evidence.content import CLOSED, ChangedError, Content
from kaasav.evidence.facts import Facts, Place, Sighting, State, UnreachedError
from kaasav.evidence.text.pages import NoTextError, Pages, Why

_STATES = {Why.ENCRYPTED: State.ENCRYPTED, Why.DAMAGED: State.UNREADABLE, Why.BOMB: State.UNSAFE}


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
        content, name = _content(located.path, name, inside), inside[-1] if inside else name
    except UnreachedError as error:
        return _nothing(Facts(error.state, error.detail), places)
    except FileNotFoundError:
        return _nothing(Facts(State.MISSING), places)
    except PermissionError:
        return _nothing(Facts(State.UNREADABLE, "permission"), places)
    except ChangedError:
        return _nothing(Facts(State.UNREADABLE, "changed"), places)
    except OSError:
        return _nothing(Facts(State.UNREADABLE, "io"), places)
    if not content.size:
        return _nothing(Facts(State.EMPTY, size=0), places)
    return _told(content, PurePosixPath(name).suffix, places, known)


def _nothing(facts: Facts, places: Sequence[Place]) -> tuple[Facts, tuple[Sighting, ...]]:
    return facts, tuple(sighting.NOT_FOUND for _ in places)


def _content(path: Path, name: str, inside: Sequence[str]) -> Content:
    """The bytes of the file at ``path``, or of the one ``inside`` it.

    Raises:
        OSError: it cannot be read.
        ChangedError: it changed meanwhile, or is no regular file any more.
        UnreachedError: the way inside it ends.
    """
    with bytes_of.opened(path) as stream:
        if not inside:
            return bytes_of.read(stream)
        from kaasav.evidence.inside import reach

        return bytes_of.of(reach(stream, name, inside))


def _told(
    content: Content, suffix: str, places: Sequence[Place], known: Facts | None
) -> tuple[Facts, tuple[Sighting, ...]]:
    kind = content.kind(suffix)
    facts = Facts(State.OK, sha256=content.sha256, size=content.size, type=kind)
    if not filetype.matches_ending(kind, suffix):
        detail = f"ending-{suffix[1:].casefold()}-content-{kind}"
        return _nothing(replace(facts, state=State.MISLABELLED, detail=detail), places)
    if kind in CLOSED:
        return _nothing(replace(facts, state=_STATES[CLOSED[kind]], detail=str(CLOSED[kind])), places)
    if known is not None and known.state is State.OK and known.sha256 == facts.sha256:
        if not known.searchable:
            return known, _unsearched(known, places)
        if all(place.passage is None for place in places):
            return known, _searched(Pages(("",) * (known.pages or 1), paged=known.pages is not None), places)
    try:
        pages = bytes_of.text(kind, content)
    except NoTextError as cannot:
        if cannot.why in _STATES:
            return _nothing(replace(facts, state=_STATES[cannot.why], detail=cannot.detail), places)
        pages = None
    if pages is None:
        return facts, _unsearched(facts, places)
    facts = replace(facts, pages=len(pages.texts) if pages.paged else None, created=pages.created)
    if not bytes_of.searchable(pages):
        return facts, _unsearched(facts, places)
    return replace(facts, searchable=True), _searched(pages, places)


def _unsearched(facts: Facts, places: Sequence[Place]) -> tuple[Sighting, ...]:
    return tuple(sighting.without_text(place, facts.pages) for place in places)


def _searched(pages: Pages, places: Sequence[Place]) -> tuple[Sighting, ...]:
    ready = functools.cache(lambda: passage.Searchable(pages.texts))
    return tuple(sighting.in_text(place, pages, lambda quoted: ready().find(quoted)) for place in places)
