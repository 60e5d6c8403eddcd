"""E-mails, as they are saved from a mail program."""

import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from examples import markup, pdf

ATTACHMENT = "\n=== manus\n"


def make(text: str) -> bytes:
    """The mail: its ``%`` lines are its head, then comes its text, and after ``=== manus`` the paper attached to it.

    ``% aeg`` is when it was sent (ISO 8601), ``% manus`` the name of the attached PDF.
    """
    head, rest = markup.split_head(text)
    body, _, attached = rest.strip().partition(ATTACHMENT)
    sent = datetime.datetime.fromisoformat(head["aeg"])
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = head["saatja"], head["saaja"], head["teema"]
    mail["Date"] = format_datetime(sent)
    domain = mail["From"].addresses[0].domain
    mail["Message-ID"] = f"<{sent:%Y%m%d%H%M}@{domain}>"
    mail.set_content(body.strip() + "\n", cte="quoted-printable")
    if attached:
        paper = pdf.make(markup.parse(attached.lstrip()))
        mail.add_attachment(paper, maintype="application", subtype="pdf", filename=head["manus"])
        mail.set_boundary(f"=_{sent:%Y%m%d%H%M}")
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))
