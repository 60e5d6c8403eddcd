"""Finding a quoted passage in a text, word for word, however the text was set.

Forgiven are line breaks and hyphenation, the kind and number of spaces, letter case, ligatures, the two Unicode
spellings of a letter, and the shapes of quotation marks and dashes. Words, numbers and other signs must be the same.

How: both texts become *signs* (everything but spaces and hyphens) and *gaps* (what stands before each sign: nothing, a
space, a hyphen …). Signs must be equal; gaps must agree, where a hyphen at the end of a line agrees with no hyphen (a
word divided), with a hyphen (``Ida-Virumaa``), and with a hyphen and a space (``kaasamis- ja``). The comparison runs
over the signs once, with one bit per sign of the passage (the shift-and method of Baeza-Yates and Gonnet, 1992), so
its time grows with the text's length whatever stands in it.
"""

import functools
import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST_SIGNS = 3
"""A passage with fewer letters and digits is in every text and proves nothing."""
_MOST_CANDIDATES = 500

_JOINT, _ZERO_WIDTH, _PAGE, _DASH = "\1", "\3", "\4", "\5"  # control characters: what a text has of them is dropped
_MARKS = f"{_JOINT}{_ZERO_WIDTH}{_PAGE}{_DASH}-"
_NOTHING, _SPACE = "\0", "\1"

_SHAPES = (
    dict.fromkeys("‐‑‒–−﹣－⁃", "-")
    | dict.fromkeys("—―⸺⸻﹘", _DASH)
    | dict.fromkeys("„“”‟″«»＂〝〞〟", '"')
    | dict.fromkeys("‚‘’‛′‹›´`ʼ＇", "'")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", _ZERO_WIDTH)
    | {"…": "...", "\x02": "\u00ad", "\ufffe": "\u00ad"}
)
_SHAPED = re.compile(f"[{''.join(_SHAPES)}]")
_UNSEEN = re.compile(
    "[\x00\x01\x03-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2061-\u206f\ufe00-\ufe0f]+"
)
_LINE_END = "\n\r\v\f\u0085\u2028\u2029" + _PAGE
_DIVIDED = re.compile(rf"-(?<=\w-)[ \t\u00a0]*[{_LINE_END}][\s{_PAGE}]*(?=\w)")
_SOFTLY_DIVIDED = re.compile(rf"\u00ad(?:[\s{_PAGE}]*(?=\w))?")
_ODD_GAP = re.compile(f" [{_MARKS}][ {_MARKS}]*\0|[{_MARKS}][ {_MARKS}]*\0")
_HOLLOW = bytes(code if chr(code) in " " + _MARKS else 0 for code in range(256))
_LETTERS_OR_DIGITS = re.compile(r"[^\W_]")
_JOINT_READINGS = frozenset({"", "-", "- "})
_ZERO_WIDTH_READINGS = frozenset({"", " "})


def too_short(passage: str) -> bool:
    """Whether ``passage`` has fewer than 3 letters or digits."""
    return len(_LETTERS_OR_DIGITS.findall(passage)) < FEWEST_SIGNS


def find(passage: str, pages: Sequence[str]) -> tuple[int, ...]:
    """The pages (from 1) on which ``passage`` starts or continues; see `Searchable.find`."""
    return Searchable(pages).find(passage)


@dataclass(frozen=True, slots=True)
class _Signs:
    """A text taken apart: ``signs``, as many ``gaps`` (codes, see `_GapCodes`), and the first sign of each page."""

    signs: str
    gaps: str
    page_starts: tuple[int, ...]

    def has_signs(self, page: int) -> bool:
        """Whether anything stands on ``page`` (from 1)."""
        return page == len(self.page_starts) or self.page_starts[page - 1] < self.page_starts[page]


class _GapCodes:
    """One character for each different gap."""

    def __init__(self) -> None:
        self.gaps = {_NOTHING: "", _SPACE: " "}
        self._codes = {"": _NOTHING, " ": _SPACE}

    def code(self, gap: str) -> str:
        """The character that stands for ``gap``."""
        if gap not in self._codes:  # from the private planes on, so that no code is itself a gap
            self._codes[gap] = chr(min(0xF0000 + len(self._codes), 0x10FFFF))
            self.gaps[self._codes[gap]] = gap
        return self._codes[gap]


