"""Which municipality a folder is of, and which have several."""

import shutil
from pathlib import Path

import pytest

from kaasav.assessment.who import doubles, who
from kaasav.workspace.init import init

ROUND = Path("assessments") / "2026"


@pytest.fixture
def round_(tmp_path: Path) -> Path:
    init(tmp_path)
    return tmp_path / ROUND


def test_a_folder_says_whose_it_is(round_: Path) -> None:
    found = who(round_ / "naidisvald")
    assert found is not None
    assert (found.name, found.code) == ("Näidisvald", "X001")


@pytest.mark.parametrize("text", ["municipality: [", "schema: kaasav/assessment/1\nmunicipality: Atlantis\n", ""])
def test_a_mistake_says_nothing(round_: Path, text: str) -> None:
    (round_ / "naidisvald" / "assessment.yaml").write_text(text, encoding="utf-8")
    assert who(round_ / "naidisvald") is None
    assert who(round_ / "nobody") is None


def test_each_of_several_folders_is_told_another(round_: Path) -> None:
    names = ("kuuseranna", "naidisvald", "tammemae", "zzz")
    shutil.copytree(round_ / "naidisvald", round_ / "zzz")
    found = doubles(round_ / name for name in names)
    assert {path.name: (one.name, other.name) for path, (one, other) in found.items()} == {
        "naidisvald": ("Näidisvald", "zzz"),
        "zzz": ("Näidisvald", "naidisvald"),
    }
    assert doubles(round_ / name for name in names[:3]) == {}
