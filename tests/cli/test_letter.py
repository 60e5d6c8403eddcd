"""``kaasav letter``: the files of a letter, for one municipality or a round."""

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

FOLDER = "assessments/2026/naidisvald"
ROW = {
    "addressee": "Mari Mets", "position": "vallavanem", "e-mail": "vald@naidis.example", "postal address": "Kase 2",
    "our number": "7-2/11", "our date": "12.10.2026", "their number": "5-1/23", "their date": "15.09.2026",
}  # fmt: skip


def fill_in(path: Path, name: str, **changed: str) -> None:
    """Write one municipality’s row of a form."""
    book: Any = openpyxl.load_workbook(path)
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == name]
    for header, value in {**ROW, **changed}.items():
        sheet.cell(row, headers.index(header) + 1).value = value
    book.save(path)


def text(path: Path) -> str:
    document: Any = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).strip()


@pytest.fixture
def unlisted(workspace: Path) -> Path:
    """The workspace without the example's list of contacts."""
    (workspace / "assessments" / "2026" / "contacts.xlsx").unlink()
    return workspace


def test_the_example_knows_its_addressees(run: Any, workspace: Path) -> None:
    ended = run("letter", FOLDER)
    assert (ended.code, "not known" in ended.err) == (0, False)
    assert "Näide Nõmmik\nvallavanem\nNäidisvald" in text(workspace / "naidisvald-letter.docx")


def test_one_municipality_gets_four_files_and_is_told_what_is_not_known(run: Any, unlisted: Path) -> None:
    workspace = unlisted
    ended = run("letter", FOLDER)
    assert ended.code == 0
    names = [f"naidisvald-letter.{ending}" for ending in ("docx", "pdf", "asice", "eml")]
    assert [line.split()[1] for line in ended.out.splitlines()] == names
    assert all((workspace / name).is_file() for name in names)
    assert "Näidisvald: not known for the letter: addressee, position, e-mail, postal address, our number" in ended.err
    assert "[our number]" in text(workspace / "naidisvald-letter.docx")
    again = run("letter", FOLDER)
    assert again.out.count("unchanged") == 4


def test_a_round_with_the_contacts_beside_it(run: Any, unlisted: Path) -> None:
    workspace = unlisted
    form = workspace / "assessments" / "2026" / "contacts.xlsx"
    written = run("letter", "--round", "2026", "--contacts-form", form)
    assert (written.code, written.out) == (0, "written: assessments/2026/contacts.xlsx\n")
    assert run("letter", "--round", "2026", "--contacts-form", form).code == 4
    fill_in(form, "Näidisvald")
    ended = run("letter", "--round", "2026", "-o", "out", "--json")
    assert ended.code == 0
    made = json.loads(ended.out)["documents"]
    assert len(made) == 12
    assert {one["document"] for one in made} == {"letter"}
    told = [(one["file"], one["message"]) for one in json.loads(ended.out)["problems"]]
    assert not any("Näidisvald" in message for _file, message in told)
    assert any(
        file == "assessments/2026/contacts.xlsx, contacts" and message.startswith("Kuuseranna linn: not known for the")
        for file, message in told
    )
    told = text(workspace / "out" / "naidisvald-letter.docx")
    assert "Mari Mets\nvallavanem\nNäidisvald\nKase 2\nvald@naidis.example" in told
    assert "Yours 15\u00a0September 2026 no. 5-1/23\nOurs 12\u00a0October 2026 no. 7-2/11" in told
    assert b"To: vald@naidis.example" in (workspace / "out" / "naidisvald-letter.eml").read_bytes()


def test_a_mistake_in_the_contacts_stops_before_any_letter(run: Any, workspace: Path) -> None:
    form = workspace / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald", **{"our date": "soon"})
    ended = run("letter", FOLDER, "--contacts", form)
    assert ended.code == 1
    assert "mine.xlsx, contacts!G3: error: this is no date: “soon”" in ended.err
    assert not list(workspace.glob("*-letter.*"))
    fill_in(form, "Näidisvald")
    assert run("letter", FOLDER, "--contacts", form).code == 0


def test_one_wrong_row_stops_its_own_municipality_and_is_told_once(run: Any, workspace: Path) -> None:
    form = workspace / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald", **{"our date": "soon"})
    ended = run("letter", "--round", "2026", "-o", "out", "--contacts", form)
    assert (ended.code, ended.err.count("this is no date")) == (1, 1)
    made = {one.name.partition("-")[0] for one in (workspace / "out").iterdir()}
    assert made == {"kuuseranna", "tammemae"}


