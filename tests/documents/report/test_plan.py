"""The action plan: a workbook people fill in, opened again by openpyxl and calamine."""

import datetime
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from kaasav.documents.report import plan
from kaasav.documents.source import Source
from kaasav.language import use
from kaasav.problems import visible

from ..hostile import HOSTILE
from .conftest import Gather, Made, renamed

HEAD = [
    "No.",
    "Criterion",
    "Level",
    "What to do",
    "Evidence needed",
    "Responsible",
    "Start",
    "Due",
    "Effort",
    "Status",
    "Notes",
]


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def table(sheet: Any) -> tuple[int, list[list[Any]]]:
    """The row of the header, and the rows below it."""
    head = next(row for row in range(1, 20) if sheet.cell(row, 2).value)
    return head, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]


def test_each_step_is_a_row_with_real_dates_and_numbers(
    sources: Mapping[str, Source], gathered: Gather, made: Made
) -> None:
    plans = gathered(sources["kuuseranna"]).plans
    sheet = opened(made(sources["kuuseranna"], "xlsx"))["Action plan"]
    head, rows = table(sheet)
    assert [cell.value for cell in sheet[head]] == HEAD
    assert [row[0] for row in rows] == list(range(1, len(plans) + 1))
    assert [row[1] for row in rows] == [f"{one.criterion} {one.title}" for one in plans]
    by_code = {row[1].split(" ", 1)[0]: row for row in rows}
    assert by_code["K1"][2] == "2 → 4"
    assert by_code["K1"][3].startswith("(to be put into practice, 24 months)\nLevel 3: Recognised communities")
    assert by_code["K1"][6:10] == [datetime.datetime(2026, 10, 31), datetime.datetime(2028, 10, 31), 6, "not begun"]
    assert by_code["S1"][6:10] == [
        datetime.datetime(2026, 10, 31),
        None,
        0,
        "not begun",
    ]  # only papers: nobody knows when
    assert by_code["S1"][4] == "One of these kinds: Development plan"
    assert {row[5] for row in rows} == {row[10] for row in rows} == {None}


def test_another_program_reads_the_same(sources: Mapping[str, Source], made: Made) -> None:
    content = made(sources["kuuseranna"], "xlsx")
    head, rows = table(opened(content)["Action plan"])
    read = (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_name("Action plan")
        .to_python(skip_empty_area=False)
    )
    assert [row[:5] for row in read[head:]] == [[float(row[0]), *row[1:5]] for row in rows]
    assert read[head][6] == datetime.date(2026, 10, 31)


def test_it_filters_freezes_offers_a_choice_and_prints(sources: Mapping[str, Source], made: Made) -> None:
    book = opened(made(sources["kuuseranna"], "xlsx"))
    sheet = book["Action plan"]
    head, rows = table(sheet)
    assert sheet.auto_filter.ref == f"A{head}:K{head + len(rows)}"
    assert sheet.freeze_panes == f"C{head + 1}"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"not begun,under way,done,dropped"'
    assert f"J{head + 1}" in choice.sqref
    for one in book.worksheets:
        setup = one.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert one.print_title_rows
    assert all(cell.alignment.wrap_text for cell in sheet[head + 1])
    assert book.properties.title == "Action plan: Kuuseranna linn"


def test_a_sheet_explains_every_column_and_what_the_plan_rests_on(sources: Mapping[str, Source], made: Made) -> None:
    sheet = opened(made(sources["kuuseranna"], "xlsx"))["About the plan"]
    _head, rows = table(sheet)
    assert [row[0] for row in rows] == [*HEAD, "What the plan rests on"]
    assert all(row[1] for row in rows)
    assert "Every step begins on 31 October 2026" in rows[-1][1]
    assert "SAMPLE · PROPOSAL" in sheet["A2"].value


def test_without_a_step_it_says_so(sources: Mapping[str, Source], made: Made) -> None:
    sheet = opened(made(sources["tammemae"], "xlsx"))["Action plan"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("no step is needed" in str(text) for text in texts)
    assert "No." in texts


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_becomes_a_formula_and_no_text_disappears(sources: Mapping[str, Source], made: Made, text: str) -> None:
    book = opened(made(renamed(sources["kuuseranna"], text, text), "xlsx", round_=()))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    shown = "\n".join(visible(line) for line in text.split("\n"))
    assert sum(shown in str(cell.value) for cell in cells) >= 25


def test_the_same_data_give_the_same_bytes(sources: Mapping[str, Source], gathered: Gather) -> None:
    told = plan.data(gathered(sources["kuuseranna"]))
    assert plan.write(told) == plan.write(plan.data(gathered(sources["kuuseranna"])))


def test_estonian(sources: Mapping[str, Source], made: Made) -> None:
    use("et")
    sheet = opened(made(sources["kuuseranna"], "xlsx"))["Tegevuskava"]
    head, _rows = table(sheet)
    assert [cell.value for cell in sheet[head]][3:10] == [
        "Mida teha", "Vajalikud tõendid", "Vastutaja", "Algus", "Tähtaeg", "Töömaht", "Staatus",
    ]  # fmt: skip
    assert sheet.cell(head + 1, 7).number_format == "dd.mm.yyyy"
