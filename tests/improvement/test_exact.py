"""The way found is the shortest: against every possible set of levels, counted out, on small random catalogues."""

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaasav.catalogue.model import Catalogue
from kaasav.improvement import listing
from kaasav.improvement.constraints import Constraints, Fix
from kaasav.improvement.program import Program
from kaasav.improvement.program import build as program_of
from kaasav.improvement.shortest import shortest
from kaasav.improvement.solver import Least, least
from kaasav.improvement.start import Kind, Start
from kaasav.improvement.way import Way
from kaasav.scoring.result import TierState

from ..scoring import build
from .making import BEGIN, criterion, raised, recorded, start_at, with_papers

IDS = ("K1", "K2", "O1", "O2")
BY_LEVEL = st.fixed_dictionaries({level: st.integers(0, 4) for level in range(1, 5)})
MONTHS = st.fixed_dictionaries({level: st.sampled_from([0, 1, 6, 12, 15]) for level in range(1, 5)})
SHARES = st.sampled_from(["0", "0.25", "0.30", "0.40", "0.50", "0.55", "0.60", "0.75", "0.90", "1"])


PUBLISHED = build.first_catalogue()
PLENTY = build.plenty(PUBLISHED)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Catalogue, Start, Constraints, bool]:
    """A catalogue, a start, constraints, and whether the way shall leave the guard band."""
    ids = draw(st.sampled_from([IDS, IDS[:3], IDS[:2], ("K1", "O1", "O2")]))
    catalogue = build.catalogue(
        *(
            criterion(
                id_,
                draw(st.integers(1, 6)),
                draw(BY_LEVEL),
                draw(MONTHS),
                mandatory=draw(st.sampled_from([None, None, 1, 3])),
            )
            for id_ in ids
        ),
        conditions=[
            {**build.FLOOR, "min_share": draw(SHARES)},
            {**build.TOTAL, "min_share": draw(SHARES), "guard": draw(st.sampled_from(["0", "0.03", "0.10"]))},
            build.MANDATORY,
        ],
        tiers=[build.tier("label", *draw(st.sampled_from([("floor", "total", "mandatory"), ("total",), ("floor",)])))],
    )
    levels = {id_: draw(st.integers(0, 4)) for id_ in ids}
    lighter = {
        id_: (draw(st.sampled_from([Kind.PAPERS, Kind.TIME])), draw(st.integers(0, 4)))
        for id_ in draw(st.sets(st.sampled_from(ids)))
    }
    constraints = Constraints(
        tuple(
            Fix(id_, draw(st.integers(levels[id_], 4)))
            for id_ in sorted(draw(st.sets(st.sampled_from(ids), max_size=1)))
        ),
        tuple(sorted(draw(st.sets(st.sampled_from(ids), max_size=2)))),
        draw(st.sampled_from([None, None, datetime.date(2028, 3, 15), datetime.date(2027, 6, 1)])),
    )
    return catalogue, with_papers(start_at(catalogue, levels), lighter), constraints, draw(st.booleans())


def every_way(
    catalogue: Catalogue, start: Start, constraints: Constraints, clear_guard: bool
) -> list[tuple[tuple[Any, ...], tuple[int, ...]]]:
    """All sets of levels that hold, the best first, each with what it is measured by: worked out without the solver."""
    fixed = {one.criterion: one.level for one in constraints.fix}
    ranges = [
        [
            level
            for level in range(one.level, 5)
            if fixed.get(one.id, level) == level and constraints.within(BEGIN, one.lead_months(level))
        ]
        for one in start.criteria
    ]
    found = []
    for levels in product(*ranges):
        if not holds(catalogue, start, levels, clear_guard):
            continue
        pairs = [(one, level) for one, level in zip(start.criteria, levels, strict=True) if level > one.level]
        key = (
            sum(one.id in constraints.avoid for one, _ in pairs),
            sum(one.effort(level) for one, level in pairs),
            max((one.lead_months(level) for one, level in pairs), default=0),
            len(pairs),
            sum(level - one.level for one, level in pairs),
            tuple(-level for level in levels),
        )
        found.append((key, levels))
    return sorted(found)


