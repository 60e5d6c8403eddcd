"""The coordinator’s workbook: what is understood, and every mistake at its cell."""

import datetime
import importlib
import io
import pkgutil
from typing import Any

import openpyxl
import pytest

from kaasav.documents.letter.contact import Contact
from kaasav.documents.letter.contacts import read
from kaasav.documents.letter.form import form
from kaasav.documents.letter.spreadsheet import told
from kaasav.language import use
from kaasav.problems import KINDS, Location, ProblemKind, Refused
from kaasav.survey import tables

DAY = datetime.date
HEADER = ("municipality", "addressee", "position", "e-mail", "postal address", "our number", "our date", "their number", "their date")  # fmt: skip
GOOD = ("Rõuge vald", "Mari Mets", "vallavanem", "vald@rouge.example", "Ööbiku 4\n66201 Rõuge", "7-2/11", DAY(2026, 10, 12), "5-1/23", "15.09.2026")  # fmt: skip


def book(*rows: tuple[Any, ...]) -> bytes:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = "contacts"
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refusals(*rows: tuple[Any, ...]) -> list[str]:
    try:
        found = read(book(*rows), "c.xlsx")
    except Refused as refused:
        problems = [*refused.problems]
    else:
        problems = [*found.nobody, *(one for mistakes in found.wrong.values() for one in mistakes)]
    return [f"{one.location}: {one.message}" for one in problems]


def test_a_row_is_a_contact() -> None:
    found = read(book(HEADER, GOOD), "c.xlsx")
    assert (found.warnings, found.nobody, found.wrong) == ([], [], {})
    one = found.rows["0698"]
    assert (one.addressee, one.position, one.email) == ("Mari Mets", "vallavanem", "vald@rouge.example")
    assert one.address == "Ööbiku 4\n66201 Rõuge"
    assert (one.our_number, one.our_date, one.their_number, one.their_date) == (
        "7-2/11",
        DAY(2026, 10, 12),
        "5-1/23",
        DAY(2026, 9, 15),
    )
    assert str(one.place) == "c.xlsx, contacts!2"
    assert list(one.missing()) == []


def test_headers_in_estonian_codes_for_names_blank_rows_and_other_columns() -> None:
    found = read(
        book((), ("KOV", "Adressaat", "Teie number", "Märkus"), (), ("0698", "Mari Mets", "–", "helistada")), "c.xlsx"
    )
    contacts = found.rows
    assert [one.code for one in found.warnings] == ["contacts-column"]
    assert contacts["0698"].addressee == "Mari Mets"
    assert not contacts["0698"].answers
    assert set(contacts["0698"].missing()) == {"email", "address", "our_number", "our_date"}


