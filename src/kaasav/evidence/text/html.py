"""Web pages: the text a browser shows."""

import re
from typing import Any

from lxml import etree

from kaasav.evidence.text.pages import Gathered, NoTextError, Pages, Why, iso_date
from kaasav.evidence.text.plain import decode

MOST_BYTES = 32 * 1024 * 1024

_HIDDEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "select"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "label", "mark", "meta", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr"}
)  # fmt: skip
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DATES = frozenset(
    {"date", "dc.date", "dc.date.created", "dcterms.created", "dcterms.issued", "article:published_time"}
)
_WITHIN = 4_096


def read(data: bytes) -> Pages:
    """One text: no scripts, styles, templates or hidden elements; in the encoding the page declares.

    Raises:
        NoTextError: TOO_LARGE beyond `MOST_BYTES`.
    """
    return shown(data)


def shown(data: bytes, charset: str | None = None) -> Pages:
    """As `read`; ``charset`` is what somebody else, such as a mail, says of the page's encoding, and goes first."""
    if len(data) > MOST_BYTES:
        raise NoTextError(Why.TOO_LARGE)
    declared = _CHARSET.search(data[:_WITHIN])
    text = decode(data, charset or (declared[1].decode("ascii") if declared else None))
    gatherer = _Shown()
    target: Any = gatherer
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    for start in range(0, len(text), 1 << 20):
        parser.feed(text[start : start + (1 << 20)].encode("utf-8", errors="replace"))
    parser.close()
    return Pages(("".join(gatherer.pieces),), paged=False, created=iso_date(gatherer.date))


class _Shown:
    """Takes the parser's events as they come: no tree is built, however many elements there are."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.date = ""
        self._gathered = Gathered()
        self._hidden = 0

    def start(self, tag: str, attributes: Any) -> None:
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            if name.casefold() in _DATES:
                self.date = self.date or attributes.get("content", "")
        if self._hidden:
            self._hidden += tag not in _VOID
        elif tag not in _VOID and (tag in _HIDDEN or _is_hidden(attributes)):
            self._hidden = 1
        elif tag not in _INLINE:
            self.pieces.append("\t" if tag in ("td", "th") else "\n")

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= tag not in _VOID
        elif tag not in _INLINE and tag not in _VOID:
            self.pieces.append("\t" if tag in ("td", "th") else "\n")

    def data(self, text: str) -> None:
        if not self._hidden:
            self.pieces.append(self._gathered.count(text))

    def close(self) -> None:
        pass


def _is_hidden(attributes: Any) -> bool:
    return bool(attributes) and ("hidden" in attributes or bool(_NOT_SHOWN.search(attributes.get("style", ""))))
