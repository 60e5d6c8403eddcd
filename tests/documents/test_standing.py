"""Whether a folder is as it was recorded: every file that decides, and nothing else."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kaasav.assessment.assess import Shelf, assess
from kaasav.documents.standing import recorded_from, unchanged
from kaasav.store.database import RecordedResult, Store
from kaasav.workspace.place import Workspace

NOW = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
NAME = "assessments/2026/naidisvald"
Recorded = tuple[Path, Workspace, RecordedResult]


@pytest.fixture
def recorded(example: Path, tmp_path: Path) -> Recorded:
    root = tmp_path / "ws"
    shutil.copytree(example, root)
    workspace = Workspace(root)
    one = assess(root / NAME, NAME, Shelf(workspace))
    assert one.record is not None
    with Store.open(workspace.database, create=True) as store:
        own = store.record(one.record, one.inputs, at=NOW, event={"folder": NAME})
        store.record(one.record, one.inputs, at=NOW)
        assert recorded_from(store) == {NAME: own}
        return root / NAME, workspace, store.result(own)


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")


def test_as_recorded_it_stands(recorded: Recorded) -> None:
    assert unchanged(*recorded)


def test_evidence_files_are_not_opened(recorded: Recorded) -> None:
    shutil.rmtree(recorded[0] / "evidence")
    assert unchanged(*recorded)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: append(folder / "evidence.yaml"),
        lambda folder: append(folder.parent / "round.yaml"),
        lambda folder: append(folder.parents[2] / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"),
        lambda folder: append(folder.parents[2] / "criteria" / "waves" / "training-2026.csv"),
        lambda folder: (folder.parents[2] / "criteria" / "waves" / "training-2026.yaml").unlink(),
        lambda folder: (folder / "ratings" / "mari-maasikas.yaml").unlink(),
        lambda folder: (folder / "ratings" / "new.yaml").write_text("x", encoding="utf-8"),
        lambda folder: (folder / "ratings" / "new.txt").write_text("x", encoding="utf-8"),
        shutil.rmtree,
    ],
    ids=["evidence", "round", "catalogue", "values", "no wave", "no rating", "new rating", "odd rating", "no folder"],
)
def test_any_file_that_decides_changes_its_standing(recorded: Recorded, change: Callable[[Path], object]) -> None:
    change(recorded[0])
    assert not unchanged(*recorded)


def test_other_rules_change_its_standing(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaasav.documents.standing.RULES", 99)
    assert not unchanged(*recorded)
