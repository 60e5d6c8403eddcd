"""The workbook: numbers that are numbers, texts that stay texts, ready to print; opened by three programs."""

import csv
import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.escape import unescape

from kaasav import language
from kaasav.documents.awardlist.cells import shown
from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.xlsx import write


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def header_row(sheet):
    return int(sheet.print_title_rows.strip("$").partition(":")[0].replace("$", ""))


def table(sheet):
    """Header and rows, as cells."""
    first, last = sheet.auto_filter.ref.replace("$", "").split(":")
    return [list(row) for row in sheet[first:last]]


@pytest.fixture(scope="module")
def book(listed):
    return opened(write(listed))


def test_the_sheets(book):
    assert book.sheetnames == ["List", "Details", "Columns"]


def test_the_top_says_what_it_is(book):
    for sheet in book.worksheets:
        assert sheet["A1"].value == "Proposals for awards: Example round 2026"
        assert (
            sheet["A2"].value == "PROPOSAL – no decisions are recorded   ·   SAMPLE – the municipalities are fictional"
        )
    assert book["List"]["A3"].value.startswith("“Inclusive municipality” asks that all of these hold: (1)")


def test_numbers_are_numbers_and_only_their_format_rounds(book):
    head, *rows = table(book["List"])
    at = {cell.value: index for index, cell in enumerate(head)}
    total = rows[0][at["Total, at least"]]
    assert (total.value, total.number_format) == (1091 / 1600, "0.0%")
    assert [row[at["Total, at most"]].value for row in rows] == [1091 / 1600, 241 / 400, 7 / 16]
    value = rows[0][at["Survey value"]]
    assert (value.value, value.number_format) == (0.63, "0.0%")
    details, *rows = table(book["Details"])
    at = {cell.value: index for index, cell in enumerate(details)}
    assert [row[at["Answers (n)"]].value for row in rows] == [410, 120, 96]
    assert all(isinstance(row[at["Answers (n)"]].value, int) for row in rows)


def test_a_share_near_its_threshold_has_enough_decimals(make):
    sheet = opened(write(listing([make(total=("599999/1000000", "599999/1000000"))], names="total"))).worksheets[0]
    cell = table(sheet)[1][0]
    assert (cell.value, cell.number_format) == (0.599999, "0.0000%")


def test_it_is_ready_to_use_and_to_print(book):
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.print_title_rows
    assert book["List"].freeze_panes == f"B{header_row(book['List']) + 1}"
    assert book["List"].auto_filter.ref == f"A{header_row(book['List'])}:R{header_row(book['List']) + 3}"


def test_every_column_is_explained(book, listed):
    explained = [row[0].value for row in book["Columns"].iter_rows(min_row=header_row(book["Columns"]) + 1)]
    assert explained == [column.title for column in listed.columns]


def test_the_properties(make, sources):
    properties = opened(write(listing(list(sources.values())))).properties
    assert properties.title == "Proposals for awards: Example round 2026"
    assert properties.language == "en-GB"
    assert properties.creator
    assert str(properties.modified) == str(properties.created) == "2026-10-31 12:00:00"


def test_the_same_list_gives_the_same_bytes(listed):
    first = write(listed)
    time.sleep(1.1)
    assert write(listed) == first


def test_no_clock_in_any_part(listed):
    with zipfile.ZipFile(io.BytesIO(write(listed))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_in_estonian(make, award):
    with language.using("et"):
        found = opened(write(listing([make()], {"0698": award})))
    sheet = found.worksheets[0]
    assert found.properties.language == "et-EE"
    head, row = table(sheet)
    formats = {cell.number_format for cell in row}
    assert {r"0.0\ %", "dd.mm.yyyy"} <= formats
    assert "2026-11-12 00:00:00" in [str(cell.value) for cell in row]
    assert len(head) == len(row)


def test_hostile_names_stay_texts(hostile):
    content = write(hostile)
    expected = [shown(row.cells["municipality"]) for row in hostile.rows]
    sheet = opened(content)["List"]
    cells = [row[0] for row in table(sheet)[1:]]
    assert [unescape(cell.value) for cell in cells] == expected
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("List")
    rows = read.to_python(skip_empty_area=False)[header_row(sheet) :]
    assert [row[0] for row in rows[: len(expected)]] == expected


def test_a_hostile_title_does_not_command_the_foot(make):
    source = make()
    a_round = source.submission.round.model_copy(update={"title": {"en": "&P &A " + "x" * 300}})
    submission = type(source.submission)(**{
        name: getattr(source.submission, name) for name in source.submission.__dataclass_fields__
    } | {"round": a_round})  # fmt: skip
    changed = type(source)(source.hash, source.record, source.catalogue, submission, source.wave)
    with zipfile.ZipFile(io.BytesIO(write(listing([changed])))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    foot = sheet.partition("<oddFooter>")[2].partition("</oddFooter>")[0].replace("&amp;", "&")
    assert "&&P &&A" in foot
    assert len(foot) <= 255


def test_libreoffice_shows_the_same(hostile, tmp_path: Path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(write(hostile))
    text = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", text, "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    made = next(tmp_path.glob("list*.csv")).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(made, newline="")))
    head = rows.index(next(row for row in rows if row[0] == "Municipality"))
    told = rows[head + 1 : head + 1 + len(hostile.rows)]
    assert [row[0] for row in told] == [shown(row.cells["municipality"]) for row in hostile.rows]
    at = rows[head].index("Total")
    assert {row[at] for row in told} == {"68.1875%"}
