"""What people rate: ``ratings/<assessor>.yaml`` and ``ratings/consensus.yaml`` (format ``kaasav/ratings/1``)."""

from pydantic import field_validator

from kaasav.scoring.case import ItemVerdict
from kaasav.yamldoc.scalars import Day, Model, Text, Whole

SCHEMA = "kaasav/ratings/1"


class VerdictText(Model):
    """A verdict on one item with its reason; accepting needs none."""

    verdict: ItemVerdict
    reason: Text | None = None


class Rating(Model):
    """One criterion as one person (or all together) rates it."""

    level: Whole | None = None
    practice_since: Day | None = None
    not_applicable: Text | None = None
    reason: Text | None = None
    evidence: dict[Text, VerdictText] = {}

    @field_validator("evidence", mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """``minutes: accepted`` is short for ``minutes: {verdict: accepted}``."""
        if isinstance(value, dict):
            return {key: {"verdict": item} if isinstance(item, str) else item for key, item in value.items()}
        return value


class Ratings(Model):
    """One person's ratings; ``assessor`` is a person of the round, or ``consensus``."""

    assessor: Text
    date: Day | None = None
    ratings: dict[Text, Rating] = {}
