"""A round as it stands in ``assessments/<round>/round.yaml`` (format ``kaasav/round/1``)."""

import datetime

from kaasav.yamldoc.scalars import Day, Id, Model, Text, Words

SCHEMA = "kaasav/round/1"


class Person(Model):
    """Somebody who plays a part in the round."""

    name: Text
    roles: tuple[Text, ...]


class Tie(Model):
    """What ties a person to a municipality; without ``until`` it lasts."""

    person: Text
    municipality: Text
    role: Text | None = None
    reason: Text
    until: Day | None = None


class Signatory(Model):
    """Who signs the label's documents."""

    name: Text
    position: Words


class Issuer(Model):
    """Who runs the label and issues its documents.

    ``public_register`` is the register's web address: a certificate's code leads to ``<public_register>/<number>``.
    """

    name: Words
    signatory: Signatory | None = None
    address: Text | None = None
    registry_code: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    web: Text | None = None
    public_register: Text | None = None


class Round(Model):
    """One year's assessments under one catalogue version and one survey wave."""

    id: Id
    title: Words
    catalogue: Text
    wave: Text
    evidence_date: Day
    closing_date: Day
    people: dict[Id, Person]
    ties: tuple[Tie, ...] = ()
    issuer: Issuer | None = None

    def with_role(self, role: str) -> tuple[str, ...]:
        """The ids of the people who play ``role``, in the file's order."""
        return tuple(person for person, known in self.people.items() if role in known.roles)


def lasts(tie: Tie, day: datetime.date, cooling_off_from: datetime.date) -> bool:
    """Whether ``tie`` still binds on ``day``: it has no end, or ended after ``cooling_off_from``."""
    return tie.until is None or tie.until >= min(day, cooling_off_from)
