"""Makes what is made about templates: the Word letters that ship, and the table of fields in docs/templates.md.

    python scripts/make_templates.py           write them
    python scripts/make_templates.py --check   change nothing; say what is out of date (exit code 1)

The same source gives the same bytes.
"""

import datetime
import io
import re
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kaasav import language
from kaasav.documents.fields.field import table
from kaasav.documents.fields.known import known
from kaasav.documents.letter.context import fixed_words
from kaasav.documents.template import SHIPPED
from kaasav.zipped import repacked

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs" / "templates.md"
MADE = datetime.datetime(2000, 1, 1)  # Word files keep no time zone
FONT = "Arial"
INK, BLUE, GREY, WARM = (RGBColor.from_string(code) for code in ("1B2733", "123F6D", "56626E", "9A3412"))
LOCALE = {"et": "et-EE", "en": "en-GB"}
BEGIN, END = "<!-- fields of {name}: written by scripts/make_templates.py -->", "<!-- end of fields -->"
ALIKE = ("letter.typ", "report.html.j2")
"""Their fields are those of another template, which is shown; for a page of the report there is one more."""


def word_letter(lang: str) -> bytes:
    """The Word template of the letter in one language."""
    with language.using(lang):
        words = fixed_words()
    document = Document()
    _settings(document, lang)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.6)
    section.header_distance, section.footer_distance = Cm(0.9), Cm(0.8)
    _header(section, words)
    _footer(section, words)
    _head(document)
    _body(document, words)
    core = document.core_properties
    core.created = core.modified = MADE
    core.title, core.author, core.language, core.comments = words["result"], "Kaasav", LOCALE[lang], ""
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _settings(document: Any, lang: str) -> None:
    """Faces, sizes, language."""
    styles = document.styles
    for code in styles.element.iter(qn("w:lang")):
        code.set(qn("w:val"), LOCALE[lang])
        code.set(qn("w:eastAsia"), LOCALE[lang])
    for name, size, colour, bold, before, after in (
        ("Normal", 10.5, INK, False, 0, 5),
        ("Title", 14, BLUE, True, 12, 8),
        ("Heading 1", 11, BLUE, True, 8, 3),
        ("Header", 9, INK, False, 0, 0),
        ("Footer", 8, GREY, False, 0, 0),
        ("List Bullet", 10.5, INK, False, 0, 3),
    ):
        _style(styles[name], size, colour, bold, before, after)
    _as_word_of_today(document.settings.element)
    marks = styles.add_style("Marks", WD_STYLE_TYPE.PARAGRAPH)
    marks.base_style = styles["Header"]
    _style(marks, 11, WARM, True, 4, 0)
    small = styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = styles["Normal"]
    _style(small, 9.5, INK, False, 4, 1)
    for name in ("Title", "Heading 1"):
        styles[name].paragraph_format.keep_with_next = True
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _as_word_of_today(settings: Any) -> None:
    """Without this, Word says “Compatibility Mode” in its title."""
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for one in list(settings.iter(qn("w:useFELayout"))):
        one.getparent().remove(one)


def _style(style: Any, size: float, colour: RGBColor, bold: bool, before: float, after: float) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb, style.font.italic = colour, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for spacing in list(style.element.iter(qn("w:spacing"), qn("w:kern"))):
        if spacing.getparent().tag == qn("w:rPr"):
            spacing.getparent().remove(spacing)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.05


def _header(section: Any, words: dict[str, str]) -> None:
    """Who sends, and what the letter is not, on every page."""
    header = section.header
    name = header.paragraphs[0]
    run = name.add_run("{{ sender.name }}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), BLUE
    _rule(name, "bottom", "123F6D", 8)
    header.add_paragraph("{%p if marks %}")
    marks = header.add_paragraph("{{ marks|join(' · ') }}", style="Marks")
    marks.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _box(marks, "9A3412")
    header.add_paragraph("{%p endif %}")
    header.add_paragraph().paragraph_format.space_after = Pt(2)


def _footer(section: Any, words: dict[str, str]) -> None:
    """How to reach the sender, why the marks, and the page’s number."""
    footer = section.footer
    first = footer.paragraphs[0]
    first.text = "{%p if mark_reasons %}"
    reasons = footer.add_paragraph("{{ marks|join(' · ') }}: {{ mark_reasons|join(' ') }}", style="Footer")
    reasons.runs[0].font.color.rgb = WARM
    footer.add_paragraph("{%p endif %}")
    line = footer.add_paragraph("{{ sender.line }}", style="Footer")
    _rule(line, "top", "C5CED8", 4)
    number = footer.add_paragraph(f"{words['page']} ", style="Footer")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _page_field(number, "PAGE")
    number.add_run(" / ")
    _page_field(number, "NUMPAGES")


def _head(document: Any) -> None:
    """To whom, under which numbers, about what."""
    document.add_paragraph("{%p if theirs %}")
    _framed(document.add_paragraph("{{ theirs }}"))
    document.add_paragraph("{%p endif %}")
    _framed(document.add_paragraph("{{ ours }}"))
    document.add_paragraph("{{ addressee.lines }}")
    document.add_paragraph("{{ subject }}", style="Title")
    document.add_paragraph("{{ salutation }}")


def _body(document: Any, words: dict[str, str]) -> None:
    _each(document, "opening")
    document.add_paragraph("{%p if answer or conditions %}")
    document.add_heading(words["result"], level=1)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if answer %}")
    document.add_paragraph("{{ answer|join(' ') }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if conditions %}")
    _conditions(document, words)
    document.add_paragraph("{%p endif %}")
    for name in ("strengths", "obstacles"):
        document.add_paragraph(f"{{%p if {name}.entries %}}")
        document.add_heading(f"{{{{ {name}.title }}}}", level=1)
        document.add_paragraph(f"{{%p for one in {name}.entries %}}")
        entry = document.add_paragraph(style="List Bullet")
        entry.paragraph_format.keep_together = True
        entry.add_run("{{ one.id }} {{ one.title }}").bold = True
        entry.add_run(" ({{ one.level }}). {{ one.text }}")
        document.add_paragraph("{%p endfor %}")
        if name == "obstacles":
            document.add_paragraph("{{ obstacles.more }}")
        document.add_paragraph("{%p endif %}")
    for name in ("survey", "next", "appeal"):
        document.add_paragraph(f"{{%p if {name}.paragraphs %}}")
        document.add_heading(f"{{{{ {name}.title }}}}", level=1)
        _each(document, f"{name}.paragraphs", with_next=name == "appeal")  # a signature does not stand alone
        document.add_paragraph("{%p endif %}")
    signed = document.add_paragraph(
        f"{words['regards']}\n\n{{{{ signed }}}}\n\n{{{{ signatory.name }}}}\n{{{{ signatory.position }}}}"
    )
    signed.paragraph_format.space_before, signed.paragraph_format.keep_together = Pt(8), True
    document.add_paragraph("{%p if attachments %}")
    document.add_paragraph(f"{words['attachments']}: {{{{ attachments|join('; ') }}}}", style="Small")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph(f"{words['drafter']}: {{{{ drafter }}}}", style="Small")


