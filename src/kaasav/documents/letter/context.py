"""Everything a letter says, as plain data: what Word and Typst templates fill in. Pure, in the language in use.

The fields are listed and explained in `fields`.
"""

from collections.abc import Sequence
from typing import Any

from kaasav.documents.award import Award
from kaasav.documents.letter import answer, criteria, parties, steps
from kaasav.documents.letter.contact import Contact
from kaasav.documents.letter.survey import survey
from kaasav.documents.marks import marks
from kaasav.documents.source import Source
from kaasav.language import N_, _, active, words

SIGNED = N_("(signed digitally)")
WORDS = {
    "result": N_("The result"),
    "condition": N_("Condition"),
    "value": N_("Result"),
    "needed": N_("Needed"),
    "state": N_("State"),
    "regards": N_("Yours sincerely"),
    "attachments": N_("Attachments"),
    "drafter": N_("Drawn up by"),
    "page": N_("page"),
    "conditions": N_("The conditions of the label, the result and what is needed"),
}
"""The fixed words of the letter."""


def context(
    source: Source, award: Award | None = None, contact: Contact | None = None, attachments: Sequence[str] = ()
) -> dict[str, Any]:
    """What the letter on ``source`` says.

    Args:
        source: the recorded result.
        award: the recorded decision, if there is one.
        contact: to whom it goes; None: nothing of it is known yet.
        attachments: the titles of what goes along.
    """
    to = contact or Contact()
    issuer = source.submission.round.issuer
    marked = marks(source, award)
    told = criteria.strengths(source)
    subject = answer.subject(source, award)
    return {
        "language": active(),
        "title": f"{subject}: {source.municipality['name']}",
        "author": words(issuer.name) if issuer else "Kaasav",
        "marks": list(marked.words),
        "mark_reasons": list(marked.reasons),
        "sender": parties.sender(issuer),
        "addressee": parties.addressee(source, to),
        **parties.references(to),
        "subject": subject,
        "salutation": parties.salutation(to),
        "opening": answer.opening(source),
        "answer": answer.answer(source, award),
        "conditions": answer.conditions(source),
        "strengths": told,
        "obstacles": criteria.obstacles(source, [one["id"] for one in told["entries"]]),
        "survey": survey(source),
        "next": steps.next_steps(source, award, to.our_date),
        "appeal": steps.appeal(source, award),
        "signed": _(SIGNED),
        "signatory": parties.signatory(issuer),
        "attachments": list(attachments),
        "drafter": parties.drafter(source),
        "words": fixed_words(),
    }


def fixed_words() -> dict[str, str]:
    """The fixed words of the letter, in the language in use."""
    return {name: _(word) for name, word in WORDS.items()}
