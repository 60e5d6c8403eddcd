"""Which column is what, and why."""

from typing import Any

import pytest

TEXT = "Kood;KOV;Tunnus;Tulem;Kaal\n0698;Rõuge vald;kaasamine;54,7;128\n"


def test_described_columns_go_first_and_each_says_why(read: Any) -> None:
    how = "table: {grain: values, columns: {item: tunnus, value: Tulem, n: kaal}}\n"
    taken = read(TEXT, how)
    assert taken.rows["kaasamine"]["0698"] == ("54.7", "128", "", "", "")
    assert [(column.header, column.role, column.why) for column in taken.gathered.layout.columns] == [
        ("Kood", "code", "guessed"), ("KOV", "name", "guessed"), ("Tunnus", "item", "described"),
        ("Tulem", "value", "described"), ("Kaal", "n", "described"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "code", "words"),
    [
        ("item: Tunus, value: Tulem", "survey-no-column", "Tunnus"),
        ("item: Tunnus", "survey-column-needed", "“value”"),
        ('value: "#9"', "survey-no-column", "“Kood”"),
        ("value: Tulem", "survey-column-needed", "“item”"),
    ],
)
def test_what_is_missing(read: Any, columns: str, code: str, words: str) -> None:
    taken = read(TEXT, f"table: {{grain: values, columns: {{{columns}}}}}\n")
    problem = taken.told(code)
    assert words in problem.message + problem.hint
    assert str(problem.location).startswith("a.csv:1")


def test_the_same_header_twice_is_not_guessed(read: Any, one_item: str) -> None:
    text = "Kood;Tulemus;Tulemus\n0698;54,7;48\n"
    assert read(text, items=one_item).problems == [("survey-column-which", "a.csv:1:1")]
    described = read(text, "table: {grain: values, columns: {value: Tulemus}}\n", one_item)
    assert described.problems[0] == ("survey-column-twice", "a.csv:1:1")
    assert "B, C" in described.all[0].message
    taken = read(text, 'table: {grain: values, columns: {value: "#3"}}\n', one_item)
    assert taken.rows["kaasamine"]["0698"][0] == "48"


def test_no_municipality_column(read: Any) -> None:
    text = "a;Elanike kaasamine;Teave\n0698;54,7;1,5\n"
    assert read(text).problems == [("survey-no-municipality-column", "a.csv:1:1")]
    assert read(text, "table: {grain: values, columns: {code: a}}\n").problems == []


def test_an_item_without_a_column(read: Any) -> None:
    text = "kood;Elanike kaasamine\n0698;54,7\n"
    assert read(text).problems == [("survey-item-column", "a.csv:1:1")]


def test_items_with_columns_of_their_own(read: Any) -> None:
    items = (
        "items:\n  - {id: a, label: A, measure: share, base: valid, unit: percent, columns: {value: q1, n: n1}}\n"
        "  - {id: b, label: B, measure: share, base: valid, unit: percent, columns: {value: q2, n: n2}}\n"
    )
    taken = read("kood;q1;n1;q2;n2\n0698;54,7;50;1,5;60\n", items=items)
    assert taken.rows == {"a": {"0698": ("54.7", "50", "", "", "")}, "b": {"0698": ("1.5", "60", "", "", "")}}


def test_a_header_beyond_the_table(read: Any) -> None:
    assert read(TEXT, "table: {grain: values, header: [30]}\n").problems == [("survey-header-beyond", "a.csv")]


def test_control_characters_in_headers_are_harmless(read: Any) -> None:
    taken = read("kood;\x1b[31mx\x07;Elanike kaasamine;Teave\n0698;1;54,7;1,5\n")
    assert taken.problems == []
