"""A profile beside the median of municipalities of the same size; small groups are not shown."""

from fractions import Fraction
from typing import Any

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.improvement.profile import DimensionProfile, Profile, median, profile
from kaasav.municipalities.register import Municipality, Register
from kaasav.scoring.bounds import Shares

from ..scoring import build
from .making import criterion, record_at, recorded

CLASSES = [{"id": "s", "title": {"en": "small"}, "to": 3999}, {"id": "l", "title": {"en": "large"}}]


def sized() -> Catalogue:
    data = build.catalogue(criterion("K1"), criterion("O1")).model_dump()
    data["house_rules"]["size_classes"] = CLASSES
    return Catalogue.model_validate(data)


CATALOGUE = sized()
SMALL = [f"X{n:03}" for n in range(7)]
REGISTER = Register(
    [
        *(Municipality(code, code, "vald", "-", 1000 + n, training=True) for n, code in enumerate(SMALL)),
        Municipality("X900", "Large", "linn", "-", 4000, training=True),
        Municipality("X901", "Unknown", "linn", "-", None, training=True),
        Municipality("0100", "Real", "vald", "-", 1000, training=False),
    ],
    [],
)


def at(code: str, first: int, second: int = 2, **others: Any) -> dict[str, Any]:
    return record_at(CATALOGUE, {"K1": first, "O1": second}, code=code, **others)


def told(own: dict[str, Any], *records: dict[str, Any]) -> Profile:
    return profile(own, records, CATALOGUE, REGISTER)


def test_the_median_of_the_class_is_exact() -> None:
    records = [at(code, level) for code, level in zip(SMALL, (0, 1, 1, 3, 4), strict=False)]
    found = told(records[3], *records)
    assert (found.size_class, found.group, found.least) == ("s", 5, 5)
    assert found.dimensions == (
        DimensionProfile("K", Shares(Fraction(3, 4), Fraction(3, 4)), Shares(Fraction(1, 4), Fraction(1, 4))),
        DimensionProfile("O", Shares(Fraction(1, 2), Fraction(1, 2)), Shares(Fraction(1, 2), Fraction(1, 2))),
    )
    assert found.total.median == Shares(Fraction(3, 8), Fraction(3, 8))


def test_a_small_group_is_not_shown_nor_how_small_it_is() -> None:
    records = [at(code, 3) for code in SMALL[:4]]
    found = told(records[0], *records)
    assert (found.group, found.total.median, {one.median for one in found.dimensions}) == (None, None, {None})
    assert found.dimensions[0].own == Shares(Fraction(3, 4), Fraction(3, 4))


@pytest.mark.parametrize(
    "stranger",
    [
        at("X900", 4),  # of another size
        at("X901", 4),  # of unknown size
        at("X999", 4),  # of no register
        at("0100", 4),  # a real one beside trainings
        at("X004", 4, round="2025"),
        at("X004", 4, catalogue="test@2"),
        at("X004", 4, rules=2),
        recorded(build.case(CATALOGUE, claims={"K1": 4, "O1": 4}), code="X004"),  # a preview
        recorded(build.case(CATALOGUE, build.both({"K1": 4})), code="X004"),  # incomplete
        at("X003", 4),  # the same one once more
    ],
)
def test_who_does_not_belong_to_the_group(stranger: dict[str, Any]) -> None:
    records = [at(code, 3) for code in SMALL[:4]]
    assert told(records[0], *records, stranger).group is None
    assert told(records[0], *records, at("X004", 4)).group == 5


def test_the_own_record_counts_once_though_it_is_not_among_the_others() -> None:
    own, *others = [at(code, 3) for code in SMALL[:5]]
    assert told(own, *others).group == 5


def test_a_preview_sees_the_median_but_is_no_part_of_it() -> None:
    own = recorded(build.case(CATALOGUE, claims={"K1": 4, "O1": 4}), code="X006")
    found = told(own, *(at(code, 1) for code in SMALL[:5]))
    assert (found.group, found.dimensions[0].median) == (5, Shares(Fraction(1, 4), Fraction(1, 4)))


def test_without_inhabitants_there_is_no_class() -> None:
    found = told(at("X901", 3), *(at(code, 3) for code in SMALL))
    assert (found.size_class, found.group) == (None, None)


def test_bounds_give_a_median_between_bounds() -> None:
    loose = recorded(build.case(CATALOGUE, {"anu": {"K1": 1, "O1": 2}, "mari": {"K1": 3, "O1": 2}}), code=SMALL[0])
    found = told(loose, *(at(code, level) for code, level in zip(SMALL[1:5], (1, 2, 3, 4), strict=True)))
    assert found.dimensions[0].median == Shares(Fraction(1, 2), Fraction(3, 4))


@pytest.mark.parametrize(("values", "middle"), [([3], "3"), ([1, 2], "3/2"), ([5, 1, 2], "2"), ([1, 1, 2, 9], "3/2")])
def test_median(values: list[int], middle: str) -> None:
    assert median(map(Fraction, values)) == Fraction(middle)


def test_nothing_has_no_median() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])
