"""Where a municipality stands, and what each higher level would take from there."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from kaasav.catalogue.model import Catalogue, LevelCriterion


class Kind(StrEnum):
    """What reaching a level asks for, from the least to the most.

    ``PAPERS``: people have rated it already, the evidence holds it back. ``TIME``: people have given it, the practice
    is only too young. ``PRACTICE``: something has to be done.
    """

    PAPERS = "papers"
    TIME = "time"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Rise:
    """One level above the start.

    Attributes:
        effort: what it takes by the catalogue's measure; 0 for papers and time.
        lead_months: months this level takes after the one below; 0 for papers and time.
    """

    level: int
    kind: Kind
    effort: int
    lead_months: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One criterion that applies.

    Attributes:
        level: the counted level at its lower bound: the start.
        upper: its upper bound.
        min_level: the least level where the criterion is mandatory.
        unrated: nobody's word settles even a range; it starts from 0.
        claimed: it is claimed not to apply and that is not settled; it counts as applying.
        open_uses: evidence that is still open could lift the start.
        rises: every level above the start, upwards.
        wait_months: how long a practice that is too young has still to be kept up.
    """

    id: str
    dimension: str
    weight: int
    level: int
    upper: int
    min_level: int | None
    unrated: bool
    claimed: bool
    open_uses: bool
    rises: tuple[Rise, ...]
    wait_months: int
    practice_from: int
    practice_months: int

    def to(self, level: int) -> tuple[Rise, ...]:
        """What lies between the start and ``level``, that level included."""
        return tuple(rise for rise in self.rises if rise.level <= level)

    def effort(self, level: int) -> int:
        """The effort of reaching ``level``: the sum over the levels between."""
        return sum(rise.effort for rise in self.to(level))

    def lead_months(self, level: int) -> int:
        """Whole months until ``level`` counts.

        Levels follow one another, so their months add up. Where the level a practice is asked from is among those still
        to be put into practice, it takes at least the months the practice must last; a practice that is only too young
        is waited for, and what comes above it can begin meanwhile.
        """
        rises = self.to(level)
        lead = sum(rise.lead_months for rise in rises)
        if any(rise.kind is Kind.PRACTICE and rise.level == self.practice_from for rise in rises):
            lead = max(lead, self.practice_months)
        if any(rise.kind is Kind.TIME for rise in rises):
            lead = max(lead, self.wait_months)
        return lead


@dataclass(frozen=True, slots=True)
class Assumed:
    """A number the catalogue does not state, and what is taken for it."""

    criterion: str
    level: int
    what: Literal["effort", "lead_months"]
    value: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition no step works off: what a survey says. ``state`` is the condition's, ``survey`` the survey's."""

    condition: str
    criterion: str
    state: str
    survey: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where a way begins.

    Attributes:
        begin: the day lead times are counted from.
        highest: the highest level.
        criteria: those that apply, or may apply, in the catalogue's order.
        left_out: those that do not apply.
        assumed: efforts and lead times the catalogue does not state.
        gates: every gate of the award rule as the record has it.
    """

    begin: datetime.date
    status: str
    highest: int
    criteria: tuple[Standing, ...]
    left_out: tuple[str, ...]
    assumed: tuple[Assumed, ...]
    gates: tuple[Gate, ...]

    @classmethod
    def of(cls, record: Mapping[str, Any], catalogue: Catalogue, begin: datetime.date) -> "Start":
        """The start from a record (see docs/record.md) and its catalogue.

        Args:
            record: as it was recorded.
            catalogue: the version it was judged by.
            begin: the day the way begins, such as the round's closing date.
        """
        stated = _Stated(catalogue)
        by_id = {criterion.id: criterion for criterion in catalogue.rated}
        results = record["result"]["criteria"]
        return cls(
            begin=begin,
            status=record["result"]["status"],
            highest=catalogue.scale.highest,
            criteria=tuple(_standing(one, by_id[one["id"]], stated, begin) for one in results if one["counted"]),
            left_out=tuple(one["id"] for one in results if not one["counted"]),
            assumed=tuple(stated.assumed),
            gates=tuple(
                Gate(one["id"], one["parts"][0]["id"], one["state"], one["gate"]["state"])
                for one in record["result"]["conditions"]
                if one["gate"] is not None
            ),
        )

    @property
    def by_id(self) -> dict[str, Standing]:
        """Every criterion that applies by its id."""
        return {one.id: one for one in self.criteria}

    @property
    def levels(self) -> dict[str, int]:
        """The level every criterion starts from."""
        return {one.id: one.level for one in self.criteria}

    @property
    def claimed(self) -> tuple[str, ...]:
        """The criteria claimed not to apply, not settled: they count as applying."""
        return tuple(one.id for one in self.criteria if one.claimed)

    @property
    def unrated(self) -> tuple[str, ...]:
        """The criteria nobody's word settles: they start from 0."""
        return tuple(one.id for one in self.criteria if one.unrated)

    @property
    def could_be_shorter(self) -> tuple[str, ...]:
        """The criteria whose start may turn out higher: the way takes their lower bounds."""
        return tuple(one.id for one in self.criteria if one.upper > one.level)


