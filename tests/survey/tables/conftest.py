"""Workbooks made by hand, down to their bytes: good ones, and what hostile ones do."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/{{kind}}" Target="{{target}}"/></Relationships>'
)
BOOK = (
    f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets><sheet name="Leht1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def xlsx_of(sheet_data: str | bytes, **parts: str | bytes) -> bytes:
    """A workbook whose only sheet holds ``sheet_data``; other parts by path with ``__`` for ``/``."""
    content = sheet_data if isinstance(sheet_data, bytes) else sheet_data.encode()
    if not content.startswith(b"<?xml") and b"<worksheet" not in content:
        content = f"<worksheet {MAIN}><sheetData>".encode() + content + b"</sheetData></worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        packed.writestr("xl/workbook.xml", BOOK)
        packed.writestr("xl/_rels/workbook.xml.rels", RELS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        packed.writestr("xl/worksheets/sheet1.xml", content)
        for path, part in parts.items():
            packed.writestr(path.replace("__", "/") + ".xml", part)
    return out.getvalue()


def workbook_of(rows: Sequence[Sequence[Any]], merge: Sequence[str] = (), title: str = "Leht1") -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in merge:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods_of(table: str, *, manifest: str = MANIFEST) -> bytes:
    """An OpenDocument spreadsheet with the rows ``table``."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Leht1">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def number_cell(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, index: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, index))


def xls_of(cells: bytes, strings: Sequence[str] = (), *, dimensions: bytes = b"", globals_: bytes = b"") -> bytes:
    """An older workbook with one sheet of ``cells``, as [MS-CFB] and [MS-XLS] have it."""
    shared = b"".join(struct.pack("<HB", len(one), 1) + one.encode("utf-16-le") for one in strings)
    sst = record(0x00FC, struct.pack("<II", len(strings), len(strings)) + shared) if strings else b""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    sheet_begin = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)
    head = record(0x0809, begin) + globals_
    name = b"Leht1"
    bound_size = 4 + 8 + len(name)
    position = len(head) + bound_size + len(sst) + 4
    bound = record(0x0085, struct.pack("<IBBBB", position, 0, 0, len(name), 0) + name)
    stream = head + bound + sst + record(0x000A, b"") + record(0x0809, sheet_begin) + dimensions + cells
    stream += record(0x000A, b"")
    return compound_of("Workbook", stream)


def compound_of(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    tables = -(-(sectors + 1 + 1) // 127)
    chain = [*range(1, sectors), 0xFFFFFFFE]  # the stream stands first, then the directory, then the table
    directory, table = sectors, sectors + 1
    fat = [*chain, 0xFFFFFFFE, *([0xFFFFFFFD] * tables)]
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", *range(table, table + tables), *([0xFFFFFFFF] * (109 - tables)))

    def entry(title: str, kind: int, start: int, size: int, child: int) -> bytes:
        letters = (title + "\0").encode("utf-16-le")
        body = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return body + bytes(36) + struct.pack("<IQ", start, size)

    entries = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, 0, len(stream), 0xFFFFFFFF)
    entries = entries.ljust(512, b"\0")
    return header + stream.ljust(sectors * 512, b"\0") + entries + struct.pack(f"<{len(fat)}I", *fat)


Maker = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_xlsx() -> Maker:
    """`xlsx_of`."""
    return xlsx_of


@pytest.fixture(scope="session")
def make_workbook() -> Maker:
    """`workbook_of`."""
    return workbook_of


@pytest.fixture(scope="session")
def make_ods() -> Maker:
    """`ods_of`."""
    return ods_of


@pytest.fixture(scope="session")
def make_xls() -> Maker:
    """`xls_of`."""
    return xls_of


@pytest.fixture(scope="session")
def make_compound() -> Maker:
    """`compound_of`."""
    return compound_of
