"""Problems are values that read in either language and cannot act on a terminal."""

import dataclasses

import pytest

from kaasav.language import N_, using
from kaasav.problems import (
    KINDS,
    Location,
    Problem,
    ProblemKind,
    Severity,
    closest,
    error,
    has_errors,
    in_order,
    visible,
)

BAD = ProblemKind("sample-bad", Severity.ERROR, N_("there is no such file"), "ask for “{name}”")
ODD = ProblemKind("sample-odd", Severity.WARNING, "odd: {what}", "")


def test_a_problem_says_what_where_and_what_to_do() -> None:
    problem = BAD.at(Location("a.yaml", 3, 7), name="x")
    assert (str(problem.location), problem.message, problem.hint) == (
        "a.yaml:3:7",
        "there is no such file",
        "ask for “x”",
    )
    assert problem.as_data() == {
        "code": "sample-bad",
        "severity": "error",
        "file": "a.yaml",
        "line": 3,
        "column": 7,
        "message": "there is no such file",
        "hint": "ask for “x”",
    }


def test_the_same_problem_reads_in_estonian() -> None:
    problem = BAD.at(Location("a.yaml"), name="x")
    with using("et"):
        estonian = problem.message
    assert estonian != problem.message


def test_errors_come_first_then_places_and_nothing_twice() -> None:
    one, two, three = ODD.at(Location("a", 1, 1), what=1), BAD.at(Location("b", 2, 1)), BAD.at(Location("b", 1, 9))
    assert in_order([one, two, three, two]) == (three, two, one)
    assert has_errors([one]) is False
    assert has_errors([one, two]) is True


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        error(next(iter(KINDS)), "x")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rõuge vald", "Rõuge vald"),
        ("a\x1b[31mb", "a\\u{1b}[31mb"),
        ("fdp.\u202eexe", "fdp.\\u{202e}exe"),
        ("line\nbreak", "line\\u{a}break"),
        ("nbsp\u00a0here", "nbsp\u00a0here"),
        ("soft\u00adhyphen", "soft\\u{ad}hyphen"),
    ],
)
def test_what_could_act_on_a_terminal_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert ODD.at(Location(text), what=text).message == f"odd: {shown}"
    assert str(Location(text)) == shown


def test_braces_in_what_people_wrote_are_just_braces() -> None:
    assert ODD.at(Location("a"), what="{0.__class__} {x}").message == "odd: {0.__class__} {x}"


def test_closest_guesses_only_what_is_near() -> None:
    assert closest("titel", ["title", "text"]) == "title"
    assert closest("k1", ["K1", "K2"]) == "K1"
    assert closest("xyz", ["title"]) is None


def test_problems_are_immutable() -> None:
    problem: Problem = BAD.at(Location("a"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.hint_text = "x"  # type: ignore[misc]
