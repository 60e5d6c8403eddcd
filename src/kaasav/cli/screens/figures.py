"""Small things every screen shows alike: state marks, bounds, bars. Colour is never the only sign."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rich.text import Text

MARK = {"met": "✔", "open": "?", "failed": "✘", "not_met": "✘", None: "·"}
STYLE = {"met": "green", "open": "yellow", "failed": "red", "not_met": "red", None: "dim"}


def mark(state: str | None) -> Text:
    """A state as a coloured sign."""
    return Text(MARK[state], style=STYLE[state])


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
