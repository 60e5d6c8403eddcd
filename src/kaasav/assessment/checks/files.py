"""What the opened files say about the list: one file under two names, and files nobody listed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kaasav.assessment.case import Looked
from kaasav.assessment.folder import EVIDENCE, EVIDENCE_FILES, Submission
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

SHOWN_UNLISTED = 20


def check_files(submission: Submission, looked: Mapping[str, Looked]) -> Iterator[Problem]:
    """The same bytes are one item: with one kind, date, time in force and origin, once for each criterion."""
    document = submission.documents[EVIDENCE]
    first: dict[str, int] = {}
    items = submission.evidence.items
    for index, item in enumerate(items):
        sha256 = looked[item.id].facts.sha256
        if sha256 is None or not looked[item.id].facts.size:
            continue
        if sha256 not in first:
            first[sha256] = index
            continue
        other = items[first[sha256]]
        place = document.at("items", index)
        names = {"item": other.id, "other": item.id}
        differing = [
            name for name in ("kind", "date", "origin", "in_force") if getattr(item, name) != getattr(other, name)
        ]
        for what in differing:
            yield SAME_BYTES_DIFFER.at(place, what=what, **names)
        for criterion in sorted({use.criterion for use in item.uses} & {use.criterion for use in other.uses}):
            yield SAME_BYTES_USED_TWICE.at(place, criterion=criterion, **names)
        if not differing:
            yield SAME_BYTES.at(place, **names)


def check_unlisted(submission: Submission, folder: Path, shown: str) -> Iterator[Problem]:
    """Files below ``evidence/`` that no item names."""
    listed = {item.file for item in submission.evidence.items}
    walked = walk(folder)
    unlisted = [name for name in walked.files if name not in listed]
    for name in unlisted[:SHOWN_UNLISTED]:
        yield UNLISTED.at(Location(f"{shown}/{name}"))
    if len(unlisted) > SHOWN_UNLISTED:
        yield MORE_UNLISTED.at(Location(f"{shown}/{EVIDENCE_FILES}"), count=len(unlisted) - SHOWN_UNLISTED)
    if not walked.complete:
        yield NOT_ALL_LISTED.at(Location(f"{shown}/{EVIDENCE_FILES}"))
