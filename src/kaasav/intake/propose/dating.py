"""The date of a paper, by rules: nothing is proposed unless exactly one day stands where such a paper has its own."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaasav.catalogue.model import Timing
from kaasav.intake.propose import dates, headings, teataja
from kaasav.intake.propose.dates import Doubt, Stated
from kaasav.intake.propose.paper import Paper
from kaasav.intake.propose.value import Proposed, shortened
from kaasav.language import N_, _

SURE, LIKELY, PERHAPS = 3, 2, 1

_EVENT_LABEL = re.compile(
    r"^(?:kuupäev|koosoleku (?:toimumise )?(?:aeg|kuupäev)|(?:ürituse |arutelu |kohtumise |"
        r"intervjuu )?toimumis(?:e )?aeg|toimumise kuupäev|"
    r"aeg(?: ja koht)?|aeg, koht|toimus|intervjuu kuupäev|kohtumise aeg|väljastatud|välja antud|"
        r"väljastamise kuupäev|koostatud|koostamise kuupäev|avaldatud|ilmunud|"
    r"sõlmitud|saadetud|sent|date|pildistatud|filmitud)\b\s*[:–-]?\s*(?P<rest>.{4,120})$", re.IGNORECASE)  # fmt: skip
_SNAPSHOT_LABEL = re.compile(
    r"(?:\bseisuga|\bseis(?:und)?\b|salvesta\w*|väljavõ\w*(?: tehtud| kuupäev)?|"
        r"kuvatõmmis(?: tehtud)?|ekraanitõmmis(?: tehtud)?|vaadatud|captured?(?: on)?)"
    r"\s*[:–-]?\s*\(?(?P<rest>.{4,40})", re.IGNORECASE)  # fmt: skip
_OURS = re.compile(r"\bmeie:?\s+(?P<rest>\d.{5,40})", re.IGNORECASE)
_THEIRS = re.compile(r"\bteie:?\s+\d.{5,22}?(?=\s(?:nr|meie)|$)", re.IGNORECASE)
_TITLE = re.compile(
    r"protokoll|memo\b|kinnitus|tunnistus|kokkuvõte|aruanne|märkmed|intervjuu|koosole|kohtumi|arutelu", re.IGNORECASE
)
_NOT_ITS_OWN = re.compile(
    r"tähtaeg|eelmi|kinnitami|muudetu|uuendat|kuni\b|alates|jõustu|sündinud|muutmi|otsuse|määruse|korralduse|järgmi|periood|vastavalt|alusel|teie\b",
    re.IGNORECASE,
)
_SCAN = re.compile(r"scan|skann|skänn", re.IGNORECASE)
_NAME_DOUBT = {
    Doubt.SHORT_YEAR: N_("“{text}” may be read in more than one way: the year has two digits"),
    Doubt.ORDER: N_("“{text}” may be read in more than one way: which is the day, which the month?"),
    Doubt.RANGE: N_("“{text}” is part of a span of days"),
    Doubt.MONTH: N_("“{text}” names no day"),
    Doubt.IMPOSSIBLE: N_("“{text}” is no day of the calendar"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day (or a doubtful writing of one), how strongly its place makes it the paper's own, and that place."""

    strength: int
    found: Stated
    reason: str


def propose(paper: Paper, timing: Timing | None, kind: str) -> Proposed:
    """The date of ``paper``, whose kind (and the timing of that kind) are as proposed; ISO form."""
    candidates = list(_candidates(paper, timing, kind))
    others = _hints(paper)
    if not candidates:
        return Proposed("", _("no date stands where such a paper has its own"), others)
    strongest = max(one.strength for one in candidates)
    top = [one for one in candidates if one.strength == strongest]
    days = {one.found.day for one in top if one.found.day}
    listed = tuple(dict.fromkeys(_written(one) for one in candidates))
    if len(days) > 1:
        return Proposed(
            "", _("several dates, and no rule says which is meant: {dates}").format(dates=", ".join(listed)), listed
        )
    if not days:
        doubt = top[0].found
        return Proposed("", _(_NAME_DOUBT[doubt.doubt]).format(text=doubt.text), (*listed, *others))
    day = next(one.found.day for one in top if one.found.day)
    against = _against(paper, day, strongest, candidates)
    if against:
        return Proposed("", against, listed)
    chosen = next(one for one in top if one.found.day == day)
    rest = tuple(text for text in (*listed, *others) if text != day.isoformat())
    return Proposed(day.isoformat(), chosen.reason, tuple(dict.fromkeys(rest)))


