"""What a wave says of one municipality."""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaasav.municipalities.register import Change, load
from kaasav.survey.estimate import effective, mean_interval, wilson
from kaasav.survey.verdict import GateRule, Predecessor, State, Verdict, compare, interval, judge
from kaasav.survey.wave import Row, Wave

RULE = GateRule(min_respondents=30, reliable_from=60, max_age_months=30)
Make = Callable[..., Any]
day = datetime.date.fromisoformat

ORDER: tuple[State, ...] = ("not_met", "near_below", "near_above", "met")


def verdict_on(wave: Wave, rule: GateRule = RULE, on: str | None = None, code: str = "0698") -> Verdict:
    evidence_date = day(on) if on else None
    return judge(wave, "SI_KAASAMINE", code, load().history(code), rule, evidence_date=evidence_date)


@pytest.mark.parametrize(
    ("value", "n", "state"),
    [
        ("63.0", 410, "met"),
        ("54.0", 120, "near_above"),
        ("51.6", 100_000, "near_above"),
        ("51.5", 120, "near_below"),
        ("40.0", 410, "not_met"),
        ("0", 60, "not_met"),
        ("100", 60, "met"),
    ],
)
def test_a_share_against_51_6(make_wave: Make, make_row: Make, known: Make, *, value: str, n: int, state: str) -> None:
    verdict = verdict_on(make_wave(make_row(value, n), design_effect=known("1.2")))
    assert (verdict.state, verdict.reason, verdict.capped, verdict.assumed) == (state, None, False, ())
    assert (verdict.value, verdict.n, verdict.design_effect) == (Fraction(value), n, Fraction("1.2"))


@pytest.mark.parametrize(
    ("value", "state"), [("60", "met"), ("53", "near_above"), ("52", "near_below"), ("44", "not_met")]
)
def test_an_index_against_52_8(make_wave: Make, make_row: Make, known: Make, value: str, state: str) -> None:
    wave = make_wave(
        make_row(value, 120), measure="index", reference="52.8", design_effect=known("1.2"), sd=known("30")
    )
    verdict = verdict_on(wave)
    assert (verdict.state, verdict.sd) == (state, 30)


def test_borders_are_exact() -> None:
    """With r = 1/2, n_eff·d² = z²/4 at the border: met includes it, not met does not."""
    z = Fraction("1.959963984540054")
    variance, half = Fraction(1, 4), Fraction(1, 2)
    tiny = Fraction(1, 10**30)
    assert compare(half + z / 20, half, Fraction(100), variance) == "met"
    assert compare(half + z / 20 - tiny, half, Fraction(100), variance) == "near_above"
    assert compare(half, half, Fraction(100), variance) == "near_above"
    assert compare(half - tiny, half, Fraction(100), variance) == "near_below"
    assert compare(half - z / 20, half, Fraction(100), variance) == "near_below"
    assert compare(half - z / 20 - tiny, half, Fraction(100), variance) == "not_met"


SHARES = st.fractions(0, 1, max_denominator=1000)
REFERENCES = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=1000)
SIZES = st.fractions(1, 3000, max_denominator=10)


@given(SHARES, REFERENCES, SIZES)
def test_it_agrees_with_the_wilson_interval(p: Fraction, reference: Fraction, n_eff: Fraction) -> None:
    lower, upper = wilson(p, n_eff)
    bar = Decimal(reference.numerator) / reference.denominator
    assume(min(abs(lower - bar), abs(upper - bar)) > Decimal("1e-20"))
    state = compare(p, reference, n_eff, reference * (1 - reference))
    assert (state == "met") == (lower > bar)
    assert (state == "not_met") == (upper < bar)


@given(st.fractions(0, 100, max_denominator=50), st.fractions(1, 99, max_denominator=50), SIZES, st.integers(1, 60))
def test_it_agrees_with_the_interval_of_a_mean(m: Fraction, reference: Fraction, n_eff: Fraction, sd: int) -> None:
    lower, upper = mean_interval(m, Fraction(sd), n_eff)
    bar = Decimal(reference.numerator) / reference.denominator
    assume(min(abs(lower - bar), abs(upper - bar)) > Decimal("1e-20"))
    state = compare(m, reference, n_eff, Fraction(sd) ** 2)
    assert (state == "met") == (lower > bar)
    assert (state == "not_met") == (upper < bar)


@given(SHARES, REFERENCES, SIZES, SIZES)
def test_more_answers_only_make_it_surer(p: Fraction, reference: Fraction, one: Fraction, other: Fraction) -> None:
    fewer, more = sorted((one, other))
    before, after = (compare(p, reference, n, reference * (1 - reference)) for n in (fewer, more))
    allowed = {"near_above": {"near_above", "met"}, "near_below": {"near_below", "not_met"}}
    assert after in allowed.get(before, {before})


