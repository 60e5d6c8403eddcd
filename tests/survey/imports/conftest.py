"""Reading a small table by a small description."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from kaasav.problems import Problem, has_errors
from kaasav.survey.imports.description import read_description
from kaasav.survey.imports.gathering import Gathered
from kaasav.survey.imports.making import text_of
from kaasav.survey.imports.reading import read_file

HEAD = """\
schema: kaasav/survey-file/1
id: test
title: {et: Proov, en: Test}
publisher: Keegi
source: {text: aruanne}
fieldwork: {from: 2026-03, to: 2026-04}
language: et
"""
SCALE = """\
scale:
  - {label: väga rahul, counts: positive, points: 100, aliases: ["1"]}
  - {label: pigem rahul, counts: positive, points: 70, aliases: ["2"]}
  - {label: pigem ei ole rahul, counts: negative, points: 30, aliases: ["3"]}
  - {label: üldse pole rahul, counts: negative, points: 0, aliases: ["4"]}
  - {label: ei oska öelda, counts: outside, aliases: ["9"]}
"""
ITEMS = """\
items:
  - {id: kaasamine, label: Elanike kaasamine, aliases: [Kaasamine (%)], measure: share, base: valid, unit: percent}
  - {id: info, label: Teave, measure: share, base: valid, unit: percent}
"""
ONE = ITEMS[: ITEMS.index("  - {id: info")]


@dataclass(frozen=True)
class Taken:
    """What came of a table: rows as text by item and code, problems as code and place, and everything else."""

    rows: dict[str, dict[str, tuple[str, ...]]]
    problems: list[tuple[str, str]]
    all: tuple[Problem, ...]
    gathered: Gathered

    def told(self, code: str) -> Problem:
        return next(problem for problem in self.all if problem.code == code)


def take(table: str | bytes, how: str = "table: {grain: values}\n", items: str = ITEMS, head: str = HEAD,
         name: str = "a.csv", **others: str) -> Taken:  # fmt: skip
    described, problems = read_description((head + items + how).encode(), "d.yaml")
    assert described is not None, [(problem.code, str(problem.location)) for problem in problems]
    data = table if isinstance(table, bytes) else table.encode()
    reading = read_file(described, data, name, {key: (f"{key}.txt", text.encode()) for key, text in others.items()})
    gathered = reading.gathered
    rows = gathered.rows if gathered and not has_errors(reading.problems) else {}
    shown = {
        item: {code: (text_of(row.value), text_of(row.n), text_of(row.sd), text_of(row.design_effect), row.why or "")
               for code, row in by_code.items()}
        for item, by_code in rows.items()
    }  # fmt: skip
    told = [(problem.code, str(problem.location)) for problem in reading.problems]
    return Taken(shown, told, reading.problems, gathered)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def read() -> Callable[..., Any]:
    """`take`."""
    return take


@pytest.fixture(scope="session")
def scale() -> str:
    """A scale of five answers, the last outside."""
    return SCALE


@pytest.fixture(scope="session")
def one_item() -> str:
    """A single item."""
    return ONE


@pytest.fixture(scope="session")
def head() -> str:
    """What the survey is."""
    return HEAD


@pytest.fixture(scope="session")
def items() -> str:
    """Two items."""
    return ITEMS
