"""The report as a Word file: styles, alternative texts, language; opened again by python-docx and LibreOffice."""

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from kaasav.documents.report.context import context
from kaasav.documents.source import Source
from kaasav.documents.xmltext import written_out
from kaasav.language import LANGUAGES, use

from ..hostile import HOSTILE
from .conftest import Gather, Made, renamed


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def everything(document: Any) -> str:
    """All text: paragraphs and tables in order, then the foot."""
    body = "\n".join("".join(_run(node) for node in one.iter()) for one in document.element.body)
    return body + "\n" + document.sections[0].footer.paragraphs[0].text


def _run(node: Any) -> str:
    name = str(node.tag).rpartition("}")[2]
    return {"t": node.text or "", "tab": "\t", "br": "\n", "p": "\n"}.get(name, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_styles_pictures_have_texts_and_the_language_is_stated(
    sources: Mapping[str, Source], gathered: Gather, made: Made, language: str
) -> None:
    use(language)
    source = sources["kuuseranna"]
    data = context(gathered(source).inputs)
    document = opened(made(source, "docx"))
    told = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert told == [
        ("Heading 1", "Kuuseranna linn"),
        *(entry for section in data["sections"] for entry in _headings(section)),
    ]
    charts = [block for one in data["sections"] for block in one["blocks"] if block["type"] == "chart"]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [one["alt"] for one in charts]
    assert {one.get(_w("val")) for one in document.styles.element.iter(_w("lang"))} == {
        {"et": "et-EE", "en": "en-GB"}[language]
    }
    properties = document.core_properties
    assert (properties.title, properties.language) == (data["title"], {"et": "et-EE", "en": "en-GB"}[language])
    assert properties.created.isoformat().startswith("2026-10-31")


def _headings(section: Mapping[str, Any]) -> list[tuple[str, str]]:
    steps = [("Heading 3", block["heading"]) for block in section["blocks"] if block["type"] == "step"]
    return [("Heading 2", section["title"]), *steps]


def test_the_foot_counts_the_pages(sources: Mapping[str, Source], made: Made) -> None:
    foot = opened(made(sources["kuuseranna"], "docx")).sections[0].footer.paragraphs[0]
    fields = [one.get(_w("instr")) for one in foot._p.iter(_w("fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(node.text or "" for node in foot._p.iter(_w("t"))).endswith("page\u00a01 / 1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_head_is_wider_than_its_column(sources: Mapping[str, Source], made: Made, language: str) -> None:
    """Bold at 8.5 points a letter of a broad face takes 2.1 mm on average; 3.8 mm are the cell's margins."""
    use(language)
    heads = [one.rows[0].cells for one in opened(made(sources["kuuseranna"], "docx")).tables if len(one.rows) > 1]
    words = {word: cell.width.mm for cells in heads for cell in cells for word in cell.text.split()}
    assert {"et": "Töömaht", "en": "Effort"}[language] in words
    assert {word for word, width in words.items() if 3.8 + 2.1 * len(word) > width} == set()


def test_tables_repeat_their_head_and_are_described(sources: Mapping[str, Source], made: Made) -> None:
    tables = [one for one in opened(made(sources["kuuseranna"], "docx")).tables if len(one.rows) > 1]
    assert len(tables) >= 6
    for table in tables:
        assert table.rows[0]._tr.trPr.find(_w("tblHeader")) is not None
        properties = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
        assert properties == [
            "tblW",
            "tblBorders",
            "tblLayout",
            "tblLook",
            "tblDescription",
        ]  # Word asks for this order


def test_all_of_the_report_is_in_it(sources: Mapping[str, Source], gathered: Gather, made: Made) -> None:
    source = sources["kuuseranna"]
    said = re.sub(r"\s", "", everything(opened(made(source, "docx"))))
    data = context(gathered(source).inputs)
    for section in data["sections"]:
        for block in section["blocks"]:
            for text in _texts(block):
                assert re.sub(r"\s", "", text) in said, text


def _texts(block: Mapping[str, Any]) -> list[str]:
    match block["type"]:
        case "step":
            return [item for part in block["parts"] for item in part["items"]]
        case "table":
            return [cell for row in block["rows"] for cell in row]
        case "chart":
            return [cell for row in block["table"]["rows"] for cell in row]
        case "points":
            return list(block["items"])
    return [block["text"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it_or_disappears(sources: Mapping[str, Source], made: Made, text: str) -> None:
    content = made(renamed(sources["tammemae"], text, text), "docx", round_=())
    said = everything(opened(content))
    assert written_out(text) in said
    assert said.count(written_out(text).split("\n", maxsplit=1)[0]) >= 40
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_libreoffice_opens_it(sources: Mapping[str, Source], made: Made, tmp_path: Path) -> None:
    source = renamed(sources["tammemae"], "A & B <C> „õ“")
    (tmp_path / "report.docx").write_bytes(made(source, "docx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "report.docx"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=120,
    )  # fmt: skip
    pages = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    assert 2 <= len(pages) <= 8
    assert "A & B <C> „õ“" in pages[0].get_textpage().get_text_bounded()


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