def holds(catalogue: Catalogue, start: Start, levels: Sequence[int], clear_guard: bool) -> bool:
    total = Fraction(0)
    asked = catalogue.award_rule.tiers[0].conditions
    known = {one["id"]: one for one in catalogue.model_dump()["award_rule"]["conditions"]}
    for dimension in catalogue.dimensions:
        members = [(one, at) for one, at in zip(start.criteria, levels, strict=True) if one.dimension == dimension.id]
        share = Fraction(sum(one.weight * at for one, at in members), 4 * sum(one.weight for one, _ in members))
        if "floor" in asked and share < Fraction(known["floor"]["min_share"]):
            return False
        total += dimension.weight * share
    total /= sum(dimension.weight for dimension in catalogue.dimensions)
    if "mandatory" in asked and any(at < (one.min_level or 0) for one, at in zip(start.criteria, levels, strict=True)):
        return False
    band = Fraction(known["total"]["guard"]) if clear_guard else 0
    return "total" not in asked or total >= Fraction(known["total"]["min_share"]) + band


def ends(start: Start, way: Way) -> tuple[int, ...]:
    return tuple({**start.levels, **raised(way.steps)}.values())


@settings(max_examples=120, deadline=None)
@given(questions())
def test_the_way_and_its_alternatives_are_those_counted_out(
    question: tuple[Catalogue, Start, Constraints, bool],
) -> None:
    catalogue, start, constraints, clear_guard = question
    every = every_way(*question)
    found = shortest(start, catalogue, "label", constraints, clear_guard=clear_guard)
    if not every:
        assert found.way is None
        assert found.no_way is not None
        assert found.no_way.short
        return
    assert found.way is not None
    assert ends(start, found.way) == every[0][1]
    assert (len(found.way.avoided), found.way.effort, found.way.lead_months) == every[0][0][:3]
    equal = [levels for key, levels in every if key[:3] == every[0][0][:3]]
    sparing = [one for one in equal if not any(other != one and below(other, one) for other in equal)]
    assert [ends(start, one) for one in found.alternatives] == sparing[1:6]
    assert found.more is (len(sparing) > 6)


def below(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


@settings(max_examples=40, deadline=None)
@given(questions())
def test_what_would_open_a_way_does(question: tuple[Catalogue, Start, Constraints, bool]) -> None:
    catalogue, start, constraints, clear_guard = question
    found = shortest(start, catalogue, "label", constraints, clear_guard=clear_guard)
    if found.no_way is None:
        return
    for dropped in [*([one] for one in found.no_way.each), *([found.no_way.together] if found.no_way.together else [])]:
        gone = {one.criterion for one in dropped}
        looser = Constraints(
            tuple(one for one in constraints.fix if one.criterion not in gone),
            constraints.avoid,
            None if any(one.what == "by" for one in dropped) else constraints.by,
        )
        assert shortest(start, catalogue, "label", looser, clear_guard=clear_guard).way is not None


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=28, max_size=28), st.sampled_from([(), ("K3",), ("K3", "T1")]))
def test_the_published_catalogue_judged_at_the_end_meets_the_rule(levels: list[int], left_out: tuple[str, ...]) -> None:
    """The whole judgement, from ratings and evidence, says met, and so it does out of the guard band."""
    catalogue = PUBLISHED
    given_levels: dict[str, Any] = {one.id: at for one, at in zip(catalogue.rated, levels, strict=True)}
    given_levels |= dict.fromkeys(left_out, build.NA)
    start = start_free(catalogue, given_levels)
    for clear_guard in (False, True):
        found = shortest(start, catalogue, "kaasav_omavalitsus", clear_guard=clear_guard)
        assert found.way is not None
        for way in (found.way, *found.alternatives):
            end = {**given_levels, **raised(way.steps)}
            items, uses = PLENTY
            result = build.judged(build.case(catalogue, build.both(end), items=items, uses=uses))
            (tier,) = result.tiers
            assert (tier.state, result.total.lower) == (TierState.MET, way.total)
            assert tier.guard is way.guard
            assert not (clear_guard and tier.guard)


