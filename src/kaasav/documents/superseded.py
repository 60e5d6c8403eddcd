"""Whether a result is still the one that counts: a newer one of the same municipality and round may be recorded."""

from collections.abc import Mapping
from typing import Any

from kaasav.language import N_
from kaasav.problems import Location, Problem, warning
from kaasav.store.database import Store

SUPERSEDED = warning(
    "document-superseded",
    N_("an older result of {municipality}, round {round}: {newer} was recorded after it, on {day}"),
    N_("for the newest result name the municipality’s folder or {newer}"),
)


def superseded(hash_: str, record: Mapping[str, Any], store: Store, place: Location) -> list[Problem]:
    """A warning where another result of the same municipality and round was recorded after this one.

    Args:
        hash_: the result's hash.
        record: its record.
        store: where it is recorded.
        place: what the warning is about.
    """
    code, round_id = str(record["municipality"]["code"]), str(record["round"])
    newest = next(iter(store.results(municipality=code, round=round_id, limit=1)), None)
    if newest is None or newest.hash == hash_:
        return []
    day = newest.recorded_at.date()
    return [SUPERSEDED.at(place, municipality=newest.municipality, round=round_id, newer=newest.hash[:12], day=day)]
