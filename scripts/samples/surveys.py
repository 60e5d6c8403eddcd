"""Survey tables in every kind of file with descriptions of them, for fuzzing; and every way they are read."""

import importlib.util
import itertools
import tempfile
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
HEAD = """\
schema: kaasav/survey-file/1
id: test
title: {et: Proov, en: Test}
publisher: Keegi
source: {text: "aruanne: 2026", url: "https://example.ee"}
fieldwork: {from: 2026-03, to: 2026-04-15}
respondents: 900
language: et
sampling:
  sd: {value: 30, source: {text: aruanne}}
"""
SCALE = """\
scale:
  - {label: väga rahul, counts: positive, points: 100, aliases: ["1"]}
  - {label: üldse pole rahul, counts: negative, points: 0, aliases: ["2"]}
  - {label: ei oska öelda, counts: outside, aliases: ["9"]}
"""
ITEMS = """\
items:
  - {id: kaasamine, indicator: SI_KAASAMINE, label: Elanike kaasamine, aliases: [Kaasamine (%)], measure: share,
     base: valid, unit: percent, reference: {method: mean-of-municipalities}}
  - {id: info, label: Teave, measure: index, base: valid, unit: points, reference: {value: 51.5, source: {text: a}}}
"""
PLACES = (("0698", "Rõuge vald"), ("0784", "Tallinn"), ("0793", "Tartu linn"), ("0142", "Antsla vald"))
VALUES = ["kood;omavalitsus;näitaja;väärtus;n;sd"] + [
    f"{code};{name};{item};{value};{n};{sd}"
    for (code, name), item in itertools.product(PLACES, ("Elanike kaasamine", "Teave"))
    for value, n, sd in [("54,7", 128, "28,35") if code != "0784" else ("..", "1 344", "")]
]
ANSWERS = ["kood;omavalitsus;kaal;Elanike kaasamine;Teave"] + [
    f"{code};{name};{weight};{said};{said}"
    for (code, name), weight, said in itertools.product(PLACES, ("1", "0,73", "1,2345"), ("1", "väga rahul", "2", "9"))
]
COUNTS = ["kood;näitaja;väga rahul;üldse pole rahul;ei oska öelda"] + [
    f"{code};{item};61;40;{number}"
    for number, (code, _name) in enumerate(PLACES)
    for item in ("Elanike kaasamine", "Teave")
]
WIDE = ["omavalitsus;Elanike kaasamine;Teave;n;aasta", *(f"{name};51,2 %;50,5;99;2026" for _code, name in PLACES)]
WIDE += ["Eesti keskmine;50;50;900;2026", "Allikas: aruanne"]

_TABLES = {
    "values": (VALUES, "table: {grain: values}\n"),
    "answers": (ANSWERS, "table: {grain: answers, suppress_below: 3}\n"),
    "counts": (COUNTS, "table:\n  grain: counts\n  empty_is: zero\n  columns: {code: kood}\n"),
    "wide": (WIDE, "table: {grain: values, only: {aasta: ['2026']}, header: [1], decimal: comma, skip: [Kihnu]}\n"),
}
PIECES = (
    b'"', b";;;;", b"\n", b"\r", b"&a [*a]", b"!!python/object:os.system", b"? ", b"\t", b"1e999999", b"1E-300",
    b"=1+1", b"1.234", b"1.234.567,8 %", b"99999999999999999999", b"-0", b"NaN", b"\xc3\xb5", b"\xf5", b"\xa0", b"# ",
    b"| \n", b'<c r="XFD1048576"><v>1</v></c>', b'<c r="B2" t="s"><v>999999</v></c>', b'<f>1/0</f>', b' t="e"',
    b' t="d"', b'table:number-rows-repeated="1048576"', b'table:number-columns-repeated="16384"',
    b"<!--", b"]]>", b"<![CDATA[",
)  # fmt: skip
"""What damages tables and descriptions in ways that random bytes rarely do."""


