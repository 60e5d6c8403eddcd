"""The typesetter takes plain data and a template, nothing else, and gives the same bytes."""

import datetime
import unicodedata
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaasav.documents import apart, press
from kaasav.documents.coverage import printable
from kaasav.documents.template import SHIPPED, Template
from kaasav.problems import Refused

DAY = datetime.date(2026, 10, 31)
HEAD = '#import "/kaasav.typ": *\n#show: document-of\n'


def template(body: str, *, own: bool = True) -> Template:
    return Template("own.typ", (HEAD + body).encode(), own, "templates/own.typ")


def data(**more: Any) -> dict[str, Any]:
    return {"title": "Title", "author": "Author", "language": "et", **more}


def copied(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def told(body: str) -> Any:
    with pytest.raises(Refused) as refused:
        press.pdf(template(body), data(), day=DAY)
    (problem,) = refused.value.problems
    return problem


def test_data_become_a_pdf_with_title_author_language_and_date() -> None:
    made = press.pdf(template("#data.text"), data(text="Õhtu"), day=DAY)
    with pikepdf.open(BytesIO(made)) as opened:
        assert str(opened.Root.Lang) == "et"
        assert str(opened.docinfo.Title) == "Title"
        assert str(opened.docinfo.Author) == "Author"
        assert str(opened.docinfo.CreationDate).startswith("D:20261031000000")
    assert copied(made) == "Õhtu"


def test_the_same_bytes_and_others_for_other_data_or_another_day() -> None:
    def one(**more: Any) -> bytes:
        return press.pdf(template("#data.text"), data(text=more.get("text", "a")), day=more.get("day", DAY))

    assert one() == one()
    assert one(text="b") != one()
    assert one(day=datetime.date(2026, 11, 1)) != one()


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40))
@settings(max_examples=20, deadline=None)
def test_no_text_is_ever_run_or_lost(text: str) -> None:
    said = copied(press.pdf(template("#data.text"), data(text=text), day=DAY))
    assert _bare(said) == _bare(printable(text))


def _bare(text: str) -> str:
    """Without what laying out may change: spaces, soft hyphens and ligatures."""
    known = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in known if not sign.isspace() and sign not in "\u00ad\u200b\u2044\ufffe-\u2010")


def test_a_mistake_in_a_template_is_told_with_its_line() -> None:
    problem = told("fine\n#nothing")
    assert (problem.code, problem.location.file, problem.location.line) == ("template-failed", "templates/own.typ", 4)
    assert "unknown variable: nothing" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../../../etc/passwd")',
        '#image("/../../../secret.png")',
        '#json("data.json")',
    ],
)
def test_a_template_reads_nothing_but_what_ships(body: str) -> None:
    problem = told(body)
    assert problem.code == "template-reads"
    assert problem.location.line == 3
    assert str(SHIPPED) not in f"{problem.message} {problem.hint}"


def test_the_good_twin_reads_a_shared_file() -> None:
    made = press.pdf(template('#read("/kaasav.typ").len()'), data(), day=DAY)
    assert int(copied(made)) == len((SHIPPED / "kaasav.typ").read_text(encoding="utf-8").encode())


@pytest.mark.parametrize(
    "body",
    ['#import "\\u{40}preview/cetz:0.3.0": *', '#let name = "@local" + "/secret:1.0.0"\n#import name: *'],
)
def test_a_package_named_in_pieces_is_refused_where_there_is_no_network(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, apart.NO_NETWORK)
    assert told(body).code == "template-package"


def test_a_package_from_the_network_is_refused_by_name() -> None:
    problem = told('a\n#import "@preview/cetz:0.3.0"')
    assert (problem.code, problem.location.line) == ("template-package", 4)
    assert "@preview/cetz:0.3.0" in problem.message


def test_an_image_without_alternative_text_is_refused() -> None:
    picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), format: \"svg\"{})"
    assert "alt" in told(picture.format("")).message
    assert press.pdf(template(picture.format(', alt: "a picture"')), data(), day=DAY).startswith(b"%PDF")


def test_pictures_for_screens() -> None:
    body = template("#set page(width: 50pt, height: 20pt, margin: 2pt)\n#data.text")
    assert press.svg(body, data(text="a")).startswith("<svg")
    assert press.svg(body, data(text="a")) == press.svg(body, data(text="a")) != press.svg(body, data(text="b"))
    assert press.png(body, data(text="a"), ppi=72)[:4] == b"\x89PNG"


def test_a_font_that_does_not_ship_is_not_looked_for_on_the_machine() -> None:
    made = press.pdf(template('#set text(font: ("DejaVu Sans", "Arial"))\n#data.text'), data(text="a"), day=DAY)
    with pikepdf.open(BytesIO(made)) as opened:
        names = [str(font.BaseFont) for font in opened.pages[0].Resources.Font.values()]
    assert [name.partition("+")[2] for name in names] == ["LibertinusSerif-Regular-Identity-H"]
