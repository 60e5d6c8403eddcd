"""The shortest way in words, and what has changed: each kind of answer in its own sentence."""

import dataclasses
import datetime
from collections.abc import Mapping
from fractions import Fraction

import pytest

from kaasav.documents.report.change import change_section
from kaasav.documents.report.way import in_short, way_section
from kaasav.documents.source import Source
from kaasav.improvement.change import change
from kaasav.improvement.constraints import NONE
from kaasav.improvement.start import Gate
from kaasav.improvement.way import NoWay, Short
from kaasav.language import use

from .conftest import Gather, blocks, told


def test_the_way_says_what_it_takes_and_when_it_ends(sources: Mapping[str, Source], gathered: Gather) -> None:
    one = gathered(sources["kuuseranna"])
    way = one.inputs.shortest.way
    assert way is not None
    text = told(one, "way")
    assert f"{len(way.steps)} steps together meet every condition that work can meet" in text
    assert (
        f"Effort in all: {way.effort}. The longest step takes {way.lead_months} months, so the way ends about 31 October 2028."
        in text
    )
    assert "The survey condition R2 “Residents are satisfied with involvement” is met." in text
    assert "The way ends within the guard band" in text
    assert one.inputs.clear is not None and one.inputs.clear.way is not None
    assert f"The least effort that ends outside it is {one.inputs.clear.way.effort}, in 24 months." in text
    assert "It goes further with: K3 → 2, K4 → 2, O2 → 4." in text
    assert "It goes less far with" not in text
    assert "Other ways of the same effort and time" in text


def test_out_of_the_guard_band_nothing_is_said_of_it(sources: Mapping[str, Source], gathered: Gather) -> None:
    one = gathered(sources["kuuseranna"], clear_guard=True)
    assert one.inputs.clear is None
    assert "guard band" not in told(one, "way")


def test_a_gate_that_is_open_is_said_apart(sources: Mapping[str, Source], gathered: Gather) -> None:
    one = gathered(sources["tammemae"])
    assert one.inputs.shortest.way is not None and one.inputs.shortest.way.steps == ()
    text = told(one, "way")
    assert "Every condition that work can meet is met already: no step is needed." in text
    assert "No step of this way works it off; it depends on what residents answer in a survey." in text


