"""The evidence list agrees with itself, the catalogue and the round."""

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kaasav.assessment.evidence_list import ItemText, UseText
from kaasav.assessment.folder import EVIDENCE, EVIDENCE_FILES, Submission
from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.evidence.containers import MOST_DEPTH
from kaasav.evidence.passage import too_short
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Problem, ProblemKind, closest, error, warning
from kaasav.yamldoc.document import Document

ITEM_TWICE = error("item-twice", N_("two items are called “{item}”"), N_("give each item an id of its own"))
FILE_TWICE = error(
    "file-twice", N_("“{file}” is listed twice: as “{item}” and “{other}”"), N_("list it once, with all its uses")
)
UNKNOWN_KIND = error("unknown-kind", N_("the catalogue knows no kind of evidence “{id}”"))
NEITHER_FILE_NOR_LINK = error("neither-file-nor-link", N_("the item names no file and no link"))
OUTSIDE_FOLDER = error(
    "file-not-in-evidence",
    N_("“{file}” does not lie in the folder “evidence”"),
    N_("put it there and write evidence/…"),
)
INSIDE_WITHOUT_FILE = error(
    "inside-without-file",
    N_("“inside” names a file in a container, but no file is named"),
    N_("write file: evidence/…"),
)
INSIDE_TOO_DEEP = error("inside-too-deep", N_("more than {most} containers lie one in another"), N_("unpack some"))
CAPTURED_WITHOUT_LINK = error(
    "captured-without-link", N_("“captured” says when a link was stored, but no link is named"), N_("write the link")
)
CAPTURED_WITHOUT_FILE = error(
    "captured-without-file", N_("“captured” says that the link was stored, but no file is named"), N_("name the file")
)
CAPTURED_BY_UNKNOWN = error("captured-by-unknown", N_("“{person}” is no person of this round"), N_("people: {known}"))
CAPTURE_UNSAID = warning(
    "capture-unsaid",
    N_("it is not said when the link was stored as a file, and by whom"),
    N_("write captured: {{on: …, by: …}}"),
)
ERASED_HASH = error("erased-no-hash", N_("“{value}” is no SHA-256"), N_("64 digits and letters from a to f"))
UNKNOWN_CRITERION = error("unknown-criterion", N_("the catalogue knows no criterion “{id}”"))
NOT_RATED = error(
    "criterion-not-rated",
    N_("{criterion} is answered by a survey; it takes no evidence and no rating"),
    N_("strike it here"),
)
USED_TWICE = error("used-twice", N_("“{item}” is used for {criterion} twice"), N_("write one use with several places"))
PLACE_UNCLEAR = error(
    "place-unclear",
    N_("“whole”, “places” and a passage or page exclude each other"),
    N_("write one of them"),
)
EMPTY_PLACE = error("place-empty", N_("a place needs a passage or a page"))
PAGE_ZERO = error("page-zero", N_("pages count from 1"))
PASSAGE_TOO_SHORT = error(
    "passage-too-short", N_("the passage “{passage}” is too short to prove anything"), N_("quote a few whole words")
)
ORIGIN_RAISED = error(
    "origin-raised",
    N_("the origin of the kind “{kind}” is {usual}; an item may only lower it, not make it “{origin}”"),
    N_("strike the origin, or choose another kind"),
)
FORCE_BACKWARDS = error("in-force-backwards", N_("the end {to} lies before the start {from_}"))
LOOKED_LATER = error("looked-later", N_("{day} lies after the round’s closing date {closing}"))
UNPLAIN_PATH = error("file-path-roundabout", N_("“{file}” is a roundabout way of writing a path"), N_("write {plain}"))
CHECKED_BY_MISSING = error("checked-by-missing", N_("checked_on counts only with checked_by: the assessor who looked"))
NOT_AN_ASSESSOR = error("not-an-assessor", N_("“{person}” is no assessor of this round"), N_("assessors: {known}"))

