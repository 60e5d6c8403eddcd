"""Small things every screen shows alike: state marks, bounds, bars. Colour is never the only sign."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rich.text import Text

from kaasav.numbers import percent, places_to_tell_apart, span

MARK = {"met": "✔", "open": "?", "failed": "✘", "not_met": "✘", None: "·"}
STYLE = {"met": "green", "open": "yellow", "failed": "red", "not_met": "red", None: "dim"}


def mark(state: str | None) -> Text:
    """A state as a coloured sign."""
    return Text(MARK[state], style=STYLE[state])


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


def bar(bounds: Mapping[str, str], threshold: Fraction | None = None, width: int = 30) -> Text:
    """A share as a bar: full up to the lower bound, light up to the upper, with a stroke at the threshold."""
    lower, upper = (round(Fraction(bounds[end]) * width) for end in ("lower", "upper"))
    cells = ["█" if n < lower else "░" if n < upper else "·" for n in range(width)]
    text = Text("".join(cells))
    text.stylize("cyan", 0, upper)
    text.stylize("dim", upper, width)
    if threshold is not None:
        place = min(width - 1, int(threshold * width))
        text = Text.assemble(text[:place], ("│", "bold"), text[place + 1 :])
    return text


def get(data: Any, *path: str | int) -> Any:
    """The value at ``path`` in plain data."""
    for part in path:
        data = data[part]
    return data
