"""Running the command line inside the test, in a workspace of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from kaasav.cli.ends import finish
from kaasav.workspace.init import init


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code, results, messages."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``kaasav`` with arguments; English unless ``lang`` says otherwise."""

    def kaasav(*arguments: str | Path, lang: str = "en") -> Ended:
        capsys.readouterr()
        code = finish([str(argument) for argument in arguments], {"KAASAV_LANG": lang})
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return kaasav


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with the example round; the current folder."""
    init(tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


class TextFile(SingleFileSnapshotExtension):
    """One golden text file a snapshot; ``pytest --snapshot-update`` writes them anew."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares a text with its golden file."""
    return snapshot.use_extension(TextFile)
