"""What every test may use."""

import os
from pathlib import Path

import pytest

from kaasav import language

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-bench", action="store_true", help="also run what is measured side by side (tests/bench)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Benchmarks are deselected, not skipped, unless asked for."""
    if config.getoption("--run-bench"):
        return
    benches = [item for item in items if "bench" in item.path.parts]
    if benches:
        config.hook.pytest_deselected(items=benches)
        items[:] = [item for item in items if item not in benches]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI runs, a skipped test is a failure: it was not tested."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test begins in English, with a cache of its own and no settings from outside."""
    language.use("en")
    monkeypatch.delenv("KAASAV_LANG", raising=False)
    monkeypatch.setenv("KAASAV_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def root() -> Path:
    """The repository."""
    return ROOT
