"""Zipped workbooks, looked through before anything lays out their sheets.

Every part is unpacked once within bounds and looked at piece by piece. What was looked at is then put together anew,
its compressed bytes as they were: so the reader behind can neither see other parts than those nor unpack them to more.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kaasav.language import N_
from kaasav.problems import Location, Refused, error

MOST_ENTRIES = 4_000
MOST_UNPACKED = 384 * 1024 * 1024
FREELY_UNPACKED = 8 * 1024 * 1024
MOST_RATIO = 200
"""Beyond `FREELY_UNPACKED`, a part may not unpack to more than this many times its size (deflate reaches 1,032)."""
BLOCK = 512 * 1024
STEP = 32 * 1024

DAMAGED = error(
    "table-damaged",
    N_("the file is damaged or cut off, and cannot be read"),
    N_("get it again, or open it in a spreadsheet program and save it anew"),
)
BOMB = error(
    "table-bomb",
    N_("the file unpacks to far more than a table of survey results holds"),
    N_("copy the table alone into a new workbook"),
)
PASSWORD = error(
    "table-password", N_("the file is encrypted or needs a password"), N_("save it without a password first")
)

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name, and where its compressed bytes stand."""

    name: str
    info: zipfile.ZipInfo
    start: int


class Package:
    """A zipped workbook people know as ``shown``.

    Raises:
        Refused: it is damaged, encrypted, or more than a table of survey results is; also from `blocks`.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown, self._data, self._left = shown, data, MOST_UNPACKED
        self._seen: set[str] = set()
        if data.count(b"PK\x01\x02") > MOST_ENTRIES:  # before the directory is read: each entry becomes an object
            raise self.refused_as_bomb()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]
            self.parts = {entry.filename: self._part(entry) for entry in entries}
        except _BROKEN:
            raise self.refused_as_damaged() from None
        if len({name.casefold() for name in self.parts}) < len(entries):
            raise self.refused_as_damaged()

    def refused_as_bomb(self) -> Refused:
        """What to raise where the workbook is more than is bearable."""
        return Refused([BOMB.at(Location(self.shown))])

    def refused_as_damaged(self) -> Refused:
        """What to raise where the workbook cannot be read."""
        return Refused([DAMAGED.at(Location(self.shown))])

    def _part(self, entry: zipfile.ZipInfo) -> Part:
        if entry.flag_bits & 1:
            raise Refused([PASSWORD.at(Location(self.shown))])
        if entry.compress_type not in _METHODS:
            raise zipfile.BadZipFile
        at = entry.header_offset
        if self._data[at : at + 4] != b"PK\x03\x04":
            raise zipfile.BadZipFile
        name, extra = struct.unpack_from("<HH", self._data, at + 26)
        start = at + 30 + name + extra
        if start + entry.compress_size > len(self._data):
            raise EOFError
        return Part(entry.filename, entry, start)

    def blocks(self, name: str) -> Iterator[bytes]:
        """What ``name`` unpacks to, in pieces of at most `BLOCK` bytes."""
        part = self.parts[name]
        packed = memoryview(self._data)[part.start : part.start + part.info.compress_size]
        allowed = max(FREELY_UNPACKED, len(packed) * MOST_RATIO)
        checksum, counted = 0, name not in self._seen
        self._seen.add(name)
        try:
            for block in _inflated(packed) if part.info.compress_type else _stored(packed):
                self._left -= len(block) if counted else 0
                allowed -= len(block)
                if self._left < 0 or allowed < 0:
                    raise self.refused_as_bomb()
                checksum = zlib.crc32(block, checksum)
                yield block
        except _BROKEN:
            raise self.refused_as_damaged() from None
        if checksum != part.info.CRC:
            raise self.refused_as_damaged()

    def whole(self, name: str) -> bytes:
        """All that ``name`` unpacks to."""
        return b"".join(self.blocks(name))

    def only(self, names: list[str]) -> bytes:
        """A zip file of these parts alone, as they were packed."""
        out, directory = io.BytesIO(), io.BytesIO()
        for name in names:
            part, at = self.parts[name], out.tell()
            info, path = part.info, name.encode()
            sizes = (info.CRC, info.compress_size, info.file_size, len(path))
            out.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0x800, info.compress_type, 0, 0x21, *sizes, 0) + path)
            out.write(memoryview(self._data)[part.start : part.start + info.compress_size])
            head = (b"PK\x01\x02", 20, 20, 0x800, info.compress_type, 0, 0x21, *sizes, 0, 0, 0, 0, 0, at)
            directory.write(struct.pack("<4s6H3L5H2L", *head) + path)
        start, listed = out.tell(), directory.getvalue()
        end = (b"PK\x05\x06", 0, 0, len(names), len(names), len(listed), start, 0)
        out.write(listed + struct.pack("<4s4H2LH", *end))
        return out.getvalue()


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), STEP):
        rest: bytes | memoryview = packed[at : at + STEP]
        while rest and not inflate.eof:
            yield inflate.decompress(rest, BLOCK)
            rest = inflate.unconsumed_tail
    if not inflate.eof:
        raise EOFError


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), BLOCK):
        yield bytes(packed[at : at + BLOCK])
