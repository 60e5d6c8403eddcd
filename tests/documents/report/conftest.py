"""Reports on the example round, gathered from a database of their own."""

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kaasav.assessment.assess import Assessed
from kaasav.documents.report.context import context
from kaasav.documents.report.gather import Gathered, Peers, Wishes, gather
from kaasav.documents.report.recipes import recipes
from kaasav.documents.source import Source, Sources
from kaasav.store.database import Store
from kaasav.workspace.place import Workspace

NOW = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)

Gather = Callable[..., Gathered]
Made = Callable[..., bytes]


@pytest.fixture(scope="session")
def recorded(assessed: Mapping[str, Assessed], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with the example round; only looked at."""
    with Store.open(tmp_path_factory.mktemp("recorded") / "kaasav.db", create=True) as store:
        for one in assessed.values():
            assert one.record is not None
            store.record(one.record, one.inputs, at=NOW)
        yield store


@pytest.fixture(scope="session")
def gathered(recorded: Store, example: Path) -> Gather:
    """The report on a source, with wishes; ``round_`` are the sources of its round instead of the recorded ones."""
    peers = Peers(Workspace(example), recorded, Sources())

    def made(source: Source, round_: tuple[Source, ...] | None = None, **wishes: Any) -> Gathered:
        if round_ is None:
            return gather(source, peers, Wishes(**wishes))
        others = Peers(Workspace(example), recorded, Sources())
        others._rounds[source.record["round"]] = round_
        return gather(source, others, Wishes(**wishes))

    return made


@pytest.fixture(scope="session")
def made(gathered: Gather) -> Made:
    """The bytes of the report on a source in one format."""

    def file(source: Source, format_: str, **more: Any) -> bytes:
        (recipe,) = recipes(gathered(source, **more), None, [format_])
        return recipe.render()

    return file


def blocks(data: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    """The blocks of one section of a context; none where it is not there."""
    return [block for one in data["sections"] if one["id"] == section for block in one["blocks"]]


def told(one: Gathered, section: str) -> str:
    """Everything a section says, as one text."""
    return " ".join(_texts(blocks(context(one.inputs), section)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def renamed(source: Source, name: str, text: str | None = None) -> Source:
    """``source`` with another name of the municipality; with ``text`` also every other text a report shows."""
    record = {**source.record, "municipality": {**source.municipality, "name": name}}
    if text is None:
        return dataclasses.replace(source, record=record)
    words = {"et": text, "en": text}

    def titled(things: Any) -> tuple[Any, ...]:
        return tuple(one.model_copy(update={"title": words}) for one in things)

    known = source.catalogue
    criteria = tuple(
        one.model_copy(
            update={
                "title": words,
                **({"levels": dict.fromkeys(one.levels, words)} if one.kind == "levels" else {}),
                "guidance": tuple(advice.model_copy(update={"text": words}) for advice in one.guidance),
                "sources": tuple(passage.model_copy(update={"passage": text}) for passage in one.sources),
            }
        )
        for one in known.criteria
    )
    catalogue = known.model_copy(
        update={
            "title": words,
            "criteria": criteria,
            "dimensions": titled(known.dimensions),
            "evidence_kinds": titled(known.evidence_kinds),
            "support_offers": titled(known.support_offers),
            "sources": titled(known.sources),
            "status_note": words,
        }
    )
    for cached in ("rated", "by_id", "kinds", "conditions"):
        catalogue.__dict__.pop(cached, None)
    a_round = source.submission.round.model_copy(update={"title": words})
    description = source.wave.description.model_copy(update={"title": words})
    return dataclasses.replace(
        source,
        record=record,
        catalogue=catalogue,
        submission=dataclasses.replace(source.submission, round=a_round),
        wave=dataclasses.replace(source.wave, description=description),
    )
