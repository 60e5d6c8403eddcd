"""The plain table of values: one good line, and what each thing wrong with it gives."""

import time

import pytest

from kaasav.municipalities.register import load
from kaasav.survey.rows import read_rows
from kaasav.survey.wave import Description, Row

HEADER = "ehak,name,item,value,n,sd,why\n"
GOOD = "0698,Rõuge vald,kaasamine,54.7,80,,\n"


def description(fictional: str = "false", items: int = 1) -> Description:
    ids = ["kaasamine", *(f"item-{number}" for number in range(1, items))]
    return Description.model_validate({
        "id": "test", "title": {"en": "Test"}, "publisher": "Nobody", "source": {"text": "none"}, "language": "et",
        "fictional": fictional, "fieldwork": {"from": "2026-03", "to": "2026-04"},
        "items": [
            {"id": one, "label": f"Rahulolu {one}", "aliases": [f"Rahulolu {one} (%)"], "measure": "share",
             "base": "valid", "unit": "percent"}
            for one in ids
        ],
    })  # fmt: skip


def read(content: str | bytes, fictional: str = "false") -> tuple[dict[str, Row], list[tuple[str, int]]]:
    raw = content if isinstance(content, bytes) else content.encode()
    rows, problems = read_rows(raw, "test.csv", description(fictional))
    return rows.get("kaasamine", {}), [(problem.code, problem.location.line) for problem in problems]


def test_a_good_line() -> None:
    rows, problems = read(HEADER + GOOD)
    assert problems == []
    assert list(rows) == ["0698"]
    assert str(rows["0698"].value) == "547/10"


@pytest.mark.parametrize(
    "line",
    [
        "0698,Rõuge vald,Rahulolu kaasamine,54.7,80,,",
        "0698,Rõuge vald,rahulolu  KAASAMINE (%),54.7,80,,",
        "0698,rõuge,kaasamine,54.7,80,,",
        '0698,"Rõuge vald",kaasamine,"54.7",80,,',
        "0698,Ro\u0303uge vald,kaasamine,54.70,80,,",
    ],
)
def test_other_ways_to_write_it(line: str) -> None:
    rows, problems = read(HEADER + line + "\n")
    assert problems == []
    assert str(rows["0698"].value) == "547/10"


def test_bom_windows_line_ends_blank_lines_and_no_reasons() -> None:
    rows, problems = read(b"\xef\xbb\xbfehak,name,item,value,n,sd\r\n\r\n0784,Tallinn,kaasamine,50,,\r\n")
    assert problems == []
    assert rows["0784"].value == 50


def test_no_value_and_why() -> None:
    rows, problems = read(HEADER + "0303,Kihnu vald,kaasamine,,,,confidential\n0689,Ruhnu vald,kaasamine,,,,\n")
    assert problems == []
    assert [(row.value, row.why) for row in rows.values()] == [(None, "confidential"), (None, None)]


def test_zero_is_a_value() -> None:
    rows, problems = read(HEADER + "0303,Kihnu vald,kaasamine,0,80,,\n")
    assert problems == []
    assert rows["0303"].value == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("0698,Rõuge vald,info,54.7,80,,", "wave-item-unknown"),
        ("0999,Rõuge vald,kaasamine,54.7,80,,", "wave-code-unknown"),
        ("698,Rõuge vald,kaasamine,54.7,80,,", "wave-code-unknown"),
        (",Mediaan omavalitsus,kaasamine,54.7,80,,", "wave-code-unknown"),
        ("0698,Räpina vald,kaasamine,54.7,80,,", "wave-name-contradicts"),
        ("0698,,kaasamine,54.7,80,,", "wave-name-contradicts"),
        ("0698,Rõuge Vallavalitsus,kaasamine,54.7,80,,", "wave-name-contradicts"),
        ("0793,Tartu vald,kaasamine,54.7,80,,", "wave-name-contradicts"),
        ("0698,Rõuge vald,kaasamine,54.7%,80,,", "wave-not-number"),
        ("0698,Rõuge vald,kaasamine,5e1,80,,", "wave-not-number"),
        ("0698,Rõuge vald,kaasamine,nan,80,,", "wave-not-number"),
        ("0698,Rõuge vald,kaasamine,٥٤,80,,", "wave-not-number"),
        ('0698,Rõuge vald,kaasamine,"54,7",80,,', "wave-not-number"),
        ("0698,Rõuge vald,kaasamine, 54.7,80,,", "wave-not-number"),
        ("0698,Rõuge vald,kaasamine,X,80,,", "wave-sign"),
        ("0698,Rõuge vald,kaasamine,-,80,,", "wave-sign"),
        ("0698,Rõuge vald,kaasamine,..,80,,", "wave-sign"),
        ("0698,Rõuge vald,kaasamine,…,80,,", "wave-sign"),
        ("0698,Rõuge vald,kaasamine,100.1,80,,", "wave-out-of-range"),
        ("0698,Rõuge vald,kaasamine,-0.1,80,,", "wave-out-of-range"),
        ("0698,Rõuge vald,kaasamine,54.7,80.0,,", "wave-n-not-whole"),
        ("0698,Rõuge vald,kaasamine,54.7,-80,,", "wave-n-not-whole"),
        ("0698,Rõuge vald,kaasamine,54.7,80,0,", "wave-sd-range"),
        ("0698,Rõuge vald,kaasamine,54.7,80,101,", "wave-sd-range"),
        ("0698,Rõuge vald,kaasamine,54.7,80,few,", "wave-not-number"),
        ("0698,Rõuge vald,kaasamine,,80,,secret", "wave-reason-unknown"),
        ("0698,Rõuge vald,kaasamine,54.7,80,,confidential", "wave-reason-and-value"),
        ("0698,Rõuge vald,kaasamine,54,7,80,,", "wave-fields"),
        ("0698,Rõuge vald,kaasamine,54.7", "wave-fields"),
        ("0698,=HYPERLINK(1),kaasamine,54.7,80,,", "wave-formula"),
        ("0698,Rõuge vald,kaasamine,+54.7,80,,", "wave-formula"),
        ("0698,@SUM(1),kaasamine,54.7,80,,", "wave-formula"),
        ("0698,-cmd|x,kaasamine,54.7,80,,", "wave-formula"),
        ('0698,"Rõuge vald,kaasamine,54.7,80,,', "wave-unreadable"),
        ('0698,"Rõuge" vald,kaasamine,54.7,80,,', "wave-unreadable"),
        ("X001,Näidisvald,kaasamine,54.7,80,,", "wave-invented"),
    ],
)
def test_a_wrong_line_after_a_good_one(line: str, code: str) -> None:
    good = "0784,Tallinn,kaasamine,50,,,\n"
    rows, problems = read(HEADER + good + line + "\n")
    assert (list(rows), problems) == (["0784"], [(code, 3)])


