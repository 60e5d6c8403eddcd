"""What changed since an earlier round, and what cannot be compared."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.improvement.change import Change, change
from kaasav.plain import plain
from kaasav.scoring.bounds import Levels, Shares

from ..scoring import build
from ..scoring.build import NA
from .making import criterion, record_at, recorded

CATALOGUE = build.catalogue(criterion("K1"), criterion("K2"), criterion("O1"))
BEFORE = {"K1": 1, "K2": 2, "O1": 2}
NOW = {"K1": 3, "K2": 2, "O1": 1}

Edit = Callable[[dict[str, Any]], object]


def edited(edit: Edit) -> Catalogue:
    data = CATALOGUE.model_dump()
    edit(data)
    return Catalogue.model_validate(data)


def compared(earlier: Catalogue = CATALOGUE, before: Any = BEFORE, now: Any = NOW) -> Change:
    old = record_at(earlier, {id_: at for id_, at in before.items() if id_ in earlier.by_id}, round="2023")
    return change(record_at(CATALOGUE, now), CATALOGUE, old, earlier)


def reasons(found: Change) -> dict[str, tuple[str, ...]]:
    every = [*found.criteria, *found.dimensions, found.total]
    return {one.id: one.reasons for one in every if one.reasons}


def exactly(share: str) -> Shares:
    return Shares(Fraction(share), Fraction(share))


def test_what_went_up_and_what_went_down() -> None:
    found = compared()
    assert (found.round_before, found.round_now) == ("2023", "2026")
    assert [(one.id, one.difference) for one in found.criteria] == [
        ("K1", Levels(2, 2)),
        ("K2", Levels(0, 0)),
        ("O1", Levels(-1, -1)),
    ]
    assert [(one.id, one.difference) for one in found.dimensions] == [("K", exactly("1/4")), ("O", exactly("-1/4"))]
    assert (found.total.before, found.total.now, found.total.difference) == (
        exactly("5/12"),
        exactly("1/2"),
        exactly("1/12"),
    )
    assert reasons(found) == {}
    assert plain(found)["total"]["difference"] == {"lower": "1/12", "upper": "1/12"}


def first(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["criteria"][0]
    return found


EVERYWHERE = {"K": ("criteria",), "O": ("criteria",), "total": ("criteria",)}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            lambda data: first(data)["levels"][3].update(en="other"),
            {"K1": ("levels",), "K": ("criteria",), "total": ("criteria",)},
        ),
        (
            lambda data: first(data)["evidence"].update(levels={2: {"items": 0}}),
            {"K1": ("requirements",), "K": ("criteria",), "total": ("criteria",)},
        ),
        (
            lambda data: first(data)["evidence"].update(accepts=("minutes",)),
            {"K1": ("requirements",), "K": ("criteria",), "total": ("criteria",)},
        ),
        (lambda data: first(data).update(weight=5), {"K": ("weights",), "total": ("criteria",)}),
        (lambda data: data["dimensions"][0].update(weight=9), {"total": ("weights",)}),
        (lambda data: first(data)["title"].update(en="Other title"), {}),
        (lambda data: first(data).update(guidance=()), {}),
        (
            lambda data: data.update(criteria=data["criteria"][1:]),
            {"K1": ("missing-before",), "K": ("criteria",), "total": ("criteria",)},
        ),
        (
            lambda data: data.update(criteria=[*data["criteria"], criterion("K3")]),
            {"K3": ("missing-now",), "K": ("criteria",), "total": ("criteria",)},
        ),
        (
            lambda data: data["scale"]["practice"].update(months=6),
            {**dict.fromkeys(("K1", "K2", "O1"), ("practice",)), **EVERYWHERE},
        ),
        (
            lambda data: data["scale"]["levels"][1].update(en="Begun"),
            {**dict.fromkeys(("K1", "K2", "O1"), ("scale",)), **EVERYWHERE},
        ),
    ],
)
def test_what_cannot_be_compared_says_why(edit: Edit, expected: dict[str, tuple[str, ...]]) -> None:
    before = {**BEFORE, "K3": 2}
    found = compared(edited(edit), before)
    assert reasons(found) == expected
    for one in (*found.criteria, *found.dimensions, found.total):
        assert (one.difference is None) is bool(one.reasons)


def test_what_does_not_apply_any_more() -> None:
    found = compared(now={**NOW, "K1": NA})
    assert reasons(found) == {"K1": ("left-out-now",), "K": ("criteria",), "total": ("criteria",)}
    assert (found.criteria[0].before, found.criteria[0].now) == (Levels(1, 1), None)


def test_what_applied_neither_then_nor_now_disturbs_nothing() -> None:
    found = compared(before={**BEFORE, "K1": NA}, now={**NOW, "K1": NA})
    assert reasons(found) == {"K1": ("left-out-before", "left-out-now")}
    assert found.dimensions[0].difference == exactly("0")


def test_other_rules_compare_nothing() -> None:
    old = record_at(CATALOGUE, BEFORE, rules=0)
    found = change(record_at(CATALOGUE, NOW), CATALOGUE, old, CATALOGUE)
    assert reasons(found) == {**dict.fromkeys(("K1", "K2", "O1"), ("rules",)), **EVERYWHERE}


def test_bounds_give_a_difference_between_bounds() -> None:
    old = recorded(build.case(CATALOGUE, {"anu": {"K1": 1, "K2": 2, "O1": 2}, "mari": {"K1": 2, "K2": 2, "O1": 2}}))
    found = change(record_at(CATALOGUE, NOW), CATALOGUE, old, CATALOGUE)
    assert found.criteria[0].difference == Levels(1, 2)
    assert found.dimensions[0].difference == Shares(Fraction(1, 8), Fraction(1, 4))
