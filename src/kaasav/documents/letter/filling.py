"""docxtpl, made strict: what a template becomes is looked at before docxtpl mends, and so loses, anything."""

import re
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree


class Filling(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that refuses to become broken XML or far too long.

    Raises:
        Broken: when filled in.
    """

    def __init__(self, file: Any, longest: int) -> None:
        super().__init__(file)
        self._longest = longest
        self.lines: list[str] = []

    def patch_xml(self, src_xml: str) -> str:
        """As docxtpl does it; the same part once."""
        return _patched(src_xml)

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """One part filled in."""
        self.lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n")
        filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        if len(filled) > self._longest:
            raise Broken("")
        try:
            etree.fromstring(filled.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as failure:
            raise Broken(str(failure)) from None
        return filled

    def line_of(self, failure: BaseException) -> str:
        """The template’s line where ``failure`` happened; "" where it is not told."""
        line, trace = 0, failure.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
            trace = trace.tb_next
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are set from the record."""


@lru_cache(maxsize=32)
def _patched(source: str) -> str:
    found: str = DocxTemplate.patch_xml(None, source)
    return found


class Broken(Exception):
    """The reason; "" where the part is too long."""