def test_every_problem_of_a_line_is_said_and_the_place_after_a_quoted_line_break_is_right() -> None:
    _, problems = read(HEADER + '0698,"Rõuge\nvald",kaasamine,54.7,80,,\n0699,Rõuge vald,info,x,y,z,w\n')
    assert problems == [
        ("wave-item-unknown", 4),
        ("wave-code-unknown", 4),
        ("wave-not-number", 4),
        ("wave-not-number", 4),
        ("wave-n-not-whole", 4),
        ("wave-reason-unknown", 4),
    ]


def test_a_line_is_where_it_begins() -> None:
    assert read(HEADER + '0698,"Rõuge\nvald",info,54.7,80,,\n')[1] == [("wave-item-unknown", 2)]


def test_the_same_municipality_twice_under_its_old_code_too() -> None:
    assert read(HEADER + GOOD + GOOD)[1] == [("wave-row-twice", 3)]
    kiili = "0304,Kiili vald,kaasamine,50,,,\n0305,Kiili vald,kaasamine,50,,,\n"
    assert read(HEADER + kiili)[1] == [("wave-row-twice", 3)]
    merged = "0250,Jõhvi vald,kaasamine,50,,,\n0251,Jõhvi vald,kaasamine,50,,,\n0803,Toila vald,kaasamine,50,,,\n"
    assert read(HEADER + merged)[1] == []


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ehak;name;item;value;n;sd\n", "wave-header"),
        ("ehak,name,item,value\n", "wave-header"),
        ("EHAK,name,item,value,n,sd\n", "wave-header"),
        ("", "wave-header"),
        ("\n\n", "wave-header"),
    ],
)
def test_another_header(header: str, code: str) -> None:
    rows, problems = read(header + ("" if not header.strip() else GOOD))
    assert (rows, [found for found, _ in problems]) == ({}, [code])


def test_other_encodings() -> None:
    assert read((HEADER + GOOD).encode("cp1257"))[1] == [("wave-not-utf8", 2)]
    assert read((HEADER + GOOD).encode("utf-16"))[1] == [("wave-not-utf8", 1)]
    assert read(b"\x00" * 100)[1] == [("wave-header", 1)]


def test_a_field_without_end_is_a_problem_and_not_a_crash() -> None:
    assert read(HEADER + "0698," + "x" * 200_000 + ",kaasamine,54.7,80,,\n")[1] == [("wave-unreadable", 2)]


def test_invented_and_real_municipalities_never_share_a_wave() -> None:
    training = "X001,Näidisvald,kaasamine,54.7,80,,\n"
    assert read(HEADER + training, fictional="true")[1] == []
    assert read(HEADER + GOOD, fictional="true")[1] == [("wave-real", 2)]


def test_a_hint_for_the_zero_excel_dropped() -> None:
    _, [problem] = read_rows((HEADER + "698,Rõuge vald,kaasamine,54.7,80,,\n").encode(), "test.csv", description())
    assert "0698" in problem.hint


def test_hundred_thousand_rows_are_read_in_seconds() -> None:
    asked = description(items=1300)
    municipalities = load().all()
    lines = [
        f"{one.code},{one.name},{item.id},{number % 1000 / 10},{number % 90 + 40},,"
        for item in asked.items
        for number, one in enumerate(municipalities)
    ]
    content = (HEADER + "\n".join(lines)).encode()
    start = time.perf_counter()
    rows, problems = read_rows(content, "test.csv", asked)
    taken = time.perf_counter() - start
    assert (problems, sum(map(len, rows.values()))) == ([], 1300 * 78)
    assert taken < 10


def test_an_exact_fraction_and_a_reason_for_no_n() -> None:
    rows, problems = read(HEADER + "0698,Rõuge vald,kaasamine,100/3,confidential,,\n")
    assert problems == []
    row = rows["0698"]
    assert (str(row.value), row.n, row.n_why) == ("100/3", None, "confidential")
    for wrong, code in (("1/0", "wave-not-number"), ("-1/3", "wave-not-number"), ("301/3", "wave-out-of-range")):
        assert read(HEADER + f"0698,Rõuge vald,kaasamine,{wrong},80,,\n")[1] == [(code, 2)]
    assert read(HEADER + "0698,Rõuge vald,kaasamine,54.7,X,,\n")[1] == [("wave-n-not-whole", 2)]
