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
