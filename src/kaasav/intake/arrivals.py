"""What was named on the command line, file by file; links are not followed and nothing special is opened."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kaasav.files import NOT_FOUND
from kaasav.language import N_
from kaasav.problems import Location, Refused, error

MOST_FILES = 10_000
MOST_FOLDERS_DEEP = 64
LITTER = frozenset({"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep", "ehthumbs.db", ".localized"})
_LITTER_FOLDERS = frozenset({"__macosx", ".spotlight-v100", ".trashes", ".git"})
_FLAGS = (getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
          | getattr(os, "O_CLOEXEC", 0))  # fmt: skip

HOLDS_FOLDER = error(
    "intake-source-holds-folder",
    N_("the source holds the municipality’s own folder, so its lists and ratings would come in as papers"),
    N_("name the folder the papers are in, such as {folder}/evidence"),
)
TOO_MANY = error(
    "intake-too-many",
    N_("more than {limit} files came in at once, which no municipality hands in; nothing was taken in"),
    N_("name the folders that hold the papers"),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that came: the source's own name, the name below it, and how to open it.

    ``why`` says with a short code why it is not opened: skipped where ``refused`` is False.
    """

    source: str
    name: str
    open: Callable[[], BinaryIO] | None
    why: str = ""
    refused: bool = False
    path: Path | None = None


def is_litter(name: str) -> bool:
    """Whether a name is one that Office, Windows or macOS leaves behind."""
    parts = name.replace("\\", "/").split("/")
    last = parts[-1]
    return (last.startswith(("~$", "._", ".~lock.")) or last.casefold() in LITTER
            or any(part.casefold() in _LITTER_FOLDERS for part in parts[:-1]))  # fmt: skip


def arrivals(sources: Sequence[Path], folder: Path) -> Iterator[Arrival]:
    """Every file in ``sources``, in the order named, each directory's by name.

    Raises:
        Refused: a source is not there, or holds the municipality's ``folder``.
    """
    problems = [NOT_FOUND.at(Location(str(path))) for path in sources if not path.exists()]
    own = folder.resolve()
    problems += [HOLDS_FOLDER.at(Location(str(path)), folder=str(folder)) for path in sources
                 if path.is_dir() and own.is_relative_to(path.resolve())]  # fmt: skip
    if problems:
        raise Refused(problems)
    count = 0
    for source in sources:
        for one in _of(source):
            count += 1
            if count > MOST_FILES:
                raise Refused([TOO_MANY.at(Location(str(source)), limit=MOST_FILES)])
            yield one


def _of(source: Path) -> Iterator[Arrival]:
    real = source.resolve()
    if real.is_dir():
        yield from _below(real, source.name or real.name, "", 0)
    else:
        yield _file(real, source.name, source.name, real.stat().st_mode)


def _below(folder: Path, source: str, inside: str, depth: int) -> Iterator[Arrival]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield Arrival(source, inside or ".", None, "unreadable", refused=True)
        return
    for entry in listed:
        name = f"{inside}/{entry.name}" if inside else entry.name
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError:
            yield Arrival(source, name, None, "unreadable", refused=True)
            continue
        if not stat.S_ISDIR(mode):
            yield _file(folder / entry.name, source, name, mode)
        elif depth >= MOST_FOLDERS_DEEP:
            yield Arrival(source, name, None, "too-deep", refused=True)
        else:
            yield from _below(folder / entry.name, source, name, depth + 1)


def _file(path: Path, source: str, name: str, mode: int) -> Arrival:
    if is_litter(name):
        return Arrival(source, name, None, "litter")
    if stat.S_ISLNK(mode):
        return Arrival(source, name, None, "symlink")
    if not stat.S_ISREG(mode):
        return Arrival(source, name, None, "special", refused=True)
    return Arrival(source, name, lambda: _open(path), path=path)


def _open(path: Path) -> BinaryIO:
    """The regular file at ``path``, opened without following a link or waiting for anybody.

    Raises:
        OSError: it cannot be opened, or is no regular file any more.
    """
    stream = open(path, "rb", opener=lambda name, flags: os.open(name, flags | _FLAGS))  # noqa: SIM115 (the caller closes)
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError("no regular file")
    return stream
