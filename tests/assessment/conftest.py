"""A small workspace to assess in: one catalogue of two rated criteria, one wave, one round, one municipality."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kaasav.assessment.assess import Assessed, Shelf, assess
from kaasav.workspace.place import Workspace

CATALOGUE = Path(__file__).parents[1] / "catalogue" / "data" / "small.yaml"
WAVES = Path(__file__).parents[2] / "criteria" / "waves"

FILES = {
    "kaasav.yaml": "schema: kaasav/workspace/1\nlanguage: en\n",
    "assessments/r/round.yaml": """schema: kaasav/round/1
id: r
title: {et: Voor, en: Round}
catalogue: small@1.10
wave: training-2026
evidence_date: 2026-09-30
closing_date: 2026-10-31
people:
  ann: {name: Ann, roles: [assessor]}
  bob: {name: Bob, roles: [assessor]}
  cat: {name: Cat, roles: [consultant]}
ties:
  - {person: cat, municipality: X001, role: consultant, reason: wrote the plan}
""",
    "assessments/r/vald/assessment.yaml": """schema: kaasav/assessment/1
municipality: X001
name: Näidisvald
self_assessment:
  A1: {level: 2, practice_since: 2024-01-01}
  B1: {level: 1}
""",
    "assessments/r/vald/evidence.yaml": """schema: kaasav/evidence/1
items:
  - id: rules
    title: Rules
    kind: act
    file: evidence/rules.txt
    in_force: {from: 2024-01-01}
    uses:
      - criterion: A1
        passage: agreed with the villages
      - {criterion: B1, whole: true}
  - id: letter
    title: Letter
    kind: letter
    file: evidence/letter.txt
    date: 2026-05-01
    uses:
      - {criterion: A1, passage: we were asked}
""",
    "assessments/r/vald/evidence/rules.txt": "§ 1. These rules were agreed with the villages.\n",
    "assessments/r/vald/evidence/letter.txt": "Yes, we were asked, and twice.\n",
    "assessments/r/vald/ratings/ann.yaml": """schema: kaasav/ratings/1
assessor: ann
ratings:
  A1: {level: 2, practice_since: 2024-05-01}
  B1:
    level: 1
    evidence:
      rules: accepted
""",
    "assessments/r/vald/ratings/bob.yaml": """schema: kaasav/ratings/1
assessor: bob
ratings:
  A1: {level: 2, practice_since: 2024-06-01}
  B1: {level: 1}
""",
}


class Place:
    """The small workspace, and what assessing its one folder comes to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "assessments" / "r" / "vald"

    def change(self, name: str, before: str, after: str) -> "Place":
        """Replace ``before``, which stands there exactly once, in a file of the folder or the round."""
        path = self.folder.parent / name if name == "round.yaml" else self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{before!r} must stand in {name} once"
        path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")
        return self

    def assess(self) -> Assessed:
        """Assess the folder."""
        return assess(self.folder, "vald", Shelf(Workspace(self.root)))

    def told(self) -> list[str]:
        """Place, code and severity of every problem."""
        return [f"{p.location} {p.severity} {p.code}" for p in self.assess().problems]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A fresh copy of the small workspace, in which nothing is wrong."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "criteria" / "small").mkdir(parents=True)
    shutil.copy(CATALOGUE, tmp_path / "criteria" / "small" / "1.10.yaml")
    (tmp_path / "criteria" / "waves").mkdir()
    for suffix in ("yaml", "csv"):
        shutil.copy(WAVES / f"training-2026.{suffix}", tmp_path / "criteria" / "waves")
    wave = tmp_path / "criteria" / "waves" / "training-2026.yaml"
    wave.write_text(wave.read_text(encoding="utf-8").replace("SI_KAASAMINE", "SI"), encoding="utf-8")
    return Place(tmp_path)


@pytest.fixture
def told(place: Place) -> Callable[..., list[str]]:
    """Change one thing in the good folder and list the problems that follow."""

    def after(name: str, before: str, now: str) -> list[str]:
        return place.change(name, before, now).told()

    return after
