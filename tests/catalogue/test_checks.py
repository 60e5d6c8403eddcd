"""Each mistake a catalogue can hold: the good catalogue, what is changed in it, and the one problem that follows."""

from pathlib import Path

import pytest

from kaasav.catalogue.checks import levels, names, rule, weights
from kaasav.catalogue.reader import understand
from kaasav.problems import ProblemKind

SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text(encoding="utf-8")

# problem code: what is replaced, by what, and where the problem is told (the line is found by the marker text)
MISTAKES = {
    "id-twice": ("{id: letter, title", "{id: event, title", "letter|{id: event, title: {et: Kiri"),
    "undefined": ("support: [course]", "support: [coarse]", "support: [coarse]"),
    "language-missing": ("why: {et: Sest., en: Because.}\n    weight: 4", "why: {et: Sest.}\n    weight: 4", "{et: Sest.}"),
    "language-unknown": ("title: {et: Väike, en: Small}", "title: {et: Väike, en: Small, ru: Мал}", "ru: Мал"),
    "kind-unused": ("accepts: [act, event, letter]", "accepts: [act, event]", "{id: letter"),
    "gate-not-indicator": ("criterion: C1", "criterion: A1", "criterion: A1"),
    "scale-gap": ("    1: {et: Natuke, en: Some}\n", "", "  levels:\n    0: {et: Ei"),
    "practice-beyond-scale": ("{from_level: 2,", "{from_level: 3,", "{from_level: 3,"),
    "level-text-missing": ("      1: {et: natuke, en: some}\n      2: {et: palju, en: much}\n    evidence:\n      accepts: [act, event]\n", "      2: {et: palju, en: much}\n    evidence:\n      accepts: [act, event]\n", "B1"),
    "level-beyond-scale": ("        2: {items: 2}\n", "        2: {items: 2}\n        3: {items: 3}\n", "3: {items: 3}"),
    "level-without-evidence": ("        1: {items: 1}\n        2: {items: 2}", "        2: {items: 2}", "B1"),
    "requirement-shrinks": ("        1: {items: 1}\n        2: {items: 2}", "        1: {items: 3}\n        2: {items: 2}", "2: {items: 2}"),
    "any-of-not-accepted": ("- [act, event]\n    support", "- [act, photo]\n    support", "- [act, photo]"),
    "any-of-empty": ("- [act, event]\n    support", "- []\n    support", "- []"),
    "outside-impossible": ("accepts: [act, event, letter]", "accepts: [act, event]", "outside: 1"),
    "mandatory-beyond-scale": ("{min_level: 1}", "{min_level: 3}", "{min_level: 3}"),
    "act-with-age": ("timing: act}", "timing: act, max_age_months: 3}", "timing: act, max"),
    "kind-without-age": ("timing: event, max_age_months: 18}", "timing: event}", "{id: letter"),
    "weights-of-dimensions": ("total_weight: 10", "total_weight: 100", "total_weight: 100"),
    "weights-of-criteria": ("weight: 6\n    mandatory", "weight: 5\n    mandatory", "en: First}, weight: 6"),
    "no-weight": ("weight: 4\n    levels", "weight: 0\n    levels", "weight: 0\n    levels"),
    "indicator-weight": ("weight: 0\n    indicator", "weight: 1\n    indicator", "weight: 1\n    indicator"),
    "no-assessors": ("min_assessors: 1", "min_assessors: 0", "min_assessors: 0"),
    "no-tier": ("    - {id: label, title: {et: Märgis, en: Label}, conditions: [must, floor, total, people]}\n", "    []\n", "  tiers:"),
    "tier-without-conditions": ("[must, floor, total, people]", "[]", "{id: label"),
    "nothing-mandatory": ("    mandatory: {min_level: 1}\n", "", "{id: must"),
    "outcome-missing": (", no_data: open}", "}", "outcome: {met"),
    "outcome-unknown": (", no_data: open}", ", no_data: open, maybe: open}", "maybe: open"),
    "gate-never-met": ("{met: met, near_above: open, near_below: failed, not_met: failed, no_data: open}", "{met: failed, near_above: failed, near_below: failed, not_met: failed, no_data: failed}", "outcome: {met"),
    "confidence": ("confidence: 0.95", "confidence: 0.9", "confidence: 0.9"),
    "reliable-below-minimum": ("reliable_from: 60", "reliable_from: 20", "reliable_from: 20"),
    "award-needs-unknown": ("    guard: [third", "    gard: [third", "gard: [third"),
    "scale-too-long": ("    2: {et: Palju, en: Much}\n", "    2: {et: Palju, en: Much}\n    99: {et: Palju, en: Much}\n", "99:"),
    "level-zero-needs": ("        1: {items: 1}\n        2: {items: 2}", "        0: {items: 1}\n        1: {items: 1}\n        2: {items: 2}", "0: {items: 1}"),
    "outside-more-than-items": ("outside: 1", "outside: 3", "outside: 3"),
    "condition-unused": ("[must, floor, total, people]", "[must, floor, total]", "id: people"),
    "size-classes-order": ("{id: all, title: {et: kõik, en: all}}", "{id: all, title: {et: kõik, en: all}, to: 5}", "B1"),
    "state-text-missing": ("      no_data: {et: teadmata, en: unknown}\n", "", "    states:"),
}  # fmt: skip


def codes(text: str) -> dict[str, int]:
    """The line of every problem of a catalogue, by code."""
    _catalogue, problems = understand(text.encode(), "small.yaml")
    return {problem.code: problem.location.line for problem in problems}


def test_the_good_catalogue_has_no_problem() -> None:
    assert codes(SMALL) == {}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_told_where_it_stands(code: str) -> None:
    before, after, marker = MISTAKES[code]
    assert SMALL.count(before) == 1, "the change must be one change"
    changed = SMALL.replace(before, after)
    found = codes(changed)
    assert code in found
    marker = marker.rsplit("|", 1)[-1]
    expected = changed[: changed.index(marker)].count("\n") + 1
    if marker not in ("B1", "  tiers:", "  levels:\n    0: {et: Ei"):  # told at a key near by
        assert found[code] == expected


def test_every_kind_of_problem_has_its_bad_example() -> None:
    declared = {
        value.code
        for module in (levels, names, rule, weights)
        for value in vars(module).values()
        if isinstance(value, ProblemKind)
    }
    assert declared == set(MISTAKES)


def test_all_mistakes_are_told_at_once() -> None:
    changed = SMALL
    for code in ("undefined", "confidence", "award-needs-unknown", "weights-of-dimensions"):
        before, after, _marker = MISTAKES[code]
        changed = changed.replace(before, after)
    assert set(codes(changed)) == {"undefined", "confidence", "award-needs-unknown", "weights-of-dimensions"}


def test_a_near_miss_is_guessed() -> None:
    _catalogue, problems = understand(SMALL.replace("support: [course]", "support: [coarse]").encode(), "c.yaml")
    assert [problem.hint for problem in problems] == ["did you mean “course”?"]
