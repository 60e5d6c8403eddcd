"""The report as a web page: whole by itself, escaped, and readable by a screen reader."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from kaasav.documents import webpage
from kaasav.documents.report import html
from kaasav.documents.report.context import context
from kaasav.documents.source import Source
from kaasav.documents.template import SHIPPED, Template
from kaasav.documents.xmltext import written_out
from kaasav.language import LANGUAGES, use
from kaasav.problems import Refused

from ..hostile import HOSTILE
from .conftest import Gather, Made, renamed

VOID = {"meta", "path", "use", "br", "rect"}


class Page(HTMLParser):
    """Elements with their attributes, the text outside of styles, and whether every element is closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["tammemae", "kuuseranna"])
def test_it_is_semantic_and_whole_by_itself(
    sources: Mapping[str, Source], gathered: Gather, made: Made, name: str, language: str
) -> None:
    use(language)
    data = context(gathered(sources[name]).inputs)
    content = made(sources[name], "html")
    page = Page(content)
    assert page.open == []
    assert page.all("html") == [{"lang": language}]
    assert [len(page.all(tag)) for tag in ("h1", "main", "header", "footer", "nav", "title")] == [1] * 6
    ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [one["href"] for one in page.all("a")]
    assert links == ["#content", *(f"#{one['id']}" for one in data["sections"])]
    assert {str(link)[1:] for link in links} <= set(ids)
    for tag in ("script", "link", "img", "iframe", "object", "form"):
        assert page.all(tag) == []
    assert not re.search(rb"(src|srcset)=|@import|url\((?!#)|javascript:|\bon\w+=", content)
    assert {one.get("scope") for one in page.all("th")} == {"col"}
    assert len(page.all("caption")) == len(page.all("table"))


def test_each_chart_has_a_text_and_a_table_and_its_own_names(
    sources: Mapping[str, Source], gathered: Gather, made: Made
) -> None:
    data = context(gathered(sources["kuuseranna"]).inputs)
    charts = [block for one in data["sections"] for block in one["blocks"] if block["type"] == "chart"]
    content = made(sources["kuuseranna"], "html")
    page = Page(content)
    images = [attributes for _tag, attributes in page.elements if attributes.get("role") == "img"]
    assert [one["aria-label"] for one in images] == [block["alt"] for block in charts]
    assert len(page.all("svg")) == len(page.all("details")) == len(charts) == 3
    assert {one.get("aria-hidden") for one in page.all("svg")} == {"true"}
    used = {one.get("xlink:href") for one in page.all("use")}
    ids = {f"#{attributes['id']}" for _tag, attributes in page.elements if "id" in attributes}
    assert used and used <= ids
    assert {str(name)[1:8] for name in used} == {"chart1-", "chart2-", "chart3-"}
    for named in re.findall(rb"url\((#[^)]*)\)", content):
        assert named.decode() in ids


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_shown_as_it_is_and_nothing_is_run(sources: Mapping[str, Source], made: Made, text: str) -> None:
    page = Page(made(renamed(sources["tammemae"], text, text), "html", round_=()))
    assert page.open == []
    assert page.text.count(written_out(text)) >= 40
    assert page.all("c") == page.all("label") == []


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("{% for %}", 1, "Expected"),
        ("{{ title.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ 1 / 0 }}", 1, "division"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    source: Source, gathered: Gather, body: str, line: int, reason: str
) -> None:
    data = context(gathered(source).inputs)
    with pytest.raises(Refused) as refused:
        webpage.fill(body.encode(), "templates/report.html.j2", data)
    (problem,) = refused.value.problems
    assert (problem.code, problem.location.file, problem.location.line) == (
        "template-failed",
        "templates/report.html.j2",
        line,
    )
    assert reason in problem.message


def test_an_own_template_is_filled_in_by_a_process_apart(source: Source, gathered: Gather) -> None:
    data = context(gathered(source).inputs)
    content = b"<p>{{ marks | join(' ') }} {{ municipality }} {{ sections[0].title }} {{ sections | map(attribute='blocks') | sum(start=[]) | selectattr('picture', 'defined') | list | length }}</p>\n"
    chart = Template("chart.typ", (SHIPPED / "chart.typ").read_bytes(), False, "chart.typ")
    own = Template("report.html.j2", content, True, "templates/report.html.j2")
    assert html.write(data, own, chart) == "<p>SAMPLE PROPOSAL Näidisvald The result at a glance 3</p>\n".encode()
    wrong = Template("report.html.j2", b"{{ nothing }}", True, "templates/report.html.j2")
    with pytest.raises(Refused, match="template-failed"):
        html.write(data, wrong, chart)


def test_a_picture_takes_its_size_from_the_page() -> None:
    svg = '<svg viewBox="0 0 4 4" width="4pt" height="4pt" xmlns="x"><use xlink:href="#g1"/><g id="g1" fill="url(#t1)"/></svg>'
    assert html.picture(svg, 2) == (
        '<svg viewBox="0 0 4 4" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'aria-hidden="true" focusable="false"><use xlink:href="#chart2-g1"/>'
        '<g id="chart2-g1" fill="url(#chart2-t1)"/></svg>'
    )
