"""A wave's two files: a good pair, and what each thing wrong with the description gives."""

from fractions import Fraction

import pytest

from kaasav.survey.reader import read_wave

YAML = """\
schema: kaasav/wave/1
id: test
title: {et: Proov, en: Test}
publisher: Keegi
source: {text: aruanne}
fieldwork: {from: 2026-03, to: 2026-04-17}
language: et
sampling:
  n: {value: 80, assumed: {et: oletus, en: guess}}
  sd: {value: 30, source: {text: aruanne}}
  design_effect: {value: 1.5, source: {text: aruanne}}
items:
  - id: kaasamine
    indicator: SI_KAASAMINE
    label: Elanike kaasamine
    aliases: [Kaasamine  (%)]
    measure: share
    base: valid
    unit: percent
    reference: {value: 161/3, method: mean-of-municipalities}
  - id: info
    label: Teave
    measure: index
    base: valid
    unit: points
    reference: {value: 50.5, source: {text: aruanne}}
"""
CSV = """\
ehak,name,item,value,n,sd
0698,Rõuge vald,kaasamine,50.0,80,
0784,Tallinna linn,kaasamine,61,,
0304,Kiili vald,kaasamine,50,,
0303,Kihnu vald,kaasamine,,,
0698,Rõuge vald,info,48.25,75,28.5
"""


def read(yaml: str = YAML, csv: str = CSV) -> tuple[object, list[tuple[str, str, int]]]:
    wave, problems = read_wave(yaml.encode(), csv.encode(), "criteria/waves/test.yaml")
    return wave, [(problem.code, problem.location.file, problem.location.line) for problem in problems]


def test_a_good_pair() -> None:
    wave, problems = read_wave(YAML.encode(), CSV.encode(), "test.yaml")
    assert problems == []
    assert wave is not None
    assert wave.value("kaasamine", "0784") == 61
    assert wave.value("kaasamine", "0303") is None
    assert wave.value("kaasamine", "0305") is None
    assert wave.value("nothing", "0698") is None
    row = wave.row("info", "0698")
    assert row is not None
    assert (row.value, row.n, row.sd) == (Fraction("48.25"), 75, Fraction("28.5"))
    assert wave.lists("0304")
    assert not wave.lists("0305")
    fieldwork = wave.description.fieldwork
    assert (str(fieldwork.first), str(fieldwork.last)) == ("2026-03-01", "2026-04-17")


def test_a_month_ends_on_its_last_day() -> None:
    wave, _ = read_wave(YAML.replace("2026-04-17", "2026-04").encode(), CSV.encode(), "test.yaml")
    assert wave is not None
    assert str(wave.description.fieldwork.last) == "2026-04-30"


@pytest.mark.parametrize(
    ("good", "bad", "code", "line"),
    [
        ("fieldwork: {from: 2026-03,", "fieldwork: {from: 2026-13,", "wave-fieldwork", 6),
        ("to: 2026-04-17}", "to: spring}", "wave-fieldwork", 6),
        ("to: 2026-04-17}", "to: 2026-02-17}", "wave-fieldwork-backwards", 6),
        ("{value: 80, assumed: {et: oletus, en: guess}}", "{value: 80}", "wave-origin", 9),
        ("{value: 80, assumed:", "{value: 80, source: {text: a}, assumed:", "wave-origin", 9),
        ("{value: 80, assumed:", "{value: 0, assumed:", "wave-n-range", 9),
        ("{value: 80, assumed:", "{value: 80.5, assumed:", "not-whole", 9),
        ("sd: {value: 30,", "sd: {value: 0,", "wave-sd-out-of-range", 10),
        ("sd: {value: 30,", "sd: {value: 100.1,", "wave-sd-out-of-range", 10),
        ("{value: 1.5,", "{value: 0.99,", "wave-design-effect", 11),
        ("method: mean-of-municipalities}", "method: median}", "not-one-of", 20),
        (", method: mean-of-municipalities}", "}", "wave-reference-basis", 20),
        ("method: mean", "source: {text: a}, method: mean", "wave-reference-basis", 20),
        ("value: 161/3", "value: 53.67", "wave-reference-differs", 20),
        ("value: 50.5", "value: 0", "wave-reference-range", 26),
        ("value: 50.5", "value: 100", "wave-reference-range", 26),
        ("value: 50.5", "value: '50,5'", "not-number", 26),
        ("unit: points", "unit: percent", "wave-unit", 25),
        ("measure: share", "measure: index", "wave-unit", 19),
        ("measure: share", "measure: counts", "not-one-of", 17),
        ("  - id: info\n", "  - id: kaasamine\n", "wave-item-twice", 21),
        ("label: Teave", "label: kaasamine (%)", "wave-item-twice", 21),
        ("    label: Teave", "    indicator: SI_KAASAMINE\n    label: Teave", "wave-indicator-twice", 22),
        ("publisher: Keegi\n", "", "missing", 1),
        ("publisher: Keegi\n", "publisher: Keegi\nfictoinal: true\n", "unknown-key", 5),
        ("publisher: Keegi\n", "publisher: Keegi\nfictional: yes\n", "not-true-false", 5),
        ("schema: kaasav/wave/1", "schema: kaasav/wave/2", "newer-schema", 1),
    ],
)
def test_what_is_wrong_with_a_description(good: str, bad: str, code: str, line: int) -> None:
    assert good in YAML
    csv = CSV if "id: kaasamine" not in bad else CSV.replace("0698,Rõuge vald,info,48.25,75,28.5\n", "")
    wave, problems = read(YAML.replace(good, bad), csv)
    assert wave is None
    assert (code, "criteria/waves/test.yaml", line) in problems


def test_no_items() -> None:
    wave, problems = read(YAML[: YAML.index("items:")] + "items: []\n", "ehak,name,item,value,n,sd\n")
    assert (wave, problems) == (None, [("wave-no-items", "criteria/waves/test.yaml", 12)])


def test_a_mean_of_nothing() -> None:
    wave, problems = read(csv="ehak,name,item,value,n,sd\n")
    assert (wave, problems) == (None, [("wave-reference-empty", "criteria/waves/test.yaml", 20)])


def test_another_mean_is_refused_with_the_right_one_at_hand() -> None:
    _, [problem] = read_wave(YAML.encode(), CSV.replace("61", "64").encode(), "test.yaml")
    assert problem.code == "wave-reference-differs"
    assert "164/3" in problem.hint


def test_problems_of_both_files_come_at_once() -> None:
    wave, problems = read(YAML.replace("unit: points", "unit: percent"), CSV.replace("48.25", "x"))
    assert wave is None
    assert problems == [
        ("wave-unit", "criteria/waves/test.yaml", 25),
        ("wave-not-number", "criteria/waves/test.csv", 6),
    ]


def test_unreadable_yaml_says_so_and_nothing_about_the_values() -> None:
    wave, problems = read("schema: [", "nonsense")
    assert wave is None
    assert [code for code, _, _ in problems] == ["yaml-unreadable"]
