"""Days, levels and shares as a letter writes them."""

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kaasav.language import N_, _, active
from kaasav.numbers import NBSP, percent, places_to_tell_apart, span

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
LONGEST = 80
AND = N_("{first} and {last}")


def day(date: datetime.date) -> str:
    """A day as official letters write it: 04.05.2026 in Estonian, 4 May 2026 in English."""
    if active() == "et":
        return f"{date.day:02}.{date.month:02}.{date.year}"
    return f"{date.day}{NBSP}{_MONTHS[date.month - 1]} {date.year}"


def levels(bounds: Mapping[str, int]) -> str:
    """A level, or from which to which."""
    return span(str(bounds["lower"]), str(bounds["upper"]))


def shares(part: Mapping[str, Any]) -> str:
    """A share as a percentage, or from which to which; with as many decimals as tell it from its ``threshold``."""
    lower, upper = Fraction(part["lower"]), Fraction(part["upper"])
    limit = part.get("threshold")
    places = places_to_tell_apart([lower, upper], Fraction(limit)) if limit is not None else 1
    return span(percent(lower, places), percent(upper, places))


def listed(names: Sequence[str]) -> str:
    """Several names in one sentence: “A, B and C”."""
    if len(names) < 2:
        return "".join(names)
    return _(AND).format(first=", ".join(names[:-1]), last=names[-1])


def cut(text: str) -> str:
    """``text``, or its beginning where it is long."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


def ended(text: str) -> str:
    """``text`` as a sentence of its own: with a full stop, unless it ends already."""
    shown = text.strip()
    return shown if not shown or shown[-1] in ".!?…" else f"{shown}."
