"""What proves a claim: ``evidence.yaml`` (format ``kaasav/evidence/1``)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kaasav.catalogue.model import Origin
from kaasav.yamldoc.scalars import Day, Id, Model, Text, Whole, YesNo

SCHEMA = "kaasav/evidence/1"


class Seen(Model):
    """An assessor has looked at what no program can search: who, when, and where in the file."""

    by: Text
    on: Day
    where: Text


class PlaceText(Model):
    """A place in the file: a passage quoted word for word, a page, or both."""

    passage: Text | None = None
    page: Whole | None = None


class UseText(Model):
    """What an item shows for one criterion, and where: passage, page, several places, or the whole file."""

    criterion: Text
    passage: Text | None = None
    page: Whole | None = None
    places: tuple[PlaceText, ...] = ()
    whole: YesNo = False
    seen: Seen | None = None
    note: Text | None = None


class InForce(Model):
    """From when to when an act is in force, both days included; without ``to``, without end."""

    from_: Day = Field(alias="from")
    to: Day | None = None


class Captured(Model):
    """When the page behind a link was stored as a file, and by whom."""

    on: Day
    by: Text


class Erased(Model):
    """The file was erased lawfully: when, by whom, why; and the SHA-256 it had."""

    on: Day
    by: Text
    reason: Text
    sha256: Text


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Inside = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]
"""The name of a file inside a container; for containers in containers a list of names, the outermost first."""


class ItemText(Model):
    """One evidence item as somebody listed it."""

    id: Id
    title: Text
    kind: Text
    file: Text | None = None
    inside: Inside = ()
    link: Text | None = None
    captured: Captured | None = None
    date: Day | None = None
    issuer: Text | None = None
    number: Text | None = None
    in_force: InForce | None = None
    checked_on: Day | None = None
    checked_by: Text | None = None
    origin: Origin | None = None
    added: Literal["application", "reply"] = "application"
    kept_until: Day | None = None
    erased: Erased | None = None
    note: Text | None = None
    uses: tuple[UseText, ...] = ()


class EvidenceList(Model):
    """Everything a municipality handed in for one round."""

    items: tuple[ItemText, ...] = ()
