"""Files are called after their folder, safely and each by a name of its own."""

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.documents.filenames import file_name, is_input


@pytest.mark.parametrize("name", ["naidisvald", "Rõuge vald", "X001", "tammemae.2026"])
def test_a_harmless_name_stays(name: str) -> None:
    assert file_name(Path("round") / name, [Path("round") / "others"]) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a:b", "a_b"),
        ("con", "_con"),
        ("vald.", "vald"),
        ("..hidden", "_hidden"),
        ("tähtis\u202exslx", "tähtisxslx"),
        ("line\nbreak", "linebreak"),
        ("\udcff\udcfe", "nimetu"),
    ],
)
def test_a_name_some_system_cannot_write_is_made_harmless(name: str, expected: str) -> None:
    assert file_name(Path("round") / name) == expected


def test_names_that_would_be_the_same_are_told_apart_the_same_way_each_time() -> None:
    beside = [Path("r") / name for name in ("Vald", "vald", "va:ld", "va_ld", "va?ld")]
    found = {path.name: file_name(path, beside) for path in beside}
    assert len({name.casefold() for name in found.values()}) == 5
    assert (found["Vald"], found["va_ld"]) == ("Vald", "va_ld")
    assert found == {path.name: file_name(path, reversed(beside)) for path in beside}


@given(st.lists(st.text(st.characters(blacklist_characters="/\0"), min_size=1, max_size=80), unique=True, max_size=6))
def test_whatever_the_folders_are_called(names: list[str]) -> None:
    folders = [Path("round") / name for name in names if name not in (".", "..")]
    found = [file_name(folder, folders) for folder in folders]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found}) == len(folders)
    for name in found:
        whole = f"{name}-improvement-report-preview.docx"
        assert len(whole.encode("utf-8")) <= 255
        assert PureWindowsPath(whole).name == whole and not set(whole) & set('<>:"|?*')


def test_long_names_fit_and_stay_apart() -> None:
    long = [Path("õ" * 120 + end) for end in "ab"]
    first, second = (file_name(one, long) for one in long)
    assert first != second
    assert max(len(first.encode("utf-8")), len(second.encode("utf-8"))) <= 160


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("kaasav.db", True),
        ("kaasav.db-wal", True),
        ("KAASAV.DB", True),
        ("kaasav.yaml", True),
        ("criteria/kaasav/0.1.yaml", True),
        ("Criteria/own.pdf", True),
        ("templates/letter.docx", True),
        ("templates/old/letter.docx", True),
        ("assessments/2026/round.yaml", True),
        ("assessments/2026/contacts.xlsx", True),
        ("assessments/2026/x/assessment.yaml", True),
        ("assessments/2026/x/intake.yaml", True),
        ("assessments/2026/x/evidence/a.pdf", True),
        ("assessments/2026/x/evidence/deep/a.pdf", True),
        ("assessments/2026/x/ratings/a.xlsx", True),
        ("elsewhere/own.db", True),
        ("elsewhere/own.db-journal", True),
        ("a.pdf", False),
        ("contacts.xlsx", False),
        ("documents/2026/x.pdf", False),
        ("documents/evidence/x.pdf", False),
        ("elsewhere/own.db.pdf", False),
        ("elsewhere/a.pdf", False),
        ("assessments/2026/x/x-report.pdf", False),
        ("assessments/2026/evidence/x-report.pdf", False),
        ("../a.pdf", False),
        ("documents/../templates/a.docx", True),
    ],
)
def test_what_kaasav_works_with_is_no_place_for_documents(tmp_path: Path, place: str, expected: bool) -> None:
    root = tmp_path / "workspace"
    (root / "documents").mkdir(parents=True)
    (root / "kaasav.yaml").touch()
    assert is_input(root / place, root / "elsewhere" / "own.db") == expected
    assert not is_input(tmp_path / "none" / place, tmp_path / "kaasav.db") or place.lower().startswith("..")
