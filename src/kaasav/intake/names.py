"""File names made safe to write on every system; the name as it came stays in the ledger."""

import unicodedata
from collections.abc import Container

from kaasav.papers.isikukood import without_codes

LONGEST = 120
NAMELESS = "nimetu"
_PORTS = (f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")
_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS})
_FORBIDDEN = frozenset('<>:"/\\|?*')


def safe(name: str) -> str:
    """The last part of ``name`` without control, bidi and other unseen signs or what Windows forbids; never empty.

    Personal codes are masked.
    """
    last = without_codes(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    composed = unicodedata.normalize("NFC", last)
    kept = "".join(_sign(c) for c in composed)
    tidy = " ".join(kept.split()).rstrip(" .").lstrip(" ")
    if tidy.startswith("."):
        tidy = "_" + tidy.lstrip(".")
    tidy = tidy if tidy.strip("_. ") else NAMELESS
    if tidy.partition(".")[0].rstrip(" ").casefold() in _RESERVED or tidy.startswith("~$"):
        tidy = "_" + tidy
    return _shortened(tidy)


def _sign(c: str) -> str:
    if c in _FORBIDDEN:
        return "_"
    category = unicodedata.category(c)
    return c if c.isprintable() or category == "Zs" else ("_" if category in ("Cs", "Co", "Cn") else "")


def _shortened(name: str) -> str:
    stem, ending = parts(name)
    ending = ending[:16]
    while len(stem) + len(ending) > LONGEST or len((stem + ending).encode("utf-8")) > 2 * LONGEST:
        stem = stem[:-1]
    return (stem.rstrip(" .") or NAMELESS) + ending


def parts(name: str) -> tuple[str, str]:
    """``name`` as stem and ending with its dot; the ending may be ""."""
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and 0 < len(ending) <= 10 and " " not in ending else (name, "")


def free(name: str, taken: Container[str]) -> str:
    """``name``, or the first of ``name (2)``, ``name (3)`` … whose case-folded form is not in ``taken``."""
    stem, ending = parts(name)
    number, wanted = 1, name
    while unicodedata.normalize("NFC", wanted).casefold() in taken:
        number += 1
        wanted = f"{stem} ({number}){ending}"
    return wanted


def shown(name: str) -> str:
    r"""``name`` as text any file may hold: bytes that were no text are written ``\xff``, personal codes are masked."""
    return without_codes(name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace"))
