"""The marks of a document that is not the real thing, as a picture to lie behind a landscape page."""

from functools import cache

from kaasav.documents import press
from kaasav.documents.template import SHIPPED, Template

NAME = "watermark.typ"


@cache
def watermark(marks: tuple[str, ...]) -> str:
    """The SVG picture of ``marks`` (at least one word), 297 × 210 mm, its letters as shapes."""
    return press.svg(Template(NAME, (SHIPPED / NAME).read_bytes(), False, NAME), {"marks": list(marks)})
