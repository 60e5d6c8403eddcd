"""Tables that hold how many gave each answer."""

import statistics
from typing import Any

import pytest

HOW = "table: {grain: counts}\n"
HUNDRED = "table: {grain: counts, confirmed: [sums-of-100]}\n"
WIDE = "kood;väga rahul;pigem rahul;pigem ei ole rahul;üldse pole rahul;ei oska öelda\n0698;20;30;30;20;25\n"
LONG = "kood;vastus;arv\n" + "".join(f"0698;{option};{count}\n" for option, count in zip(
    ("väga rahul", "2", "pigem ei ole rahul", "üldse pole rahul", "ei oska öelda"), (20, 30, 30, 20, 25), strict=True))  # fmt: skip
VALID = {"0698": ("50", "100", "", "", "")}


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_a_share_of_valid_answers(read: Any, scale: str, one_item: str, text: str) -> None:
    taken = read(text, HOW, scale + one_item)
    assert taken.problems == []
    assert taken.rows == {"kaasamine": VALID}
    assert taken.gathered.rows["kaasamine"]["0698"].outside == 20


def test_a_share_of_all_answers(read: Any, scale: str, one_item: str) -> None:
    taken = read(WIDE, HOW, scale + one_item.replace("base: valid", "base: all"))
    assert taken.rows["kaasamine"]["0698"] == ("40", "125", "", "", "")


def test_an_index_with_its_spread(read: Any, scale: str, one_item: str) -> None:
    items = one_item.replace("measure: share", "measure: index").replace("percent", "points")
    taken = read(WIDE, HOW, scale + items)
    spread = statistics.stdev([100] * 20 + [70] * 30 + [30] * 30 + [0] * 20)
    assert taken.rows["kaasamine"]["0698"] == ("50", "100", "35.391033504622", "", "")
    assert abs(spread - 35.391033504622) < 1e-11


def test_two_rows_of_header(read: Any, scale: str, items: str) -> None:
    answers = "väga rahul;pigem rahul;pigem ei ole rahul;üldse pole rahul;ei oska öelda"
    text = f"kood;Elanike kaasamine;;;;;Teave;;;;\n;{answers};{answers}\n0698;20;30;30;20;25;50;20;20;10;0\n"
    taken = read(text, "table: {grain: counts, header: [1, 2], confirmed: [sums-of-100]}\n", scale + items)
    assert taken.problems == []
    assert taken.rows == {"kaasamine": VALID, "info": {"0698": ("70", "100", "", "", "")}}


def test_an_item_column(read: Any, scale: str, items: str) -> None:
    lines = [line.split(";", 1) for line in LONG.splitlines()]
    text = "kood;küsimus;vastus;arv\n" + "".join(
        f"{code};{item};{rest}\n" for item in ("Teave", "kaasamine") for code, rest in lines[1:]
    )
    assert read(text, HOW, scale + items).rows == {"info": VALID, "kaasamine": VALID}


def test_nothing_is_not_zero_unless_the_file_says_so(read: Any, scale: str, one_item: str) -> None:
    zero = "table: {grain: counts, empty_is: zero, confirmed: [sums-of-100]}\n"
    wide, long = WIDE.replace(";25\n", ";\n"), LONG.replace("0698;ei oska öelda;25\n", "")
    assert read(wide, HOW, scale + one_item).problems == [("survey-count-empty", "a.csv:2:6")]
    assert read(long, HOW, scale + one_item).problems == [("survey-option-missing", "a.csv:2:1")]
    for text in (wide, long):
        assert read(text, zero, scale + one_item).rows == {"kaasamine": VALID}


def test_signs_among_counts(read: Any, scale: str, one_item: str) -> None:
    nil = read(WIDE.replace(";25\n", ";-\n"), HUNDRED, scale + one_item)
    assert nil.rows == {"kaasamine": VALID}
    hidden = read(WIDE.replace(";25\n", ";X\n"), HOW, scale + one_item)
    assert hidden.rows["kaasamine"]["0698"] == ("", "", "", "", "confidential")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (WIDE + "0698;1;2;3;4;5\n", "survey-row-twice"),
        (LONG + "0698;väga rahul;3\n", "survey-row-twice"),
        (LONG + "0784;nii ja naa;3\n", "survey-option-unknown"),
        (WIDE.replace("20;30", "-20;30"), "survey-negative"),
        (WIDE.replace("20;30", "kakskümmend;30"), "survey-not-number"),
    ],
)
def test_what_is_wrong(read: Any, scale: str, one_item: str, text: str, code: str) -> None:
    assert code in [found for found, _place in read(text, HOW, scale + one_item).problems]
    assert read(WIDE, HOW, scale + one_item).problems == []


def test_small_groups_are_not_written(read: Any, scale: str, one_item: str) -> None:
    text = WIDE.splitlines()[0] + "\n0698;9;10;5;5;100\n0784;10;10;5;5;0\n"
    taken = read(text, HOW, scale + one_item)
    assert taken.rows["kaasamine"] == {
        "0698": ("", "", "", "", "too-few"),
        "0784": ("200/3", "30", "", "", ""),
    }
    assert taken.gathered.rows["kaasamine"]["0698"].outside is None
    assert (
        read(text, "table: {grain: counts, suppress_below: 0}\n", scale + one_item).rows["kaasamine"]["0698"][1] == "29"
    )
