"""Workbooks: what is read of good ones, and that hostile ones end in a clear problem, soon and in little memory."""

import datetime
import io
import resource
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaasav.problems import Problem, Refused
from kaasav.survey.tables import extents
from kaasav.survey.tables.open import read_table
from kaasav.survey.tables.sheet import CellPlace, Sheet, Truth, letters, number_of

Maker = Callable[..., bytes]
ROWS = [["EHAK", "Omavalitsus", "Väärtus"], ["0698", "Rõuge vald", 54.7], ["0784", "Tallinn", 61]]
ODS_ROW = '<table:table-row><table:table-cell office:value-type="string"><text:p>EHAK</text:p></table:table-cell>{more}</table:table-row>'
ODS_FILL = '<table:table-cell table:number-columns-repeated="16383"/>'


def number_cell(row: int, column: int, value: float) -> bytes:
    body = struct.pack("<HHHd", row, column, 0, value)
    return struct.pack("<HH", 0x0203, len(body)) + body


def label(row: int, column: int, index: int) -> bytes:
    return struct.pack("<HHHHHI", 0x00FD, 10, row, column, 0, index)


def cells(sheet: Sheet) -> list[list[Any]]:
    return [list(row) for _number, row in sheet.rows()]


def refused(data: bytes, name: str = "a.xlsx", **how: str) -> Problem:
    start = time.perf_counter()
    with pytest.raises(Refused) as told:
        read_table(data, name, **how)
    assert time.perf_counter() - start < 5
    return told.value.problems[0]


def test_rows_keep_their_numbers_whatever_stands_above_and_left(make_workbook: Maker) -> None:
    sheet = read_table(make_workbook([[], [], [None, None, "EHAK"], [None, None, "0698"]]), "a.xlsx")
    assert sheet.offset == 2
    assert [(number, list(row)) for number, row in sheet.rows()] == [(1, [""]), (2, [""]), (3, ["EHAK"]), (4, ["0698"])]
    assert str(sheet.place(4, 3)) == "a.xlsx, Leht1!C4"


def test_each_kind_of_cell(make_workbook: Maker) -> None:
    day = datetime.date(2024, 7, 5)
    [row] = cells(read_table(make_workbook([["x", 5, 5.7, True, day, None, "y"]]), "a.xlsx"))
    assert row == ["x", 5.0, 5.7, "TRUE", day, "", "y"]
    assert [type(cell) for cell in row].count(Truth) == 1


def test_the_same_table_in_every_kind_of_file(make_workbook: Maker, make_ods: Maker, make_xls: Maker) -> None:
    ods = make_ods(
        "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
                if isinstance(cell, (int, float))
                else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row
            )
            + ODS_FILL
            + "</table:table-row>"
            for row in ROWS
        )
        + f'<table:table-row table:number-rows-repeated="1048573">{ODS_FILL}</table:table-row>'
    )
    words = [cell for row in ROWS for cell in row if isinstance(cell, str)]
    xls = make_xls(
        b"".join(
            label(r, c, words.index(cell)) if isinstance(cell, str) else number_cell(r, c, cell)
            for r, row in enumerate(ROWS)
            for c, cell in enumerate(row)
        ),
        words,
    )
    csv = "\n".join(";".join(map(str, row)) for row in ROWS).encode()
    for data in (make_workbook(ROWS), ods, xls):
        assert cells(read_table(data, "a")) == ROWS
    assert cells(read_table(csv, "a")) == [list(map(str, row)) for row in ROWS]


def test_which_sheet(make_workbook: Maker) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(make_workbook(ROWS)))
    book.create_sheet("Tühi")
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), "a.xlsx").name == "Leht1"
    book["Tühi"]["A1"] = "x"
    book.save(out := io.BytesIO())
    problem = refused(out.getvalue())
    assert (problem.code, "Leht1, Tühi" in problem.message) == ("table-which-sheet", True)
    assert read_table(out.getvalue(), "a.xlsx", sheet="leht1").name == "Leht1"
    assert refused(out.getvalue(), sheet="Leht3").code == "table-no-sheet"
    book["Tühi"].sheet_state = "hidden"
    book.save(out := io.BytesIO())
    assert read_table(out.getvalue(), "a.xlsx").name == "Leht1"


