"""Levels and shares between bounds, as people read them."""

from collections.abc import Mapping
from fractions import Fraction

from kaasav.numbers import percent, places_to_tell_apart, span


def levels(bounds: Mapping[str, int] | None) -> str:
    """A level, or from which to which."""
    return "–" if bounds is None else span(str(bounds["lower"]), str(bounds["upper"]))


def shares(bounds: Mapping[str, str]) -> str:
    """A share as a percentage, or from which to which; beside a threshold with as many decimals as tell them apart."""
    lower, upper = Fraction(bounds["lower"]), Fraction(bounds["upper"])
    places = 1
    if bounds.get("threshold") is not None:
        places = places_to_tell_apart([lower, upper], Fraction(bounds["threshold"]))
    return span(percent(lower, places), percent(upper, places))
