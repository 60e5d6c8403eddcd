"""What the measurements share: a round of any size made of copies of the example, and clean processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kaasav.workspace.init import init

BIN = Path(sys.executable).parent
Command = Callable[..., None]


@pytest.fixture(scope="session")
def clean() -> dict[str, str]:
    """The environment of a user: compiled modules are kept, and the cache is a new folder."""
    leave = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "KAASAV_CACHE", "COV_CORE_SOURCE")
    return {key: value for key, value in os.environ.items() if key not in leave}


@pytest.fixture(scope="session")
def command(clean: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Run an installed program to its end, its output thrown away."""
    environment = {**clean, "KAASAV_CACHE": str(tmp_path_factory.mktemp("cache"))}

    def run(*arguments: str, cwd: Path | None = None, codes: Sequence[int] = (0,)) -> None:
        ended = subprocess.run(
            [BIN / arguments[0], *arguments[1:]], cwd=cwd, env=environment, capture_output=True, check=False
        )
        assert ended.returncode in codes, ended.stderr.decode()

    return run


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example round."""
    folder = tmp_path_factory.mktemp("example")
    init(folder)
    return folder


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A workspace whose round holds a number of copies of the three example folders, made once for each number."""
    made: dict[int, Path] = {}

    def workspace(folders: int) -> Path:
        if folders not in made:
            root = tmp_path_factory.mktemp(f"round{folders}-")
            init(root)
            a_round = root / "assessments" / "2026"
            examples = sorted(path.parent for path in a_round.glob("*/assessment.yaml"))
            for number in range(folders - len(examples)):
                shutil.copytree(examples[number % len(examples)], a_round / f"copy-{number:04}")
            made[folders] = root
        return made[folders]

    return workspace
