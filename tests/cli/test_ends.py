"""Every way a run can end, with its exit code."""

import gettext
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kaasav import language
from kaasav.cli import codes, ends

KAASAV = [sys.executable, "-m", "kaasav"]


def test_done(run: Any, workspace: Path) -> None:
    assert run("catalogue", "list").code == codes.DONE


def test_problems_in_the_input(run: Any, workspace: Path) -> None:
    ended = run("assess", "nowhere")
    assert (ended.code, ended.out) == (codes.PROBLEMS, "")
    assert ended.err.startswith("nowhere: error: there is no such folder\n    → name a municipality’s folder")


def test_an_incomplete_assessment_is_a_problem_too(run: Any, workspace: Path) -> None:
    assert run("new", "0698", "--round", "2026").code == codes.DONE
    assert run("assess", "assessments/2026/rouge-vald").code == codes.PROBLEMS


@pytest.mark.parametrize("arguments", [["nonsense"], ["assess", "--nonsense"], ["explain"], ["--lang", "de", "db"]])
def test_wrong_use(run: Any, workspace: Path, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (codes.USAGE, "")
    assert ended.err


def test_refused_because_something_would_be_overwritten(run: Any, workspace: Path) -> None:
    ended = run("new", "X001", "--round", "2026")
    assert ended.code == codes.FORBIDDEN
    assert "nothing is overwritten" in ended.err
    assert run("init", workspace).code == codes.FORBIDDEN


def test_lost_sentences_are_said_once_and_english_ones_stand_in(
    run: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = run("catalogue", "list", lang="et")
    monkeypatch.setattr(language, "_LOCALE", workspace / "nowhere")
    monkeypatch.setattr(language, "_loaded", {"en": gettext.NullTranslations()})
    monkeypatch.setattr(language, "_lost", set())
    bad = run("catalogue", "list", lang="et")
    assert (good.code, good.err) == (codes.DONE, "")
    assert (bad.code, bad.err) == (codes.DONE, ends.SENTENCES_LOST)
    assert ("Kataloog" in good.out, "Kataloog" in bad.out, "Catalogue" in bad.out) == (True, False, True)
    assert "Kaasav omavalitsus" in bad.out  # a catalogue brings its own Estonian along
    assert run("catalogue", "list").err == ""  # who reads English has lost nothing


def test_nothing_is_taken_apart_at_the_end() -> None:
    """What is left in memory is taken out of the garbage collector's sight before Python would look through it."""
    program = "import atexit, gc\natexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
    for module, frozen in (("kaasav.cli.codes", "False"), ("kaasav.cli.ends", "True")):
        ended = subprocess.run(
            [sys.executable, "-c", program + f"import {module}"], capture_output=True, text=True, check=True
        )
        assert ended.stdout.strip() == frozen


def test_a_crash_leaves_a_log_to_paste_and_no_traceback(
    run: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import tempfile

    from kaasav.catalogue import reader

    def broken(*_arguments: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(reader, "read_file", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = run("catalogue", "list")
    assert ended.code == codes.CRASH
    assert "Traceback" not in ended.err
    (log,) = tmp_path.glob("kaasav-*.log")
    assert str(log) in ended.err
    written = log.read_text(encoding="utf-8")
    assert "RuntimeError: broken on purpose" in written
    assert "arguments: ['catalogue', 'list']" in written


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one child")
def test_interrupted(workspace: Path) -> None:
    fifo = workspace / "criteria" / "kaasav-omavalitsus" / "2027.1.yaml"
    os.mkfifo(fifo)  # reading the catalogue waits here, so the signal surely comes in the middle
    with (
        subprocess.Popen(
            [*KAASAV, "catalogue", "list"], cwd=workspace, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
        fifo.open("wb"),
    ):  # opens once the other end is being read
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=20)
    assert process.returncode == codes.INTERRUPTED
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_crash(workspace: Path) -> None:
    command = " ".join([f'"{sys.executable}"', "-m", "kaasav", "municipality", "list", "--json"])
    ended = subprocess.run(
        f"{command} | {sys.executable} -c 'pass'",
        shell=True,
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert "kaasav-" not in ended.stderr


def test_results_on_stdout_messages_on_stderr(run: Any, workspace: Path) -> None:
    ended = run("assess", "assessments/2026/kuuseranna", "--json")
    assert json.loads(ended.out)["assessments"][0]["folder"] == "assessments/2026/kuuseranna"
    assert ended.err == "", "with --json the problems are in the data"
    ended = run("assess", "assessments/2026/kuuseranna")
    assert "warning" in ended.err
    assert "warning" not in ended.out
    assert "\x1b" not in ended.out + ended.err, "no colour where there is no terminal"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["--lang", "en", "assess", "nowhere"], {"KAASAV_LANG": "et"}, "error"),
        (["assess", "nowhere", "--lang=en"], {}, "error"),
        (["assess", "nowhere"], {"KAASAV_LANG": "en"}, "error"),
        (["assess", "nowhere"], {}, "viga"),
        (["assess", "nowhere", "--lang", "et"], {"KAASAV_LANG": "en"}, "viga"),
    ],
)
def test_the_language_is_the_options_then_the_environments_then_the_workspaces(
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    environment: dict[str, str],
    expected: str,
) -> None:
    (workspace / "kaasav.yaml").write_text("schema: kaasav/workspace/1\nlanguage: et\n", encoding="utf-8")
    assert ends.finish(arguments, environment) == codes.PROBLEMS
    assert f"nowhere: {expected}: " in capsys.readouterr().err
