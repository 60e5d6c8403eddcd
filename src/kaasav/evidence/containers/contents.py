"""What a container holds: plain values, the bytes of a member read only when they are asked for."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from kaasav.evidence.text.pages import Why

MOST_MEMBERS = 10_000
MOST_ATTACHMENTS = 1_000
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes all members of one container may unpack to, together."""
MOST_PARSED = 256 * 1024 * 1024
"""Largest container that has to be read whole (`.ddoc`, `.eml`, `.msg`)."""

Source = bytes | BinaryIO
"""A container's bytes, or a seekable stream of them; a stream must stay open while members are read."""


class ContainerError(Exception):
    """A container that cannot be opened, or a member that cannot be read.

    ``why`` is as for `NoTextError`. ``detail`` is a short code: ``encrypted``, ``damaged``, ``too-large``,
    ``too-deep``, ``too-many-members``, ``zip-bomb``, ``overlap``, ``entities`` or ``no-container``.
    """

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = detail or str(why)


@dataclass(frozen=True, slots=True)
class Member:
    """One inner file.

    Attributes:
        name: as it is shown and referred to: with ``/``, relative, without ``..``, control characters or anything
            else that could lead astray, and different from every other name in the container, whatever the case.
        size: in bytes.
    """

    name: str
    size: int
    reading: Callable[[], bytes] = field(repr=False, compare=False)

    @classmethod
    def of(cls, name: str, data: bytes) -> "Member":
        """A member whose bytes are at hand."""
        return cls(name, len(data), lambda: data)

    @property
    def data(self) -> bytes:
        """Its bytes, exactly ``size`` of them, unpacked anew each time.

        Raises:
            ContainerError: DAMAGED.
        """
        return self.reading()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in the container that is no file to be read; ``why`` is ``symlink``, ``method`` or ``not-inside``."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature or time stamp as it claims to be; nothing is checked.

    Attributes:
        name: of who signed, without any personal code; "" where none is named.
        time: when, as claimed; None where nothing is claimed.
        stamp: whether it is a time stamp, which names no signer.
    """

    name: str
    time: datetime.datetime | None
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """What stands at the head of a mail, and its text."""

    subject: str
    sender: str
    to: tuple[str, ...]
    date: datetime.datetime | None
    body: str

    def text(self) -> str:
        """All of it written out: who, to whom, when, about what, and its text."""
        head = (self.sender, "; ".join(self.to), self.date.isoformat(sep=" ") if self.date else "", self.subject)
        return "\n".join([*(line for line in head if line), "", self.body])


@dataclass(frozen=True, slots=True)
class Contents:
    """One container opened: its members, who claims to have signed it, and the mail it is, if it is one."""

    members: tuple[Member, ...]
    signatures: tuple[Signature, ...] = ()
    mail: Mail | None = None
    skipped: tuple[Skipped, ...] = ()

    def member(self, name: str) -> Member | None:
        """The member of this name, letter for letter (either Unicode form of the same letters)."""
        import unicodedata

        wanted = unicodedata.normalize("NFC", name)
        return next((member for member in self.members if member.name == wanted), None)
