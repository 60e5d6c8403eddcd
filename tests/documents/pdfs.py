"""What tests ask of a PDF: what is copied out of it, what a screen reader is told, what a checker says."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import page
import pikepdf
import pypdfium2
import zxingcpp


@dataclass(frozen=True)
class Element:
    """A structure element: its type, such as ``H1``, and its alternative text, if it has one."""

    kind: str
    alt: str


def copied(content: bytes) -> str:
    """The text of every page as a person copies it, its lines joined by single spaces."""
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(one.get_textpage().get_text_bounded() for one in pages).split())


def pages(content: bytes) -> int:
    """How many pages there are."""
    return len(pypdfium2.PdfDocument(content))


def failures(content: bytes) -> list[str]:
    """What keeps the file from being PDF/UA-1; nothing where it is."""
    report = page.validate_pdf_bytes(content, profile="ua-1")
    assert report.is_compliant == (not report.failures)
    return [failure.message for failure in report.failures]


def scanned(content: bytes, scale: float = 3) -> list[str]:
    """The texts of the QR codes on the first page, read from a picture of it."""
    picture = pypdfium2.PdfDocument(content)[0].render(scale=scale).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def about(content: bytes) -> dict[str, str]:
    """Language, title and author as the file states them."""
    with pikepdf.open(BytesIO(content)) as opened:
        return {
            "language": str(opened.Root.Lang),
            "title": str(opened.docinfo.Title),
            "author": str(opened.docinfo.Author),
        }


def elements(content: bytes) -> list[Element]:
    """Every structure element in reading order."""
    with pikepdf.open(BytesIO(content)) as opened:
        return list(_below(opened.Root.StructTreeRoot))


def fonts(content: bytes) -> dict[str, bool]:
    """The fonts of the first page by name, and whether each is inside the file."""
    found = {}
    with pikepdf.open(BytesIO(content)) as opened:
        for font in opened.pages[0].Resources.get("/Font", {}).values():
            described = font.DescendantFonts[0].FontDescriptor
            name = str(font.BaseFont).partition("+")[2].removesuffix("-Identity-H")
            found[name] = any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def _below(node: pikepdf.Object) -> Iterator[Element]:
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield Element(str(child.S).removeprefix("/"), str(child.get("/Alt", "")))
            yield from _below(child)
