"""Names of inner files, made harmless and distinct: always the same ones for the same container."""

import re
import unicodedata

UNNAMED = "nimetu"
LONGEST_PART = 200
MOST_PARTS = 20

_SEPARATORS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"[A-Za-z]:")
_SUFFIX = re.compile(r"\.[^./ ]{1,10}\Z")


def safe(name: str) -> str:
    """``name`` relative and with ``/``: no ``..``, drive or leading slash; what cannot be shown or written is ``_``."""
    shown = "".join(c if c == " " or c.isprintable() else "_" for c in unicodedata.normalize("NFC", name))
    parts = [_part(part) for part in _SEPARATORS.split(_DRIVE.sub("", shown, count=1)) if part not in ("", ".", "..")]
    return "/".join(parts[-MOST_PARTS:]) or UNNAMED


def _part(part: str) -> str:
    if len(part) <= LONGEST_PART:
        return part
    suffix = _SUFFIX.search(part)
    ending = suffix[0] if suffix else ""
    return part[: LONGEST_PART - len(ending)] + ending


class Distinct:
    """Gives each name once: the second ``kiri.pdf`` becomes ``kiri (2).pdf``; case makes no difference."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """`safe` ``name``, or the first numbered one that nobody has."""
        wanted = safe(name)
        suffix = _SUFFIX.search(wanted)
        ending = suffix[0] if suffix else ""
        stem = wanted.removesuffix(ending)
        key, shown = wanted.casefold(), wanted
        while shown.casefold() in self._taken:
            number = self._next.get(key, 2)
            self._next[key] = number + 1
            shown = f"{stem} ({number}){ending}"
        self._taken.add(shown.casefold())
        return shown
