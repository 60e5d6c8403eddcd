"""What proves a claim: ``evidence.yaml`` (format ``kaasav/evidence/1``)."""

from typing import Literal

from pydantic import Field

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


class ItemText(Model):
    """One evidence item as somebody listed it."""

    id: Id
    title: Text
    kind: Text
    file: Text | None = None
    link: Text | None = None
    date: Day | None = None
    issuer: Text | None = None
    number: Text | None = None
    in_force: InForce | None = None
    checked_on: Day | None = None
    checked_by: Text | None = None
    origin: Origin | None = None
    added: Literal["application", "reply"] = "application"
    note: Text | None = None
    uses: tuple[UseText, ...] = ()


class EvidenceList(Model):
    """Everything a municipality handed in for one round."""

    items: tuple[ItemText, ...] = ()
