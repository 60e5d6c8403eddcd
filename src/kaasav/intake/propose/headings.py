"""What stands above a paper: who issued it, under which number, on which day; and below, after the signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaasav.intake.propose import dates
from kaasav.intake.propose.dates import Stated
from kaasav.intake.propose.paper import Paper

TOP, BOTTOM = 24, 14
_FORM_WORDS = re.compile(
    r"^(?:(?:KINNITATUD|KEHTESTATUD|VASTU VÕETUD|KOOSKÕLASTATUD|LISA|Kinnitatud|Kehtestatud|Lisa)\s+)+"
)
_LETTER = r"[^\W\d_]"
ISSUER = re.compile(
    rf"\b((?:[A-ZÕÄÖÜŠŽ](?:{_LETTER}|-)+ ){{0,3}}?[A-ZÕÄÖÜŠŽ](?:{_LETTER}|-)* ?"
    r"(?i:vallavolikogu|linnavolikogu|(?:valla |linna )?volikogu|(?:valla|linna)valitsus|vallavanem|"
    r"linnapea))(?i:le|lt|s|st|t)?\b(?!\s+(?i:esimees|liige))"
)
OUTSIDE = re.compile(
    rf"\b((?:MTÜ|SA|OÜ|AS|FIE) [A-ZÕÄÖÜŠŽ„\"“](?:{_LETTER}|[-„\"“” ]){{2,50}}?(?=[,.;:(]|$| on\b| kinnita)"
    rf"|(?:[A-ZÕÄÖÜŠŽ](?:{_LETTER}|-)+ ){{1,3}}(?i:külaselts|selts|ühing|liit|sihtasutus|klubi|"
    r"külakogu|kogukonnakogu|õppekoda|uuringukeskus|koolituskeskus|ülikool))\b"
)
NUMBER = re.compile(r"(?<!\w)nr\.?\s*(?P<number>[\w-]*\d[\w./-]*)", re.IGNORECASE)
_FORM = re.compile(
    r"^(?:.{0,60}\b)?(?:otsus|määrus|korraldus|käskkiri)(?: \(?(?:eelnõu|väljavõte|ärakiri|koopia)\)?)?$", re.IGNORECASE
)
_FORM_DATED = re.compile(r"^(?:.{0,60}\b)?(?:otsus|määrus|korraldus|käskkiri)\b[ ,]*(?=\d|„|nr)", re.IGNORECASE)
_APPROVED = re.compile(
    r"(?:volikogu|valitsus|vanem|linnape).{0,60}?(?:otsus|määrus|korraldus|käskkir)\w*\b|\b(?:otsus|"
    r"määrus|korraldus|käskkir)\w*\s+nr",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"^(?:lisa\b.{0,6}|kinnitatud|kehtestatud|vastu võetud|kooskõlastatud)", re.IGNORECASE)
_OTHER_ACTS = re.compile(r"muutmi|kehtetuks|alusel\b|lähtudes|vastavalt|tulenevalt|muudetud|§", re.IGNORECASE)
_NOISE = re.compile(
    rf"{NUMBER.pattern}|\ba\.?(?=\s|$)|\b(?:kuupäev|aeg|kell \d[\d.:]*|digiallkir\w*|\(kuupäev digiallkirjas\))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Dated:
    """A line that carries a date in a place where papers carry their own."""

    line: str
    found: tuple[Stated, ...]
    number: str = ""
    issuer: str = ""


def act_heading(paper: Paper) -> Iterator[Dated]:
    """``OTSUS`` and the line with place, date and number below it; or both in one line, or the date below the title."""
    for at, line in enumerate(paper.head[:TOP]):
        if _FORM_DATED.match(line) and not _OTHER_ACTS.search(line) and dates.stated(line):
            yield _dated(line, issuer(paper.head[: at + 1]))
            return
        if _FORM.match(line) and len(line) < 80:
            following = paper.head[at + 1 : at + 7]
            for number, below in enumerate(following):
                if is_date_line(below):
                    beside = [one for one in following[max(0, number - 1) : number + 2] if NUMBER.match(one)]
                    yield _dated(" ".join([below, *beside]), issuer(paper.head[: at + 1]))
                    return
            return


def approval(paper: Paper) -> Iterator[Dated]:
    """``Kinnitatud … Volikogu 12. märtsi 2025 määrusega nr 27`` or ``Lisa … otsuse nr 5 juurde`` above a text."""
    head = paper.head[:TOP]
    for at, line in enumerate(head):
        if not _ANNEX.match(line):
            continue
        said = " ".join(head[at : at + 4])
        if _APPROVED.search(said) and not _OTHER_ACTS.search(said):
            found = dates.stated(said)
            if found:
                number = NUMBER.search(said)
                yield Dated(said, (found[0],), _tidy_number(number["number"]) if number else "", issuer([said]))
                return


def date_lines(lines: tuple[str, ...]) -> Iterator[Dated]:
    """Lines that hold a date and hardly anything else: a place, a number."""
    return (_dated(line) for line in lines if is_date_line(line))


def is_date_line(line: str) -> bool:
    """Whether ``line`` holds one date and, beside a number, at most three words."""
    if len(line) > 120:
        return False
    found = dates.stated(line)
    if len(found) != 1 or (AGENDA.match(line) and found[0].start):
        return False
    rest = _NOISE.sub(" ", line[: found[0].start] + " " + line[found[0].end :])
    words = _WORD.findall(rest)
    return len(words) <= MOST_WORDS and not _APPROVED.search(line) and not any(w.casefold() in _PURPOSES for w in words)


AGENDA = re.compile(r"\d{1,2}[.)]\s")
"""How an item of an agenda begins."""
_PURPOSES = frozenset({"tähtaeg", "kuni", "alates", "jõustub", "jõustumine", "sündinud", "muudetud", "prinditud",
                       "trükitud", "teie", "kehtib", "järgmine", "tähtajaks", "hiljemalt", "lõpp", "algus",
                       "salvestatud", "uuendatud", "seisuga", "seis", "seisund", "versioon", "lehekülg"})  # fmt: skip


def issuer(lines: tuple[str, ...] | list[str]) -> str:
    """The council, government or mayor named in ``lines``, written as names are."""
    for line in lines:
        match = ISSUER.search(line) if len(line) <= 200 else None
        if match:
            return as_name(_FORM_WORDS.sub("", match[1]))
    return ""


def whole_line_issuer(lines: tuple[str, ...] | list[str]) -> str:
    """The council, government or mayor that a line of its own names: a letterhead, not a mention."""
    for line in lines:
        match = ISSUER.match(line) if len(line) <= 80 else None
        if match and len(line) - match.end() < 4:
            return as_name(match[1])
    return ""


def outside(lines: tuple[str, ...] | list[str]) -> str:
    """The association, foundation or school named in ``lines``."""
    for line in lines:
        match = OUTSIDE.search(line) if len(line) <= 300 else None
        if match:
            return as_name(match[1].strip(' "„“”'))
    return ""


def as_name(text: str) -> str:
    """``NÄIDISVALLA VOLIKOGU`` → ``Näidisvalla Volikogu``; anything not in capitals stays."""
    tidy = " ".join(text.split())
    if not tidy.isupper():
        return tidy
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), tidy)


def number_in(text: str) -> str:
    """The number after ``nr`` in ``text``, or ""."""
    match = NUMBER.search(text)
    return _tidy_number(match["number"]) if match else ""


def _tidy_number(text: str) -> str:
    return text.rstrip("./-")


def _dated(line: str, who: str = "") -> Dated:
    return Dated(line, tuple(dates.stated(line)), number_in(line), who)