class _Stated:
    """Effort and lead time as the catalogue states them. What it leaves out is not zero.

    Taken instead: the most that is stated for that level, else for any level, else 1 (effort) or the months a practice
    must last (lead time).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.practice = catalogue.scale.practice
        self.assumed: list[Assumed] = []
        self._all = catalogue.rated

    def effort(self, criterion: LevelCriterion, level: int) -> int:
        return self._number(criterion, level, "effort", 1)

    def lead_months(self, criterion: LevelCriterion, level: int) -> int:
        return self._number(criterion, level, "lead_months", self.practice.months)

    def _number(
        self, criterion: LevelCriterion, level: int, what: Literal["effort", "lead_months"], otherwise: int
    ) -> int:
        own: dict[int, int] = getattr(criterion, what)
        if level in own:
            return own[level]
        every: list[dict[int, int]] = [getattr(one, what) for one in self._all]
        known = [one[level] for one in every if level in one] or [n for one in every for n in one.values()]
        value = max(known, default=otherwise)
        self.assumed.append(Assumed(criterion.id, level, what, value))
        return value


def _standing(result: Mapping[str, Any], criterion: LevelCriterion, stated: _Stated, begin: datetime.date) -> Standing:
    practice = stated.practice
    level, rated = result["counted"]["lower"], result["rated"]["levels"]["lower"]
    votes = _deciding(result["rated"])
    given = max(rated, min((vote["level"] for vote in votes), default=0))
    rises = []
    for above in range(level + 1, max(criterion.levels) + 1):
        kind = Kind.PAPERS if above <= rated else Kind.TIME if above <= given else Kind.PRACTICE
        effort, lead = 0, 0
        if kind is Kind.PRACTICE:
            effort, lead = stated.effort(criterion, above), stated.lead_months(criterion, above)
        rises.append(Rise(above, kind, effort, lead))
    return Standing(
        id=criterion.id,
        dimension=criterion.dimension,
        weight=criterion.weight,
        level=level,
        upper=result["counted"]["upper"],
        min_level=criterion.mandatory.min_level if criterion.mandatory else None,
        unrated=result["rated"]["basis"] == "none",
        claimed=result["rated"]["claim"] == "unsettled",
        open_uses=any(use["upper"] > use["lower"] for use in result["uses"]),
        rises=tuple(rises),
        wait_months=max(_waits(votes, practice.months, begin), default=0),
        practice_from=practice.from_level,
        practice_months=practice.months,
    )


def _deciding(rated: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The votes with a level that the rated level comes from."""
    people = {"consensus": {"consensus"}, "self": {"self"}, "none": set[str]()}.get(rated["basis"])
    return [
        vote
        for vote in rated["votes"]
        if vote["level"] is not None
        and (vote["person"] in people if people is not None else vote["person"] not in ("self", "consensus"))
    ]


def _waits(votes: Sequence[Mapping[str, Any]], months: int, begin: datetime.date) -> Iterator[int]:
    """Months from ``begin`` until each practice found too young is old enough; all of them where its start is unknown.

    ``m`` months are enough once ``months`` months lie between the start of the practice and ``begin`` plus ``m``.
    """
    for vote in votes:
        if vote["level"] == vote["counted"]:
            continue
        if vote["practice_since"] is None:
            yield months
            continue
        since = datetime.date.fromisoformat(vote["practice_since"])
        passed = (begin.year - since.year) * 12 + begin.month - since.month - (begin.day < since.day)
        yield max(0, months - passed)
