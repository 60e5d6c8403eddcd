"""What looking at a file can tell: plain values, recorded so that a result can be recomputed without the file."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether a file can stand as evidence at all."""

    OK = "ok"
    MISSING = "missing"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    MISLABELLED = "mislabelled"
    UNSAFE = "unsafe"
    NO_CAPTURE = "no-capture"


class Finding(StrEnum):
    """What became of one place an item points to."""

    FOUND = "found"
    ELSEWHERE = "elsewhere"
    NOT_FOUND = "not-found"
    UNSEARCHABLE = "unsearchable"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is shown: a quoted passage, a page (from 1), or both; neither means the whole file."""

    passage: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One `Place` looked for: the finding, and the pages the passage really stands on (if there are pages)."""

    finding: Finding
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One file as it was found.

    Attributes:
        state: whether it can be used at all.
        detail: why not, as a short code such as ``symlink`` or ``ending-pdf-content-docx``; "" if it can.
        sha256: of its bytes, hexadecimal; None if there are none to read.
        size: in bytes.
        type: by content, such as ``pdf`` or ``jpeg``; ``unknown`` where nothing recognises it.
        pages: pages of a PDF, sheets of a workbook; None where the format has no fixed pages.
        searchable: whether it holds text a passage can be looked for in.
        created: the date the file itself states, if any.
    """

    state: State
    detail: str = ""
    sha256: str | None = None
    size: int | None = None
    type: str = "unknown"
    pages: int | None = None
    searchable: bool = False
    created: datetime.date | None = None


class UnreachedError(Exception):
    """A file cannot be got at: the state and detail that say why."""

    def __init__(self, state: State, detail: str) -> None:
        super().__init__(state, detail)
        self.state, self.detail = state, detail