@given(SHARES, SHARES, REFERENCES, SIZES)
def test_a_higher_share_never_fares_worse(one: Fraction, other: Fraction, reference: Fraction, n: Fraction) -> None:
    lower, higher = (compare(p, reference, n, reference * (1 - reference)) for p in sorted((one, other)))
    assert ORDER.index(lower) <= ORDER.index(higher)


def test_percent_and_shares_come_to_the_same(make_wave: Make, make_row: Make, known: Make) -> None:
    for value in range(0, 101, 4):
        verdict = verdict_on(make_wave(make_row(str(value), 97), design_effect=known("1.3")))
        r = Fraction("0.516")
        assert verdict.state == compare(Fraction(value, 100), r, effective(97, Fraction("1.3")), r * (1 - r))


# Each reason for no data beside a twin that differs in that one thing and gives a verdict.


def reasons(wave: Wave, rule: GateRule = RULE, on: str | None = None) -> str | None:
    return verdict_on(wave, rule, on).reason


def test_not_surveyed(make_wave: Make, make_row: Make, known: Make) -> None:
    effect = known("1.2")
    other = Row("0708", "Räpina vald", Fraction(60), 120)
    assert reasons(make_wave(other, design_effect=effect)) == "not-surveyed"
    assert reasons(make_wave(make_row(None, 120), other, design_effect=effect)) == "not-surveyed"
    assert reasons(make_wave(make_row("60", 120), other, design_effect=effect)) is None


def test_why_there_is_no_value_is_kept(make_wave: Make, make_row: Make) -> None:
    verdict = verdict_on(make_wave(make_row(None, why="confidential")))
    assert (verdict.state, verdict.reason, verdict.detail) == ("no_data", "not-surveyed", "confidential")


def test_zero_is_not_missing(make_wave: Make, make_row: Make, known: Make) -> None:
    assert verdict_on(make_wave(make_row("0", 120), design_effect=known("1.2"))).state == "not_met"


def test_other_item(make_wave: Make, make_row: Make, known: Make) -> None:
    wave = make_wave(make_row("60", 120), design_effect=known("1.2"))
    asked = judge(wave, "SI_TEENUSED", "0698", (), RULE, evidence_date=None)
    assert (asked.reason, asked.item, asked.measure, asked.base) == ("other-item", None, None, None)
    assert judge(wave, "SI_INFO", "0698", (), RULE, evidence_date=None).reason == "not-surveyed"
    assert judge(wave, "SI_KAASAMINE", "0698", (), RULE, evidence_date=None).reason is None


def test_other_measure_and_other_base(make_wave: Make, make_row: Make, known: Make) -> None:
    wave = make_wave(make_row("60", 120), design_effect=known("1.2"))
    assert reasons(wave, GateRule(30, 60, measure="index")) == "other-measure"
    assert reasons(wave, GateRule(30, 60, base="all")) == "other-base"
    assert reasons(wave, GateRule(30, 60, measure="share", base="valid")) is None


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        ("2026-04-16", "after-evidence-date"),
        ("2026-04-17", None),
        ("2028-10-17", None),
        ("2028-10-18", "too-old"),
        (None, None),
    ],
)
def test_age_of_fieldwork_that_ended_on_17_april_2026(
    make_wave: Make, make_row: Make, known: Make, on: str | None, reason: str | None
) -> None:
    wave = make_wave(make_row("60", 120), design_effect=known("1.2"))
    assert reasons(wave, on=on) == reason
    if reason == "too-old":
        assert reasons(wave, GateRule(30, 60, max_age_months=None), on) is None


def test_no_reference(make_wave: Make, make_row: Make, known: Make) -> None:
    assert reasons(make_wave(make_row("60", 120), reference=None, design_effect=known("1"))) == "no-reference"
    assert reasons(make_wave(make_row("60", 120), reference="51.6", design_effect=known("1"))) is None


def test_n_unknown_and_n_of_the_wave(make_wave: Make, make_row: Make, known: Make) -> None:
    unknown = verdict_on(make_wave(make_row("60"), design_effect=known("1.2")))
    assert (unknown.reason, unknown.value, unknown.n) == ("n-unknown", 60, None)
    assert verdict_on(make_wave(make_row("60"), n=known(120), design_effect=known("1.2"))).reason is None


@pytest.mark.parametrize(("n", "reason", "shown"), [(0, "too-few", None), (29, "too-few", None), (30, None, 60)])
def test_too_few_are_not_shown(
    make_wave: Make, make_row: Make, known: Make, *, n: int, reason: str | None, shown: int | None
) -> None:
    verdict = verdict_on(make_wave(make_row("60", n), design_effect=known("1.2")))
    assert (verdict.reason, verdict.value) == (reason, shown)
    assert (interval(verdict) is None) == (shown is None)


