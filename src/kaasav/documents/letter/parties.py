"""Who writes to whom, under which numbers; what is not known stands as a mark in square brackets."""

from typing import Any

from kaasav.assessment.round import Issuer
from kaasav.documents.letter.contact import NONE_AT_ALL, Contact
from kaasav.documents.letter.figures import day
from kaasav.documents.source import Source
from kaasav.language import N_, _, words
from kaasav.problems import Location, Problem, warning

NO_ISSUER = warning(
    "letter-no-issuer",
    N_("the round does not say who sends its letters; marks in square brackets stand there instead"),
    N_("add “issuer” with name and signatory to round.yaml"),
)
PLACEHOLDERS = {
    "addressee": N_("[addressee]"),
    "position": N_("[position]"),
    "email": N_("[e-mail]"),
    "address": N_("[postal address]"),
    "our_number": N_("[our number]"),
    "our_date": N_("[our date]"),
    "their_number": N_("[their number]"),
    "their_date": N_("[their date]"),
}


def sender(issuer: Issuer | None) -> dict[str, Any]:
    """Who sends: ``name``, each way to reach them, and all of these in one line."""
    name = words(issuer.name) if issuer else _("[sender]")
    ways = {
        way: (getattr(issuer, way) or "" if issuer else "")
        for way in ("address", "registry_code", "email", "phone", "web")
    }
    said = {**ways, "registry_code": _("registry code {code}").format(code=ways["registry_code"])}
    if not ways["registry_code"]:
        said["registry_code"] = ""
    order = ("address", "phone", "email", "web", "registry_code")
    return {"name": name, **ways, "line": " · ".join(said[way] for way in order if said[way])}


def signatory(issuer: Issuer | None) -> dict[str, str]:
    """Who signs: ``name`` and ``position``."""
    if issuer is None or issuer.signatory is None:
        return {"name": _("[signatory]"), "position": _("[signatory’s position]")}
    return {"name": issuer.signatory.name, "position": words(issuer.signatory.position)}


def addressee(source: Source, contact: Contact) -> dict[str, str]:
    """To whom: ``name``, ``position``, ``municipality``, ``email``, ``address``, and all that is said as ``lines``."""
    anybody = contact.addressee or contact.position
    told = {
        "name": contact.addressee if anybody else _(PLACEHOLDERS["addressee"]),
        "position": contact.position if anybody else _(PLACEHOLDERS["position"]),
        "municipality": source.municipality["name"],
        "address": contact.address or _(PLACEHOLDERS["address"]),
        "email": contact.email or _(PLACEHOLDERS["email"]),
    }
    shown = {name: "" if value == NONE_AT_ALL else value for name, value in told.items()}
    return {**shown, "lines": "\n".join(value for value in shown.values() if value)}


def salutation(contact: Contact) -> str:
    """How the letter addresses its reader."""
    for known in (contact.addressee, contact.position):
        if known and known != NONE_AT_ALL:
            return _("Dear {name}").format(name=known)
    return _("Dear {name}").format(name=_(PLACEHOLDERS["addressee"]))


def references(contact: Contact) -> dict[str, str]:
    """The letter’s own day and number, and those of what it answers (both "" if it answers nothing)."""
    told = {
        "our_number": contact.our_number or _(PLACEHOLDERS["our_number"]),
        "our_date": day(contact.our_date) if contact.our_date else _(PLACEHOLDERS["our_date"]),
        "their_number": contact.their_number or _(PLACEHOLDERS["their_number"]),
        "their_date": day(contact.their_date) if contact.their_date else _(PLACEHOLDERS["their_date"]),
    }
    told["ours"] = _("Ours {date} no. {number}").format(date=told["our_date"], number=told["our_number"])
    told["theirs"] = _("Yours {date} no. {number}").format(date=told["their_date"], number=told["their_number"])
    if not contact.answers:
        told["their_number"] = told["their_date"] = told["theirs"] = ""
    return told


def drafter(source: Source) -> str:
    """Who drew the letter up, and how to reach them: the round’s coordinator by the sender’s phone and e-mail."""
    a_round = source.submission.round
    people = [a_round.people[id_].name for id_ in a_round.with_role("coordinator")[:1]]
    issuer = a_round.issuer
    ways = [way for way in (issuer.phone, issuer.email) if way] if issuer else []
    return ", ".join([*(people or [_("[drafter]")]), *ways])


def issuer_problems(source: Source) -> list[Problem]:
    """A warning where the round does not say who sends its letters or signs them."""
    issuer = source.submission.round.issuer
    return [NO_ISSUER.at(Location("round.yaml"))] if issuer is None or issuer.signatory is None else []
