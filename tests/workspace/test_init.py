"""A workspace made is one that works, in either language, and nothing there is ever overwritten."""

from pathlib import Path

import pytest

from kaasav.assessment.assess import Shelf, assess
from kaasav.assessment.folder import members
from kaasav.language import using
from kaasav.problems import Forbidden, Refused
from kaasav.workspace.init import init
from kaasav.workspace.place import find

MADE = ["kaasav.yaml", "criteria", "assessments", "README.md", ".gitignore"]


def test_a_new_workspace_holds_a_catalogue_waves_and_a_round_that_can_be_assessed(tmp_path: Path) -> None:
    assert init(tmp_path / "ws") == MADE
    workspace = find(tmp_path / "ws" / "assessments" / "2026")
    assert workspace.root == (tmp_path / "ws").resolve()
    assert list(workspace.catalogues()) == ["kaasav-omavalitsus@2026.1"]
    assert list(workspace.waves()) == ["2020-all", "2020-valid", "2024", "training-2026"]
    folders = members(workspace.round("2026"))
    assert [folder.name for folder in folders] == ["kuuseranna", "naidisvald", "tammemae"]
    shelf = Shelf(workspace)
    assert [assess(folder, folder.name, shelf).result is not None for folder in folders] == [True] * 3
    assert sorted(path.name for path in (tmp_path / "ws").iterdir()) == sorted(MADE), "nothing is left behind"


@pytest.mark.parametrize(("language", "word"), [("et", "töökaust"), ("en", "workspace")])
def test_its_texts_are_in_the_language_in_use(tmp_path: Path, language: str, word: str) -> None:
    with using(language):
        init(tmp_path)
    assert word in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert find(tmp_path).language() == language


def test_real_evidence_and_the_database_stay_out_of_version_control_the_example_does_not(tmp_path: Path) -> None:
    import subprocess

    init(tmp_path)
    (tmp_path / "kaasav.db").write_bytes(b"")
    real = tmp_path / "assessments" / "2026" / "rouge-vald" / "evidence" / "paper.pdf"
    real.parent.mkdir(parents=True)
    real.write_bytes(b"%PDF")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    shown = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert "kaasav.db" not in shown
    assert "rouge-vald" not in shown
    assert "naidisvald/evidence/" in shown


@pytest.mark.parametrize("name", MADE)
def test_nothing_that_is_there_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Forbidden) as refused:
        init(tmp_path)
    assert [p.code for p in refused.value.problems] == ["init-already"]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        init(tmp_path / "file" / "below")
    assert [p.code for p in refused.value.problems] == ["file-no-folder"]
