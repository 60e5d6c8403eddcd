"""``kaasav evidence intake`` and ``confirm`` on the command line: screens, JSON, exit codes."""

import json
from pathlib import Path

import pytest

from .conftest import Run  # type: ignore[import-not-found]

OTSUS = (
    "Näidisvalla Volikogu\nOTSUS\n12. märts 2025 nr 27\nKülade tunnustamine\nVolikogu otsustab: tunnustada kogukonnad."
)


@pytest.fixture
def folder(workspace: Path, run: Run) -> Path:
    assert run("new", "Rõuge vald", "--round", "2026").code == 0
    (workspace / "post").mkdir()
    (workspace / "post" / "otsus.txt").write_text(OTSUS, encoding="utf-8")
    (workspace / "post" / "~$otsus.docx").write_text("x", encoding="utf-8")
    return Path("assessments/2026/rouge-vald")


def test_from_post_to_evidence(folder: Path, run: Run) -> None:
    done = run("evidence", "intake", folder, "post")
    assert (done.code, done.err) == (0, "")
    for said in (
        "2 files came in",
        "~$otsus.docx",
        "volikogu_otsus",
        "2025-03-12",
        f"kaasav evidence confirm {folder.as_posix()}/intake.xlsx",
    ):
        assert said in done.out
    done = run("evidence", "confirm", folder / "intake.xlsx")
    assert (done.code, done.err) == (0, "")
    assert "1 item added" in done.out
    assert "nothing to do" in run("evidence", "confirm", folder / "intake.xlsx").out
    assert run("evidence", "intake", folder, "post").code == 0


def test_confirm_says_what_still_wants_a_place_or_an_answer(folder: Path, run: Run) -> None:
    Path("post/memo.txt").write_text("Koosoleku memo\n19.03.2026", encoding="utf-8")
    run("evidence", "intake", folder, "post")
    form = folder / "intake-proposal.yaml"
    text = form.read_text(encoding="utf-8")
    form.write_text(text[: text.index("  - take", text.index("  - take") + 5)], encoding="utf-8")
    done = run("evidence", "confirm", form)
    assert done.code == 0
    assert "1 item added" in done.out
    assert "1 paper that came in still waits for an answer" in done.out
    assert "no place" not in done.out
    form.write_text(text, encoding="utf-8")
    done = run("evidence", "confirm", form)
    assert "2 uses in evidence.yaml name no place yet, so they stay open" in done.out
    assert "  kulade-tunnustamine: K1, O2" in done.out
    assert f"on the second sheet of {form.as_posix()} and confirm it again" in done.out
    assert "still wait" not in done.out
    data = json.loads(run("evidence", "confirm", form, "--json").out)
    assert data["without_place"] == [
        {"item": "kulade-tunnustamine", "criterion": "K1"},
        {"item": "kulade-tunnustamine", "criterion": "O2"},
    ]
    assert data["waiting"] == 0


def test_the_same_bytes_elsewhere_and_what_was_cleared_or_is_gone(folder: Path, run: Run, workspace: Path) -> None:
    other = workspace / "assessments/2026/tammemae/evidence/[koopia].txt"
    other.write_text(OTSUS, encoding="utf-8")
    (folder / ".kaasav-intake-0123456789ab").mkdir()
    done = run("evidence", "intake", folder, "post")
    assert "An intake that was cut off had left copies of papers here; they are cleared away." in done.out
    assert "In other folders too, byte for byte" in done.out
    assert "otsus.txt: Tammemäe vald · 2026 · assessments/2026/tammemae/evidence/[koopia].txt" in done.out
    (folder / "evidence" / "otsus.txt").unlink()
    gone = run("evidence", "intake", folder)
    assert "their file is gone" in gone.out
    assert json.loads(run("evidence", "intake", folder, "--json").out)["gone"] == ["evidence/otsus.txt"]
    back = run("evidence", "intake", folder, "post")
    assert "it lies there again:\n  – evidence/otsus.txt" in back.out
    (entry,) = json.loads(run("evidence", "intake", folder, "--json").out)["elsewhere"]
    assert (entry["municipality"]["name"], entry["item"]) == ("Tammemäe vald", None)


def test_json(folder: Path, run: Run) -> None:
    shown = json.loads(run("evidence", "intake", folder, "post", "--dry-run", "--json").out)
    assert shown["counts"] == {"listed": 1, "skipped": 1}
    assert shown["dry_run"] is True
    assert shown["items"][0]["why"]["date"].startswith("from the text")
    assert not (folder / "intake.yaml").exists()


def test_a_clash_ends_with_4_and_a_mistake_with_1(folder: Path, run: Run) -> None:
    run("evidence", "intake", folder, "post")
    form = folder / "intake-proposal.yaml"
    run("evidence", "confirm", form)
    evidence = folder / "evidence.yaml"
    evidence.write_text(evidence.read_text(encoding="utf-8").replace("2025-03-12", "2025-03-13"), encoding="utf-8")
    form.write_text(
        form.read_text(encoding="utf-8").replace('date: "2025-03-12"', 'date: "2025-03-14"'), encoding="utf-8"
    )
    clash = run("evidence", "confirm", form)
    assert (clash.code, "intake-clash" in clash.err) == (4, True)
    form.write_text(form.read_text(encoding="utf-8").replace("take: true", "take: perhaps"), encoding="utf-8")
    assert run("evidence", "confirm", form).code == 1


def test_wrong_places(folder: Path, run: Run) -> None:
    assert run("evidence", "intake", folder, "pole").code == 1
    assert run("evidence", "intake", "post", "post").code == 1
    assert run("evidence", "confirm", "post/otsus.txt").code == 1
    assert run("evidence").code == 2


def test_erasing_names_the_forms_that_hold_words_of_the_paper(folder: Path, run: Run) -> None:
    run("evidence", "intake", folder, "post")
    run("evidence", "confirm", folder / "intake.xlsx")
    Path("post/memo.txt").write_text("Koosoleku memo\n19.03.2026", encoding="utf-8")
    run("evidence", "intake", folder, "post")
    who = ("--by", "liisu-lumi", "--on", "2026-01-02", "--reason", "palus")
    arguments = ("evidence", "erase", folder, "kulade-tunnustamine", *who)
    done = run(*arguments)
    assert (done.code, "intake.xlsx" in done.out) == (0, True)
    assert json.loads(run(*arguments, "--json").out)["forms"] == ["intake.xlsx", "intake-proposal.yaml"]
    (folder / "intake.xlsx").unlink()
    (folder / "intake-proposal.yaml").unlink()
    assert json.loads(run(*arguments, "--json").out)["forms"] == []
    assert "Forms of intake" not in run(*arguments).out
