"""Word and Excel documents of 1997–2003, as small as they can be."""

import struct

from samples.compound import compound

WORD = bytes.fromhex("0609020000000000c000000000000046")
EXCEL = bytes.fromhex("2008020000000000c000000000000046")
_TEXT_AT = 0x400


def doc(
    text: str, *, deleted: tuple[int, int] | None = None, wide: bool = True, header: str = "", comment: str = ""
) -> bytes:
    """A document of one piece; characters from ``deleted[0]`` up to ``deleted[1]`` are tracked as deleted."""
    stories = text + header + comment
    content = stories.encode("utf-16-le" if wide else "cp1252")
    where = _TEXT_AT if wide else (_TEXT_AT * 2) | 0x40000000
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(stories), 0, where, 0)
    width = 2 if wide else 1
    begin, end = deleted or (0, 0)
    starts = [_TEXT_AT, _TEXT_AT + begin * width, _TEXT_AT + end * width, _TEXT_AT + len(content)]
    page = bytearray(512)
    page[0:16] = struct.pack("<4I", *starts)
    page[16:19] = bytes([0, 240 if deleted else 0, 0])
    page[480:484] = struct.pack("<BHB", 3, 0x0800, 1)
    page[511] = 3
    body = content.ljust(-(-len(content) // 512) * 512, b"\0")
    runs = struct.pack("<III", _TEXT_AT, _TEXT_AT + len(content), (_TEXT_AT + len(body)) // 512)
    fib = bytearray(_TEXT_AT)
    fib[0:12] = struct.pack("<6H", 0xA5EC, 0x00C1, 0, 0x0425, 0, 0x0200)
    for at, length in ((0x4C, len(text)), (0x54, len(header)), (0x5C, len(comment))):
        fib[at : at + 4] = struct.pack("<i", length)
    fib[0x1A2:0x1AA] = struct.pack("<II", 0, len(clx))
    fib[0xFA:0x102] = struct.pack("<II", len(clx), len(runs))
    main = bytes(fib) + body + bytes(page)
    return compound({"WordDocument": main.ljust(4096, b"\0"), "1Table": clx + runs}, WORD)


def xls(*sheets: tuple[str, list[list[str | float]]], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook of these sheets, each a name and its rows."""
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), _record(0x42, struct.pack("<H", 1200))]
    parts += [_record(0xE0, bytes(20)), b"", _record(0x0A)]
    bodies = [_sheet(rows) for _name, rows in sheets]
    named = [name.encode("utf-16-le") for name, _rows in sheets]
    start = sum(map(len, parts)) + sum(4 + 8 + len(name) for name in named)
    bounds = []
    for (name, _rows), encoded, body in zip(sheets, named, bodies, strict=True):
        bounds.append(_record(0x85, struct.pack("<IBBBB", start, name in hidden, 0, len(name), 1) + encoded))
        start += len(body)
    parts[-2] = b"".join(bounds)
    return compound({"Workbook": b"".join([*parts, *bodies]).ljust(4096, b"\0")}, EXCEL)


def stray(row: int, column: int) -> bytes:
    """A workbook with one cell in the first corner and one far away."""
    body = [_record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))]
    body += [_record(0x203, struct.pack("<HHHd", r, c, 0, 1.0)) for r, c in ((0, 0), (row, column))]
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    bound = struct.pack("<IBBBB", len(start) + 4 + 10 + 4, 0, 0, 1, 1) + "A".encode("utf-16-le")
    whole = start + _record(0x85, bound) + _record(0x0A) + b"".join(body) + _record(0x0A)
    return compound({"Workbook": whole.ljust(4096, b"\0")}, EXCEL)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _sheet(rows: list[list[str | float]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))]
    parts.append(_record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                parts.append(_record(0x204, struct.pack("<HHH", r, c, 0) + text))
            else:
                parts.append(_record(0x203, struct.pack("<HHHd", r, c, 0, value)))
    return b"".join([*parts, _record(0x0A)])
