"""Runs that are killed, run at once, or have no room: nothing is lost, and nothing stays that should not."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kaasav.intake import lock, staging
from kaasav.intake.ledger import read as read_ledger
from kaasav.problems import Forbidden, Refused

MEMO = "Koosoleku memo\n19.03.2026\nPäevakord: teed. Osalesid kõik. Otsustati."
CATALOGUE = Path(__file__).parents[2] / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"

SLOW = """
import sys, time
from pathlib import Path
from kaasav.catalogue.reader import read_file
from kaasav.intake import intake, ledger, taking

def wait(*_):
    print("there", flush=True)
    time.sleep(120)

if sys.argv[4] == "staged":
    taking.Taker._staged = wait
else:
    ledger.Ledger.write = wait
intake.intake(Path(sys.argv[1]), "vald", [Path(sys.argv[2])], read_file(Path(sys.argv[3]), "c")[0], at="x")
"""


@pytest.fixture
def stuck(desk: Any) -> Iterator[Callable[[Path, str], "subprocess.Popen[str]"]]:
    """Starts an intake in a process of its own, which stops at a point and stays there until it is killed."""
    running = []

    def start(source: Path, point: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", SLOW, str(desk.folder), str(source), str(CATALOGUE), point]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert running[-1].stdout is not None
        assert running[-1].stdout.readline() == "there\n"
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def stages(desk: Any) -> list[Path]:
    return [path for path in desk.folder.iterdir() if path.name.startswith(".kaasav")]


def test_what_a_killed_intake_left_is_cleared_by_the_next_one_but_never_a_living_ones(
    desk: Any, post: Any, stuck: Any
) -> None:
    source = post({"memo.txt": MEMO})
    process = stuck(source, "staged")
    (stage,) = (path for path in stages(desk) if path.is_dir())
    assert [path.read_text(encoding="utf-8") for path in stage.iterdir()] == [MEMO]
    for attempt in (lambda: desk.intake(source), desk.confirm):
        with pytest.raises(Forbidden, match="intake-in-use"):
            attempt()
    assert list(stage.iterdir())
    assert desk.intake(source, dry=True).cleared == 0
    assert stage.exists()
    process.kill()  # SIGKILL; TerminateProcess on Windows
    process.wait()
    assert stage.exists()
    outcome = desk.intake(source)
    assert (outcome.cleared, [row.came_as for row in outcome.rows]) == (1, ["memo.txt"])
    assert stages(desk) == []
    assert desk.intake(source).cleared == 0


def test_an_intake_killed_before_its_list_was_written_lists_the_papers_where_they_lie(
    desk: Any, post: Any, stuck: Any
) -> None:
    source = post({"memo.txt": MEMO})
    process = stuck(source, "written")
    process.kill()
    process.wait()
    assert (desk.folder / "evidence" / "memo.txt").exists()
    assert not (desk.folder / "intake.yaml").exists()
    outcome = desk.intake(source)
    assert [row.file for row in outcome.rows] == ["evidence/memo.txt"]
    assert [name for name in desk.files() if name.startswith("evidence/")] == ["evidence/memo.txt"]
    assert len(desk.confirm(outcome.forms[0]).added) == 1


def test_on_a_disk_without_locks_only_what_is_old_is_cleared(
    desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_locked", lambda _descriptor: None)
    for name in ("vana", "uus"):
        (desk.folder / f"{lock.STAGE}{name}").mkdir()
        (desk.folder / f"{lock.STAGE}{name}" / "00001").write_bytes(b"x")
    two_days_ago = time.time() - 2 * lock.OLD
    for path in (desk.folder / f"{lock.STAGE}vana" / "00001", desk.folder / f"{lock.STAGE}vana"):
        os.utime(path, (two_days_ago, two_days_ago))
    assert desk.intake(post({"memo.txt": MEMO})).cleared == 1
    assert [path.name for path in stages(desk)] == [f"{lock.STAGE}uus"]


def test_half_written_files_of_long_ago_are_cleared_and_others_stay(desk: Any) -> None:
    names = [".kaasav-0123456789ab.tmp", ".kaasav-ba9876543210.tmp", ".kaasav-minu.tmp"]
    for name in names:
        (desk.folder / name).write_bytes(b"x")
    long_ago = time.time() - 2 * lock.OLD
    for name in (names[0], names[2]):
        os.utime(desk.folder / name, (long_ago, long_ago))
    desk.intake()
    assert sorted(path.name for path in stages(desk)) == names[1:]


def test_a_link_that_looks_like_a_stage_is_left_alone(desk: Any, post: Any, tmp_path: Path) -> None:
    (tmp_path / "oma").mkdir()
    (tmp_path / "oma" / "tähtis.txt").write_text("x", encoding="utf-8")
    try:
        (desk.folder / f"{lock.STAGE}link").symlink_to(tmp_path / "oma")
    except OSError:  # Windows without the right to make links
        return
    assert desk.intake(post({"memo.txt": MEMO})).cleared == 0
    assert (tmp_path / "oma" / "tähtis.txt").exists()


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "file-disk-full"), (errno.EROFS, "file-not-writable"), (errno.EIO, "file-not")]
)
def test_a_disk_that_cannot_be_written_to_is_said_and_nothing_is_taken_in(
    desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    source = post({"a.txt": MEMO, "b.txt": "memo 2"})
    before = desk.files()

    def full(*_: object) -> None:
        raise OSError(number, "ei mahu")

    with monkeypatch.context() as patched:
        patched.setattr(staging, "_write", full)
        with pytest.raises(Refused, match=code) as caught:
            desk.intake(source)
    assert caught.value.problems[0].location.file.endswith("rouge-vald/evidence")
    assert (desk.files(), stages(desk)) == (before, [])
    assert len(desk.intake(source).rows) == 2


def test_a_file_that_cannot_be_read_stops_no_other(desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaasav.intake import arrivals

    source = post({"a.txt": MEMO, "b.txt": "memo 2", "kadus.txt": "x"})
    real = arrivals._open

    def bad(path: Path) -> Any:
        if path.name == "a.txt":
            raise PermissionError(errno.EACCES, "ei tohi")
        if path.name == "kadus.txt":
            path.unlink()
        return real(path)

    monkeypatch.setattr(arrivals, "_open", bad)
    desk.intake(source)
    became = {one.name: (one.became, one.why) for one in read_ledger(desk.folder, "vald").files}
    assert became == {"a.txt": ("refused", "unreadable"), "b.txt": ("listed", None),
                      "kadus.txt": ("refused", "unreadable")}  # fmt: skip
