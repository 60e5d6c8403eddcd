import io

import pypdfium2
import pytest
from PIL import Image

from kaasav.evidence import ocr
from kaasav.evidence.text.pages import NoTextError, Why

SENTENCE = "Näidisvalla volikogu kuulas külavanemad üle."


@pytest.fixture(scope="session")
def scanned(make) -> Image.Image:
    document = pypdfium2.PdfDocument(make.pdf(f"#set text(18pt)\n{SENTENCE}", setup='#set page("a5")'))
    return document[0].render(scale=2).to_pil()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_text_is_read_off_a_picture_in_estonian(scanned):
    assert ocr.available(("est", "eng"))
    pages = ocr.read("png", saved(scanned, "PNG"))
    assert pages.paged
    assert SENTENCE in " ".join(pages.texts[0].split())


def test_a_scanned_pdf_is_read_page_by_page(scanned, make):
    pages = ocr.read("pdf", saved(scanned, "PDF", save_all=True, append_images=[Image.new("L", (300, 400), 255)]))
    assert SENTENCE in " ".join(pages.texts[0].split())
    assert pages.texts[1:] == ("",)


def test_pages_beyond_the_bound_are_blind(scanned, monkeypatch):
    monkeypatch.setattr(ocr, "MOST_PAGES", 1)
    pages = ocr.read("tiff", saved(scanned, "TIFF", save_all=True, append_images=[scanned]))
    assert (len(pages.texts), pages.blind) == (2, frozenset({2}))


def test_no_time_left_leaves_every_page_blind(scanned, monkeypatch):
    monkeypatch.setattr(ocr, "MOST_SECONDS", 0)
    pages = ocr.read("png", saved(scanned, "PNG"))
    assert (pages.blind, pages.searchable) == (frozenset({1}), False)


def test_pictures_too_large_or_broken_are_refused(scanned, monkeypatch):
    good = saved(scanned, "PNG")
    with pytest.raises(NoTextError) as refused:
        ocr.read("png", good[:100])
    assert refused.value.why is Why.DAMAGED
    monkeypatch.setattr(ocr, "MOST_PIXELS", 1_000)
    with pytest.raises(NoTextError) as refused:
        ocr.read("png", good)
    assert refused.value.why is Why.TOO_LARGE


def test_without_the_language_or_the_program_nothing_is_read(scanned):
    assert ocr.read("png", saved(scanned, "PNG"), languages=("tundmatu",)) is None
    assert ocr.read("mp4", b"x") is None
    assert not ocr.available(("tundmatu",))
