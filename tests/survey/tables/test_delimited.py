"""Text tables: the delimiter and the encoding people's programs chose, and what is refused rather than guessed."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.municipalities.register import load
from kaasav.problems import Problem, Refused
from kaasav.survey.tables.charset import CANDIDATES, encoding_of
from kaasav.survey.tables.delimited import read

TEXT = "EHAK;Omavalitsus;Väärtus\n0698;Rõuge vald;54,7\n0784;Tallinn;61,0\n0899;Viljandi vald;60\n"


def rows(data: bytes, **how: str) -> list[tuple[int, list[str]]]:
    return [(number, [str(cell) for cell in row]) for number, row in read(data, "a.csv", **how).rows()]


def refused(data: bytes, **how: str) -> Problem:
    start = time.perf_counter()
    with pytest.raises(Refused) as told:
        rows(data, **how)
    assert time.perf_counter() - start < 5
    return told.value.problems[0]


EXPECTED = [
    (1, ["EHAK", "Omavalitsus", "Väärtus"]),
    (2, ["0698", "Rõuge vald", "54,7"]),
    (3, ["0784", "Tallinn", "61,0"]),
    (4, ["0899", "Viljandi vald", "60"]),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", *CANDIDATES])
def test_encodings(encoding: str) -> None:
    assert rows(TEXT.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    assert rows(TEXT.replace(";", delimiter).encode()) == EXPECTED


def test_commas_between_fields_with_decimal_points_or_quotes() -> None:
    assert rows(b"a,b\n1,5.5\n2,6.5\n")[1] == (2, ["1", "5.5"])
    assert rows(b'a,b\n1,"5,5"\n2,"6,5"\n')[1] == (2, ["1", "5,5"])
    assert rows(b"a;b\n1,5;2,5\n3,5;4,5\n")[1] == (2, ["1,5", "2,5"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_title_rows_and_lines_inside_fields(end: str) -> None:
    text = 'Rahulolu 2024||||EHAK;Nimi|0698;"Rõuge||vald"|0784;Tallinn|'.replace("|", end)
    found = rows(text.encode())
    assert [(number, row) for number, row in found if row] == [
        (1, ["Rahulolu 2024"]),
        (5, ["EHAK", "Nimi"]),
        (6, ["0698", f"Rõuge{end}{end}vald"]),
        (9 - (end == "\r\n") * 0, ["0784", "Tallinn"]),
    ]


def test_every_name_of_a_municipality_is_read_right_in_every_encoding() -> None:
    names = [one.name for one in load().municipalities] + [one.old_name for one in load().changes]
    wrong = []
    for encoding in CANDIDATES:
        for name in names:
            data = f"nimi;x\n{name};1\n".encode(encoding)
            try:
                read_as = data.decode(encoding_of(data, "a.csv"))
            except Refused:
                continue
            if name not in read_as:
                wrong.append((encoding, name))
    assert wrong == []


def test_a_table_of_all_names_with_the_letters_of_each_encoding() -> None:
    text = "nimi;väide\n" + "".join(f"{one.name};„šokk” – žürii\n" for one in load().municipalities)
    for encoding in ("cp1257", "cp1252"):
        data = text.replace("„", "“").encode(encoding)
        assert data.decode(encoding_of(data, "a.csv")) == text.replace("„", "“")


def test_russian_text_is_asked_about_and_read_when_told() -> None:
    data = "код;имя;ответ\n1;Нарва;не удовлетворён\n2;Силламяэ;доволен\n".encode("cp1251")
    assert refused(data).code == "table-encoding-unknown"
    assert rows(data, encoding="windows-1251")[1] == (2, ["1", "Нарва", "не удовлетворён"])


def test_two_encodings_in_one_file() -> None:
    mixed = "a;b\nRõuge;1\n".encode() + "Põlva;2\n".encode("cp1257")
    problem = refused(mixed)
    assert (problem.code, problem.location.line, "line 2 is UTF-8" in problem.message) == (
        "table-encoding-mixed",
        3,
        True,
    )
    assert rows("a;b\nRõuge;1\nPõlva;2\n".encode())[2] == (3, ["Põlva", "2"])


def test_a_stated_encoding_is_checked() -> None:
    problem = refused(TEXT.encode("cp1257"), encoding="utf-8")
    assert (problem.code, problem.location.line) == ("table-encoding-wrong", 1)
    assert refused(TEXT.encode(), encoding="rot13").code == "table-encoding-none"
    assert refused(TEXT.encode(), encoding="zip").code == "table-encoding-none"
    assert rows(TEXT.encode("utf-8-sig"), encoding="utf-8") == EXPECTED


def test_nul_bytes() -> None:
    assert refused(b"a;b\n1;2\n\x00;3\n").location.line == 3
    assert refused(TEXT.encode("utf-16-le")).code == "table-nul"


def test_one_line_of_50_mb_and_one_field_of_200_kb() -> None:
    assert refused(b"a;b\n" + b"x;" * 25_000_000).code == "table-line-long"
    assert refused(b"a;b\n1;" + b"x" * 200_000 + b"\n").code == "table-unreadable"
    assert rows(b"a;b\n1;" + b"x" * 100_000 + b"\n")[1][0] == 2


def test_ten_thousand_columns() -> None:
    problem = refused(b"a;b\n1;2\n" + b";".join([b"1"] * 10_000) + b"\n")
    assert (problem.code, problem.location.line) == ("table-too-wide", 3)
    assert len(rows(b";".join([b"1"] * 1_000) + b"\n")[0][1]) == 1_000


def test_an_open_quote() -> None:
    assert refused(b'a;b\n1;"2\n3;4\n').code == "table-unreadable"


def test_no_delimiter() -> None:
    assert refused(b"one\ntwo\n").code == "table-no-delimiter"


def test_many_rows_keep_their_numbers() -> None:
    text = "a;b\n" + "".join(f"{n};x\n" for n in range(2, 40_000))
    assert all(number == int(row[0]) for number, row in rows(text.encode())[1:])


def words() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("abcõäöüšž ;,\t|\"'\n\r%0123456789"), max_size=20)


@given(st.lists(st.lists(words(), min_size=2, max_size=4), max_size=8), st.sampled_from(CANDIDATES))
def test_any_text_is_read_or_refused(table: list[list[str]], encoding: str) -> None:
    data = "\n".join(";".join(row) for row in table).encode(encoding)
    try:
        found: Iterator[object] = iter(list(read(data, "a.csv").rows()))
    except Refused as told:
        assert told.problems
    else:
        assert all(found)
