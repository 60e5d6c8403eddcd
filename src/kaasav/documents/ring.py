"""The label's ornament as an SVG picture: what its catalogue is made of, drawn as a ring."""

from collections.abc import Sequence
from functools import cache
from math import cos, pi, sin

SIZE = 1000
_GAP = pi / 45
_MIDDLE, _SWING = 378, 62
_THREADS = 9
_STEPS = 4
_DARK, _BRIGHT = "#123f6d", "#2e75b6"


@cache
def ring(parts: tuple[tuple[int, int], ...]) -> str:
    """A ring with an arc for each dimension of a catalogue, as long as its weight.

    In each arc are as many waves as the dimension has criteria, and as many places along it, as at a round table. What
    residents themselves say, a condition of its own, stands in the middle.

    Args:
        parts: weight and number of criteria of each dimension.

    Returns:
        An SVG document; the same for the same parts.
    """
    total = max(sum(weight for weight, _criteria in parts), 1)
    dark: list[str] = []
    bright: list[str] = []
    seats: list[str] = []
    start = 0.0
    for weight, criteria in parts:
        sweep = 2 * pi * weight / total
        begin, width = start + _GAP / 2, max(sweep - _GAP, 0.01)
        for thread, line in enumerate(_threads(begin, width, max(criteria, 1))):
            (bright if thread % 3 else dark).append(line)
        for index in range(criteria):
            x, y = _at(485, begin + width * (index + 0.5) / criteria)
            seats.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11.5"/>')
        start += sweep
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" fill="none" stroke-width="1.1">'
        f'<path stroke="{_BRIGHT}" d="{"".join(bright)}"/><path stroke="{_DARK}" d="{"".join(dark)}"/>'
        f'<g fill="{_DARK}">{"".join(seats)}<circle cx="500" cy="500" r="36"/></g>'
        f'<circle cx="500" cy="500" r="72" stroke="{_BRIGHT}" stroke-width="2.2"/></svg>'
    )


def _threads(begin: float, width: float, waves: int) -> list[str]:
    """The woven lines of one arc, as paths; each is moved on from the last by a part of a wave."""
    steps = waves * _STEPS
    places = [(step / steps, begin + width * step / steps) for step in range(steps + 1)]
    heights = [_SWING * abs(sin(pi * along)) ** 0.6 for along, _angle in places]
    lines = []
    for thread in range(_THREADS):
        phase = 2 * pi * thread / _THREADS
        waving = zip(heights, places, strict=True)
        lines.append(
            _smooth([_at(_MIDDLE + high * sin(pi * waves * along + phase), angle) for high, (along, angle) in waving])
        )
    return lines


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A line through every point, in the direction of its neighbours (Catmull and Rom, as cubic curves)."""
    parts = ["M{:.1f} {:.1f}".format(*points[0])]
    (ax, ay), last = points[0], len(points) - 1
    px, py = ax, ay
    for index in range(1, last + 1):
        x, y = points[index]
        nx, ny = points[min(index + 1, last)]
        dx, dy = (nx - ax) / 6, (ny - ay) / 6
        parts.append(f"C{px:.1f} {py:.1f} {x - dx:.1f} {y - dy:.1f} {x:.1f} {y:.1f}")
        px, py, ax, ay = x + dx, y + dy, x, y
    return "".join(parts)


def _at(radius: float, angle: float) -> tuple[float, float]:
    """A point as a clock's hand shows it: ``angle`` in radians from the top, clockwise."""
    return 500 + radius * sin(angle), 500 - radius * cos(angle)
