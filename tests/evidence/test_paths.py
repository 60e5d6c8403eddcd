import os
import unicodedata
from pathlib import Path

import pytest

from kaasav.evidence import paths
from kaasav.evidence.facts import State
from kaasav.evidence.paths import locate, walk
from kaasav.problems import visible


def outcome(folder, file):
    located = locate(folder, file)
    return located.state, located.detail


def test_a_file_is_where_its_path_says(place, put):
    put("kava/plaan.pdf", "x")
    for written in ("evidence/kava/plaan.pdf", "./evidence/kava//plaan.pdf", "evidence/./kava/plaan.pdf"):
        located = locate(place, written)
        assert (located.state, located.name) == (State.OK, "evidence/kava/plaan.pdf")
        assert located.path.read_text() == "x"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/etc/passwd", "absolute"),
        ("\\\\server\\share\\a.pdf", "absolute"),
        ("C:\\a.pdf", "drive"),
        ("c:a.pdf", "drive"),
        ("evidence\\plaan.pdf", "backslash"),
        ("../secret.txt", "parent"),
        ("evidence/../../secret.txt", "parent"),
        ("evidence/..\\..\\secret.txt", "parent"),
        ("evidence/a\0.pdf", "nul"),
        ("evidence", "directory"),
        ("", "directory"),
        (".", "directory"),
    ],
)
def test_paths_that_are_refused(place, put, written, expected):
    put("plaan.pdf", "x")
    (place.parent / "secret.txt").write_text("x")
    assert outcome(place, written) == (State.UNSAFE, expected)


def test_two_dots_inside_a_name_are_just_a_name(place, put):
    assert outcome(place, put("plaan..lõplik.pdf", "x")) == (State.OK, "")


def test_missing(place, put):
    put("plaan.pdf", "x")
    for written in ("evidence/kava.pdf", "kava/plaan.pdf", "evidence/plaan.pdf/edasi", "evidence/" + "a" * 5_000):
        assert outcome(place, written) == (State.MISSING, "")


def test_a_name_that_differs_in_case_is_missing_and_its_twin_is_told(place, put):
    put("Plaan.PDF", "x")
    located = locate(place, "evidence/plaan.pdf")
    assert (located.state, located.detail, located.name) == (State.MISSING, "case", "evidence/Plaan.PDF")
    assert outcome(place, "Evidence/Plaan.PDF") == (State.MISSING, "case")
    assert outcome(place, "evidence/Plaan.PDF") == (State.OK, "")


def test_nfc_and_nfd_are_one_name(place, put):
    composed, apart = (unicodedata.normalize(form, "õppekäik.txt") for form in ("NFC", "NFD"))
    put(apart, "x")
    assert outcome(place, f"evidence/{composed}") == (State.OK, "")
    assert locate(place, f"evidence/{composed}").name == f"evidence/{apart}"


def test_the_exact_name_comes_before_its_unicode_twin(place, put):
    composed, apart = (unicodedata.normalize(form, "õ.txt") for form in ("NFC", "NFD"))
    for name in (composed, apart):
        put(name, name)
    assert locate(place, f"evidence/{composed}").name in (f"evidence/{composed}", f"evidence/{apart}")
    if len(list((place / "evidence").iterdir())) == 2:  # disks that keep both apart
        assert locate(place, f"evidence/{composed}").path.read_bytes() == composed.encode()


