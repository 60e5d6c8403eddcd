"""How long a command takes to start, beside ``sqlite-utils --version`` in the same environment."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 15


@pytest.mark.benchmark(group="start (targets: --version ≤ 1, --help ≤ 1.25 times the yardstick)")
@pytest.mark.parametrize("arguments", ["sqlite-utils --version", "kaasav --version", "kaasav --help"])
def test_start(benchmark: BenchmarkFixture, command: object, arguments: str) -> None:
    benchmark.pedantic(command, args=tuple(arguments.split()), rounds=ROUNDS, warmup_rounds=2)