def test_merged_areas_are_told(make_workbook: Maker) -> None:
    sheet = read_table(make_workbook([["a", "b", None], ["c", "d", "e"]], merge=["B1:C1"]), "a.xlsx")
    assert sheet.merged == ((1, 2, 1, 3),)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_that_only_look_empty(make_xlsx: Maker, prefix: str) -> None:
    row = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f></c><c r="C1"><f>A1</f><v>1</v></c>'
        '<c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1" s="3"><f>1</f><v></v></c></row>'
    )
    if prefix:
        row = row.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        data = f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{row}</x:sheetData></x:worksheet>'
        sheet = read_table(make_xlsx(b'<?xml version="1.0"?>' + data.encode()), "a.xlsx")
    else:
        sheet = read_table(make_xlsx(row), "a.xlsx")
    assert sheet.blind() == {(1, 2): "uncalculated", (1, 4): "error", (1, 6): "uncalculated"}


def test_formulas_of_opendocument_without_result(make_ods: Maker) -> None:
    blank = '<table:table-cell table:formula="of:=1+1"/>'
    sheet = read_table(
        make_ods(ODS_ROW.format(more=blank + '<table:table-cell office:value-type="float" office:value="1"/>')), "a.ods"
    )
    assert sheet.blind() == {(1, 2): "uncalculated"}


FAR_CELL = '<c r="XFD1048576"><v>1</v></c>'
GOOD_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        GOOD_CELL + f'<row r="1048576">{FAR_CELL}</row>',
        GOOD_CELL + f"<row>{FAR_CELL}</row>",
        GOOD_CELL + f"<row r='1048576'>{FAR_CELL.replace(chr(34), chr(39))}</row>",
        GOOD_CELL + '<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        GOOD_CELL + '<row r="1048576"><c\n r="XFD1048576"><v>1</v></c></row>',
        GOOD_CELL + '<row r="1048576"><c  r = "XFD1048576"><v>1</v></c></row>',
        GOOD_CELL + '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        GOOD_CELL + f"<!-- <c> --><row>{FAR_CELL}</row>",
        GOOD_CELL.replace("</row>", f"{FAR_CELL}</row>"),
        FAR_CELL + GOOD_CELL,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c r="ZZ999999"><v>1</v></c></row>',
        '<row r="1"><c r="Z1"><v>1</v></c></row><row r="999999"><c r="A999999"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row/>" * 1_000 + "<row><c><v>1</v></c></row>",
    ],
    ids=range(13),
)
def test_a_cell_far_away(make_xlsx: Maker, rows: str) -> None:
    assert read_table(make_xlsx(GOOD_CELL), "a.xlsx").name == "Leht1"
    assert refused(make_xlsx(rows)).code == "table-extents"


def test_a_far_cell_under_a_prefix_and_in_a_part_of_another_name(make_xlsx: Maker) -> None:
    space = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    far = (
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row><x:row><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    )
    sheet = f"<?xml version='1.0'?><x:worksheet {space}><x:sheetData>{far}</x:sheetData></x:worksheet>"
    assert refused(make_xlsx(sheet)).code == "table-extents"
    assert refused(make_xlsx(GOOD_CELL, odd__place=sheet)).code == "table-extents"


def test_large_but_honest_sheets_pass(make_xlsx: Maker) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="AB{n}"><v>2</v></c></row>' for n in range(1, 3_001))
    assert len(cells(read_table(make_xlsx(rows), "a.xlsx"))) == 3_000
    tall = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_000, 500_000))
    assert len(cells(read_table(make_xlsx(tall), "a.xlsx"))) == 500_001


@pytest.fixture(scope="module")
def bomb(make_xlsx: Maker) -> bytes:
    """A workbook whose one sheet unpacks to 300 MB of rows."""
    sheet, out = "xl/worksheets/sheet1.xml", io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_xlsx(GOOD_CELL))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            before, end, after = good.read(name).partition(b"</sheetData>")
            with bad.open(name, "w") as part:
                part.write(before)
                for _ in range(500 if name == sheet else 0):
                    part.write(b"<row/>" * 100_000)
                part.write(end + after)
    return out.getvalue()


def test_300_mb_in_1_mb(bomb: bytes) -> None:
    assert len(bomb) < 1_500_000
    assert refused(bomb).code == "table-bomb"


def test_one_long_string_in_a_million_cells(make_xlsx: Maker) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {space}><si><t>{'õ' * 15_000}</t></si></sst>"
    cell = '<c r="A1" t="s"><v>0</v></c>'
    many = "".join(f'<row r="{n}">' + cell.replace("A1", f"A{n}") + "</row>" for n in range(1, 30_000))
    assert refused(make_xlsx(many, xl__sharedStrings=strings)).code == "table-bomb"
    assert read_table(make_xlsx(many[: many.index("</row>", 50_000) + 6], xl__sharedStrings=strings), "a.xlsx")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_document_types(make_xlsx: Maker, part: str) -> None:
    laugh = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_xlsx(GOOD_CELL, xl__styles="<styleSheet/>"))) as good,
        zipfile.ZipFile(out, "w") as bad,
    ):
        for name in good.namelist():
            content = good.read(name).decode()
            bad.writestr(name, laugh + content if name == part else content)
    assert refused(out.getvalue()).code == "table-entities"