_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_evidence(submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    """Every item and use is complete, unambiguous and of kinds and criteria the catalogue knows."""
    document = submission.documents[EVIDENCE]
    ids: dict[str, int] = {}
    files: dict[tuple[str, ...], str] = {}
    for index, item in enumerate(submission.evidence.items):
        if ids.setdefault(item.id, index) != index:
            yield ITEM_TWICE.at(document.at("items", index, "id"), item=item.id)
        if item.file is not None:
            way = (item.file, *item.inside)
            other = files.setdefault(way, item.id)
            if other != item.id:
                place = document.at("items", index, "inside" if item.inside else "file")
                yield FILE_TWICE.at(place, file=" › ".join(way), item=other, other=item.id)
        yield from _item(item, index, submission, catalogue)
        used: set[str] = set()
        for number, use in enumerate(item.uses):
            if use.criterion in used:
                place = document.at("items", index, "uses", number)
                yield USED_TWICE.at(place, item=item.id, criterion=use.criterion)
            used.add(use.criterion)
            yield from _use(use, ("items", index, "uses", number), submission, catalogue)


def _item(item: ItemText, index: int, submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    document = submission.documents[EVIDENCE]
    if item.file is None and item.link is None:
        yield NEITHER_FILE_NOR_LINK.at(document.at("items", index))
    if item.file is not None and not item.file.startswith(f"{EVIDENCE_FILES}/"):
        yield OUTSIDE_FOLDER.at(document.at("items", index, "file"), file=item.file)
    elif item.file is not None and (plain := PurePosixPath(item.file).as_posix()) != item.file:
        yield UNPLAIN_PATH.at(document.at("items", index, "file"), file=item.file, plain=plain)
    yield from _in_time(item.checked_on, document, ("items", index, "checked_on"), submission)
    yield from _kept(item, index, submission)
    kind = catalogue.kinds.get(item.kind)
    if kind is None:
        yield unknown(UNKNOWN_KIND, document, ("items", index, "kind"), catalogue.kinds, item.kind)
    elif item.origin is not None and item.origin is not kind.origin and item.origin.rank >= kind.origin.rank:
        yield ORIGIN_RAISED.at(
            document.at("items", index, "origin"), kind=item.kind, usual=kind.origin.value, origin=item.origin.value
        )
    if item.in_force is not None and item.in_force.to is not None and item.in_force.to < item.in_force.from_:
        place = document.at("items", index, "in_force", "to")
        yield FORCE_BACKWARDS.at(place, to=item.in_force.to, from_=item.in_force.from_)
    if item.checked_on is not None and item.checked_by is None:
        yield CHECKED_BY_MISSING.at(document.at("items", index, "checked_on"))
    if item.checked_by is not None:
        yield from not_assessor(item.checked_by, document, ("items", index, "checked_by"), submission)


def _kept(item: ItemText, index: int, submission: Submission) -> Iterator[Problem]:
    """What is said of how the file is kept: in a container, captured from a link, erased."""
    document, people = submission.documents[EVIDENCE], submission.round.people
    if item.inside and item.file is None:
        yield INSIDE_WITHOUT_FILE.at(document.at("items", index, "inside"))
    if len(item.inside) > MOST_DEPTH:
        yield INSIDE_TOO_DEEP.at(document.at("items", index, "inside"), most=MOST_DEPTH)
    if item.captured is None:
        if item.link is not None and item.file is not None and item.erased is None:
            yield CAPTURE_UNSAID.at(document.at("items", index, "link"))
    else:
        if item.link is None:
            yield CAPTURED_WITHOUT_LINK.at(document.at("items", index, "captured"))
        elif item.file is None:
            yield CAPTURED_WITHOUT_FILE.at(document.at("items", index, "captured"))
        if item.captured.by not in people:
            place = document.at("items", index, "captured", "by")
            yield CAPTURED_BY_UNKNOWN.at(place, person=item.captured.by, known=", ".join(people))
    if item.erased is not None and not _SHA256.fullmatch(item.erased.sha256):
        yield ERASED_HASH.at(document.at("items", index, "erased", "sha256"), value=item.erased.sha256)


def _use(use: UseText, path: tuple[str | int, ...], submission: Submission, catalogue: Catalogue) -> Iterator[Problem]:
    document = submission.documents[EVIDENCE]
    yield from not_rated(use.criterion, document, (*path, "criterion"), catalogue)
    short_form = use.passage is not None or use.page is not None
    if use.whole + bool(use.places) + short_form > 1:
        yield PLACE_UNCLEAR.at(document.at(*path))
    stated = [(path, use.passage, use.page)] if short_form else []
    stated += [((*path, "places", n), place.passage, place.page) for n, place in enumerate(use.places)]
    for where, passage, page in stated:
        if passage is None and page is None:
            yield EMPTY_PLACE.at(document.at(*where))
        if page == 0:
            yield PAGE_ZERO.at(document.at(*where, "page"))
        if passage is not None and too_short(passage):
            yield PASSAGE_TOO_SHORT.at(document.at(*where, "passage"), passage=passage)
    if use.seen is not None:
        yield from not_assessor(use.seen.by, document, (*path, "seen", "by"), submission)
        yield from _in_time(use.seen.on, document, (*path, "seen", "on"), submission)


def _in_time(
    day: datetime.date | None, document: Document, path: tuple[str | int, ...], submission: Submission
) -> Iterator[Problem]:
    closing = submission.round.closing_date
    if day is not None and day > closing:
        yield LOOKED_LATER.at(document.at(*path), day=day, closing=closing)


def unknown(
    kind: ProblemKind, document: Document, path: tuple[str | int, ...], known: Iterable[str], id_: str
) -> Problem:
    """The unknown ``id_`` at ``path``, with the known one it was probably meant to be."""
    guess = closest(id_, known)
    return kind.at(document.at(*path), hint=DID_YOU_MEAN if guess else "", id=id_, guess=guess or "")


def not_rated(
    criterion: str, document: Document, path: tuple[str | int, ...], catalogue: Catalogue
) -> Iterator[Problem]:
    """What is wrong with naming ``criterion`` where evidence or a rating belongs."""
    known = catalogue.by_id.get(criterion)
    if known is None:
        yield unknown(UNKNOWN_CRITERION, document, path, catalogue.by_id, criterion)
    elif not isinstance(known, LevelCriterion):
        yield NOT_RATED.at(document.at(*path), criterion=criterion)


def not_assessor(
    person: str, document: Document, path: tuple[str | int, ...], submission: Submission
) -> Iterator[Problem]:
    """What is wrong with ``person`` standing where only an assessor of the round may."""
    assessors = submission.round.with_role("assessor")
    if person not in assessors:
        yield NOT_AN_ASSESSOR.at(document.at(*path), person=person, known=", ".join(assessors))
