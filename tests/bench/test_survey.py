"""Taking in a survey's file of 100,000 respondents × 10 columns, beside what the libraries under it need alone.

pandas is measured only where it is installed; it is no dependency of anything here.
"""

import csv
import gc
import importlib.util
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from kaasav.municipalities.register import load
from kaasav.survey.imports.importing import take_in
from kaasav.survey.tables.open import read_table

ROWS = 100_000
VALUES = ROWS // len(load().all()) * len(load().all())
TURNS = 7
SLOW = 5.0
"""Seconds beyond which a way is measured once."""
ANSWERS = ("väga rahul", "pigem rahul", "pigem ei ole rahul", "üldse pole rahul", "ei oska öelda")
HEADER = ["KOV kood", "Omavalitsus", "Kaal", *(f"Küsimus {number}" for number in range(1, 8))]
HEAD = """\
schema: kaasav/survey-file/1
id: measured
title: {en: Measured}
publisher: Nobody
source: {text: made up}
fieldwork: {from: 2026-03, to: 2026-04}
language: et
"""
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PEAK = """\
import resource, sys
from pathlib import Path
from kaasav.survey.imports.importing import take_in
outcome = take_in([Path(sys.argv[1])], Path(sys.argv[2]), Path("waves"))
assert outcome.became == "new", [str(problem) for problem in outcome.problems]
status = Path("/proc/self/status")  # where there is one: what getrusage says begins with the parent's
lines = status.read_text().splitlines() if status.exists() else []
peak = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
print(int(peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same respondents' answers as text and as workbook, values of 1,282 items, and both descriptions."""
    folder, chance = tmp_path_factory.mktemp("survey"), random.Random(1)
    everybody = load().all()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Andmed")
    sheet.append(HEADER)
    with (folder / "answers.csv").open("w", encoding="cp1257", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADER)
        for _ in range(ROWS):
            place, weight = chance.choice(everybody), round(chance.uniform(0.3, 3), 4)
            said = [chance.choice(ANSWERS) for _question in range(7)]
            writer.writerow([place.code, place.name, str(weight).replace(".", ","), *said])
            sheet.append([place.code, place.name, weight, *said])
    book.save(folder / "answers.xlsx")
    share_strings(folder / "answers.xlsx", folder / "shared.xlsx")
    scale = "".join(
        f"  - {{label: {word}, counts: {'outside' if n == 4 else 'positive' if n < 2 else 'negative'}}}\n"
        for n, word in enumerate(ANSWERS)
    )
    item = "  - {{id: {0}, label: {1}, measure: share, base: valid, unit: percent}}\n"
    items = "".join(item.format(f"k{n}", f"Küsimus {n}") for n in range(1, 8))
    text = f"{HEAD}scale:\n{scale}items:\n{items}table: {{grain: answers}}\n"
    (folder / "answers.yaml").write_text(text, encoding="utf-8")
    (folder / "shared.yaml").write_text(text, encoding="utf-8")
    numbers = range(1, ROWS // len(everybody) + 1)
    with (folder / "values.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["kood", "omavalitsus", "näitaja", "väärtus", "n", "a", "b", "c", "d", "e"])
        for number in numbers:
            for place in everybody:
                value = f"{chance.randrange(1000) / 10}".replace(".", ",")
                writer.writerow(
                    [place.code, place.name, f"Näitaja {number}", value, chance.randrange(40, 200), 1, 2, 3, 4, 5]
                )
    items = "".join(item.format(f"n{n}", f"Näitaja {n}") for n in numbers)
    (folder / "values.yaml").write_text(
        f"{HEAD}items:\n{items}table: {{grain: values, confirmed: [low-values]}}\n", encoding="utf-8"
    )
    return folder


def share_strings(inline: Path, shared: Path) -> None:
    """The same workbook as spreadsheet programs write it: every text once, in a part of its own."""
    known: dict[bytes, int] = {}
    place = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = b'<Relationship Id="shared" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def cell(found: re.Match[bytes]) -> bytes:
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], known.setdefault(found[2], len(known)))

    with zipfile.ZipFile(inline) as old, zipfile.ZipFile(shared, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).replace(b"</Types>", place % kind)
            if name.endswith("workbook.xml.rels"):
                part = part.replace(b"</Relationships>", relation % space)
            part = re.sub(rb'<c r="([A-Z0-9]+)" t="inlineStr"><is><t>(.*?)</t></is></c>', cell, part)
            new.writestr(name, part)
        texts = b"".join(b"<si><t>%s</t></si>" % text for text in known)
        new.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (MAIN, texts))


