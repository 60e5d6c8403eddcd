"""Word documents of 1997–2003 (MS-DOC) and, where they are saved whole, of Word 6 and 95."""

import bisect
import re
import struct
from collections.abc import Iterator

from kaasav.evidence.text.ole import Compound
from kaasav.evidence.text.pages import Gathered, NoTextError, Pages, Why

MOST_PIECES = 1_000_000

_IDENT = 0xA5EC
_IDENT_95 = 0xA5DC
_ENCRYPTED, _TABLE_1, _COMPLEX = 0x0100, 0x0200, 0x0004
_MAIN, _FOOTNOTES, _HEADERS, _COMMENTS, _ENDNOTES, _BOXES, _HEADER_BOXES = range(7)
_LENGTHS = (0x4C, 0x50, 0x54, 0x5C, 0x60, 0x64, 0x68)  # of the stories, in this order, in the FibRgLw97
_CLX, _RUNS = 0x01A2, 0x00FA
_PAGE = 512
_DELETED = 0x0800
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_FIELD_BEGINS, _FIELD_ENDS = "\x13", "\x15"
_FIELD = re.compile("[\x13\x14\x15]")
_SIGNS = str.maketrans({
    "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x0d": "\n", "\x1e": "\u2011", "\x1f": "\u00ad",
    **dict.fromkeys(map(chr, (0, 1, 2, 3, 4, 5, 6, 8)), ""),
})  # fmt: skip
_BALTIC = (0x0425, 0x0426, 0x0427)


def read(data: bytes) -> Pages:
    """One text: body, text boxes, headers and footers, foot- and endnotes; no tracked deletions and no comments.

    Raises:
        NoTextError: DAMAGED; ENCRYPTED.
    """
    file = Compound(data)
    main = file.stream("WordDocument")
    if main is None or len(main) < 0x20:
        raise NoTextError(Why.DAMAGED)
    ident, _version, _product, language, _next, flags = struct.unpack_from("<6H", main)
    if flags & _ENCRYPTED:
        raise NoTextError(Why.ENCRYPTED)
    if ident == _IDENT_95:
        return _old(main, flags, language)
    table = file.stream("1Table" if flags & _TABLE_1 else "0Table")
    if ident != _IDENT or table is None or len(main) < _CLX + 8:
        raise NoTextError(Why.DAMAGED)
    pieces = list(_pieces(_part(main, table, _CLX)))
    deleted = _Ranges(_deleted(main, table))
    gathered = Gathered()
    lengths = [struct.unpack_from("<i", main, at)[0] for at in _LENGTHS]
    whole = "".join(gathered.count(text) for text in _texts(pieces, main, deleted))
    return Pages((_shown(_stories(whole, lengths)),), paged=False)


def _old(main: bytes, flags: int, language: int) -> Pages:
    if flags & _COMPLEX:
        raise NoTextError(Why.TOO_LARGE)  # saved in pieces in a way this reader does not know: a person has to look
    start, end = struct.unpack_from("<II", main, 0x18)
    text = main[start:end].decode("cp1257" if language in _BALTIC else "cp1252", errors="replace")
    return Pages((_shown(Gathered().count(text)),), paged=False)


def _part(main: bytes, table: bytes, at: int) -> bytes:
    start, size = struct.unpack_from("<II", main, at)
    return table[start : start + size]


def _pieces(clx: bytes) -> Iterator[tuple[int, int, bool]]:
    """Each piece of the text: where it stands in the stream, how many characters, whether of one byte each."""
    at = 0
    while clx[at : at + 1] == b"\x01":
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at : at + 1] != b"\x02":
        raise NoTextError(Why.DAMAGED)
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    if count < 1 or count > MOST_PIECES:
        raise NoTextError(Why.DAMAGED)
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        where: int = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        length = positions[index + 1] - positions[index]
        if length < 0:
            raise NoTextError(Why.DAMAGED)
        narrow = bool(where & 0x40000000)
        start = where & 0x3FFFFFFF
        yield (start // 2 if narrow else start), length, narrow


class _Ranges:
    """Stretches of the stream, in order, each with its end."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)

    def outside(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of start…end that lie in none of them."""
        at = max(bisect.bisect(self._ranges, (start,)) - 1, 0)
        for index in range(at, len(self._ranges)):
            begin, until = self._ranges[index]
            if begin >= end:
                break
            if until <= start:
                continue
            if begin > start:
                yield start, begin
            start = until
        if start < end:
            yield start, end


def _texts(pieces: list[tuple[int, int, bool]], main: bytes, deleted: _Ranges) -> Iterator[str]:
    """The pieces' text; what is deleted is replaced by zeros, so that the stories keep their lengths."""
    read = 0
    for start, length, narrow in pieces:
        width = 1 if narrow else 2
        size = min(length * width, max(len(main) - start, 0))
        read += size
        if read > 4 * len(main) + 1_024:  # pieces that show the same bytes again and again
            raise NoTextError(Why.BOMB, "zip-bomb")
        content = bytearray(size)
        for begin, end in deleted.outside(start, start + size):
            content[begin - start : end - start] = main[begin:end]
        yield content.decode("cp1252" if narrow else "utf-16-le", errors="replace")


def _deleted(main: bytes, table: bytes) -> list[tuple[int, int]]:
    """Where characters stand that are tracked as deleted: from the pages of character properties."""
    plc = _part(main, table, _RUNS)
    count = (len(plc) - 4) // 8
    found: list[tuple[int, int]] = []
    for index in range(min(max(count, 0), len(main) // _PAGE)):
        number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE or 5 * page[-1] + 5 > _PAGE:
            continue
        runs = page[-1]
        ends = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            at = 2 * page[4 * (runs + 1) + run]
            if at and ends[run] < ends[run + 1] and _is_deleted(page[at + 1 : at + 1 + page[at]]):
                found.append((ends[run], ends[run + 1]))
    return found


def _is_deleted(properties: bytes) -> bool:
    at, deleted = 0, False
    while at + 3 <= len(properties):
        code = struct.unpack_from("<H", properties, at)[0]
        if code == _DELETED:
            deleted = properties[at + 2] == 1
        size = _OPERAND.get(code >> 13)
        at += 2 + (properties[at + 2] + 1 if size is None else size)
    return deleted


def _stories(whole: str, lengths: list[int]) -> str:
    """The stories one after another, comments left out."""
    texts, at = [], 0
    for story, length in enumerate(lengths):
        text = whole[at : at + max(length, 0)]
        at += max(length, 0)
        if story != _COMMENTS:
            texts.append(text)
    return "\n".join([*texts, whole[at:]])


def _shown(text: str) -> str:
    """The text people see: of a field its result and not its instruction."""
    pieces: list[str] = []
    fields: list[bool] = []  # for each open one: whether its instruction is being read, which nobody sees
    hidden = start = 0
    for sign in _FIELD.finditer(text):
        if not hidden:
            pieces.append(text[start : sign.start()])
        start = sign.end()
        if sign[0] == _FIELD_BEGINS:
            fields.append(True)
            hidden += 1
        elif fields:
            hidden -= fields[-1]
            fields[-1] = False
            if sign[0] == _FIELD_ENDS:
                fields.pop()
    if not hidden:
        pieces.append(text[start:])
    return "".join(pieces).translate(_SIGNS)