def start_free(catalogue: Catalogue, levels: Mapping[str, Any]) -> Start:
    items, uses = PLENTY
    case = build.case(catalogue, build.both(levels), items=items, uses=uses)
    return Start.of(recorded(case), catalogue, BEGIN)


def least_by_listing(program: Program) -> Least | None:
    """The least as the listing's tables give it, in whole numbers alone: another method than the solver's."""
    efforts = sum(max((option.effort for option in options), default=0) for options in program.options)

    def cheapest(lead_months: int) -> tuple[int, int] | None:
        found = next(listing.choices(program, len(program.criteria), efforts, lead_months), None)
        return None if found is None else (sum(o.avoided for o in found), sum(o.effort for o in found))

    leads = sorted({option.lead_months for options in program.options for option in options})
    best = cheapest(leads[-1])
    return None if best is None else Least(*best, next(lead for lead in leads if cheapest(lead) == best))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=28, max_size=28),
    st.sampled_from([(), ("K3",), ("K3", "T1")]),
    st.sets(st.sampled_from([one.id for one in PUBLISHED.rated]), max_size=3),
    st.booleans(),
)
def test_two_methods_find_the_same_least(
    levels: list[int], left_out: tuple[str, ...], avoid: set[str], clear_guard: bool
) -> None:
    at: dict[str, Any] = {one.id: level for one, level in zip(PUBLISHED.rated, levels, strict=True)}
    start = start_free(PUBLISHED, at | dict.fromkeys(left_out, build.NA))
    tier = PUBLISHED.award_rule.tiers[0]
    wishes = Constraints(avoid=tuple(sorted(avoid)))
    program = program_of(start, PUBLISHED, tier, wishes, clear_guard=clear_guard)
    assert least(program) == least_by_listing(program)


def test_whole_numbers_of_any_size_are_compared_exactly() -> None:
    """A total that misses its threshold by one part in 10^12 is missed: no tolerance lets it pass."""
    heavy = 10**9
    catalogue = build.catalogue(
        criterion("K1", heavy, {4: 1}),
        criterion("K2", heavy - 1, {4: 2}),
        criterion("K3", heavy + 1, {4: 3}),
        conditions=[{**build.TOTAL, "min_share": "0.75"}],
    )
    start = start_at(catalogue, {"K1": 3, "K2": 2, "K3": 3})
    found = shortest(start, catalogue, "label")
    assert found.way is not None
    assert raised(found.way.steps) == {"K1": 4}
    start = start_at(catalogue, {"K1": 3, "K2": 3, "K3": 2})
    found = shortest(start, catalogue, "label")
    assert found.way is not None
    assert (raised(found.way.steps), found.way.total >= Fraction(3, 4)) == ({"K3": 3}, True)


def test_the_listing_is_asked_only_where_the_solver_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = build.catalogue(criterion("K1"))
    start = start_at(catalogue, {"K1": 2})
    monkeypatch.setattr("kaasav.improvement.shortest.least", lambda program: Least(0, 7, 99))
    with pytest.raises(RuntimeError, match="disagree"):
        shortest(start, catalogue, "label")


def test_the_solver_says_when_there_is_nothing_to_choose() -> None:
    catalogue = build.catalogue(criterion("K1"), criterion("K2"))
    start = start_at(catalogue, {"K1": 2, "K2": 2})
    tier = catalogue.award_rule.tiers[0]
    held = Constraints((Fix("K1", 2), Fix("K2", 2)))
    assert least(program_of(start, catalogue, tier, held, clear_guard=False)) is None
    assert least(program_of(start, catalogue, tier, Constraints(), clear_guard=False)) == Least(0, 3, 12)


def test_too_many_to_look_through_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LOOKED_AT", 3)
    catalogue = build.catalogue(*(criterion(f"K{n}", 1, dict.fromkeys(range(1, 5), 1)) for n in range(1, 7)))
    start = start_at(catalogue, {f"K{n}": 2 for n in range(1, 7)})
    found = shortest(start, catalogue, "label")
    assert (len(found.alternatives), found.more) == (2, None)
