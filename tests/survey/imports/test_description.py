"""Descriptions of files: what is wrong with one is said at its place."""

import pytest

from kaasav.survey.imports.description import LEAST, read_description

GOOD = """\
schema: kaasav/survey-file/1
id: "2026"
title: {et: Proov, en: Test}
publisher: Keegi
source: {text: aruanne}
fieldwork: {from: 2026-03, to: 2026-04}
language: et
scale:
  - {label: jah, counts: positive, points: 100, aliases: [J, "1"]}
  - {label: ei, counts: negative, points: 0}
items:
  - {id: a, label: A, measure: share, base: valid, unit: percent, reference: {method: mean-of-municipalities}}
table:
  grain: answers
  header: [3, 4]
  delimiter: tab
"""


def read(text: str) -> list[tuple[str, int]]:
    _described, problems = read_description(text.encode(), "d.yaml")
    return [(problem.code, problem.location.line) for problem in problems]


def test_a_good_one() -> None:
    described, problems = read_description(GOOD.encode(), "d.yaml")
    assert problems == []
    assert described is not None
    assert (described.id, described.table.header, described.least) == ("2026", (3, 4), LEAST)


@pytest.mark.parametrize(
    ("good", "bad", "code", "line"),
    [
        ('id: "2026"', "id: ../2026", "survey-file-id", 2),
        ('id: "2026"', "id: .hidden", "survey-file-id", 2),
        ("to: 2026-04", "to: 2026-04-1x", "wave-fieldwork", 6),
        ("to: 2026-04", "to: 2026-02", "wave-fieldwork-backwards", 6),
        ("[3, 4]", "[3, 5]", "survey-file-header", 15),
        ("[3, 4]", "[4, 3]", "survey-file-header", 15),
        ("[3, 4]", "[0]", "survey-file-header", 15),
        ("[3, 4]", "[1, 2, 3, 4]", "survey-file-header", 15),
        ("delimiter: tab", "delimiter: x", "survey-file-delimiter", 16),
        ("label: ei", "label: J", "survey-file-option-twice", 10),
        ("points: 100", "points: 101", "survey-file-points", 9),
        ("measure: share", "measure: index", "survey-file-no-points", 12),
        ("{method: mean-of-municipalities}", "{source: {text: x}}", "survey-file-reference", 12),
        ("grain: answers", "grain: sums", "not-one-of", 14),
        ("grain: answers", "grian: answers", "unknown-key", 14),
    ],
)
def test_what_is_wrong(good: str, bad: str, code: str, line: int) -> None:
    assert good in GOOD
    text = GOOD.replace(good, bad)
    if code == "survey-file-no-points":
        text = text.replace(", points: 0", "")
    assert (code, line) in read(text)


def test_answers_need_a_scale() -> None:
    text = GOOD[: GOOD.index("scale:")] + GOOD[GOOD.index("items:") :]
    assert read(text) == [("survey-file-no-scale", 9)]
    assert read(text.replace("answers", "values")) == []


def test_small_groups_by_grain() -> None:
    for change, least in ((("answers", "values"), 30), (("language: et", "language: et\nasked: municipalities"), 0),
                          (("grain: answers", "grain: answers\n  suppress_below: 10"), 10)):  # fmt: skip
        described, problems = read_description(GOOD.replace(*change).encode(), "d.yaml")
        assert problems == []
        assert described is not None
        assert described.least == least
