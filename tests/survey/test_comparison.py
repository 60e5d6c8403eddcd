"""Two waves side by side."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.municipalities.register import load
from kaasav.survey.comparison import Comparison, compare_waves
from kaasav.survey.wave import Option, Wave

Make = Callable[..., Any]


def second(wave: Wave, **changes: Any) -> Wave:
    description = wave.description.model_copy(update={"id": "later", **changes})
    return dataclasses.replace(wave, description=description)


def with_item(wave: Wave, **changes: Any) -> Wave:
    item, *others = wave.description.items
    renamed = second(wave, items=(item.model_copy(update=changes), *others))
    return dataclasses.replace(renamed, rows={changes.get("id", item.id): wave.rows[item.id], "info": {}})


def compared(first: Wave, later: Wave, code: str = "0698") -> Comparison:
    return compare_waves(first, later, code, load().history(code))[0]


@pytest.fixture
def waves(make_wave: Make, make_row: Make, known: Make) -> tuple[Wave, Wave]:
    effect = {"design_effect": known("1.25")}
    return make_wave(make_row("50", 100), **effect), second(make_wave(make_row("70", 100), **effect))


def test_the_difference_and_its_margin(waves: tuple[Wave, Wave]) -> None:
    one = compared(*waves)
    assert (one.reason, one.difference, one.change) == (None, 20, "up")
    # of Wilson's intervals at n_eff 80
    assert one.interval is not None
    for end, expected in zip(one.interval, ("4.81782", "33.94228"), strict=True):
        assert abs(end - Decimal(expected)) < Decimal("0.001")
    assert compared(waves[1], dataclasses.replace(waves[0], description=waves[0].description)).change == "down"


def test_a_small_difference_is_no_change(make_wave: Make, make_row: Make, known: Make) -> None:
    effect = {"design_effect": known(1)}
    first, later = make_wave(make_row("50", 100), **effect), second(make_wave(make_row("60", 100), **effect))
    assert compared(first, later).change == "within-margin"


def test_an_index_needs_its_spread(make_wave: Make, make_row: Make, known: Make) -> None:
    facts = {"design_effect": known(1), "measure": "index"}
    first, later = make_wave(make_row("50", 100, "20"), **facts), second(make_wave(make_row("60", 100, "20"), **facts))
    one = compared(first, later)
    assert one.change == "up"
    assert one.interval is not None  # 10 ± 1.959963984540054 · √(20²/100 + 20²/100)
    assert abs(one.interval[0] - Decimal("4.45639")) < Decimal("0.0001")
    assert abs(one.interval[1] - Decimal("15.54361")) < Decimal("0.0001")
    unknown = compared(make_wave(make_row("50", 100), **facts), later)
    assert (unknown.difference, unknown.interval, unknown.change) == (10, None, "margin-unknown")


def test_a_design_effect_is_never_silently_one(make_wave: Make, make_row: Make) -> None:
    first, later = make_wave(make_row("50", 100)), second(make_wave(make_row("70", 100)))
    assert compared(first, later).change == "margin-unknown"
    own = make_row("70", 100, design_effect=Fraction(1)), make_row("50", 100, design_effect=Fraction(1))
    assert compared(make_wave(own[1]), second(make_wave(own[0]))).change == "up"


def test_assumptions_go_along(make_wave: Make, make_row: Make, guessed: Make) -> None:
    facts = {"n": guessed(80), "design_effect": guessed("1.5")}
    one = compared(make_wave(make_row("50"), **facts), second(make_wave(make_row("70"), **facts)))
    assert one.first.assumed == one.second.assumed == ("n", "design_effect")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"label": "Muu küsimus"}, "other-wording"),
        ({"label": "Muu küsimus", "aliases": ("KAASAMINE",)}, None),
        ({"measure": "index", "unit": "points"}, "other-measure"),
        ({"base": "all"}, "other-base"),
        ({"id": "uus"}, None),
        ({"id": "uus", "indicator": None, "label": "Muu"}, "other-item"),
    ],
)
def test_only_like_is_compared_with_like(waves: tuple[Wave, Wave], changes: dict[str, Any], reason: str | None) -> None:
    one = compared(waves[0], with_item(waves[1], **changes))
    assert (one.reason, one.difference is None, one.interval is None) == (
        reason,
        reason is not None,
        reason is not None,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "test"}, "same-wave"),
        ({"fictional": True}, "fictional"),
        ({"asked": "municipalities"}, "other-respondents"),
    ],
)
def test_waves_that_do_not_compare(waves: tuple[Wave, Wave], changes: dict[str, Any], reason: str) -> None:
    assert compared(waves[0], second(waves[1], **changes)).reason == reason


def test_who_is_not_there_or_too_few(make_wave: Make, make_row: Make, known: Make, waves: tuple[Wave, Wave]) -> None:
    assert compared(*waves, "0784").reason == "not-surveyed"
    few = make_wave(make_row("50", 29), design_effect=known(1))
    one = compared(few, waves[1])
    assert (one.reason, one.first.value, one.second.value) == ("too-few", None, 70)
    assert compared(make_wave(make_row("50", 30), design_effect=known(1)), waves[1]).reason is None


def test_a_municipality_formed_since(published: dict[str, Wave]) -> None:
    assert compared(published["2020-valid"], published["2024"], "0250").reason == "other-measure"
    later = second(published["2020-valid"])
    assert compared(published["2020-valid"], later, "0250").reason == "merged"
    assert compared(published["2020-valid"], later, "0305").reason is None


def test_a_renumbered_code_is_the_same_municipality(make_wave: Make, make_row: Make, known: Make) -> None:
    facts = {"design_effect": known(1)}
    old, new = make_row("50", 100, code="0304"), make_row("70", 100, code="0305")
    assert compared(make_wave(old, **facts), second(make_wave(new, **facts)), "0305").change == "up"


def test_municipalities_that_answered_for_themselves_have_no_margin(make_wave: Make, make_row: Make) -> None:
    asked = {"asked": "municipalities"}
    first, later = (
        second(make_wave(make_row("50", 1)), id="first", **asked),
        second(make_wave(make_row("60", 1)), **asked),
    )
    one = compared(first, later)
    assert (one.difference, one.interval, one.change) == (10, None, "up")


def test_items_of_the_second_wave_alone_come_last(waves: tuple[Wave, Wave]) -> None:
    item = waves[1].description.items[0].model_copy(update={"id": "uus", "indicator": None, "label": "Uus"})
    later = second(waves[1], items=(*waves[1].description.items, item))
    assert [(one.label, one.reason) for one in compare_waves(waves[0], later, "0698", ())] == [
        ("Kaasamine", None), ("Info", "not-surveyed"), ("Uus", "other-item")
    ]  # fmt: skip


@given(*[st.integers(0, 100)] * 2, *[st.integers(30, 2_000)] * 2)
def test_both_orders_say_the_same(
    make_wave: Make, make_row: Make, known: Make, one: int, other: int, n: int, m: int
) -> None:
    effect = {"design_effect": known(1)}
    first, later = make_wave(make_row(str(one), n), **effect), second(make_wave(make_row(str(other), m), **effect))
    there, back = compared(first, later), compared(later, first)
    opposite = {"up": "down", "down": "up", "within-margin": "within-margin"}
    assert there.interval is not None
    assert back.interval is not None
    assert back.change == opposite[str(there.change)]
    assert abs(there.interval[0] + back.interval[1]) < Decimal("1e-30")
    assert there.interval[0] <= other - one <= there.interval[1]


def test_shares_of_none_and_all_have_a_margin(make_wave: Make, make_row: Make, known: Make) -> None:
    effect = {"design_effect": known(1)}
    first, later = make_wave(make_row("100", 40), **effect), second(make_wave(make_row("97.5", 40), **effect))
    one = compared(first, later)
    assert one.change == "within-margin"
    assert one.interval is not None
    assert one.interval[0] < -8


def option(label: str, counts: str, points: str | None = None) -> Option:
    return Option(label=label, counts=counts, points=points)  # type: ignore[arg-type]


FOUR = (option("väga", "positive", "100"), option("pigem", "positive", "67"), option("ei", "negative", "0"))


@pytest.mark.parametrize(
    ("measure", "later", "reason"),
    [
        ("share", FOUR, None),
        ("share", (option("VÄGA", "positive"), *FOUR[:0:-1]), None),
        ("share", FOUR[:2], "other-scale"),
        ("share", (FOUR[0], option("pigem", "negative", "67"), FOUR[2]), "other-scale"),
        ("index", (FOUR[0], option("pigem", "negative", "67"), FOUR[2]), None),
        ("index", (FOUR[0], option("pigem", "positive", "50"), FOUR[2]), "other-scale"),
        ("index", (), None),
    ],
)
def test_other_answers_or_points_do_not_compare(
    make_wave: Make, make_row: Make, known: Make, measure: str, later: tuple[Option, ...], reason: str | None
) -> None:
    facts = {"design_effect": known(1), "measure": measure}
    first, other = (second(make_wave(make_row("50", 100, "20"), **facts), scale=scale) for scale in (FOUR, later))
    assert compared(second(first, id="first"), other).reason == reason
    own = with_item(second(first, scale=()), scale=later)
    assert compared(second(first, id="first"), own).reason == reason