def test_a_row_of_nobody_is_told_once_and_those_with_a_row_get_their_letter(run: Any, workspace: Path) -> None:
    form = workspace / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald", municipality="Näidiswald")
    ended = run("letter", "--round", "2026", "-o", "out", "--contacts", form)
    assert (ended.code, ended.err.count("there is no municipality “Näidiswald”")) == (1, 1)
    assert "Näidisvald has no row of its own" in ended.err
    assert {one.name.partition("-")[0] for one in (workspace / "out").iterdir()} == {"kuuseranna", "tammemae"}


def test_what_is_wrong_with_the_whole_table_stops_all_and_is_told_once(run: Any, workspace: Path) -> None:
    (workspace / "mine.xlsx").write_bytes(b"%PDF-1.7")
    ended = run("letter", "--round", "2026", "-o", "out", "--contacts", "mine.xlsx")
    assert (ended.code, ended.err.count("mine.xlsx: error")) == (1, 1)
    assert list((workspace / "out").iterdir()) == []


ENDINGS = ("docx", "pdf", "asice", "eml")


def test_a_changed_file_keeps_the_whole_letter_as_it_was(run: Any, unlisted: Path) -> None:
    assert run("letter", FOLDER, "-o", "out").code == 0
    files = [unlisted / "out" / f"naidisvald-letter.{ending}" for ending in ENDINGS]
    files[0].write_bytes(files[0].read_bytes() + b"a person was here")
    before = [one.read_bytes() for one in files]
    form = unlisted / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald")
    ended = run("letter", FOLDER, "-o", "out", "--contacts", form)
    assert ended.code == 4
    assert "somebody changed it" in ended.err
    assert "its other files were left as they are too" in ended.err
    assert [one.read_bytes() for one in files] == before
    whole = run("letter", "--round", "2026", "-o", "out", "--contacts", form)
    assert (whole.code, [one.read_bytes() for one in files] == before) == (4, True)
    assert (unlisted / "out" / "tammemae-letter.eml").is_file()
    assert run("letter", FOLDER, "-o", "out", "--contacts", form, "--replace").code == 0
    assert all(one.read_bytes() != old for one, old in zip(files, before, strict=True))