def imported(path: Path) -> int:
    outcome = take_in([path], path.with_suffix(".yaml"), path.parent / "waves")
    assert outcome.became == "new"
    assert outcome.reading.gathered is not None
    return outcome.reading.gathered.matched


def into_sqlite(path: Path, encoding: str) -> int:
    with sqlite3.connect(":memory:") as database, path.open(encoding=encoding, newline="") as stream:
        rows = csv.reader(stream, delimiter=";")
        columns = ", ".join(f"c{number}" for number in range(len(next(rows))))
        database.execute(f"create table t ({columns})")
        return database.executemany(f"insert into t values ({', '.join('?' * 10)})", rows).rowcount


def into_sqlite_utils(path: Path, encoding: str) -> int:
    import sqlite_utils

    with path.open(encoding=encoding, newline="") as stream:
        return int(sqlite_utils.Database(memory=True)["t"].insert_all(csv.DictReader(stream, delimiter=";")).count)  # type: ignore[union-attr]


def in_pandas(path: Path, encoding: str, engine: str | None = None) -> int:
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]

    if path.suffix == ".csv":
        return len(pandas.read_csv(path, sep=";", encoding=encoding, decimal=",", dtype={0: str}))
    return len(pandas.read_excel(path, dtype={0: str}, engine=engine))


def by_calamine(path: Path) -> int:
    return (
        len(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)) - 1
    )


def guarded(path: Path) -> int:
    return sum(len(batch.rows) for batch in read_table(path.read_bytes(), path.name).batches()) - 1


def in_turns(ways: dict[str, Callable[[], int]]) -> dict[str, list[float]]:
    """The processor time of each way in each turn but the first, which warms up, in seconds; of slow ways only that."""
    took: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(TURNS + 1):
        for way, once in ways.items():
            if took[way][:1] > [SLOW]:
                continue
            gc.collect()
            started = time.process_time()
            assert once() in (ROWS, VALUES)
            seconds = time.process_time() - started
            if turn or seconds > SLOW:
                took[way].append(seconds)
    return took


@pytest.mark.parametrize(
    ("name", "encoding", "most"),
    [
        ("answers.csv", "cp1257", 3),
        ("values.csv", "utf-8", 3),
        ("answers.xlsx", "", 1.5),
        ("shared.xlsx", "", 1.5),
    ],
)
def test_beside_the_libraries(
    files: Path, name: str, encoding: str, most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """In turns and by processor time, which other work on the machine disturbs least; ratios are medians of turns."""
    path = files / name
    alone = {
        ".csv": {
            "csv + executemany": lambda: into_sqlite(path, encoding),
            "sqlite-utils": lambda: into_sqlite_utils(path, encoding),
        },
        ".xlsx": {"calamine": lambda: by_calamine(path), "guard and rows": lambda: guarded(path)},
    }[path.suffix]
    if importlib.util.find_spec("pandas") is not None:
        alone["pandas"] = lambda: in_pandas(path, encoding)
        if path.suffix == ".xlsx":
            alone["pandas by calamine"] = lambda: in_pandas(path, encoding, "calamine")
    took = in_turns({**alone, "kaasav import": lambda: imported(path)})
    yardstick = next(iter(took.values()))
    with capsys.disabled():
        for way, seconds in took.items():
            ratios = [own / other for own, other in zip(seconds, yardstick, strict=False)]
            middle, lowest, highest = statistics.median(ratios), min(ratios), max(ratios)
            shown = f"{statistics.median(seconds) * 1000:8.0f} ms, ratio {middle:.2f} ({lowest:.2f} to {highest:.2f})"
            print(f"\n{name:13} {way:18} {shown}", end="")  # noqa: T201
    ratios = [own / other for own, other in zip(took["kaasav import"], yardstick, strict=True)]
    assert statistics.median(ratios) <= most


@pytest.mark.parametrize("name", ["answers.csv", "values.csv", "answers.xlsx", "shared.xlsx"])
def test_peak_memory(files: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Under 250 MiB, in a process of its own."""
    command = [sys.executable, "-c", PEAK, name, name.split(".", maxsplit=1)[0] + ".yaml"]
    ended = subprocess.run(command, cwd=files, capture_output=True, text=True, check=True)
    with capsys.disabled():
        print(f"\npeak memory of importing {name}: {ended.stdout.strip()} MiB")  # noqa: T201
    assert int(ended.stdout) < 250
