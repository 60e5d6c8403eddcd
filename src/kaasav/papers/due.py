"""Which papers have been kept long enough, and are to be erased."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kaasav.assessment.evidence_list import ItemText
from kaasav.catalogue.model import Catalogue
from kaasav.catalogue.reader import read_file
from kaasav.dates import months_after
from kaasav.papers.members import Member
from kaasav.problems import Location, Problem, Refused
from kaasav.workspace.place import Workspace


@dataclass(frozen=True, slots=True)
class Due:
    """One item that fell due: its place in the list, the last day it was to be kept, and whether the item says so."""

    index: int
    item: ItemText
    kept_until: datetime.date
    stated: bool


def all_due(
    members: Iterable[Member], workspace: Workspace, on: datetime.date, problems: list[Problem]
) -> Iterator[tuple[Member, Due]]:
    """What is `due` at each municipality by its round's catalogue; a catalogue that cannot be read adds to ``problems``
    once, and its rounds' items fall due by their own dates only.
    """
    catalogues: dict[str, Catalogue | None] = {}
    for member in members:
        if member.round is None:
            continue
        reference = member.round.catalogue
        if reference not in catalogues:
            try:
                path = workspace.catalogue(reference, Location(member.shown))
                catalogues[reference] = read_file(path, workspace.relative(path))[0]
            except Refused as refused:
                catalogues[reference] = None
                problems += refused.problems
        for one in due(member.items, catalogues[reference], member.round.closing_date, on):
            yield member, one


def due(
    items: Iterable[ItemText], catalogue: Catalogue | None, closing_date: datetime.date, on: datetime.date
) -> Iterator[Due]:
    """The items with a file that is not erased and whose last day has passed on the day ``on``.

    The last day is the item's ``kept_until``; without it, for kinds with personal data, the catalogue's
    ``personal_data_kept_months`` after the round's ``closing_date``. Other items never fall due.
    """
    for index, item in enumerate(items):
        if item.file is None or item.erased is not None:
            continue
        last = item.kept_until or _usual(item, catalogue, closing_date)
        if last is not None and last < on:
            yield Due(index, item, last, item.kept_until is not None)


def _usual(item: ItemText, catalogue: Catalogue | None, closing_date: datetime.date) -> datetime.date | None:
    kind = catalogue.kinds.get(item.kind) if catalogue else None
    if catalogue is None or kind is None or not kind.personal_data:
        return None
    return months_after(closing_date, catalogue.house_rules.personal_data_kept_months)
