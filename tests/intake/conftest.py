"""A municipality's folder to take papers into, and the papers a script makes."""

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.catalogue.reader import read_file
from kaasav.intake.confirm import Confirmed, confirm
from kaasav.intake.intake import Outcome, intake
from kaasav.municipalities.names import find as municipality
from kaasav.workspace.init import init
from kaasav.workspace.new import new
from kaasav.workspace.place import Workspace

ROOT = Path(__file__).parents[2]
AT = "2026-10-01T09:00:00Z"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    path = ROOT / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    return read_file(path, path.name)[0]


@pytest.fixture(scope="session")
def make_papers() -> Iterator[Any]:
    """``scripts/make_papers.py``."""
    sys.path.insert(0, str(ROOT / "scripts"))
    yield importlib.import_module("make_papers")
    sys.path.remove(str(ROOT / "scripts"))


@dataclass(frozen=True)
class Desk:
    """One municipality's folder in a workspace of its own, as ``kaasav new`` makes it."""

    folder: Path
    catalogue: Catalogue

    def intake(self, *sources: Path, dry: bool = False, workspace: Workspace | None = None) -> Outcome:
        return intake(self.folder, "vald", sources, self.catalogue, at=AT, dry=dry, workspace=workspace)

    def confirm(self, name: str = "intake.xlsx") -> Confirmed:
        return confirm(self.folder, "vald", self.folder / name, name, self.catalogue)

    @property
    def evidence(self) -> str:
        return (self.folder / "evidence.yaml").read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """Everything in the folder but the ratings."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return sorted(name for name in found if not name.startswith("ratings") and not name.endswith(".gitkeep"))


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Desk:
    init(tmp_path / "ws")
    found, _problems = municipality("Rõuge vald")
    assert found is not None
    a_round = tmp_path / "ws" / "assessments" / "2026"
    from kaasav.assessment.folder import read_round

    the_round, _document, _more = read_round(a_round, "2026")
    assert the_round is not None
    assessors = the_round.with_role("assessor")
    return Desk(new(found.municipality, a_round, catalogue, assessors, the_round.evidence_date), catalogue)


@pytest.fixture
def post(tmp_path: Path) -> Callable[..., Path]:
    """A folder of files that came by post: names and contents."""

    def make(files: dict[str, bytes | str], name: str = "post") -> Path:
        for file, content in files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / name

    return make