def good_surveys() -> dict[str, list[bytes]]:
    """Good files by what is read: tables alone, descriptions, and tables that are imported."""
    made = _makers()
    texts = {name: "\n".join(lines).encode() for name, (lines, _how) in _TABLES.items()}
    numbered = {name: [list(map(_cell, line.split(";"))) for line in lines] for name, (lines, _how) in _TABLES.items()}
    books = {name: made.workbook_of(rows) for name, rows in numbered.items()}
    old = b"".join(made.label(row, 0, row) + made.number_cell(row, 1, row + 0.7) for row in range(3))
    table = "".join(
        "<table:table-row>" + "".join(_opendocument(cell) for cell in row) + "</table:table-row>"
        for row in numbered["values"]
    )
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    blind = '<c r="A1" t="str"><f>A2</f><v>x</v></c><c r="B1"><f>1/0</f></c><c r="C1" t="e"><v>#N/A</v></c>'
    encoded = ["\n".join(VALUES).encode(encoding) for encoding in ("cp1257", "utf-16", "utf-8-sig", "cp775")]
    return {
        "table-csv": [*texts.values(), *encoded, texts["wide"].replace(b";", b"\t")],
        "table-xlsx": [
            *books.values(),
            made.workbook_of(numbered["values"], merge=["A1:C1", "A9:B9"]),
            made.xlsx_of(f'<row r="1">{blind}</row>'),
        ],
        "table-xls": [made.xls_of(old, ["kood", "Rõuge vald", "õ" * 300]), made.xls_of(made.number_cell(0, 0, 5.7))],
        "table-ods": [made.ods_of(table + filler)],
        "survey-yaml": [(HEAD + SCALE + ITEMS + how).encode() for _lines, how in _TABLES.values()],
        "survey-csv": [_marked(name, texts[name]) for name in _TABLES],
        "survey-xlsx": [_marked(name, books[name]) for name in _TABLES],
    }


def tried_survey(kind: str, data: bytes) -> str:
    """Read ``data`` in every way a file of ``kind`` is read; what went wrong, or ""."""
    from kaasav.problems import Refused

    try:
        if kind.startswith("table-"):
            return _tried_table(data)
        if kind == "survey-yaml":
            wrong = (_tried_import(data, "\n".join(lines).encode()) for lines, _how in _TABLES.values())
            return next(filter(None, wrong), "")
        name = data[:8].strip().decode("ascii", "replace")
        how = _TABLES[name if name in _TABLES else "values"][1]
        return _tried_import((HEAD + SCALE + ITEMS + how).encode(), data[8:])
    except Refused as refused:
        return "" if refused.problems and all(map(_shown, refused.problems)) else "refused without a reason"


def _tried_table(data: bytes) -> str:
    from kaasav.survey.tables.open import read_table

    sheet, before = read_table(data, "a"), 0
    for batch in sheet.batches():
        if len(batch.numbers) != len(batch.rows) or batch.numbers[0] <= before:
            return "rows without numbers that rise"
        before = batch.numbers[-1]
    places = [str(sheet.place(row, column)) for row, column in sheet.blind()]
    return "" if all(places) else "a place that cannot be shown"


def _tried_import(description: bytes, table: bytes) -> str:
    from kaasav.problems import has_errors
    from kaasav.survey.imports.importing import take_in
    from kaasav.survey.imports.proposing import propose
    from kaasav.survey.imports.telling import as_data
    from kaasav.survey.reader import read_wave

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "a.csv").write_bytes(table)
        (place / "d.yaml").write_bytes(description)
        outcome = take_in([place / "a.csv"], place / "d.yaml", place / "waves")
    as_data(outcome, written=False)
    if not all(map(_shown, outcome.problems)):
        return "a problem that cannot be shown"
    if outcome.became is None:
        return "" if has_errors(outcome.problems) else "refused without a reason"
    wave, problems = read_wave(outcome.yaml or b"", outcome.csv or b"", "wave.yaml")
    if wave is None:
        return f"a wave that does not read back: {problems[0].code}: {problems[0].message}"
    if outcome.reading.gathered is None or wave.rows != _complete(outcome.reading.gathered.rows, wave.rows):
        return "a wave that reads back as another"
    propose(table, "a.csv")
    return ""


def _complete(rows: dict[str, dict[str, object]] | object, like: object) -> object:
    """The rows, with an empty entry for each item that has none, as a wave has it."""
    assert isinstance(rows, dict)
    assert isinstance(like, dict)
    return {item: rows.get(item, {}) for item in like}


def _shown(problem: object) -> bool:
    from kaasav.problems import Problem

    assert isinstance(problem, Problem)
    return bool(problem.message and problem.as_data() and str(problem.location) is not None)


def _marked(name: str, data: bytes) -> bytes:
    """``data`` behind the name of the description that fits it."""
    return name.encode().ljust(8) + data


def _cell(text: str) -> str | float:
    number = text.replace(",", ".")
    return float(number) if number.replace(".", "", 1).isdigit() and not number.startswith("0") else text


def _opendocument(cell: str | float) -> str:
    kind = 'office:value-type="string"' if isinstance(cell, str) else f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"


def _makers() -> ModuleType:
    """What the tests of tables make their files with."""
    path = ROOT / "tests" / "survey" / "tables" / "conftest.py"
    spec = importlib.util.spec_from_file_location("table_makers", path)
    assert spec
    assert spec.loader
    makers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(makers)
    return makers
