"""Days and periods, as people read them."""

import datetime

from kaasav.language import active, plural


def day_text(day: datetime.date) -> str:
    """A day: ``31.10.2026`` in Estonian, ``31 October 2026`` in English."""
    if active() == "et":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def months_text(months: int) -> str:
    """A number of months."""
    return plural("{n} month", "{n} months", months).format(n=months)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
