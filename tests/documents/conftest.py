"""Recorded results to make documents of: the example round's, and the same as if it were real."""

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kaasav.assessment.assess import Assessed, Shelf, assess
from kaasav.documents.award import Award
from kaasav.documents.source import Source, Sources
from kaasav.plain import digest
from kaasav.workspace.init import init
from kaasav.workspace.place import Workspace

Real = Callable[..., Source]


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the example round; only looked at."""
    root = tmp_path_factory.mktemp("example")
    init(root)
    return root


@pytest.fixture(scope="session")
def assessed(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Assessed]:
    """Each folder of the example round, assessed."""
    shelf = Shelf(Workspace(example))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAASAV_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
        folders = ("naidisvald", "tammemae", "kuuseranna")
        return {name: assess(example / "assessments" / "2026" / name, name, shelf) for name in folders}


@pytest.fixture(scope="session")
def sources(assessed: Mapping[str, Assessed]) -> Mapping[str, Source]:
    """The recorded result of each folder of the example round."""
    read = Sources()
    found = {}
    for name, one in assessed.items():
        blobs = {sha256(content).hexdigest(): content for content in one.inputs.values()}
        assert one.record is not None
        found[name] = read.source(digest(one.record), one.record, blobs.__getitem__)
    return found


@pytest.fixture(scope="session")
def source(sources: Mapping[str, Source]) -> Source:
    """A fictional municipality whose conditions are met, by a catalogue that is a proposal."""
    return sources["naidisvald"]


@pytest.fixture(scope="session")
def real(source: Source) -> Real:
    """The same as if the municipality were real and the catalogue approved; what is named differs."""

    def changed(
        name: str = "Rõuge vald",
        *,
        status: str = "approved",
        training: bool = False,
        issuer: Mapping[str, Any] | None = None,
        result: Mapping[str, Any] | None = None,
        **catalogue: Any,
    ) -> Source:
        record = {
            **source.record,
            "municipality": {**source.municipality, "name": name, "training": training},
            "result": {**source.result, **(result or {})},
        }
        known = source.submission.round
        a_round = (
            known if issuer is None else known.model_copy(update={"issuer": known.issuer.model_copy(update=issuer)})
        )  # type: ignore[union-attr]
        return dataclasses.replace(
            source,
            record=record,
            catalogue=source.catalogue.model_copy(update={"status": status, **catalogue}),
            submission=dataclasses.replace(source.submission, round=a_round),
        )

    return changed


@pytest.fixture(scope="session")
def award() -> Award:
    """A decision."""
    day = datetime.date
    return Award(
        "KO-2026-007", "kaasav_omavalitsus", day(2026, 11, 12), day(2026, 11, 15), day(2029, 11, 14), "minutes 5"
    )
