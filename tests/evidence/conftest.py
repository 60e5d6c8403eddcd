"""Evidence files made on the spot: nothing binary lies in the repository."""

import io
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image

SCRIPTS = str(Path(__file__).parents[2] / "scripts")
if SCRIPTS not in sys.path:  # where the makers of small files lie, which fuzzing uses too
    sys.path.insert(0, SCRIPTS)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Make:
    """Bytes of files of every kind."""

    WORD, SHEET = WORD, SHEET

    @staticmethod
    def pdf(*pages: str, setup: str = "") -> bytes:
        """A PDF with one page for each text (Typst markup)."""
        return typst.compile(f'#set text(lang: "et")\n{setup}\n{"#pagebreak()".join(pages)}'.encode())

    @staticmethod
    def scan(*pages: str, pictures: int = 1) -> bytes:
        """A PDF of text pages followed by pages that are one picture each."""
        document = pypdfium2.PdfDocument(Make.pdf(*pages)) if pages else pypdfium2.PdfDocument.new()
        for _ in range(pictures):
            page = document.new_page(200, 300)
            image = pypdfium2.PdfImage.new(document)
            image.load_jpeg(io.BytesIO(Make.image("JPEG")))
            image.set_matrix(pypdfium2.PdfMatrix().scale(200, 300))
            page.insert_obj(image)
            page.gen_content()
        out = io.BytesIO()
        document.save(out)
        document.close()
        return out.getvalue()

    @staticmethod
    def locked(pdf: bytes, *, user: str = "", owner: str = "omanik") -> bytes:
        """The PDF, encrypted: with a user password it cannot be opened, with an owner password only not be changed."""
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as document:
            document.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
        return out.getvalue()

    @staticmethod
    def docx(*paragraphs: str) -> bytes:
        """A Word document as python-docx writes it."""
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        return Make.saved(document)

    @staticmethod
    def xlsx(*rows: list[object]) -> bytes:
        """A workbook of one sheet as openpyxl writes it."""
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        return Make.saved(book)

    @staticmethod
    def book(sheet: str, strings: str = "") -> bytes:
        """A workbook of one sheet with this XML in its data, and these shared strings, as Excel itself writes it."""
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
        overrides = "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="{kind}{name}+xml"/>' for part, name in kinds.items()
        )
        package = "http://schemas.openxmlformats.org/package/2006/"
        return Make.zip({
            "[Content_Types].xml": f'<Types xmlns="{package}content-types">{overrides}</Types>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{related}">'
            '<sheets><sheet name="Leht" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{sheet}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        })  # fmt: skip

    @staticmethod
    def saved(document: object) -> bytes:
        """The bytes of anything that can ``save`` itself."""
        out = io.BytesIO()
        document.save(out)  # type: ignore[attr-defined]
        return out.getvalue()

    @staticmethod
    def zip(parts: Mapping[str, str | bytes], mimetype: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """A zip of ``parts``, with an uncompressed ``mimetype`` first where one is given."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            if mimetype:
                archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    @staticmethod
    def word(body: str, *, before: str = "", **others: str) -> bytes:
        """A Word document with this XML in its body; ``others`` are parts such as ``footnotes`` or ``header1``."""
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        overrides = f'<Override PartName="/word/document.xml" ContentType="{kind}document.main+xml"/>'
        parts = {"word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}" '
                 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                 f"<w:body>{body}</w:body></w:document>"}  # fmt: skip
        for name, content in others.items():
            overrides += f'<Override PartName="/word/{name}.xml" ContentType="{kind}{name.rstrip("0123456789")}+xml"/>'
            parts[f"word/{name}.xml"] = f'<w:part xmlns:w="{WORD}">{content}</w:part>'
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        return Make.zip({"[Content_Types].xml": f'<Types xmlns="{types}">{overrides}</Types>', **parts})

    @staticmethod
    def replaced(package: bytes, part: str, content: str | bytes) -> bytes:
        """The package with one part exchanged."""
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert part in parts
        return Make.zip({**parts, part: content})

    @staticmethod
    def image(kind: str) -> bytes:
        """A small picture."""
        out = io.BytesIO()
        Image.new("RGB", (40, 60), (200, 220, 200)).save(out, kind)
        return out.getvalue()

    @staticmethod
    def ole(*streams: str) -> bytes:
        """An OLE compound file's header and directory, naming these streams."""
        header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
        header[30:32] = (9).to_bytes(2, "little")  # sectors of 512 bytes; the directory in the first of them
        entries = [name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)]
        return bytes(header) + b"".join(entries).ljust(1024, b"\0")


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A municipality's folder with an empty ``evidence`` in it."""
    (tmp_path / "X001" / "evidence").mkdir(parents=True)
    return tmp_path / "X001"


@pytest.fixture
def put(place: Path):
    """Write bytes or text to a file in ``evidence``, and give the path an item would name."""

    def write(name: str, content: bytes | str) -> str:
        path = place / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return f"evidence/{name}"

    return write


@pytest.fixture
def make_fifo():
    """Make something that blocks whoever opens it: a FIFO; on Windows, which has none in folders, a directory."""

    def make(path: Path) -> str:
        if hasattr(os, "mkfifo"):
            os.mkfifo(path)
            return "fifo"
        path.mkdir()
        return "directory"

    return make
