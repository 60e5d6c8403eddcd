"""What people set beforehand: criteria that are fixed, criteria to leave alone, a day to be ready by."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.dates import months_back
from kaasav.improvement.start import Start
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, NOWHERE, Problem, closest, error, warning

UNKNOWN = error("way-criterion-unknown", N_("there is no criterion “{criterion}”"), N_("known: {known}"))
SURVEYED = error(
    "way-criterion-surveyed", N_("{criterion} is answered by a survey: no step of the municipality’s raises it")
)
LEFT_OUT = warning("way-criterion-left-out", N_("{criterion} does not apply, so the way leaves it out anyway"))
UNREADABLE = error(
    "way-fix-unreadable",
    N_("“{text}” is neither a criterion nor a criterion with a level"),
    N_("write K3 to hold the level it has, or K3=3 to set one"),
)
TOO_HIGH = error("way-level-too-high", N_("{criterion}: level {level} is beyond the scale, which ends at {highest}"))
TOO_LOW = error(
    "way-level-below",
    N_("{criterion} is at level {start} already; a way leads up, not down to {level}"),
    N_("to hold the level it has, leave the number out"),
)
TWICE = error("way-criterion-twice", N_("{criterion} is named twice, with different wishes"), N_("name it once"))
BEFORE = error("way-by-before-start", N_("{by} lies before {begin}, the day the way begins"))

_FIX = re.compile(r"\s*(?P<criterion>[^=\s]+)\s*(?:=\s*(?P<level>[0-9]{1,3})\s*)?")


@dataclass(frozen=True, slots=True)
class Fix:
    """A criterion that ends at exactly this level, whatever else would be shorter."""

    criterion: str
    level: int


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a way has to heed.

    Attributes:
        fix: hard. The criterion ends at exactly that level: at the one it has if none was named.
        avoid: soft. The criterion is raised only if there is no way without it, and then as few of these as possible.
        by: hard. Only steps whose lead time, counted from the start's first day, has passed by this day.
    """

    fix: tuple[Fix, ...] = ()
    avoid: tuple[str, ...] = ()
    by: datetime.date | None = None

    def within(self, begin: datetime.date, months: int) -> bool:
        """Whether a lead time of ``months`` from ``begin`` has passed by the day asked for, if one is."""
        return self.by is None or (self.by.year * 12 + self.by.month > months and months_back(self.by, months) >= begin)


NONE = Constraints()


def parse(
    fix: Iterable[str], avoid: Iterable[str], by: datetime.date | None, start: Start, catalogue: Catalogue
) -> tuple[Constraints, list[Problem]]:
    """Constraints from what people write.

    Args:
        fix: ``K3`` (hold the level it has) or ``K3=3`` (this one shall be done, to level 3); letter case is free.
        avoid: ``O5``: not unless there is no way without it. One that is held at its level by ``fix`` is kept there
            anyway, so this wish is left out.
        by: the last day.
        start: where the way begins.
        catalogue: the start's.

    Returns:
        The constraints that could be understood, and every problem; errors mean they should not be used.
    """
    problems: list[Problem] = []
    fixes: dict[str, Fix] = {}
    avoided: dict[str, None] = {}
    for text in fix:
        found = _FIX.fullmatch(text)
        if found is None:
            problems.append(UNREADABLE.at(NOWHERE, text=text))
            continue
        id_ = _criterion(found["criterion"], start, catalogue, problems)
        if id_ is None:
            continue
        at = start.by_id[id_].level
        one = Fix(id_, at if found["level"] is None else int(found["level"]))
        if one.level > start.highest:
            problems.append(TOO_HIGH.at(NOWHERE, criterion=id_, level=one.level, highest=start.highest))
        elif one.level < at:
            problems.append(TOO_LOW.at(NOWHERE, criterion=id_, level=one.level, start=at))
        elif fixes.setdefault(id_, one) != one:
            problems.append(TWICE.at(NOWHERE, criterion=id_))
    for text in avoid:
        id_ = _criterion(text.strip(), start, catalogue, problems)
        if id_ is None:
            continue
        if id_ not in fixes:
            avoided[id_] = None
        elif fixes[id_].level > start.by_id[id_].level:
            problems.append(TWICE.at(NOWHERE, criterion=id_))
    if by is not None and by < start.begin:
        problems.append(BEFORE.at(NOWHERE, by=by, begin=start.begin))
    return Constraints(tuple(fixes.values()), tuple(avoided), by), problems


def _criterion(text: str, start: Start, catalogue: Catalogue, problems: list[Problem]) -> str | None:
    """The id of the criterion meant, if a way can have to do with it."""
    known = {id_.casefold(): id_ for id_ in catalogue.by_id}
    id_ = known.get(text.casefold())
    if id_ is None:
        guess = closest(text, known.values())
        hint = DID_YOU_MEAN if guess else None
        details = {"criterion": text, "known": ", ".join(known.values()), "guess": guess or ""}
        problems.append(UNKNOWN.at(NOWHERE, hint=hint, **details))
        return None
    if not isinstance(catalogue.by_id[id_], LevelCriterion):
        problems.append(SURVEYED.at(NOWHERE, criterion=id_))
        return None
    if id_ not in start.by_id:
        problems.append(LEFT_OUT.at(NOWHERE, criterion=id_))
        return None
    return id_
