"""What reading a file gives: its text page by page, or the reason why there is none."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

MOST_PAGES = 5_000
MOST_CHARACTERS = 30_000_000

_ISO_DATE = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Pages:
    """The text of one file.

    Attributes:
        texts: one text per page of a PDF or visible sheet of a workbook; exactly one for formats without fixed pages.
        paged: whether ``texts`` are pages people can turn to.
        created: the date the file itself states, if any.
        blind: pages (from 1) on which something stands that cannot be read as text: a picture of a page, a formula
            that was never calculated. What is not found may stand there.
        searchable: False where it is all pictures, such as a scan.
    """

    texts: tuple[str, ...]
    paged: bool
    created: datetime.date | None = None
    blind: frozenset[int] = frozenset()
    searchable: bool = True


class Why(StrEnum):
    """Why a file gives no text."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "bomb"
    TOO_LARGE = "too-large"


class NoTextError(Exception):
    """A file that gives no text.

    ``why`` ENCRYPTED needs a password; DAMAGED breaks its format's rules; BOMB would unpack into far more than it is,
    or declares entities; TOO_LARGE is honest but beyond the bounds. ``detail`` is a short code.
    """

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = detail or str(why)


class Gathered:
    """Pieces of text gathered up to a bound: raises `NoTextError` (TOO_LARGE) beyond `MOST_CHARACTERS`."""

    def __init__(self) -> None:
        self._size = 0

    def count(self, text: str) -> str:
        """``text`` itself, counted."""
        self._size += len(text)
        if self._size > MOST_CHARACTERS:
            raise NoTextError(Why.TOO_LARGE)
        return text


def iso_date(text: str) -> datetime.date | None:
    """The date that ``text`` starts with (``2026-03-12…``, as in W3C-DTF and ISO 8601), or None."""
    found = _ISO_DATE.match(text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
