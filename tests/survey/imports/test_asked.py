"""What is asked or refused, because a guess would give a wrong number; each beside a twin that is read."""

import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from kaasav.survey.imports.description import read_description

H = "kood;Elanike kaasamine;n\n"
SURE = "table: {grain: values, confirmed: [low-values]}\n"
COUNTS = "table: {grain: counts}\n"
WIDE = "kood;väga rahul;pigem rahul;pigem ei ole rahul;üldse pole rahul;ei oska öelda"
ANSWERS = "table: {grain: answers, suppress_below: 0}\n"


def codes(taken: Any) -> list[str]:
    return [code for code, _place in taken.problems]


def values(taken: Any, item: str = "kaasamine") -> dict[str, str]:
    return {code: row[0] for code, row in taken.rows[item].items()}


def as_index(one_item: str) -> str:
    return one_item.replace("measure: share", "measure: index").replace("percent", "points")


def described(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.location.line) for one in read_description(text.encode(), "d.yaml")[1]]


class TestUnits:
    def test_fractions_scale_the_spread_too(self, read: Any, one_item: str) -> None:
        how = "table: {grain: values, values_in: fraction}\n"
        taken = read("kood;indeks;sd;n\n0698;0,53;0,3;400\n", how, as_index(one_item))
        assert taken.rows["kaasamine"]["0698"] == ("53", "400", "30", "", "")
        assert codes(read("kood;indeks;sd;n\n0698;0,53;30;400\n", how, as_index(one_item))) == ["survey-out-of-one"]

    def test_a_spread_in_another_unit_is_asked_about(self, read: Any, one_item: str) -> None:
        text = "kood;indeks;sd;n\n0698;53;0,3;400\n"
        assert codes(read(text, items=as_index(one_item))) == ["survey-low-sd"]
        assert codes(read(text, SURE, as_index(one_item))) == []
        assert codes(read(text.replace("0,3", "30"), items=as_index(one_item))) == []

    @pytest.mark.parametrize("odd", ["57", "51,6%"])
    def test_fractions_among_percentages(self, read: Any, one_item: str, odd: str) -> None:
        text = H + f"0698;0,547;400\n0793;{odd};300\n"
        taken = read(text, items=one_item)
        assert codes(taken) == ["survey-mixed-percent"]
        assert "Rõuge vald" in taken.all[0].message
        assert codes(read(text, "table: {grain: values, values_in: percent}\n", one_item)) == ["survey-mixed-percent"]
        assert codes(read(text.replace("0,547", "54,7"), items=one_item)) == []
        assert codes(read(text, SURE, one_item)) == []

    def test_all_at_most_one_is_asked_about_even_where_percent_is_stated(self, read: Any, one_item: str) -> None:
        text = H + "0698;0,547;400\n0793;0,7;300\n"
        assert codes(read(text, "table: {grain: values, values_in: percent}\n", one_item)) == ["survey-fractions"]
        assert values(read(text, "table: {grain: values, values_in: fraction}\n", one_item))["0698"] == "54.7"
        assert values(read(text.replace("0,547", "0,547%").replace("0,7", "0,7%"), items=one_item))["0698"] == "0.547"

    def test_percentages_of_a_workbook(self, read: Any, one_item: str) -> None:
        def book(*cells: tuple[float, str]) -> bytes:
            opened, out = openpyxl.Workbook(), io.BytesIO()
            sheet: Any = opened.active
            sheet.append(["kood", "Elanike kaasamine"])
            for row, (value, shown) in enumerate(cells, start=2):
                sheet.append([("698", "793")[row - 2], value])
                sheet.cell(row, 2).number_format = shown
            opened.save(out)
            return out.getvalue()

        def told(data: bytes, how: str = "table: {grain: values}\n") -> list[str]:
            return codes(read(data, how, one_item, name="a.xlsx"))

        assert told(book((0.516, "0.0%"), (70, "General"))) == ["survey-mixed-percent"]
        both = book((0.516, "0.0%"), (0.7, "0%"))
        assert told(both, "table: {grain: values, values_in: percent}\n") == ["survey-fractions"]
        taken = read(both, "table: {grain: values, values_in: fraction}\n", one_item, name="a.xlsx")
        assert values(taken) == {"0698": "51.6", "0793": "70"}

    @pytest.mark.parametrize(("measure", "asked"), [("index", ["survey-low-values"]), ("share", [])])
    def test_ratings_are_no_points(self, read: Any, one_item: str, measure: str, asked: list[str]) -> None:
        items = as_index(one_item) if measure == "index" else one_item
        assert codes(read(H + "0698;3,2;200\n", items=items)) == asked
        assert codes(read(H + "0698;3,2;200\n0793;4,1;200\n", items=items)) == ["survey-low-values"]
        assert codes(read(H + "0698;3,2;200\n0793;4,1;200\n", SURE, items)) == []
        assert codes(read(H + "0698;3,2;200\n0793;41;200\n", items=items)) == []

    def test_a_reference_below_one(self, head: str, one_item: str) -> None:
        items = one_item.replace("unit: percent", "unit: percent, reference: {value: 0.516, source: {text: a}}")
        good = items.replace("0.516", "51.6")
        assert described(head + items + "table: {grain: values}\n") == [("survey-file-tiny", 9)]
        assert described(head + items + SURE) == described(head + good + "table: {grain: values}\n") == []
        spread = "sampling: {sd: {value: 0.3, source: {text: a}}}\n"
        assert described(head + one_item + spread + "table: {grain: values}\n") == [("survey-file-tiny", 10)]


