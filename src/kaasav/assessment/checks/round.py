"""The round's people and ties, and whose folder this is."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kaasav.assessment.folder import APPLICATION, ROUND, Submission
from kaasav.assessment.round import lasts
from kaasav.catalogue.model import Catalogue
from kaasav.dates import months_back
from kaasav.language import N_
from kaasav.mailaddress import is_address
from kaasav.municipalities import names
from kaasav.problems import DID_YOU_MEAN, Problem, closest, error, warning

RESERVED = error("person-reserved", N_("“{person}” stands for something else and cannot be a person"))
DATES_BACKWARDS = error("round-dates", N_("the closing date {closing} lies before the evidence date {evidence}"))
UNKNOWN_ROLE = error("unknown-role", N_("the catalogue knows no role “{role}”"), N_("known: {known}"))
ROLES_CLASH = warning(
    "roles-clash",
    N_("{person} has the roles “{role}” and “{other}”, which nobody may have for the same municipality"),
    N_("see to it that they are for different municipalities"),
)
UNKNOWN_PERSON = error("unknown-person", N_("the round knows no person “{person}”"), N_("known: {known}"))
TIED = error(
    "assessor-tied",
    N_("{person} has rated this municipality but is tied to it: {reason}"),
    N_("somebody without such a tie has to rate it"),
)
OLD_CODE = warning(
    "municipality-old-code",
    N_("“{found}” is now {name} ({code})"),
    N_("write the code that is in force"),
)
NAME_DIFFERS = error(
    "municipality-name-differs",
    N_("the code {code} is {name}, but the file says “{stated}”"),
    N_("correct the code or the name"),
)
NO_ADDRESS = error(
    "issuer-address",
    N_("“{address}” is no web address a document could lead to"),
    N_("write it whole, beginning with https://, such as https://example.org/register"),
)
NO_EMAIL = error(
    "issuer-email",
    N_("“{address}” is no e-mail address a letter could come from"),
    N_("write one address and nothing else, such as label@example.org"),
)
_ADDRESS_SIGNS = re.compile(r"[!$%&'()*+,./0-9:;=@A-Z_a-z~-]+")


def unknown_person(submission: Submission, person: str) -> tuple[str, dict[str, str]]:
    """The hint and details of `UNKNOWN_PERSON` for ``person``."""
    known = list(submission.round.people)
    guess = closest(person, known)
    details = {"person": person, "known": ", ".join(known), "guess": guess or ""}
    return (DID_YOU_MEAN if guess else UNKNOWN_PERSON.hint), details


def check_round(submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """People have known roles; ties name known people; nobody rates where a tie or another role forbids it."""
    document = submission.documents[ROUND]
    closing, evidence = submission.round.closing_date, submission.round.evidence_date
    if closing < evidence:
        yield DATES_BACKWARDS.at(document.at("closing_date"), closing=closing, evidence=evidence)
    for reserved in ("self", "consensus"):
        if reserved in submission.round.people:
            yield RESERVED.at(document.at_key("people", reserved), person=reserved)
    roles = {role.id: role for role in catalogue.roles}
    for id_, person in submission.round.people.items():
        for index, role in enumerate(person.roles):
            if role not in roles:
                yield UNKNOWN_ROLE.at(document.at("people", id_, "roles", index), role=role, known=", ".join(roles))
                continue
            for other in person.roles[:index]:
                if other in roles[role].not_with or role in roles.get(other, roles[role]).not_with:
                    yield ROLES_CLASH.at(document.at("people", id_, "roles", index), person=id_, role=role, other=other)
    for index, tie in enumerate(submission.round.ties):
        if tie.person not in submission.round.people:
            hint, details = unknown_person(submission, tie.person)
            yield UNKNOWN_PERSON.at(document.at("ties", index, "person"), hint=hint, **details)
        yield from names.find(tie.municipality, document.at("ties", index, "municipality"))[1]


def check_issuer(submission: Submission, _catalogue: Catalogue) -> Iterator[Problem]:
    """The issuer's addresses lead somewhere: they are printed on documents, the register's as a code."""
    issuer = submission.round.issuer
    if issuer is None:
        return
    for key, address in (("web", issuer.web), ("public_register", issuer.public_register)):
        if address is not None and not _leads_somewhere(address):
            yield NO_ADDRESS.at(submission.documents[ROUND].at("issuer", key), address=address)
    if issuer.email is not None and not is_address(issuer.email):
        yield NO_EMAIL.at(submission.documents[ROUND].at("issuer", "email"), address=issuer.email)


def _leads_somewhere(address: str) -> bool:
    """Whether ``address`` is a whole https address, in signs every reader of codes takes, that may be lengthened."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    named = bool(host and "." in host.strip(".") and "@" not in parts.netloc)
    return parts.scheme == "https" and named and _ADDRESS_SIGNS.fullmatch(address) is not None


def check_municipality(submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """The folder's code and name are one municipality, and none of its raters is tied to it."""
    document = submission.documents[APPLICATION]
    application = submission.application
    found, problems = names.find(application.municipality, document.at("municipality"))
    yield from problems
    if found is None:
        return
    municipality = found.municipality
    if found.via is not None and not problems:
        stated = application.municipality
        yield OLD_CODE.at(document.at("municipality"), found=stated, name=municipality.name, code=municipality.code)
    if not names.means(application.name, municipality.code):
        yield NAME_DIFFERS.at(
            document.at("name"), code=municipality.code, name=municipality.name, stated=application.name
        )
    day = submission.round.evidence_date
    since = months_back(day, catalogue.house_rules.cooling_off_months)
    for index, tie in enumerate(submission.round.ties):
        if tie.person in submission.ratings and lasts(tie, day, since) and _same(tie.municipality, municipality.code):
            yield TIED.at(submission.documents[ROUND].at("ties", index), person=tie.person, reason=tie.reason)


def _same(stated: str, code: str) -> bool:
    found, _ = names.find(stated)
    return found is not None and found.municipality.code == code