def test_where_there_is_no_way_it_says_what_stays_short_and_which_wish_stands_in_it(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    day = datetime.date(2026, 12, 1)
    one = gathered(sources["kuuseranna"], by=day, fix=("S1",))
    assert one.inputs.shortest.way is None and one.plans == ()
    text = told(one, "way")
    assert "Within what was asked there is no way to the award." in text
    assert (
        "S1 “Involvement is in the development plan with a goal and a measure” reaches level 1 at most; level 2 is needed."
        in text
    )
    assert "Only dropping all of these wishes opens a way: S1 at level 1; ready by 1 December 2026." in text
    assert told(one, "steps") == ""
    assert in_short(one.inputs.shortest) == "Within what was asked there is no way to the award."


def test_one_wish_that_stands_in_the_way_is_named(sources: Mapping[str, Source], gathered: Gather) -> None:
    text = told(gathered(sources["kuuseranna"], fix=("S1",)), "way")
    assert "This wish dropped opens a way: S1 at level 1." in text
    assert "S1 stays at level 1" in text


def test_any_of_several_wishes_may_be_dropped(sources: Mapping[str, Source], gathered: Gather) -> None:
    text = told(gathered(sources["kuuseranna"], fix=("K1=4",), by=datetime.date(2027, 12, 31)), "way")
    assert "Any one of these wishes dropped opens a way: K1 at level 4; ready by 31 December 2027." in text
    assert "K1 reaches level 4" in text


@pytest.mark.parametrize(
    ("fix", "day", "months"), [("T2=4", (2027, 10, 30), 12), ("K1=4", (2027, 12, 31), 24), ("K4=4", (2026, 11, 30), 27)]
)
def test_a_level_that_takes_longer_than_the_day_asked_is_told_with_its_months(
    sources: Mapping[str, Source], gathered: Gather, fix: str, day: tuple[int, int, int], months: int
) -> None:
    text = told(gathered(sources["kuuseranna"], fix=(fix,), by=datetime.date(*day)), "way")
    assert f"{fix[:2]} at level 4 takes {months} months, later than the day asked." in text


def test_a_level_that_is_reached_by_the_day_asked_is_no_hindrance(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    one = gathered(sources["kuuseranna"], fix=("K1=4",), by=datetime.date(2028, 10, 31))
    assert one.inputs.shortest.way is not None
    assert "later than the day asked" not in told(one, "way")


SHORT = {
    "fix": (
        Short("", "fix", "K1", Fraction(2), Fraction(4)),
        "K1 at level 4 takes 24 months, later than the day asked.",
    ),
    "mandatory": (
        Short("c", "mandatory", "S1", Fraction(1), Fraction(2)),
        "S1 “Involvement is in the development plan with a goal and a measure” reaches level 1 at most; "
        "level 2 is needed.",
    ),
    "dimension_floor": (
        Short("c", "dimension_floor", "T", Fraction(3, 8), Fraction(2, 5)),
        "T “Services and own initiative” reaches 37.5% at most; 40.0% is needed.",
    ),
    "total": (
        Short("c", "total", "total", Fraction(1, 2), Fraction(3, 5)),
        "The total reaches 50.0% at most; 60.0% is needed.",
    ),
    "guard": (
        Short("c", "guard", "total", Fraction(61, 100), Fraction(63, 100)),
        "The total reaches 61.0% at most; outside the guard band it is 63.0% or more.",
    ),
}


@pytest.mark.parametrize("type_", SHORT)
def test_everything_that_stays_short_has_its_sentence(
    sources: Mapping[str, Source], gathered: Gather, type_: str
) -> None:
    short, sentence = SHORT[type_]
    inputs = gathered(sources["kuuseranna"]).inputs
    none = dataclasses.replace(inputs.shortest, way=None, no_way=NoWay((short,), (), ()), alternatives=())
    said = way_section(none, None, inputs.start, NONE, inputs.source.catalogue)["blocks"][0]["text"]
    assert said == f"Within what was asked there is no way to the award. {sentence}"


def test_what_stays_short_is_of_one_of_these_types(sources: Mapping[str, Source], gathered: Gather) -> None:
    """As found by the search itself, with everything but one dimension held."""
    held = [one.id for one in gathered(sources["kuuseranna"]).inputs.start.criteria if one.dimension != "K"]
    found = gathered(sources["kuuseranna"], fix=tuple(held)).inputs.shortest
    assert found.no_way is not None
    types = {one.type for one in found.no_way.short}
    assert {"mandatory", "total"} <= types <= set(SHORT)


def test_out_of_the_guard_band_is_told_where_it_cannot_be_reached(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    """Everything is held where the shortest way leaves it, and that is inside the band."""
    source = sources["kuuseranna"]
    start, way = gathered(source).inputs.start, gathered(source).inputs.shortest.way
    assert way is not None
    ends = {one.id: one.level for one in start.criteria} | {one.criterion: one.to for one in way.steps}
    fix = tuple(f"{id_}={level}" for id_, level in ends.items())
    text = told(gathered(source, fix=fix, clear_guard=True), "way")
    assert "The total reaches 60.0% at most; outside the guard band it is" in text
    assert gathered(source, fix=fix).inputs.shortest.way is not None


@pytest.mark.parametrize(("only", "verb"), [("S1", "was"), ("", "were")])
def test_what_was_to_be_left_alone_and_cannot(
    sources: Mapping[str, Source], gathered: Gather, only: str, verb: str
) -> None:
    every = [one.id for one in gathered(sources["kuuseranna"]).inputs.start.criteria]
    one = gathered(sources["kuuseranna"], avoid=(only,) if only else tuple(every))
    assert one.inputs.shortest.way is not None
    listed = ", ".join(one.inputs.shortest.way.avoided)
    assert f"There is no way without {listed}, which {verb} to be left alone." in told(one, "way")


def test_where_the_other_way_does_less_it_says_so(sources: Mapping[str, Source], gathered: Gather) -> None:
    text = told(gathered(sources["kuuseranna"], fix=("K3",), avoid=("K3",)), "way")
    assert "It goes less far with: K1 → 3." in text
    assert text.count("K3 stays at level 1") == 1 and "K3 only if there is no way without it" not in text


def test_a_way_of_papers_alone_asks_for_no_months(sources: Mapping[str, Source], gathered: Gather) -> None:
    found = gathered(sources["kuuseranna"]).inputs.shortest
    assert found.way is not None
    papers = tuple(one for one in found.way.steps if one.kind == "papers")
    way = dataclasses.replace(found.way, steps=papers, effort=0, lead_months=0)
    said = in_short(dataclasses.replace(found, way=way))
    assert said == f"The shortest way to the award is {len(papers)} steps, and all of them need evidence only."
    gate = (Gate("satisfaction", "R2", "open", "near_below"),)
    assert in_short(dataclasses.replace(found, way=way, gates=gate)).endswith("no step works off.")


def test_each_step_tells_what_is_asked_what_carries_it_help_and_where_it_comes_from(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    from kaasav.documents.report.context import context

    one = gathered(sources["kuuseranna"])
    steps = {block["heading"]: block for block in blocks(context(one.inputs), "steps")}
    assert [heading.split(" ", 1)[0] for heading in steps] == [plan.criterion for plan in one.plans]
    step = steps["K1 Communities are defined and recognised: 2 → 4"]
    parts = {part["title"]: part["items"] for part in step["parts"]}
    assert list(parts) == [
        "What is asked",
        "What evidence would carry it",
        "Advice",
        "Help on offer",
        "Where it comes from",
    ]
    assert parts["What is asked"][0].startswith("Level 3, Working: Recognised communities cover")
    assert parts["What is asked"][-1] == "From level 3 on the practice must have lasted 12 months by the evidence date."
    carries = parts["What evidence would carry it"]
    assert carries[0].startswith("2 more items of evidence, such as: Map of communities")
    assert carries[-1] == (
        "Evidence of this criterion must not be older than 12 to 24 months, by its kind: "
        "what counts today may be too old by then."
    )
    papers = steps["S1 Involvement is in the development plan with a goal and a measure: 1 → 2"]
    assert "too old by then" not in str(papers)
    assert len(parts["Where it comes from"]) == 3
    assert parts["Where it comes from"][-1] == "1 more passage is in the catalogue"
    assert step["facts"] == "K Communities and representation · to be put into practice · effort 6 · 24 months"


def test_a_preview_says_that_it_rests_on_the_self_assessment(sources: Mapping[str, Source], gathered: Gather) -> None:
    known = sources["tammemae"]
    record = {**known.record, "result": {**known.result, "status": "preview"}}
    one = gathered(dataclasses.replace(known, hash="", record=record))
    assert "The way starts from what the municipality says of itself" in told(one, "way")
    assert "This preview is not recorded." in told(one, "method")


def test_in_a_preview_what_needs_evidence_only_rests_on_the_municipality_s_own_word(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    known = sources["kuuseranna"]
    record = {**known.record, "result": {**known.result, "status": "preview"}}
    preview = told(gathered(dataclasses.replace(known, hash="", record=record)), "way")
    assert "What needs evidence only rests on the municipality’s own word." in preview
    assert "Where assessors give a lower one, there is work to do." in preview
    assert "A level that has been given already" not in preview
    real = told(gathered(known), "way")
    assert "own word" not in real and "A level that has been given already" in real


@pytest.mark.parametrize("field", ["levels", "weight"])
def test_what_changed_and_what_cannot_be_compared(source: Source, sources: Mapping[str, Source], field: str) -> None:
    """Näidisvald stands in for the earlier result; one criterion of today's catalogue reads differently."""
    known = source.catalogue
    first = known.rated[0]
    update = (
        {"levels": {**first.levels, 1: {"et": "muu", "en": "other"}}}
        if field == "levels"
        else {"weight": first.weight + 1}
    )
    criteria = tuple(one.model_copy(update=update) if one.id == first.id else one for one in known.criteria)
    today = known.model_copy(update={"criteria": criteria})
    for cached in ("rated", "by_id"):
        today.__dict__.pop(cached, None)
    before = {**source.record, "round": "2025"}
    changed = change(sources["tammemae"].record, today, before, known)
    section = change_section(changed, today, known)
    assert section is not None
    shares, levels = (block["rows"] for block in section["blocks"] if block["type"] == "table")
    by_id = {row[0]: row for row in (*shares, *levels)}
    total = shares[0]
    assert total[-1] == "not comparable: not all of its parts can be compared"
    if field == "levels":
        assert by_id["K1"][-1] == "not comparable: its levels read differently"
    else:
        assert "K1" not in by_id or "not comparable" not in by_id["K1"][-1]
    assert by_id["K"][-1].startswith("not comparable: ")
    assert by_id["S"][-1].endswith(" points") and "not comparable" not in by_id["S"][-1]
    moved = next(one for one in changed.criteria if one.difference is not None and one.difference.lower < 0)
    assert by_id[moved.id][-1] == f"−{-moved.difference.lower}"  # type: ignore[union-attr]


def test_estonian(sources: Mapping[str, Source], gathered: Gather) -> None:
    use("et")
    text = told(gathered(sources["kuuseranna"]), "way")
    assert "Pikim samm võtab 24 kuud, seega jõutakse lõpule umbes 31.10.2028." in text
    assert "Lõpuks on kogutulemus 60,0\u00a0%." in text
    held = told(gathered(sources["kuuseranna"], fix=("S1",)), "way")
    assert "S1 jääb tasemele 1" in held
    assert "Tee avaneb, kui loobuda sellest soovist: S1 tasemel 1." in held
    evidence = told(gathered(sources["kuuseranna"]), "evidence")
    assert "läheb see tase arvesse järgmisel hindamisel" in evidence
