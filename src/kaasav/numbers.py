"""Exact numbers as people read them: rounded on the screen only, with the decimal sign of the language."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from kaasav.language import active

NBSP = "\u00a0"


def decimal_text(number: Fraction | Decimal | int, places: int = 1) -> str:
    """``number`` rounded to ``places`` decimals, halves away from zero as people do, with a comma in Estonian."""
    value = Fraction(number)
    scaled = floor(abs(value) * 10**places + Fraction(1, 2))
    sign, digits = ("−" if value < 0 and scaled else ""), str(scaled).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    mark = "," if active() == "et" else "."
    return f"{sign}{whole}{mark}{part}" if places else f"{sign}{whole}"


def percent(share: Fraction | Decimal | int, places: int = 1) -> str:
    """A share as a percentage: 3/5 → ``60,0 %`` in Estonian, ``60.0%`` in English."""
    return decimal_text(Fraction(share) * 100, places) + (f"{NBSP}%" if active() == "et" else "%")


def places_to_tell_apart(numbers: Sequence[Fraction], threshold: Fraction, places: int = 1) -> int:
    """How many decimals show that ``numbers`` (shares) are not ``threshold``, where they are not; at most 12."""
    for enough in range(places, 12):
        same = decimal_text(threshold * 100, enough)
        if all(number == threshold or decimal_text(number * 100, enough) != same for number in numbers):
            return enough
    return 12


def exact(number: Fraction) -> str:
    """The number as it is: ``3/5``, or ``2`` where it is whole."""
    return str(number)


def span(lower: str, upper: str) -> str:
    """Two texts as a range, or one where they are the same."""
    return lower if lower == upper else f"{lower}…{upper}"
