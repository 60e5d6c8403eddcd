"""The report as a PDF: what a screen reader is told, what is copied out, that nothing breaks it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from kaasav.documents.coverage import printable
from kaasav.documents.report.context import context
from kaasav.documents.source import Source
from kaasav.language import LANGUAGES, use

from .. import pdfs
from ..hostile import HOSTILE
from .conftest import Gather, Made, blocks, renamed

FOOT = 57
"""Points from the sheet's lower edge to the end of the text (20 mm)."""
EXAMPLES = ("naidisvald", "tammemae", "kuuseranna")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_accessible(
    sources: Mapping[str, Source], gathered: Gather, made: Made, name: str, language: str
) -> None:
    use(language)
    source = sources[name]
    data = context(gathered(source).inputs)
    content = made(source, "pdf")
    assert pdfs.failures(content) == []
    assert pdfs.about(content) == {"language": language, "title": data["title"], "author": data["author"]}
    found = pdfs.elements(content)
    charts = [block for one in data["sections"] for block in one["blocks"] if block["type"] == "chart"]
    assert [one.alt for one in found if one.kind == "Figure"] == [printable(block["alt"]) for block in charts]
    assert _headings(found) == [1, *(level for one in data["sections"] for level in _levels(one))]
    tables = [block for one in data["sections"] for block in one["blocks"] if block["type"] in ("table", "chart")]
    kinds = [one.kind for one in found]
    assert kinds.count("Table") == kinds.count("THead") == kinds.count("TBody") == len(tables) > 0
    heads = [block["head"] if block["type"] == "table" else block["table"]["head"] for block in tables]
    assert kinds.count("TH") == sum(len(head) for head in heads)
    assert kinds.count("Caption") == len(tables)
    assert 3 <= pdfs.pages(content) <= 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_but_the_last_is_left_half_empty(
    sources: Mapping[str, Source], made: Made, name: str, language: str
) -> None:
    """The lowest text above the foot lies in the lowest third."""
    use(language)
    opened = pypdfium2.PdfDocument(made(sources[name], "pdf"))
    lowest = []
    for page in list(opened)[:-1]:
        text = page.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        lowest.append(min(bottom for _left, bottom, _right, _top in boxes if bottom > FOOT))
    assert max(lowest) < 842 / 3


def _levels(section: Mapping[str, Any]) -> list[int]:
    return [2, *(3 for block in section["blocks"] if block["type"] == "step")]


def _headings(found: list[pdfs.Element]) -> list[int]:
    return [int(one.kind[1:]) for one in found if one.kind.startswith("H") and one.kind[1:].isdigit()]


def test_header_cells_say_that_they_head_a_column(source: Source, made: Made) -> None:
    with pikepdf.open(BytesIO(made(source, "pdf"))) as opened:
        cells = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
        scopes = {str(attribute.Scope) for cell in cells for attribute in _attributes(cell)}
    assert scopes == {"/Column"}


def _attributes(cell: Any) -> list[Any]:
    found = cell.get("/A", [])
    return [one for one in (found if isinstance(found, pikepdf.Array) else [found]) if "/Scope" in one]


def test_chapters_and_steps_are_bookmarks(sources: Mapping[str, Source], gathered: Gather, made: Made) -> None:
    data = context(gathered(sources["kuuseranna"]).inputs)
    with pikepdf.open(BytesIO(made(sources["kuuseranna"], "pdf"))) as opened, opened.open_outline() as outline:
        (top,) = outline.root
        assert top.title == "Kuuseranna linn"
        assert [one.title for one in top.children] == [one["title"] for one in data["sections"]]
        steps = next(one for one in top.children if one.title == "Step by step")
        assert [one.title for one in steps.children] == [block["heading"] for block in blocks(data, "steps")]


def test_what_is_copied_out_is_the_text(sources: Mapping[str, Source], gathered: Gather, made: Made) -> None:
    """Every sentence and cell is there, letter for letter; only spaces and the hyphens of line ends may differ."""
    source = sources["kuuseranna"]
    said = _bare(pdfs.copied(made(source, "pdf")))
    data = context(gathered(source).inputs)
    for one in data["sections"]:
        for text in (one["title"], *_shown(one["blocks"])):
            assert _bare(printable(text)) in said, text


def _shown(found: list[dict[str, Any]]) -> list[str]:
    texts: list[str] = []
    for block in found:
        match block["type"]:
            case "text" | "note":
                texts.append(block["text"])
            case "answer":
                texts += [block["text"], block["detail"]]
            case "points":
                texts += [block["title"], *block["items"]]
            case "table":
                texts += [block["caption"], *(cell for row in block["rows"] for cell in row)]
            case "chart":
                texts += [cell for row in block["table"]["rows"] for cell in row]
            case "step":
                texts += [block["heading"], block["facts"]]
                texts += [text for part in block["parts"] for text in (part["title"], *part["items"])]
    return texts


def _bare(text: str) -> str:
    """Without spaces, hyphens, and the foot of each page, which may stand inside a sentence."""
    for foot in ("SAMPLE · PROPOSAL · Kuuseranna linn", "SAMPLE · PROPOSAL · Näidisvald"):
        text = text.replace(foot, "")
    kept = "".join(sign for sign in text if not sign.isspace() and sign not in "-\u2010\u00ad\u200b\u2011\ufffe\u0002")
    import re

    return re.sub(r"Result[0-9a-f]{12}page\d/\d", "", kept)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_it_disappears_or_is_run(sources: Mapping[str, Source], made: Made, text: str) -> None:
    content = made(renamed(sources["tammemae"], text, text), "pdf", round_=())
    assert pdfs.failures(content) == []
    assert _bare(pdfs.copied(content)).count(_bare(printable(text))) >= 40  # in every table and chart


def test_no_text_breaks_a_step(sources: Mapping[str, Source], made: Made) -> None:
    text = " ".join(one for one in HOSTILE if len(one) < 100 and len(one) > 1)
    content = made(renamed(sources["kuuseranna"], "Vald", text), "pdf", round_=())
    assert pdfs.failures(content) == []
    said = _bare(pdfs.copied(content))
    assert said.count(_bare(printable("{{ 7*7 }} {% raw %} {# no #} ${x} %s {0}"))) >= 100
    assert "root:" not in said


def test_marks_stand_in_title_head_and_foot_and_not_on_the_real_thing(source: Source, real: Any, made: Made) -> None:
    sample = made(source, "pdf")
    assert pdfs.about(sample)["title"] == "SAMPLE · PROPOSAL · Improvement report: Näidisvald"
    assert pdfs.copied(sample).count("SAMPLE · PROPOSAL") == 1 + pdfs.pages(sample)
    true = made(real(), "pdf", round_=())
    assert "SAMPLE" not in pdfs.copied(true)
    assert pdfs.about(true)["title"] == "Improvement report: Rõuge vald"
