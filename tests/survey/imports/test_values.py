"""Tables with a value for each municipality and item."""

import datetime
import io
from typing import Any

import openpyxl
import pytest

LONG = "EHAK;Omavalitsus;Näitaja;Väärtus;n\n"
GOOD = LONG + "0698;Rõuge vald;Elanike kaasamine;54,7;128\n0784;Tallinn;Elanike kaasamine;61,0;1344\n"
FIRST = ("54.7", "128", "", "", "")


def workbook(*rows: Any, merge: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_long_form(read: Any) -> None:
    taken = read(GOOD)
    assert taken.problems == []
    assert taken.rows == {"kaasamine": {"0698": FIRST, "0784": ("61", "1344", "", "", "")}}
    assert (taken.gathered.matched, taken.gathered.skipped) == (2, [])


@pytest.mark.parametrize("item", ["kaasamine", "ELANIKE  KAASAMINE", "Kaasamine (%)", "Elanike\u00a0kaasamine"])
def test_item_names_in_other_writing(read: Any, item: str) -> None:
    assert read(GOOD.replace("Elanike kaasamine", item)).rows["kaasamine"]["0698"] == FIRST


def test_wide_form(read: Any) -> None:
    taken = read("EHAK;Omavalitsus;Elanike kaasamine;Teave\n0698;Rõuge vald;54,7;48,25\n")
    assert taken.rows == {"kaasamine": {"0698": ("54.7", "", "", "", "")}, "info": {"0698": ("48.25", "", "", "", "")}}


def test_one_column_of_answers_counts_for_every_item_of_a_wide_table(read: Any) -> None:
    table = "EHAK;Omavalitsus;Elanike kaasamine;Teave;n\n0698;Rõuge vald;54,7;48,25;128\n0784;Tallinn;50,0;40,0;2\n"
    taken = read(table)
    assert taken.rows["kaasamine"]["0698"][:2] == ("54.7", "128")
    assert taken.rows["info"]["0698"][:2] == ("48.25", "128")
    assert taken.rows["kaasamine"]["0784"][0] == "", "two answers are too few to be shown"
    assert [code for code, _place in read(table.replace("128", "abc")).problems] != []


TWO_ROWS = (
    ["Rahulolu 2026"],
    [],
    ["EHAK", "Omavalitsus", "Elanike kaasamine", None, "Teave", None],
    [None, None, "Osakaal", "n", "Osakaal", "n"],
    [698, "Rõuge vald", 54.7, 128, 48.25, 120],
)


@pytest.mark.parametrize("merge", [("C3:D3", "E3:F3", "A3:A4", "B3:B4"), ()])
def test_two_rows_of_header_merged_or_not(read: Any, merge: tuple[str, ...]) -> None:
    taken = read(workbook(*TWO_ROWS, merge=merge), name="a.xlsx")
    assert taken.problems == []
    assert taken.rows == {"kaasamine": {"0698": FIRST}, "info": {"0698": ("48.25", "120", "", "", "")}}


def test_two_rows_of_header_in_a_text_file(read: Any) -> None:
    text = "\n".join(";".join(str(cell or "") for cell in row) for row in TWO_ROWS)
    assert read(text).rows["info"] == {"0698": ("48.25", "120", "", "", "")}
    assert read(text, "table: {grain: values, header: [3, 4]}\n").rows["info"] == {"0698": ("48.25", "120", "", "", "")}


def test_no_header_at_all(read: Any, one_item: str) -> None:
    how = 'table: {grain: values, header: [], columns: {code: "#1", value: "#3"}}\n'
    assert read("0698;x;54,7\n0784;x;61\n", how, one_item).rows["kaasamine"]["0698"] == ("54.7", "", "", "", "")


def test_sd_and_design_effect(read: Any, one_item: str) -> None:
    items = one_item.replace("measure: share", "measure: index").replace("percent", "points")
    taken = read("kood;indeks;n;sd;deff\n0698;54,7;128;28,5;1,25\n", items=items)
    assert taken.rows["kaasamine"]["0698"] == ("54.7", "128", "28.5", "1.25", "")


@pytest.mark.parametrize("code", ["0698", "698", "EE698", "EE0698", "00370698000001", "ee 698"])
def test_codes_however_they_were_kept(read: Any, code: str) -> None:
    assert list(read(GOOD.replace("0698", code)).rows["kaasamine"]) == ["0698", "0784"]


def test_codes_as_numbers(read: Any) -> None:
    rows = ["EHAK", "Omavalitsus", "Elanike kaasamine", "Teave"], [698, "Rõuge vald", 54.7, 1.5], [698.0, "", 1, 2]
    assert list(read(workbook(*rows[:2]), name="a.xlsx").rows["info"]) == ["0698"]


def test_names_alone(read: Any) -> None:
    text = "Omavalitsus;Elanike kaasamine;Teave\nRõuge vald;54,7;15\nTallinna linn;61;20\nKiili;50;30\n"
    assert list(read(text).rows["kaasamine"]) == ["0698", "0784", "0305"]


def test_a_merged_name_alone_is_the_old_one_in_an_old_survey(read: Any, head: str) -> None:
    text = "Omavalitsus;Elanike kaasamine;Teave\nJõhvi vald;54,7;1,5\n"
    for year, code in ((2024, "0251"), (2026, "0250")):
        dated = head.replace("from: 2026-03, to: 2026-04", f"from: {year}-03, to: {year}-04")
        assert list(read(text, head=dated).rows["info"]) == [code]
    same_year = head.replace("2026-0", "2025-0")
    assert read(text, head=same_year).problems == [("survey-row-which-code", "a.csv:2:1")]
    assert list(
        read("kood;Omavalitsus;Elanike kaasamine;Teave\n0251;Jõhvi vald;1,5;2\n", head=same_year).rows["info"]
    ) == ["0251"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Mediaan omavalitsus", "group"), ("Elanikke <4000", "group"), ("Elanikke 4000-7999", "group"),
        ("Elanikke 8000-15999", "group"), ("Elanikke >16000", "group"), ("Tulukas", "group"), ("X", "group"),
        ("Keskmiselt tulukas", "group"), ("Toimetulev", "group"), ("Keskuslik", "group"), ("Keskus tagamaaga", "group"),
        ("Osaliselt tagamaaline", "group"), ("Tagamaaline", "group"), ("Kokku", "total"), ("EESTI", "total"),
    ],
)  # fmt: skip
def test_rows_that_are_no_municipality(read: Any, name: str, why: str) -> None:
    taken = read(GOOD + f";{name};Elanike kaasamine;50;\n")
    assert taken.problems == []
    assert [(one.row, one.text, one.why) for one in taken.gathered.skipped] == [(4, name, why)]
    assert list(taken.rows["kaasamine"]) == ["0698", "0784"]


