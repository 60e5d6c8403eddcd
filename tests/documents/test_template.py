"""Which template is taken: the workspace's before the shipped, the language's before the common one."""

from pathlib import Path

import pytest

from kaasav.documents import template
from kaasav.documents.template import SHIPPED, find, names, neutral, own_files
from kaasav.problems import Refused


def own(root: Path, *files: str) -> Path:
    (root / "templates").mkdir()
    for file in files:
        (root / "templates" / file).write_bytes(file.encode())
    return root


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((), None),
        (("certificate.typ",), "certificate.typ"),
        (("certificate.typ", "certificate.en.typ"), "certificate.typ"),
        (("certificate.typ", "certificate.et.typ"), "certificate.et.typ"),
        (("other.typ",), None),
    ],
)
def test_the_workspaces_own_wins(tmp_path: Path, files: tuple[str, ...], expected: str | None) -> None:
    found = find("certificate.typ", "et", own(tmp_path, *files))
    assert found.own == (expected is not None)
    assert found.name == (expected or "certificate.typ")
    assert found.shown == (f"templates/{expected}" if expected else "certificate.typ")
    if expected is None:
        assert found.content == (SHIPPED / "certificate.typ").read_bytes()


def test_without_a_workspace_only_what_ships_is_known() -> None:
    assert not find("certificate.typ", "en", None).own


def test_its_version_is_the_hash_of_its_bytes(tmp_path: Path) -> None:
    first = find("certificate.typ", "et", own(tmp_path, "certificate.typ")).version
    (tmp_path / "templates" / "certificate.typ").write_bytes(b"another")
    assert find("certificate.typ", "et", tmp_path).version != first


def test_an_unknown_one_is_refused_with_a_guess() -> None:
    with pytest.raises(Refused) as refused:
        find("certifcate.typ", "et", None)
    (problem,) = refused.value.problems
    assert problem.kind is template.UNKNOWN
    assert problem.hint == "did you mean “certificate.typ”?"
    with pytest.raises(Refused) as refused:
        find("zzz.zzz", "et", None)
    assert "template list" in refused.value.problems[0].hint


def test_a_link_out_of_the_template_folder_is_refused(tmp_path: Path) -> None:
    own(tmp_path)
    (tmp_path / "secret.typ").write_text("x", encoding="utf-8")
    try:
        (tmp_path / "templates" / "certificate.typ").symlink_to(tmp_path / "secret.typ")
    except OSError:
        return  # a Windows account without the right to make links
    with pytest.raises(Refused) as refused:
        find("certificate.typ", "et", tmp_path)
    assert refused.value.problems[0].code == "file-leads-out"


def test_what_templates_share_is_none_of_them() -> None:
    assert "certificate.typ" in names()
    assert not {"kaasav.typ", "watermark.typ"} & set(names())


def test_own_files_are_listed_by_name_without_hidden_ones(tmp_path: Path) -> None:
    assert list(own_files(tmp_path)) == []
    own(tmp_path, "b.typ", "a.docx", ".hidden")
    assert [path.name for path in own_files(tmp_path)] == ["a.docx", "b.typ"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("letter.et.docx", "letter.docx"),
        ("letter.docx", "letter.docx"),
        ("award.list.html", "award.list.html"),
        ("list.en.html.j2", "list.html.j2"),
        ("plain", "plain"),
    ],
)
def test_neutral(file: str, expected: str) -> None:
    assert neutral(file) == expected
