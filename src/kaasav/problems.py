"""Problems are values: what is wrong, where, and what to do about it.

Each room declares its kinds of problem beside the check that finds them::

    UNKNOWN_KEY = error("unknown-key", N_("unknown key “{key}”"), N_("did you mean “{guess}”?"))
    problems.append(UNKNOWN_KEY.at(location, key="titel", guess="title"))

A problem holds no sentence, only its kind and details, so it reads in either language and can be recorded.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kaasav.language import N_, _


class Severity(StrEnum):
    """An error stops the result; a warning is said and changes nothing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: ``line`` and ``column`` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [visible(self.file)]
        if self.line:
            parts += [str(self.line), str(self.column)]
        return ":".join(parts)


NOWHERE = Location("")


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One thing that can be wrong: its code, how bad it is, and its sentences with ``{named}`` details."""

    code: str
    severity: Severity
    text: str
    hint: str

    def at(self, location: Location, *, hint: str | None = None, **details: object) -> "Problem":
        """The problem at ``location``; ``hint`` replaces the usual hint, and "" leaves it out."""
        shown = tuple((name, str(value)) for name, value in details.items())
        return Problem(self, location, shown, self.hint if hint is None else hint)


@dataclass(frozen=True, slots=True)
class Problem:
    """A `ProblemKind` found at a place, with the details its sentences name."""

    kind: ProblemKind
    location: Location
    details: tuple[tuple[str, str], ...] = field(default=())
    hint_text: str = ""

    @property
    def code(self) -> str:
        """The kind's code, such as ``unknown-key``."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """The kind's severity."""
        return self.kind.severity

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        return self._fill(self.kind.text)

    @property
    def hint(self) -> str:
        """What to do, in the language in use; "" where nothing sensible can be said."""
        return self._fill(self.hint_text) if self.hint_text else ""

    def _fill(self, sentence: str) -> str:
        return _(sentence).format_map({name: visible(_word(name, value)) for name, value in self.details})

    def as_data(self) -> dict[str, object]:
        """Plain data for ``--json``: code, severity, file, line, column, message, hint."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "message": self.message,
            "hint": self.hint,
        }


DID_YOU_MEAN = N_("did you mean “{guess}”?")
"""The hint where a near name is known; its detail is ``guess``."""

KINDS: dict[str, ProblemKind] = {}
WORDS: dict[str, str] = {}
"""What a code stands for, where a detail's name ends in ``_word``: the detail keeps the code, people read the words."""


def _word(name: str, value: str) -> str:
    return _(WORDS[value]) if name.endswith("_word") and value in WORDS else value


def _declare(code: str, severity: Severity, text: str, hint: str) -> ProblemKind:
    if code in KINDS:
        raise ValueError(f"problem code declared twice: {code}")
    KINDS[code] = ProblemKind(code, severity, text, hint)
    return KINDS[code]


def error(code: str, text: str, hint: str = "") -> ProblemKind:
    """Declare a kind of problem that leaves no result; mark both sentences with `N_`."""
    return _declare(code, Severity.ERROR, text, hint)


def warning(code: str, text: str, hint: str = "") -> ProblemKind:
    """Declare a kind of problem that is said and changes no exit code."""
    return _declare(code, Severity.WARNING, text, hint)


class Refused(Exception):
    """Input that cannot be worked with at all; carries every problem found (exit code 1)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("; ".join(f"{p.location}: {p.code}" for p in self.problems))


class Misused(Refused):
    """The command line itself asks for nothing that could be done (exit code 2)."""


class Forbidden(Refused):
    """A rule forbids it, or something a person decided would be overwritten (exit code 4)."""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of ``problems`` is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by file and place; the same problem at the same place once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.severity is not Severity.ERROR, p.location, p.code, p.details)))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``word`` was probably meant to be, or None."""
    import difflib

    by_folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def visible(text: str) -> str:
    r"""``text`` with control, bidi and other invisible characters written as ``\u{…}``, so none acts on a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else f"\\u{{{ord(c):x}}}" for c in text)