def test_a_signed_container_is_replaced_only_once_it_was_taken_back(
    run: Any, unlisted: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    from samples import digidoc

    from kaasav.evidence.containers import open_container

    run("letter", FOLDER)
    path = unlisted / "naidisvald-letter.asice"
    opened = open_container("asice", path.read_bytes())
    signed = digidoc.asice({one.name: one.data for one in opened.members}, digidoc.signature())
    path.write_bytes(signed)
    refused = run("letter", FOLDER, "--replace")
    assert (refused.code, "a signed container lies here" in refused.err) == (4, True)
    assert path.read_bytes() == signed
    assert run("document", "receive", path).code == 0
    assert run("letter", FOLDER, "--replace").code == 0
    assert path.read_bytes() != signed


@pytest.mark.parametrize(
    ("document", "file"), [("report", "naidisvald-improvement-report.pdf"), ("plan", "naidisvald-action-plan.xlsx")]
)
def test_report_and_plan_go_along(run: Any, workspace: Path, document: str, file: str) -> None:
    missing = run("letter", FOLDER, "-o", "out", "--attach", document)
    assert (missing.code, "make it first with “kaasav improve”" in missing.err) == (1, True)
    assert run("improve", FOLDER, "-o", "out").code == 0
    ended = run("letter", FOLDER, "-o", "out", "--attach", document)
    assert ended.code == 0, ended.err
    from kaasav.evidence.containers import open_container

    opened = open_container("asice", (workspace / "out" / "naidisvald-letter.asice").read_bytes())
    assert [one.name for one in opened.members][2:] == [file]
    single = run("letter", FOLDER, "-o", "out/k2.pdf", "--attach", document)
    assert (single.code, (workspace / "out" / "k2.pdf").is_file()) == (0, True)


def test_a_letter_after_the_closing_date_is_told(run: Any, workspace: Path) -> None:
    form = workspace / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald", **{"our date": "12.11.2026"})
    ended = run("letter", FOLDER, "--contacts", form)
    assert (ended.code, "the letter is of 2026-11-12, after the closing date" in ended.err) == (0, True)
    assert b"Date: Thu, 12 Nov 2026" in (workspace / "naidisvald-letter.eml").read_bytes()


def test_an_older_result_is_told_and_its_letter_made(run: Any, workspace: Path) -> None:
    run("letter", FOLDER)
    (old,) = [one["hash"] for one in json.loads(run("result", "list", "--json").out)["results"]]
    assert "older result" not in run("letter", old, "-o", "a").err
    path = workspace / FOLDER / "assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    run("letter", FOLDER, "-o", "b")
    ended = run("letter", old[:12], "-o", "c")
    assert (ended.code, "an older result of Näidisvald, round 2026" in ended.err) == (0, True)
    assert (workspace / "c" / f"{old[:12]}-letter.pdf").is_file()


def test_too_little_time_to_reply_is_told(run: Any, workspace: Path) -> None:
    form = workspace / "mine.xlsx"
    run("letter", "--round", "2026", "--contacts-form", form)
    fill_in(form, "Näidisvald", **{"our date": "20.10.2026"})
    assert (
        "11 days are left from the letter (2026-10-20) to the closing date"
        in run("letter", FOLDER, "--contacts", form).err
    )


def test_a_single_file_by_its_ending(run: Any, workspace: Path) -> None:
    ended = run("letter", FOLDER, "-o", "kiri.docx")
    assert (ended.code, ended.out.count("SHA-256")) == (0, 1)
    assert {one.name for one in workspace.iterdir() if one.is_file()} - {".gitignore", "README.md"} == {
        "kaasav.yaml", "kiri.docx", "kaasav.db"}  # fmt: skip
    refused = run("letter", FOLDER, "-o", "kiri.asice")
    assert (refused.code, "a single file is .docx or .pdf" in refused.err) == (2, True)


def test_in_estonian_the_files_have_estonian_names(run: Any, unlisted: Path) -> None:
    workspace = unlisted
    ended = run("letter", FOLDER, "-o", "kirjad", lang="et")
    assert ended.code == 0
    assert "kirjad/naidisvald-kiri.docx" in ended.out
    assert "Meie [meie kuupäev] nr [meie number]" in text(workspace / "kirjad" / "naidisvald-kiri.docx")


def test_a_certificate_goes_along_only_if_it_is_of_this_result(run: Any, workspace: Path) -> None:
    missing = run("letter", FOLDER, "-o", "out", "--attach", "certificate")
    assert (missing.code, "no “certificate” of this result, in this language, lies in out" in missing.err) == (1, True)
    unknown = run("letter", FOLDER, "-o", "out", "--attach", "diploma")
    assert (unknown.code, "“diploma” cannot go along" in unknown.err) == (2, True)
    assert run("certificate", FOLDER, "-o", "out/naidisvald-certificate.pdf").code == 0
    assert run("letter", FOLDER, "-o", "out", "--attach", "certificate").code == 0
    from kaasav.evidence.containers import open_container

    opened = open_container("asice", (workspace / "out" / "naidisvald-letter.asice").read_bytes())
    assert [one.name for one in opened.members] == [
        "naidisvald-letter.docx", "naidisvald-letter.pdf", "naidisvald-certificate.pdf"]  # fmt: skip
    (workspace / "out" / "naidisvald-certificate.pdf").write_bytes(b"%PDF- another")
    assert run("letter", FOLDER, "-o", "out", "--attach", "certificate").code == 1


def test_an_own_template_wins_and_a_wrong_one_makes_nothing(run: Any, workspace: Path) -> None:
    run("template", "export", "letter.docx")
    own = workspace / "templates" / "letter.en.docx"
    document: Any = docx.Document()
    document.add_table(1, 1).rows[0].cells[0].text = "Mine: {{ marks|join }} {{ addressee.municipality }}"
    document.save(str(own))
    assert run("letter", FOLDER, "-o", "a.docx").code == 0
    assert text(workspace / "a.docx") == "Mine: SAMPLEPROPOSAL Näidisvald"
    document.add_paragraph("{{ nosuch }}")
    document.save(str(own))
    ended = run("letter", FOLDER, "-o", "b.docx")
    assert (ended.code, (workspace / "b.docx").exists()) == (1, False)
    assert "templates/letter.en.docx, paragraph 1: error: there is no field “nosuch”; in: {{ nosuch }}" in ended.err


@pytest.mark.parametrize(
    "arguments", [(), (FOLDER, "--round", "2026"), ("--round", "2026"), ("--contacts-form", "x.xlsx")]
)
def test_what_names_nothing_is_wrong_use(run: Any, workspace: Path, arguments: tuple[str, ...]) -> None:
    assert run("letter", *arguments).code == 2