def test_notes_below_the_table_and_rows_named_under_skip(read: Any) -> None:
    text = GOOD + ";Harju maakond;Elanike kaasamine;50;\n\nAllikas: Statistikaamet\n;;;;\n"
    assert read(text).problems == [("survey-row-unknown", "a.csv:4:2")]
    taken = read(text, "table: {grain: values, skip: [harju  maakond]}\n")
    assert taken.problems == []
    assert [(one.row, one.why) for one in taken.gathered.skipped] == [(4, "stated"), (6, "note")]


@pytest.mark.parametrize(
    ("sign", "why"), [("X", "confidential"), ("-", "nil"), ("…", "uncertain"), ("..", "not-applicable"), ("", "")]
)
def test_no_number_is_never_zero(read: Any, sign: str, why: str) -> None:
    assert read(GOOD.replace("54,7;128", f"{sign};")).rows["kaasamine"]["0698"] == ("", "", "", "", why)


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("0698;Räpina vald;Elanike kaasamine;54,7;128", "survey-row-contradicts", "a.csv:2:2"),
        ("0999;Rõuge vald;Elanike kaasamine;54,7;128", "survey-row-unknown", "a.csv:2:2"),
        (";Tartu;Elanike kaasamine;54,7;128", "survey-row-ambiguous", "a.csv:2:2"),
        (";Rõuge Vallavalitsus;Elanike kaasamine;54,7;128", "survey-row-office", "a.csv:2:2"),
        ("0698;Rõuge Vallavalitsus;Elanike kaasamine;54,7;128", "survey-row-contradicts", "a.csv:2:2"),
        (";;Elanike kaasamine;54,7;128", "survey-row-nobody", "a.csv:2:1"),
        ("X001;Näidisvald;Elanike kaasamine;54,7;128", "wave-invented", "a.csv:2:2"),
        ("0698;=HYPERLINK(1);Elanike kaasamine;54,7;128", "survey-row-contradicts", "a.csv:2:2"),
        ("0698;Rõuge vald;Midagi muud;54,7;128", "survey-item-unknown", "a.csv:2:3"),
        ("0698;Rõuge vald;Elanike kaasamine;palju;128", "survey-not-number", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;=5+5;128", "survey-formula", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;@A1;128", "survey-formula", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;+54;128", "survey-formula", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;154,7;128", "survey-out-of-range", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;-1;128", "survey-out-of-range", "a.csv:2:4"),
        ("0698;Rõuge vald;Elanike kaasamine;54,7;12,5", "survey-not-whole", "a.csv:2:5"),
        ("0698;Rõuge vald;Elanike kaasamine;54,7;-5", "survey-negative", "a.csv:2:5"),
        ("0698;Rõuge vald;Elanike kaasamine;54,7;1,344", "survey-thousand", "a.csv:2:5"),
        ("0698;Rõuge vald;Elanike kaasamine;54;7;128", "survey-row-width", "a.csv:2:1"),
        ("0784;Tallinn;Elanike kaasamine;54,7;128", "survey-row-twice", "a.csv:3:1"),
        ("0698;Rõuge vald;Elanike kaasamine;54.7;128", "survey-both-decimal-signs", "a.csv"),
    ],
)
def test_a_wrong_line_before_a_good_one(read: Any, line: str, code: str, place: str) -> None:
    good = LONG + "0698;Rõuge vald;Elanike kaasamine;54,7;128\n0784;Tallinn;Elanike kaasamine;61,0;1344\n"
    lines = good.split("\n")
    lines[1] = line
    assert (code, place) in read("\n".join(lines)).problems
    assert read(good).problems == []


