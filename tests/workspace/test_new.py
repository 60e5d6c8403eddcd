"""A scaffolded folder is complete, says what to do, and is a preview from the first moment."""

import datetime
from pathlib import Path

import pytest

from kaasav.assessment.assess import Shelf, assess
from kaasav.catalogue.reader import read_file
from kaasav.language import using
from kaasav.municipalities.register import Municipality, load
from kaasav.problems import Forbidden
from kaasav.workspace.init import init
from kaasav.workspace.new import new
from kaasav.workspace.place import Workspace, find


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    init(tmp_path)
    return find(tmp_path)


def make(workspace: Workspace, code: str = "0698", language: str = "en") -> Path:
    municipality = load().by_code(code)
    assert municipality is not None
    catalogue, _ = read_file(workspace.catalogues()["kaasav-omavalitsus@2026.1"], "c.yaml")
    with using(language):
        return new(
            municipality,
            workspace.round("2026"),
            catalogue,
            ("mari-maasikas", "kalle-kuusik"),
            datetime.date(2026, 9, 30),
        )


@pytest.mark.parametrize("language", ["et", "en"])
def test_a_new_folder_is_read_without_a_problem_and_is_a_preview(workspace: Workspace, language: str) -> None:
    folder = make(workspace, language=language)
    assert folder.name == "rouge-vald"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "assessment.yaml",
        "evidence.yaml",
        "evidence/.gitkeep",
        "ratings/kalle-kuusik.yaml",
        "ratings/mari-maasikas.yaml",
    ]
    one = assess(folder, "rouge-vald", Shelf(workspace))
    assert one.problems == ()
    assert one.result is not None
    assert (one.result.status, len(one.result.missing)) == ("preview", 28)


def test_every_commented_line_becomes_right_when_its_sign_is_taken_away(workspace: Workspace) -> None:
    folder = make(workspace)
    for name in ("assessment.yaml", "ratings/mari-maasikas.yaml"):
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines()
        filled = [line.replace("# ", "", 1) if "{level: 2" in line else line for line in lines]
        path.write_text("\n".join(filled) + "\n", encoding="utf-8")
    one = assess(folder, "rouge-vald", Shelf(workspace))
    assert one.problems == ()
    assert one.result is not None
    assert (one.result.status, one.result.missing) == ("preliminary", ())


def test_the_example_item_in_the_comments_is_right_too(workspace: Workspace) -> None:
    folder = make(workspace)
    path = folder / "evidence.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("  # - id:"))
    lines[start:] = [line.replace("# ", "", 1) for line in lines[start:]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems = assess(folder, "rouge-vald", Shelf(workspace)).problems
    assert {p.code for p in problems} == {"evidence-missing"}, "only the paper itself is still wanting"


def test_a_folder_that_is_there_is_never_touched(workspace: Workspace) -> None:
    folder = make(workspace)
    (folder / "assessment.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(Forbidden):
        make(workspace)
    assert (folder / "assessment.yaml").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_names_with_odd_letters_are_quoted_right(workspace: Workspace) -> None:
    catalogue, _ = read_file(workspace.catalogues()["kaasav-omavalitsus@2026.1"], "c.yaml")
    odd = Municipality("X009", "Õ: #1 “{{ 7*7 }}” vald", "vald", "(x)", None, training=True)
    folder = new(odd, workspace.round("2026"), catalogue, (), datetime.date(2026, 9, 30))
    from kaasav.assessment.folder import read, understand

    contents, _problems = read(folder, "odd")
    submission, problems = understand(contents, "odd")
    assert problems == []
    assert submission is not None
    assert submission.application.name == odd.name