def test_cut_off_and_damaged(make_workbook: Maker) -> None:
    good = make_workbook(ROWS * 100)
    for length in (10, 100, len(good) // 2, len(good) - 30):
        assert refused(good[:length]).code == "table-damaged"
    middle = bytearray(good)
    at = good.index(b"xl/worksheets/sheet1.xml") + 60
    middle[at : at + 20] = bytes(20)
    assert refused(bytes(middle)).code == "table-damaged"


def test_two_directories_cannot_show_two_workbooks(make_workbook: Maker, make_xlsx: Maker) -> None:
    """What was looked at is what is read: a second zip before the first is not seen by one reader and not the other."""
    far = make_xlsx(GOOD_CELL + f'<row r="1048576">{FAR_CELL}</row>')
    good = make_workbook(ROWS)
    try:
        sheet = read_table(far + good, "a.xlsx")
    except Refused as told:
        assert told.problems[0].code in ("table-damaged", "table-extents")
    else:
        assert cells(sheet) == ROWS


def test_too_many_entries_and_doubled_names(make_workbook: Maker) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(5_000):
            packed.writestr(f"{number}.xml", "")
    assert refused(out.getvalue()).code == "table-bomb"
    out = io.BytesIO(make_workbook(ROWS))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("XL/worksheets/SHEET1.xml", "<worksheet/>")
    assert refused(out.getvalue()).code == "table-damaged"


def test_ten_thousand_columns(make_xlsx: Maker) -> None:
    wide = "".join(f'<c r="{letters(n)}1"><v>1</v></c>' for n in range(1, 10_001))
    assert refused(make_xlsx(f'<row r="1">{wide}</row>')).code == "table-too-wide"
    fits = "".join(f'<c r="{letters(n)}1"><v>1</v></c>' for n in range(1, 1_001))
    assert len(cells(read_table(make_xlsx(f'<row r="1">{fits}</row>'), "a.xlsx"))[0]) == 1_000


@pytest.mark.parametrize("repeated", ['table:number-columns-repeated="16384"', ""])
def test_opendocument_that_repeats_itself(make_ods: Maker, repeated: str) -> None:
    row = f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {repeated} office:value-type="float" office:value="1"/></table:table-row>'
    if repeated:
        assert refused(make_ods(row)).code == "table-extents"
        few = row.replace("1048576", "3").replace("16384", "2")
        assert cells(read_table(make_ods(few), "a.ods")) == [[1.0, 1.0]] * 3
    far = ODS_ROW.format(more=ODS_FILL) * 2 + ODS_ROW.format(
        more=ODS_FILL.replace("16383", "16382") + '<table:table-cell office:value-type="float" office:value="1"/>'
    )
    assert len(cells(read_table(make_ods(ODS_ROW.format(more=ODS_FILL)), "a.ods"))) == 1
    assert refused(make_ods(far)).code == "table-too-wide"


def test_far_apart_in_opendocument(make_ods: Maker) -> None:
    gap = f'<table:table-row table:number-rows-repeated="1048000">{ODS_FILL}</table:table-row>'
    wide = ODS_ROW.format(
        more=ODS_FILL.replace("16383", "100") + '<table:table-cell office:value-type="float" office:value="1"/>'
    )
    assert refused(make_ods(wide + gap + wide)).code == "table-extents"


def test_long_text_repeated_in_opendocument(make_ods: Maker) -> None:
    text = f'<table:table-row table:number-rows-repeated="100000"><table:table-cell office:value-type="string"><text:p>{"a" * 30_000}</text:p></table:table-cell></table:table-row>'
    assert refused(make_ods(text)).code == "table-bomb"


def test_entities_in_opendocument(make_ods: Maker) -> None:
    data = make_ods(ODS_ROW.format(more=""))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(out, "w") as bad:
        bad.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]>' + good.read("content.xml").decode())
    assert refused(out.getvalue()).code == "table-entities"


def test_passwords(make_compound: Maker, make_xls: Maker, make_ods: Maker) -> None:
    assert refused(make_compound("EncryptedPackage", b"x")).code == "table-password"
    assert refused(make_xls(number_cell(0, 0, 1), globals_=struct.pack("<HHH", 0x2F, 2, 0))).code == "table-password"
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    assert refused(make_ods(ODS_ROW.format(more=""), manifest=manifest)).code == "table-password"


