"""Whether a document made from an own template shows its marks: looked for in what was made, not in the template."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from kaasav.language import N_
from kaasav.problems import Location, Refused, error

WITHOUT = error(
    "template-without-marks",
    N_("the document does not show what the field “marks” holds: {marks}"),
    N_("without it nobody sees that this is not the real thing: put “marks” where it is read first, as text"),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_NOT_SHOWN = frozenset({"head", "script", "style", "template", "noscript"})
_BETWEEN = re.compile("[\\s\\x00-\\x1f\xad\u200b-\u200f\u2060\ufffe\ufeff-]+")
"""What may come between the letters of a word in a file: line ends, hyphens, what extraction makes of them."""


def require(content: bytes, ending: str, data: Mapping[str, Any], shown: str) -> None:
    """See that each mark in ``data`` stands in the text of what was made.

    Args:
        content: the document.
        ending: ``pdf``, ``docx`` or ``html``.
        data: what the template got; ``marks`` are texts, or groups with a ``text`` that begins with the mark.
        shown: how problems name the template.

    Raises:
        Refused: one is missing (`WITHOUT`).
    """
    marks = [_mark(one) for one in data.get("marks", ())]
    if not marks:
        return
    text = _squeezed(TEXTS[ending](content))
    missing = [one for one in marks if _squeezed(one) not in text]
    if missing:
        raise Refused([WITHOUT.at(Location(shown), marks=", ".join(missing))])


def _mark(one: Any) -> str:
    return str(one["text"] if isinstance(one, Mapping) else one).split(" – ")[0]


def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", text)


def pdf_text(content: bytes) -> str:
    """The text of every page."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _docx_text(content: bytes) -> str:
    """The text of a Word file's pages, headers and footers; what Word hides is left out."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [file.read(name) for name in file.namelist() if _SHOWN_PARTS.fullmatch(name)]
    return "\n".join("".join(_runs(etree.fromstring(part, parser))) for part in parts)


def _runs(tree: Any) -> Iterator[str]:
    for run in tree.iter(f"{_W}r"):
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        if hidden is None or hidden.get(f"{_W}val") in ("0", "false", "off"):
            yield from (one.text or "" for one in run.findall(f"{_W}t"))


class _Shown(HTMLParser):
    """Gathers what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_SHOWN:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[self._inside.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.texts.append(data)


def _html_text(content: bytes) -> str:
    page = _Shown()
    page.feed(content.decode("utf-8"))
    page.close()
    return "".join(page.texts)


TEXTS: Mapping[str, Callable[[bytes], str]] = {"pdf": pdf_text, "docx": _docx_text, "html": _html_text}
"""How the text of each format is read."""
