"""The shortest way to the award on the screen, in the words of the report."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaasav.documents.report.gather import Gathered
from kaasav.documents.report.way import in_short, way_section
from kaasav.language import _
from kaasav.telling.dates import months_text


def one_way(one: Gathered) -> RenderableType:
    """The way of one municipality: what to do, what else would do, what it rests on."""
    inputs = one.inputs
    section = way_section(inputs.shortest, inputs.clear, inputs.start, inputs.constraints, inputs.source.catalogue)
    heading = Text(f"\n{section['title']}: {inputs.source.municipality['name']}", style="bold")
    return Group(heading, *(_shown(block) for block in section["blocks"]))


def _shown(block: Mapping[str, Any]) -> RenderableType:
    match block["type"]:
        case "table":
            return Group(Text(f"\n{block['caption']}", style="bold"), _table(block["head"], block["rows"]))
        case "points":
            lines = [Text(block["title"], style="bold"), *(Text(f"  – {item}") for item in block["items"])]
            return Group(*lines)
        case "note":
            return Text(f"\n{block['text']}", style="dim")
    return Text(block["text"])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for title in head:
        table.add_column(Text(title), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return Padding(table, (0, 0, 0, 2), expand=False)


def several(found: Sequence[tuple[str, Gathered]]) -> RenderableType:
    """A line for each municipality of a round."""
    head = [_("Municipality"), _("Steps"), _("Effort"), _("Time"), ""]
    return Group(Text(""), _table(head, [_line(one) for _name, one in found]))


def _line(one: Gathered) -> list[str]:
    way = one.inputs.shortest.way
    name = one.inputs.source.municipality["name"]
    if way is None or not way.steps:
        return [name, "–", "–", "–", in_short(one.inputs.shortest)]
    guard = _("in the guard band") if way.guard else ""
    return [name, str(len(way.steps)), str(way.effort), months_text(way.lead_months), guard]
