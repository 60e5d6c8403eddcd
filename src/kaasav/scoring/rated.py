"""What people rate a criterion: one level, a range, nothing yet, or that it does not apply."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kaasav.catalogue.model import LevelCriterion, Practice
from kaasav.dates import months_back
from kaasav.scoring.bounds import Levels
from kaasav.scoring.case import Case, Rated


class Basis(StrEnum):
    """Whose word the rated level is."""

    CONSENSUS = "consensus"
    AGREED = "agreed"
    RANGE = "range"
    SINGLE = "single"
    SELF = "self"
    NONE = "none"


class Claim(StrEnum):
    """Whether somebody says that the criterion does not apply, and what became of it."""

    NONE = "none"
    GRANTED = "granted"
    REFUSED = "refused"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's rating: as given, and as it counts after the rule on practice."""

    person: str
    level: int | None
    counted: int | None
    practice_since: datetime.date | None
    not_applicable: bool

    @property
    def capped(self) -> bool:
        """Whether the level counts for less because the practice is too young or its start unknown."""
        return self.level != self.counted


@dataclass(frozen=True, slots=True)
class RatedLevel:
    """The rated level of one criterion.

    Attributes:
        levels: its bounds; None where the criterion does not apply.
        raters: how many assessors gave a level or said it does not apply.
    """

    basis: Basis
    claim: Claim
    levels: Levels | None
    raters: int
    votes: tuple[Vote, ...]

    @property
    def unrated(self) -> bool:
        """Whether nobody's word settles even a range."""
        return self.basis is Basis.NONE


def is_preview(case: Case) -> bool:
    """Whether no assessor has rated anything and there is no consensus, in the whole assessment."""
    people = [*case.ratings.values(), case.consensus]
    return not any(rated.given for by_criterion in people for rated in by_criterion.values())


def rate(criterion: LevelCriterion, case: Case) -> RatedLevel:
    """The rated level of ``criterion``: consensus, else agreement, else range; a preview takes the self-assessment."""
    practice = case.catalogue.scale.practice
    highest = case.catalogue.scale.highest
    youngest = months_back(case.evidence_date, practice.months)

    def vote(person: str, rated: Rated, since: datetime.date | None) -> Vote:
        counted = _capped(rated.level, since, practice, youngest)
        return Vote(person, rated.level, counted, since, rated.not_applicable)

    assessors = [
        vote(person, rated, rated.practice_since)
        for person, by_criterion in sorted(case.ratings.items())
        if (rated := by_criterion.get(criterion.id)) is not None and rated.given
    ]
    own = case.claims.get(criterion.id, Rated())
    agreed = case.consensus.get(criterion.id, Rated())
    votes = [*assessors]
    if own.given:
        votes.append(vote("self", own, own.practice_since))
    if agreed.given:
        known = [v.practice_since for v in assessors if v.practice_since is not None]
        votes.append(vote("consensus", agreed, agreed.practice_since or max(known, default=None)))

    unknown = Levels(0, highest)
    claimed = any(v.not_applicable for v in votes)
    if agreed.given:
        settled, basis = [votes[-1]], Basis.CONSENSUS
    elif assessors:
        settled, basis = assessors, _basis(assessors, case.catalogue.award_rule.min_assessors)
    elif own.given and is_preview(case):
        settled, basis = [votes[-1]], Basis.SELF
    else:
        settled, basis = [], Basis.NONE
    if claimed:
        claim = _claim(settled, basis, case.catalogue.award_rule.min_assessors)
        if claim is not Claim.REFUSED:
            levels = None if claim is Claim.GRANTED else unknown
            basis = basis if claim is Claim.GRANTED else Basis.NONE
            return RatedLevel(basis, claim, levels, len(assessors), tuple(votes))
    else:
        claim = Claim.NONE
    counted = [v.counted for v in settled if v.counted is not None]
    levels = Levels(min(counted), max(counted)) if counted else unknown
    return RatedLevel(basis, claim, levels, len(assessors), tuple(votes))


def _basis(assessors: Sequence[Vote], min_assessors: int) -> Basis:
    if len(assessors) == 1:
        return Basis.AGREED if min_assessors <= 1 else Basis.SINGLE
    same = len({vote.counted for vote in assessors}) == 1
    return Basis.AGREED if same and len(assessors) >= min_assessors else Basis.RANGE


def _claim(settled: Sequence[Vote], basis: Basis, min_assessors: int) -> Claim:
    """A claim is settled by consensus, or by enough assessors who all say the same kind of thing."""
    enough = basis is Basis.CONSENSUS or (basis is not Basis.SELF and len(settled) >= min_assessors)
    said = {vote.not_applicable for vote in settled}
    if not enough or len(said) != 1:
        return Claim.UNSETTLED
    return Claim.GRANTED if said == {True} else Claim.REFUSED


def _capped(level: int | None, since: datetime.date | None, practice: Practice, youngest: datetime.date) -> int | None:
    if level is None or level < practice.from_level or (since is not None and since <= youngest):
        return level
    return practice.from_level - 1
