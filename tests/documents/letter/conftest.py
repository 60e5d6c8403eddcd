"""Word files to look into, and templates to try."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from kaasav.documents.template import Template

sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))

MakeTemplate = Callable[..., Template]


@pytest.fixture
def own() -> MakeTemplate:
    """An own Word template: a paragraph for each text, and a table with ``cell`` in its second cell; the marks are its header."""

    def made(*texts: str, cell: str = "", header: str = "", name: str = "letter.docx") -> Template:
        document: Any = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        if cell:
            document.add_table(1, 2).rows[0].cells[1].text = cell
        document.sections[0].header.paragraphs[0].text = header or "{{ marks|join(' ') }}"
        out = io.BytesIO()
        document.save(out)
        return Template(name, out.getvalue(), True, f"templates/{name}")

    return made


def texts(content: bytes) -> str:
    """All text of a Word file: header, body and tables in order, footer; a line each paragraph."""
    document: Any = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    lines = [one.text for one in section.header.paragraphs]
    for block in document.element.body.iter():
        if block.tag.endswith("}p"):
            lines.append(docx.text.paragraph.Paragraph(block, document).text)
    lines += [one.text for one in section.footer.paragraphs]
    return "\n".join(lines)
