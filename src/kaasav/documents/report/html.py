"""The improvement report as one standalone web page: no script, nothing loaded from elsewhere, its charts inside."""

import re
from collections.abc import Mapping
from typing import Any

from kaasav.documents import press, webpage
from kaasav.documents.template import Template

TEMPLATE = "report.html.j2"
LIBRARIES = (*webpage.LIBRARIES, *press.LIBRARIES)
_ID = re.compile(r'(\bid="|href="#|url\(#)')
_HEAD = re.compile(r"<svg [^>]*?viewBox=\"(?P<box>[^\"]*)\"[^>]*>")


def write(data: Mapping[str, Any], template: Template, chart: Template) -> bytes:
    """The report of `context.context` as HTML.

    Args:
        data: the report.
        template: a Jinja template; a workspace's own is filled in by a process apart.
        chart: the Typst template that draws one chart.

    Returns:
        The same bytes for the same data and templates.

    Raises:
        Refused: as `webpage.write`.
    """
    pictures: list[str] = []

    def drawn(block: Mapping[str, Any]) -> Mapping[str, Any]:
        if block["type"] != "chart":
            return block
        svg = press.svg(chart, {**block, "language": data["language"]})
        pictures.append(picture(svg, len(pictures) + 1))
        return {**block, webpage.PICTURE: len(pictures) - 1}

    sections = [{**one, "blocks": [drawn(block) for block in one["blocks"]]} for one in data["sections"]]
    return webpage.write(template, {**data, "sections": sections}, pictures)


def picture(svg: str, number: int) -> str:
    """An SVG picture to stand in a page: its names made its own, its size left to the page, its letters no text."""
    own = _ID.sub(lambda found: f"{found[1]}chart{number}-", svg)
    return _HEAD.sub(
        lambda found: (
            f'<svg viewBox="{found["box"]}" xmlns="http://www.w3.org/2000/svg" '
            'xmlns:xlink="http://www.w3.org/1999/xlink" aria-hidden="true" focusable="false">'
        ),
        own,
        count=1,
    )
