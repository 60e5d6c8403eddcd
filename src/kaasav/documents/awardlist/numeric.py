"""The list for spreadsheets: a share between two bounds is two columns, so that every cell is one number."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaasav.documents.awardlist.cells import Bounds, Cell, Figure
from kaasav.documents.awardlist.listing import Column, Listing
from kaasav.language import _


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of single numbers or texts; ``percent``: it holds percentages; ``number``: numbers."""

    title: str
    column: Column
    percent: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Flat:
    """Columns, and for each municipality a cell for each; a `Bounds` in it has two equal ends."""

    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def flat(listing: Listing, columns: Sequence[Column]) -> Flat:
    """The cells of ``columns``; where any share of a column is still open, it becomes “at least” and “at most”."""
    titles: list[FlatColumn] = []
    cells: list[list[Cell]] = [[] for _row in listing.rows]
    for column in columns:
        values = [row.cells.get(column.key) for row in listing.rows]
        shares = [one for one in values if isinstance(one, Bounds)]
        percent = any(isinstance(one, Bounds) or (isinstance(one, Figure) and one.unit == "percent") for one in values)
        number = any(isinstance(one, int | Bounds | Figure) for one in values)
        still_open = any(one.lower != one.upper for one in shares)
        ends = (_lower, _upper) if still_open else (_lower,)
        headers = [_("{column}, at least"), _("{column}, at most")] if still_open else ["{column}"]
        for header, end in zip(headers, ends, strict=True):
            titles.append(FlatColumn(header.format(column=column.title), column, percent, number))
            for row, value in zip(cells, values, strict=True):
                row.append(end(value) if isinstance(value, Bounds) else value)
    return Flat(tuple(titles), tuple(map(tuple, cells)))


def _lower(share: Bounds) -> Bounds:
    return Bounds(share.lower, share.lower, share.places)


def _upper(share: Bounds) -> Bounds:
    return Bounds(share.upper, share.upper, share.places)