def test_no_interval(make_wave: Make, make_row: Make, known: Make) -> None:
    assert reasons(make_wave(make_row("60", 120))) == "no-interval"
    index: dict[str, Any] = {"measure": "index", "design_effect": known("1.2")}
    assert reasons(make_wave(make_row("60", 120), **index)) == "no-interval"
    assert reasons(make_wave(make_row("60", 120, "28"), **index)) is None
    assert reasons(make_wave(make_row("60", 120), sd=known("30"), **index)) is None


def test_the_first_reason_is_the_one_given(make_wave: Make, make_row: Make, known: Make) -> None:
    strict = GateRule(200, 200, 1, measure="index", base="all")
    later = "2027-01-01"

    def reason(*rows: Row, rule: GateRule, reference: str | None = None, on: str | None = later) -> str | None:
        return reasons(make_wave(*rows, reference=reference), rule, on)

    assert reason(rule=strict) == "not-surveyed"
    assert reason(make_row("60"), rule=strict) == "other-measure"
    assert reason(make_row("60"), rule=GateRule(200, 200, 1, base="all")) == "other-base"
    assert reason(make_row("60"), rule=GateRule(200, 200, 1)) == "too-old"
    assert reason(make_row("60"), rule=GateRule(200, 200, 1), on="2026-01-01") == "after-evidence-date"
    assert reason(make_row("60"), rule=GateRule(200, 200)) == "no-reference"
    assert reason(make_row("60"), rule=GateRule(200, 200), reference="50") == "n-unknown"
    assert reason(make_row("60", 120), rule=GateRule(200, 200), reference="50") == "too-few"
    assert reason(make_row("60", 120), rule=GateRule(30, 60), reference="50") == "no-interval"


# Mergers and old codes.


def test_johvi_in_2024_is_merged_and_its_predecessors_are_shown(published: dict[str, Wave]) -> None:
    verdict = verdict_on(published["2024"], code="0250", on="2026-06-30")
    assert (verdict.state, verdict.reason, verdict.value, verdict.n) == ("no_data", "merged", None, None)
    assert verdict.predecessors == (
        Predecessor("0251", "Jõhvi vald", Fraction("50.1")),
        Predecessor("0803", "Toila vald", Fraction("46.6")),
    )
    assert verdict_on(published["2024"], code="0321", on="2026-06-30").reason is None


def test_who_was_not_surveyed(published: dict[str, Wave]) -> None:
    for wave in published.values():
        for code in ("0303", "0689", "0907"):
            assert verdict_on(wave, code=code).reason == "not-surveyed"
    assert verdict_on(published["2020-all"], code="0784").reason == "not-surveyed"
    assert verdict_on(published["2020-valid"], code="0784").reason is None


@pytest.mark.parametrize(
    ("year", "listed", "reason"),
    [(2025, True, None), (2026, True, None), (2026, False, "merged"), (2027, True, "merged"), (2027, False, "merged")],
)
def test_a_merger_in_the_year_of_the_fieldwork_is_told_by_the_waves_rows(
    make_wave: Make, make_row: Make, known: Make, *, year: int, listed: bool, reason: str | None
) -> None:
    merger = Change("0001", "Vana vald", "0698", "Rõuge vald", "merged", year)
    rows = [make_row("40", 100, code="0001"), *([make_row("60", 120)] if listed else [])]
    verdict = judge(
        make_wave(*rows, design_effect=known("1.2")), "SI_KAASAMINE", "0698", (merger,), RULE, evidence_date=None
    )
    assert verdict.reason == reason
    expected = (Predecessor("0001", "Vana vald", Fraction(40)),) if reason else ()
    assert verdict.predecessors == expected


def test_an_older_merger_without_a_row_is_not_surveyed(make_wave: Make, make_row: Make) -> None:
    merger = Change("0001", "Vana vald", "0698", "Rõuge vald", "merged", 2017)
    wave = make_wave(make_row("40", 100, code="0001"))
    assert judge(wave, "SI_KAASAMINE", "0698", (merger,), RULE, evidence_date=None).reason == "not-surveyed"


def test_a_predecessor_with_too_few_answers_is_not_shown(make_wave: Make, make_row: Make) -> None:
    merger = Change("0001", "Vana vald", "0698", "Rõuge vald", "merged", 2030)
    for n, value in ((29, None), (30, Fraction(40)), (None, Fraction(40))):
        wave = make_wave(make_row("40", n, code="0001"))
        verdict = judge(wave, "SI_KAASAMINE", "0698", (merger,), RULE, evidence_date=None)
        assert [one.value for one in verdict.predecessors] == [value]


def test_a_renumbered_municipality_is_found_under_its_old_code(make_wave: Make, make_row: Make, known: Make) -> None:
    wave = make_wave(make_row("60", 120, code="0304"), design_effect=known("1.2"))
    assert verdict_on(wave, code="0305").value == 60
    assert judge(wave, "SI_KAASAMINE", "0305", (), RULE, evidence_date=None).reason == "not-surveyed"


