"""Zip packages of XML parts (Office Open XML, OpenDocument), opened within bounds.

No bomb unpacks, no entity is ever expanded.
"""

import datetime
import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from kaasav.evidence.text.pages import NoTextError, Why, iso_date

MOST_ENTRIES = 20_000
MOST_UNPACKED = 128 * 1024 * 1024
"""Bytes all parts that are read may unpack to, together."""
FREELY_UNPACKED = 4 * 1024 * 1024
MOST_RATIO = 200
"""Beyond `FREELY_UNPACKED`, a part may not unpack to more than this many times its size (deflate reaches 1,032)."""

_BLOCK = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Office may use; others do not unpack in bounded steps
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types "
_CREATED = "http://purl.org/dc/terms/ created"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, NotImplementedError, OSError)


class Handler(Protocol):
    """What is told of an XML part while it is read; names are ``namespace local``."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters, in pieces of any length."""


def bounded_parser() -> expat.XMLParserType:
    """A parser that gives names as ``namespace local``, text in blocks, and refuses document types.

    None of the formats read here may declare one (ECMA-376 part 2, OpenDocument part 2, DIGIDOC-XML), and only they
    can declare entities. It raises `NoTextError` (BOMB, ``entities``).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


class Parts:
    """A zip file of XML parts.

    Raises:
        NoTextError: DAMAGED if it is no zip; BOMB (detail ``zip-bomb`` or ``entities``) beyond the bounds above; also
            from every method.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > MOST_ENTRIES:  # before the directory is read: each entry becomes an object
            raise NoTextError(Why.BOMB, "zip-bomb")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise NoTextError(Why.DAMAGED) from error
        self._left = MOST_UNPACKED

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def parse(self, part: str, handler: Handler) -> None:
        """Read ``part`` in blocks, telling ``handler`` of it; nothing is kept."""
        parser = bounded_parser()
        parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
        parser.CharacterDataHandler = handler.text
        try:
            info = self._zip.getinfo(part)
            if info.flag_bits & 1:
                raise NoTextError(Why.ENCRYPTED)
            if info.compress_type not in _METHODS:
                raise NoTextError(Why.DAMAGED)
            if info.file_size > min(self._left, _allowed(info.compress_size)):  # stated; what lies is found while read
                raise NoTextError(Why.BOMB, "zip-bomb")
            with self._zip.open(info) as stream:
                self._feed(parser, stream.read, info.compress_size)
        except _BROKEN as error:
            raise NoTextError(Why.DAMAGED) from error

    def _feed(self, parser: expat.XMLParserType, read: Callable[[int], bytes], packed: int) -> None:
        allowed = _allowed(packed)
        while block := read(_BLOCK):
            self._left -= len(block)
            allowed -= len(block)
            if self._left < 0 or allowed < 0:
                raise NoTextError(Why.BOMB, "zip-bomb")
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _allowed(packed: int) -> int:
    return max(FREELY_UNPACKED, packed * MOST_RATIO)


class Package(Parts):
    """An Office Open XML file: which parts it has and what stands in them; raises as `Parts` does."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        types = _ContentTypes()
        self.parse("[Content_Types].xml", types)
        self._types = types.of_part

    def parts(self, *endings: str) -> list[str]:
        """The parts whose content type ends with one of ``endings``, in the package's order."""
        return [part for part, kind in self._types.items() if kind.endswith(endings)]

    def related(self, part: str) -> dict[str, str]:
        """Relationship id → name of the part it leads to, for ``part``; nothing outside the package."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = _Relationships()
        if rels in self:
            self.parse(rels, found)
        return {key: posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                for key, target in found.targets.items()}  # fmt: skip

    def created(self) -> datetime.date | None:
        """The date of creation in the document's own properties."""
        found = _Created()
        for part in self.parts(_CORE)[:1]:
            self.parse(part, found)
        return iso_date("".join(found.pieces))


def _refuse_doctype(*_: object) -> None:
    raise NoTextError(Why.BOMB, "entities")


class Silent:
    """A `Handler` to start from: does nothing."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters."""


class _ContentTypes(Silent):
    def __init__(self) -> None:
        self.of_part: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _CONTENT_TYPES + "Override":
            self.of_part[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")


class _Relationships(Silent):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _RELATIONSHIPS and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Created(Silent):
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._inside = name == _CREATED

    def end(self, name: str) -> None:
        self._inside = False

    def text(self, data: str) -> None:
        if self._inside:
            self.pieces.append(data)
