"""What a cell of the list holds, exact; and how it reads as text."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaasav.numbers import decimal_text, percent, places_to_tell_apart, span
from kaasav.telling.dates import day_text

NOTHING = "–"
"""What stands where there is nothing to say; an empty cell would look forgotten."""


@dataclass(frozen=True, slots=True)
class Said:
    """A code and the words people read for it."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share between two exact bounds, 0 to 1; ``places``: as many decimals of percent as no threshold misleads."""

    lower: Fraction
    upper: Fraction
    places: int = 1

    @classmethod
    def of(cls, share: Any, thresholds: Iterable[Fraction] = ()) -> "Bounds":
        """The bounds of a record's ``{lower, upper}``, beside the thresholds they are compared with."""
        lower, upper = Fraction(share["lower"]), Fraction(share["upper"])
        return cls(lower, upper, max((places_to_tell_apart([lower, upper], one) for one in thresholds), default=1))


@dataclass(frozen=True, slots=True)
class Figure:
    """A survey's value, 0 to 100: ``unit`` is ``percent`` or ``points``."""

    value: Fraction
    unit: str
    places: int = 1


@dataclass(frozen=True, slots=True)
class Hash:
    """A result's hash; its first twelve digits name it for people and on the command line."""

    digest: str


Cell = None | str | int | datetime.date | Said | tuple[Said, ...] | Bounds | Figure | Hash


def shown(cell: Cell) -> str:
    """``cell`` as people read it in the language in use."""
    match cell:
        case None | ():
            return NOTHING
        case Said():
            return cell.text
        case tuple():
            return "; ".join(one.text for one in cell)
        case Bounds():
            return span(percent(cell.lower, cell.places), percent(cell.upper, cell.places))
        case Figure():
            return figure(cell)
        case datetime.date():
            return day_text(cell)
        case Hash():
            return cell.digest[:12]
    return str(cell)


def figure(one: Figure) -> str:
    """A survey's value in its unit."""
    return percent(one.value / 100, one.places) if one.unit == "percent" else decimal_text(one.value, one.places)
