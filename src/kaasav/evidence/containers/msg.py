"""Outlook's mails as files (``.msg``, MS-OXMSG): the same as of other mails."""

import datetime
import re
import struct

from kaasav.evidence.containers import contents
from kaasav.evidence.containers.contents import ContainerError, Contents, Mail, Member
from kaasav.evidence.containers.names import Distinct
from kaasav.evidence.text.ole import Compound
from kaasav.evidence.text.pages import Why

MOST_EMBEDDED = 3
_SUBJECT, _SENDER, _ADDRESS, _SMTP, _TO, _CC = 0x0037, 0x0C1A, 0x0C1F, 0x5D01, 0x0E04, 0x0E03
_BODY, _HTML, _SUBMITTED, _DELIVERED, _CODEPAGE = 0x1000, 0x1013, 0x0039, 0x0E06, 0x3FFD
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _DATA = 0x3707, 0x3704, 0x3001, 0x3701
_TIME, _LONG = 0x0040, 0x0003

_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
_FIXED = "__properties_version1.0"

Path = tuple[str, ...]


def read(data: bytes) -> Contents:
    """The mail and its attachments.

    A mail attached to it has no bytes of its own in this format: its text is an inner ``.txt`` file, and its
    attachments stand beside it.

    Raises:
        NoTextError: DAMAGED.
    """
    message = _Message(Compound(data))
    members: list[Member] = []
    names = Distinct()
    message.attachments((), 1, members, names)
    return Contents(tuple(members), mail=message.mail(()))


class _Message:
    def __init__(self, file: Compound) -> None:
        self._file = file
        self._folders: dict[Path, list[str]] = {}
        for path in file.streams:
            for depth, name in enumerate(path[:-1]):
                if _ATTACHMENT.fullmatch(name):
                    known = self._folders.setdefault(path[:depth], [])
                    if name not in known[-1:]:
                        known.append(name)

    def mail(self, at: Path) -> Mail:
        sender, address = self._text(at, _SENDER), self._text(at, _SMTP) or self._text(at, _ADDRESS)
        to = [one.strip() for code in (_TO, _CC) for one in self._text(at, code).split(";")]
        return Mail(
            subject=" ".join(self._text(at, _SUBJECT).split()),
            sender=f"{sender} <{address}>" if "@" in address and address != sender else sender,
            to=tuple(one for one in to if one),
            date=self._time(at),
            body=self._body(at),
        )

    def attachments(self, at: Path, depth: int, members: list[Member], names: Distinct) -> None:
        for folder in dict.fromkeys(self._folders.get(at, ())):
            if len(members) >= contents.MOST_ATTACHMENTS:
                raise ContainerError(Why.BOMB, "too-many-members")
            where = (*at, folder)
            name = self._text(where, _LONG_NAME) or self._text(where, _SHOWN_NAME) or self._text(where, _SHORT_NAME)
            content = self._file.stream(*where, f"__substg1.0_{_DATA:04X}0102")
            embedded = (*where, f"__substg1.0_{_DATA:04X}000D")
            if content:
                members.append(Member.of(names.take(name or "manus"), content))
            elif self._file.stream(*embedded, _FIXED) is not None:
                if depth >= MOST_EMBEDDED:
                    raise ContainerError(Why.BOMB, "too-deep")
                mail = self.mail(embedded)
                title = (name or mail.subject or "kiri").replace("/", "_").replace("\\", "_")
                members.append(Member.of(names.take(f"{title}.txt"), mail.text().encode()))
                self.attachments(embedded, depth + 1, members, names)

    def _text(self, at: Path, code: int) -> str:
        wide = self._file.stream(*at, f"__substg1.0_{code:04X}001F")
        if wide is not None:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        narrow = self._file.stream(*at, f"__substg1.0_{code:04X}001E")
        return narrow.decode(self._codepage(at), errors="replace").rstrip("\0") if narrow else ""

    def _body(self, at: Path) -> str:
        from kaasav.evidence.text import html

        plain = self._text(at, _BODY)
        if plain.strip():
            return plain
        page = self._file.stream(*at, f"__substg1.0_{_HTML:04X}0102")
        wide = self._text(at, _HTML)
        if page or wide:
            return html.shown(page, self._codepage(at) if b"charset" not in page[:4_096] else None).texts[0] \
                if page else html.shown(wide.encode(), "utf-8").texts[0]  # fmt: skip
        return ""

    def _fixed(self, at: Path, code: int, kind: int) -> int | None:
        table = self._file.stream(*at, _FIXED) or b""
        start = 32 if not at else 24
        for offset in range(start, len(table) - 15, 16):
            if struct.unpack_from("<HH", table, offset) == (kind, code):
                number: int = struct.unpack_from("<Q" if kind == _TIME else "<I", table, offset + 8)[0]
                return number
        return None

    def _codepage(self, at: Path) -> str:
        import codecs

        name = f"cp{self._fixed(at[:-1] if at and _ATTACHMENT.fullmatch(at[-1]) else at, _CODEPAGE, _LONG) or 1257}"
        try:
            return codecs.lookup({"cp65001": "utf-8", "cp28605": "iso8859-15"}.get(name, name)).name
        except LookupError:
            return "cp1257"

    def _time(self, at: Path) -> datetime.datetime | None:
        ticks = self._fixed(at, _SUBMITTED, _TIME) or self._fixed(at, _DELIVERED, _TIME)
        try:
            return _EPOCH + datetime.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None
