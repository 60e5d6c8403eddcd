import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.papers.isikukood import check_digit
from kaasav.papers.personal import FEWEST_PEOPLE, Kind, findings, warnings
from kaasav.problems import Location


def code(serial: int) -> str:
    """A code of somebody born on 5 March 2100."""
    digits = f"7000305{serial:03}"
    return digits + str(check_digit(digits))


FIRST = ("Mari", "Jüri", "Anne-Liis", "Tõnu", "Ülle", "Peeter", "Õie", "Žanna")
LAST = ("Maasikas", "Kuusk", "Tamme", "Õunapuu", "Pärn", "Saar-Mets", "Lepik", "Šipilova")
PEOPLE = [f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True)]


def kinds(text: str) -> set[str]:
    return {str(one.kind) for one in findings(text)}


def test_a_code_is_told_with_its_line_and_masked() -> None:
    text = f"Leping\nValla ja {code(7)} vahel\n"
    (one,) = findings(text)
    assert (one.kind, one.line, one.shown) == (Kind.PERSONAL_CODE, 2, "700••••••••")
    (problem,) = warnings(findings(text), Location("leping.pdf"))
    assert problem.message == "it holds 1 personal codes, the first in line 2: 700••••••••"
    assert code(7) not in problem.message + problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "ASUTUSESISESEKS KASUTAMISEKS",
        "Ainult asutusesiseseks\nkasutamiseks",
        "Märge: AK",
        "AK\n",
        "[AK]",
        "AK kuni 31.12.2029",
        "Juurdepääsupiirang: AvTS § 35 lg 1 p 12",
        "Juurdepääsupiirang kehtib kuni 1. maini 2030",
        "Juurdepääs on piiratud",
    ],
)
def test_markings_of_restricted_access_are_found(text: str) -> None:
    assert kinds(f"Näidisvalla Vallavalitsus\n{text}\nKiri") == {"restricted"}


@pytest.mark.parametrize(
    "text",
    [
        "Juurdepääsupiirang: puudub",
        "Juurdepääsupiirang – avalik",
        "Juurdepääsupiirang puudub",
        "Juurdepääsupiirangut ei ole",
        "Juurdepääsupiiranguid: puuduvad",
        "Vaatasime saadet AK ja arutasime",
        "MAKSUD AKTID PAK",
        "Dokument on avalik kasutamiseks kõigile",
    ],
)
def test_open_papers_are_not_warned_of(text: str) -> None:
    assert kinds(f"Näidisvalla Vallavalitsus\n{text}\nKiri") == set()


@pytest.mark.parametrize(
    "row",
    [
        "{n}. {name} 5{n}12 3456",
        "{name};{n}mail@naidis.ee",
        "{name}\t0{n}.05.1964\tMetsaküla",
        "{first}\t{last}\t+372 5{n}1 2345",
        "{name}\nMetsaküla\n5{n}12345",
    ],
)
def test_a_list_of_people_is_told_by_its_number_only(row: str) -> None:
    rows = []
    for n, name in enumerate(PEOPLE, start=1):
        first, last = name.split(" ")
        rows.append(row.format(n=n, name=name, first=first, last=last))
    (one,) = findings("Osalejate nimekiri\n" + "\n".join(rows))
    assert (one.kind, one.shown) == (Kind.PEOPLE, str(len(PEOPLE)))
    assert kinds("\n".join(rows[: FEWEST_PEOPLE - 1])) == set(), "the good twin: a few people only"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{name} tegi ettepaneku." for name in PEOPLE),  # a protocol: names, no contacts
        "\n".join(f"Koosolek 0{n}.03.2026 Metsaküla" for n in range(1, 9)),  # dates, no names
        "\n".join("Mari Maasikas, vallavanem, 5551 2345" for _ in range(20)),  # one person in every footer
        "\n".join(f"{name} ettekanne 0{n}.03.2026" for n, name in enumerate(PEOPLE, 1)),  # what happened this year
        "\n".join(f"Näidisvalla Vallavalitsus 5{n}1 2345" for n in range(1, 9)),  # offices
        "\n".join(f"Kulu {n} 500 000 eurot" for n in range(1, 20)),
    ],
)
def test_papers_that_name_people_are_no_lists_of_people(text: str) -> None:
    assert kinds(text) == set()


pieces = st.one_of(
    st.integers(0, 999).map(code),
    st.sampled_from(PEOPLE),
    st.sampled_from(
        [
            "5551 2345",
            "a@b.ee",
            "01.02.1990",
            "AK",
            "\n",
            "\t",
            ";",
            "Juurdepääsupiirang",
            "asutusesiseseks kasutamiseks",
        ]
    ),
    st.text(max_size=5),
)


@given(st.lists(pieces, max_size=60), st.sampled_from(["", " ", "\n", ";"]))
def test_nothing_personal_is_ever_told_whole(parts: list[str], between: str) -> None:
    text = between.join(parts)
    lines = text.count("\n") + 1
    for one in findings(text):
        assert 1 <= one.line <= lines
        assert not re.search(r"[0-9]{4}|@", one.shown)
        assert not any(name in one.shown for name in PEOPLE)


def test_everything_is_bounded() -> None:
    many = "\n".join(code(n) for n in range(1000))
    assert len(findings(many)) == 100
    hostile = [
        "A" * 300_000,
        "Aa " * 100_000,
        "a@" * 100_000,
        "5" * 300_000,
        "AK " * 100_000,
        "Juurdepääsupiirang" * 20_000,
    ]
    start = time.perf_counter()
    for text in hostile:
        findings(text)
        findings(text.replace(" ", "\n"))
    assert time.perf_counter() - start < 5
