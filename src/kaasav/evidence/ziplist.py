"""The names in a zip file, read from its last bytes alone: enough to tell what kind of document it is."""

import struct
from collections.abc import Iterator

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_MOST_ENTRIES = 20_000
_SATURATED = 0xFFFFFFFF


def names(tail: bytes) -> list[str] | None:
    """The entry names of the zip file that ends with ``tail``, at most 20,000; None if its directory is not there.

    ``tail`` should be the whole file or its last megabytes. Offsets in the file are not used (the directory stands
    directly before its end record), so this also reads zip64 and zips with something put before them.
    """
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        return None
    size: int = struct.unpack_from("<I", tail, end + 12)[0]
    if size == _SATURATED or tail[end - 20 : end - 16] == b"PK\x06\x07":
        end = tail.rfind(_END_64, 0, end)
        if end < 0:
            return None
        size = struct.unpack_from("<Q", tail, end + 40)[0]
    if size > end:
        return None
    return list(_entries(tail[end - size : end]))


def _entries(directory: bytes) -> Iterator[str]:
    at = 0
    for _ in range(_MOST_ENTRIES):
        if directory[at : at + 4] != _ENTRY or len(directory) < at + _ENTRY_SIZE:
            return
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        start = at + _ENTRY_SIZE
        yield directory[start : start + name].decode("utf-8", errors="replace")
        at = start + name + extra + comment
