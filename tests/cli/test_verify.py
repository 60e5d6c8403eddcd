"""``kaasav result verify``: what it asks the database beside the folder."""

import json
from pathlib import Path
from typing import Any

FOLDER = "assessments/2026/kuuseranna"
ITEM = "kysitlus-2025"


def told(run: Any) -> set[str]:
    ended = run("result", "verify", "--json")
    assert ended.code == 0
    return {problem["code"] for one in json.loads(ended.out)["verified"] for problem in one["problems"]}


def test_an_erasing_is_looked_up_in_the_database(run: Any, workspace: Path) -> None:
    run("assess", FOLDER)
    why = ["--by", "liisu-lumi", "--on", "2026-01-02", "--reason", "linn palus"]
    assert run("evidence", "erase", FOLDER, ITEM, *why).code == 0
    assert told(run) == {"verify-file-changed", "verify-file-erased"}


def test_one_that_was_only_written_into_the_list_is_told(run: Any, workspace: Path) -> None:
    run("assess", FOLDER)
    why = ["--by", "liisu-lumi", "--on", "2026-01-02", "--reason", "linn palus"]
    listed = workspace / FOLDER / "evidence.yaml"
    database = (workspace / "kaasav.db").read_bytes()
    assert run("evidence", "erase", FOLDER, ITEM, *why).code == 0
    assert "linn palus" in listed.read_text(encoding="utf-8")
    (workspace / "kaasav.db").write_bytes(database)  # as it was before the erasing
    assert told(run) == {"verify-file-changed", "verify-erasure-unrecorded"}
