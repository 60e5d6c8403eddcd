"""What people decided, as a document tells it."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Award:
    """A tier granted to a municipality.

    Attributes:
        number: the number of the certificate in the register.
        tier: the id of the tier in the catalogue.
        decided_on: the day of the decision.
        valid_from: the first day the award holds.
        valid_to: the last day the award holds.
        protocol: where the decision stands, such as the number of the minutes; "" if not said.
    """

    number: str
    tier: str
    decided_on: datetime.date
    valid_from: datetime.date
    valid_to: datetime.date
    protocol: str = ""