def test_all_problems_come_at_once(read: Any) -> None:
    taken = read(LONG + "0698;Räpina vald;kaasamine;1;\n0784;Tallinn;kaasamine;q;y\n0784;Tallinn;info;101;\n")
    assert taken.problems == [
        ("survey-row-contradicts", "a.csv:2:2"), ("survey-not-number", "a.csv:3:4"),
        ("survey-out-of-range", "a.csv:4:4"), ("survey-not-number", "a.csv:3:5"),
    ]  # fmt: skip


def test_places_in_a_spreadsheet_are_named_as_there(read: Any) -> None:
    day = datetime.date(2026, 7, 5)
    rows = (
        ["EHAK", "Omavalitsus", "Elanike kaasamine", "Teave"],
        ["0698", "Rõuge vald", day, True],
        ["0784", "Tallinn", 1.5, 2],
    )
    assert read(workbook([], *rows), name="a.xlsx").problems == [
        ("survey-date", "a.xlsx, Sheet!C3"), ("survey-truth-value", "a.xlsx, Sheet!D3")
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [(1, True), (True, 1)])
def test_true_is_never_one_whichever_comes_first(read: Any, cells: tuple[object, object]) -> None:
    header, codes = ["EHAK", "Omavalitsus", "Elanike kaasamine", "Teave"], (("0698", "Rõuge vald"), ("0784", "Tallinn"))

    def problems(*said: object) -> list[tuple[str, str]]:
        rows = [[*code, one, 99] for code, one in zip(codes, said, strict=True)]
        return read(
            workbook([], header, *rows), "table: {grain: values, confirmed: [low-values]}\n", name="a.xlsx"
        ).problems  # type: ignore[no-any-return]

    assert problems(*cells) == [("survey-truth-value", f"a.xlsx, Sheet!C{3 if cells[0] is True else 4}")]
    assert problems(1, 1) == []


def test_formulas_that_were_never_calculated(read: Any) -> None:
    rows = (
        ["EHAK", "Omavalitsus", "Elanike kaasamine", "Teave"],
        ["0698", "Rõuge vald", "=50+4", 48],
        ["0784", "Tallinn", 61, 2],
    )
    assert read(workbook(*rows), name="a.xlsx").problems == [("survey-uncalculated", "a.xlsx, Sheet!C2")]
    unused = [[*row[:2], row[3], row[3], row[2]] for row in rows]
    unused[0][2:] = ["Elanike kaasamine", "Teave", "Muu"]
    assert read(workbook(*unused), name="a.xlsx").problems == []


