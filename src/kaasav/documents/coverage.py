"""Which characters the shipped fonts have, and what stands for those they lack."""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ALSO = "→⇒"
"""Signs that the typesetter's own faces have and the shipped ones lack."""
_RANGES = Path(__file__).parent / "fonts" / "coverage.txt"


def printable(value: Any) -> Any:
    """Plain data with every text such that it can be set.

    A line break stays. Any other character no font has is written out, so that it is seen to be there: ``[U+1F600]``.
    Text is composed first (NFC), as fonts hold composed letters.
    """
    if isinstance(value, str):
        if value.isascii() and value.replace("\n", "").isprintable():  # all of it is there, such as a whole picture
            return value
        text = unicodedata.normalize("NFC", value)
        return "".join(_shown(sign) for sign in text)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value


def lacking(text: str) -> list[str]:
    """The characters of ``text`` that `printable` writes out, each once."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return []
    return [sign for sign in dict.fromkeys(unicodedata.normalize("NFC", text)) if _shown(sign) != sign]


def has(sign: str) -> bool:
    """Whether every shipped font has ``sign``."""
    starts, ends = _table()
    at = bisect_right(starts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= ends[at]


@cache
def _shown(sign: str) -> str:
    return sign if sign == "\n" or sign in ALSO or has(sign) else f"[U+{ord(sign):04X}]"


@cache
def _table() -> tuple[list[int], list[int]]:
    starts, ends = [], []
    for line in _RANGES.read_text(encoding="ascii").split():
        low, high = line.split("-")
        starts.append(int(low, 16))
        ends.append(int(high, 16))
    return starts, ends
