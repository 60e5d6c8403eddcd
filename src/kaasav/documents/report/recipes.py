"""The files of one improvement report: PDF, Word and HTML of the report, and its action plan as a workbook."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from kaasav.documents import paper, press
from kaasav.documents.recipe import Recipe
from kaasav.documents.report import html, plan, word
from kaasav.documents.report.context import context
from kaasav.documents.report.gather import Gathered
from kaasav.documents.template import SHIPPED, Template, find
from kaasav.language import active

REPORT, PLAN = "report", "plan"
TEMPLATE = "report.typ"
FORMATS = ("pdf", "docx", "html", "xlsx")
"""The formats there are; ``xlsx`` is the action plan, the others are the report."""


def recipes(gathered: Gathered, root: Path | None, formats: Sequence[str]) -> list[Recipe]:
    """A recipe for each of ``formats``, in their order and in the language in use.

    Args:
        gathered: what the report is made of.
        root: the workspace, whose own templates win; None: only what ships.
        formats: some of `FORMATS`.
    """
    source = gathered.inputs.source
    day = source.submission.round.closing_date
    chart = _shipped("chart.typ")
    told = {**context(gathered.inputs), "day": day.isoformat()}
    made = []
    for format_ in formats:
        data: Mapping[str, Any] = told
        template: Template | None = None
        libraries: tuple[str, ...] = ()
        match format_:
            case "pdf":
                template = find(TEMPLATE, active(), root)
                render, libraries = partial(paper.pdf, template, told, day=day), press.LIBRARIES
            case "docx":
                template = chart
                render, libraries = partial(word.write, told, chart, day), word.LIBRARIES
            case "html":
                template = find(html.TEMPLATE, active(), root)
                data = {**told, "chart": chart.version}
                render, libraries = partial(html.write, told, template, chart), html.LIBRARIES
            case "xlsx":
                data = plan.data(gathered)
                render, libraries = partial(plan.write, data), plan.LIBRARIES
            case _:
                raise ValueError(format_)
        made.append(
            Recipe(
                document=PLAN if format_ == "xlsx" else REPORT,
                format=format_,
                language=active(),
                result=source.hash,
                data=data,
                render=render,
                template=template,
                libraries=libraries,
            )
        )
    return made


def _shipped(name: str) -> Template:
    return Template(name, (SHIPPED / name).read_bytes(), False, name)
