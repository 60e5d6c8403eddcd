"""Compound files, which older Excel workbooks are: the stream with the workbook, and a new file of it alone.

Source: [MS-CFB]. A chain of sectors that runs in a circle, or leads out of the file, fills the memory of a reader that
trusts it. So the stream is taken out here within bounds, and put into a file whose sectors follow each other.
"""

import struct
from collections.abc import Iterator
from itertools import islice

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 4096


class Damaged(Exception):
    """It is no compound file."""


def streams(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file that may hold a workbook, by name.

    Raises:
        Damaged: it is none, or cannot be read.
    """
    try:
        return _streams(data)
    except (struct.error, IndexError, ValueError):
        raise Damaged from None


def compound(name: str, stream: bytes) -> bytes:
    """A compound file that holds ``stream`` under ``name`` and nothing else."""
    stream = stream.ljust(_SECTOR, b"\0")  # what is shorter would have to stand in a stream of its own kind
    sectors = -(-len(stream) // _SECTOR)
    each = _SECTOR // 4
    tables = -(-(sectors + 1) // (each - 1))
    chain = [*range(1, sectors), _END, _END, *[_TABLE] * tables]  # the stream, then the directory, then the table
    chain += [_FREE] * (tables * each - len(chain))
    header = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, sectors, 0, _SECTOR, _END, 0, _END, 0)
    places = range(sectors + 1, sectors + 1 + tables)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, 0, 0, 1) + _entry(name, 2, 0, len(stream), _FREE)
    body = stream.ljust(sectors * _SECTOR, b"\0") + entries.ljust(_SECTOR, b"\0")
    return header.ljust(_SECTOR, b"\0") + body + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, child)
    return letters.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _streams(data: bytes) -> dict[str, bytes]:
    if data[:8] != SIGNATURE:
        raise Damaged
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise Damaged
    size = 1 << shift
    table = _table(data, size)
    directory_at, cutoff, small_table_at = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    directory = _chain(data, table, directory_at, size, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    small_table_bytes = _chain(data, table, small_table_at, size, size)
    small_table = struct.unpack(f"<{len(small_table_bytes) // 4}I", small_table_bytes)
    small = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], size, size)
    found: dict[str, bytes] = {}
    for entry in entries:
        letters = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, min(letters, 64) - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book", "EncryptedPackage") and entry[66] == 2:
            start, length = struct.unpack_from("<II", entry, 116)
            if length < cutoff:
                found[name] = _chain(small, small_table, start, 64, 0)[:length] or b"\0"
            else:
                found[name] = _chain(data, table, start, size, size)[:length] or b"\0"
    return found


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """The table of sectors: for each the one that follows it."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following, left = struct.unpack_from("<II", data, 68)
    while following < _END and left and len(listed) * size <= len(data) * 128:
        sector = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        listed += sector[:-1]
        following, left = sector[-1], left - 1
    whole = b"".join(data[(one + 1) * size : (one + 2) * size] for one in listed if one < _END)
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int, header: int) -> bytes:
    """The sectors from ``start`` on, put together; a chain that runs in a circle ends where the data would."""

    def sectors() -> Iterator[bytes]:
        sector = start
        while sector < len(table):
            yield data[header + sector * size : header + (sector + 1) * size]
            sector = table[sector]

    return b"".join(islice(sectors(), len(data) // size + 1))
