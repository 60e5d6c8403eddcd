"""A draft of the mail that takes the letter along: opened in a mail program, looked at, and sent by a person."""

import datetime
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from kaasav.documents.container import kind
from kaasav.language import _
from kaasav.problems import visible


def draft(
    *, to: str, sender: str, subject: str, body: str, files: Mapping[str, bytes], day: datetime.date, seed: str
) -> bytes:
    """The mail as an ``.eml`` file: the same arguments give the same bytes.

    Args:
        to: the address it goes to; "" leaves the line out, for a person to fill in.
        sender: the sender’s address; "" leaves the line out.
        subject: its subject.
        body: its text.
        files: what is attached, bytes by name.
        day: its date: the letter’s, else from the record.
        seed: what its id is made of, such as the result’s hash.
    """
    mail = EmailMessage(policy=SMTP.clone(max_line_length=78))
    own = sha256("\0".join((seed, to, sender, subject, body, *files)).encode("utf-8")).hexdigest()
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    mail["Date"] = format_datetime(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC))
    mail["Message-ID"] = f"<{own[:32]}@kaasav.invalid>"
    for name, value in (("From", sender), ("To", to)):
        if value:
            mail[name] = visible(value)
    mail["Subject"] = " ".join(visible(subject).split())
    mail.set_content("\n".join(visible(line) for line in body.split("\n")), charset="utf-8", cte="quoted-printable")
    for name, content in files.items():
        major, _slash, minor = kind(name).partition("/")
        mail.add_attachment(content, maintype=major, subtype=minor, filename=name)
    if files:
        mail.set_boundary(f"=={own[32:]}==")
    return mail.as_bytes()


def text(salutation: str, subject: str, closing: str) -> str:
    """The mail’s text: short, for the letter is attached."""
    told = _("Attached you find our letter: {subject}.").format(subject=subject)
    return f"{salutation}\n\n{told}\n\n{closing}\n"
