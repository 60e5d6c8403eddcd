"""The ornament tells what the catalogue is made of."""

import re
from math import atan2, hypot, pi
from xml.etree import ElementTree

import pytest

from kaasav.documents.ring import ring


def seats(parts: tuple[tuple[int, int], ...]) -> list[float]:
    """Where the places along the ring are, in turns from the top, clockwise."""
    drawn = ElementTree.fromstring(ring(parts))
    places = [(float(one.get("cx", "")) - 500, float(one.get("cy", "")) - 500) for one in drawn.iter() if one.get("r")]
    return [atan2(x, -y) / (2 * pi) % 1 for x, y in places if hypot(x, y) > 400]


def test_there_is_a_place_for_each_criterion_on_the_arc_of_its_dimension() -> None:
    turns = seats(((50, 2), (25, 3), (25, 1)))
    assert [int(turn >= 0.5) + int(turn >= 0.75) for turn in turns] == [0, 0, 1, 1, 1, 2]
    assert turns == sorted(turns)


@pytest.mark.parametrize(
    "parts", [((1, 1),), ((0, 0), (0, 3)), ((1, 0), (10_000, 1)), tuple((1, 1) for _ in range(200))]
)
def test_whatever_the_catalogue_the_ring_stays_inside_its_picture(parts: tuple[tuple[int, int], ...]) -> None:
    svg = ring(parts)
    ElementTree.fromstring(svg)
    assert "nan" not in svg
    for path in re.findall(r' d="([^"]*)"', svg):
        assert all(0 <= float(number) <= 1000 for number in re.findall(r"-?[\d.]+", path))


def test_the_same_catalogue_gives_the_same_ring() -> None:
    first = ring(((1, 2), (3, 4)))
    ring.cache_clear()
    assert ring(((1, 2), (3, 4))) == first != ring(((3, 4), (1, 2)))
