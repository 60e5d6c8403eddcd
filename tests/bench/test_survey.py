"""Taking in a survey's file of 100,000 respondents × 10 columns, beside what the libraries under it need alone.

pandas is measured only where it is installed; it is no dependency of anything here.
"""

import csv
import importlib.util
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from pytest_benchmark.fixture import BenchmarkFixture

from kaasav.municipalities.register import load
from kaasav.survey.imports.importing import Outcome, take_in
from kaasav.survey.tables.open import read_table

ROWS = 100_000
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
WAYS = {
    "csv": ["csv + executemany", "sqlite-utils", "pandas", "kaasav import"],
    "xlsx": ["calamine", "pandas", "kaasav: guard and rows", "kaasav import"],
}


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
    scale = "".join(
        f"  - {{label: {word}, counts: {'outside' if n == 4 else 'positive' if n < 2 else 'negative'}}}\n"
        for n, word in enumerate(ANSWERS)
    )
    item = "  - {{id: {0}, label: {1}, measure: share, base: valid, unit: percent}}\n"
    items = "".join(item.format(f"k{n}", f"Küsimus {n}") for n in range(1, 8))
    text = f"{HEAD}scale:\n{scale}items:\n{items}table: {{grain: answers}}\n"
    (folder / "answers.yaml").write_text(text, encoding="utf-8")
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
    (folder / "values.yaml").write_text(f"{HEAD}items:\n{items}table: {{grain: values}}\n", encoding="utf-8")
    return folder


def imported(path: Path) -> Outcome:
    return take_in([path], path.with_suffix(".yaml"), path.parent / "waves")


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


def in_pandas(path: Path, encoding: str) -> int:
    import pandas  # type: ignore[import-not-found,unused-ignore]

    if path.suffix == ".csv":
        return len(pandas.read_csv(path, sep=";", encoding=encoding, decimal=",", dtype={0: str}))
    return len(pandas.read_excel(path, dtype={0: str}))


def by_calamine(path: Path) -> int:
    return (
        len(python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)) - 1
    )


def guarded(path: Path) -> int:
    return sum(len(batch.rows) for batch in read_table(path.read_bytes(), path.name).batches()) - 1


def measure(benchmark: BenchmarkFixture, way: str, path: Path, encoding: str, rows: int) -> None:
    def once() -> int:
        match way:
            case "csv + executemany":
                return into_sqlite(path, encoding)
            case "sqlite-utils":
                return into_sqlite_utils(path, encoding)
            case "pandas":
                return in_pandas(path, encoding)
            case "calamine":
                return by_calamine(path)
            case "kaasav: guard and rows":
                return guarded(path)
        outcome = imported(path)
        assert outcome.became == "new"
        assert outcome.reading.gathered is not None
        return outcome.reading.gathered.matched

    if way == "pandas" and importlib.util.find_spec("pandas") is None:
        benchmark.extra_info["pandas"] = "not installed"
        benchmark.pedantic(lambda: None, rounds=1)
        return
    slow = 1 if way == "pandas" and path.suffix == ".xlsx" else 5
    assert benchmark.pedantic(once, rounds=slow, warmup_rounds=slow > 1) == rows


@pytest.mark.benchmark(group="100,000 respondents in csv (target: import ≤ 3 times csv + executemany)")
@pytest.mark.parametrize("way", WAYS["csv"])
def test_answers_in_csv(benchmark: BenchmarkFixture, files: Path, way: str) -> None:
    measure(benchmark, way, files / "answers.csv", "cp1257", ROWS)


@pytest.mark.benchmark(group="100,000 respondents in xlsx (target: import ≤ 1.5 times calamine’s to_python)")
@pytest.mark.parametrize("way", WAYS["xlsx"])
def test_answers_in_xlsx(benchmark: BenchmarkFixture, files: Path, way: str) -> None:
    measure(benchmark, way, files / "answers.xlsx", "", ROWS)


@pytest.mark.benchmark(group="99,996 values in csv (target: import ≤ 3 times csv + executemany)")
@pytest.mark.parametrize("way", ["csv + executemany", "kaasav import"])
def test_values_in_csv(benchmark: BenchmarkFixture, files: Path, way: str) -> None:
    measure(benchmark, way, files / "values.csv", "utf-8", ROWS // len(load().all()) * len(load().all()))


@pytest.mark.parametrize("name", ["answers.csv", "answers.xlsx", "values.csv"])
def test_peak_memory(files: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Under 250 MiB, in a process of its own."""
    command = [sys.executable, "-c", PEAK, name, name.split(".", maxsplit=1)[0] + ".yaml"]
    ended = subprocess.run(command, cwd=files, capture_output=True, text=True, check=True)
    with capsys.disabled():
        print(f"\npeak memory of importing {name}: {ended.stdout.strip()} MiB")  # noqa: T201
    assert int(ended.stdout) < 250
