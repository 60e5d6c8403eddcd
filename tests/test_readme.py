"""The README shows what the commands really print, and names the two commands that are really run."""

import re
from pathlib import Path

import pytest


def test_the_screens_are_current(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    monkeypatch.chdir(root)
    import readme

    text = (root / "README.md").read_text(encoding="utf-8")
    assert len(readme.BLOCK.findall(text)) == 4
    assert readme.current(text) == text, "run: python scripts/readme.py"


def test_ci_runs_exactly_the_test_command_of_the_readme(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    command = next(line for line in text.splitlines() if re.match(r"python -m pip install .*pytest", line))
    ci = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert command.replace("pip install", "pip install -q") in ci
