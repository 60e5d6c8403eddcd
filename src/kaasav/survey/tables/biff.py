"""Older Excel workbooks (.xls): how far their sheets reach, told from their records before a reader lays them out.

Source: [MS-XLS].
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kaasav.survey.tables.compound import Damaged, compound, streams

_CELLS = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0003, 0x0002, 0x0004, 0x0005})
_MANY = frozenset({0x00BD, 0x00BE})  # one record for several cells of a row
_BEGIN, _DIMENSIONS, _PASSWORD, _SHEET = 0x0809, 0x0200, 0x002F, 0x0085
_STRINGS, _CONTINUED, _SHARED = 0x00FC, 0x003C, 0x00FD


class Encrypted(Exception):
    """It needs a password, or holds an encrypted newer workbook."""


@dataclass(frozen=True, slots=True)
class Old:
    """An older workbook: the cells its sheets span, the text they show, both at most; and a clean file of it alone."""

    cells: int
    text: int
    data: bytes


def look(data: bytes) -> Old:
    """Look through the older workbook ``data``.

    Raises:
        Damaged: it cannot be read. Encrypted: it needs a password.
    """
    found = streams(data)
    if "EncryptedPackage" in found:
        raise Encrypted
    name = "Workbook" if "Workbook" in found else "Book"
    if name not in found:
        raise Damaged
    stream = bytearray(found[name])
    cells, text = _reach(stream)
    return Old(cells, text, compound(name, bytes(stream)))


def _reach(stream: bytearray) -> tuple[int, int]:
    """How many cells, and how much text; what a reader would set memory aside by without looking is put right."""
    cells = rows = columns = shared = 0
    strings: list[bytes] = []
    before = 0
    for at, recorded, body in _records(stream):
        kind = _STRINGS if recorded == _CONTINUED and before == _STRINGS else recorded
        if kind == _PASSWORD:
            raise Encrypted
        if kind == _STRINGS:
            strings.append(body)
        elif kind == _BEGIN:
            cells, rows, columns = cells + rows * columns, 0, 0
        elif kind == _DIMENSIONS:
            stream[at : at + len(body)] = bytes(len(body))  # the cells themselves tell
        elif kind == _SHEET and (len(body) < 8 or struct.unpack_from("<I", body)[0] >= len(stream)):
            raise Damaged
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            shared += kind == _SHARED
        elif kind in _MANY and len(body) >= 6:
            row, right = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, len(body) - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, right + 1)
        before = kind
    return cells + rows * columns, shared * _longest(strings)


def _records(stream: bytearray) -> Iterator[tuple[int, int, bytes]]:
    """Where each record's body stands, its kind, and its body."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at + 4, kind, bytes(stream[at + 4 : at + 4 + size])
        at += 4 + size


def _longest(pieces: list[bytes]) -> int:
    """The characters of the longest shared string; where the table makes no sense, as many as it has bytes."""
    whole = sum(map(len, pieces))
    if not whole:
        return 0
    if len(pieces[0]) < 8 or struct.unpack_from("<I", pieces[0], 4)[0] > whole // 3:
        raise Damaged  # it says that it holds more strings than it has room for
    longest, piece, at = 0, 0, 8
    try:
        while piece < len(pieces):
            if at >= len(pieces[piece]):
                piece, at = piece + 1, at - len(pieces[piece])
                continue
            count, flags = struct.unpack_from("<HB", pieces[piece], at)
            at += 3
            runs = extra = 0
            if flags & 8:
                runs = struct.unpack_from("<H", pieces[piece], at)[0] * 4
                at += 2
            if flags & 4:
                extra = struct.unpack_from("<I", pieces[piece], at)[0]
                at += 4
            longest, wide = max(longest, count), flags & 1
            while count:
                fit = min(count, (len(pieces[piece]) - at) >> wide)
                count, at = count - fit, at + (fit << wide)
                if count:  # the rest stands in the next record, which says anew how wide its characters are
                    piece, wide, at = piece + 1, pieces[piece + 1][0] & 1, 1
            at += runs + extra
    except (struct.error, IndexError):
        return whole
    return longest
