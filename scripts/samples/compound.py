"""OLE compound files (MS-CFB, version 3) of given streams."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF, ENTRY = 512, 64, 4096, 128
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Tree = Mapping[str, "bytes | Tree"]
"""Streams by name, and storages, which hold such a mapping themselves."""


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = FREE
    left: int = FREE
    right: int = FREE
    start: int = END
    size: int = 0
    kids: list[int] = field(default_factory=list)


def compound(tree: Tree, clsid: bytes = bytes(16)) -> bytes:
    """The compound file of ``tree``, its root of the class ``clsid``."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    mini, sectors = bytearray(), bytearray()
    table: list[int] = []
    chains: list[int] = []
    for entry in entries[1:]:
        entry.size = len(entry.data)
        if entry.kind != 2 or not entry.data:
            continue
        if entry.size < CUTOFF:
            entry.start = len(mini) // MINI
            count = -(-entry.size // MINI)
            table += [*range(entry.start + 1, entry.start + count), END]
            mini += entry.data.ljust(count * MINI, b"\0")
        else:
            entry.start = _put(sectors, chains, entry.data)
    if mini:
        entries[0].start, entries[0].size = _put(sectors, chains, bytes(mini)), len(mini)
    packed = b"".join(struct.pack("<I", one) for one in table)
    minifat = _put(sectors, chains, _filled(packed)) if packed else END
    directory = b"".join(_packed(entry, clsid if entry.kind == 5 else bytes(16)) for entry in entries)
    first = _put(sectors, chains, directory + bytes(-len(directory) % SECTOR))
    used = len(sectors) // SECTOR
    fats = 1
    while (used + fats) * 4 > fats * SECTOR:
        fats += 1
    chains += [FAT] * fats
    fat = _filled(b"".join(struct.pack("<I", one) for one in chains))
    difat = [*range(used, used + fats), *[FREE] * (109 - fats)]
    header = struct.pack(
        "<8s16s5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, first, 0, CUTOFF, minifat, len(_filled(packed)) // SECTOR, END, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", *difat) + bytes(sectors) + fat


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    kids = []
    for name, content in sorted(tree.items(), key=lambda one: (len(one[0]), one[0].upper())):
        kids.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
        else:
            entries.append(_Entry(name, 1))
            _add(entries, kids[-1], content)
    entries[parent].child = _balanced(entries, kids)


def _balanced(entries: list[_Entry], kids: list[int]) -> int:
    if not kids:
        return FREE
    middle = len(kids) // 2
    entries[kids[middle]].left = _balanced(entries, kids[:middle])
    entries[kids[middle]].right = _balanced(entries, kids[middle + 1 :])
    return kids[middle]


def _put(sectors: bytearray, chains: list[int], data: bytes) -> int:
    start, count = len(sectors) // SECTOR, -(-len(data) // SECTOR)
    chains += [*range(start + 1, start + count), END]
    sectors += data.ljust(count * SECTOR, b"\0")
    return start


def _filled(packed: bytes) -> bytes:
    return packed + b"\xff" * (-len(packed) % SECTOR)


def _packed(entry: _Entry, clsid: bytes) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", name, len(name), entry.kind, 1, entry.left, entry.right, entry.child, clsid,
        0, 0, 0, entry.start, entry.size,
    )  # fmt: skip