def test_a_file_that_comes_after_the_folder_was_listed(place, put):
    put("a.txt", "x")
    before = (place / "evidence").stat()
    assert outcome(place, "evidence/b.txt") == (State.MISSING, "")
    put("b.txt", "x")
    os.utime(place / "evidence", ns=(before.st_atime_ns, before.st_mtime_ns))  # as on a disk with a slow clock
    assert outcome(place, "evidence/b.txt") == (State.OK, "")
    (place / "evidence" / "a.txt").unlink()
    os.utime(place / "evidence", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert outcome(place, "evidence/a.txt") == (State.MISSING, "")


def link(path: Path, target: Path) -> bool:
    """Windows lets only some users make symlinks."""
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        return False
    return True


def test_symlinks_may_not_lead_out(place, put):
    put("plaan.pdf", "x")
    outside = place.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    evidence = place / "evidence"
    cases = {
        "evidence/file.txt": (evidence / "file.txt", outside / "secret.txt", (State.UNSAFE, "symlink")),
        "evidence/folder/secret.txt": (evidence / "folder", outside, (State.UNSAFE, "symlink")),
        "evidence/nowhere.txt": (evidence / "nowhere.txt", outside / "none", (State.UNSAFE, "symlink")),
        "evidence/loop.txt": (evidence / "loop.txt", evidence / "loop.txt", (State.UNSAFE, "symlink")),
        "evidence/gone.txt": (evidence / "gone.txt", evidence / "none", (State.MISSING, "")),
        "evidence/good.pdf": (evidence / "good.pdf", evidence / "plaan.pdf", (State.OK, "")),
    }
    for written, (path, target, expected) in cases.items():
        if link(path, target):
            assert outcome(place, written) == expected, written


def test_the_municipality_folder_itself_may_be_a_symlink(place, put):
    file = put("plaan.pdf", "x")
    elsewhere = place.parent / "linked"
    if link(elsewhere, place):
        assert outcome(elsewhere, file) == (State.OK, "")


def test_a_fifo_is_refused_without_being_opened(place, make_fifo):
    kind = make_fifo(place / "evidence" / "a.pdf")
    assert outcome(place, "evidence/a.pdf") == (State.UNSAFE, kind)


@pytest.mark.parametrize(
    "name", ["a\u202efdp.exe", "[red]kava[_red].pdf", "a\u200bb.pdf", "\x1b[31mkava.pdf", "a\tb.pdf"]
)
def test_odd_names_are_names(place, put, name):
    try:
        written = put(name, "x")
    except OSError:  # Windows has no control characters in names, so nothing can stand there
        assert outcome(place, f"evidence/{name}")[0] is State.MISSING
        return
    assert outcome(place, written) == (State.OK, "")
    assert visible(locate(place, written).name).isprintable()


def test_a_name_that_is_no_text_is_missing_not_a_crash(place):
    assert outcome(place, "evidence/\ud800.pdf") == (State.MISSING, "")


def test_walk_lists_files_and_leaves_out_litter(place, put):
    for name in ("b.pdf", "a/õ.pdf", "~$b.docx", "Thumbs.db", "a/.DS_Store", "desktop.ini", ".gitkeep", ".peidus"):
        put(name, "x")
    (place / "assessment.yaml").write_text("x")
    link(place / "evidence" / "out", place.parent)
    assert walk(place) == paths.Walked(("evidence/.peidus", "evidence/a/õ.pdf", "evidence/b.pdf"), complete=True)


def test_walk_of_nothing(place):
    (place / "evidence").rmdir()
    assert walk(place) == paths.Walked((), complete=True)


def test_walk_follows_no_symlinked_folder(place, put):
    put("a.pdf", "x")
    (place / "evidence").rename(place.parent / "moved")
    if link(place / "evidence", place.parent / "moved"):
        assert walk(place).files == ()


def test_walk_says_when_it_stops(place, put, monkeypatch):
    for number in range(12):
        put(f"{number:02}.pdf", "x")
    assert walk(place).complete
    monkeypatch.setattr(paths, "MOST_FILES", 10)
    walked = walk(place)
    assert (len(walked.files), walked.complete) == (10, False)


def test_ten_thousand_files_are_quick(place, put):
    for number in range(10_000):
        (place / "evidence" / f"{number}.txt").touch()
    assert len(walk(place).files) == 10_000
    assert all(locate(place, f"evidence/{number}.txt").state is State.OK for number in range(0, 10_000, 100))
