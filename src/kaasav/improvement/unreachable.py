"""Why there is no way: what stays short, and which constraints stand in it.

No condition gets harder to meet when a level rises. So whether there is a way at all is seen at the highest levels the
constraints allow, without searching.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from kaasav.catalogue.model import Catalogue, Tier, TotalCondition
from kaasav.improvement import reached
from kaasav.improvement.constraints import Constraints
from kaasav.improvement.program import levels_allowed
from kaasav.improvement.start import Start
from kaasav.improvement.way import Loosened, NoWay, Short
from kaasav.scoring.bounds import State


def no_way(start: Start, catalogue: Catalogue, tier: Tier, constraints: Constraints, *, clear_guard: bool) -> NoWay:
    """What cannot be reached under ``constraints``, and what would open a way."""

    def opens(dropped: Sequence[Loosened]) -> bool:
        return not short(start, catalogue, tier, _without(constraints, dropped), clear_guard=clear_guard)

    every = _hard(constraints)
    each = tuple(one for one in every if opens([one]))
    needed: list[Loosened] = []
    if not each and opens(every):
        needed = list(every)
        for one in every:
            fewer = [other for other in needed if other != one]
            if opens(fewer):
                needed = fewer
    return NoWay(short(start, catalogue, tier, constraints, clear_guard=clear_guard), each, tuple(needed))


def short(
    start: Start, catalogue: Catalogue, tier: Tier, constraints: Constraints, *, clear_guard: bool
) -> tuple[Short, ...]:
    """What stays short at the highest levels allowed; nothing if there is a way."""
    allowed = levels_allowed(start, constraints)
    unkept = tuple(
        Short("", "fix", one.criterion, Fraction(_by_then(one.criterion, start, constraints)), Fraction(one.level))
        for one in constraints.fix
        if not allowed[one.criterion]
    )
    if unkept:
        return unkept
    judged = reached.judge({id_: levels[-1] for id_, levels in allowed.items()}, start, catalogue, tier)
    found = []
    for condition in judged.conditions:
        for part in condition.parts:
            if part.state is not State.MET and part.lower is not None and part.threshold is not None:
                found.append(Short(condition.id, condition.type, part.id, part.lower, part.threshold))
    if found or not (clear_guard and judged.guard):
        return tuple(found)
    totals = [one for id_ in tier.conditions if isinstance(one := catalogue.conditions[id_], TotalCondition)]
    return tuple(
        Short(one.id, "guard", "total", judged.total, threshold)
        for one in totals
        if judged.total < (threshold := Fraction(one.min_share) + Fraction(one.guard))
    )


def _by_then(criterion: str, start: Start, constraints: Constraints) -> int:
    return levels_allowed(start, replace(constraints, fix=()))[criterion][-1]


def _hard(constraints: Constraints) -> list[Loosened]:
    """Every hard constraint, in the order people gave them."""
    fixes = [Loosened("fix", one.criterion, one.level) for one in constraints.fix]
    return fixes if constraints.by is None else [*fixes, Loosened("by", by=constraints.by)]


def _without(constraints: Constraints, dropped: Sequence[Loosened]) -> Constraints:
    kept = tuple(one for one in constraints.fix if Loosened("fix", one.criterion, one.level) not in dropped)
    by = None if any(one.what == "by" for one in dropped) else constraints.by
    return replace(constraints, fix=kept, by=by)
