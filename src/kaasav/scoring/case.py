"""Everything a judgement rests on, as values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaasav.catalogue.model import Catalogue, Origin
from kaasav.evidence.facts import Facts, Place, Sighting
from kaasav.survey.verdict import Verdict as GateVerdict


class ItemVerdict(StrEnum):
    """What a person says of one item for one criterion; it can only take away."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Item:
    """One evidence item with what its file turned out to be."""

    id: str
    kind: str
    origin: Origin
    facts: Facts
    date: datetime.date | None = None
    in_force: tuple[datetime.date, datetime.date | None] | None = None
    checked_on: datetime.date | None = None
    in_reply: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """An item used for a criterion: ``places`` with what was found there; none of them means no place was named.

    ``seen`` says that an assessor has confirmed what no program can search.
    """

    item: str
    criterion: str
    places: tuple[tuple[Place, Sighting], ...] = ()
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """What one person (or the consensus) says of one criterion: a level, or that it does not apply."""

    level: int | None = None
    practice_since: datetime.date | None = None
    not_applicable: bool = False
    verdicts: Mapping[str, ItemVerdict] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether it holds a level or a claim that the criterion does not apply, and not only verdicts."""
        return self.level is not None or self.not_applicable


ByCriterion = Mapping[str, Rated]


@dataclass(frozen=True, slots=True)
class Case:
    """One municipality in one round.

    Attributes:
        claims: the self-assessment, by criterion.
        ratings: by assessor, then by criterion.
        consensus: what the assessors agreed, by criterion.
        gates: the survey's verdict for each indicator criterion a gate asks for.
    """

    catalogue: Catalogue
    evidence_date: datetime.date
    closing_date: datetime.date
    items: Mapping[str, Item]
    uses: tuple[Use, ...]
    claims: ByCriterion = field(default_factory=dict)
    ratings: Mapping[str, ByCriterion] = field(default_factory=dict)
    consensus: ByCriterion = field(default_factory=dict)
    gates: Mapping[str, GateVerdict] = field(default_factory=dict)

    def judged_at(self, item: Item) -> datetime.date:
        """The day ``item`` is judged at: the closing date for what came in the reply or from the assessor."""
        late = item.in_reply or self.catalogue.kinds[item.kind].origin is Origin.ASSESSOR
        return self.closing_date if late else self.evidence_date
