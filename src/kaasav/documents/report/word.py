"""The improvement report as a Word file: headings, captions and tables a person can go on working with."""

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kaasav.documents import press
from kaasav.documents.template import Template
from kaasav.documents.xmltext import written_out
from kaasav.zipped import repacked

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LIBRARIES = ("python-docx", "lxml", *press.LIBRARIES)
PPI = 200
_WIDTH = 166
"""Millimetres between the margins."""
_BLUE, _GREY, _WARM, _PALE, _LINE = "123F6D", "56626E", "9A3412", "EEF3F8", "C5CED8"
_LONGEST = 255
"""Signs a property of a Word file holds."""
_WORD_LANGUAGE = {"et": "et-EE", "en": "en-GB"}


def write(data: Mapping[str, Any], chart: Template, day: datetime.date) -> bytes:
    """The report of `context.context` as a .docx file.

    Args:
        data: the report.
        chart: the Typst template that draws one chart.
        day: the document's date, from the record.

    Returns:
        The same bytes for the same data, template and day.
    """
    return _Writer(data, chart, day).bytes()


class _Writer:
    """Lays out one report, block after block."""

    def __init__(self, data: Mapping[str, Any], chart: Template, day: datetime.date) -> None:
        import docx

        self.data, self.chart, self.day = data, chart, day
        self.document: Document = docx.Document()

    def bytes(self) -> bytes:
        self._settings()
        self._head()
        for section in self.data["sections"]:
            self.document.add_heading(written_out(section["title"]), level=2)
            for block in section["blocks"]:
                getattr(self, f"_{block['type']}")(block)
        out = io.BytesIO()
        self.document.save(out)
        return repacked(out.getvalue())

    def _settings(self) -> None:
        """Page, faces, language and properties."""
        from docx.shared import Mm, Pt, RGBColor

        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        page.top_margin, page.bottom_margin = Mm(20), Mm(18)
        sizes = {"Normal": 10, "Heading 1": 24, "Heading 2": 15, "Heading 3": 11, "Caption": 8.5, "List Bullet": 10}
        for name, size in sizes.items():
            style = self.document.styles[name]
            style.font.name, style.font.size = "Calibri", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in [key for key in fonts.attrib if "Theme" in key]:
                del fonts.attrib[theme]
            fonts.set(_w("hAnsi"), "Calibri")
            if name.startswith("Heading"):
                style.font.color.rgb, style.font.bold = RGBColor.from_string(_BLUE), name != "Heading 1"
                style.paragraph_format.space_before = Pt(16 if name == "Heading 2" else 10)
                style.paragraph_format.space_after = Pt(5)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(5)
        self.document.styles["Normal"].paragraph_format.line_spacing = 1.08
        self.document.styles["Caption"].font.color.rgb = RGBColor.from_string(_GREY)
        self.document.styles["List Bullet"].paragraph_format.space_after = Pt(2)
        language = _WORD_LANGUAGE[self.data["language"]]
        for element in self.document.styles.element.iter(_w("lang")):
            element.set(_w("val"), language)
        made = datetime.datetime.combine(self.day, datetime.time())
        properties = self.document.core_properties
        author = written_out(self.data["author"])[:_LONGEST]
        properties.title, properties.author = written_out(self.data["title"])[:_LONGEST], author
        properties.language, properties.comments = language, ""
        properties.created = properties.modified = made
        properties.last_modified_by = author
        self._footer(page.footer.paragraphs[0])

    def _footer(self, paragraph: "Paragraph") -> None:
        """What it is at the left, the page and how many there are at the right: fields that Word counts itself."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Mm, Pt, RGBColor

        style = self.document.styles["Footer"]
        style.paragraph_format.tab_stops.clear_all()
        style.font.size, style.font.color.rgb = Pt(8), RGBColor.from_string(_GREY)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        said = " · ".join((*self.data["marks"], self.data["municipality"], self.data["words"]["footer"]))
        paragraph.add_run(f"{written_out(said)}\t{written_out(self.data['words']['page'])}\u00a0")
        _field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _field(paragraph, "NUMPAGES")

    def _head(self) -> None:
        from docx.shared import Pt, RGBColor

        if self.data["marks"]:
            box = self._grid(1, 1)
            cell = box.cell(0, 0)
            _shade(cell, _WARM)
            for index, (line, size) in enumerate(
                ((" · ".join(self.data["marks"]), 14), (" ".join(self.data["reasons"]), 9))
            ):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                run = paragraph.add_run(written_out(line))
                run.bold, run.font.size, run.font.color.rgb = index == 0, Pt(size), RGBColor(255, 255, 255)
        label = self.document.add_paragraph().add_run(written_out(self.data["heading"]).upper())
        label.bold, label.font.size, label.font.color.rgb = True, Pt(9), RGBColor.from_string(_GREY)
        self.document.add_heading(written_out(self.data["municipality"]), level=1)
        self._small(f"{self.data['subtitle']} · {self.data['date']}")

    def _text(self, block: Mapping[str, Any]) -> None:
        self.document.add_paragraph(written_out(block["text"]))

    def _note(self, block: Mapping[str, Any]) -> None:
        self._small(block["text"])

    def _small(self, text: str) -> "Paragraph":
        from docx.shared import Pt, RGBColor

        paragraph: Paragraph = self.document.add_paragraph()
        run = paragraph.add_run(written_out(text))
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(_GREY)
        return paragraph

    def _answer(self, block: Mapping[str, Any]) -> None:
        from docx.shared import Pt

        cell = self._grid(1, 1).cell(0, 0)
        _shade(cell, _PALE)
        run = cell.paragraphs[0].add_run(written_out(block["text"]))
        run.bold, run.font.size = True, Pt(13)
        if block["detail"]:
            cell.add_paragraph(written_out(block["detail"]))
        self._space()

    def _space(self) -> None:
        """A little room below a table, which Word knows no other way to give."""
        from docx.shared import Pt

        room = self.document.add_paragraph().paragraph_format
        room.space_after, room.line_spacing = Pt(0), Pt(9)

    def _points(self, block: Mapping[str, Any]) -> None:
        from docx.shared import Pt

        items = block["items"]
        if block["title"]:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(written_out(block["title"])).bold = True
            if len(items) == 1:
                paragraph.add_run(f": {written_out(items[0])}")
                return
            paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.space_after = True, Pt(1)
        for item in items:
            self.document.add_paragraph(written_out(item), style="List Bullet")

    def _table(self, block: Mapping[str, Any]) -> None:
        caption = self.document.add_paragraph(written_out(block["caption"]), style="Caption")
        caption.paragraph_format.keep_with_next = True
        self._filled(block["head"], block["rows"], block["wide"], block["caption"])
        self._space()

    def _chart(self, block: Mapping[str, Any]) -> None:
        from docx.shared import Mm

        picture = io.BytesIO(press.png(self.chart, {**block, "language": self.data["language"]}, ppi=PPI))
        shape = self.document.add_picture(picture, width=Mm(_WIDTH))
        described = shape._inline.docPr
        described.set("descr", written_out(block["alt"]))
        described.set("title", written_out(block["title"]))
        told = block["table"]
        self._table({**told, "caption": f"{self.data['words']['chart_table']}: {block['title']}"})

    def _step(self, block: Mapping[str, Any]) -> None:
        self.document.add_heading(written_out(block["heading"]), level=3)
        self._small(block["facts"]).paragraph_format.keep_with_next = True
        for part in block["parts"]:
            self._points({"title": part["title"], "items": part["items"]})

    def _filled(self, head: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int], title: str) -> None:
        table = self._grid(len(rows) + 1, len(head), title)
        _ruled(table)
        widths = _widths([head, *rows], wide)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, texts in enumerate((head, *rows)):
            row = table.rows[at]
            _keep_whole(row, repeated=at == 0)
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = width
                _set_cell(cell, text, bold=at == 0)
                if at == 0:
                    _shade(cell, _PALE)

    def _grid(self, rows: int, columns: int, title: str = "") -> "Table":
        table: Table = self.document.add_table(rows=rows, cols=columns)
        table.autofit = False
        if title:
            described = table._tbl.tblPr.makeelement(_w("tblDescription"), {_w("val"): written_out(title)})
            table._tbl.tblPr.append(described)
        return table


def _widths(rows: Sequence[Sequence[str]], wide: Sequence[int]) -> list[Any]:
    """Narrow columns by their longest text, none narrower than a word of its head; the wide ones share the rest,
    more for one with a word that asks for it.
    """
    from docx.shared import Mm

    longest = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    heads = [max(map(len, cell.split()), default=0) for cell in rows[0]]
    narrow = {
        at: max(min(max(7 + 1.65 * length, 13), 42), min(5 + 2.3 * heads[at], 50))
        for at, length in enumerate(longest)
        if at not in wide
    }
    room = max(_WIDTH - sum(narrow.values()), 40)
    even = room / max(len(wide), 1)
    words = {at: max((len(word) for row in rows for word in row[at].split()), default=0) for at in wide}
    asked = {at: max(5 + 2 * min(letters, 20), even) for at, letters in words.items()}
    return [Mm(narrow[at] if at in narrow else room * asked[at] / sum(asked.values())) for at in range(len(longest))]


def _ruled(table: "Table") -> None:
    """Thin lines between rows, none between columns."""
    properties: Any = table._tbl.tblPr
    borders = properties.makeelement(_w("tblBorders"), {})
    for side, colour in (("top", _BLUE), ("bottom", _LINE), ("insideH", _LINE)):
        line = {_w("val"): "single", _w("sz"): "4", _w("space"): "0", _w("color"): colour}
        borders.append(borders.makeelement(_w(side), line))
    properties.find(_w("tblLayout")).addprevious(borders)  # Word asks for this order


def _set_cell(cell: Any, text: str, *, bold: bool) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(written_out(text))
    run.bold, run.font.size = bold, Pt(8.5)


def _field(paragraph: "Paragraph", instruction: str) -> None:
    """A number Word counts; until it has, 1 stands there."""
    field = paragraph._p.makeelement(_w("fldSimple"), {_w("instr"): instruction})
    paragraph.add_run("1")
    field.append(paragraph.runs[-1]._r)
    paragraph._p.append(field)


def _shade(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(properties.makeelement(_w("shd"), {_w("val"): "clear", _w("color"): "auto", _w("fill"): colour}))


def _keep_whole(row: Any, *, repeated: bool) -> None:
    """A row never breaks over two pages; the head is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(_w("cantSplit"), {}))
    if repeated:
        properties.append(properties.makeelement(_w("tblHeader"), {}))


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
