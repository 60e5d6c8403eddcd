"""PDF: the text of every page, and which pages are pictures only."""

import ctypes
import datetime
import itertools
import re

import pypdfium2
from pypdfium2 import raw

from kaasav.evidence.text.pages import MOST_PAGES, Gathered, NoTextError, Pages, Why, iso_date

FEW_SIGNS = 16
"""A page with fewer letters and digits than this (a stamp, a page number) has nearly no text."""
_SAMPLE = 400
_MOST_OBJECTS = 2_000
_MANY_SHAPES = 100
_END_WITHIN = 2_048

_SIGN = re.compile(r"[^\W_]")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")


def read(data: bytes) -> Pages:
    """The text of every page; pages that show a picture and nearly no text are blind.

    Raises:
        NoTextError: ENCRYPTED if a password is needed to open it (one needed only to change it is not asked);
            DAMAGED, detail ``truncated`` where the end is missing; TOO_LARGE beyond `MOST_PAGES` pages.
    """
    if b"%%EOF" not in data[-_END_WITHIN:] and b"%%EOF" not in data.rstrip(b"\0\r\n\t ")[-_END_WITHIN:]:
        raise NoTextError(Why.DAMAGED, "truncated")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise NoTextError(Why.ENCRYPTED if locked else Why.DAMAGED) from error
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Pages:
    count = len(document)
    if not count:
        raise NoTextError(Why.DAMAGED, "no-pages")
    if count > MOST_PAGES:
        raise NoTextError(Why.TOO_LARGE)
    gathered, texts, blind = Gathered(), [], set()
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            texts.append("")
            blind.add(index + 1)
            continue
        texts.append(gathered.count(_text(page)))
        if _few_signs(texts[-1]) and _is_picture(page):
            blind.add(index + 1)
        page.close()
    readable = any(text.strip() for number, text in enumerate(texts, start=1) if number not in blind)
    return Pages(tuple(texts), True, _created(document), frozenset(blind), readable)


def _text(page: pypdfium2.PdfPage) -> str:
    """All text of the page; pdfium writes U+FFFE for a hyphen at a line's end."""
    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        return ""
    try:
        room = 2 * max(raw.FPDFText_CountChars(textpage), 0) + 2
        units = (ctypes.c_ushort * room)()
        written = raw.FPDFText_GetText(textpage, 0, room - 1, units)
        return bytes(memoryview(units)[: max(written - 1, 0)]).decode("utf-16-le", errors="replace")
    finally:
        raw.FPDFText_ClosePage(textpage)


def _few_signs(text: str) -> bool:
    """Nearly no text, or text whose letters have no meaning (a font that does not say what its signs are)."""
    sample = text[:_SAMPLE]
    signs = len(_SIGN.findall(sample))
    return signs < FEW_SIGNS or signs * 3 < len("".join(sample.split()))


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether images cover at least half of the page, or it is drawn of many shapes (letters turned into outlines)."""
    whole = page.get_width() * page.get_height()
    covered, shapes = 0.0, 0
    for thing in itertools.islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered += (right - left) * (top - bottom)
        elif thing.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT):
            shapes += 1
    return covered * 2 >= whole or shapes >= _MANY_SHAPES


def _created(document: pypdfium2.PdfDocument) -> datetime.date | None:
    found = _DATE.match(document.get_metadata_value("CreationDate"))
    return iso_date("-".join(found.groups())) if found else None
