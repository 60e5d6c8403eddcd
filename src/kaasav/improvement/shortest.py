"""The shortest way to a tier: the level changes of least effort that meet all its conditions together.

What is least, one after the other: criteria raised that were to be left alone; effort; the longest lead time; criteria
raised; levels climbed; last, so that the answer is the same every time, the catalogue's order. The search is exact
(`solver`, `listing`), and each way is judged by the scoring rules before it is told.
"""

from collections.abc import Sequence
from itertools import islice

from kaasav.catalogue.model import Catalogue, Tier
from kaasav.improvement import reached
from kaasav.improvement.constraints import NONE, Constraints
from kaasav.improvement.listing import choices
from kaasav.improvement.program import Option, Program, build
from kaasav.improvement.solver import least
from kaasav.improvement.start import Kind, Standing, Start
from kaasav.improvement.unreachable import no_way
from kaasav.improvement.way import DimensionShare, Shortest, Step, TierWays, Way

ALTERNATIVES = 5
"""So many alternatives are told."""

_ORDER = (Kind.PAPERS, Kind.TIME, Kind.PRACTICE)


def shortest(
    start: Start,
    catalogue: Catalogue,
    tier: str,
    constraints: Constraints = NONE,
    *,
    clear_guard: bool = False,
    alternatives: int = ALTERNATIVES,
) -> Shortest:
    """The shortest way to ``tier``.

    Args:
        start: where the municipality stands.
        catalogue: the one the start was judged by.
        tier: id of one of the catalogue's tiers.
        constraints: what the way has to heed.
        clear_guard: end outside the guard band: the total at least threshold + band, the first total out of it.
        alternatives: how many other ways of equal effort and lead time are listed at most.

    Raises:
        KeyError: the catalogue has no such tier.
    """
    known = {one.id: one for one in catalogue.award_rule.tiers}[tier]
    program = build(start, catalogue, known, constraints, clear_guard=clear_guard)
    found, more = _found(program, alternatives + 1)
    ways = [_way(program, chosen, start, catalogue, known, clear_guard=clear_guard) for chosen in found]
    return Shortest(
        tier=tier,
        clear_guard=clear_guard,
        way=ways[0] if ways else None,
        no_way=None if ways else no_way(start, catalogue, known, constraints, clear_guard=clear_guard),
        alternatives=tuple(ways[1:]),
        more=more,
        gates=tuple(gate for gate in start.gates if gate.condition in known.conditions),
    )


def ways(start: Start, catalogue: Catalogue, constraints: Constraints = NONE) -> tuple[TierWays, ...]:
    """The shortest way to every tier, in the catalogue's order."""
    found = []
    for tier in catalogue.award_rule.tiers:
        first = shortest(start, catalogue, tier.id, constraints)
        near = first.way is not None and first.way.guard
        clear = shortest(start, catalogue, tier.id, constraints, clear_guard=True) if near else None
        found.append(TierWays(tier.id, first, clear))
    return tuple(found)


def _found(program: Program, most: int) -> tuple[list[tuple[Option, ...]], bool | None]:
    """Up to ``most`` of the cheapest choices, in their order, and whether there are more (None: not known)."""
    if not all(program.options):
        return [], False
    standing = tuple(options[0] for options in program.options)
    if program.holds(standing):
        return [standing], False
    if not program.holds([options[-1] for options in program.options]):
        return [], False
    goal = least(program)
    if goal is None:
        raise RuntimeError("the solver found no way where all levels at their highest are one")
    listed = list(islice(choices(program, goal.avoided, goal.effort, goal.lead_months), most + 1))
    ended = None in listed
    found = [chosen for chosen in listed if chosen is not None]
    first = found[0] if found else ()
    if (sum(o.avoided for o in first), sum(o.effort for o in first)) != (goal.avoided, goal.effort):
        raise RuntimeError("the solver and the listing disagree on the least effort")
    more = True if len(found) > most else None if ended else False
    return found[:most], more


def _way(
    program: Program,
    chosen: Sequence[Option],
    start: Start,
    catalogue: Catalogue,
    tier: Tier,
    *,
    clear_guard: bool,
) -> Way:
    levels = program.levels(chosen)
    judged = reached.judge(levels, start, catalogue, tier)
    if not judged.met or (clear_guard and judged.guard):
        raise RuntimeError("the way found does not meet the conditions by the scoring rules")
    steps = tuple(_step(one, levels[one.id]) for one in start.criteria if levels[one.id] > one.level)
    return Way(
        steps=steps,
        effort=sum(step.effort for step in steps),
        lead_months=max((step.lead_months for step in steps), default=0),
        levels=sum(step.to - step.start for step in steps),
        total=judged.total,
        dimensions=tuple(DimensionShare(d.id, d.share.lower) for d in judged.dimensions),
        guard=judged.guard,
        avoided=tuple(id_ for id_, option in zip(program.criteria, chosen, strict=True) if option.avoided),
    )


def _step(one: Standing, level: int) -> Step:
    rises = one.to(level)
    return Step(
        criterion=one.id,
        dimension=one.dimension,
        start=one.level,
        to=level,
        kind=max((rise.kind for rise in rises), key=_ORDER.index),
        rises=rises,
        effort=one.effort(level),
        lead_months=one.lead_months(level),
    )
