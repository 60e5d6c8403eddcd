"""Finding a workspace and what is in it, and saying what is there where something is not."""

from pathlib import Path

import pytest

from kaasav.problems import NOWHERE, Refused
from kaasav.workspace.place import Workspace, find


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in (
        "criteria/small/1.9.yaml",
        "criteria/small/1.10.yaml",
        "criteria/waves/2024.yaml",
        "assessments/2026/round.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "kaasav.yaml").write_text("schema: kaasav/workspace/1\nlanguage: en\n", encoding="utf-8")
    return find(tmp_path)


def refusal(wanted: object) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        wanted()  # type: ignore[operator]
    (problem,) = refused.value.problems
    return problem.code, problem.hint


def test_it_is_found_from_any_folder_inside(workspace: Workspace, tmp_path: Path) -> None:
    assert find(tmp_path / "assessments" / "2026").root == workspace.root


def test_outside_there_is_none(tmp_path: Path) -> None:
    assert refusal(lambda: find(tmp_path)) == ("no-workspace", "“kaasav init DIR” makes one")


def test_versions_are_ordered_as_people_count(workspace: Workspace) -> None:
    assert list(workspace.catalogues()) == ["small@1.9", "small@1.10"]


def test_what_is_not_there_is_told_with_what_is(workspace: Workspace) -> None:
    assert refusal(lambda: workspace.catalogue("small@2", NOWHERE)) == ("no-catalogue", "did you mean “small@1.9”?")
    assert refusal(lambda: workspace.catalogue("other@2025.7", NOWHERE)) == (
        "no-catalogue",
        "there are: small@1.9, small@1.10",
    )
    assert refusal(lambda: workspace.wave("2023", NOWHERE)) == ("no-wave", "did you mean “2024”?")
    assert refusal(lambda: workspace.round("x")) == ("no-round", "there are: 2026")


@pytest.mark.parametrize("reference", ["small", "../small@1", "small@../1", "a@b@c/", "small@1\x00", ""])
def test_a_reference_that_is_none_never_becomes_a_path(workspace: Workspace, reference: str) -> None:
    assert refusal(lambda: workspace.catalogue(reference, NOWHERE))[0] == "catalogue-reference"


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("schema: kaasav/workspace/1\nlanguage: de\n", ["workspace-language"]),
        ("schema: kaasav/workspace/1\nlang: et\n", ["workspace-settings"]),
        ("language: [et\n", ["yaml-unreadable"]),
        ("", ["yaml-empty"]),
        ("- et\n", ["not-a-mapping"]),
    ],
)
def test_settings_that_cannot_be_read_are_told(workspace: Workspace, settings: str, codes: list[str]) -> None:
    (workspace.root / "kaasav.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        workspace.language()
    assert [p.code for p in refused.value.problems] == codes


def test_paths_are_shown_from_the_root(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.relative(tmp_path / "criteria" / "waves") == "criteria/waves"
    assert workspace.relative(tmp_path.parent) == tmp_path.parent.resolve().as_posix()
