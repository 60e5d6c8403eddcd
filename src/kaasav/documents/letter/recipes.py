"""The files of a letter: Word, PDF, the container to be signed, the draft of the mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kaasav.documents import container, mail, paper, press
from kaasav.documents.award import Award
from kaasav.documents.letter import word
from kaasav.documents.letter.contact import NONE_AT_ALL, Contact
from kaasav.documents.letter.context import context
from kaasav.documents.recipe import Recipe
from kaasav.documents.source import Source
from kaasav.documents.template import find
from kaasav.language import N_, _, active

LETTER = "letter"
FORMATS = ("docx", "pdf", "asice", "eml")
NAME = N_("letter")
"""The end of a letter’s file name."""
REGARDS = N_("Yours sincerely")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: its name, its bytes, and its title as the letter lists it."""

    name: str
    content: bytes
    title: str


def recipes(
    source: Source,
    name: str,
    root: Path | None,
    *,
    award: Award | None = None,
    contact: Contact | None = None,
    attachments: Sequence[Attachment] = (),
) -> list[tuple[str, Recipe]]:
    """The recipes of one letter in the language in use, each with the end of its file’s name.

    Args:
        source: the recorded result.
        name: what the files’ names begin with, such as the folder’s name.
        root: the workspace, which may hold templates of its own.
        award: the recorded decision, if there is one.
        contact: to whom it goes, and under which numbers.
        attachments: what goes along.

    Raises:
        Refused: a template cannot be opened.
    """
    data = context(source, award, contact, [one.title for one in attachments])
    day = award.decided_on if award else source.submission.round.closing_date
    file, language = f"-{_(NAME)}", active()
    word_template, paper_template = (find(f"{LETTER}.{kind}", language, root) for kind in ("docx", "typ"))
    as_word = cache(lambda: word.letter(word_template, data, day=day))
    as_pdf = cache(lambda: paper.pdf(paper_template, data, day=day))
    whole = {"letter": data, "day": day.isoformat()}
    along = {one.name: one.content for one in attachments}

    def recipe(kind: str, said: Mapping[str, Any], render: Callable[[], bytes], **more: Any) -> Recipe:
        return Recipe(LETTER, kind, language, source.hash, said, render, **more)

    docx = recipe("docx", whole, as_word, template=word_template, libraries=word.LIBRARIES)
    pdf = recipe("pdf", whole, as_pdf, template=paper_template, libraries=press.LIBRARIES)
    names = {"docx": f"{name}{file}.docx", "pdf": f"{name}{file}.pdf"}
    hashes = {one: sha256(content).hexdigest() for one, content in along.items()}
    packed = {names["docx"]: docx.digest, names["pdf"]: pdf.digest, **hashes}
    asice = recipe(
        "asice",
        {"files": packed},
        lambda: container.asice({names["docx"]: as_word(), names["pdf"]: as_pdf(), **along}),
        holds=packed,
    )
    address = contact.email if contact and contact.email != NONE_AT_ALL else ""
    head = {
        "to": address,
        "sender": data["sender"]["email"],
        "subject": data["subject"],
        "body": mail.text(
            data["salutation"],
            data["subject"],
            f"{_(REGARDS)}\n{data['signatory']['name']}\n{data['signatory']['position']}\n{data['sender']['name']}",
        ),
    }
    sent = contact.our_date if contact and contact.our_date else day
    eml = recipe(
        "eml",
        {**head, "day": sent.isoformat(), "files": {names["pdf"]: pdf.digest, **hashes}},
        lambda: mail.draft(**head, files={names["pdf"]: as_pdf(), **along}, day=sent, seed=source.hash),
    )
    return [(f"{file}.{one.format}", one) for one in (docx, pdf, asice, eml)]