# What caps “met”.


@pytest.mark.parametrize("guess", ["n", "sd", "design_effect"])
def test_met_on_an_assumption_is_near_above(
    make_wave: Make, make_row: Make, known: Make, guessed: Make, guess: str
) -> None:
    facts = {"n": known(120), "sd": known(20), "design_effect": known("1.2")}
    sure = verdict_on(make_wave(make_row("90"), measure="index", **facts))
    assert (sure.state, sure.capped, sure.assumed) == ("met", False, ())
    facts[guess] = guessed(facts[guess]["value"])
    capped = verdict_on(make_wave(make_row("90"), measure="index", **facts))
    assert (capped.state, capped.capped, capped.assumed) == ("near_above", True, (guess,))
    below = verdict_on(make_wave(make_row("10"), measure="index", **facts))
    assert (below.state, below.capped, below.assumed) == ("not_met", False, (guess,))


def test_a_row_of_its_own_needs_no_assumption(make_wave: Make, make_row: Make, known: Make, guessed: Make) -> None:
    facts = {"n": guessed(120), "sd": guessed(20), "design_effect": known("1.2")}
    verdict = verdict_on(make_wave(make_row("90", 100, "25"), measure="index", **facts))
    assert (verdict.state, verdict.n, verdict.sd, verdict.assumed) == ("met", 100, 25, ())


def test_a_share_does_not_rest_on_an_assumed_sd(make_wave: Make, make_row: Make, known: Make, guessed: Make) -> None:
    verdict = verdict_on(make_wave(make_row("90", 120), design_effect=known("1.2"), sd=guessed(30)))
    assert (verdict.state, verdict.sd, verdict.assumed) == ("met", None, ())


@pytest.mark.parametrize(("n", "state", "unreliable"), [(59, "near_above", True), (60, "met", False)])
def test_below_reliable_from_met_is_near_above(
    make_wave: Make, make_row: Make, known: Make, *, n: int, state: str, unreliable: bool
) -> None:
    verdict = verdict_on(make_wave(make_row("90", n), design_effect=known("1.2")))
    assert (verdict.state, verdict.unreliable, verdict.capped) == (state, unreliable, unreliable)


# Showing and keeping.


def test_the_interval_shown_is_around_the_value(make_wave: Make, make_row: Make, known: Make) -> None:
    shown = interval(verdict_on(make_wave(make_row("50", 120), design_effect=known("1.2"))))
    assert shown is not None
    assert [round(end, 1) for end in shown] == [Decimal("40.4"), Decimal("59.6")]
    index = make_wave(make_row("50", 120, "30"), measure="index", design_effect=known("1.2"))
    shown = interval(verdict_on(index))
    assert shown is not None
    assert [round(end, 2) for end in shown] == [Decimal("44.12"), Decimal("55.88")]
    assert interval(verdict_on(make_wave(make_row("50", 120)))) is None


def test_plain_data_and_back(published: dict[str, Wave]) -> None:
    for wave in published.values():
        for code in ("0250", "0303", "0698", "0784", "X001"):
            verdict = verdict_on(wave, code=code)
            text = json.dumps(verdict.as_data(), ensure_ascii=False)
            assert Verdict.from_data(json.loads(text)) == verdict


def test_numbers_in_plain_data_are_exact_text(published: dict[str, Wave]) -> None:
    data = verdict_on(published["2020-valid"]).as_data()
    assert (data["reference"], data["reference_method"]) == ("3923/76", "mean-of-municipalities")
    assert (data["n"], data["design_effect"], data["assumed"]) == (58, "3/2", ["n", "design_effect"])
    assert data["fieldwork"] == ["2020-01-01", "2020-01-31"]


@pytest.mark.parametrize("confidence", [Decimal("0.9"), Fraction(99, 100), Decimal("0.9500001")])
def test_another_confidence_is_refused(confidence: Decimal | Fraction) -> None:
    with pytest.raises(ValueError, match=r"0\.95"):
        GateRule(30, 60, confidence=confidence)
    assert GateRule(30, 60, confidence=Fraction(19, 20)) == GateRule(30, 60, confidence=Decimal("0.950"))


def test_what_municipalities_say_of_themselves_is_no_residents_survey(
    make_wave: Make, make_row: Make, known: Make
) -> None:
    residents = make_wave(make_row("63.0", 410), design_effect=known("1.2"))
    themselves = residents.description.model_copy(update={"asked": "municipalities"})
    verdict = verdict_on(Wave(themselves, residents.rows, residents.yaml_sha256, residents.csv_sha256))
    assert (verdict_on(residents).state, verdict.state, verdict.reason) == ("met", "no_data", "other-item")
