"""The register: every municipality of today, the invented ones for training, and what became of older codes."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

ChangeKind = Literal["renumbered", "merged"]


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality.

    Attributes:
        code: EHAK code, four characters, such as ``0698``; ``X…`` for an invented one.
        name: official name, such as ``Rõuge vald``.
        kind: ``vald`` (rural) or ``linn`` (town).
        county: such as ``Võru maakond``.
        population: inhabitants; None where not known.
        training: whether it is invented.
    """

    code: str
    name: str
    kind: str
    county: str
    population: int | None
    training: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a code: the same municipality ``renumbered``, or ``merged`` into another in ``year``."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: ChangeKind
    year: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A municipality, and the change that led to it where an older name or code was given (a merger goes first)."""

    municipality: Municipality
    via: Change | None = None


class Register:
    """Municipalities and changes, looked up by code. `load` gives the real one."""

    def __init__(self, municipalities: Iterable[Municipality], changes: Iterable[Change]) -> None:
        self.municipalities = tuple(municipalities)
        self.changes = tuple(changes)
        self._current = {one.code: one for one in self.municipalities}
        self._changed = {one.old_code: one for one in self.changes}

    def all(self, training: bool = False) -> tuple[Municipality, ...]:
        """The real municipalities in order of code, or the invented ones if ``training``."""
        return tuple(one for one in self.municipalities if one.training is training)

    def by_code(self, code: str) -> Municipality | None:
        """The municipality with the four-character ``code``, today's or an older one (`found` tells which)."""
        found = self.found(code)
        return found.municipality if found else None

    def found(self, code: str) -> Found | None:
        """As `by_code`, with the change that led there."""
        via: Change | None = None
        seen: set[str] = set()
        while code not in self._current:
            change = self._changed.get(code)
            if change is None or code in seen:
                return None
            seen.add(code)
            if via is None or (via.kind, change.kind) == ("renumbered", "merged"):
                via = change
            code = change.new_code
        return Found(self._current[code], via)

    def history(self, code: str) -> tuple[Change, ...]:
        """Every change that led to today's ``code``, over several steps too, the latest step first."""
        known: dict[Change, None] = {}
        waiting = [code]
        while waiting:
            wanted = waiting.pop(0)
            for change in self.changes:
                if change.new_code == wanted and change not in known:
                    known[change] = None
                    waiting.append(change.old_code)
        return tuple(known)

    def predecessors(self, code: str) -> tuple[Change, ...]:
        """The mergers among `history`: one for each municipality that became part of ``code``, with its year."""
        return tuple(change for change in self.history(code) if change.kind == "merged")


@cache
def load() -> Register:
    """The register the package brings along."""
    real = [_municipality(row, training=False) for row in _rows("municipalities.csv")]
    invented = [_municipality(row, training=True) for row in _rows("training.csv")]
    return Register((*real, *invented), tuple(_change(row) for row in _rows("history.csv")))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("kaasav.municipalities").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _municipality(row: dict[str, str], *, training: bool) -> Municipality:
    population = int(row["population"]) if row["population"] else None
    return Municipality(row["ehak"], row["name"], row["type"], row["county"], population, training)


def _change(row: dict[str, str]) -> Change:
    kind: ChangeKind = "merged" if row["change"] == "merged" else "renumbered"
    year = int(row["year"]) if row["year"] else None
    return Change(row["old_ehak"], row["old_name"], row["new_ehak"], row["new_name"], kind, year)
