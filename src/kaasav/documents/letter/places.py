"""Where text stands in a Word template: every paragraph with its place as people would look for it."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from kaasav.language import N_, _
from kaasav.problems import Location, Refused, error

NOT_WORD = error("template-not-word", N_("this is no Word file (.docx)"), N_("save it in Word as .docx"))
TOO_LARGE = error("template-too-large", N_("the template unpacks to far more than any letter holds"))
MACROS = error("template-macros", N_("the template holds macros"), N_("save it in Word as .docx, without macros"))
LINKED = error(
    "template-linked",
    N_("the template takes in something from outside: {target}"),
    N_("put the picture or style into the file itself; links in the text may stay"),
)
MOST_UNPACKED = 32 * 1024 * 1024
MOST_PARTS = 500
DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError, RuntimeError,
           etree.XMLSyntaxError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: the part it stands in, its place in words, and its text."""

    part: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Located:
    """A template people know as ``shown``, and its paragraphs."""

    shown: str
    paragraphs: tuple[Paragraph, ...]

    def at(self, paragraph: Paragraph | None) -> Location:
        """The place of ``paragraph`` as problems show it; None: the file."""
        return Location(f"{self.shown}, {paragraph.place}" if paragraph else self.shown)


def read(content: bytes, shown: str) -> Located:
    """The paragraphs of the body, then of headers, footers and notes.

    Raises:
        Refused: it is no Word file, holds macros, takes in something from outside, or unpacks to too much.
    """
    here = Location(shown)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise Refused([TOO_LARGE.at(here)])
            names = opened.namelist()
            if DOCUMENT not in names:
                raise Refused([NOT_WORD.at(here)])
            if any(name.casefold().endswith("vbaproject.bin") for name in names):
                raise Refused([MACROS.at(here)])
            for name in names:
                if name.endswith(".rels"):
                    _refuse_outside(_parsed(opened.read(name)), here)
            parts = [name for name in names if _holds_text(name)]
            found = [one for part in parts for one in _paragraphs(_parsed(opened.read(part)), part)]
    except _BROKEN:
        raise Refused([NOT_WORD.at(here)]) from None
    return Located(shown, tuple(found))


def _holds_text(name: str) -> bool:
    stem = name.removeprefix("word/").removesuffix(".xml")
    return name == DOCUMENT or (
        name.startswith("word/") and stem.rstrip("0123456789") in ("header", "footer", "footnotes")
    )


def _parsed(content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content:
        raise ValueError
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _refuse_outside(relations: etree._Element, here: Location) -> None:
    for one in relations:
        if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink"):
            raise Refused([LINKED.at(here, target=one.get("Target", ""))])


def _paragraphs(root: etree._Element, part: str) -> list[Paragraph]:
    found, number = [], 0
    for one in root.iter(f"{_W}p"):
        number += next(one.iterancestors(f"{_W}tc"), None) is None  # those in tables are named by their cell
        found.append(Paragraph(part, _place(one, number, part), _text(one)))
    return found


def _text(paragraph: etree._Element) -> str:
    """Its own text, without that of paragraphs in text boxes inside it."""
    return "".join(
        one.text or "" for one in paragraph.iter(f"{_W}t") if next(one.iterancestors(f"{_W}p"), None) is paragraph
    ).replace("\n", " ")


def _place(paragraph: etree._Element, number: int, part: str) -> str:
    """Such as “table 1, row 2, cell 3” or “paragraph 7”; with what part of the page it is where not the body."""
    where = {"header": _("header"), "footer": _("footer"), "footnotes": _("footnotes")}
    stem = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    before = f"{where[stem]}, " if stem in where else ""
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    if cell is None:
        return before + _("paragraph {number}").format(number=number)
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(row.iterancestors(f"{_W}tbl"))
    return before + _("table {table}, row {row}, cell {cell}").format(
        table=1 + sum(1 for _one in table.itersiblings(f"{_W}tbl", preceding=True)),
        row=1 + sum(1 for _one in row.itersiblings(f"{_W}tr", preceding=True)),
        cell=1 + sum(1 for _one in cell.itersiblings(f"{_W}tc", preceding=True)),
    )
