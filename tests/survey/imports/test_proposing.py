"""The start of a description that a file alone gives."""

from typing import Any

import pytest

from kaasav.survey.imports.description import read_description
from kaasav.survey.imports.proposing import propose

VALUES = "Rahulolu\n\nEHAK;Omavalitsus;Elanike kaasamine;Teave;Märkus\n0698;Rõuge vald;54,7;1;a\n0784;Tallinn;61;2;b\n"
COUNTS = "kood;väga rahul;pole rahul;ei oska öelda\n0698;1;2;3\n0784;4;5;6\n"
ANSWERS = "id;kood;kaal;Kaasamine;Kommentaar\n" + "".join(
    f"r{n};0698;1,5;{'jah' if n % 2 else 'ei'};minu isikukood {n}\n" for n in range(100)
)


@pytest.mark.parametrize(
    ("text", "grain", "header", "items"),
    [
        (VALUES, "values", (3,), ["Elanike kaasamine", "Teave"]),
        (COUNTS, "counts", (1,), ["?"]),
        (ANSWERS, "answers", (1,), ["Kaasamine"]),
        ("kood;näitaja;väärtus\n0698;A;1\n0698;B;2\n", "values", (1,), ["A", "B"]),
        ("kood;vastus;arv\n0698;jah;1\n0698;ei;2\n", "counts", (1,), ["?"]),
    ],
)
def test_what_a_table_seems_to_hold(text: str, grain: str, header: tuple[int, ...], items: list[str]) -> None:
    proposal = propose(text.encode(), "a b.csv")
    assert (proposal.grain, proposal.header.rows) == (grain, header)
    assert [line.strip() for line in proposal.text.splitlines() if line.startswith("    label: ")] == [
        f'label: "{item}"' for item in items
    ]


def test_every_blank_is_asked_for_and_once_filled_in_it_is_a_description(read: Any) -> None:
    text = propose(VALUES.encode(), "a b.csv").text
    _described, problems = read_description(text.encode(), "d.yaml")
    assert {problem.location.line for problem in problems} >= {4, 5, 6, 7}
    for blank, filled in (
        ("{et: , en: }", "{et: a, en: b}"), ("publisher:", "publisher: Keegi"), ("{text: }", "{text: x}"),
        ("{from: , to: }", "{from: 2026-03, to: 2026-04}"), ("measure:\n", "measure: share\n"),
        ("base:\n", "base: valid\n"), ("unit:\n", "unit: percent\n"),
    ):  # fmt: skip
        text = text.replace(blank, filled)
    described, problems = read_description(text.encode(), "d.yaml")
    assert problems == []
    assert described is not None
    assert described.id == "a-b"
    assert described.table.delimiter == ";"


def test_nothing_a_single_respondent_wrote_is_repeated() -> None:
    text = propose(ANSWERS.encode(), "a.csv").text
    assert "isikukood" not in text
    assert "r1" not in text
    assert '{label: "jah", counts: }' in text


def test_other_ways_to_write_an_item_are_one_and_ids_are_unlike() -> None:
    text = "kood;näitaja;väärtus\n0698;Elanike teave;1\n0784;ELANIKE\u00a0teave;2\n0698;elanike-teave;3\n0784;None;4\n"
    lines = [line.strip() for line in propose(text.encode(), "a.csv").text.splitlines()]
    ids = [line for line in lines if line.startswith("- id: ")]
    assert ids == ['- id: "elanike-teave"', '- id: "elanike-teave-2"']
