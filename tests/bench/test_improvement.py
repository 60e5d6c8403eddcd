"""The shortest way with its alternatives: a small start, the example round, the hardest starts; and what comes first."""

import dataclasses
import random
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from kaasav.assessment.assess import Shelf, assess
from kaasav.catalogue.model import Catalogue
from kaasav.catalogue.reader import read
from kaasav.improvement.constraints import NONE
from kaasav.improvement.program import build
from kaasav.improvement.shortest import shortest, ways
from kaasav.improvement.solver import least
from kaasav.improvement.start import Kind, Rise, Start
from kaasav.plain import plain
from kaasav.workspace.place import find

TIER = "kaasav_omavalitsus"


@pytest.fixture(scope="module")
def catalogue(example: Path) -> Catalogue:
    return read((example / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml").read_bytes(), "2026.1.yaml")


@pytest.fixture(scope="module")
def begun(example: Path, catalogue: Catalogue) -> Start:
    """The municipality of the example round that has the longest way to go."""
    folder = "assessments/2026/kuuseranna"
    one = assess(example / folder, folder, Shelf(find(example)))
    assert one.record is not None
    assert one.submission is not None
    return Start.of(one.record, catalogue, one.submission.round.closing_date)


def at(begun: Start, levels: list[int], left_out: int = 0) -> Start:
    """A start with other levels, the last criterion of the first ``left_out`` dimensions not applying."""
    out: dict[str, str] = {}
    for one in begun.criteria:
        out[one.dimension] = one.id
    gone = set(list(out.values())[:left_out])
    criteria = tuple(
        dataclasses.replace(one, level=level, rises=tuple(rise for rise in full(one) if rise.level > level))
        for one, level in zip(begun.criteria, levels, strict=True)
        if one.id not in gone
    )
    return dataclasses.replace(begun, criteria=criteria)


def full(one: Any) -> tuple[Any, ...]:
    effort, lead = {1: 1, 2: 2, 3: 3, 4: 3}, {1: 1, 2: 3, 3: 12, 4: 12}
    return tuple(Rise(level, Kind.PRACTICE, effort[level], lead[level]) for level in range(1, 5))


CASES = ["everything at 2", "everything at 0", "mixed", "mixed, four dimensions not whole"]


@pytest.mark.benchmark(group="the shortest way with five alternatives, 28 criteria (target: < 50 ms)")
@pytest.mark.parametrize("case", ["example", *CASES])
def test_shortest(benchmark: BenchmarkFixture, catalogue: Catalogue, begun: Start, case: str) -> None:
    mixed = random.Random(7).choices(range(4), k=28)
    start = {
        "example": begun,
        "everything at 2": at(begun, [2] * 28),
        "everything at 0": at(begun, [0] * 28),
        "mixed": at(begun, mixed),
        "mixed, four dimensions not whole": at(begun, mixed, 4),
    }[case]
    found = benchmark(shortest, start, catalogue, TIER)
    assert found.way is not None


@pytest.mark.benchmark(group="parts of it, example")
@pytest.mark.parametrize("part", ["the solver alone", "out of the guard band as well"])
def test_parts(benchmark: BenchmarkFixture, catalogue: Catalogue, begun: Start, part: str) -> None:
    if part == "the solver alone":
        program = build(begun, catalogue, catalogue.award_rule.tiers[0], NONE, clear_guard=False)
        assert benchmark(least, program) is not None
        return
    assert plain(benchmark(ways, begun, catalogue))


@pytest.mark.benchmark(group="importing the solver")
@pytest.mark.parametrize("module", ["highspy", "numpy", "nothing"])
def test_import(benchmark: BenchmarkFixture, command: Any, module: str) -> None:
    line = "pass" if module == "nothing" else f"import {module}"
    benchmark.pedantic(partial(command, Path(sys.executable).name, "-c", line), rounds=10, warmup_rounds=2)