class TestPercentSigns:
    def test_a_percentage_is_no_number_of_answers(self, read: Any, scale: str, one_item: str) -> None:
        assert read(H + "0698;54,7;100%\n", items=one_item).problems == [("survey-percent-count", "a.csv:2:3")]
        assert codes(read(H + "0698;54,7;100\n", items=one_item)) == []
        text = f"{WIDE}\n0698;48%;12%;10%;20%;10%\n"
        assert set(codes(read(text, COUNTS, scale + one_item))) == {"survey-percent-count"}

    def test_a_percentage_is_no_weight(self, read: Any, scale: str, one_item: str) -> None:
        text = "kood;Elanike kaasamine;kaal\n0698;1;2\n0698;2;50%\n"
        assert read(text, ANSWERS, scale + one_item).problems == [("survey-weight", "a.csv:3:3")]
        assert codes(read(text.replace("50%", "0,5"), ANSWERS, scale + one_item)) == []


class TestRows:
    def test_a_sign_for_a_code_does_not_hide_a_municipality(self, read: Any, one_item: str) -> None:
        text = "kood;omavalitsus;Elanike kaasamine\n0698;Rõuge vald;54,7\n{};Tartu linn;60\n"
        for sign in ("X", "x", "-", ".."):
            assert list(values(read(text.format(sign), items=one_item))) == ["0698", "0793"]
        taken = read(text.format("X").replace("Tartu linn", "Eesti keskmine"), items=one_item)
        assert [one.why for one in taken.gathered.skipped] == ["total"]

    @pytest.mark.parametrize("row", [";;70", ";;70;"])
    def test_a_value_without_municipality_is_no_note(self, read: Any, one_item: str, row: str) -> None:
        text = "kood;omavalitsus;Elanike kaasamine;muu\n0698;Rõuge vald;54,7;\n"
        assert codes(read(text + row + "\n", items=one_item)) in (["survey-row-nobody"], ["survey-row-width"])
        taken = read(text + "Allikas: keegi\n;;;märkus\n", items=one_item)
        assert (codes(taken), [one.why for one in taken.gathered.skipped]) == ([], ["note", "note"])

    def test_an_answer_without_municipality_is_no_note(self, read: Any, scale: str, one_item: str) -> None:
        text = "kood;Elanike kaasamine\n0698;1\n;4\n"
        assert read(text, ANSWERS, scale + one_item).problems == [("survey-row-nobody", "a.csv:3:1")]
        assert codes(read(text.replace(";4", ";"), ANSWERS, scale + one_item)) == []

    def test_a_second_row_of_header_is_hinted_at(self, read: Any, one_item: str) -> None:
        taken = read("kood;Elanike kaasamine;\n;2024;2025\n0698;54,7;60\n", items=one_item)
        assert (codes(taken), "header: [1, 2]" in taken.all[0].hint) == (["survey-row-nobody"], True)

    def test_a_sign_for_n_is_not_the_wave_s_n(self, read: Any, one_item: str) -> None:
        taken = read(H + "0698;90;X\n0793;80;\n0141;70;400\n", items=one_item)
        rows = taken.gathered.rows["kaasamine"]
        assert {code: (row.n, row.n_why) for code, row in rows.items()} == {
            "0698": (None, "confidential"), "0793": (None, None), "0141": (400, None),
        }  # fmt: skip

    @pytest.mark.parametrize(("hidden", "said"), [(True, ["survey-hidden-rows"]), (False, [])])
    def test_hidden_rows_are_said(self, read: Any, one_item: str, hidden: bool, said: list[str]) -> None:
        opened, out = openpyxl.Workbook(), io.BytesIO()
        sheet: Any = opened.active
        for row in (["kood", "Elanike kaasamine"], ["698", 54.7], ["793", 61]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = hidden
        sheet.column_dimensions["D"].hidden = True
        opened.save(out)
        taken = read(out.getvalue(), items=one_item, name="a.xlsx")
        assert (codes(taken), len(taken.rows["kaasamine"])) == (said, 2)
        assert not said or "(1): 3" in taken.all[0].message

    def test_what_the_description_names_and_the_table_has_not(self, read: Any, one_item: str) -> None:
        taken = read(H + "0698;54,7;100\n;60;\n", "table: {grain: values, last: 2, skip: [Muu]}\n", one_item)
        assert codes(taken) == ["survey-skip-unused"]
        taken = read(H + "0698;54,7;100\nMuu;60;\n", "table: {grain: values, last: 99, skip: [Muu]}\n", one_item)
        assert codes(taken) == ["survey-last-beyond"]


class TestColumns:
    def test_two_columns_of_one_item(self, read: Any, one_item: str) -> None:
        text = "kood;Elanike kaasamine;Elanike kaasamine\n0698;54,7;60\n"
        taken = read(text, items=one_item)
        assert (codes(taken), "B, C" in taken.all[0].message) == (["survey-item-columns"], True)
        own = one_item.replace("unit: percent", 'unit: percent, columns: {value: "#3"}')
        assert values(read(text, items=own)) == {"0698": "60"}
        shared = 'table: {grain: values, columns: {value: "#3"}}\n'
        assert values(read(text, shared, one_item)) == {"0698": "60"}

    def test_two_columns_of_one_answer(self, read: Any, scale: str, one_item: str) -> None:
        text = f"{WIDE};väga rahul\n0698;40;40;40;40;25;7\n"
        assert codes(read(text, COUNTS, scale + one_item)) == ["survey-answer-columns"]
        ignoring = 'table: {grain: counts, ignore: ["#7"]}\n'
        assert values(read(text, ignoring, scale + one_item)) == {"0698": "50"}
        assert codes(read(text.replace("rahul\n", "suva\n"), 'table: {grain: counts, ignore: ["Muu"]}\n',
                          scale + one_item))[0] == "survey-no-column"  # fmt: skip

    def test_an_index_is_not_read_from_a_column_of_shares(self, read: Any, one_item: str) -> None:
        text = "kood;Elanike kaasamine;\n;osakaal;keskmine\n0698;70;55\n"
        how = "table: {grain: values, header: [1, 2]}\n"
        assert values(read(text, how, as_index(one_item))) == {"0698": "55"}
        assert values(read(text, how, one_item)) == {"0698": "70"}
        assert codes(read("kood;%\n0698;70\n", items=as_index(one_item))) == ["survey-column-needed"]

    @pytest.mark.parametrize("other", ["nii ja naa", "keeldus"])
    def test_an_answer_missing_in_the_scale(self, read: Any, scale: str, one_item: str, other: str) -> None:
        text = f"{WIDE};{other}\n0698;40;40;40;40;25;7\n"
        taken = read(text, COUNTS, scale + one_item)
        assert (codes(taken), other in taken.all[0].message) == (["survey-answers-left"], True)
        assert values(read(text, f"table: {{grain: counts, ignore: [{other}]}}\n", scale + one_item)) == {"0698": "50"}
        assert values(read(text.replace(other, "Kokku"), COUNTS, scale + one_item)) == {"0698": "50"}
        assert values(read(text.replace(";7", ";Võrumaa"), COUNTS, scale + one_item)) == {"0698": "50"}

    def test_counts_of_an_item_that_is_not_described(self, read: Any, scale: str, one_item: str) -> None:
        answers = WIDE.removeprefix("kood;")
        text = f"kood;Elanike kaasamine;;;;;Muu;;;;\n;{answers};{answers}\n0698;20;30;30;20;25;50;20;20;10;0\n"
        how = "table: {grain: counts, header: [1, 2]}\n"
        assert codes(read(text, how, scale + one_item)) == ["survey-item-header"]
        skipping = how.replace("]}", "], other_items: skip}")
        assert values(read(text, skipping, scale + one_item)) == {"0698": "50"}

    def test_two_columns_of_weights(self, read: Any, scale: str, one_item: str) -> None:
        text = "kood;Elanike kaasamine;kaal;kaal\n0698;1;1;3\n0698;4;2;1\n"
        assert codes(read(text, ANSWERS, scale + one_item)) == ["survey-column-which"]
        named = 'table: {grain: answers, suppress_below: 0, columns: {weight: "#4"}}\n'
        assert values(read(text, named, scale + one_item)) == {"0698": "75"}

    @pytest.mark.parametrize("header", ["w_kov", "kalibreeritud kaal", "Weight2026 weight", "wt"])
    def test_a_column_that_looks_like_weights(self, read: Any, scale: str, one_item: str, header: str) -> None:
        text = f"kood;Elanike kaasamine;{header}\n0698;1;3\n0698;4;1\n"
        assert codes(read(text, ANSWERS, scale + one_item)) == ["survey-weight-left"]
        ignoring = f"table: {{grain: answers, suppress_below: 0, ignore: [{header}]}}\n"
        assert values(read(text, ignoring, scale + one_item)) == {"0698": "50"}
        assert codes(read(text.replace(header, "vanus"), ANSWERS, scale + one_item)) == []

    def test_each_n_belongs_to_the_item_before_it(self, read: Any, items: str) -> None:
        taken = read("kood;Elanike kaasamine;n;Teave;n\n0698;54,7;100;60;120\n", items=items)
        assert (taken.rows["kaasamine"]["0698"][1], taken.rows["info"]["0698"][1]) == ("100", "120")
        assert codes(read("kood;n;n;Elanike kaasamine;Teave\n0698;1;2;54,7;60\n", items=items)) == [
            "survey-column-which"
        ]

    def test_a_sample_is_no_number_of_answers(self, read: Any, one_item: str) -> None:
        taken = read(H.replace(";n", ";Valim") + "0698;54,7;500\n", items=one_item)
        assert (codes(taken), taken.rows["kaasamine"]["0698"][1]) == (["survey-sample-size"], "")
        taken = read(H.replace(";n", ";Vastajaid") + "0698;54,7;500\n", items=one_item)
        assert (codes(taken), taken.rows["kaasamine"]["0698"][1]) == (["survey-n-guessed"], "500")
        named = "table: {grain: values, columns: {n: Vastajaid}}\n"
        assert codes(read(H.replace(";n", ";Vastajaid") + "0698;54,7;500\n", named, one_item)) == []

    def test_one_column_for_two_things(self, read: Any, one_item: str) -> None:
        how = "table: {{grain: values, columns: {{code: kood, n: {}}}}}\n"
        text = "kood;Elanike kaasamine;arv\n0698;54,7;500\n"
        assert codes(read(text, how.format("kood"), one_item)) == ["survey-column-roles"]
        assert codes(read(text, how.format("arv"), one_item)) == []

    def test_a_code_from_a_joined_file_only(self, read: Any, one_item: str) -> None:
        how = "table: {grain: values, columns: {code: k.EHAK}, joined: [{as: k, file: k.txt, key: ID, on: ID}]}\n"
        taken = read("Küsitlus\nID;Elanike kaasamine\n1;54,7\n2;50\n", how, one_item, k="ID;EHAK\n1;698\n2;793\n")
        assert values(taken) == {"0698": "54.7", "0793": "50"}


class TestCounts:
    @pytest.mark.parametrize("row", ["20;22;30;18;10", "20,5;22,2;30,3;18;9", "0,2;0,22;0,3;0,18;0,1"])
    def test_percentages_are_no_counts(self, read: Any, scale: str, one_item: str, row: str) -> None:
        text = f"{WIDE}\n0698;{row}\n"
        assert codes(read(text, COUNTS, scale + one_item)) == ["survey-counts-hundred"]
        assert codes(read(f"{text}0793;40;40;40;40;40\n", COUNTS, scale + one_item)) in (
            [],
            ["survey-counts-fractional"],
        )

    def test_counts_that_are_not_whole(self, read: Any, scale: str, one_item: str) -> None:
        text = f"{WIDE}\n0698;40,5;40;40;40,5;25\n"
        assert codes(read(text, COUNTS, scale + one_item)) == ["survey-counts-fractional"]
        taken = read(text, "table: {grain: counts, confirmed: [weighted-counts]}\n", scale + one_item)
        assert codes(taken) == ["survey-counts-no-n"]
        assert taken.rows["kaasamine"]["0698"][:2] == ("50", "")

    def test_no_zero_is_advised_where_a_cell_was_refused(self, read: Any, scale: str, one_item: str) -> None:
        text = f"{WIDE}\n0698;1,234;40;40;40;25\n"
        assert codes(read(text, COUNTS, scale + one_item)) == ["survey-thousand"]
        assert codes(read(text.replace("1,234", ""), COUNTS, scale + one_item)) == ["survey-count-empty"]

    def test_an_index_of_all_answers(self, head: str, scale: str, one_item: str) -> None:
        items = as_index(one_item).replace("base: valid", "base: all")
        assert [code for code, _line in described(head + scale + items + COUNTS)] == ["survey-file-index-base"]
        assert described(head + scale + as_index(one_item) + COUNTS) == []
        rated = scale.replace("counts: outside", "counts: outside, points: 50")
        assert described(head + rated + items + COUNTS) == []

    def test_values_are_exact(self, read: Any, scale: str, one_item: str) -> None:
        assert values(read(f"{WIDE}\n0698;100;0;100;100;0\n", COUNTS, scale + one_item)) == {"0698": "100/3"}


class TestWeights:
    HEAD = "kood;Elanike kaasamine;kaal\n"

    def test_one_decimal_sign(self, read: Any, scale: str, one_item: str) -> None:
        mixed = self.HEAD + "0698;1;1,5\n0698;4;1.234\n"
        assert codes(read(mixed, ANSWERS, scale + one_item)) == ["survey-both-decimal-signs"]
        point = ANSWERS.replace("}", ", decimal: point}")
        assert read(self.HEAD + "0698;1;1.5\n0698;4;0,5\n", point, scale + one_item).problems == [
            ("survey-decimal-sign", "a.csv:3:3")
        ]
        assert values(read(self.HEAD + "0698;1;1.5\n0698;4;0.5\n", point, scale + one_item)) == {"0698": "75"}

    def test_thousands(self, read: Any, scale: str, one_item: str) -> None:
        text = self.HEAD + "0698;1;1,500\n0698;4;500\n"
        assert codes(read(text, ANSWERS, scale + one_item)) == ["survey-thousand"]
        assert values(read(text, ANSWERS.replace("}", ", decimal: point}"), scale + one_item)) == {"0698": "75"}
        assert codes(read(text.replace(";500\n", ";0,5\n"), ANSWERS, scale + one_item)) == []

    def test_many_decimals(self, read: Any, scale: str, one_item: str) -> None:
        """1 beside 1/3 as programs write it; what came before with few decimals is kept exactly."""
        text = self.HEAD + "0698;1;1\n0698;4;0.3333333333333333\n0698;4;0.00000000000000001\n"
        third = "3333333333333333" + "0"
        exact = f"{10**17}/{10**17 + int(third) + 1}"
        assert Fraction(values(read(text, ANSWERS, scale + one_item))["0698"]) == Fraction(exact) * 100
        too_many = text.replace("0.3333333333333333", "0." + "3" * 40)
        assert codes(read(too_many, ANSWERS, scale + one_item)) == ["survey-weight"]
        assert codes(read(text.replace(";1\n", ";1000000000000\n"), ANSWERS, scale + one_item)) == ["survey-weight"]

    def test_nothing_is_no_weight(self, read: Any, scale: str, one_item: str) -> None:
        text = self.HEAD + "0698;1;1\n0698;4;\n"
        assert read(text, ANSWERS, scale + one_item).problems == [("survey-weight-empty", "a.csv:3:3")]
        assert values(read(text.replace("4;\n", "4;0\n"), ANSWERS, scale + one_item)) == {"0698": "100"}
