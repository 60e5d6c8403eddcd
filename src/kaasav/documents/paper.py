"""PDF documents: set by Typst; own templates by a process apart."""

import datetime
from collections.abc import Mapping
from typing import Any

from kaasav.documents import apart, press
from kaasav.documents.template import Template


def pdf(template: Template, data: Mapping[str, Any], *, day: datetime.date) -> bytes:
    """The PDF/UA-1 file of ``template`` filled in with ``data``.

    Raises:
        Refused: as `press.pdf`; an own template takes too long or too much memory.
    """
    if not template.own:
        return press.pdf(template, data, day=day)
    request = {"name": template.name, "shown": template.shown, "data": data, "day": day.isoformat()}
    return apart.call(apart.PDF, template.content, request, template.shown)
