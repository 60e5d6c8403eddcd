import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart

from kaasav.evidence.passage import find
from kaasav.evidence.text import numberformat
from kaasav.evidence.text.pages import NoTextError, Why
from kaasav.evidence.text.xlsx import read


def test_sheets_are_pages_and_cells_read_as_seen(make):
    book = openpyxl.Workbook()
    book.active.append(["Küsimus", "Vastus", None, "Kuupäev"])
    book.active.append(["Osalus", 0.345, None, datetime.date(2026, 3, 12)])
    book.active["B2"].number_format = "0.0%"
    second = book.create_sheet("Teine")
    second["C5"] = 1234567.891
    second["C5"].number_format = "#,##0.00"
    second["D5"], second["E5"], second["F5"] = 0.1 + 0.2, 12, True
    second["G5"] = datetime.datetime(2026, 3, 12, 14, 30)
    pages = read(make.saved(book))
    assert (pages.paged, len(pages.texts), pages.blind) == (True, 2, frozenset())
    for passage, page in [("Küsimus Vastus Kuupäev", 1), ("Osalus 34,5% 12.03.2026", 1), ("Osalus 34.5% 2026-03-12", 1),
                          ("1 234 567,89 0,3 12 TÕENE", 2), ("1,234,567.89 0.3 12 TRUE", 2),
                          ("12.03.2026 14:30", 2)]:  # fmt: skip
        assert find(passage, pages.texts) == (page,), passage
    assert find("0,345", pages.texts) == ()


def test_hidden_sheets_are_no_pages_and_charts_are(make):
    book = openpyxl.Workbook()
    book.active["A1"] = "esimene"
    hidden = book.create_sheet("Peidus")
    hidden["A1"], hidden.sheet_state = "peidus", "veryHidden"
    book.create_chartsheet("Joonis").add_chart(BarChart())
    book.create_sheet("Viimane")["A1"] = "viimane"
    texts = read(make.saved(book)).texts
    assert [text.strip() for text in texts] == ["esimene", "", "viimane"]


def test_a_formula_never_calculated_leaves_its_sheet_blind(make):
    book = openpyxl.Workbook()
    book.active.append(["summa", "=1+2"])
    book.create_sheet("Teine").append(["tekst"])
    data = make.saved(book)
    assert read(data).blind == {1}
    with_value = make.replaced(data, "xl/worksheets/sheet1.xml", _sheet(make, data).replace("<v/>", "<v>3</v>"))
    assert (read(with_value).blind, find("summa 3", read(with_value).texts)) == (frozenset(), (1,))


def _sheet(make, data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    return re.sub(r"<v\s*/>|<v></v>", "<v/>", text)


def test_a_cell_in_the_last_corner_is_just_a_cell(make):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "algus", "nurk"
    assert find("algus nurk", read(make.saved(book)).texts) == (1,)


def test_cells_without_references_and_texts_in_cells(make):
    sheet = """<row><c t="inlineStr"><is><r><t>kaa</t></r><r><t>sab</t></r></is></c><c><v>7</v></c>
        <c t="s"><v>99999999999</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c><c s="77"><v>8</v></c>
        <c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>valem</v></c><c t="str"><f>A1</f><v></v></c></row>"""
    pages = read(make.book(sheet))
    assert (find("kaasab 7 8 #N/A valem", pages.texts), pages.blind) == ((1,), frozenset())


def test_shared_strings(make):
    strings = "<si><t>Valla</t></si><si><r><t>aren</t></r><r><t>gukava</t></r><rPh><t>ei</t></rPh></si>"
    sheet = '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    texts = read(make.book(sheet, strings)).texts
    assert (find("Valla arengukava", texts), find("ei", texts)) == ((1,), ())


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("0.6", "General", ("0,6", "0.6")),
        ("0.30000000000000004", "General", ("0,3", "0.3")),
        ("1e3", "General", ("1000", "1000")),
        ("3", "0.00", ("3,00", "3.00")),
        ("2.5", "0", ("3", "3")),  # half up, as Excel does
        ("0.345", "0%", ("35%", "35%")),
        ("1234.5", '#,##0.00 "€"', ("1 234,50", "1,234.50")),
        ("-5", "0;[Red]-0", ("-5", "-5")),
        ("46093", "dd/mm/yyyy", ("12.03.2026", "2026-03-12")),
        ("46093.5", "yyyy-mm-dd hh:mm", ("12.03.2026 12:00", "2026-03-12 12:00")),
        ("0.75", "h:mm", ("18:00", "18:00")),
        ("-1", "d.m.yyyy", ("-1", "-1")),
        ("1e400", "0", ("1e400", "1e400")),
        ("1e21", "#,##0", ("1" + " 000" * 7, "1" + ",000" * 7)),
        ("tekst", "0", ("tekst", "tekst")),
        ("NaN", "0", ("NaN", "NaN")),
    ],
)
def test_number_formats(value, code, expected):
    assert numberformat.shown(value, numberformat.style(code)) == expected


def test_dates_counted_from_1904():
    assert numberformat.shown("44631", numberformat.style("d.m.yyyy"), from_1904=True)[0] == "12.03.2026"


def test_bombs(make):
    good = make.xlsx(["tere"])
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "docProps/core.xml"):
        with pytest.raises(NoTextError) as refused:
            read(make.replaced(good, part, "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"))
        assert (refused.value.why, refused.value.detail) == (Why.BOMB, "entities")
    with pytest.raises(NoTextError) as refused:
        read(make.replaced(good, "xl/worksheets/sheet1.xml", "<x>" + " " * 10_000_000 + "</x>"))
    assert refused.value.detail == "zip-bomb"
    assert find("tere", read(good).texts) == (1,)


def test_one_long_text_in_very_many_cells_is_too_large(make):
    strings = f"<si><t>{'pikk ' * 6_000}</t></si>"
    row = '<row><c t="s"><v>0</v></c></row>'
    assert find("pikk pikk", read(make.book(row * 20, strings)).texts) == (1,)
    with pytest.raises(NoTextError) as refused:
        read(make.book(row * 2_000, strings))
    assert refused.value.why is Why.TOO_LARGE
