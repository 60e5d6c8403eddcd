"""What holds for every case, however it is made."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kaasav.catalogue.model import Catalogue, FloorCondition, LevelCriterion, MandatoryCondition, TotalCondition
from kaasav.plain import canonical, plain
from kaasav.scoring.bounds import Levels, Shares, State
from kaasav.scoring.case import Case, Item, ItemVerdict, Rated
from kaasav.scoring.judge import judge
from kaasav.scoring.rated import Basis, Claim
from kaasav.scoring.result import CriterionResult, Result
from kaasav.scoring.support import Strength, UseResult
from kaasav.survey.verdict import State as GateState

from . import build
from .build import NA, at

SOME = settings(max_examples=50, deadline=None)

HEADS = ("K1", "O1", "R1")
"""Nobody claims that these do not apply, so that every dimension has a share."""
OTHERS = ("K2", "K3", "O2")
PEOPLE = ("anu", "mari", "tiit")
CONDITIONS: list[Mapping[str, Any]] = [
    build.MANDATORY,
    {**build.FLOOR, "min_share": "0.25"},
    {**build.TOTAL, "min_share": "0.50"},
    build.GATE,
]

ACCEPTED_KINDS = ("minutes", "letter", "page")
REQUIREMENTS = st.fixed_dictionaries(
    {},
    optional={
        "items": st.integers(0, 3),
        "outside": st.integers(0, 2),
        "any_of": st.lists(st.lists(st.sampled_from(ACCEPTED_KINDS), min_size=1, max_size=2), max_size=1),
    },
)
LEVELS = st.sampled_from([build.level(number) for number in range(5)])
SAID = st.sampled_from([*(build.level(number) for number in range(5)), NA, NA])
VERDICTS = st.sampled_from([None, None, None, *ItemVerdict])
GATES: st.SearchStrategy[GateState] = st.sampled_from(["met", "near_above", "near_below", "not_met", "no_data"])


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    heads = draw(st.sampled_from([("K1",), ("K1", "O1"), ("K1", "R1")]))
    others = draw(
        st.lists(st.sampled_from([name for name in OTHERS if name[0] + "1" in heads]), min_size=1, unique=True)
    )
    criteria = [
        build.criterion(
            name,
            draw(st.integers(1, 6)),
            mandatory=draw(st.one_of(st.none(), st.integers(1, 3))),
            needs=draw(st.dictionaries(st.integers(1, 4), REQUIREMENTS, max_size=3)),
            accepts=ACCEPTED_KINDS,
        )
        for name in (*heads, *others)
    ]
    surveyed = {**build.SURVEYED, "dimension": "K"}
    return build.catalogue(*criteria, surveyed, conditions=CONDITIONS)


def files(number: int) -> st.SearchStrategy[Item]:
    """Usable, open for want of a date, too old, or the same bytes as another."""
    return st.builds(
        lambda kind, date, content: build.item(f"i{number}", kind, date, content=content),
        st.sampled_from(("minutes", "letter", "page", "news")),
        st.sampled_from(("2026-05-01", "2026-05-01", None, "2001-01-01")),
        st.sampled_from((None, None, "the same bytes")),
    )


@st.composite
def cases(draw: st.DrawFn, most_items: int = 4) -> Case:
    catalogue = draw(catalogues())
    names = [one.id for one in catalogue.rated]
    items = [draw(files(number)) for number in range(draw(st.integers(0, most_items)))]
    places = st.sampled_from([(build.WHOLE, build.FOUND), at("unsearchable"), at("not-found", "never said")])
    pairs = [(one.id, name) for one in items for name in names]
    used = draw(st.lists(st.sampled_from(pairs), max_size=6, unique=True)) if pairs else []
    uses = [build.use(item_id, name, draw(places)) for item_id, name in used]

    def said() -> dict[str, Rated]:
        rated = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
        return {
            name: draw(LEVELS if name in HEADS else SAID) for name, there in zip(names, rated, strict=True) if there
        }

    def ratings() -> dict[str, Rated]:
        given = said()
        for item_id, name in used:
            verdict = draw(VERDICTS)
            if verdict is not None:
                before = given.get(name, Rated())
                given[name] = replace(before, verdicts={**before.verdicts, item_id: verdict})
        return given

    people = {person: ratings() for person in PEOPLE[: draw(st.integers(0, 3))]}
    consensus = ratings() if draw(st.booleans()) else {}
    return build.case(
        catalogue, people, consensus=consensus, claims=said(), items=items, uses=uses, gate_state=draw(GATES)
    )


CASES = cases()
SMALL_CASES = cases(most_items=2)


# Bounds are exactly the span of everything that can still come out ----------------------------------------------


def levels_of(one: CriterionResult, criterion: LevelCriterion) -> set[int]:
    """Every level a criterion can come to: a plain second reading of the rules, one outcome at a time."""
    assert one.rated.levels is not None
    rated = range(one.rated.levels.lower, one.rated.levels.upper + 1)
    strengths = [range(use.lower, use.upper + 1) for use in one.uses]
    carried = {_carried(criterion, list(zip(one.uses, outcome, strict=True))) for outcome in product(*strengths)}
    return {min(level, support) for level in rated for support in carried}


def _carried(criterion: LevelCriterion, uses: Sequence[tuple[UseResult, int]]) -> int:
    level, items, outside = 0, 0, 0
    groups: list[tuple[str, ...]] = []
    for asked in range(1, 5):
        requirement = criterion.evidence.levels.get(asked)
        if requirement is not None:
            items = items if requirement.items is None else requirement.items
            outside = outside if requirement.outside is None else requirement.outside
            groups += requirement.any_of
        there = [use for use, strength in uses if strength == Strength.FULL or (strength and asked <= 2)]
        enough = (
            len({use.sha256 for use in there}) >= items
            and len({use.sha256 for use in there if use.outside}) >= outside
            and all(any(use.kind in group for use in there) for group in groups)
        )
        if not enough:
            break
        level = asked
    return level


def outcomes(result: Result, catalogue: Catalogue) -> Iterator[dict[str, int]]:
    """Every way the case can still come out: the level of each criterion that then applies."""
    possible: list[list[int | None]] = []
    for one, criterion in zip(result.criteria, catalogue.rated, strict=True):
        levels: set[int | None] = set() if one.applies is False else {*levels_of(one, criterion)}
        if one.applies is not True:
            levels.add(None)
        possible.append(sorted(levels, key=str))
    for chosen in product(*possible):
        outcome = {c.id: n for c, n in zip(catalogue.rated, chosen, strict=True) if n is not None}
        if {catalogue.by_id[id_].dimension for id_ in outcome} == {c.dimension for c in catalogue.rated}:
            yield outcome


def share(outcome: Mapping[str, int], catalogue: Catalogue, dimension: str) -> Fraction:
    weights = {c.id: c.weight for c in catalogue.rated if c.id in outcome and c.dimension == dimension}
    return Fraction(sum(weight * outcome[id_] for id_, weight in weights.items()), 4 * sum(weights.values()))


def total(outcome: Mapping[str, int], catalogue: Catalogue) -> Fraction:
    above = sum((d.weight * share(outcome, catalogue, d.id) for d in catalogue.dimensions if d.weight), Fraction(0))
    return above / sum(d.weight for d in catalogue.dimensions)


def span(values: Sequence[Fraction]) -> Shares:
    return Shares(min(values), max(values))


@SOME
@given(SMALL_CASES)
def test_bounds_and_conditions_are_those_of_all_outcomes(case: Case) -> None:
    result = build.judged(case)
    possible = list(outcomes(result, case.catalogue))
    totals = [total(outcome, case.catalogue) for outcome in possible]
    assert result.total == span(totals)
    by_dimension = {
        one.id: [share(outcome, case.catalogue, one.id) for outcome in possible] for one in result.dimensions
    }
    for one in result.dimensions:
        assert one.share == span(by_dimension[one.id])
    for condition in case.catalogue.award_rule.conditions:
        found = build.condition_of(result, condition.id).state
        match condition:
            case MandatoryCondition():
                asked = {c.id: c.mandatory.min_level for c in case.catalogue.rated if c.mandatory is not None}
                holds = {
                    all(outcome[id_] >= least for id_, least in asked.items() if id_ in outcome) for outcome in possible
                }
            case TotalCondition():
                holds = {one >= Fraction(condition.min_share) for one in totals}
            case FloorCondition():
                least = Fraction(condition.min_share)
                holds = {
                    all(row) for row in zip(*([s >= least for s in v] for v in by_dimension.values()), strict=True)
                }
            case _:
                continue
        assert found is (State.OPEN if len(holds) == 2 else State.MET if holds == {True} else State.FAILED)


@SOME
@given(CASES)
def test_no_lower_bound_lies_above_its_upper(case: Case) -> None:
    result = build.judged(case)
    pairs: list[Any] = [result.total, *(one.share for one in result.dimensions)]
    for one in result.criteria:
        pairs += [one.rated.levels, one.support.supported, one.counted, one.share, *one.uses]
        pairs += [need for check in one.support.checks for need in check.needs]
    assert all(pair.lower <= pair.upper for pair in pairs if pair is not None)
    assert result.total.lower >= 0
    assert result.total.upper <= 1


@SOME
@given(CASES)
def test_counted_is_at_most_rated_and_at_most_supported(case: Case) -> None:
    for one in build.judged(case).criteria:
        if one.counted is None:
            assert one.rated.claim is Claim.GRANTED
            continue
        assert one.rated.levels is not None
        for limit in (one.rated.levels, one.support.supported):
            assert one.counted.lower <= limit.lower
            assert one.counted.upper <= limit.upper


# Order and scale -------------------------------------------------------------------------------------------------


def shuffled(data: Any, shuffle: Callable[[list[Any]], list[Any]]) -> Any:
    """The same mappings with their keys in another order."""
    if isinstance(data, Mapping):
        return {key: shuffled(data[key], shuffle) for key in shuffle(list(data))}
    if isinstance(data, Rated):
        return replace(data, verdicts=shuffled(data.verdicts, shuffle))
    return data


@SOME
@given(CASES, st.data())
def test_the_order_of_files_people_and_keys_never_matters(case: Case, data: st.DataObject) -> None:
    def shuffle(values: list[Any]) -> list[Any]:
        return data.draw(st.permutations(values))

    other = replace(
        case,
        items=shuffled(case.items, shuffle),
        uses=tuple(shuffle(list(case.uses))),
        claims=shuffled(case.claims, shuffle),
        ratings=shuffled(case.ratings, shuffle),
        consensus=shuffled(case.consensus, shuffle),
    )
    first, second = (canonical(plain(judge(one)[0])) for one in (case, other))
    assert first == second


@SOME
@given(CASES, st.data())
def test_the_order_of_the_catalogue_never_matters(case: Case, data: st.DataObject) -> None:
    known = case.catalogue
    other = known.model_copy(
        update={
            name: tuple(data.draw(st.permutations(getattr(known, name))))
            for name in ("criteria", "dimensions", "evidence_kinds")
        }
    )
    for cached in ("rated", "by_id", "kinds", "conditions"):
        other.__dict__.pop(cached, None)
    first, second = build.judged(case), build.judged(replace(case, catalogue=other))
    assert (second.status, second.tiers, second.total) == (first.status, first.tiers, first.total)
    assert {one.id: one for one in second.criteria} == {one.id: one for one in first.criteria}
    assert {one.id: one for one in second.dimensions} == {one.id: one for one in first.dimensions}
    assert sorted(second.missing) == sorted(first.missing)
    assert [(c.id, c.state) for c in second.conditions] == [(c.id, c.state) for c in first.conditions]


@SOME
@given(CASES, st.integers(2, 9))
def test_only_proportions_of_weights_matter(case: Case, factor: int) -> None:
    first = build.judged(case)
    second = build.judged(replace(case, catalogue=build.reweighted(case.catalogue, factor)))
    assert second.total == first.total
    assert (second.tiers, second.conditions) == (first.tiers, first.conditions)
    assert [one.share for one in second.dimensions] == [one.share for one in first.dimensions]


# One thing more --------------------------------------------------------------------------------------------------


def not_lower(after: Shares | Levels, before: Shares | Levels) -> bool:
    return after.lower >= before.lower and after.upper >= before.upper


@SOME
@given(CASES, st.data())
def test_a_higher_rating_never_lowers_a_total(case: Case, data: st.DataObject) -> None:
    raised = [
        (person, id_)
        for person, given_ in [*case.ratings.items(), ("consensus", case.consensus)]
        for id_, rated in given_.items()
        if rated.level is not None and rated.level < 4
    ]
    assume(raised)
    person, id_ = data.draw(st.sampled_from(raised))
    before = case.consensus if person == "consensus" else case.ratings[person]
    level = before[id_].level
    assert level is not None
    after = {**before, id_: replace(before[id_], level=level + 1)}
    other = (
        replace(case, consensus=after)
        if person == "consensus"
        else replace(case, ratings={**case.ratings, person: after})
    )
    assert not_lower(build.judged(other).total, build.judged(case).total)


@SOME
@given(CASES, st.data())
def test_one_more_usable_item_never_lowers_a_total(case: Case, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from([one.id for one in case.catalogue.rated]))
    one = build.item("more", data.draw(st.sampled_from(ACCEPTED_KINDS)))
    other = replace(case, items={**case.items, "more": one}, uses=(*case.uses, build.use("more", id_)))
    first, second = build.judged(case), build.judged(other)
    assert not_lower(second.total, first.total)
    for before, after in zip(first.criteria, second.criteria, strict=True):
        assert not_lower(after.support.supported, before.support.supported)


@SOME
@given(CASES, st.data())
def test_what_does_not_apply_touches_its_own_dimension_only(case: Case, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from([one.id for one in case.catalogue.rated if one.id not in HEADS]))
    agreed = {**case.consensus, "K1": build.level(2)}  # so that both are no preview
    first = build.judged(replace(case, consensus=agreed))
    second = build.judged(replace(case, consensus={**agreed, id_: NA}))
    own = case.catalogue.by_id[id_].dimension
    for before, after in zip(first.dimensions, second.dimensions, strict=True):
        assert before.id == own or before == after
    for one, two in zip(first.criteria, second.criteria, strict=True):
        assert one.id == id_ or one == two


@SOME
@given(CASES)
def test_consensus_settles_every_level_and_claim(case: Case) -> None:
    agreed: dict[str, Rated] = {one.id: build.level(2) for one in case.catalogue.rated}
    result = build.judged(replace(case, consensus=agreed))
    assert result.missing == ()
    assert all(one.rated.basis is Basis.CONSENSUS and one.rated.levels == Levels(2, 2) for one in result.criteria)


# Thresholds and the plain form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("above", "below"), [(60, 100), (40, 100)])
def test_thresholds_are_met_exactly_and_not_by_a_trifle_less(above: int, below: int) -> None:
    line, trifle = Fraction(above, below), Fraction(1, 10**12)
    assert Shares(line, line).at_least(Fraction(f"0.{above}")) is State.MET
    assert Shares(line - trifle, line - trifle).at_least(Fraction(f"0.{above}")) is State.FAILED


@SOME
@given(CASES)
def test_the_plain_form_is_canonical_and_always_the_same(case: Case) -> None:
    data = plain(build.judged(case))
    text = canonical(data)
    assert json.loads(text) == data
    assert canonical(json.loads(text)) == text
    assert canonical(plain(build.judged(case))) == text
    assert "." not in json.dumps([one["share"] for one in data["dimensions"]])
