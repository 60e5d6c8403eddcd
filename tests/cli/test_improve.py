"""``kaasav improve``: files, the way on the screen, previews, a whole round."""

import json
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

FOLDER = "assessments/2026/kuuseranna"


@pytest.mark.parametrize("lang", ["et", "en"])
@pytest.mark.parametrize("folder", ["kuuseranna", "tammemae"])
def test_the_screen(run: Any, workspace: Path, golden: SnapshotAssertion, folder: str, lang: str) -> None:
    ended = run("improve", f"assessments/2026/{folder}", "--format", "xlsx", lang=lang)
    assert ended.code == 0, ended.err
    assert ended.out.split("\n", 1)[1] == golden  # without the line with the hash of the file's bytes


def test_without_a_file_named_all_of_them_are_made_here_and_not_again(run: Any, workspace: Path) -> None:
    first = run("improve", FOLDER)
    assert first.code == 0
    names = [f"kuuseranna-improvement-report.{ending}" for ending in ("pdf", "docx", "html")]
    names.append("kuuseranna-action-plan.xlsx")
    assert [line.split(" ")[1] for line in first.out.splitlines()[:4]] == names
    assert all((workspace / name).is_file() for name in names)
    before = {name: (workspace / name).read_bytes() for name in names}
    again = run("improve", FOLDER)
    assert again.out.count("unchanged") == 4
    assert {name: (workspace / name).read_bytes() for name in names} == before


@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF"), ("a.DOCX", b"PK"), ("a.html", b"<!DOCTYPE"), ("a.xlsx", b"PK")]
)
def test_the_ending_says_the_format(run: Any, workspace: Path, name: str, start: bytes) -> None:
    assert run("improve", FOLDER, "-o", name).code == 0
    assert (workspace / name).read_bytes().startswith(start)


def test_a_name_without_an_ending_is_a_folder_which_is_made(run: Any, workspace: Path) -> None:
    assert run("improve", FOLDER, "-o", "all").code == 0
    assert {path.suffix for path in (workspace / "all").iterdir()} == {".pdf", ".docx", ".html", ".xlsx"}
    assert run("improve", FOLDER, "-o", "deep/two", "--format", "html", "--format", "xlsx").code == 0
    assert {path.suffix for path in (workspace / "deep" / "two").iterdir()} == {".html", ".xlsx"}
    assert run("improve", FOLDER, "-o", "one", "--format", "html").code == 0
    assert {path.suffix for path in (workspace / "one").iterdir()} == {".html"}
    (workspace / "taken").write_text("a file", encoding="utf-8")
    ended = run("improve", FOLDER, "-o", "taken")
    assert (ended.code, (workspace / "taken").read_text(encoding="utf-8")) == (2, "a file")
    assert "[document-output-file]" in ended.err
    assert run("improve", "nobody", "-o", "none").code != 0
    assert not (workspace / "none").exists()


def test_a_level_wished_for_that_takes_too_long_is_told(run: Any, workspace: Path) -> None:
    wished = ("--fix", "T2=4", "--by", "2027-10-30")
    ended = run("improve", FOLDER, "-o", "report.html", *wished)
    assert ended.code == 0, ended.err
    assert "T2 at level 4 takes 12 months, later than the day asked." in " ".join(ended.out.split())


def test_the_way_as_data(run: Any, workspace: Path) -> None:
    told = json.loads(run("improve", FOLDER, "--format", "xlsx", "--json").out)
    (document,), (way,) = told["documents"], told["ways"]
    assert (document["document"], document["format"], document["made"]) == ("plan", "xlsx", True)
    assert way["result"] == document["result"]
    assert way["way"]["effort"] == sum(step["effort"] for step in way["way"]["steps"]) == 12
    assert way["way"]["total"] == "3/5"
    assert way["out_of_guard"]["way"]["guard"] is False
    assert (way["begin"], way["asked"]) == ("2026-10-31", {"fix": [], "avoid": [], "by": None})


