"""Mails: as RFC 5322 has them, and as Outlook keeps them (MS-OXMSG)."""

import datetime
import struct
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime

from samples.compound import Tree, compound

SENT = datetime.datetime(2026, 3, 12, 10, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
_MESSAGE = bytes.fromhex("0b0d020000000000c000000000000046")
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)


def eml(
    subject: str,
    body: str,
    attachments: Mapping[str, bytes] | None = None,
    *,
    html: str = "",
    attached: bytes = b"",
    sender: str = "Mari Männik <mari@naidisvald.naidis>",
) -> bytes:
    """A mail; ``attached`` is another mail that goes with it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "Vallavalitsus <info@naidisvald.naidis>", subject
    mail["Date"], mail["Message-ID"] = format_datetime(SENT), "<1@naidisvald.naidis>"
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attached:
        from email import message_from_bytes, policy

        mail.add_attachment(message_from_bytes(attached, policy=policy.default))
    if mail.is_multipart():
        mail.set_boundary("piir")
        for number, part in enumerate(mail.walk()):
            if part is not mail and part.get_content_maintype() == "multipart":
                part.set_boundary(f"piir-{number}")
    return bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def msg(
    subject: str,
    body: str,
    attachments: Mapping[str, bytes] | None = None,
    *,
    attached: Tree | None = None,
    sender: str = "Mari Männik",
) -> bytes:
    """A mail as Outlook keeps it; ``attached`` is a `message` that goes with it."""
    return compound(message(subject, body, attachments, attached=attached, sender=sender), _MESSAGE)


def message(
    subject: str, body: str, attachments: Mapping[str, bytes] | None = None, *, attached: Tree | None = None,
    sender: str = "Mari Männik", head: int = 32,
) -> dict[str, bytes | Tree]:  # fmt: skip
    """The storage of a message; ``head`` is 24 for one inside another."""
    ticks = (SENT - _EPOCH) // datetime.timedelta(microseconds=1) * 10
    fixed = struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks) + struct.pack("<HHIQ", 3, 0x3FFD, 6, 1257)
    texts = {0x0037: subject, 0x0C1A: sender, 0x5D01: "mari@naidisvald.naidis", 0x0E04: "Vallavalitsus", 0x1000: body}
    fixed += b"".join(struct.pack("<HHIII", 0x1F, code, 6, 2 * len(text) + 2, 0) for code, text in texts.items())
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(head) + fixed}
    for code, text in texts.items():
        tree[f"__substg1.0_{code:04X}001F"] = text.encode("utf-16-le")
    for number, (name, data) in enumerate((attachments or {}).items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8)
            + struct.pack("<HHIII", 0x1F, 0x3707, 6, 2 * len(name) + 2, 0)
            + struct.pack("<HHIII", 0x0102, 0x3701, 6, len(data), 0)
            + struct.pack("<HHIII", 3, 0x3705, 6, 1, 0),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": data,
        }
    if attached is not None:
        tree[f"__attach_version1.0_#{len(attachments or {}):08X}"] = {
            "__properties_version1.0": bytes(8), "__substg1.0_3701000D": attached,
        }  # fmt: skip
    return tree
