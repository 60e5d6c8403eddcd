"""The draft of the mail: read again by a mail reader, it says what it should, and nothing slips into its head."""

import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from kaasav.documents.mail import draft, text

PLAIN: dict[str, Any] = {
    "to": "vald@rouge.example",
    "sender": "margis@koda.example",
    "subject": "Märgise „Kaasav omavalitsus“ hindamise tagasiside",
    "body": text("Lugupeetud Mari Mets", "Pealkiri", "Lugupidamisega\nHelve Haldur"),
    "files": {"Rõuge-kiri.pdf": b"%PDF-1.7 \x00\xff"},
    "day": datetime.date(2026, 10, 31),
    "seed": "abc",
}


def read(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def test_it_opens_as_a_draft_with_everything_in_it() -> None:
    mail = read(draft(**PLAIN))
    assert (mail["X-Unsent"], mail["To"], mail["From"]) == ("1", PLAIN["to"], PLAIN["sender"])
    assert mail["Subject"] == PLAIN["subject"]
    assert mail["Date"].datetime.date() == PLAIN["day"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert (
        body.get_content().replace("\r\n", "\n")
        == "Lugupeetud Mari Mets\n\nAttached you find our letter: Pealkiri.\n\nLugupidamisega\nHelve Haldur\n"
    )
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("Rõuge-kiri.pdf", "application/pdf")
    assert attached.get_content() == PLAIN["files"]["Rõuge-kiri.pdf"]


def test_the_same_gives_the_same_bytes_and_others_another_id() -> None:
    assert draft(**PLAIN) == draft(**PLAIN)
    assert read(draft(**PLAIN))["Message-ID"] != read(draft(**{**PLAIN, "seed": "abd"}))["Message-ID"]


def test_an_unknown_address_leaves_no_empty_line() -> None:
    mail = read(draft(**{**PLAIN, "to": "", "sender": ""}))
    assert mail["To"] is None
    assert mail["From"] is None


@pytest.mark.parametrize("text", ["a\r\nBcc: x@y.example", "a\nX: y", "\u202egnp.exe", "x" * 300])
def test_nothing_slips_into_the_head(text: str) -> None:
    mail = read(draft(**{**PLAIN, "subject": text}))
    assert set(mail.keys()) == {"X-Unsent", "Date", "Message-ID", "From", "To", "Subject", "MIME-Version", "Content-Type"}  # fmt: skip
    assert mail["Bcc"] is None
    assert "\u202e" not in mail["Subject"]
