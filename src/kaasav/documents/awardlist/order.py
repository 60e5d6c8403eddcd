"""The order of the rows, as the catalogue asks for it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from kaasav.alphabet import estonian
from kaasav.documents.awardlist.cells import Bounds, Cell
from kaasav.documents.awardlist.listing import Row
from kaasav.documents.awardlist.places import Place, places
from kaasav.documents.awardlist.row import BEST
from kaasav.documents.source import Source
from kaasav.numbers import span

Pair = tuple[Source, Row]


def in_order(pairs: Sequence[Pair], *, ranked: bool) -> list[Row]:
    """The rows in order: real municipalities first, fictional ones after them, each group with places of its own.

    Not ranked: by the answers of the tiers, then in Estonian alphabetical order. Ranked: by place.
    """
    groups = groupby(sorted(pairs, key=_training), key=_training)
    order = _ranked if ranked else _by_name
    return [row for _training_, group in groups for row in order(list(group))]


def _training(pair: Pair) -> bool:
    return bool(pair[0].municipality["training"])


def _by_name(pairs: Sequence[Pair]) -> list[Row]:
    def key(pair: Pair) -> tuple[object, ...]:
        source, row = pair
        return [BEST.index(tier["state"]) for tier in source.result["tiers"]], estonian(row.name), row.code

    return [row for _source, row in sorted(pairs, key=key)]


def _ranked(pairs: Sequence[Pair]) -> list[Row]:
    """A preview has no place: it rests on what a municipality says of itself."""
    totals = []
    for source, row in pairs:
        total = row.cells["total"]
        known = isinstance(total, Bounds) and not source.preview
        totals.append((total.lower, total.upper) if isinstance(total, Bounds) and known else None)
    found = list(zip(places(totals), (row for _source, row in pairs), strict=True))
    found.sort(key=lambda one: (_first(one[0]), estonian(one[1].name), one[1].code))
    return [replace(row, cells={**row.cells, "place": _said(place)}) for place, row in found]


def _first(place: Place | None) -> tuple[bool, int, int]:
    return (True, 0, 0) if place is None else (False, place.first, place.last)


def _said(place: Place | None) -> Cell:
    if place is None:
        return None
    return place.first if place.first == place.last else span(str(place.first), str(place.last))
