"""Writes down which characters the shipped fonts have: ``python scripts/fonts.py`` → documents/fonts/coverage.txt.

A line is a range of code points that every face has: ``20-7e``.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "src" / "kaasav" / "documents" / "fonts"

REFUSED = {0xFEFF}
"""What the typesetter does not set although the fonts have it: the byte order mark."""


def ranges(points: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted code points as ranges, both ends included."""
    found: list[tuple[int, int]] = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1] = (found[-1][0], point)
        else:
            found.append((point, point))
    return found


def covered() -> list[tuple[int, int]]:
    """What every face in the folder has and can be set."""
    maps = [set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return ranges(point for point in set.intersection(*maps) - REFUSED if point >= 0x20)


def text() -> str:
    """The file's text."""
    return "".join(f"{low:x}-{high:x}\n" for low, high in covered())


if __name__ == "__main__":
    (FONTS / "coverage.txt").write_text(text(), encoding="ascii", newline="\n")
