"""Word documents: the text people see, whole: body, tables, text boxes, headers, footers, foot- and endnotes.

Read directly from the parts: python-docx leaves out text boxes, notes and content controls, and counts nothing as
deleted.
"""

from collections.abc import Callable

from kaasav.evidence.text.package import Package
from kaasav.evidence.text.pages import Gathered, NoTextError, Pages, Why

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math t"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_MAIN = (".document.main+xml", ".template.main+xml", "document.macroEnabled.main+xml", "template.macroEnabled.main+xml",
         "macroEnabledTemplate.main+xml")  # fmt: skip
_ASIDES = (".header+xml", ".footer+xml", ".footnotes+xml", ".endnotes+xml")
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def _word(*names: str) -> frozenset[str]:
    return frozenset(f"{space} {name}" for space in _NAMESPACES for name in names)


_TEXT = _word("t") | {_MATHS}
_PARAGRAPH = _word("p")
_GONE = _word("del", "moveFrom") | {_FALLBACK}
_BOX = _word("txbxContent")
_MARK = _word("pPr")
_SIGNS = {name: sign for local, sign in _CHARACTERS.items() for name in _word(local)}
_TABS = _word("tabs")


def read(data: bytes) -> Pages:
    """One text (pages are the printer's, not the file's); tracked deletions are not in it, insertions are.

    Numbers that Word generates in lists and headings stand in no part and are not found. Comments are not read.
    """
    package = Package(data)
    main = package.parts(*_MAIN)
    if not main:
        raise NoTextError(Why.DAMAGED)
    story = _Story(Gathered().count)
    for part in [*main, *package.parts(*_ASIDES)]:
        package.parse(part, story)
        story.finish()
    return Pages((story.whole(),), paged=False, created=package.created())


class _Story:
    """Gathers text; a text box is set apart, so that it does not interrupt the sentence it is anchored in."""

    def __init__(self, count: Callable[[str], str]) -> None:
        self._count = count
        self._done: list[str] = []
        self._open: list[list[str]] = [[]]
        self._boxes: list[str] = []
        self._skipping = 0
        self._in_text = False
        self._in_mark = False
        self._joined = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
        elif name in _TEXT:
            self._in_text = True
        elif name in _SIGNS:
            self._open[-1].append(self._count(_SIGNS[name]))
        elif name in _GONE:
            self._skipping = 1
            self._joined = self._joined or (self._in_mark and name != _FALLBACK)
        elif name in _MARK:
            self._in_mark = True
        elif name in _TABS:  # tab stops are set here, not typed
            self._skipping = 1
        elif name in _BOX:
            self._open.append([])

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name in _TEXT:
            self._in_text = False
        elif name in _MARK:
            self._in_mark = False
        elif name in _PARAGRAPH:
            if not self._joined:  # a deleted paragraph mark joins this paragraph to the next
                self._open[-1].append("\n")
            self._joined = False
        elif name in _BOX:
            self._boxes.append("".join(self._open.pop()))

    def text(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self._open[-1].append(self._count(data))

    def finish(self) -> None:
        """The part has ended: its text, then that of its text boxes."""
        self._done += ["".join(self._open[0]), *self._boxes]
        self._open, self._boxes = [[]], []

    def whole(self) -> str:
        """Everything gathered."""
        return "\n".join(self._done)
