"""To whom a letter goes, and under which numbers; and what of it is still missing."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from kaasav.language import N_, _
from kaasav.problems import NOWHERE, Location, Problem, warning

NONE_AT_ALL = "–"
"""In the coordinator’s file: there is none, which is not the same as not yet known."""

MISSING = warning(
    "letter-missing",
    N_("{name}: not known for the letter: {what}; a mark in square brackets stands there instead"),
    N_(
        "fill it in contacts.xlsx (“kaasav letter --contacts-form FILE” makes an empty one) and make the letter again:"
        " a letter finished by hand is not in the container and the mail"
    ),
)
WHAT = {
    "addressee": N_("addressee"),
    "position": N_("position"),
    "email": N_("e-mail"),
    "address": N_("postal address"),
    "our_number": N_("our number"),
    "our_date": N_("our date"),
    "their_number": N_("their number"),
    "their_date": N_("their date"),
}
"""What a row of the contacts holds beside the municipality, by the name it has everywhere."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One municipality’s row; "" or None: not known yet, `NONE_AT_ALL`: there is none.

    Attributes:
        addressee: the person’s name.
        position: the person’s position, such as ``vallavanem``.
        email: where the letter goes.
        address: the postal address; may have several lines.
        our_number: the letter’s number in the sender’s register.
        our_date: the letter’s day.
        their_number: the number of what the letter answers.
        their_date: the day of what the letter answers.
        place: where the row stands.
    """

    addressee: str = ""
    position: str = ""
    email: str = ""
    address: str = ""
    our_number: str = ""
    our_date: datetime.date | None = None
    their_number: str = ""
    their_date: datetime.date | None = None
    place: Location = NOWHERE

    @property
    def answers(self) -> bool:
        """Whether the letter answers something; False only where the row says that there is nothing."""
        return self.their_number != NONE_AT_ALL

    def missing(self) -> Iterator[str]:
        """The names (of `WHAT`) of what is not known; the person’s name or position is enough."""
        for name in WHAT:
            if name.startswith("their_") and not self.answers:
                continue
            if name in ("addressee", "position") and (self.addressee or self.position):
                continue
            if not getattr(self, name):
                yield name


def missing_problems(name: str, contact: Contact) -> list[Problem]:
    """One warning that names everything not known for the letter to the municipality ``name``."""
    missing = [_(WHAT[one]) for one in contact.missing()]
    return [MISSING.at(contact.place, name=name, what=", ".join(missing))] if missing else []
