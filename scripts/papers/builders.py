"""Lines of text as a file of any format."""

import html
import io
from collections.abc import Callable, Sequence

from samples import digidoc, mails, old_office, packages

Lines = Sequence[str]


def pdf(lines: Lines) -> bytes:
    """A PDF with text, one paragraph a line."""
    import typst

    body = "\n\n".join(f"#text({_typst(line)})" for line in lines if line)
    return typst.compile(f'#set text(lang: "et", font: "Libertinus Serif")\n#set par(leading: 0.5em)\n{body}'.encode())


def _typst(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def picture(lines: Lines, form: str) -> bytes:
    """The first page as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(lines))
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def scan(lines: Lines) -> bytes:
    """A PDF that is one picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(picture(lines, "JPEG")))
    image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def docx(lines: Lines) -> bytes:
    """A Word document."""
    import docx as word

    document = word.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(lines: Lines) -> bytes:
    """A workbook; cells apart by ``|``."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(line.split("|"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(lines: Lines, *, address: str = "") -> bytes:
    """A saved web page; ``a: b`` in the first lines becomes a table, as in Riigi Teataja."""
    mark = f"<!-- saved from url=({len(address):04}){address} -->" if address else ""
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("|")) + "</tr>"
        if "|" in line
        else f"</table><p>{html.escape(line)}</p><table>"
        for line in lines
    )
    head = f'<head><meta charset="utf-8"><title>{html.escape(lines[0])}</title></head>'
    return f'<!DOCTYPE html>\n{mark}\n<html lang="et">{head}<body><table>{rows}</table></body></html>'.encode()


def rtf(lines: Lines) -> bytes:
    """Rich text in the Baltic code page."""
    body = "".join(f"\\u{ord(c)}?" if ord(c) > 126 else c for c in "\\par ".join(lines))
    return packages.rtf(body)


FORMATS: dict[str, Callable[[Lines], bytes]] = {
    "pdf": pdf,
    "scan": scan,
    "docx": docx,
    "doc": lambda lines: old_office.doc("\r".join(lines)),
    "odt": lambda lines: packages.odt(*lines),
    "rtf": rtf,
    "xlsx": xlsx,
    "xls": lambda lines: old_office.xls(("Leht1", [list(line.split("|")) for line in lines])),
    "ods": lambda lines: packages.ods([line.split("|") for line in lines]),
    "csv": lambda lines: ("\r\n".join(line.replace("|", ";") for line in lines)).encode("utf-8-sig"),
    "txt": lambda lines: "\r\n".join(lines).encode("windows-1257", errors="replace"),
    "html": page,
    "mhtml": lambda lines: packages.mhtml(page(lines).decode()),
    "pptx": lambda lines: packages.pptx(
        packages.paragraph(" ".join(lines[:1])), *(packages.paragraph(line) for line in lines[1:])
    ),
    "jpeg": lambda lines: picture(lines, "JPEG"),
    "png": lambda lines: picture(lines, "PNG"),
    "tiff": lambda lines: picture(lines, "TIFF"),
    "mp4": lambda lines: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(4096) + lines[0].encode(),
}

__all__ = ["FORMATS", "digidoc", "mails", "page"]
