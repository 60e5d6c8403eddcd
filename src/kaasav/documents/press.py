"""Typst: plain data and a template become a PDF, or pictures. The only module that knows the typesetter.

Data reach a template as one JSON text, never as Typst source, so nothing a municipality wrote can be run.
"""

import datetime
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaasav.documents.coverage import printable
from kaasav.documents.template import SHIPPED, Template
from kaasav.language import N_
from kaasav.problems import Location, Problem, Refused, error

if TYPE_CHECKING:
    from typst import Fonts, TypstError

LIBRARIES = ("typst",)
"""What the bytes depend on beside Kaasav."""
_NO_PACKAGES = str(SHIPPED / "packages")
"""There is no such folder: a package somebody has on the machine is none of a document’s."""
FONTS = Path(__file__).parent / "fonts"

FAILED = error(
    "template-failed",
    N_("the template cannot be set: {reason}"),
    N_("correct the template; “kaasav template check” tries it"),
)

PACKAGE = error(
    "template-package",
    N_("the template takes in the package {name} from the network"),
    N_("documents must come out the same without a network: copy what is needed into the template"),
)
READS = error(
    "template-reads",
    N_("the template reads a file; there is none it may read"),
    N_("documents are made of the template and the record alone: put pictures and texts into the template itself"),
)
_NAMED = re.compile(r"(?:packages\.typst\.org/|searched for )([^\s:,)]+)")
_FROM_NETWORK = ("package not found", "failed to download package", "failed to load package")
_PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_PACKAGE = re.compile(rb'"(@[\w-]+/[^"\n]*)"')


def pdf(template: Template, data: Mapping[str, Any], *, day: datetime.date) -> bytes:
    """The PDF/UA-1 file of ``template`` filled with ``data``.

    Args:
        template: a Typst template. It starts with ``#import "/kaasav.typ": *`` and finds the data as ``data``.
        data: plain data (no floats); signs no font has are written out, see `coverage.printable`.
        day: the document's date, from the record.

    Returns:
        The same bytes for the same template, data and day.

    Raises:
        Refused: the template cannot be set (`FAILED`), with its line.
    """
    return _compile(template, data, format="pdf", pdf_standards=["ua-1"], timestamp=_moment(day))


def svg(template: Template, data: Mapping[str, Any]) -> str:
    """The first page of ``template`` filled with ``data``, as an SVG picture with its letters as shapes.

    Raises:
        Refused: as `pdf`.
    """
    return _compile(template, data, format="svg").decode("utf-8")


def png(template: Template, data: Mapping[str, Any], *, ppi: int = 200) -> bytes:
    """The first page of ``template`` filled with ``data``, as a PNG picture of ``ppi`` dots an inch.

    Raises:
        Refused: as `pdf`.
    """
    return _compile(template, data, format="png", ppi=ppi)


def _compile(template: Template, data: Mapping[str, Any], **options: Any) -> bytes:
    import typst

    package = _PACKAGE.search(template.content)
    if package:
        line = template.content.count(b"\n", 0, package.start()) + 1
        name = package[1].decode("utf-8", "replace")
        raise Refused([PACKAGE.at(Location(template.shown, line), name=name)])
    text = json.dumps(printable(data), ensure_ascii=False, sort_keys=True)
    compiler = typst.Compiler(
        template.content,
        root=str(SHIPPED),
        font_paths=_fonts(),
        sys_inputs={"data": text},
        package_path=_NO_PACKAGES,
        package_cache_path=_NO_PACKAGES,
    )
    try:
        made = compiler.compile(**options)
    except typst.TypstError as failure:
        raise Refused([_problem(failure, template.shown)]) from None
    first = made[0] if isinstance(made, list) else made
    return first or b""  # there is one, without an output file


def _problem(failure: "TypstError", shown: str) -> Problem:
    """What Typst says, at its line; what would come from a file or from the network in our own words."""
    place = _PLACE.search(failure.diagnostic)
    where = Location(shown, int(place[1]), int(place[2]) + 1) if place else Location(shown)
    if failure.message.startswith(_FROM_NETWORK):
        named = _NAMED.search(failure.message)
        return PACKAGE.at(where, name=named[1] if named else "")
    if failure.message.startswith(("file not found", "path `", "failed to load file", "access denied")):
        return READS.at(where)
    return FAILED.at(where, reason=failure.message + "".join(f"; {hint}" for hint in failure.hints))


@cache
def _fonts() -> "Fonts":
    """The fonts that ship with Kaasav and with Typst; the machine's own would make other bytes elsewhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
