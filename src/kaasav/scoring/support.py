"""The highest level the evidence carries, and what each level still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kaasav.catalogue.model import LevelCriterion
from kaasav.problems import KINDS, Location, Problem
from kaasav.scoring.bounds import Levels
from kaasav.scoring.case import Case, ItemVerdict, Use
from kaasav.scoring.usability import Check, check

PARTLY_UP_TO = 2
"""A use accepted in part counts for the requirements of levels up to this one."""


class Strength(IntEnum):
    """How far a use counts: not at all, for the lower levels only, in full."""

    NONE = 0
    PARTLY = 1
    FULL = 2


_BY_CHECK = {
    Check.UNUSABLE: (Strength.NONE, Strength.NONE),
    Check.OPEN: (Strength.NONE, Strength.FULL),
    Check.USABLE: (Strength.FULL, Strength.FULL),
}
_BY_VERDICT = {
    ItemVerdict.NOT_ACCEPTED: Strength.NONE,
    ItemVerdict.PARTLY: Strength.PARTLY,
    ItemVerdict.ACCEPTED: Strength.FULL,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a use is open or not usable, as a record keeps it: the problem's code and details, no sentence."""

    code: str
    details: tuple[tuple[str, str], ...]

    def at(self, location: Location) -> Problem:
        """The reason as a problem at ``location``."""
        return KINDS[self.code].at(location, **dict(self.details))


@dataclass(frozen=True, slots=True)
class UseResult:
    """One use as it counts in the end.

    Attributes:
        check: what the file and its dates say.
        reasons: why it is not simply usable.
        verdicts: what people say of it, by person (``consensus`` included).
        lower, upper: how far it counts at least and at most.
        outside: whether it comes from the community or a third party.
    """

    item: str
    criterion: str
    kind: str
    sha256: str | None
    outside: bool
    check: Check
    reasons: tuple[Reason, ...]
    verdicts: tuple[tuple[str, ItemVerdict], ...]
    lower: Strength
    upper: Strength

    @property
    def differs(self) -> bool:
        """Whether assessors' verdicts differ and no consensus settles them."""
        given = dict(self.verdicts)
        return "consensus" not in given and len(set(given.values())) > 1


class Need(StrEnum):
    """What a level asks of the evidence."""

    ITEMS = "items"
    ANY_OF = "any_of"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class NeedCheck:
    """One need of one level: how many are wanted and how many there are, at least and at most."""

    need: Need
    wanted: int
    lower: int
    upper: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """All needs of one level, those of the levels below included."""

    level: int
    needs: tuple[NeedCheck, ...]

    @property
    def holds_surely(self) -> bool:
        """Whether it holds without the open uses."""
        return all(need.lower >= need.wanted for need in self.needs)

    @property
    def may_hold(self) -> bool:
        """Whether it holds if every open use turns out well."""
        return all(need.upper >= need.wanted for need in self.needs)


@dataclass(frozen=True, slots=True)
class Support:
    """The supported level and the check of every level from 1."""

    supported: Levels
    checks: tuple[LevelCheck, ...]


def weigh(use: Use, case: Case) -> UseResult:
    """Check one use and take off what people's verdicts reject; a verdict never gives back what the check took."""
    item = case.items[use.item]
    checked = check(use, case)
    verdicts = _verdicts(use, case)
    low, high = _BY_CHECK[checked.check]
    given = dict(verdicts)
    deciding = [given["consensus"]] if "consensus" in given else list(given.values())
    strengths = [_BY_VERDICT[verdict] for verdict in deciding] or [Strength.FULL]
    return UseResult(
        item=use.item,
        criterion=use.criterion,
        kind=item.kind,
        sha256=item.facts.sha256,
        outside=item.origin.rank == 2,
        check=checked.check,
        reasons=tuple(Reason(problem.code, problem.details) for problem in checked.reasons),
        verdicts=verdicts,
        lower=min(low, *strengths),
        upper=min(high, max(strengths)),
    )


def _verdicts(use: Use, case: Case) -> tuple[tuple[str, ItemVerdict], ...]:
    people = [*sorted(case.ratings.items()), ("consensus", case.consensus)]
    return tuple(
        (person, rated.verdicts[use.item])
        for person, by_criterion in people
        if (rated := by_criterion.get(use.criterion)) is not None and use.item in rated.verdicts
    )


def support(criterion: LevelCriterion, uses: Sequence[UseResult], highest: int) -> Support:
    """The highest level L such that the requirements of all levels 1…L hold, without and with the open uses."""
    checks = tuple(_level(criterion, uses, level) for level in range(1, highest + 1))
    surely = _reached([c.holds_surely for c in checks])
    maybe = _reached([c.may_hold for c in checks])
    return Support(Levels(surely, maybe), checks)


def _reached(holds: list[bool]) -> int:
    return holds.index(False) if False in holds else len(holds)


def _level(criterion: LevelCriterion, uses: Sequence[UseResult], level: int) -> LevelCheck:
    least = Strength.PARTLY if level <= PARTLY_UP_TO else Strength.FULL
    sure = [use for use in uses if use.lower >= least]
    possible = [use for use in uses if use.upper >= least]
    asked = [criterion.evidence.levels[n] for n in range(1, level + 1) if n in criterion.evidence.levels]
    items = next((r.items for r in reversed(asked) if r.items is not None), 0)
    outside = next((r.outside for r in reversed(asked) if r.outside is not None), 0)
    needs = [NeedCheck(Need.ITEMS, items, _files(sure), _files(possible))]
    for group in (group for requirement in asked for group in requirement.any_of):
        needs.append(
            NeedCheck(
                Need.ANY_OF,
                1,
                _files([use for use in sure if use.kind in group]),
                _files([use for use in possible if use.kind in group]),
                group,
            )
        )
    if outside:
        lower = _files([use for use in sure if use.outside])
        upper = _files([use for use in possible if use.outside])
        needs.append(NeedCheck(Need.OUTSIDE, outside, lower, upper))
    return LevelCheck(level, tuple(needs))


def _files(uses: Sequence[UseResult]) -> int:
    """How many distinct files: the same bytes count once."""
    return len({use.sha256 for use in uses})
