"""Text read off pictures of pages, by Tesseract where it is installed (the optional extra ``ocr``).

What it finds helps people to find a place; it proves nothing: another version may read another text. Nothing here is
used by `kaasav.evidence.look`.
"""

import functools
import io
import time
from collections.abc import Iterator, Sequence
from typing import Any

from kaasav.evidence.text.pages import NoTextError, Pages, Why

KINDS = frozenset({"pdf", "jpeg", "png", "tiff", "webp", "bmp", "gif"})
"""The types of file, as `filetype.identify` names them, that can be read (HEIC needs a decoder nobody has to have)."""
MOST_PAGES = 60
MOST_SECONDS = 240
MOST_SECONDS_A_PAGE = 60
MOST_PIXELS = 40_000_000
"""Larger pictures are not opened: a small file can state any size."""

_DPI = 300
_POINTS = 72
_LONGEST_SIDE = 5_000


@functools.cache
def available(languages: tuple[str, ...] = ()) -> bool:
    """Whether Tesseract, what is needed to call it, and these ``languages`` (such as ``est``) are installed."""
    try:
        import PIL  # noqa: F401 (only whether it is there is asked)
        import pytesseract

        return set(languages) <= set(pytesseract.get_languages())
    except Exception:  # not installed, or not to be run
        return False


def read(kind: str, data: bytes, languages: Sequence[str] = ("est", "eng")) -> Pages | None:
    """What can be read off the pages of ``data``, a whole file of type ``kind``.

    Pages beyond `MOST_PAGES`, and those there was no time for, are blind and empty. None where the type cannot be read,
    or nothing needed is installed.

    Args:
        kind: one of `KINDS`.
        data: the file.
        languages: as Tesseract names them; those that are not installed are left out.

    Raises:
        NoTextError: and nothing else, whatever the bytes are.
    """
    usable = [language for language in languages if available((language,))]
    if kind not in KINDS or not usable:
        return None
    try:
        return _read(_pages_of_pdf(data) if kind == "pdf" else _pages_of_picture(data), "+".join(usable))
    except NoTextError:
        raise
    except Exception as error:
        raise NoTextError(Why.DAMAGED) from error


def _read(images: Iterator[Any], languages: str) -> Pages:
    import pytesseract

    texts: list[str] = []
    blind: set[int] = set()
    until = time.monotonic() + MOST_SECONDS
    for number, image in enumerate(images, start=1):
        left = until - time.monotonic()
        text = ""
        if image is not None and number <= MOST_PAGES and left > 1:
            try:
                text = pytesseract.image_to_string(image, lang=languages, timeout=min(left, MOST_SECONDS_A_PAGE))
            except RuntimeError:  # it took too long
                blind.add(number)
        else:
            blind.add(number)
        texts.append(text)
    if not texts:
        raise NoTextError(Why.DAMAGED, "no-pages")
    return Pages(tuple(texts), paged=True, blind=frozenset(blind), searchable=any(text.strip() for text in texts))


def _pages_of_pdf(data: bytes) -> Iterator[Any]:
    import pypdfium2

    from kaasav.evidence.text.pages import MOST_PAGES as MOST_PAGES_OF_PDF

    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > MOST_PAGES_OF_PDF:
            raise NoTextError(Why.TOO_LARGE)
        for index in range(len(document)):
            yield _rendered(document, index) if index < MOST_PAGES else None
    finally:
        document.close()


def _rendered(document: Any, index: int) -> Any:
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return None
    longest = max(page.get_width(), page.get_height(), 1)
    bitmap = page.render(scale=min(_DPI / _POINTS, _LONGEST_SIDE / longest), grayscale=True)
    page.close()
    return bitmap.to_pil()


def _pages_of_picture(data: bytes) -> Iterator[Any]:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NoTextError(Why.TOO_LARGE)
        for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
            yield _upright(ImageOps, frame) if number <= MOST_PAGES else None
            if number > MOST_PAGES * 10 or picture.format == "GIF":  # of a moving picture, the first is enough
                break


def _upright(ops: Any, frame: Any) -> Any:
    """The frame as it was taken, in grey, no side longer than is useful."""
    shown = ops.exif_transpose(frame).convert("L")
    shown.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return shown
