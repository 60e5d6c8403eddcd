"""Tables of respondents' answers: aggregated while they are read."""

import io
from collections import Counter
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaasav.survey.estimate import kish
from kaasav.survey.imports import answers

HOW = "table: {grain: answers}\n"
FEW = "table: {grain: answers, suppress_below: 0}\n"
WORDS = ("väga rahul", "pigem rahul", "pigem ei ole rahul", "üldse pole rahul", "ei oska öelda")


def table(rows: list[tuple[Any, ...]], header: str = "kood;kaal;Elanike kaasamine") -> str:
    return header + "\n" + "".join(";".join(map(str, row)) + "\n" for row in rows)


def test_weights_give_the_share_and_the_design_effect(read: Any, scale: str, one_item: str) -> None:
    """Weights 50 × 1, 30 × 2, 20 × 0.5 give n_eff 82.2857."""
    weights = ["1"] * 50 + ["2"] * 30 + ["0,5"] * 20
    rows = [("0698", weight, WORDS[number % 4]) for number, weight in enumerate(weights)]
    taken = read(table(rows), HOW, scale + one_item)
    assert taken.problems == []
    row = taken.gathered.rows["kaasamine"]["0698"]
    exact = [Fraction(weight.replace(",", ".")) for weight in weights]
    assert row.n == 100
    assert abs(row.n / row.design_effect - kish(exact)) < Fraction(1, 10**8)
    assert row.n / row.design_effect <= kish(exact)
    positive = sum(weight for number, weight in enumerate(exact) if number % 4 < 2)
    assert row.value == positive / sum(exact) * 100


def test_without_weights_the_design_effect_stays_unknown(read: Any, scale: str, one_item: str) -> None:
    rows = [("0698", WORDS[number % 5]) for number in range(100)]
    taken = read(table(rows, "kood;Elanike kaasamine"), HOW, scale + one_item)
    assert taken.rows["kaasamine"]["0698"] == ("50", "80", "", "", "")
    assert taken.gathered.rows["kaasamine"]["0698"].outside == 20


def test_codes_of_answers_several_items_and_cells_without_answer(read: Any, scale: str, items: str) -> None:
    rows = [("0698", "1", "1.0"), ("0698", "4", ""), ("0698", "9", " "), ("0698", "2.0", "väga  RAHUL")]
    text = table(rows, "kood;Elanike kaasamine;Teave").replace("1.0", "1").replace("2.0", "2")
    taken = read(text, FEW, scale + items)
    assert taken.rows == {
        "kaasamine": {"0698": ("200/3", "3", "", "", "")},
        "info": {"0698": ("100", "2", "", "", "")},
    }
    assert taken.gathered.unanswered == Counter(info=2)


def test_long_form(read: Any, scale: str, items: str) -> None:
    rows = [("0698", "Teave", "1"), ("0698", "kaasamine", "4"), ("0784", "Teave", "4"), ("0698", "Teave", "3")]
    taken = read(table(rows, "kood;küsimus;vastus"), FEW, scale + items)
    assert taken.rows["info"] == {"0698": ("50", "2", "", "", ""), "0784": ("0", "1", "", "", "")}
    assert taken.rows["kaasamine"] == {"0698": ("0", "1", "", "", "")}  # Tallinn was not asked


def test_fewer_than_thirty_are_not_written(read: Any, scale: str, one_item: str) -> None:
    rows = [("0698", WORDS[0])] * 29 + [("0784", WORDS[0])] * 30 + [("0899", WORDS[4])] * 60
    taken = read(table(rows, "kood;Elanike kaasamine"), HOW, scale + one_item)
    assert taken.rows["kaasamine"] == {
        "0698": ("", "", "", "", "too-few"), "0784": ("100", "30", "", "", ""), "0899": ("", "", "", "", "too-few"),
    }  # fmt: skip
    assert taken.gathered.suppressed["kaasamine"] == 2


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        (("0698", "1", "nii ja naa"), "survey-option-unknown", "a.csv:3:3"),
        (("0698", "-1", "1"), "survey-weight", "a.csv:3:2"),
        (("0698", "", "1"), "survey-weight-empty", "a.csv:3:2"),
        (("0698", "palju", "1"), "survey-weight", "a.csv:3:2"),
        (("0999", "1", "1"), "survey-row-unknown", "a.csv:3:1"),
    ],
)
def test_what_is_wrong(read: Any, scale: str, one_item: str, row: tuple[str, ...], code: str, place: str) -> None:
    good = [("0698", "1", "1")]
    assert read(table([*good, row, row]), FEW, scale + one_item).problems[0] == (code, place)
    assert read(table([*good, ("0698", "0", "2")]), FEW, scale + one_item).rows["kaasamine"]["0698"][1] == "1"