class Searchable:
    """Pages of text, made ready once to find many passages in."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._codes = _GapCodes()
        self._text = _take_apart(pages, self._codes)

    def find(self, passage: str) -> tuple[int, ...]:
        """The pages (from 1, ascending) on which ``passage`` starts or continues; () if it is nowhere.

        It must stand there in whole words and whole numbers; it may run from one page to the next.
        """
        wanted = _take_apart([passage], self._codes)
        if too_short(passage) or not wanted.signs:
            return ()
        pages: set[int] = set()
        size, starts = len(wanted.signs), self._text.page_starts
        for start in self._matches(wanted):
            if self._whole(start, wanted):
                first, last = (bisect_right(starts, at) for at in (start, start + size - 1))
                pages.update(page for page in range(first, last + 1) if self._text.has_signs(page))
        return tuple(sorted(pages))

    def _matches(self, wanted: _Signs) -> Iterator[int]:
        """Where signs and inner gaps agree; beyond so many candidates the rest is compared in one go."""
        size, at = len(wanted.signs), -1
        for _ in range(_MOST_CANDIDATES):
            at = self._text.signs.find(wanted.signs, at + 1)
            if at < 0:
                return
            if self._text.gaps[at + 1 : at + size] == wanted.gaps[1:]:
                yield at
            else:
                yield from self._compare(wanted, at, at + size)
        yield from self._compare(wanted, at + 1, len(self._text.signs))

    def _compare(self, wanted: _Signs, first: int, stop: int) -> Iterator[int]:
        """Where the passage stands between the signs ``first`` and ``stop``."""
        signs: dict[str, int] = {}
        for position, sign in enumerate(wanted.signs):
            signs[sign] = signs.get(sign, 0) | 1 << position
        agreeing: dict[str, int] = {}
        size = len(wanted.signs)
        complete, state = 1 << (size - 1), 0
        here = zip(self._text.signs[first:stop], self._text.gaps[first:stop], strict=True)
        for at, (sign, gap) in enumerate(here, start=first):
            if gap not in agreeing:
                agreeing[gap] = self._agreeing(wanted.gaps, gap)
            state = (state << 1 & agreeing[gap] | 1) & signs.get(sign, 0)
            if state & complete:
                yield at - size + 1

    def _agreeing(self, wanted: str, gap: str) -> int:
        """The positions of the passage whose gap agrees with ``gap``, as bits."""
        codes = {code for code in set(wanted) if _agree(self._codes.gaps[code], self._codes.gaps[gap])}
        return int("".join("1" if code in codes else "0" for code in reversed(wanted)), 2)

    def _whole(self, start: int, wanted: _Signs) -> bool:
        """Whether a match begins and ends with whole words and numbers."""
        text, gaps = self._text, self._codes.gaps
        stop = start + len(wanted.signs)
        before, own = gaps[text.gaps[start]], gaps[wanted.gaps[0]]
        if text.signs[start].isdigit() and before.endswith("-") != own.endswith("-"):
            return False  # a minus
        if start and _inside(text.signs[max(start - 2, 0) : start], before, text.signs[start : start + 1]):
            return False
        if stop == len(text.signs):
            return True
        after = gaps[text.gaps[stop]]
        following = text.signs[stop : stop + 2]
        if len(following) == 2 and text.gaps[stop + 1] != _NOTHING:
            following = following[:1]
        return not _inside(text.signs[stop - 1 : stop], after, following)


def _inside(left: str, gap: str, right: str) -> bool:
    """Whether one word or number goes on over ``gap``, given up to two signs on each side (none of them spaced)."""
    if " " in gap or _DASH in gap or not left or not right:
        return False
    if _in_word(left[-1]) and _in_word(right[0]):
        return True
    if gap:
        return False
    return (len(right) == 2 and left[-1].isdigit() and right[0] in ".,:/" and right[1].isdigit()) or (
        len(left) == 2 and left[0].isdigit() and left[1] in ".,:/" and right[0].isdigit()
    )


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")


@functools.lru_cache(maxsize=4_096)
def _agree(one: str, other: str) -> bool:
    """Whether two gaps may be the same gap, set differently."""
    return not _readings(one).isdisjoint(_readings(other))


def _readings(gap: str) -> frozenset[str]:
    """What a gap may be without its line breaks and zero-width signs."""
    plain = _single(gap.replace(_DASH, "-").replace(_ZERO_WIDTH, ""))
    if _JOINT in plain:
        return _JOINT_READINGS | {" "} if " " in plain else _JOINT_READINGS
    if _ZERO_WIDTH in gap and not plain:
        return _ZERO_WIDTH_READINGS
    return frozenset({plain})


def _single(gap: str) -> str:
    return re.sub(" {2,}", " ", gap)


def _take_apart(pages: Sequence[str], codes: _GapCodes) -> _Signs:
    text = f"\n{_PAGE}\n".join(map(_plain, pages))
    text = _DIVIDED.sub(_joint, text)
    if "\u00ad" in text:
        text = _SOFTLY_DIVIDED.sub(_joint, text)
    text = " ".join(text.split())
    lengths = [page.count(_NOTHING) for page in _hollow(text).split(_PAGE)]
    if len(pages) > 1:
        text = " ".join(text.replace(_PAGE, "").split())
    signs = functools.reduce(lambda left, mark: left.replace(mark, ""), " " + _MARKS, text)
    hollow = _hollow(text) + _NOTHING  # so that every gap ends somewhere
    gaps = _ODD_GAP.sub(lambda gap: codes.code(gap[0][:-1]), hollow).replace(f" {_NOTHING}", _SPACE)[: len(signs)]
    return _Signs(signs, gaps, tuple(itertools.accumulate(lengths[:-1], initial=0)))


def _hollow(text: str) -> str:
    """``text`` with `_NOTHING` for every sign: only the gaps are left standing."""
    return text.encode("latin-1", errors="replace").translate(_HOLLOW).decode("latin-1")


def _plain(text: str) -> str:
    """``text`` without case, ligatures, shapes of signs and signs nobody sees."""
    seen = _UNSEEN.sub("", text)
    if seen.isascii():
        return _SHAPED.sub(_shape, seen).lower()
    folded = _SHAPED.sub(_shape, unicodedata.normalize("NFC", seen)).casefold()
    return unicodedata.normalize("NFC", folded)


def _shape(sign: re.Match[str]) -> str:
    return _SHAPES[sign[0]]


def _joint(gap: re.Match[str]) -> str:
    """A hyphen at the end of a line; the ends of pages within it stay."""
    return _JOINT + _PAGE * gap[0].count(_PAGE)