def test_an_old_workbook_that_reaches_far(make_xls: Maker) -> None:
    assert cells(read_table(make_xls(number_cell(0, 0, 1) + number_cell(1, 1, 2.5)), "a.xls")) == [[1.0, ""], ["", 2.5]]
    assert refused(make_xls(number_cell(0, 0, 1) + number_cell(65_535, 255, 1))).code == "table-extents"
    for first, last in ((0, 0xFFFFFFFF), (200, 9)):
        claimed = struct.pack("<HHIIHHH", 0x0200, 14, first, last, 0, 0xFFFF, 0)
        assert cells(read_table(make_xls(number_cell(0, 0, 1), dimensions=claimed), "a.xls")) == [[1.0]]


def test_an_old_workbook_with_one_long_string_in_many_cells(make_xls: Maker) -> None:
    many = b"".join(label(row, 0, 0) for row in range(60_000))
    assert refused(make_xls(many * 8, ["õ" * 4_000])).code == "table-bomb"
    assert len(cells(read_table(make_xls(many, ["Rõuge vald"]), "a.xls"))) == 60_000


def test_old_workbooks_cut_off(make_xls: Maker) -> None:
    good = make_xls(number_cell(0, 0, 1))
    for length in (8, 100, 512, 600, len(good) // 2):
        assert refused(good[:length]).code in ("table-not-workbook", "table-damaged")


def test_sectors_that_run_in_a_circle_come_to_an_end(make_xls: Maker) -> None:
    good = make_xls(number_cell(0, 0, 1))
    circle = bytearray(good)
    at = good.index(struct.pack("<IIII", 1, 2, 3, 4))
    circle[at + 28 : at + 32] = struct.pack("<I", 0)  # the last sector leads back to the first
    start = time.perf_counter()
    assert cells(read_table(bytes(circle), "a.xls")) == cells(read_table(good, "a.xls")) == [[1.0]]
    assert time.perf_counter() - start < 1


def test_a_large_old_workbook(make_xls: Maker) -> None:
    rows = b"".join(number_cell(row, column, row) for row in range(30_000) for column in range(10))
    assert len(cells(read_table(make_xls(rows), "a.xls"))) == 30_000


def test_other_zips_and_other_files(make_workbook: Maker) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert refused(out.getvalue()).code == "table-not-workbook"
    for data in (b"%PDF-1.7\n1;2\n3;4", b"\x89PNG\r\n", b"<html><table>", b"MZ\x90;1"):
        assert refused(data).code == "table-not-a-table"
    assert refused(b"").code == "table-file-empty"


def test_memory_stays_small(make_xlsx: Maker, bomb: bytes, tmp_path: Path) -> None:
    """In a process of its own that may not have much memory: the far cell, 300 MB in one, and their good twin."""
    if not hasattr(resource, "RLIMIT_AS"):
        return
    (tmp_path / "bad.xlsx").write_bytes(make_xlsx(GOOD_CELL + f'<row r="1048576">{FAR_CELL}</row>'))
    (tmp_path / "bomb.xlsx").write_bytes(bomb)
    (tmp_path / "good.xlsx").write_bytes(make_xlsx(GOOD_CELL))
    program = (
        "import resource, sys, pathlib\n"
        "from kaasav.problems import Refused\n"
        "from kaasav.survey.tables.open import read_table\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        "for name in ('good.xlsx', 'bad.xlsx', 'bomb.xlsx'):\n"
        "    try:\n"
        "        print(len(list(read_table(pathlib.Path(name).read_bytes(), name).rows())))\n"
        "    except Refused as told:\n"
        "        print(told.problems[0].code)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["1", "table-extents", "table-bomb"]


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 60)), min_size=1, max_size=40, unique=True))
def test_the_quick_look_never_sees_less_than_there_is(places: list[tuple[int, int]]) -> None:
    from itertools import groupby

    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letters(column)}{row}"><v>1</v></c>' for _row, column in some) + "</row>"
        for row, some in groupby(places, lambda place: place[0])
    )
    data = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    quick, (exact, _text, _blind, _hidden) = extents.quick([data]), extents.exact([data], [])
    assert (exact.rows, exact.columns) == (max(row for row, _ in places), max(column for _, column in places))
    assert quick.rows >= exact.rows
    assert quick.columns >= exact.columns
    assert quick.rows < 2 * exact.rows + 2


@pytest.mark.parametrize("size", [1, 7, 64, 1_000])
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="AC{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 50)
    )
    data = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert extents.quick(pieces) == extents.quick([data])
    assert extents.blind_cells(pieces) == {(n, 29): "error" for n in range(1, 50)}


