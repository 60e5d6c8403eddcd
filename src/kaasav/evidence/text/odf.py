"""OpenDocument (ISO/IEC 26300): texts whole; visible sheets of a spreadsheet and slides of a presentation as pages."""

import re
from collections.abc import Callable

from kaasav.evidence.text.package import Parts, Silent
from kaasav.evidence.text.pages import MOST_PAGES, Gathered, NoTextError, Pages, Why, iso_date

MOST_REPEATED = 16
"""A cell repeated more often than this stands so many times in the text."""

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_SPACE}{long}:1.0": short
    for long, short in (("text", "text"), ("table", "table"), ("drawing", "draw"), ("office", "office"),
                        ("style", "style"), ("presentation", "presentation"), ("meta", "meta"),
                        ("manifest", "manifest"))
}  # fmt: skip
_LEFT_OUT = frozenset({"text:tracked-changes", "office:annotation", "text:note-citation", "presentation:notes",
                       "text:index-title-template", "text:table-of-content-source", "office:forms"})  # fmt: skip
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_ASIDES = frozenset({"draw:text-box", "text:note-body", "draw:custom-shape"})
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_PAGES = frozenset({"table:table", "draw:page"})
_SIGN = re.compile(r"[^\W_]")
_FEW_SIGNS = 16


def read(data: bytes) -> Pages:
    """A text document as one text, headers and footers of its pages included; tracked deletions are not in it."""
    return _read(data, paged=False)


def read_pages(data: bytes) -> Pages:
    """One text per visible sheet or per slide, in their order; notes and comments are not read.

    A slide of a picture and nearly no text is blind.

    Raises:
        NoTextError: see `Parts`; ENCRYPTED; TOO_LARGE beyond `MOST_PAGES`.
    """
    return _read(data, paged=True)


def _read(data: bytes, *, paged: bool) -> Pages:
    parts = Parts(data)
    if "META-INF/manifest.xml" in parts:
        manifest = _Manifest()
        parts.parse("META-INF/manifest.xml", manifest)
        if manifest.encrypted:
            raise NoTextError(Why.ENCRYPTED)
    story = _Story(Gathered().count, paged=paged)
    parts.parse("content.xml", story)
    if not paged and "styles.xml" in parts:
        parts.parse("styles.xml", story)
    meta = _Meta()
    if "meta.xml" in parts:
        parts.parse("meta.xml", meta)
    texts = tuple(story.pages) if paged else ("".join(story.pages),)
    if not texts:
        raise NoTextError(Why.DAMAGED, "no-pages")
    blind = frozenset(story.blind)
    return Pages(texts, paged, iso_date("".join(meta.pieces)), blind, not blind or len(blind) < len(texts))


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def _shorts(attributes: dict[str, str]) -> dict[str, str]:
    return {_short(name): value for name, value in attributes.items()}


class _Manifest(Silent):
    encrypted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted = self.encrypted or _short(name) == "manifest:encryption-data"


class _Meta(Silent):
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._inside = _short(name) == "meta:creation-date"

    def end(self, name: str) -> None:
        self._inside = False

    def text(self, data: str) -> None:
        if self._inside:
            self.pieces.append(data)


class _Story(Silent):
    """Gathers text; what is anchored in a sentence (a box, a note) is set apart, so that it does not interrupt it."""

    def __init__(self, count: Callable[[str], str], *, paged: bool) -> None:
        self.pages: list[str] = [] if paged else [""]
        self.blind: set[int] = set()
        self._count, self._paged = count, paged
        self._open: list[list[str]] = [[]]
        self._boxes: list[str] = []
        self._paragraphs = [0]
        self._skipping = 0
        self._nested = 0
        self._hidden: set[str] = set()
        self._style = ""
        self._cells: list[tuple[int, int]] = []
        self._picture = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = _short(name)
        if self._skipping or short in _LEFT_OUT or (short in _PAGES and self._page_begins(_shorts(attributes))):
            self._skipping += 1
        elif short in _PARAGRAPHS:
            self._paragraphs[-1] += 1
        elif short == "text:s":
            self._add(" " * min(_number(_shorts(attributes).get("text:c")), 100))
        elif short in _SIGNS:
            self._add(_SIGNS[short])
        elif short in _ASIDES:
            self._open.append([])
            self._paragraphs.append(0)
        elif short == "table:table-cell":
            repeated = min(_number(_shorts(attributes).get("table:number-columns-repeated")), MOST_REPEATED)
            self._cells.append((len(self._open[-1]), repeated))
        elif short == "draw:image":
            self._picture = True
        elif short == "style:style":
            self._style = _shorts(attributes).get("style:name", "")
        elif short == "style:table-properties" and _shorts(attributes).get("table:display") == "false":
            self._hidden.add(self._style)

    def end(self, name: str) -> None:
        short = _short(name)
        if self._skipping:
            self._skipping -= 1
        elif short in _PARAGRAPHS:
            self._paragraphs[-1] -= 1
            self._open[-1].append("\n")
        elif short in _ASIDES:
            self._paragraphs.pop()
            self._boxes.append("".join(self._open.pop()))
        elif short == "table:table-cell":
            self._cell_ends()
        elif short == "table:table-row":
            self._open[-1].append("\n")
        elif short in _PAGES:
            self._nested -= 1
            if not self._nested:
                self._page_ends(slide=short == "draw:page")
        elif short in ("office:body", "office:master-styles") and not self._paged:
            self._page_ends()

    def text(self, data: str) -> None:
        if self._paragraphs[-1] and not self._skipping:
            self._open[-1].append(self._count(data))

    def _add(self, text: str) -> None:
        if self._paragraphs[-1]:
            self._open[-1].append(self._count(text))

    def _cell_ends(self) -> None:
        start, repeated = self._cells.pop()
        shown = "".join(self._open[-1][start:]).rstrip("\n")
        del self._open[-1][start:]
        self._open[-1] += [shown + "\t"] * (repeated if shown else 1)
        if repeated > 1:
            self._count(shown * (repeated - 1))

    def _page_begins(self, attributes: dict[str, str]) -> bool:
        """Whether the sheet or slide that begins is hidden, and so no page."""
        if self._paged and not self._nested and attributes.get("table:style-name", "") in self._hidden:
            return True
        self._nested += 1
        return False

    def _page_ends(self, *, slide: bool = False) -> None:
        whole = "\n".join(["".join(self._open[0]), *self._boxes])
        if not self._paged:
            self.pages[0] += whole
        elif len(self.pages) >= MOST_PAGES:
            raise NoTextError(Why.TOO_LARGE)
        else:
            self.pages.append(whole)
            if slide and self._picture and len(_SIGN.findall(whole)) < _FEW_SIGNS:
                self.blind.add(len(self.pages))
            self._picture = False
        self._open[0], self._boxes = [], []


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) < 10 else 1
