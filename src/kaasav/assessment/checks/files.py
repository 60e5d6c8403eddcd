"""What the opened files say about the list: one file under two names, and files nobody listed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kaasav.assessment.case import Looked
from kaasav.assessment.evidence_list import ItemText
from kaasav.assessment.folder import EVIDENCE, EVIDENCE_FILES, Submission
from kaasav.catalogue.model import Catalogue
from kaasav.evidence.paths import walk
from kaasav.language import N_
from kaasav.problems import Location, Problem, error, warning

SAME_BYTES = warning(
    "same-file-twice",
    N_("“{item}” and “{other}” are the same file under two names; it counts as one"),
    N_("list it once, with all its uses"),
)
SAME_BYTES_DIFFER = error(
    "same-file-differs",
    N_("“{item}” and “{other}” are the same file, but differ in {what}"),
    N_("one file has one kind, one date and one origin: correct one of the two, or strike it"),
)
SAME_BYTES_USED_TWICE = error(
    "same-file-used-twice",
    N_("“{item}” and “{other}” are the same file, and both are used for {criterion}"),
    N_("write one use with several places"),
)
UNLISTED = warning(
    "evidence-unlisted",
    N_("the file lies in the folder but is not in evidence.yaml, so it proves nothing"),
    N_("list it, or take it away"),
)
MORE_UNLISTED = warning("evidence-more-unlisted", N_("and {count} more files that are not in evidence.yaml"))

NOT_ALL_LISTED = warning(
    "evidence-not-all-listed",
    N_("not every file of the folder could be looked up, so some may be missing from evidence.yaml"),
    N_("check that the folder may be read, and take away what does not belong there"),
)

NOT_ERASED = warning(
    "erased-still-there",
    N_("“{item}” is said to be erased, but a file of this name lies in the folder"),
    N_("take it away, or strike “erased”"),
)

SHOWN_UNLISTED = 20


def check_files(submission: Submission, looked: Mapping[str, Looked], catalogue: Catalogue) -> Iterator[Problem]:
    """The same bytes are one item: with one kind, date, time in force and origin, once for each criterion."""
    document = submission.documents[EVIDENCE]
    same: dict[str, list[ItemText]] = {}
    for index, item in enumerate(submission.evidence.items):
        facts = looked[item.id].facts
        if facts.sha256 is None or not facts.size:
            continue
        place = document.at("items", index)
        earlier = same.setdefault(facts.sha256, [])
        for other in earlier:
            names = {"item": other.id, "other": item.id}
            for criterion in sorted({use.criterion for use in item.uses} & {use.criterion for use in other.uses}):
                yield SAME_BYTES_USED_TWICE.at(place, criterion=criterion, **names)
        if earlier:
            names = {"item": earlier[0].id, "other": item.id}
            mine, its = _one(item, catalogue), _one(earlier[0], catalogue)
            differing = [what for what, value in mine.items() if value != its[what]]
            for what in differing:
                yield SAME_BYTES_DIFFER.at(place, what=what, **names)
            if not differing:
                yield SAME_BYTES.at(place, **names)
        earlier.append(item)


def _one(item: ItemText, catalogue: Catalogue) -> dict[str, object]:
    """What one file can have only one of."""
    origin = item.origin or catalogue.kinds[item.kind].origin
    return {"kind": item.kind, "date": item.date, "origin": origin, "in_force": item.in_force}


def check_unlisted(submission: Submission, folder: Path, shown: str) -> Iterator[Problem]:
    """Files below ``evidence/`` that no item names, or only items that say they were erased."""
    items = submission.evidence.items
    listed = {item.file for item in items}
    in_use = {item.file for item in items if item.erased is None}
    walked = walk(folder)
    for index, item in enumerate(items):
        if item.erased is not None and item.file in walked.files and item.file not in in_use:
            place = submission.documents[EVIDENCE].at("items", index, "erased")
            yield NOT_ERASED.at(place, item=item.id)
    unlisted = [name for name in walked.files if name not in listed]
    for name in unlisted[:SHOWN_UNLISTED]:
        yield UNLISTED.at(Location(f"{shown}/{name}"))
    if len(unlisted) > SHOWN_UNLISTED:
        yield MORE_UNLISTED.at(Location(f"{shown}/{EVIDENCE_FILES}"), count=len(unlisted) - SHOWN_UNLISTED)
    if not walked.complete:
        yield NOT_ALL_LISTED.at(Location(f"{shown}/{EVIDENCE_FILES}"))