def test_numbers_a_spreadsheet_has_kept_are_read_and_those_it_has_changed_are_not() -> None:
    contacts = read(book(("municipality", "our number"), ("X001", 12)), "c.xlsx").rows
    assert contacts["X001"].our_number == "12"
    assert refusals(("municipality", "our number"), ("X001", DAY(2026, 7, 2)))[0].startswith(
        "c.xlsx, contacts!B2: the spreadsheet has made"
    )
    assert refusals(("municipality", "our number"), ("X001", 7.2))[0].startswith(
        "c.xlsx, contacts!B2: the spreadsheet has made"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("name",), ("Rõuge vald",)], "c.xlsx, contacts!1: no column is called “municipality”"),
        ([HEADER, ("Rõige vald",)], "c.xlsx, contacts!A2: there is no municipality “Rõige vald”"),
        ([HEADER, ("", "Mari Mets")], "c.xlsx, contacts!A2: no municipality is named here"),
        ([HEADER, GOOD, GOOD], "c.xlsx, contacts!A3: Rõuge vald stands in row 2 already"),
        ([("municipality", "our date"), ("X001", "32.10.2026")], "c.xlsx, contacts!B2: this is no date: “32.10.2026”"),
        ([("municipality", "e-mail"), ("X001", "a@b, c@d.ee")], "c.xlsx, contacts!B2: this is no e-mail address: “a@b, c@d.ee”"),
        ([("municipality", "e-mail"), ("X001", "a@b.ee\nBcc: x@y.ee")], "c.xlsx, contacts!B2: this is no e-mail address: “a@b.ee Bcc: x@y.ee”"),
        ([("municipality", "position"), ("X001", "x" * 501)], "c.xlsx, contacts!B2: the text is longer than 500 characters"),
        ([("municipality", "position"), ("X001", "=1+1")], "c.xlsx, contacts!B2: the cell shows nothing that could be read"),
        ([("municipality", "KOV"), ("X001", "X001")], "c.xlsx, contacts!B1: two columns mean the same: municipality"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_cell(rows: list[Any], said: str) -> None:
    assert any(one.startswith(said) for one in refusals(*rows))


def test_every_mistake_at_once() -> None:
    rows = (HEADER, ("Rõige",), ("X001", "", "", "no mail"), ("X002", "", "", "", "", "", "no day"))
    assert [one.partition(":")[0] for one in refusals(*rows)] == [
        "c.xlsx, contacts!A2", "c.xlsx, contacts!D3", "c.xlsx, contacts!G4"]  # fmt: skip


def test_a_mistake_in_a_row_is_its_municipalitys_alone() -> None:
    found = read(book(HEADER, GOOD, ("X001", "", "", "no mail"), ("X002", "A"), ("X002", "B")), "c.xlsx")
    assert found.of("0698", "Rõuge vald", Contact()).addressee == "Mari Mets"
    assert found.of("X003", "Kuuseranna linn", Contact("?")).addressee == "?"
    for code, said in (("X001", ["contacts-email"]), ("X002", ["contacts-twice"])):
        with pytest.raises(Refused) as refused:
            found.of(code, "…", Contact())
        assert [one.code for one in refused.value.problems] == said


def test_a_row_of_nobody_stops_those_who_have_no_row() -> None:
    found = read(book(HEADER, GOOD, ("Näidiswald", "A")), "c.xlsx")
    assert found.of("0698", "Rõuge vald", Contact()).addressee == "Mari Mets"
    with pytest.raises(Refused) as refused:
        found.of("X001", "Näidisvald", Contact())
    assert str(refused.value.problems[0].location) == "c.xlsx, contacts!A3"


def test_no_workbook_is_refused() -> None:
    with pytest.raises(Refused):
        read(b"%PDF-1.7", "c.xlsx")


@pytest.mark.parametrize("language", ["et", "en"])
def test_the_form_filled_in_is_understood_in_either_language(language: str) -> None:
    use(language)
    content = form(["Rõuge vald", "=cmd|'x'!A1"])
    use("en")
    filled: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert filled.active["A3"].data_type == "s"
    filled.active.delete_rows(3)
    for column, value in enumerate(GOOD[1:], start=2):
        filled.active.cell(2, column).value = value
    out = io.BytesIO()
    filled.save(out)
    found = read(out.getvalue(), "c.xlsx")
    assert (found.warnings, found.nobody, found.wrong) == ([], [], {})
    contacts, expected = found.rows, read(book(HEADER, GOOD), "c.xlsx").rows
    fields = [name for name in Contact.__dataclass_fields__ if name != "place"]
    assert [getattr(contacts["0698"], one) for one in fields] == [getattr(expected["0698"], one) for one in fields]


def test_the_form_has_no_clock() -> None:
    assert form(["Rõuge vald"]) == form(["Rõuge vald"])


def kinds() -> list[ProblemKind]:
    """What the reader of tables may find wrong."""
    for module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
        importlib.import_module(module.name)
    return [kind for code, kind in KINDS.items() if code.startswith("table-")]


def test_what_keeps_a_workbook_from_being_read_is_told_in_words_about_contacts() -> None:
    details = dict.fromkeys(("limit", "found", "kind", "known", "encoding", "line", "sheet", "reason", "cells"), "1")
    assert len(kinds()) > 15
    for kind in kinds():
        problem = told(kind.at(Location("c.xlsx"), **details, first="1", second="2"))
        said = f"{problem.message} {problem.hint}"
        assert "survey" not in said, kind.code
        assert "description" not in said, kind.code
        assert problem.location.file == "c.xlsx"


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"%PDF-1.7", "the contacts are needed as .xlsx, .xls, .ods, .csv or .txt"),
        (b"municipality\nX001\n\xff\xfe\x00", "get it again"),
    ],
)
def test_what_to_do_fits_contacts(content: bytes, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, "c.xlsx")
    assert hint in refused.value.problems[0].hint


def test_with_two_sheets_it_is_said_what_to_do_and_with_one_hidden_it_is_read() -> None:
    made: Any = openpyxl.load_workbook(io.BytesIO(book(HEADER, GOOD)))
    other = made.create_sheet("märkmed")
    other.append(["midagi"])

    def content() -> bytes:
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    with pytest.raises(Refused) as refused:
        read(content(), "c.xlsx")
    assert refused.value.problems[0].hint == "keep the sheet with the contacts; hide or delete the others"
    other.sheet_state = "hidden"
    assert set(read(content(), "c.xlsx").rows) == {"0698"}
