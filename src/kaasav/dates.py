"""Calendar arithmetic the rules are written in: whole months back and forth, and dates known to the month only."""

import calendar
import datetime
import re

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def months_back(day: datetime.date, months: int) -> datetime.date:
    """The day ``months`` calendar months before ``day``, clamped to the month's end.

    Something dated on the returned day is not yet older than ``months``.

    Raises:
        ValueError: ``months`` is negative, or leads before the year 1.
    """
    if months < 0:
        raise ValueError(f"months must not be negative: {months}")
    year, index = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < datetime.MINYEAR:
        raise ValueError(f"no calendar {months} months before {day}")
    month = index + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The day ``months`` calendar months after ``day``, clamped to the month's end and to the last day there is.

    Raises:
        ValueError: ``months`` is negative.
    """
    if months < 0:
        raise ValueError(f"months must not be negative: {months}")
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def span(text: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of what ``text`` names: a day (``2026-03-02``) or a month (``2026-03``); None if neither."""
    month = _MONTH.fullmatch(text)
    try:
        if month:
            first = datetime.date(int(month[1]), int(month[2]), 1)
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if _DAY.fullmatch(text):
            day = datetime.date.fromisoformat(text)
            return day, day
    except ValueError:
        pass
    return None
