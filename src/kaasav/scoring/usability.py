"""Whether one use of one item stands: usable, open, or unusable, with every reason."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from kaasav.catalogue.model import EvidenceKind, LevelCriterion, Timing
from kaasav.dates import months_back
from kaasav.evidence.facts import Facts, Finding, Place, Sighting, State
from kaasav.language import N_
from kaasav.problems import NOWHERE, WORDS, Problem, ProblemKind, warning
from kaasav.scoring.case import Case, Item, Use

CHECKED_WITHIN_MONTHS = 12

MISSING = warning("evidence-missing", N_("the file is not in the folder"), N_("add it, or strike the item"))
OTHER_CASE = warning(
    "evidence-other-case",
    N_("a file of this name is in the folder, but written with other capital or small letters"),
    N_("write the name exactly as it is; other systems tell the letters apart"),
)
ERASED = warning("evidence-erased", N_("the file was erased lawfully; only its hash is left"))
NOT_INSIDE = warning(
    "evidence-not-inside",
    N_("the container holds no file of this name"),
    N_("write the name exactly as the container shows it"),
)
NO_CONTAINER = warning(
    "evidence-no-container",
    N_("“inside” names a file in a container, but this file is none"),
    N_("strike “inside”, or name the container"),
)
EMPTY = warning("evidence-empty", N_("the file is empty (0 bytes)"), N_("ask for it again"))
ENCRYPTED = warning("evidence-encrypted", N_("the file is encrypted"), N_("ask for it without a password"))
UNREADABLE = warning("evidence-unreadable", N_("the file cannot be read ({why_word})"), N_("ask for it again"))
MISLABELLED = warning(
    "evidence-mislabelled",
    N_("the name says {ending}, but the content is {content}"),
    N_("ask for it again, rightly named"),
)
UNSAFE = warning(
    "evidence-unsafe",
    N_("the path does not lead to a plain file inside the folder: {why_word}"),
    N_("put the file itself into the folder “evidence”"),
)
NO_CAPTURE = warning("evidence-no-capture", N_("a link without a stored capture"), N_("save the page as a file"))
NOT_ACCEPTED_KIND = warning(
    "evidence-kind-not-accepted", N_("{criterion} does not accept evidence of the kind “{kind}”")
)
DATED_LATER = warning("evidence-dated-later", N_("dated {date}, after {day}, the day it is judged at"))
NOT_IN_FORCE = warning("evidence-not-in-force", N_("in force {from_} to {to}, so not on {day}"))
TOO_OLD = warning("evidence-too-old", N_("dated {date}; for {criterion} it must not be older than {oldest}"))
NOT_FOUND = warning(
    "passage-not-found", N_("the passage is not in the file: “{passage}”"), N_("quote it word for word from the file")
)
ELSEWHERE = warning(
    "passage-elsewhere", N_("not on page {page} but on page {pages}: “{passage}”"), N_("correct the page")
)
NO_SUCH_PAGE = warning("no-such-page", N_("the file has no page {page}"), N_("correct the page"))
NO_DATE = warning("evidence-no-date", N_("it has no date, so its age cannot be judged"), N_("write its date"))
FORCE_UNKNOWN = warning(
    "evidence-force-unknown",
    N_("nothing says that the act is in force on {day}"),
    N_("write in_force, or its date and when an assessor checked it (checked_on)"),
)
NO_PLACE = warning(
    "evidence-no-place",
    N_("it is not said where in the file this is shown"),
    N_("name a passage or page, or write “whole: true”"),
)
UNSEARCHABLE = warning(
    "evidence-unsearchable",
    N_("no program can search this file ({type})"),
    N_("an assessor looks at it and writes “seen”: by whom, when, where"),
)
PAGE_UNCHECKABLE = warning(
    "page-uncheckable",
    N_("page {page} cannot be looked up by a program in this file ({type})"),
    N_("leave the page out, or an assessor looks at it and writes “seen”"),
)

WORDS.update(
    {
        "absolute": N_("an absolute path"),
        "drive": N_("a drive letter"),
        "parent": N_("it leads upwards with “..”"),
        "backslash": N_("a backslash; write /"),
        "nul": N_("a character no file name can have"),
        "symlink": N_("a link that leads elsewhere"),
        "directory": N_("a folder"),
        "fifo": N_("a pipe, no file"),
        "socket": N_("a socket, no file"),
        "device": N_("a device, no file"),
        "zip-bomb": N_("unpacked it would be huge"),
        "entities": N_("it holds declarations no honest file of this kind has"),
        "permission": N_("no permission"),
        "changed": N_("it changed while being read"),
        "io": N_("the disk or network reported an error"),
        "damaged": N_("damaged"),
        "truncated": N_("its end is missing"),
        "no-pages": N_("it has no pages"),
        "too-large": N_("it is too large to be opened"),
        "too-deep": N_("too many containers lie one in another"),
        "too-many-members": N_("it holds too many files"),
        "overlap": N_("its inner files share the same bytes, as no honest archive’s do"),
    }
)
_STATES = {
    State.MISSING: MISSING,
    State.EMPTY: EMPTY,
    State.ENCRYPTED: ENCRYPTED,
    State.UNREADABLE: UNREADABLE,
    State.MISLABELLED: MISLABELLED,
    State.UNSAFE: UNSAFE,
    State.NO_CAPTURE: NO_CAPTURE,
}
_GONE = {"case": OTHER_CASE, "erased": ERASED, "not-inside": NOT_INSIDE, "no-container": NO_CONTAINER}
_OPEN = frozenset({NO_DATE, FORCE_UNKNOWN, NO_PLACE, UNSEARCHABLE, PAGE_UNCHECKABLE})


class Check(StrEnum):
    """What the file and its dates say about a use, before any person's verdict."""

    USABLE = "usable"
    OPEN = "open"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of one use and its reasons; a usable one has none."""

    check: Check
    reasons: tuple[Problem, ...] = ()


def check(use: Use, case: Case) -> Checked:
    """Judge one use on its file, its kind, its dates and its places; the worst reason decides."""
    item = case.items[use.item]
    criterion = case.catalogue.by_id[use.criterion]
    kind = case.catalogue.kinds[item.kind]
    if not isinstance(criterion, LevelCriterion):
        raise TypeError(f"{criterion.id} takes no evidence")
    reasons: list[Problem] = []
    if item.facts.state is not State.OK:
        reasons.append(_stated(item.facts))
    if item.kind not in criterion.evidence.accepts:
        reasons.append(NOT_ACCEPTED_KIND.at(NOWHERE, criterion=criterion.id, kind=item.kind))
    day = case.judged_at(item)
    reasons += in_force(item, day) if kind.timing is Timing.ACT else age(item, kind, criterion, day)
    if item.facts.state is State.OK:
        reasons += _places(use, item)
    kinds: set[ProblemKind] = {reason.kind for reason in reasons}
    if kinds - _OPEN:
        return Checked(Check.UNUSABLE, tuple(reasons))
    return Checked(Check.OPEN if kinds else Check.USABLE, tuple(reasons))


def _stated(facts: Facts) -> Problem:
    """Why a file cannot be used at all, from the short code the look at it left."""
    if facts.state is State.MISSING and facts.detail in _GONE:
        return _GONE[facts.detail].at(NOWHERE)
    kind = _STATES[facts.state]
    if facts.state is State.MISLABELLED:
        ending, _dash, content = facts.detail.removeprefix("ending-").partition("-content-")
        return kind.at(NOWHERE, ending=ending, content=content)
    return kind.at(NOWHERE, why_word=facts.detail) if facts.detail else kind.at(NOWHERE)


def in_force(item: Item, day: datetime.date) -> list[Problem]:
    """An act does not age, but must be in force on ``day``; both ends of its time in force count."""
    if item.date is not None and item.date > day:
        return [DATED_LATER.at(NOWHERE, date=item.date, day=day)]
    if item.in_force is not None:
        start, end = item.in_force
        if start <= day and (end is None or day <= end):
            return []
        return [NOT_IN_FORCE.at(NOWHERE, from_=start, to=end or "…", day=day)]
    checked = item.checked_on is not None and item.checked_on >= months_back(day, CHECKED_WITHIN_MONTHS)
    if item.date is not None and checked:
        return []
    return [FORCE_UNKNOWN.at(NOWHERE, day=day)]


def age(item: Item, kind: EvidenceKind, criterion: LevelCriterion, day: datetime.date) -> list[Problem]:
    """An event or snapshot must not be older than the shorter of its kind's and the criterion's limit."""
    if item.date is None:
        return [NO_DATE.at(NOWHERE)]
    if item.date > day:
        return [DATED_LATER.at(NOWHERE, date=item.date, day=day)]
    limits = [m for m in (kind.max_age_months, criterion.evidence.max_age_months) if m is not None]
    if limits and item.date < (oldest := months_back(day, min(limits))):
        return [TOO_OLD.at(NOWHERE, date=item.date, oldest=oldest, criterion=criterion.id)]
    return []


def _places(use: Use, item: Item) -> list[Problem]:
    if not use.places:
        return [NO_PLACE.at(NOWHERE)]
    return [reason for place, sighting in use.places if (reason := _place(place, sighting, item, use.seen)) is not None]


def _place(place: Place, sighting: Sighting, item: Item, seen: bool) -> Problem | None:
    match sighting.finding:
        case Finding.NOT_FOUND if place.passage is None:
            return NO_SUCH_PAGE.at(NOWHERE, page=place.page)
        case Finding.NOT_FOUND:
            return NOT_FOUND.at(NOWHERE, passage=place.passage)
        case Finding.ELSEWHERE:
            pages = ", ".join(map(str, sighting.pages))
            return ELSEWHERE.at(NOWHERE, passage=place.passage, page=place.page, pages=pages)
        case Finding.UNSEARCHABLE if seen:
            return None
        case Finding.UNSEARCHABLE if item.facts.searchable and place.page is not None:
            return PAGE_UNCHECKABLE.at(NOWHERE, page=place.page, type=item.facts.type)
        case Finding.UNSEARCHABLE:
            return UNSEARCHABLE.at(NOWHERE, type=item.facts.type)
    return None
