"""Where an item's file really is: a path a municipality wrote, resolved without ever leaving its folder."""

import functools
import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kaasav.evidence.facts import State

MOST_FILES = 250_000
"""`walk` stops here and says so: no evidence folder is that large on purpose."""

_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER = frozenset({"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep"})
_SPECIAL = {stat.S_IFDIR: "directory", stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket", stat.S_IFLNK: "symlink"}


@dataclass(frozen=True, slots=True)
class Located:
    """What a written path leads to.

    Attributes:
        state: OK (a regular file inside the folder), MISSING or UNSAFE.
        name: the path as it stands on the disk, with ``/``; for detail ``case`` the name that differs in case only.
        path: what to open, symlinks resolved; None unless the state is OK.
        detail: "" if OK; for MISSING ``case`` where only the case differs, else ""; for UNSAFE ``absolute``,
            ``drive``, ``parent``, ``backslash``, ``nul``, ``symlink``, ``directory``, ``fifo``, ``socket``, ``device``.
    """

    state: State
    name: str
    path: Path | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """The regular files below a folder, by name; ``complete`` is False if some could not be listed."""

    files: tuple[str, ...]
    complete: bool


def locate(folder: Path, file: str) -> Located:
    """Resolve ``file``, relative to the municipality's ``folder``; touches names and metadata only, opens nothing.

    The name must be the one on the disk, letter for letter, on every system: a folder that works on Windows then
    works for everybody. Only the two Unicode spellings of the same letters (NFC, NFD) are one name.
    """
    unsafe = _unsafe_spelling(file)
    if unsafe:
        return Located(State.UNSAFE, file, detail=unsafe)
    path, names = folder, list(PurePosixPath(file).parts)
    for position, wanted in enumerate(names):
        names[position], exact = _on_disk(path, wanted)
        if not exact:
            detail = "case" if names[position] != wanted else ""
            return Located(State.MISSING, "/".join(names), detail=detail)
        path = path / names[position]
    name = "/".join(names)
    real = os.path.realpath(path)
    if not Path(real).is_relative_to(os.path.realpath(folder)):
        return Located(State.UNSAFE, name, detail="symlink")
    try:
        kind = stat.S_IFMT(os.lstat(real).st_mode)
    except OSError:
        return Located(State.MISSING, name)
    if kind != stat.S_IFREG:
        return Located(State.UNSAFE, name, detail=_SPECIAL.get(kind, "device"))
    return Located(State.OK, name, Path(real))


def _unsafe_spelling(file: str) -> str:
    if "\0" in file:
        return "nul"
    if _DRIVE.match(file):
        return "drive"
    if file.startswith(("/", "\\")):
        return "absolute"
    if ".." in re.split(r"[/\\]", file):
        return "parent"
    return "backslash" if "\\" in file else ""


def _on_disk(folder: Path, wanted: str) -> tuple[str, bool]:
    """The name in ``folder`` that ``wanted`` means, and whether it is that name; else its twin in another case."""
    names = _names(folder)
    if wanted in names.get(_folded(wanted), ()):
        return wanted, True
    if os.path.lexists(folder / wanted):  # listed just before it came, or in another case on a disk that does not mind
        names = _names(folder, again=True)
        if not names or wanted in names.get(_folded(wanted), ()):
            return wanted, True
    twins = names.get(_folded(wanted), [])
    composed = unicodedata.normalize("NFC", wanted)
    equal = [name for name in twins if unicodedata.normalize("NFC", name) == composed]
    if len(equal) == 1:
        return equal[0], True
    return (min(twins) if twins else wanted), False


def _names(folder: Path, *, again: bool = False) -> Mapping[str, list[str]]:
    try:
        if again:
            _listed.cache_clear()
        return _listed(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


@functools.lru_cache(maxsize=16)
def _listed(folder: Path, changed_ns: int) -> Mapping[str, list[str]]:
    """The names in ``folder``, those together that differ in case or Unicode form only.

    A round asks for the same few folders again and again, until one changes.
    """
    names: dict[str, list[str]] = {}
    for name in os.listdir(folder):  # noqa: PTH208 (only the names are wanted)
        names.setdefault(_folded(name), []).append(name)
    return names


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def walk(folder: Path, below: str = "evidence") -> Walked:
    """Every regular file under ``folder/below``, relative to ``folder`` with ``/``, sorted; symlinks are not followed.

    What Office and file managers leave behind (``~$…``, ``Thumbs.db``, ``.DS_Store``, ``desktop.ini``,
    ``.gitkeep``) is left out.
    """
    found: list[str] = []
    complete = True
    waiting = [] if (folder / below).is_symlink() else [below]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{inside}/{entry.name}")
                    elif entry.is_file(follow_symlinks=False) and not _is_litter(entry.name):
                        found.append(f"{inside}/{entry.name}")
        except FileNotFoundError:
            continue
        except OSError:
            complete = False
        if len(found) > MOST_FILES:
            return Walked(tuple(sorted(found[:MOST_FILES])), complete=False)
    return Walked(tuple(sorted(found)), complete)


def _is_litter(name: str) -> bool:
    return name.startswith("~$") or name.casefold() in _LITTER