def _each(document: Any, name: str, *, with_next: bool = False) -> None:
    document.add_paragraph(f"{{%p for paragraph in {name} %}}")
    paragraph = document.add_paragraph("{{ paragraph }}")
    paragraph.paragraph_format.keep_together, paragraph.paragraph_format.keep_with_next = True, with_next or None
    document.add_paragraph("{%p endfor %}")


def _conditions(document: Any, words: dict[str, str]) -> None:
    grid = _table(document, (6.9, 5.0, 2.2, 2.4), rows=4)
    _lines(grid, "C5CED8")
    _description(grid, words["conditions"])
    head, loop, row, end = grid.rows
    for cell, name in zip(head.cells, ("condition", "value", "needed", "state"), strict=True):
        run = cell.paragraphs[0].add_run(words[name])
        run.bold, run.font.size = True, Pt(9)
        _shade(cell, "EEF3F8")
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    loop.cells[0].text = "{%tr for one in conditions %}"
    end.cells[0].text = "{%tr endfor %}"
    for cell, name in zip(row.cells, ("text", "value", "needed", "state"), strict=True):
        for text, colour in _state() if name == "state" else ((f"{{{{ one.{name} }}}}", INK),):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold, run.font.color.rgb = Pt(9), name == "state", colour
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for paragraph in (cell.paragraphs[0] for line in (head, row) for cell in line.cells):
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.space_before = Pt(1)


def _state() -> tuple[tuple[str, RGBColor], ...]:
    """How a condition stands: in words, and what is not met in another colour too."""
    shown = "{{ one.state }}"
    return (
        ("{% if one.code == 'met' %}", INK), (shown, INK), ("{% else %}", INK), (shown, WARM), ("{% endif %}", INK),
    )  # fmt: skip


def _table(document: Any, widths: tuple[float, ...], rows: int) -> Any:
    grid = document.add_table(rows=rows, cols=len(widths))
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    return grid


def _lines(grid: Any, colour: str) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", colour)):
            line.set(qn(name), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _description(grid: Any, text: str) -> None:
    said = OxmlElement("w:tblDescription")
    said.set(qn("w:val"), text)
    grid._tbl.tblPr.append(said)


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _rule(paragraph: Any, side: str, colour: str, size: int) -> None:
    _borders(paragraph, (side,), colour, size)


def _box(paragraph: Any, colour: str) -> None:
    _borders(paragraph, ("top", "left", "bottom", "right"), colour, 12)


def _borders(paragraph: Any, sides: tuple[str, ...], colour: str, size: int) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", str(size)), ("w:space", "3"), ("w:color", colour)):
            line.set(qn(name), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _framed(paragraph: Any) -> None:
    """Beside the address, at the right; a table would be read out as one."""
    frame = OxmlElement("w:framePr")
    places = (("w", "3970"), ("hSpace", "142"), ("wrap", "around"), ("vAnchor", "text"), ("hAnchor", "margin"))
    for name, value in (*places, ("xAlign", "right"), ("y", "1")):
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _page_field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def fields_page(text: str) -> str:
    """docs/templates.md with its tables of fields as the source has them."""
    for name, fields in known().items():
        if name in ALIKE:
            continue
        begin = BEGIN.format(name=name)
        with language.using("en"):
            told = f"{begin}\n{table(fields)}{END}"
        pattern = re.escape(begin) + ".*?" + re.escape(END)
        found = re.search(pattern, text, flags=re.DOTALL)
        if found is None:
            raise SystemExit(f"{DOCS.name} has no place for the fields of {name}")
        text = text[: found.start()] + told + text[found.end() :]
    return text


def made() -> dict[Path, bytes]:
    """Every file this script writes, and its bytes."""
    files = {SHIPPED / f"letter.{lang}.docx": word_letter(lang) for lang in language.LANGUAGES}
    files[DOCS] = fields_page(DOCS.read_text(encoding="utf-8")).encode("utf-8")
    return files


def main(arguments: list[str]) -> int:
    """Write, or with ``--check`` only look."""
    stale = [path for path, content in made().items() if not path.is_file() or path.read_bytes() != content]
    for path in stale:
        print(path.relative_to(ROOT))
        if "--check" not in arguments:
            path.write_bytes(made()[path])
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
