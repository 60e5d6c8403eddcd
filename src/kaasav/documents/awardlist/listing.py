"""The award list as values: what every format shows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kaasav.documents.awardlist.cells import Cell, Said

Home = Literal["list", "details"]
LIST: Home = "list"
DETAILS: Home = "details"
"""The table a column stands in: the one people read, and the one that explains it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: how it is named in JSON and on the command line.
        title: its header.
        explanation: what stands in it, in a sentence or two.
        home: `LIST` or `DETAILS`.
        width: in a workbook, in characters.
        internal: whether the public list leaves it out.
    """

    key: str
    title: str
    explanation: str
    home: Home
    width: float
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality; ``state`` is the best answer any tier has: ``met``, ``open``, ``not_met``, None (none yet)."""

    code: str
    name: str
    state: str | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole list, in the language that was in use when it was made.

    Attributes:
        language: ``et`` or ``en``.
        title: such as “Proposals for awards: Round 2026”.
        round: id of the round.
        round_title: its title.
        evidence_date: of the round.
        closing_date: of the round; the only date the list's bytes carry.
        issuer: who gives the list out; "" if the round does not say.
        catalogue: reference of the catalogue, ``id@version``.
        catalogue_title: its title.
        catalogue_status: proposal, pilot or approved.
        rules: for each tier, what it asks for, in a sentence.
        ranked: whether the catalogue asks for places.
        decided: whether decisions are recorded.
        public: whether internal notes are left out.
        left_out: how many fictional municipalities the public list leaves out.
        marks: what the list has to say of itself first: that it is a proposal, that it is a sample.
        notes: what else a reader must know.
        columns: every column shown, in order.
        rows: every municipality, in order.
    """

    language: str
    title: str
    round: str
    round_title: str
    evidence_date: datetime.date
    closing_date: datetime.date
    issuer: str
    catalogue: str
    catalogue_title: str
    catalogue_status: str
    rules: tuple[str, ...]
    ranked: bool
    decided: bool
    public: bool
    left_out: int
    marks: tuple[Said, ...]
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the list's tables: its title and columns."""

    title: str
    columns: tuple[Column, ...]
