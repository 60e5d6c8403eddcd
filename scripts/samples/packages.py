"""OpenDocument texts, sheets and slides, PowerPoint presentations, saved web pages and RTF, as small as they can be."""

import io
import zipfile
from collections.abc import Mapping

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {"office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "meta": "meta",
           "presentation": "presentation", "manifest": "manifest"}  # fmt: skip
_NAMES = " ".join(f'xmlns:{short}="{_ODF}{long}:1.0"' for short, long in _SPACES.items())
_PPT = "application/vnd.openxmlformats-officedocument.presentationml."
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def odf(
    kind: str, body: str, *, styles: str = "", page_styles: str = "", encrypted: bool = False, before: str = ""
) -> bytes:
    """An OpenDocument file of ``kind`` (``text``, ``spreadsheet``, ``presentation``) with this XML in its body."""
    secret = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>" if encrypted else ""
    return zipped({
        "content.xml": f'<?xml version="1.0"?>{before}<office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}><office:master-styles>{page_styles}</office:master-styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {_NAMES}><meta:creation-date>2026-03-12T10:30:00</meta:creation-date>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {_NAMES}>{secret}</manifest:manifest>",
    }, f"application/vnd.oasis.opendocument.{kind}")  # fmt: skip


def odt(*paragraphs: str) -> bytes:
    """A text of these paragraphs."""
    return odf("text", "".join(f"<text:p>{one}</text:p>" for one in paragraphs))


def ods(*sheets: list[list[str]]) -> bytes:
    """A spreadsheet of these sheets' rows."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    tables = [
        "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
        for rows in sheets
    ]
    return odf("spreadsheet", "".join(f"<table:table>{table}</table:table>" for table in tables))


def odp(*slides: str) -> bytes:
    """A presentation of these slides."""
    return odf("presentation", "".join(
        f"<draw:page><draw:frame><draw:text-box><text:p>{one}</text:p></draw:text-box></draw:frame></draw:page>"
        for one in slides))  # fmt: skip


def pptx(*slides: str, order: tuple[int, ...] = (), before: str = "") -> bytes:
    """A presentation; each slide is the XML in its shape tree, shown in ``order`` (as written if none is given)."""
    spaces = ('xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
              f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_REL}"')  # fmt: skip
    numbers = range(1, len(slides) + 1)
    shown = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in order or numbers)
    kinds = f'<Override PartName="/ppt/presentation.xml" ContentType="{_PPT}presentation.main+xml"/>' + "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="{_PPT}slide+xml"/>' for n in numbers)  # fmt: skip
    links = "".join(f'<Relationship Id="rId{n}" Target="slides/slide{n}.xml"/>' for n in numbers)
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">{kinds}</Types>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>',
        "ppt/presentation.xml": f"{before}<p:presentation {spaces}><p:sldIdLst>{shown}</p:sldIdLst></p:presentation>",
        **{f"ppt/slides/slide{n}.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
           for n, slide in zip(numbers, slides, strict=True)},
    })  # fmt: skip


def paragraph(text: str) -> str:
    """A shape of one paragraph, for a slide."""
    return f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"


def mhtml(page: str, charset: str = "utf-8") -> bytes:
    """A web page as a browser saves it whole."""
    import quopri

    body = quopri.encodestring(page.encode(charset)).replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://naidisvald.naidis/\r\nSubject: Leht\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Piir----\""
        b"\r\n\r\n\r\n------Piir----\r\nContent-Type: text/html; charset=" + charset.encode()
        + b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + body
        + b"\r\n------Piir----\r\nContent-Type: text/css\r\n\r\n.peidus { display: none }\r\n------Piir------\r\n"
    )  # fmt: skip


def rtf(body: str) -> bytes:
    """An RTF document with this body, in the Baltic code page."""
    fonts = r"{\fonttbl{\f0\fnil\fcharset186 Arial;}{\f1\fnil\fcharset0 Arial;}}"
    return (r"{\rtf1\ansi\ansicpg1257\deff0" + fonts + r"{\info{\title Peidus pealkiri}}" + body + "}").encode("cp1257")


def zipped(parts: Mapping[str, str | bytes], mimetype: str = "") -> bytes:
    """A zip of ``parts``, with an uncompressed ``mimetype`` first where one is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 12, 8, 30, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
