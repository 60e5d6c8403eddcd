"""A source is read from the record alone."""

import gc
import json
import weakref
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from kaasav.assessment.assess import Assessed
from kaasav.documents.source import Source, Sources
from kaasav.plain import digest
from kaasav.problems import Refused


def blobs(one: Assessed) -> dict[str, bytes]:
    return {sha256(content).hexdigest(): content for content in one.inputs.values()}


def test_everything_people_wrote_is_there(source: Source, assessed: Mapping[str, Assessed]) -> None:
    assert source.municipality["name"] == "Näidisvald"
    assert source.submission.application.municipality == "X001"
    assert source.catalogue.reference == source.record["catalogue"]
    assert source.wave.id == source.record["wave"]
    assert source.result == assessed["naidisvald"].record["result"]  # type: ignore[index]
    assert source.submission.evidence == assessed["naidisvald"].submission.evidence  # type: ignore[union-attr]
    assert not source.preview


def test_catalogue_and_wave_are_read_once_for_a_round(sources: Mapping[str, Source]) -> None:
    first, *others = sources.values()
    assert all(one.catalogue is first.catalogue and one.wave is first.wave for one in others)


def test_a_preview_says_so(real: Any) -> None:
    assert real(result={"status": "preview"}).preview


@pytest.mark.parametrize("name", ["evidence.yaml", "wave.yaml", "catalogue.yaml"])
def test_recorded_bytes_this_version_cannot_read_are_refused(assessed: Mapping[str, Assessed], name: str) -> None:
    one = assessed["naidisvald"]
    record = json.loads(json.dumps(one.record))
    record["inputs"][name] = "00"
    known = {**blobs(one), "00": b"schema: kaasav/nothing/9\n"}
    with pytest.raises(Refused) as refused:
        Sources().source(digest(record), record, known.__getitem__)
    assert {problem.code for problem in refused.value.problems} & {"schema-other", "schema-unknown", "wrong-schema"}


def test_what_is_in_use_is_not_read_again_and_what_is_not_takes_no_memory(assessed: Mapping[str, Assessed]) -> None:
    one = assessed["naidisvald"]
    assert one.record is not None
    read, own = Sources(), digest(one.record)
    first = read.source(own, one.record, blobs(one).__getitem__)
    assert read.source(own, one.record, blobs(one).__getitem__) is first
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None
