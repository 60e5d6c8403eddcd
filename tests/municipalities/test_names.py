"""Which municipality a text means."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.municipalities.names import find, means, slug
from kaasav.municipalities.register import Municipality, load
from kaasav.problems import Location, Severity

ALL = load().municipalities


def found_name(text: str) -> str | None:
    found, problems = find(text)
    assert not problems
    return found.municipality.name if found else None


@pytest.mark.parametrize(
    "text",
    ["0698", "698", " 0698 ", "EE698", "EE0698", "ee0698", "EE 698", "00860698000001", "Rõuge vald", "Rõuge",
     "RÕUGE VALD", "rõuge   vald", "\u00a0Rõuge\tvald\n", unicodedata.normalize("NFD", "Rõuge vald"), "rouge-vald",
     "rouge vald", "rouge", "ROUGE_VALD"],
)  # fmt: skip
def test_one_municipality_in_all_its_forms(text: str) -> None:
    assert found_name(text) == "Rõuge vald"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("00370141000001", "Anija vald"),
        ("Tallinn", "Tallinn"),
        ("Tallinna linn", "Tallinn"),
        ("tallinna-linn", "Tallinn"),
        ("TALLINN", "Tallinn"),
        ("Tartu linn", "Tartu linn"),
        ("tartu-vald", "Tartu vald"),
        ("Kohtla–Järve", "Kohtla-Järve linn"),
        ("kohtla-jarve", "Kohtla-Järve linn"),
        ("Narva", "Narva linn"),
        ("Narva-Jõesuu", "Narva-Jõesuu linn"),
        ("Pärnu", "Pärnu linn"),
        ("0304", "Kiili vald"),
        ("Jõhvi", "Jõhvi vald"),
        ("x001", "Näidisvald"),
        ("naidisvald", "Näidisvald"),
        ("Kuuseranna", "Kuuseranna linn"),
    ],
)
def test_found(text: str, name: str) -> None:
    assert found_name(text) == name


@pytest.mark.parametrize("name", ["Tartu", "Võru", "Rakvere", "Viljandi"])
def test_a_bare_name_of_two_is_refused_with_both_and_the_full_name_is_not(name: str) -> None:
    for text in (name, name.upper(), slug(name)):
        found, [problem] = find(text)
        assert found is None
        assert problem.code == "municipality-ambiguous"
        assert f"{name} linn" in problem.message
        assert f"{name} vald" in problem.message
    assert found_name(f"{name} linn") == f"{name} linn"
    assert found_name(f"{name} vald") == f"{name} vald"


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Rõuge Vallavalitsus", "Rõuge vald"),
        ("Rõuge Vallavolikogu", "Rõuge vald"),
        ("rouge-vallavalitsus", "Rõuge vald"),
        ("Tartu Linnavalitsus", "Tartu linn"),
        ("Tartu Vallavalitsus", "Tartu vald"),
        ("Tallinna Linnavalitsus", "Tallinn"),
        ("Tallinna Linnakantselei", "Tallinn"),
        ("Lääne-Harju Vallavalitsus", "Lääne-Harju vald"),
    ],
)
def test_an_office_is_not_its_municipality(office: str, name: str) -> None:
    found, [problem] = find(office)
    assert found is None
    assert problem.code == "municipality-office"
    assert f"“{name}”" in problem.hint


@pytest.mark.parametrize("text", ["Toila", "toila vald", "TOILA VALD", "0803", "803", "EE0803"])
def test_a_merger_leads_to_the_successor_and_says_so(text: str) -> None:
    found, [problem] = find(text, Location("assessment.yaml", 3, 7))
    assert found is not None
    assert found.municipality.code == "0250"
    assert found.via is not None
    assert (found.via.old_code, found.via.year) == ("0803", 2025)
    assert (problem.severity, problem.location.line) == (Severity.WARNING, 3)
    assert "Toila vald (0803)" in problem.message
    assert "2025" in problem.message


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("Rõugge vald", "municipality-unknown", "“Rõuge vald”"),
        ("Rõuge valla", "municipality-unknown", "“Rõuge vald”"),
        ("Töri", "municipality-unknown", "vald”"),
        ("Tallin", "municipality-unknown", "“Tallinn”"),
        ("Urvaste vald", "municipality-unknown", "EHAK"),
        ("Keila vald", "municipality-unknown", "EHAK"),
        ("Paide vald", "municipality-unknown", "EHAK"),
        ("Mediaan omavalitsus", "municipality-unknown", "EHAK"),
        ("Elanikke <4000", "municipality-unknown", "EHAK"),
        ("Olematu Vallavalitsus", "municipality-unknown", ""),
        ("x" * 100_000, "municipality-unknown", "EHAK"),
        ("-" * 100_000, "municipality-unknown", "EHAK"),
        ("9999", "municipality-code-unknown", "name"),
        ("X999", "municipality-code-unknown", "name"),
        ("06980", "municipality-unknown", ""),
        ("٠٦٩٨", "municipality-unknown", ""),
        ("", "municipality-missing", "EHAK"),
        (" \t", "municipality-missing", "EHAK"),
    ],
)
def test_not_found(text: str, code: str, hint: str) -> None:
    found, [problem] = find(text)
    assert found is None
    assert problem.code == code
    assert hint in problem.hint
    assert len(problem.message) < 200


@pytest.mark.parametrize("municipality", ALL, ids=lambda m: m.code)
def test_each_is_found_by_code_name_and_folder_name(municipality: Municipality) -> None:
    for text in (municipality.code, municipality.name, slug(municipality.name)):
        found, problems = find(text)
        assert found is not None
        assert (found.municipality, found.via, problems) == (municipality, None, [])


@given(st.sampled_from(ALL), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.sampled_from([str.upper, str.lower]))
def test_letters_may_be_written_in_any_form(municipality: Municipality, form: str, case: object) -> None:
    text = unicodedata.normalize(form, case(municipality.name))  # type: ignore[operator, arg-type]
    assert found_name(text) == municipality.name


@given(st.text(max_size=80))
def test_any_text_gives_a_municipality_or_an_error(text: str) -> None:
    found, problems = find(text)
    assert (found is None) == any(problem.severity is Severity.ERROR for problem in problems)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rõuge vald", "rouge-vald"),
        ("Häädemeeste vald", "haademeeste-vald"),
        ("Türi vald", "turi-vald"),
        ("Kohtla-Järve linn", "kohtla-jarve-linn"),
        ("Šveits Žižka ÕÄÖÜ", "sveits-zizka-oaou"),
        ("  Näidis  vald ", "naidis-vald"),
        ("../õ\\x", "o-x"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert slug(unicodedata.normalize("NFD", name)) == expected


def test_slugs_are_all_different() -> None:
    assert len({slug(municipality.name) for municipality in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("Tallinna linn", "0784", True),
        ("Tallinn", "0784", True),
        ("Kiili vald", "0304", True),
        ("Kiili vald", "0305", True),
        ("Jõhvi vald", "0251", True),
        ("Toila vald", "0803", True),
        ("Toila vald", "0250", False),
        ("Jõhvi vald", "0803", False),
        ("Tartu linn", "0796", False),
        ("Tartu vald", "0796", True),
        ("", "0784", False),
    ],
)
def test_means(name: str, code: str, expected: bool) -> None:
    assert means(name, code) is expected
