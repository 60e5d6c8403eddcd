"""What has changed since an earlier result of the same municipality, and what cannot be compared, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.scoring.bounds import Levels, Shares

Reason = Literal[
    "rules",
    "scale",
    "practice",
    "missing-before",
    "missing-now",
    "levels",
    "requirements",
    "left-out-before",
    "left-out-now",
    "criteria",
    "weights",
]
"""Why two values cannot be compared: the rules of the computation; the scale of levels; how long a practice must last;
the criterion (or dimension) is in one catalogue only; its levels read otherwise; its evidence is asked otherwise; it
did not or does not apply; criteria of the dimension (dimensions of the total) cannot be compared; weights differ."""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One criterion's counted level then and now; None where it did not apply or was not in the catalogue.

    Attributes:
        difference: now − then, between its bounds; None where they cannot be compared.
    """

    id: str
    before: Levels | None
    now: Levels | None
    difference: Levels | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A dimension's share, or the total, then and now; fields as in `LevelChange`."""

    id: str
    before: Shares | None
    now: Shares | None
    difference: Shares | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that changed, in the order of today's catalogue; what only the earlier one had stands at the end."""

    round_before: str
    round_now: str
    catalogue_before: str
    catalogue_now: str
    total: ShareChange
    dimensions: tuple[ShareChange, ...]
    criteria: tuple[LevelChange, ...]


def change(
    record: Mapping[str, Any], catalogue: Catalogue, earlier: Mapping[str, Any], earlier_catalogue: Catalogue
) -> Change:
    """The change from ``earlier`` to ``record``, each with the catalogue it was judged by.

    A criterion's level is comparable if the rules, the scale, the practice rule, its level texts and what its evidence
    must be are the same; its weight changes no level. A dimension's share is comparable if all its criteria are and
    weigh the same; the total if all dimensions are and weigh the same. Any change of wording counts: whether it
    means the same, people judge.
    """
    old, new = _by_id(earlier["result"]["criteria"]), _by_id(record["result"]["criteria"])
    general = tuple(_general(record, catalogue, earlier, earlier_catalogue))
    criteria = tuple(
        _criterion(id_, new.get(id_), old.get(id_), general, catalogue, earlier_catalogue) for id_ in _both(new, old)
    )
    dimensions = tuple(_dimensions(record, catalogue, earlier, earlier_catalogue, criteria))
    total_reasons: list[Reason] = ["criteria"] if any(one.reasons for one in dimensions) else []
    if _weights(catalogue.dimensions) != _weights(earlier_catalogue.dimensions):
        total_reasons.append("weights")
    return Change(
        round_before=earlier["round"],
        round_now=record["round"],
        catalogue_before=earlier["catalogue"],
        catalogue_now=record["catalogue"],
        total=_shares("total", earlier["result"]["total"], record["result"]["total"], tuple(total_reasons)),
        dimensions=dimensions,
        criteria=criteria,
    )


def _general(
    record: Mapping[str, Any], catalogue: Catalogue, earlier: Mapping[str, Any], earlier_catalogue: Catalogue
) -> Iterator[Reason]:
    if record["rules"] != earlier["rules"]:
        yield "rules"
    if catalogue.scale.levels != earlier_catalogue.scale.levels:
        yield "scale"
    now, then = catalogue.scale.practice, earlier_catalogue.scale.practice
    if (now.from_level, now.months) != (then.from_level, then.months):
        yield "practice"


def _criterion(
    id_: str,
    new: Mapping[str, Any] | None,
    old: Mapping[str, Any] | None,
    general: tuple[Reason, ...],
    catalogue: Catalogue,
    earlier_catalogue: Catalogue,
) -> LevelChange:
    before, now = (_levels(one["counted"]) if one else None for one in (old, new))
    reasons: list[Reason] = []
    if old is None or new is None:
        reasons.append("missing-before" if old is None else "missing-now")
    else:
        reasons += general
        one, other = (next(c for c in known.rated if c.id == id_) for known in (catalogue, earlier_catalogue))
        if one.levels != other.levels:
            reasons.append("levels")
        if _asked(one, catalogue) != _asked(other, earlier_catalogue):
            reasons.append("requirements")
        if before is None:
            reasons.append("left-out-before")
        if now is None:
            reasons.append("left-out-now")
    difference = None
    if not reasons and before is not None and now is not None:
        difference = Levels(now.lower - before.upper, now.upper - before.lower)
    return LevelChange(id_, before, now, difference, tuple(reasons))


def _dimensions(
    record: Mapping[str, Any],
    catalogue: Catalogue,
    earlier: Mapping[str, Any],
    earlier_catalogue: Catalogue,
    criteria: Iterable[LevelChange],
) -> Iterator[ShareChange]:
    old, new = _by_id(earlier["result"]["dimensions"]), _by_id(record["result"]["dimensions"])
    loose = {one.id for one in criteria if one.reasons and not _out_of_both(one)}
    for id_ in _both(new, old):
        reasons: list[Reason] = []
        if id_ not in old or id_ not in new:
            reasons.append("missing-before" if id_ not in old else "missing-now")
        else:
            now, then = _weights(_members(catalogue, id_)), _weights(_members(earlier_catalogue, id_))
            if loose & (set(now) | set(then)):
                reasons.append("criteria")
            if any(now[one] != then[one] for one in set(now) & set(then)):
                reasons.append("weights")
        yield _shares(
            id_, old[id_]["share"] if id_ in old else None, new[id_]["share"] if id_ in new else None, tuple(reasons)
        )


def _out_of_both(one: LevelChange) -> bool:
    """Whether it applied neither then nor now, so that it bears on no share."""
    return set(one.reasons) == {"left-out-before", "left-out-now"}


def _members(catalogue: Catalogue, dimension: str) -> list[LevelCriterion]:
    return [one for one in catalogue.rated if one.dimension == dimension]


def _asked(criterion: LevelCriterion, catalogue: Catalogue) -> object:
    """Everything that decides what evidence supports a level of ``criterion``."""
    rule = criterion.evidence
    kinds = {(k.id, k.origin, k.timing, k.max_age_months) for k in map(catalogue.kinds.__getitem__, rule.accepts)}
    return kinds, rule.max_age_months, rule.levels


def _shares(
    id_: str, old: Mapping[str, str] | None, new: Mapping[str, str] | None, reasons: tuple[Reason, ...]
) -> ShareChange:
    before, now = (Shares(Fraction(one["lower"]), Fraction(one["upper"])) if one else None for one in (old, new))
    difference = None
    if not reasons and before is not None and now is not None:
        difference = Shares(now.lower - before.upper, now.upper - before.lower)
    return ShareChange(id_, before, now, difference, reasons)


def _levels(bounds: Mapping[str, int] | None) -> Levels | None:
    return Levels(bounds["lower"], bounds["upper"]) if bounds else None


def _by_id(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in entries}


def _both(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))


def _weights(entries: Iterable[Any]) -> dict[str, int]:
    return {one.id: one.weight for one in entries}