def test_an_unknown_answer_is_said_once(read: Any, scale: str, one_item: str) -> None:
    rows = [("0698", "1", "?")] * 50 + [("0698", "1", "!")]
    assert read(table(rows), FEW, scale + one_item).problems == [
        ("survey-option-unknown", "a.csv:2:3"), ("survey-option-unknown", "a.csv:52:3")
    ]  # fmt: skip


def test_old_and_new_code_add_up(read: Any, scale: str, one_item: str) -> None:
    rows = [("0304", "1", "1"), ("0305", "1", "4")]
    assert read(table(rows), FEW, scale + one_item).rows["kaasamine"] == {"0304": ("50", "2", "", "1", "")}


def test_municipalities_that_answer_for_themselves(read: Any, scale: str, one_item: str, head: str) -> None:
    asked = head + "asked: municipalities\n"
    rows = [("0698", "1"), ("0784", "4")]
    text = table(rows, "kood;Elanike kaasamine")
    assert read(text, HOW, scale + one_item, asked).rows["kaasamine"] == {
        "0698": ("100", "1", "", "", ""), "0784": ("0", "1", "", "", "")
    }  # fmt: skip
    twice = read(text + "0698;2\n", HOW, scale + one_item, asked)
    assert twice.problems == [("survey-row-twice", "a.csv:4:1")]


def test_adding_up_more_often_changes_nothing(
    read: Any, scale: str, items: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("0698" if n % 3 else "0784", f"0,{n % 7}", WORDS[n % 5], WORDS[n % 4]) for n in range(300)]
    text = table(rows, "kood;kaal;Elanike kaasamine;Teave")
    once = read(text, FEW, scale + items)
    monkeypatch.setattr(answers, "MOST_WAITING", 100)
    often = read(text, FEW, scale + items)
    assert often.rows == once.rows
    assert often.rows["info"]["0784"][1] == str(sum(not n % 3 and n % 7 > 0 for n in range(300)))


def test_true_is_no_answer_and_no_weight(read: Any, scale: str, one_item: str) -> None:
    def problems(weight: object, answer: object) -> list[tuple[str, str]]:
        out, book = io.BytesIO(), openpyxl.Workbook()
        for row in (["kood", "kaal", "Elanike kaasamine"], ["0698", 1, 1], ["0784", weight, answer], ["0784", 1, 1]):
            book.worksheets[0].append(row)
        book.save(out)
        return read(out.getvalue(), FEW, scale + one_item, name="a.xlsx").problems  # type: ignore[no-any-return]

    assert problems(1, 2) == []
    assert problems(1, True) == [("survey-option-unknown", "a.xlsx, Sheet!C3")]
    assert problems(True, 2) == [("survey-weight", "a.xlsx, Sheet!B3")]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["0698", "0784", "EE899"]),
            st.decimals(0, 50, places=4).map(lambda one: format(one, "f")),
            st.sampled_from(WORDS),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_sums_are_those_of_exact_arithmetic(rows: list[tuple[str, str, str]]) -> None:
    import importlib.util
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("reading_helper", Path(__file__).with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    helper = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(helper)
    taken = helper.take(table(rows), FEW, helper.SCALE + helper.ONE)
    assert taken.problems == []
    for code, row in taken.gathered.rows["kaasamine"].items():
        weights = [(Fraction(weight), word) for given_code, weight, word in rows if given_code[-3:] == code[-3:]]
        valid = [(weight, word) for weight, word in weights if word != WORDS[4]]
        total = sum((weight for weight, _word in valid), Fraction(0))
        positive = sum((weight for weight, word in valid if word in WORDS[:2]), Fraction(0))
        assert row.value == (positive / total * 100 if total else None)
        if total:
            assert row.n == sum(weight > 0 for weight, _word in valid)
            assert 0 <= row.design_effect - row.n / kish([weight for weight, _word in valid]) < Fraction(1, 10**11)
