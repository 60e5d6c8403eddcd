"""A small workspace: one catalogue, two rounds, two municipalities, and papers as they come."""

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kaasav.papers.members import Member, member
from kaasav.workspace.place import Workspace

CATALOGUE = Path(__file__).parents[1] / "catalogue" / "data" / "small.yaml"
WAVES = Path(__file__).parents[2] / "criteria" / "waves"

ROUND = """schema: kaasav/round/1
id: "{year}"
title: {{et: Voor, en: Round}}
catalogue: small@1.10
wave: training-2026
evidence_date: {year}-09-30
closing_date: {year}-10-31
people:
  ann: {{name: Ann, roles: [assessor]}}
  bob: {{name: Bob, roles: [assessor]}}
  cat: {{name: Cat, roles: [coordinator]}}
"""
APPLICATION = """schema: kaasav/assessment/1
municipality: {code}
name: {name}
self_assessment:
  A1: {{level: 1}}
"""
PEOPLE = {"naidisvald": ("X001", "Näidisvald"), "tammemae": ("X002", "Tammemäe vald")}


def zipped(parts: Mapping[str, bytes], mimetype: str = "") -> bytes:
    """A zip; with a ``mimetype`` one of the formats that say first what they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


class Ground:
    """The workspace, and quick ways to fill it."""

    ASICE = "application/vnd.etsi.asic-e+zip"
    zipped = staticmethod(zipped)

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workspace = Workspace(root)

    def folder(self, who: str = "naidisvald", year: str = "2026") -> Path:
        """The folder of a municipality in a round; made if it is not there."""
        folder = self.root / "assessments" / year / who
        if not folder.exists():
            (folder / "evidence").mkdir(parents=True)
            code, name = PEOPLE[who]
            self._write(folder.parent / "round.yaml", ROUND.format(year=year))
            self._write(folder / "assessment.yaml", APPLICATION.format(code=code, name=name))
            self.list("", who, year)
        return folder

    def put(self, name: str, content: str | bytes, who: str = "naidisvald", year: str = "2026") -> Path:
        """Write a file below ``evidence``."""
        path = self.folder(who, year) / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def list(self, items: str, who: str = "naidisvald", year: str = "2026") -> Path:
        """Write the evidence list: its items as YAML, from the left margin."""
        path = self.folder(who, year) / "evidence.yaml" if items else None
        body = "".join(f"  {line}\n" if line else "\n" for line in items.splitlines())
        path = path or self.root / "assessments" / year / who / "evidence.yaml"
        self._write(
            path, f"schema: kaasav/evidence/1\nitems:\n{body}" if items else "schema: kaasav/evidence/1\nitems: []\n"
        )
        return path

    def member(self, who: str = "naidisvald", year: str = "2026") -> Member:
        """The municipality as this room reads it."""
        return member(self.folder(who, year), who)

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """An empty workspace with catalogue and wave."""
    root = tmp_path / "ws"
    (root / "criteria" / "small").mkdir(parents=True)
    (root / "criteria" / "waves").mkdir()
    (root / "kaasav.yaml").write_text("schema: kaasav/workspace/1\nlanguage: en\n", encoding="utf-8")
    shutil.copy(CATALOGUE, root / "criteria" / "small" / "1.10.yaml")
    catalogue = root / "criteria" / "small" / "1.10.yaml"
    text = catalogue.read_text(encoding="utf-8")
    role = "  - {id: coordinator, title: {et: Koordinaator, en: Coordinator}}\n"
    catalogue.write_text(text.replace("roles:\n", "roles:\n" + role, 1), encoding="utf-8")
    for suffix in ("yaml", "csv"):
        shutil.copy(WAVES / f"training-2026.{suffix}", root / "criteria" / "waves")
    return Ground(root)
