import datetime
import io

import pikepdf
import pytest

from kaasav.evidence.passage import find
from kaasav.evidence.text import pdf
from kaasav.evidence.text.pages import NoTextError, Why
from kaasav.evidence.text.pdf import read


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


def test_pages_text_and_date(make):
    dated = "#set document(date: datetime(year: 2025, month: 3, day: 4))"
    pages = read(make.pdf("Esimene lehekülg", "Teine lehekülg õäöü", setup=dated))
    assert [text.strip() for text in pages.texts] == ["Esimene lehekülg", "Teine lehekülg õäöü"]
    assert (pages.paged, pages.blind, pages.searchable) == (True, frozenset(), True)
    assert pages.created == datetime.date(2025, 3, 4)


def test_a_narrow_column_with_divided_words_ligatures_and_quotes(make):
    passage = ("Kaasamine tähendab omavalitsusüksuses otsustamisprotsessidesse sekkumisvõimaluste loomist kõikidele "
               "Ida-Virumaa kaasamis- ja huvirühmadele: „office“ affine fluor.")  # fmt: skip
    for width in range(4, 12):
        column = f"#set page(width: {width}cm, height: 20cm, margin: 1cm)"
        setup = f"{column}\n#set par(justify: true)\n#set text(hyphenate: true)"
        assert find(passage, read(make.pdf(passage, setup=setup)).texts) == (1,), width


def test_a_passage_over_a_page_break(make):
    lines = " ".join(f"sõna{n}" for n in range(200))
    pages = read(make.pdf(lines, setup="#set page(width: 8cm, height: 6cm)"))
    assert len(pages.texts) > 2
    assert find(lines, pages.texts) == tuple(range(1, len(pages.texts) + 1))


def test_a_scan_is_all_pictures(make):
    pages = read(make.scan(pictures=3))
    assert (len(pages.texts), pages.blind, pages.searchable) == (3, {1, 2, 3}, False)


def test_pages_that_are_pictures_are_blind_and_blank_ones_are_not(make):
    pages = read(make.scan("Esimene lehekülg on tekst", "#h(0pt)", pictures=1))
    assert (pages.blind, pages.searchable) == ({3}, True)


def test_a_picture_beside_text_is_no_scan(make):
    text = read(make.scan("Esimene lehekülg on tekst")).texts[0]
    assert find("Esimene lehekülg on tekst", [text]) == (1,)


def test_letters_drawn_as_outlines_are_blind(make):
    shapes = "#for n in range(150) { place(dx: n * 1pt, circle(radius: 2pt)) }"
    assert read(make.pdf("Palju teksti on siin", shapes)).blind == {2}


def test_a_user_password_locks_and_an_owner_password_does_not(make):
    plain = make.pdf("Avalik tekst")
    assert refusal(make.locked(plain, user="salajane"))[0] is Why.ENCRYPTED
    assert find("Avalik tekst", read(make.locked(plain)).texts) == (1,)


def test_truncated(make):
    whole = make.pdf("Esimene", "Teine")
    assert refusal(whole[: len(whole) // 2]) == (Why.DAMAGED, "truncated")
    assert refusal(whole[:-6]) == (Why.DAMAGED, "truncated")
    for good in (whole, whole + b"\r\n", whole + b"\0" * 5_000):
        assert len(read(good).texts) == 2


def test_truncated_though_its_catalogue_comes_first(make):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make.pdf(*["Lehekülg"] * 30))) as document:
        document.save(out, linearize=True)
    whole = out.getvalue()
    assert len(read(whole).texts) == 30
    assert refusal(whole[: len(whole) * 2 // 3]) == (Why.DAMAGED, "truncated")


def test_damaged(make):
    assert refusal(b"%PDF-1.7\nmidagi muud\n%%EOF")[0] is Why.DAMAGED
    empty = pikepdf.new()
    assert refusal(make.saved(empty))[0] is Why.DAMAGED


def test_too_many_pages(make, monkeypatch):
    data = make.pdf("a", "b", "c")
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    assert len(read(data).texts) == 3
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert refusal(data)[0] is Why.TOO_LARGE
