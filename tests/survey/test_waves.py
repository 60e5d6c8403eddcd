"""The waves that come with the product."""

import hashlib
from fractions import Fraction

import pytest

from kaasav.municipalities.register import load
from kaasav.survey.reader import mean_of_municipalities
from kaasav.survey.verdict import GateRule, judge
from kaasav.survey.wave import Wave

RULE = GateRule(min_respondents=30, reliable_from=60, max_age_months=30)
REAL = ("2020-all", "2020-valid", "2024")


def test_which_there_are(published: dict[str, Wave]) -> None:
    assert list(published) == [*REAL, "training-2026"]
    assert all(wave.id == name for name, wave in published.items())


@pytest.mark.parametrize(
    ("wave", "item", "measure", "base", "with_value", "mean"),
    [
        ("2020-all", "kaasamine", "share", "all", 75, "37.4"),
        ("2020-all", "juhtimine", "share", "all", 75, "49.5"),
        ("2020-valid", "kaasamine", "share", "valid", 76, "51.6"),
        ("2020-valid", "juhtimine", "share", "valid", 76, "62.0"),
        ("2024", "kaasamine", "index", "valid", 76, "52.8"),
        ("2024", "mojutamine", "index", "valid", 76, "42.4"),
        ("2024", "osalemine", "index", "valid", 76, "43.4"),
    ],
)
def test_real_waves(
    published: dict[str, Wave], *, wave: str, item: str, measure: str, base: str, with_value: int, mean: str
) -> None:
    asked = published[wave].item(item)
    rows = published[wave].rows[item]
    assert asked is not None
    assert asked.reference is not None
    assert (asked.measure, asked.base) == (measure, base)
    assert (len(rows), sum(row.value is not None for row in rows.values())) == (79, with_value)
    assert asked.reference.value == mean_of_municipalities(rows)
    assert f"{float(asked.reference.value):.1f}" == mean


@pytest.mark.parametrize(
    ("wave", "item", "code", "value"),
    [
        ("2020-all", "kaasamine", "0251", "11.9"),
        ("2020-all", "juhtimine", "0803", "42.0"),
        ("2020-valid", "kaasamine", "0784", "54.7"),
        ("2020-valid", "juhtimine", "0130", "70.4"),
        ("2024", "kaasamine", "0784", "51.1"),
        ("2024", "mojutamine", "0803", "45.1"),
        ("2024", "osalemine", "0305", "44.3"),
    ],
)
def test_real_values(published: dict[str, Wave], wave: str, item: str, code: str, value: str) -> None:
    assert published[wave].value(item, code) == Fraction(value)


def test_who_has_no_value(published: dict[str, Wave]) -> None:
    islands = {"0303", "0689", "0907"}
    expected = {"2020-all": islands | {"0784"}, "2020-valid": islands, "2024": islands}
    for wave, codes in expected.items():
        for rows in published[wave].rows.values():
            assert {row.code for row in rows.values() if row.value is None} == codes
            assert {row.why for row in rows.values() if row.value is None} == {"not-published"}


def test_the_real_ones_say_what_they_assume_and_the_invented_one_that_it_is_invented(
    published: dict[str, Wave],
) -> None:
    for name in REAL:
        facts = published[name].description.sampling
        assert not published[name].description.fictional
        assert published[name].description.source.url == "https://minuomavalitsus.ee"
        for fact in (facts.n, facts.design_effect):
            assert fact is not None
            assert fact.assumed is not None
            assert set(fact.assumed) == {"et", "en"}
    assert published["2020-all"].description.respondents == 11144
    assert published["2024"].description.respondents == 9713
    training = published["training-2026"].description
    assert training.fictional
    assert "äljamõeldud" in training.title["et"]
    assert "ictional" in training.title["en"]


def test_the_two_bases_of_2020_are_two_waves_and_differ(published: dict[str, Wave]) -> None:
    every, valid = (published[name].value("kaasamine", "0145") for name in ("2020-all", "2020-valid"))
    assert (every, valid) == (Fraction("37.4"), Fraction("53.1"))


@pytest.mark.parametrize(("code", "state"), [("X001", "met"), ("X002", "near_above"), ("X003", "met")])
def test_training_verdicts(published: dict[str, Wave], code: str, state: str) -> None:
    verdict = judge(published["training-2026"], "SI_KAASAMINE", code, (), RULE, evidence_date=None)
    assert (verdict.state, verdict.assumed, verdict.unreliable, verdict.fictional) == (state, (), False, True)


def test_every_municipality_gets_a_verdict_from_every_wave(published: dict[str, Wave]) -> None:
    register = load()
    for wave in published.values():
        for item in wave.description.items:
            assert item.indicator is not None
            for municipality in register.municipalities:
                history = register.history(municipality.code)
                verdict = judge(wave, item.indicator, municipality.code, history, RULE, evidence_date=None)
                assert (verdict.state == "no_data") == (verdict.reason is not None)
                if municipality.training is not wave.description.fictional:
                    assert verdict.reason in ("not-surveyed", "merged")


def test_no_real_wave_proves_anybody_met(published: dict[str, Wave]) -> None:
    for name in REAL:
        for municipality in load().all():
            verdict = judge(published[name], "SI_KAASAMINE", municipality.code, (), RULE, evidence_date=None)
            assert verdict.state != "met"


def test_hashes_are_of_the_bytes(published: dict[str, Wave], waves_folder: object) -> None:
    for name, wave in published.items():
        for ending, found in (("yaml", wave.yaml_sha256), ("csv", wave.csv_sha256)):
            content = (waves_folder / f"{name}.{ending}").read_bytes()  # type: ignore[operator]
            assert found == hashlib.sha256(content).hexdigest()
            assert b"\r" not in content