def test_thousands_once_the_decimal_sign_is_stated(read: Any) -> None:
    text = GOOD.replace("1344", "1.344")
    assert read(text).problems == [("survey-thousand", "a.csv:3:5")]
    taken = read(text, "table: {grain: values, decimal: comma}\n")
    assert taken.rows["kaasamine"]["0784"] == ("61", "1344", "", "", "")
    assert read(GOOD.replace("1344", "1\u00a0344")).rows["kaasamine"]["0784"] == ("61", "1344", "", "", "")
    assert read(GOOD, "table: {grain: values, decimal: point}\n").problems[0] == ("survey-decimal-sign", "a.csv:2:4")


def test_fractions_of_one_are_asked_about(read: Any) -> None:
    text = GOOD.replace("54,7", "0,547").replace("61,0", "0,61")
    assert read(text).problems == [("survey-fractions", "a.csv")]
    assert read(text, "table: {grain: values, values_in: fraction}\n").rows["kaasamine"]["0698"] == FIRST
    assert read(text, "table: {grain: values, confirmed: [low-values]}\n").rows["kaasamine"]["0698"][0] == "0.547"
    assert read(GOOD, "table: {grain: values, values_in: fraction}\n").problems[0][0] == "survey-out-of-one"


def test_percent_signs(read: Any) -> None:
    assert read(GOOD.replace("54,7", "54,7 %").replace("61,0", "61%")).rows["kaasamine"]["0698"] == FIRST
    assert read(GOOD.replace("54,7", "0,7%").replace("61,0", "0,61")).problems == [("survey-mixed-percent", "a.csv")]
    fraction = read(
        GOOD.replace("54,7", "0,7%").replace("61,0", "0,61"), "table: {grain: values, values_in: fraction}\n"
    )
    assert fraction.problems == [("survey-percent-sign", "a.csv:2:4")]


def test_old_and_new_code_of_one_municipality_are_one(read: Any) -> None:
    assert read(LONG + "0304;Kiili vald;kaasamine;5,5;\n0305;Kiili vald;kaasamine;5,5;\n").problems == [
        ("survey-row-twice", "a.csv:3:1")
    ]
    both = read(LONG + "0251;Jõhvi vald;kaasamine;5,5;\n0803;Toila vald;kaasamine;55;\n")
    assert list(both.rows["kaasamine"]) == ["0251", "0803"]


def test_other_items_may_be_skipped_and_rows_chosen(read: Any) -> None:
    text = GOOD + "0698;Rõuge vald;Muu;1,5;5\n"
    taken = read(text, "table: {grain: values, other_items: skip}\n")
    assert taken.problems == []
    assert [(one.row, one.text, one.why) for one in taken.gathered.skipped] == [(4, "Muu", "item")]
    years = "aasta;kood;Elanike kaasamine;Teave\n2022;0698;1,5;2\n2026;0698;54,7;48\n"
    assert read(years).problems == [("survey-row-twice", "a.csv:3:1"), ("survey-row-twice", "a.csv:3:1")]
    taken = read(years, 'table: {grain: values, only: {Aasta: ["2026"]}}\n')
    assert (taken.rows["info"]["0698"][0], taken.gathered.filtered) == ("48", 1)
    assert read(years, 'table: {grain: values, only: {Kuu: ["2026"]}}\n').problems[0][0] == "survey-only-column"


def test_groups_under_a_stated_minimum(read: Any) -> None:
    taken = read(GOOD, "table: {grain: values, suppress_below: 200}\n")
    assert taken.rows["kaasamine"] == {"0698": ("", "", "", "", "too-few"), "0784": ("61", "1344", "", "", "")}
    assert taken.gathered.suppressed["kaasamine"] == 1


def test_a_table_without_any_municipality(read: Any) -> None:
    assert read("a;b\n1;2\n").problems == [("survey-no-header", "a.csv")]
    assert read(LONG + ";Kokku;kaasamine;50;\n", "table: {grain: values, header: [1]}\n").problems == [
        ("survey-nothing", "a.csv")
    ]