def test_wishes_are_heeded(run: Any, workspace: Path) -> None:
    wished = ("--fix", "K1", "--fix", "K2=4", "--avoid", "o1", "--by", "2028-12-31", "--clear-guard")
    (way,) = json.loads(run("improve", FOLDER, "--format", "xlsx", "--json", *wished).out)["ways"]
    steps = {step["criterion"]: step["to"] for step in way["way"]["steps"]}
    assert "K1" not in steps and "O1" not in steps and steps["K2"] == 4
    assert way["clear_guard"] is True and way["way"]["guard"] is False
    assert way["asked"]["by"] == "2028-12-31"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (("--fix", "K77"), 1, "way-criterion-unknown"),
        (("--by", "31.12.2028"), 2, "improve-not-a-day"),
        (("--by", "2020-01-01"), 1, "way-by-before-start"),
        (("--format", "odt"), 2, "report-format"),
        (("-o", "report.odt"), 2, "report-no-format"),
        (("-o", "report.pdf", "--format", "pdf", "--format", "html"), 2, "report-one-file"),
        (("--round", "2026", "-o", "out"), 2, "document-of-both"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(
    run: Any, workspace: Path, arguments: tuple[str, ...], code: int, problem: str
) -> None:
    before = {path.name for path in workspace.iterdir()}
    ended = run("improve", FOLDER, *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert f"[{problem}]" in ended.err
    assert {path.name for path in workspace.iterdir()} - before <= {"kaasav.db"}


def test_a_preview_rests_on_the_self_assessment_and_records_no_result(run: Any, workspace: Path) -> None:
    ended = run("improve", FOLDER, "--preview", "--format", "html")
    assert ended.code == 0, ended.err
    text = (workspace / "kuuseranna-improvement-report-preview.html").read_text(encoding="utf-8")
    assert "PREVIEW" in text
    assert "The result rests on the municipality’s self-assessment alone." in text
    assert "This preview is not recorded." in text
    assert json.loads(run("result", "list", "--json").out)["results"] == []
    told = json.loads(run("improve", FOLDER, "--preview", "--format", "html", "--json").out)
    assert (told["documents"][0]["result"], told["documents"][0]["made"]) == ("", False)
    assert told["ways"][0]["result"] is None


def test_a_preview_of_a_round_and_of_nothing_that_is_there(run: Any, workspace: Path) -> None:
    ended = run("improve", "--round", "2026", "--preview", "-o", "out", "--format", "xlsx")
    assert ended.code == 0
    assert sorted(path.name for path in (workspace / "out").iterdir()) == [
        f"{name}-action-plan-preview.xlsx" for name in ("kuuseranna", "naidisvald", "tammemae")
    ]
    assert "[preview-of-result]" in run("improve", "abcdef", "--preview").err
    assert "[document-of-nothing]" in run("improve", "--preview").err


def test_a_whole_round_and_one_that_fails_stops_no_other(run: Any, workspace: Path) -> None:
    broken = workspace / "assessments" / "2026" / "tammemae" / "assessment.yaml"
    broken.write_text("schema: nonsense\n", encoding="utf-8")
    ended = run("improve", "--round", "2026", "-o", "out", "--format", "pdf", "--format", "xlsx")
    assert ended.code == 1
    assert "tammemae" in ended.err
    assert sorted(path.name for path in (workspace / "out").iterdir()) == [
        "kuuseranna-action-plan.xlsx", "kuuseranna-improvement-report.pdf",
        "naidisvald-action-plan.xlsx", "naidisvald-improvement-report.pdf",
    ]  # fmt: skip
    again = run("improve", "--round", "2026", "-o", "out", "--format", "pdf", "--format", "xlsx")
    assert again.out.count("unchanged") == 4


def test_the_first_run_of_a_round_compares_with_all_of_it(run: Any, workspace: Path) -> None:
    """What is recorded on the way counts for those reported before it, so a second run changes nothing."""
    first = run("improve", "--round", "2026", "-o", "out", "--format", "html")
    assert first.code == 0
    assert run("improve", "--round", "2026", "-o", "out", "--format", "html").out.count("unchanged") == 3


def test_consent_to_share_is_checked(run: Any, workspace: Path) -> None:
    application = workspace / "assessments" / "2026" / "naidisvald" / "assessment.yaml"
    text = application.read_text(encoding="utf-8")
    application.write_text(text + "share: [K1, K77]\n", encoding="utf-8")
    ended = run("check", "assessments/2026/naidisvald")
    assert ended.code == 1
    assert "K77" in ended.err
    application.write_text(text + "share: [K1]\n", encoding="utf-8")
    assert run("check", "assessments/2026/naidisvald").code == 0
    assert run("assess", "assessments/2026/naidisvald").code == 0
    run("improve", FOLDER, "-o", "r.html")
    page = (workspace / "r.html").read_text(encoding="utf-8")
    assert "Who does this well and agreed to share" in page and "Näidisvald" in page


def test_a_wave_that_cannot_be_read_is_told_once_in_a_round(run: Any, workspace: Path) -> None:
    (workspace / "criteria" / "waves" / "2020-all.yaml").write_text("schema: kaasav/wave/1\n", encoding="utf-8")
    ended = run("improve", "--round", "2026", "-o", "out", "--format", "xlsx")
    assert ended.code == 0
    assert ended.err.count("[report-wave-unread]") == 1


@pytest.mark.parametrize("more", [(), ("--preview",)])
def test_inside_the_folder(run: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]) -> None:
    monkeypatch.chdir(workspace / FOLDER)
    ended = run("improve", ".", "--format", "xlsx", *more)
    assert ended.code == 0, ended.err
    assert len(list((workspace / FOLDER).glob("kuuseranna-action-plan*.xlsx"))) == 1


def test_a_result_by_the_beginning_of_its_hash(run: Any, workspace: Path) -> None:
    run("assess", FOLDER)
    (recorded,) = json.loads(run("result", "list", "--json").out)["results"]
    ended = run("improve", recorded["hash"][:10], "--format", "xlsx")
    assert ended.code == 0, ended.err
    assert (workspace / f"{recorded['hash'][:12]}-action-plan.xlsx").is_file()
