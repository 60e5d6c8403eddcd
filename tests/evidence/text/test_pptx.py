import pytest
from samples.packages import paragraph, pptx

from kaasav.evidence.passage import find
from kaasav.evidence.text.pages import NoTextError, Why
from kaasav.evidence.text.pptx import read


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


PICTURE = '<p:pic><p:blipFill><a:blip r:embed="x"/></p:blipFill></p:pic>'
TABLE = "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>"


def test_slides_are_pages_in_the_order_they_are_shown():
    slides = (paragraph("Kolmas <a:br/> slaid").replace("<a:br/>", ""), TABLE.format("Osalejaid"), PICTURE)
    pages = read(pptx(*slides, order=(2, 1, 3)))
    assert (len(pages.texts), pages.paged, pages.blind, pages.searchable) == (3, True, frozenset({3}), True)
    assert find("Osalejaid", pages.texts) == (1,)
    assert find("Kolmas slaid", pages.texts) == (2,)


def test_a_show_of_pictures_alone_cannot_be_searched():
    assert not read(pptx(PICTURE, PICTURE)).searchable
    assert read(pptx(PICTURE + paragraph("Pildi juures on siiski teksti"))).searchable


def test_shows_that_are_refused():
    assert refusal(pptx("", before="<!DOCTYPE x [<!ENTITY a 'b'>]>")) == (Why.BOMB, "entities")
    assert refusal(pptx(paragraph(" " * 10_000_000))) == (Why.BOMB, "zip-bomb")
    assert refusal(pptx("<katki"))[0] is Why.DAMAGED
    assert refusal(pptx(paragraph("tere"))[:400])[0] is Why.DAMAGED


def test_slides_that_are_not_there_are_empty_pages():
    pages = read(pptx(paragraph("Ainus slaid siin"), order=(7, 1)))
    assert [text.strip() for text in pages.texts] == ["", "Ainus slaid siin"]
