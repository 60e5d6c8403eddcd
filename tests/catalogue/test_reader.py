"""Reading catalogues: the shipped one whole and clean, and the compiled form that stands in for it."""

import os
from pathlib import Path

import pytest

from kaasav.catalogue.model import LevelCriterion
from kaasav.catalogue.reader import CACHE, read, read_file, understand
from kaasav.problems import Refused

SMALL = Path(__file__).parent / "data" / "small.yaml"


def test_the_first_catalogue_is_whole(root: Path) -> None:
    path = root / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    catalogue, problems = understand(path.read_bytes(), "2026.1.yaml")
    assert problems == []
    assert catalogue is not None
    assert catalogue.reference == "kaasav-omavalitsus@2026.1"
    assert catalogue.status == "proposal"
    assert (len(catalogue.criteria), len(catalogue.dimensions), len(catalogue.evidence_kinds)) == (29, 6, 39)
    assert [c.id for c in catalogue.rated if c.mandatory] == ["K1", "K2", "O1", "O2", "O3", "S1", "S2", "S3"]
    assert [c.id for c in catalogue.rated if c.not_applicable] == ["K3", "T1"]
    assert all(isinstance(c, LevelCriterion) and c.effort and c.lead_months and c.guidance for c in catalogue.rated)
    assert sum(len(c.sources) for c in catalogue.criteria) == 87


def test_the_compiled_form_is_the_same_catalogue() -> None:
    content = SMALL.read_bytes()
    first = read(content, "small.yaml")
    cache = list(Path(os.environ[CACHE]).rglob("*.json"))
    assert cache
    assert read(content, "small.yaml") == first
    catalogue, _problems = understand(content, "small.yaml")
    assert catalogue == first


def test_a_damaged_compiled_form_is_passed_over() -> None:
    content = SMALL.read_bytes() + b"# one\n"
    first = read(content, "small.yaml")
    newest = max(Path(os.environ[CACHE]).rglob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_text('{"id": "half', encoding="utf-8")
    assert read(content, "small.yaml") == first


def test_without_a_cache_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(Path(os.environ[CACHE]).rglob("*.json"))
    folder = Path(os.environ[CACHE])
    monkeypatch.setenv(CACHE, "off")
    read(SMALL.read_bytes() + b"# two\n", "small.yaml")
    assert set(folder.rglob("*.json")) == before


def test_a_catalogue_with_an_error_is_refused_and_never_kept() -> None:
    bad = SMALL.read_bytes().replace(b"confidence: 0.95", b"confidence: 0.9")
    for _again in range(2):
        with pytest.raises(Refused) as refused:
            read(bad, "small.yaml")
        assert [problem.code for problem in refused.value.problems] == ["confidence"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_file(tmp_path / "none.yaml", "criteria/none.yaml")
    assert [(str(p.location), p.code) for p in refused.value.problems] == [("criteria/none.yaml", "file-missing")]
