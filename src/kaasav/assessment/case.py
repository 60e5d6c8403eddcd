"""From what people wrote and what the files turned out to be, to the case that is judged."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kaasav.assessment.evidence_list import ItemText, UseText
from kaasav.assessment.folder import Submission
from kaasav.assessment.rating import Rating
from kaasav.catalogue.model import Catalogue, GateCondition
from kaasav.evidence.facts import Facts, Finding, Place, Sighting, State
from kaasav.scoring.case import ByCriterion, Case, Item, Rated, Use
from kaasav.survey.verdict import Verdict


class Look(Protocol):
    """Opens one file of the folder, or one inside it, and looks for places in it."""

    def __call__(
        self, file: str, places: Sequence[Place], *, inside: Sequence[str] = ()
    ) -> tuple[Facts, tuple[Sighting, ...]]:
        """What the file is, and one sighting for each place."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One item's file as it was found, and each use's places with what was found there."""

    facts: Facts
    sightings: tuple[tuple[Sighting, ...], ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Looked":
        """Read it back from the plain form a record keeps."""
        known = dict(data["facts"])
        known["state"] = State(known["state"])
        if known["created"] is not None:
            known["created"] = datetime.date.fromisoformat(known["created"])
        sightings = tuple(
            tuple(Sighting(Finding(one["finding"]), tuple(one["pages"])) for one in use) for use in data["sightings"]
        )
        return cls(Facts(**known), sightings)


def places(use: UseText) -> tuple[Place, ...]:
    """The places of a use; one empty `Place` stands for the whole file, none at all for no place named."""
    if use.whole:
        return (Place(),)
    if use.passage is not None or use.page is not None:
        return (Place(use.passage, use.page),)
    return tuple(Place(place.passage, place.page) for place in use.places)


def look_at(item: ItemText, look: Look) -> Looked:
    """Open an item's file once and look for the places of all its uses; of an erased one only its hash is left."""
    by_use = [places(use) for use in item.uses]
    if item.erased is not None or item.file is None:
        erased = item.erased and Facts(State.MISSING, "erased", sha256=item.erased.sha256)
        missing = Sighting(Finding.NOT_FOUND)
        return Looked(erased or Facts(State.NO_CAPTURE), tuple(tuple(missing for _ in use) for use in by_use))
    facts, found = look(item.file, [place for use in by_use for place in use], inside=item.inside)
    sightings = iter(found)
    return Looked(facts, tuple(tuple(next(sightings) for _ in use) for use in by_use))


def build(
    submission: Submission, catalogue: Catalogue, looked: Mapping[str, Looked], gates: Mapping[str, Verdict]
) -> Case:
    """The case of a submission in which `checks` found no error."""
    items = {item.id: _item(item, catalogue, looked[item.id].facts) for item in submission.evidence.items}
    uses = tuple(
        Use(item.id, use.criterion, tuple(zip(places(use), sightings, strict=True)), use.seen is not None)
        for item in submission.evidence.items
        for use, sightings in zip(item.uses, looked[item.id].sightings, strict=True)
    )
    claims = {
        id_: Rated(claim.level, claim.practice_since, claim.not_applicable is not None)
        for id_, claim in submission.application.self_assessment.items()
    }
    return Case(
        catalogue=catalogue,
        evidence_date=submission.round.evidence_date,
        closing_date=submission.round.closing_date,
        items=items,
        uses=uses,
        claims=claims,
        ratings={person: _ratings(ratings.ratings) for person, ratings in submission.ratings.items()},
        consensus=_ratings(submission.consensus.ratings) if submission.consensus else {},
        gates=gates,
    )


def gate_conditions(catalogue: Catalogue) -> tuple[GateCondition, ...]:
    """The award rule's gates."""
    return tuple(c for c in catalogue.award_rule.conditions if isinstance(c, GateCondition))


def _item(item: ItemText, catalogue: Catalogue, facts: Facts) -> Item:
    return Item(
        id=item.id,
        kind=item.kind,
        origin=item.origin or catalogue.kinds[item.kind].origin,
        facts=facts,
        date=item.date,
        in_force=(item.in_force.from_, item.in_force.to) if item.in_force else None,
        checked_on=item.checked_on,
        in_reply=item.added == "reply",
    )


def _ratings(ratings: Mapping[str, Rating]) -> ByCriterion:
    return {
        id_: Rated(
            rating.level,
            rating.practice_since,
            rating.not_applicable is not None,
            {item: one.verdict for item, one in rating.evidence.items()},
        )
        for id_, rating in ratings.items()
    }