def _against(paper: Paper, day: datetime.date, strength: int, candidates: list[Candidate]) -> str:
    """Why a day found by a weaker rule is not believed: something else in the paper says otherwise."""
    if strength >= SURE:
        return ""
    named = {one.day for one in dates.in_name(paper.stem) if one.day}
    if strength == LIKELY and named and day not in named:
        both = ", ".join(sorted(one.isoformat() for one in {*named, day}))
        return _("its name and its text name different days: {dates}").format(dates=both)
    if strength == PERHAPS and paper.lines:
        written = {one.day for line in paper.lines for one in dates.stated(line) if one.day}
        if written and day not in written:
            shown = ", ".join(sorted(one.isoformat() for one in {*written, day})[:5])
            return _("its name and its text name different days: {dates}").format(dates=shown)
    return ""


def _candidates(paper: Paper, timing: Timing | None, kind: str) -> Iterator[Candidate]:
    if paper.mail is not None:
        if paper.mail.date is not None:
            yield _known(paper.mail.date, SURE, _("from the mail’s own header"))
        return
    if timing is Timing.SNAPSHOT:
        yield from _of_snapshot(paper)
    elif kind not in _PICTURED:  # what stands in a picture is not when it was taken
        yield from _of_text(paper, timing, kind)
    if not _SCAN.search(paper.name):
        for one in dates.in_name(paper.stem):
            yield Candidate(PERHAPS, one, _("from the name: “{text}”").format(text=one.text))


def _of_snapshot(paper: Paper) -> Iterator[Candidate]:
    """When something was looked at: the dates it tells of are not its own."""
    if paper.saved_on is not None:
        yield _known(paper.saved_on, SURE, _("the page was saved on this day, says the file"))
    for line in (*paper.head, *paper.lines[-headings.BOTTOM :]):
        match = _SNAPSHOT_LABEL.search(line)
        for one in dates.stated(match["rest"])[:1] if match else ():
            if one.start <= 24:
                yield Candidate(SURE, one, _quoted(line))


def _of_text(paper: Paper, timing: Timing | None, kind: str) -> Iterator[Candidate]:
    act = teataja.read(paper.lines)
    if act is not None:
        if act.adopted is not None:
            yield _known(act.adopted, SURE, _quoted(act.adopted_line))
        return
    for dated in (*headings.act_heading(paper), *headings.approval(paper)):
        yield from (Candidate(SURE, one, _quoted(dated.line)) for one in dated.found)
    for at, line in enumerate(paper.head):
        ours = _OURS.search(line)
        if ours:
            yield from (Candidate(SURE, one, _quoted(line)) for one in dates.stated(ours["rest"])[:1])
            continue
        labelled = _EVENT_LABEL.match(line)
        if labelled:
            yield from (Candidate(SURE, one, _quoted(line)) for one in _labelled(labelled["rest"]))
        elif line.rstrip(":").casefold() in ("kuupäev", "aeg", "toimumise aeg", "date") and at + 1 < len(paper.head):
            below = paper.head[at + 1]
            yield from (Candidate(SURE, one, _quoted(f"{line} {below}")) for one in dates.stated(below)[:1])
        elif at < headings.TOP and not _THEIRS.search(line) and not _NOT_ITS_OWN.search(line):
            titled = at < 8 and len(line) <= 120 and _TITLE.search(line) and not headings.AGENDA.match(line)
            if titled or headings.is_date_line(line):
                yield from (Candidate(LIKELY, one, _quoted(line)) for one in dates.stated(line))
    if kind not in _SIGNED_LATER:
        bottom = paper.lines[max(headings.TOP, len(paper.lines) - headings.BOTTOM) :]
        if len(paper.lines) <= headings.TOP:
            bottom = ()
        for dated in headings.date_lines(bottom):
            yield from (Candidate(PERHAPS, one, _quoted(dated.line)) for one in dated.found)


_PICTURED = frozenset({"foto", "video"})
_SIGNED_LATER = frozenset({"protokoll", "intervjuu_markmed", "foto", "video", "koolitustunnistus"})
"""What happened on a day and is often signed on another."""


def _labelled(rest: str) -> list[Stated]:
    """The date a label names: the one directly behind it, else all of them, where none is of something else."""
    found = dates.stated(rest)
    if found and found[0].start <= 2:
        return found[:1]
    return [] if _NOT_ITS_OWN.search(rest) else found


def _hints(paper: Paper) -> tuple[str, ...]:
    hints = []
    if paper.created is not None:
        hints.append(_("{day} (the file’s own properties)").format(day=paper.created))
    hints += [_("{day} (a signature, not checked)").format(day=day) for day in paper.signed_on]
    return tuple(dict.fromkeys(hints))


def _known(day: datetime.date, strength: int, reason: str) -> Candidate:
    return Candidate(strength, Stated(day.isoformat(), 0, 0, day), reason)


def _quoted(line: str) -> str:
    return _("from the text: “{text}”").format(text=shortened(line, 100))


def _written(one: Candidate) -> str:
    return one.found.day.isoformat() if one.found.day else one.found.text
