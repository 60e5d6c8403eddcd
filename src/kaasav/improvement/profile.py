"""A municipality's profile beside the median of those of its size. Never a ranking, and no small group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import Catalogue, SizeClass
from kaasav.municipalities.register import Register
from kaasav.scoring.bounds import Shares


@dataclass(frozen=True, slots=True)
class DimensionProfile:
    """One dimension: the municipality's own share, and the group's median where it may be shown.

    Attributes:
        median: exact, between its bounds; of an even number the mean of the two in the middle.
    """

    id: str
    own: Shares
    median: Shares | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile by dimension.

    Attributes:
        size_class: id of the size class; None where the inhabitants are not known or the catalogue has no classes.
        group: how many municipalities the medians are of, this one included; None where that is below ``least`` or
            there is no class, and then no median is shown.
        least: the smallest group that may be shown.
    """

    size_class: str | None
    group: int | None
    least: int
    total: DimensionProfile
    dimensions: tuple[DimensionProfile, ...]


def profile(
    record: Mapping[str, Any], records: Iterable[Mapping[str, Any]], catalogue: Catalogue, register: Register
) -> Profile:
    """The profile of the municipality of ``record``.

    Args:
        record: its record.
        records: the records of the round, the latest of each municipality; ``record`` may be among them. Those of
            another round or catalogue, previews, incomplete ones, and trainings beside real ones are left out.
        catalogue: theirs, with its size classes and the smallest group that may be shown.
        register: gives the inhabitants.
    """
    one = _size_class(record, catalogue, register)
    least = catalogue.house_rules.suppress_below
    group: Sequence[Mapping[str, Any]] = []
    if one is not None:
        by_code = {
            other["municipality"]["code"]: other
            for other in records
            if _comparable(other, record) and _size_class(other, catalogue, register) == one
        }
        if _judged(record):
            by_code[record["municipality"]["code"]] = record
        group = list(by_code.values())
    shown = len(group) >= max(least, 1)
    return Profile(
        size_class=one.id if one else None,
        group=len(group) if shown else None,
        least=least,
        total=_beside("total", record, group if shown else []),
        dimensions=tuple(_beside(d["id"], record, group if shown else []) for d in record["result"]["dimensions"]),
    )


def median(values: Iterable[Fraction]) -> Fraction:
    """The middle value, exact; of an even number the mean of the two in the middle.

    Raises:
        ValueError: there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values have no median")
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _beside(id_: str, record: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> DimensionProfile:
    """The median of lower bounds and that of upper bounds bound the median, for it rises with every value."""
    shares = [_share(id_, other) for other in group]
    middle = Shares(median(s.lower for s in shares), median(s.upper for s in shares)) if shares else None
    return DimensionProfile(id_, _share(id_, record), middle)


def _share(id_: str, record: Mapping[str, Any]) -> Shares:
    result = record["result"]
    found = result["total"] if id_ == "total" else next(d["share"] for d in result["dimensions"] if d["id"] == id_)
    return Shares(Fraction(found["lower"]), Fraction(found["upper"]))


def _judged(record: Mapping[str, Any]) -> bool:
    """Whether assessors have rated everything: the rest are bounds over what nobody has said."""
    return record["result"]["status"] not in ("preview", "incomplete")


def _comparable(other: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    same = all(other[key] == record[key] for key in ("round", "catalogue", "rules"))
    return same and _judged(other) and other["municipality"]["training"] == record["municipality"]["training"]


def _size_class(record: Mapping[str, Any], catalogue: Catalogue, register: Register) -> SizeClass | None:
    known = register.by_code(record["municipality"]["code"])
    if known is None or known.population is None:
        return None
    inhabitants = known.population
    return next((c for c in catalogue.house_rules.size_classes if c.to is None or inhabitants <= c.to), None)
