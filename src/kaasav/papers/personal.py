"""Personal data in a text: personal codes, markings of restricted access, lists of people. Pure.

Nothing personal leaves here whole: codes are masked, and of a list only the number of people is told.

A list of people is a text in which at least `FEWEST_PEOPLE` different people stand with a phone number, an e-mail
address or a date of birth of their own: in the same line, or in one of the three lines after the name and before the
next name (tables of Word documents give every cell a line). A name is two or three capitalised words that are no
words of offices and places.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from kaasav.language import N_
from kaasav.papers import isikukood
from kaasav.problems import Location, Problem, warning

FEWEST_PEOPLE = 5
MOST_FINDINGS = 100
"""So many findings of one kind are told of one text; more change nothing."""
_LONGEST_LINE = 2_000

PERSONAL_CODE = warning(
    "paper-personal-code",
    N_("it holds {count} personal codes, the first in line {line}: {shown}"),
    N_("is the paper needed as it is? ask for one without the codes, or erase it: kaasav evidence erase"),
)
RESTRICTED = warning(
    "paper-restricted",
    N_("it is marked as of restricted access: “{shown}” (line {line})"),
    N_("ask whether it may be handed in at all; if not, erase it: kaasav evidence erase"),
)
PEOPLE = warning(
    "paper-people",
    N_("it looks like a list of people: {shown} names with phone, e-mail or date of birth, from line {line} on"),
    N_("is the list needed? a number of people often proves as much"),
)


class Kind(StrEnum):
    """What was found."""

    PERSONAL_CODE = "personal-code"
    RESTRICTED = "restricted"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, its line (from 1), and what may be shown of it.

    ``shown`` is a masked code, which marking it is, or the number of people.
    """

    kind: Kind
    line: int
    shown: str


def findings(text: str) -> tuple[Finding, ...]:
    """Every personal code, marking and list of people in ``text``, by line; at most `MOST_FINDINGS` of a kind."""
    found: list[Finding] = []
    for kind in (_codes, _markings, _lists):
        found += islice(kind(text), MOST_FINDINGS)
    return tuple(sorted(found, key=lambda one: (one.line, one.kind)))


def warnings(found: Iterable[Finding], place: Location) -> Iterator[Problem]:
    """``found`` as problems at ``place``: one of each kind, the first with its line and how many there are."""
    by_kind: dict[Kind, list[Finding]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, problem in (
        (Kind.PERSONAL_CODE, PERSONAL_CODE),
        (Kind.RESTRICTED, RESTRICTED),
        (Kind.PEOPLE, PEOPLE),
    ):
        if kind in by_kind:
            first = by_kind[kind][0]
            yield problem.at(place, count=len(by_kind[kind]), line=first.line, shown=first.shown)


_ACCESS = r"(?:juurdepääsu\s?piirang|juurdepääs\s+(?:on\s+)?piiratud)"
_MARKINGS = (  # a word that must be there, the pattern, and what is told: never what stands around a marking
    (
        "kasutamiseks",
        re.compile(r"\basutuse\s?siseseks\s+kasutamiseks\b", re.IGNORECASE),
        "asutusesiseseks kasutamiseks",
    ),
    (
        "juurdepääs",
        re.compile(
            rf"\b{_ACCESS}\w*+(?![^\S\n]*(?:[:–-][^\S\n]*)?(?:puudub|puuduvad|avalik|ei\s+ole|pole|-\s*$))",
            re.IGNORECASE | re.MULTILINE,
        ),
        "juurdepääsupiirang",
    ),
    (
        "ak",
        re.compile(
            r"^[^\S\n]*+[\[(]?AK[\])]?[^\S\n]*$|\bAK\b(?=[^\S\n]+(?:kuni\b|märge\b|AvTS\b|§))|(?<=[Mm]ärge: )AK\b",
            re.MULTILINE,
        ),
        "AK",
    ),
)


def _codes(text: str) -> Iterator[Finding]:
    lines = _Lines(text)
    for match in isikukood.found(text):
        yield Finding(Kind.PERSONAL_CODE, lines.of(match.start()), isikukood.masked(match[0]))


def _markings(text: str) -> Iterator[Finding]:
    folded = text.casefold()
    for word, pattern, told in _MARKINGS:
        lines = _Lines(text)
        for match in pattern.finditer(text) if word in folded else ():
            yield Finding(Kind.RESTRICTED, lines.of(match.start()), told)


class _Lines:
    """The line of a position, asked for in ascending order."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def of(self, position: int) -> int:
        self._line += self._text.count("\n", self._at, position)
        self._at = position
        return self._line


_UPPER, _LOWER = "A-ZÄÖÜÕŠŽ", "a-zäöüõšž"
_PART = rf"[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?"
_NAME = re.compile(rf"\b{_PART}(?:[^\S\n]{_PART}|[^\S\n]?[\t;,|][^\S\n]?{_PART}){{1,2}}\b")
_NO_NAME = re.compile(
    r"(?:vald|valla|vallavalitsus|vallavolikogu|linn|linna|linnavalitsus|linnavolikogu|küla|alevik|maakond|maakonna|"
    r"selts|seltsing|ühing|mtü|sihtasutus|kogu|kogukonnakogu|kool|raamatukogu|rahvamaja|keskus|tänav|maantee|nimi|"
    r"telefon|tel|e-post|meil|eesti|eesnimi|perenimi|perekonnanimi|amet|aadress|sünniaeg|isikukood|osaleja)",
    re.IGNORECASE,
)
_BORN = r"(?:19\d\d|200\d|201[0-2])"  # later dates in a paper are of what happened, not of who was born
_MAIL = re.compile(r"[\w+-]@[\w-]{1,63}\.\w\w")
_DIGITS = re.compile(r"[+0-9][0-9 .-]{6,40}")
_PHONE_OR_BIRTH = re.compile(
    r"(?<![\d.])(?:\+372[ -]?)?[3-8](?:\d{2}[ -]?\d{4}|\d{3}[ -]?\d{3,4})(?![\d.])"
    rf"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.{_BORN}(?!\d)"
    rf"|(?<!\d){_BORN}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_REACH = 3


def _lists(text: str) -> Iterator[Finding]:
    lines = text.split("\n")
    contacts = [number for number, line in enumerate(lines) if _has_contact(line[:_LONGEST_LINE])]
    if len(contacts) < FEWEST_PEOPLE:
        return
    people: dict[str, int] = {}
    before = -1
    for number in contacts:
        for above in range(number, max(before, number - _REACH - 1), -1):  # a name with a contact already is taken
            names = _names(lines[above][:_LONGEST_LINE])
            if names:
                people.setdefault(names[-1], above + 1)
                break
        before = number
    if len(people) >= FEWEST_PEOPLE:
        yield Finding(Kind.PEOPLE, min(people.values()), str(len(people)))


def _has_contact(line: str) -> bool:
    if "@" in line and _MAIL.search(line):
        return True
    return any(map(_PHONE_OR_BIRTH.search, _DIGITS.findall(line)))


def _names(line: str) -> list[str]:
    found = []
    for match in _NAME.finditer(line):
        words = re.split(r"[\s;,|]+", match[0])
        if not any(_NO_NAME.fullmatch(word) for word in words):
            found.append(" ".join(words))
    return found
