"""Markdown in which only the list's own signs mean something, read back by a parser."""

import pytest
from lxml import html
from markdown_it import MarkdownIt

from kaasav.documents.awardlist.cells import shown
from kaasav.documents.awardlist.md import escaped, write


def rendered(content):
    return html.fromstring(
        "<div>" + MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(content.decode("utf-8")) + "</div>"
    )


def test_the_example(listed):
    page = rendered(write(listed))
    assert page.xpath("string(//h1)") == "Proposals for awards: Example round 2026"
    assert page.xpath("string(//blockquote)").strip() == "PROPOSAL – no decisions are recorded"
    table = page.xpath("//table")[0]
    assert table.xpath("string(.//tbody/tr[1]/td[1])") == "Näidisvald"
    assert table.xpath("string(.//tbody/tr[3]/td[7])") == "43.3%…43.8%"


def test_hostile_names_are_shown_as_they_are(hostile):
    page = rendered(write(hostile))
    table = page.xpath("//table")[0]
    assert len(table.xpath(".//tbody/tr")) == len(hostile.rows)
    assert len({len(row.xpath("./td")) for row in table.xpath(".//tbody/tr")}) == 1
    told = [row.xpath("string(./td[1])") for row in table.xpath(".//tbody/tr")]
    assert told == [" ".join(shown(row.cells["municipality"]).split()) for row in hostile.rows]
    assert not page.xpath("//script | //table//a | //table//em | //table//code")


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no point",
        "1. no point",
        "+ no",
        "> no quote",
        "=== no",
        "a | b",
        "<b>",
        "&amp;",
        "*a*",
        "12.5 stays",
    ],
)
def test_text_is_no_markup_anywhere(text):
    page = rendered(f"before\n\n{escaped(text)}\n".encode())
    assert page.xpath("//p[2]")[0].text_content() == text
    assert [one.tag for one in page] == ["p", "p"]
