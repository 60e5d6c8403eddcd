"""What people read, as golden files: ``pytest tests/cli/test_screens.py --snapshot-update`` writes them anew."""

from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

EXAMPLES = ["naidisvald", "tammemae", "kuuseranna"]
SCREENS = {
    "catalogue": ["catalogue", "show"],
    "criterion": ["catalogue", "show", "K1"],
    "indicator": ["catalogue", "show", "R2"],
    "catalogues": ["catalogue", "list"],
    "wave": ["survey", "show", "2024"],
    "wave-one": ["survey", "show", "2024", "Tartu linn"],
    "wave-merged": ["survey", "show", "2024", "Toila"],
    "wave-missing": ["survey", "show", "2020-all", "Kihnu"],
    "waves": ["survey", "list"],
    "municipality": ["municipality", "show", "0142"],
    "municipalities": ["municipality", "list", "--training"],
    "round": ["check", "--round", "2026"],
    "explain-one": ["explain", "assessments/2026/kuuseranna", "K4"],
    "explain-gate": ["explain", "assessments/2026/tammemae", "r2"],
}


@pytest.mark.parametrize("lang", ["et", "en"])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen(run: Any, workspace: Path, golden: SnapshotAssertion, name: str, lang: str) -> None:
    ended = run(*SCREENS[name], lang=lang)
    assert ended.code == 0, ended.err
    assert ended.out + _messages(ended.err) == golden


@pytest.mark.parametrize("lang", ["et", "en"])
@pytest.mark.parametrize("folder", EXAMPLES)
def test_the_result_of_an_example(run: Any, workspace: Path, golden: SnapshotAssertion, folder: str, lang: str) -> None:
    ended = run("check", f"assessments/2026/{folder}", lang=lang)
    assert ended.code == 0, ended.err
    assert ended.out + _messages(ended.err) == golden


@pytest.mark.parametrize("folder", EXAMPLES)
def test_the_whole_tree_of_an_example(run: Any, workspace: Path, golden: SnapshotAssertion, folder: str) -> None:
    assert run("explain", f"assessments/2026/{folder}", lang="et").out == golden


def _messages(err: str) -> str:
    return f"\n--- messages ---\n{err}" if err else ""
