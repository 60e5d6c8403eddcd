"""How a workbook shows a number: the everyday part of ECMA-376 number formats (part 1, §18.8.30 and §18.8.31)."""

import datetime
import functools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "d.m.yyyy", 15: "d.m.yyyy", 16: "d.m.yyyy", 17: "d.m.yyyy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "d.m.yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "h:mm:ss",
    46: "h:mm:ss", 47: "h:mm:ss",
}  # fmt: skip

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MOST_DECIMALS = 30
_DAY_ZERO = datetime.datetime(1899, 12, 30)
_FOUR_YEARS_LATER = 1462
_LAST_DAY = 2_958_465


@dataclass(frozen=True, slots=True)
class Style:
    """What a format code asks for; ``decimals`` None means as many as the number has."""

    decimals: int | None = None
    thousands: bool = False
    percent: bool = False
    date: bool = False
    time: bool = False


_GENERAL = Style()


@functools.lru_cache(maxsize=256)
def style(code: str) -> Style:
    """The style a format code asks for; only its first section (positive numbers) counts."""
    plain = _LITERAL.sub("", code.partition(";")[0])
    letters = plain.casefold()
    if "general" in letters:
        return _GENERAL
    date, time = any(c in letters for c in "dy"), any(c in letters for c in "hs")
    if date or time or "m" in letters:
        return Style(date=date or not time, time=time)
    if not any(c in plain for c in "0#?"):
        return _GENERAL
    decimals = sum(c in "0#?" for c in plain.partition(".")[2])
    return Style(min(decimals, _MOST_DECIMALS), thousands="," in plain.partition(".")[0], percent="%" in plain)


def shown(value: str, how: Style, *, from_1904: bool = False) -> tuple[str, str]:
    """A stored number as it looks in Estonian (``1 234,5``, ``12.03.2026``) and internationally (``1,234.5``,
    ``2026-03-12``); a value that is no number stays as it is.
    """
    if how == _GENERAL and len(value) < 16 and value.isdecimal() and not value.startswith("0"):
        return value, value
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value, value
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return value, value
    if how.date or how.time:
        return _moment(number + (_FOUR_YEARS_LATER if from_1904 else 0), how) or (value, value)
    return _number(number, how)


def _number(number: Decimal, how: Style) -> tuple[str, str]:
    if how.percent:
        number *= 100
    if how.decimals is None:
        digits = f"{Decimal(f'{number:.15g}').normalize():f}"  # stored with 17 digits, shown with 15
    else:
        exact = number.adjusted() < 20  # beyond, there is nothing after the point to round
        digits = f"{number.quantize(Decimal(1).scaleb(-how.decimals), ROUND_HALF_UP) if exact else number:f}"
    if how.thousands:
        digits = f"{Decimal(digits):,f}"
    sign = "%" if how.percent else ""
    return digits.translate({ord(","): " ", ord("."): ","}) + sign, digits + sign


def _moment(days: Decimal, how: Style) -> tuple[str, str] | None:
    if not 0 <= days <= _LAST_DAY:
        return None
    at = _DAY_ZERO + datetime.timedelta(seconds=int((days * 86_400).to_integral_value(ROUND_HALF_UP)))
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    if not how.date:
        return clock, clock
    time = f" {clock}" if how.time else ""
    return f"{at:%d.%m.}{at.year}{time}", f"{at:%Y-%m-%d}{time}"
