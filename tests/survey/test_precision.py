"""Where the numbers behind a verdict come from, and the variance they are compared with."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from kaasav.survey.precision import Precision, precision_of

Make = Callable[..., Any]


def test_variance_is_exact_and_in_the_unit_of_the_item() -> None:
    assert Precision().variance("share", Fraction("51.6")) == Fraction("51.6") * Fraction("48.4")
    assert Precision(sd=Fraction(30)).variance("index", Fraction("51.6")) == 900
    assert Precision().variance("index", Fraction("51.6")) is None


def test_effective_size_needs_both_and_is_never_taken_as_given() -> None:
    assert Precision(n=120, design_effect=Fraction("1.5")).n_eff == 80
    assert Precision(n=120).n_eff is None
    assert Precision(design_effect=Fraction(1)).n_eff is None


def test_of_a_row(make_wave: Make, make_row: Make, known: Make, guessed: Make) -> None:
    facts = {"n": guessed(80), "sd": guessed(30), "design_effect": known("1.5")}
    index, share = make_wave(measure="index", **facts), make_wave(**facts)

    def of(wave: Any, row: Any) -> Precision:
        return precision_of(wave.description.sampling, wave.item("kaasamine"), row)

    effect = Fraction("1.5")
    assert of(index, make_row("50")) == Precision(80, effect, Fraction(30), ("n", "sd"))
    assert of(index, make_row("50", 100, "28")) == Precision(100, effect, Fraction(28), ())
    assert of(share, make_row("50", 100, "28")) == Precision(100, effect, None, ())
    assert of(make_wave(), make_row("50")) == Precision()


def test_the_wave_s_n_does_not_stand_for_one_that_is_kept_back(make_wave: Any, make_row: Any, known: Any) -> None:
    wave = make_wave(make_row("50"), n=known(900))
    item, sampling = wave.description.items[0], wave.description.sampling
    assert precision_of(sampling, item, make_row("50")).n == 900
    assert precision_of(sampling, item, make_row("50", n_why="confidential")).n is None
