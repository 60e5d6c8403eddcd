"""Every municipality of today, the invented ones, and what became of older codes."""

import subprocess
import sys
from collections import Counter

import pytest

from kaasav.municipalities.register import Change, Municipality, Register, load


def one(code: str, name: str = "Uus vald") -> Municipality:
    return Municipality(code, name, "vald", "Võru maakond", None, training=False)


def test_there_are_78_of_them() -> None:
    assert Counter(municipality.kind for municipality in load().all()) == {"vald": 63, "linn": 15}
    assert len({municipality.code for municipality in load().municipalities}) == 81
    assert sum(municipality.population or 0 for municipality in load().all()) > 1_300_000


def test_a_real_one() -> None:
    assert load().by_code("0698") == Municipality("0698", "Rõuge vald", "vald", "Võru maakond", 5068, training=False)


def test_the_invented_ones_stand_apart() -> None:
    invented = load().all(training=True)
    assert [(m.code, m.name, m.kind) for m in invented] == [
        ("X001", "Näidisvald", "vald"),
        ("X002", "Tammemäe vald", "vald"),
        ("X003", "Kuuseranna linn", "linn"),
    ]
    assert not {m.name for m in invented} & {m.name for m in load().all()}
    assert not any(m.code.startswith("X") for m in load().all())


def test_every_change_leads_to_a_municipality_of_its_new_name() -> None:
    assert len(load().changes) == 10
    for change in load().changes:
        municipality = load().by_code(change.new_code)
        assert municipality is not None
        assert municipality.name == change.new_name
        assert (change.year is None) == (change.kind == "renumbered")


@pytest.mark.parametrize(
    ("code", "leads_to", "kind"),
    [("0305", "0305", None), ("0304", "0305", "renumbered"), ("0251", "0250", "merged"), ("0803", "0250", "merged")],
)
def test_old_codes_lead_on(code: str, leads_to: str, kind: str | None) -> None:
    found = load().found(code)
    assert found is not None
    assert found.municipality.code == leads_to
    assert (found.via.kind if found.via else None) == kind
    assert load().by_code(code) == found.municipality


@pytest.mark.parametrize("code", ["", "0000", "698", "Rõuge vald", "x001"])
def test_no_such_code(code: str) -> None:
    assert load().by_code(code) is None


def test_predecessors_are_what_was_merged_not_what_was_renumbered() -> None:
    assert [(c.old_code, c.old_name, c.year) for c in load().predecessors("0250")] == [
        ("0251", "Jõhvi vald", 2025),
        ("0803", "Toila vald", 2025),
    ]
    assert load().predecessors("0305") == ()
    assert [c.old_code for c in load().history("0305")] == ["0304"]
    assert load().history("0698") == ()


def test_history_over_several_steps() -> None:
    renumbered = Change("0001", "Vana vald", "0002", "Vana vald", "renumbered", None)
    merged = Change("0002", "Vana vald", "0003", "Uus vald", "merged", 2017)
    again = Change("0003", "Uus vald", "0004", "Uus vald", "renumbered", None)
    register = Register([one("0004")], [renumbered, merged, again])
    assert register.history("0004") == (again, merged, renumbered)
    assert register.predecessors("0004") == (merged,)
    found = register.found("0001")
    assert found is not None
    assert (found.municipality.code, found.via) == ("0004", merged)


def test_a_merger_that_keeps_the_code_and_a_circle_both_end() -> None:
    kept = Change("0004", "Uus vald", "0004", "Uus vald", "merged", 2017)
    assert Register([one("0004")], [kept]).history("0004") == (kept,)
    circle = [
        Change("0001", "A", "0002", "B", "renumbered", None),
        Change("0002", "B", "0001", "A", "renumbered", None),
    ]
    assert Register([], circle).by_code("0001") is None


def test_the_register_needs_nothing_heavy() -> None:
    heavy = "import kaasav.municipalities.names, sys; print(sorted({'pydantic', 'yaml', 'rich'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
