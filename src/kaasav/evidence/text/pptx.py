"""PowerPoint presentations: slides as pages; notes, comments, charts and drawn diagrams are not read."""

import re

from kaasav.evidence.text.package import Package, Silent
from kaasav.evidence.text.pages import MOST_PAGES, Gathered, NoTextError, Pages, Why

_MAIN = ("presentation.main+xml", "slideshow.main+xml", "template.main+xml", "macroEnabled.main+xml")
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_TEXT_SPACES = ("http://schemas.openxmlformats.org/drawingml/2006/main ", "http://purl.oclc.org/ooxml/drawingml/main ")
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_SIGN = re.compile(r"[^\W_]")
_FEW_SIGNS = 16


def read(data: bytes) -> Pages:
    """One text per slide, in the order they are shown; a slide of a picture and nearly no text is blind.

    Raises:
        NoTextError: see `Package`; TOO_LARGE beyond `MOST_PAGES` slides.
    """
    package = Package(data)
    main = package.parts(*_MAIN)
    if not main:
        raise NoTextError(Why.DAMAGED)
    show = _Show()
    package.parse(main[0], show)
    if len(show.slides) > MOST_PAGES:
        raise NoTextError(Why.TOO_LARGE)
    where, known = package.related(main[0]), set(package.parts(".slide+xml"))
    gathered, texts, blind = Gathered(), [], set()
    for number, key in enumerate(show.slides, start=1):
        slide = _Slide(gathered)
        if where.get(key, "") in known:
            package.parse(where[key], slide)
        texts.append("".join(slide.pieces))
        if slide.pictures and len(_SIGN.findall(texts[-1])) < _FEW_SIGNS:
            blind.add(number)
    return Pages(tuple(texts), True, package.created(), frozenset(blind), len(blind) < max(len(texts), 1))


class _Show(Silent):
    def __init__(self) -> None:
        self.slides: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sldId"):
            self.slides.append(next((attributes[key] for key in _IDS if key in attributes), ""))


class _Slide(Silent):
    def __init__(self, gathered: Gathered) -> None:
        self.pieces: list[str] = []
        self.pictures = False
        self._gathered = gathered
        self._in_text = False
        self._skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name == _FALLBACK:
            self._skipping += 1
        elif name.startswith(_TEXT_SPACES):
            local = name.rpartition(" ")[2]
            self._in_text = local == "t"
            if local == "br":
                self.pieces.append("\n")
            self.pictures = self.pictures or local == "blip"
        elif name.endswith(" pic"):
            self.pictures = True

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        self._in_text = False
        if name.startswith(_TEXT_SPACES) and name.endswith((" p", " tc")):
            self.pieces.append("\n" if name.endswith(" p") else "\t")

    def text(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self.pieces.append(self._gathered.count(data))
