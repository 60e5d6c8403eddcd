"""Mails as files (``.eml``, RFC 5322): who wrote what to whom and when, and what is attached."""

import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from kaasav.evidence.containers import contents
from kaasav.evidence.containers.contents import ContainerError, Contents, Mail, Member
from kaasav.evidence.containers.mime import Part, parts, split, value
from kaasav.evidence.containers.names import Distinct
from kaasav.evidence.text.pages import Why

MOST_ADDRESSES = 500

_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
}
_MAIL = "message/rfc822"


def read(data: bytes) -> Contents:
    """The mail and its attachments, pictures in its text included; a mail attached to it is an inner file."""
    headers, body = split(data)
    texts: list[Part] = []
    members: list[Member] = []
    names = Distinct()
    for part in parts(headers, body):
        if part.type in ("text/plain", "text/html") and not part.is_attachment:
            texts.append(part)
            continue
        if len(members) >= contents.MOST_ATTACHMENTS:
            raise ContainerError(Why.BOMB, "too-many-members")
        content = part.data()
        if content:
            members.append(Member.of(names.take(_name(part)), content))
    return Contents(tuple(members), mail=_mail(headers, texts))


def _name(part: Part) -> str:
    if part.filename:
        return part.filename
    ending = _ENDINGS.get(part.type, "")
    if part.type == _MAIL:
        return (value(split(part.data())[0].get("Subject", "")) or "kiri").replace("/", "_").replace("\\", "_") + ending
    return f"manus{ending}"


def _mail(headers: "Message[str, str]", texts: list[Part]) -> Mail:
    to = getaddresses([value(raw) for name in ("To", "Cc") for raw in headers.get_all(name, [])])
    return Mail(
        subject=value(headers.get("Subject", "")),
        sender=value(headers.get("From", "")),
        to=tuple(f"{name} <{address}>" if name else address for name, address in to[:MOST_ADDRESSES]),
        date=_date(str(headers.get("Date", ""))),
        body="\n".join(_text(part) for part in _shown(texts)),
    )


def _shown(texts: list[Part]) -> list[Part]:
    """The parts a reader sees: of alternatives only the plain ones, where there are any."""
    plain = any(part.alternative and part.type == "text/plain" for part in texts)
    return [part for part in texts if not (part.alternative and plain and part.type == "text/html")]


def _text(part: Part) -> str:
    from kaasav.evidence.text import html, plain

    if part.type == "text/html":
        return html.shown(part.data(), part.charset).texts[0]
    return plain.decode(part.data(), part.charset)


def _date(text: str) -> datetime.datetime | None:
    try:
        return parsedate_to_datetime(text[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
