"""The award list on the screen: one line for each municipality, and below it what is open."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaasav.cli.screens.figures import STYLE, mark
from kaasav.documents.awardlist.cells import Bounds, Figure, shown
from kaasav.documents.awardlist.listing import Column, Listing, Row

FIRST = ("place", "municipality", "awarded", "award", "total", "survey", "status", "flags")
"""The columns of the screen, unless others are asked for; JSON and files have them all."""


def award_list(listing: Listing, *, whole: bool) -> RenderableType:
    """The list; with ``whole`` a table of all its columns, else of the first ones, and the reasons below."""
    keys = [one.key for one in listing.columns]
    columns = [one for one in listing.columns if whole or one.key.partition(".")[0] in FIRST]
    parts: list[RenderableType] = [Text(listing.title, style="bold")]
    parts += [Text(one.text, style="bold yellow") for one in listing.marks]
    parts += [Text(""), _table(listing, columns)]
    if "open" in keys and not whole:
        parts += _reasons(listing)
    parts.append(Text(""))
    parts += [Text(f"{rule}", style="dim") for rule in listing.rules]
    parts += [Text(note, style="dim") for note in listing.notes]
    return Group(*parts)


def _table(listing: Listing, columns: list[Column]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    table.add_column("")
    for column in columns:
        numbers = any(isinstance(row.cells.get(column.key), int | Bounds | Figure) for row in listing.rows)
        table.add_column(Text(column.title), justify="right" if numbers else "left", overflow="fold")
    for row in listing.rows:
        table.add_row(mark(row.state), *(_cell(row, column) for column in columns))
    return table


def _cell(row: Row, column: Column) -> Text:
    text = Text(shown(row.cells.get(column.key)))
    if column.key in ("award", "answer"):
        text.stylize(STYLE[row.state])
    return text


def _reasons(listing: Listing) -> Iterator[RenderableType]:
    said = [(row, row.cells.get("open")) for row in listing.rows]
    told = [(row, cell) for row, cell in said if isinstance(cell, tuple) and cell]
    if told:
        title = next(one.title for one in listing.columns if one.key == "open")
        yield Text(f"\n{title}", style="bold")
    for row, cell in told:
        yield Padding(Text.assemble(mark(row.state), " ", row.name), (0, 0, 0, 2), expand=False)
        yield from (Padding(Text(one.text), (0, 0, 0, 6), expand=False) for one in cell)
