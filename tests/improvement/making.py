"""Catalogues with efforts and lead times, and records and starts made from levels."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.improvement.start import Kind, Rise, Standing, Start
from kaasav.plain import plain
from kaasav.scoring.case import Case, Rated

from ..scoring import build

BEGIN = build.CLOSING_DATE
SURVEYED = {**build.SURVEYED, "dimension": "K"}
EFFORT = {1: 1, 2: 2, 3: 3, 4: 3}
LEAD = {1: 1, 2: 3, 3: 12, 4: 12}


def criterion(
    id_: str,
    weight: int = 1,
    effort: Mapping[int, int] = EFFORT,
    lead: Mapping[int, int] = LEAD,
    **others: Any,
) -> dict[str, Any]:
    return {**build.criterion(id_, weight, **others), "effort": dict(effort), "lead_months": dict(lead)}


def recorded(case: Case, code: str = "X001", **others: Any) -> dict[str, Any]:
    """What a record holds of a judged case, as far as this room reads it."""
    return {
        "rules": 1,
        "round": "2026",
        "catalogue": case.catalogue.reference,
        "municipality": {"code": code, "name": code, "training": code.startswith("X")},
        "result": plain(build.judged(case)),
        **others,
    }


def record_at(catalogue: Catalogue, levels: Mapping[str, int | Rated], /, **others: Any) -> dict[str, Any]:
    """Two assessors agree on ``levels``."""
    gate_state = others.pop("gate_state", "met")
    return recorded(build.case(catalogue, build.both(levels), gate_state=gate_state), **others)


def start_at(catalogue: Catalogue, levels: Mapping[str, int | Rated], begin: datetime.date = BEGIN) -> Start:
    return Start.of(record_at(catalogue, levels), catalogue, begin)


def with_papers(start: Start, kinds: Mapping[str, tuple[Kind, int]]) -> Start:
    """``start`` with the levels of some criteria up to a level already there but for papers, or for time."""
    return replace(start, criteria=tuple(_lighter(one, kinds.get(one.id)) for one in start.criteria))


def _lighter(one: Standing, kind: tuple[Kind, int] | None) -> Standing:
    if kind is None:
        return one
    rises = tuple(Rise(rise.level, kind[0], 0, 0) if rise.level <= kind[1] else rise for rise in one.rises)
    return replace(one, rises=rises)


def raised(steps: Iterable[Any]) -> dict[str, int]:
    return {step.criterion: step.to for step in steps}


def plain_rise(catalogue: Catalogue, levels: Sequence[int]) -> dict[str, int]:
    return dict(zip((one.id for one in catalogue.rated), levels, strict=True))
