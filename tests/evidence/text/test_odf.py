import datetime

import pytest
from samples import packages

from kaasav.evidence.passage import find
from kaasav.evidence.text.odf import read, read_pages
from kaasav.evidence.text.pages import NoTextError, Why


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


def test_everything_people_see_in_a_text_and_nothing_deleted():
    body = """<office:text>
      <text:tracked-changes><text:changed-region><text:deletion><text:p>kustutatud</text:p></text:deletion>
      </text:changed-region></text:tracked-changes>
      <text:h>Kaasamise kord</text:h>
      <text:p>Vald<text:s/>kaasab<draw:frame><draw:text-box><text:p>Kast keskel</text:p></draw:text-box></draw:frame>
kõiki<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>Allmärkus</text:p></text:note-body>
</text:note><office:annotation><text:p>Märkus</text:p></office:annotation> elanikke<text:tab/>nüüd<text:line-break/>rida
      </text:p>
      <table:table><table:table-row><table:table-cell><text:p>Osalejaid</text:p></table:table-cell>
      <table:table-cell><text:p>34</text:p></table:table-cell></table:table-row></table:table></office:text>"""
    footer = "<style:master-page><style:footer><text:p>Jalus</text:p></style:footer></style:master-page>"
    pages = read(packages.odf("text", body, page_styles=footer))
    assert (pages.paged, pages.created) == (False, datetime.date(2026, 3, 12))
    for passage in ("Kaasamise kord", "Vald kaasab kõiki elanikke nüüd rida", "Kast keskel", "Allmärkus", "Jalus",
                    "Osalejaid 34"):  # fmt: skip
        assert find(passage, pages.texts), passage
    for passage in ("kustutatud", "Märkus"):
        assert not find(passage, pages.texts), passage


def test_sheets_are_pages_and_hidden_ones_are_none():
    row = "<table:table-row><table:table-cell{}><text:p>{}</text:p></table:table-cell></table:table-row>"
    body = (
        f"<office:spreadsheet><table:table>{row.format('', 'Eelarve 1 234,50')}</table:table>"
        f'<table:table table:style-name="peidus">{row.format("", "salajane")}</table:table>'
        f"<table:table>{row.format(' table:number-columns-repeated=' + chr(34) + '3' + chr(34), 'Küla')}</table:table>"
        "</office:spreadsheet>"
    )
    hidden = '<style:style style:name="peidus"><style:table-properties table:display="false"/></style:style>'
    pages = read_pages(packages.odf("spreadsheet", body, styles=hidden))
    assert pages.paged
    assert [text.split() for text in pages.texts] == [["Eelarve", "1", "234,50"], ["Küla", "Küla", "Küla"]]


def test_slides_are_pages_without_their_notes():
    notes = "<presentation:notes><draw:frame><draw:text-box><text:p>Märkmed</text:p></draw:text-box></draw:frame>"
    body = (
        "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>Kaasamine algab siit</text:p></draw:text-box>"
        f"</draw:frame>{notes}</presentation:notes></draw:page>"
        "<draw:page><draw:frame><draw:image/></draw:frame></draw:page></office:presentation>"
    )
    pages = read_pages(packages.odf("presentation", body))
    assert (len(pages.texts), pages.blind, pages.searchable) == (2, frozenset({2}), True)
    assert find("Kaasamine algab siit", pages.texts) == (1,)
    assert not find("Märkmed", pages.texts)


def test_cells_repeated_to_the_last_column_stand_a_few_times():
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
    body = (
        f"<office:spreadsheet><table:table><table:table-row>{cell}</table:table-row></table:table></office:spreadsheet>"
    )
    assert len(read_pages(packages.odf("spreadsheet", body)).texts[0]) < 100


def test_documents_that_are_refused():
    assert refusal(packages.odf("text", "<office:text/>", encrypted=True))[0] is Why.ENCRYPTED
    assert refusal(packages.odf("text", "", before="<!DOCTYPE x [<!ENTITY a 'b'>]>")) == (Why.BOMB, "entities")
    bomb = packages.odf("text", f"<office:text><text:p>{' ' * 10_000_000}</text:p></office:text>")
    assert refusal(bomb) == (Why.BOMB, "zip-bomb")
    assert refusal(packages.odt("tere")[:500])[0] is Why.DAMAGED
    assert refusal(packages.zipped({"a.txt": "x"}, "application/vnd.oasis.opendocument.text"))[0] is Why.DAMAGED
    with pytest.raises(NoTextError) as refused:
        read_pages(packages.odf("spreadsheet", ""))
    assert refused.value.detail == "no-pages"
    assert read(packages.odt("tere")).texts == ("tere\n",) or "tere" in read(packages.odt("tere")).texts[0]
