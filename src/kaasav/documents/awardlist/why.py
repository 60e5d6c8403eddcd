"""What is open or stands in the way of an award, in plain sentences, from a record alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.documents.awardlist.cells import Said
from kaasav.language import _
from kaasav.problems import visible
from kaasav.telling import gate
from kaasav.telling.conditions import stops
from kaasav.telling.unfinished import missing, open_evidence
from kaasav.wording import DEMAND, say


def reasons(result: Mapping[str, Any], catalogue: Catalogue) -> tuple[Said, ...]:
    """Everything that keeps the answer from being “met”, or an award from being granted; codes say which kind."""
    parts = (_conditions, _unfinished, _evidence, _demands)
    return tuple(Said(code, _one_line(text)) for part in parts for code, text in part(result, catalogue))


def assumptions(record: Mapping[str, Any]) -> tuple[Said, ...]:
    """Every assumption about a survey that the result rests on, each once."""
    return tuple(Said("assumption", _one_line(text)) for text in dict.fromkeys(gate.assumptions(record)))


def _one_line(text: str) -> str:
    return visible("; ".join(line.strip() for line in text.splitlines()))


def _conditions(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for one in stops(result, catalogue):
        yield one.condition, one.text


def _unfinished(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield from missing(result, catalogue)
    differing = [c["id"] for c in result["criteria"] if c["rated"]["basis"] == "range"]
    if differing and result["status"] != "preliminary":
        yield "ratings", _("No agreed level yet: {criteria}").format(criteria=", ".join(differing))


def _evidence(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    items = ", ".join(open_evidence(result))
    if items:
        yield "evidence", _("Evidence still open: {items}").format(items=items)


def _demands(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    wanted = {
        demand["demand"]: None
        for tier in result["tiers"]
        if tier["awardable"]
        for demand in tier["demands"]
        if not demand["there"]
    }
    if wanted:
        listed = "; ".join(say(DEMAND, demand) for demand in wanted)
        yield "demands", _("An award would also need: {demands}").format(demands=listed)
