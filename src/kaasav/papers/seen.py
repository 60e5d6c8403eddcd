"""An assessor has looked at what no program can search, and that is written into the list."""

import datetime
from dataclasses import dataclass
from functools import partial

from kaasav.assessment.case import look_at, places
from kaasav.assessment.checks.evidence import NOT_AN_ASSESSOR
from kaasav.assessment.evidence_list import ItemText
from kaasav.evidence import filetype
from kaasav.evidence.facts import Facts, Finding, State
from kaasav.evidence.look import look
from kaasav.evidence.passage import Searchable
from kaasav.language import N_
from kaasav.papers.change import DID_YOU_MEAN, Listed
from kaasav.papers.insertion import inserted
from kaasav.papers.opened import bytes_of
from kaasav.problems import NOWHERE, WORDS, Forbidden, Location, Problem, Refused, closest, error, visible, warning

LONGEST_WHERE = 1_000

NOT_USED = error("seen-not-used", N_("“{item}” is not used for “{criterion}”"), N_("it is used for: {known}"))
NO_WHERE = error(
    "seen-no-where",
    N_("it is not said where in the file it was seen"),
    N_("write --where, such as “page 2, first paragraph”, in at most {limit} characters"),
)
AFTER_CLOSING = error(
    "seen-after-closing", N_("{on} lies after the round’s closing date {closing}"), N_("correct the date")
)
SEEN_ALREADY = error(
    "seen-already",
    N_("{by} has confirmed this on {on} already, and that is not overwritten"),
    N_("if that is wrong, its author corrects it in the file"),
)
NOTHING_TO_SEE = error(
    "seen-nothing-there", N_("the file cannot be looked at: {state_word}"), N_("put the file right first: kaasav check")
)
NOT_NEEDED = warning(
    "seen-not-needed",
    N_("a program can search this place, so what it finds decides; the confirmation changes nothing"),
    N_("correct the passage or page instead, if it is not found"),
)
NO_PLACE = warning(
    "seen-no-place",
    N_("the use names no place, so it stays open in spite of the confirmation"),
    N_("write a passage, a page or “whole: true” into it"),
)
WORDS.update(
    {
        "state-missing": N_("it is not there"),
        "state-empty": N_("it is empty"),
        "state-encrypted": N_("it is encrypted"),
        "state-unreadable": N_("it cannot be read"),
        "state-mislabelled": N_("its name says another type than its content"),
        "state-unsafe": N_("the path or the file is not safe to open"),
        "state-no-capture": N_("it is a link without a stored capture"),
    }
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was written, or stood there already in the same words (``again``); and warnings."""

    place: Location
    facts: Facts
    again: bool
    problems: tuple[Problem, ...]


def confirm_seen(own: Listed, item_id: str, criterion: str, *, by: str, on: datetime.date, where: str) -> Confirmed:
    """Write into the use of ``item_id`` for ``criterion`` that ``by`` has seen it on the day ``on`` at ``where``.

    Raises:
        Refused: the item, use or person is not known; no place is named; the file cannot be looked at.
        Forbidden: the person is no assessor of the round; the day is after the closing date; somebody has confirmed
            it already in other words.
    """
    index, item = own.item(item_id)
    number = _use(own, index, item, criterion)
    path = ("items", index, "uses", number)
    place = own.document.at(*path)
    where = visible(" ".join(where.split()))
    if not where or len(where) > LONGEST_WHERE:
        raise Refused([NO_WHERE.at(NOWHERE, limit=LONGEST_WHERE)])
    own.person(by)
    assessors = own.submission.round.with_role("assessor")
    if by not in assessors:
        raise Forbidden([NOT_AN_ASSESSOR.at(NOWHERE, person=by, known=", ".join(assessors))])
    closing = own.submission.round.closing_date
    if on > closing:
        raise Forbidden([AFTER_CLOSING.at(NOWHERE, on=on, closing=closing)])
    looked = look_at(item, partial(look, own.folder))
    seen = item.uses[number].seen
    if seen is not None:
        if (seen.by, seen.on, seen.where) != (by, on, where):
            raise Forbidden([SEEN_ALREADY.at(own.document.at(*path, "seen"), by=seen.by, on=seen.on)])
        return Confirmed(place, looked.facts, True, ())
    if looked.facts.state is not State.OK:
        raise Refused([NOTHING_TO_SEE.at(place, state_word=f"state-{looked.facts.state}")])
    value = {"by": by, "on": on.isoformat(), "where": where}
    own.write(lambda document: inserted(document, path, "seen", value))
    if not places(item.uses[number]):
        return Confirmed(place, looked.facts, False, (NO_PLACE.at(place),))
    open_ = any(sighting.finding is Finding.UNSEARCHABLE for sighting in looked.sightings[number])
    return Confirmed(place, looked.facts, False, () if open_ else (NOT_NEEDED.at(place),))


def _use(own: Listed, index: int, item: ItemText, criterion: str) -> int:
    number = next((n for n, use in enumerate(item.uses) if use.criterion.casefold() == criterion.casefold()), None)
    if number is not None:
        return number
    known = [use.criterion for use in item.uses]
    guess = closest(criterion, known)
    hint = DID_YOU_MEAN if guess else None
    details = {"item": item.id, "criterion": criterion, "known": ", ".join(known), "guess": guess or ""}
    raise Refused([NOT_USED.at(own.document.at("items", index, "uses"), hint=hint, **details)])


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage of a use, and the pages text recognition found it on: a help to find it, no proof."""

    passage: str
    pages: tuple[int, ...]


def offers(own: Listed, item_id: str, criterion: str) -> tuple[Offer, ...] | None:
    """Where text recognition finds the passages of a use; None where it is not installed or cannot read the file.

    Raises:
        Refused: the item or use is not known.
    """
    from kaasav.evidence import ocr
    from kaasav.evidence.text.pages import NoTextError

    index, item = own.item(item_id)
    use = item.uses[_use(own, index, item, criterion)]
    wanted = [place.passage for place in places(use) if place.passage is not None]
    data = bytes_of(own.folder, item) if wanted and ocr.available() else None
    if data is None:
        return None
    try:
        pages = ocr.read(filetype.identify(data, data), data)
    except NoTextError:
        return None
    if pages is None:
        return None
    text = Searchable(pages.texts)
    return tuple(Offer(passage, text.find(passage)) for passage in wanted)