@given(st.integers(1, 16_384))
def test_letters_of_columns(column: int) -> None:
    assert number_of(letters(column)) == column


def test_places_sort_beside_those_of_other_files() -> None:
    from kaasav.problems import Location

    places = [CellPlace("a.xlsx, B", 10, 2), Location("b.yaml", 3, 1), CellPlace("a.xlsx, B", 9, 30)]
    assert list(map(str, sorted(places))) == ["a.xlsx, B!AD9", "a.xlsx, B!B10", "b.yaml:3:1"]
    assert Location("a", 1, 1) == CellPlace("a", 1, 1)


def test_a_sheet_that_begins_beyond_the_file(make_xls: Maker) -> None:
    good = make_xls(number_cell(0, 0, 1))
    at = good.index(struct.pack("<HH", 0x85, 13)) + 4
    bad = good[:at] + struct.pack("<I", 100_000) + good[at + 4 :]
    assert refused(bad, "a.xls").code == "table-not-workbook"


def test_more_strings_than_there_is_room_for(make_xls: Maker) -> None:
    good = make_xls(label(0, 0, 0), ["Rõuge vald"])
    at = good.index("Rõuge".encode("utf-16-le")) - 7
    assert struct.unpack_from("<I", good, at)[0] == 1
    assert refused(good[:at] + struct.pack("<I", 0x10000000) + good[at + 4 :], "a.xls").code == "table-not-workbook"
    assert cells(read_table(good, "a.xls")) == [["Rõuge vald"]]


def test_parts_that_are_no_xml(make_xlsx: Maker) -> None:
    broken = GOOD_CELL + "<!-- x --><row r='2'><c r='A2'><v>1</v></row>"
    assert refused(make_xlsx(broken)).code == "table-damaged"


@pytest.fixture(scope="module")
def good_ones(make_xls: Maker, make_workbook: Maker, make_ods: Maker) -> dict[str, bytes]:
    return {
        "xls": make_xls(label(0, 0, 0) + number_cell(1, 0, 5.7) + label(1, 1, 1), ["EHAK", "Rõuge vald"]),
        "xlsx": make_workbook(ROWS, merge=["A1:B1"]),
        "ods": make_ods(ODS_ROW.format(more=ODS_FILL)),
    }


@settings(max_examples=120, deadline=None)
@given(data=st.data(), kind=st.sampled_from(["ods", "xls", "xlsx"]))
def test_damaged_bytes_are_read_or_refused(good_ones: dict[str, bytes], data: st.DataObject, kind: str) -> None:
    content = bytearray(good_ones[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.one_of(st.binary(max_size=4), st.sampled_from([b"\xff" * 4, bytes(4), struct.pack("<I", 1 << 31)]))
        )
        content[at : at + data.draw(st.integers(0, 6))] = piece
    try:
        sheet = read_table(bytes(content), "a")
        rows = sum(1 for _row in sheet.rows())
        sheet.blind()
    except Refused as told:
        assert told.problems
    else:
        assert rows > 0


HIDDEN = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>3</v></c></row>'


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (HIDDEN, {3}),
        (HIDDEN.replace(' hidden="1"', ' hidden="0"'), set()),
        (HIDDEN.replace('r="3" hidden="1"', 'ht="0" hidden="true" r="3"'), {3}),
        (HIDDEN.replace('r="3" hidden', "hidden"), {2}),
        (HIDDEN.replace('<row r="1">', "<!-- --><row>"), {3}),
    ],
)
def test_hidden_rows_of_a_workbook(make_xlsx: Maker, sheet: str, hidden: set[int]) -> None:
    assert read_table(make_xlsx(sheet), "a.xlsx").hidden() == hidden


def test_hidden_and_filtered_rows_of_an_opendocument(make_ods: Maker) -> None:
    rows = [ODS_ROW.format(more="") for _number in range(4)]
    rows[1] = rows[1].replace("<table:table-row>", '<table:table-row table:visibility="collapse">')
    rows[3] = rows[3].replace(
        "<table:table-row>", '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
    )
    assert read_table(make_ods("".join(rows)), "a.ods").hidden() == {2, 4, 5}
    assert read_table(make_ods(ODS_ROW.format(more="")), "a.ods").hidden() == frozenset()


def test_a_damaged_workbook_is_called_one() -> None:
    assert refused(b"\xa5\x31\x00\x01;a\n1;2\n", "a.xlsx").code == "table-damaged-workbook"
    assert cells(read_table(b"a;b\n1;2\n", "a.xls")) == [["a", "b"], ["1", "2"]]
