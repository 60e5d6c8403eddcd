"""Papers as Word documents."""

import datetime
import io
from typing import Any

from examples.markup import FOOT, Block, Paper, long_date
from examples.zips import repack

UNNEEDED = ("/stylesWithEffects", "/customXml", "/thumbnail")
TABLE_STYLE = 3


def make(paper: Paper) -> bytes:
    """The Word document of ``paper``; its dates are the paper's own."""
    import docx
    from docx.shared import Cm, Pt, RGBColor

    document = docx.Document()
    _slim(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    foot = section.footer.paragraphs[0].add_run(FOOT)
    foot.font.size, foot.font.color.rgb = Pt(8), RGBColor(0x77, 0x77, 0x77)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11.5)
    head = document.add_paragraph().add_run(paper.head["asutus"])
    head.bold, head.font.size = True, Pt(13)
    if "liik" in paper.head:
        document.add_paragraph().add_run(paper.head["liik"].upper()).bold = True
        number = f" nr {paper.head['number']}" if "number" in paper.head else ""
        place = f"{paper.head['koht']}, " if "koht" in paper.head else ""
        document.add_paragraph(f"{place}{long_date(paper.date)}{number}")
    for block in paper.blocks:
        _add(document, block)
    day = datetime.datetime.combine(paper.date, datetime.time(9))
    core = document.core_properties
    core.author, core.last_modified_by, core.title = paper.head["asutus"], paper.head["asutus"], paper.title
    core.created = core.modified = day
    core.comments, core.language, core.revision = "", "et-EE", 1
    made = io.BytesIO()
    document.save(made)
    return repack(made.getvalue(), f"{day:%Y-%m-%dT%H:%M:%SZ}")


def _slim(document: Any) -> None:
    """Take away what the library's template brings along and no paper needs: two thirds of the file."""
    for package in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in package.items() if rel.reltype.endswith(UNNEEDED)]:
            del package[key]
    for style in list(document.styles):
        if style.type == TABLE_STYLE and style.name not in ("Table Grid", "Normal Table"):
            style.delete()


def _add(document: Any, block: Block) -> None:
    kind = block["kind"]
    if kind in ("title", "heading", "sub"):
        document.add_heading(block["text"], level=("title", "heading", "sub").index(kind) + 1)
    elif kind == "page":
        document.add_page_break()
    elif kind == "table":
        rows = block["rows"]
        table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph()
    elif kind == "list":
        for item in block["items"]:
            _runs(document.add_paragraph(style="List Bullet"), item)
    elif kind == "lines":
        paragraph = document.add_paragraph()
        for number, line in enumerate(block["lines"]):
            if number:
                paragraph.add_run().add_break()
            _runs(paragraph, line)
    else:
        _runs(document.add_paragraph(), block["runs"])


def _runs(paragraph: Any, runs: list[dict[str, Any]]) -> None:
    for run in runs:
        paragraph.add_run(run["text"]).bold = run["bold"] or None
