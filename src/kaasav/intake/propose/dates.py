"""Dates as Estonian papers write them. What may mean two days, or no whole day, is found and marked, never guessed."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

EARLIEST, LATEST = 1990, 2099


class Doubt(StrEnum):
    """Why a written date gives no single day."""

    NONE = ""
    SHORT_YEAR = "short-year"
    ORDER = "order"
    RANGE = "range"
    MONTH = "month"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as written, and where; ``day`` is None exactly where there is a ``doubt``."""

    text: str
    start: int
    end: int
    day: datetime.date | None
    doubt: Doubt = Doubt.NONE


_MONTHS = {
    1: "jaanuar|jaan\\.|january", 2: "veebruar|veebr\\.|february", 3: "märts|marts|march", 4: "aprill|apr\\.|april",
    5: "mai|may", 6: "juuni|june", 7: "juuli|july", 8: "august|aug\\.", 9: "septemb(?:er|ri)|sept\\.",
    10: "oktoob(?:er|ri)|okt\\.|october", 11: "novemb(?:er|ri)|nov\\.", 12: "detsemb(?:er|ri)|dets\\.|december",
}  # fmt: skip
_MONTH = (
    "(?:"
    + "|".join(f"(?P<m{number}>{words})" for number, words in _MONTHS.items())
    + r")(?:i?(?:st|ni|ks|s|l)|i)?(?![^\W\d_])"
)
_YEAR = r"(?P<year>\d{4})(?!\d)"
_WORDED = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:\.|[“”»\"'])*\s{{0,3}}{_MONTH}\s{{0,3}},?\s{{0,3}}{_YEAR}", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})\.?\s?a(?:asta|\.)?\s{{1,3}}(?:(?P<day>\d{{1,2}})\.?\s{{0,3}})?{_MONTH}", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?<![\d.,/-])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?![\d])")
_ISO = re.compile(r"(?<![\d.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")
_SLASHED = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])")
_SHORT = re.compile(r"(?<![\d.,/-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})(?![\d.]*\d)")
_MONTH_ONLY = re.compile(rf"(?<![^\W\d_]){_MONTH}\s{{1,3}}{_YEAR}", re.IGNORECASE)
_BEFORE_RANGE = re.compile(r"(?:[\d.]|[^\W\d_]{3,9})\s?(?:[–—-]|\bkuni)\s?\Z")
_RANGE_LETTERS = re.compile(rf"\d|{_MONTH}\s?(?:[–—-]|kuni)\s?\Z", re.IGNORECASE)
_BEFORE_LIST = re.compile(r"\d\.?\s?(?:ja|ning|või|,)\s?\Z")
_AFTER_RANGE = re.compile(r"\s?(?:\.?\s?a\.?)?\s?(?:[–—-]|kuni\b)\s?\d")

# In names: a year first is always year, month, day; day first needs signs between.
_NAME_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[-_. ]?)(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)")
_NAME_DAY = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[-_. ])(?P<month>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_NAME_SHORT = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[-_. ])(?P<month>\d{1,2})(?P=sign)(?P<year>\d\d)(?!\d)")
_NAME_RUN = re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:20)?\d\d)(?!\d)")


def stated(text: str) -> list[Stated]:
    """Every date written in ``text``, in its order; none is reported twice."""
    return _in_order(_found(text))


def in_name(stem: str) -> list[Stated]:
    """Every date in a file's name without its ending."""
    return _in_order([*_in_digits(stem), *_found(stem.replace("_", " "))])


def _in_order(found: Iterator[Stated] | list[Stated]) -> list[Stated]:
    taken: list[Stated] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _found(text: str) -> Iterator[Stated]:
    for pattern in (_WORDED, _YEAR_FIRST, _NUMBERS, _ISO, _SLASHED, _SHORT, _MONTH_ONLY):
        for match in pattern.finditer(text):
            yield _stated(match, text, pattern)


def _stated(match: re.Match[str], text: str, pattern: re.Pattern[str]) -> Stated:
    parts = match.groupdict()
    place = (match[0], match.start(), match.end())
    if parts.get("day") is None:
        return Stated(*place, None, Doubt.MONTH)
    month = int(parts["month"]) if parts.get("month") else next(n for n in _MONTHS if parts[f"m{n}"])
    if pattern is _SHORT:
        return Stated(*place, None, Doubt.SHORT_YEAR if _day(2000, month, int(parts["day"])) else Doubt.IMPOSSIBLE)
    day = _day(int(parts["year"]), month, int(parts["day"]))
    if day is None:
        return Stated(*place, None, Doubt.IMPOSSIBLE)
    if pattern is _SLASHED and month != day.day and day.day <= 12:
        return Stated(*place, None, Doubt.ORDER)
    if _in_range(text, match.start(), match.end()):
        return Stated(*place, None, Doubt.RANGE)
    return Stated(*place, day)


def _in_range(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    if _BEFORE_LIST.search(before):
        return True
    if _BEFORE_RANGE.search(before) and _RANGE_LETTERS.search(before):
        return True
    return bool(_AFTER_RANGE.match(text, end))


def _in_digits(stem: str) -> Iterator[Stated]:
    for pattern, doubt in ((_NAME_ISO, Doubt.NONE), (_NAME_DAY, Doubt.NONE), (_NAME_SHORT, Doubt.SHORT_YEAR),
                           (_NAME_RUN, Doubt.ORDER)):  # fmt: skip
        for match in pattern.finditer(stem):
            year = int(match["year"])
            day = _day(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))
            if day is not None:
                yield Stated(match[0], match.start(), match.end(), None if doubt else day, doubt)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
