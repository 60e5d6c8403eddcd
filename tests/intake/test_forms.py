"""Workbook and YAML form: the same content, safe to open, the same bytes for the same papers."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav import language
from kaasav.intake import answers
from kaasav.intake.row import fields
from kaasav.intake.yamltext import dump, quoted
from kaasav.problems import Refused, visible
from kaasav.yamldoc.document import parse

OTSUS = (
    "Näidisvalla Volikogu\nOTSUS\n12. märts 2025 nr 27\nKülade tunnustamine\nVolikogu otsustab: tunnustada kogukonnad."
)


def test_both_forms_read_back_as_the_same(desk: Any, make_papers: Any, tmp_path: Any) -> None:
    make_papers.make(tmp_path / "post")
    outcome = desk.intake(tmp_path / "post")
    for lang in ("et", "en"):
        language.use(lang)
        from_book = answers.read(desk.folder / "intake.xlsx", "intake.xlsx", desk.catalogue)
        from_yaml = answers.read(desk.folder / "intake-proposal.yaml", "p.yaml", desk.catalogue)
        assert (from_book.problems, from_yaml.problems) == ([], [])
        book, form = from_book.answers, from_yaml.answers
        assert book is not None
        assert form is not None
        assert len(book.items) == len(outcome.rows) == 61  # the mail a paper came with is one too
        assert [(one.take, one.id, one.sha256, one.file, one.inside, fields(one)) for one in book.items] == [
            (one.take, one.id, one.sha256, one.file, one.inside, fields(one)) for one in form.items
        ]


def test_the_same_papers_give_the_same_bytes(desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from openpyxl.packaging import core

    desk.intake(post({"otsus.txt": OTSUS}))
    first = (desk.folder / "intake.xlsx").read_bytes()

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls(2031, 1, 1, tzinfo=tz)

        @classmethod
        def utcnow(cls) -> Any:
            return cls(2031, 1, 1)

    from openpyxl.writer import excel

    for module in (core, excel):
        monkeypatch.setattr(module.datetime, "datetime", Later, raising=False)
    desk.intake()
    assert (desk.folder / "intake-2.xlsx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


@pytest.mark.parametrize("title", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "=HYPERLINK(0)"])
def test_no_cell_becomes_a_formula(desk: Any, post: Any, title: str) -> None:
    desk.intake(post({"x.txt": f"{title} koosoleku memo"}))
    book = openpyxl.load_workbook(desk.folder / "intake.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith(title) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "d"}
    assert desk.confirm().added
    assert f"{title} koosoleku memo" in desk.evidence


def test_headers_are_in_the_language_in_use_and_reasons_stand_there(desk: Any, post: Any) -> None:
    desk.intake(post({"otsus.txt": OTSUS}))
    sheet = openpyxl.load_workbook(desk.folder / "intake.xlsx").worksheets[0]
    assert sheet.title == "Evidence"
    assert [cell.value for cell in sheet[2]][:4] == ["Take? (yes/no)", "Id", "Title", "Kind"]
    assert "12. märts 2025 nr 27" in sheet["K3"].value
    assert sheet["D3"].value == "Council decision (volikogu_otsus)"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["A3", "D3"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 katki", b"items:\n  - [", b"\x00\x01", b"just text"])
def test_what_is_no_form_is_refused(desk: Any, post: Any, content: bytes) -> None:
    desk.intake(post({"otsus.txt": OTSUS}))
    (desk.folder / "x.yaml").write_bytes(content)
    with pytest.raises(Refused):
        desk.confirm("x.yaml")


def test_a_bomb_for_a_workbook_is_refused(desk: Any, post: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(200_000_000))
    (desk.folder / "pomm.xlsx").write_bytes(out.getvalue())
    with pytest.raises(Refused, match="intake-form-too-much"):
        desk.confirm("pomm.xlsx")


@given(st.text(max_size=80))
def test_any_text_reads_back_from_yaml(text: str) -> None:
    document, problems = parse(dump({"a": text, "b": [{"c": text}], "d": {text or "x": 1}}), "x")
    assert problems == []
    assert document.data["a"] == document.data["b"][0]["c"] == "\n".join(map(visible, text.split("\n")))
    assert quoted(text).startswith('"')
