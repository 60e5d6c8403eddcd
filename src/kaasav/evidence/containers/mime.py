"""The parts of a MIME message (RFC 2045, 2046), in time that grows with its size alone.

The standard library reads the headers and undoes the encodings; it does not split the body, because its parser compares
every line with every boundary that is open.
"""

import binascii
import contextlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser

from kaasav.evidence.containers.contents import ContainerError
from kaasav.evidence.text.pages import Why

MOST_HEAD = 256 * 1024
MOST_PARTS = 2_000
MOST_NESTED = 20
_LONGEST_VALUE = 4_096
_LONGEST_BOUNDARY = 200

_BLANK = re.compile(rb"\A[ \t]*\r?\n|\r?\n[ \t]*\r?\n")
_MBOX = re.compile(rb"\A>?From [^\n]{1,200}\n")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is no multipart: its headers and its bytes, still encoded."""

    headers: "Message[str, str]"
    raw: bytes
    alternative: bool = False

    @property
    def type(self) -> str:
        """Its media type, in small letters, such as ``text/plain``."""
        return self.headers.get_content_type()

    @property
    def filename(self) -> str:
        """The file name it states; "" if none."""
        return value(self.headers.get_filename() or "")

    @property
    def is_attachment(self) -> bool:
        """Whether it says that it is a file beside the text."""
        return self.headers.get_content_disposition() == "attachment" or bool(self.filename)

    @property
    def charset(self) -> str | None:
        """The charset it declares."""
        declared = self.headers.get_content_charset()
        return str(declared) if declared else None

    def data(self) -> bytes:
        """Its bytes; what cannot be decoded is given as it is."""
        encoding = str(self.headers.get("Content-Transfer-Encoding", "")).strip().lower()
        try:
            if encoding == "base64":
                return _from_base64(self.raw)
            if encoding == "quoted-printable":
                return quopri.decodestring(self.raw)
        except (binascii.Error, ValueError):
            return self.raw
        return self.raw


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:  # its padding is missing
        return binascii.a2b_base64(raw + b"==")


def split(data: bytes) -> tuple["Message[str, str]", bytes]:
    """A message's headers and its body; headers outside ASCII are UTF-8 or of the Baltic page.

    Raises:
        ContainerError: DAMAGED if the headers are longer than any mail's.
    """
    start = _MBOX.match(data)
    data = data[start.end() :] if start else data
    blank = _BLANK.search(data, 0, MOST_HEAD)
    if blank is None and len(data) > MOST_HEAD:
        raise ContainerError(Why.DAMAGED)
    head, body = (data[: blank.start() + 1], data[blank.end() :]) if blank else (data, b"")
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("windows-1257", errors="replace")
    return HeaderParser().parsestr(text.strip("\r\n") + "\n"), body


def parts(headers: "Message[str, str]", body: bytes) -> Iterator[Part]:
    """Every part that is no multipart, in order; those of an alternative marked as such.

    Raises:
        ContainerError: BOMB (``too-deep``, ``too-many-members``) beyond `MOST_NESTED` and `MOST_PARTS`.
    """
    count = 0
    waiting: list[tuple[Message[str, str], bytes, int, bool]] = [(headers, body, 0, False)]
    while waiting:
        head, content, depth, alternative = waiting.pop()
        kind = head.get_content_type()
        boundary = head.get_boundary() if kind.startswith("multipart/") else None
        if boundary is None:
            count += 1
            if count > MOST_PARTS:
                raise ContainerError(Why.BOMB, "too-many-members")
            yield Part(head, content, alternative)
            continue
        if depth >= MOST_NESTED:
            raise ContainerError(Why.BOMB, "too-deep")
        pieces = [split(piece) for piece in _pieces(content, str(boundary))]
        inner = alternative or kind == "multipart/alternative"
        waiting += [(piece_head, piece, depth + 1, inner) for piece_head, piece in reversed(pieces)]


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    mark = re.escape(boundary[:_LONGEST_BOUNDARY].encode("utf-8", errors="replace"))
    found: list[bytes] = []
    start: int | None = None
    for line in re.finditer(rb"(?:\A|\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\r?\Z)", body):
        if start is not None:
            found.append(body[start : line.start()].removesuffix(b"\r"))
            if len(found) > MOST_PARTS:
                raise ContainerError(Why.BOMB, "too-many-members")
        if line[1]:
            return found
        start = line.end() + (2 if body[line.end() : line.end() + 2] == b"\r\n" else 1)
    if start is not None and start < len(body):
        found.append(body[start:])
    return found


def value(raw: object) -> str:
    """A header's value as people read it, on one line."""
    text = str(raw)[:_LONGEST_VALUE]
    if "=?" in text:
        with contextlib.suppress(HeaderParseError, LookupError, ValueError, TypeError):
            text = str(make_header(decode_header(text)))
    return " ".join(text.encode("utf-8", errors="replace").decode("utf-8").split())
