"""What is wrong with a form's answers in themselves, each mistake with its place; mistakes elsewhere hide none."""

import unicodedata
from collections.abc import Iterator

from kaasav.assessment.checks.evidence import (
    FORCE_BACKWARDS,
    PAGE_ZERO,
    PASSAGE_TOO_SHORT,
    PLACE_UNCLEAR,
    UNKNOWN_KIND,
    not_rated,
    unknown,
)
from kaasav.catalogue.model import Catalogue
from kaasav.evidence.passage import too_short
from kaasav.intake.answers import NOT_KNOWN, UNCLEAR, Form
from kaasav.intake.columns import INSIDE
from kaasav.intake.ledger import Ledger
from kaasav.intake.row import Answer, UseAnswer
from kaasav.language import N_
from kaasav.problems import Location, Problem, error, visible
from kaasav.yamldoc.document import Document

NO_KIND = error(
    "intake-no-kind", N_("“{item}” has no kind of evidence"), N_("choose one, or say no in the first column")
)
NO_TITLE = error("intake-no-title", N_("“{item}” has no title"), N_("write one"))
FOREIGN = error(
    "intake-form-foreign",
    N_("none of the files in this form came in here"),
    N_("is it another municipality’s form? name the right folder with --folder"),
)
TWICE = error("intake-item-twice", N_("the same file stands in the form twice"), N_("strike one of the two rows"))
MIXED = error(
    "intake-rows-mixed",
    N_("this row’s columns belong to different files: “{file}” stands in it, but its hidden SHA-256 is of “{other}”"),
    N_("some columns were probably sorted or moved without the others: undo that, or ask for a new form"),
)
IDS_MIXED = error(
    "intake-ids-mixed",
    N_("the id “{id}” was proposed for another file, whose row bears another id now"),
    N_("some columns were probably sorted without the others: undo that; else give both rows new ids"),
)
NO_START = error("intake-no-start", N_("in force to a day, but from none"), N_("write from when, or strike the end"))


class Checks:
    """What is wrong with answers in themselves; ``wrong`` are the positions of those with any mistake."""

    def __init__(self, form: Form, catalogue: Catalogue, ledger: Ledger) -> None:
        self._items = form.answers.items if form.answers else ()
        self._document, self._lost, self._catalogue = form.document, form.lost, catalogue
        self._ledger, self._known = ledger, ledger.items()
        self.wrong: set[int] = {at for path in form.lost if len(path) > 1 and isinstance(at := path[1], int)}

    def all(self) -> Iterator[Problem]:
        """Every mistake."""
        seen: set[str] = set()
        if len(self._items) > 1 and not any(answer.sha256 in self._known for answer in self._items) and not self._lost:
            self.wrong.update(range(len(self._items)))
            yield FOREIGN.at(Location(self._document.name))
            return
        moved = self._moved()
        for at, answer in enumerate(self._items):
            for problem in self._of(at, answer, seen, moved):
                self.wrong.add(at)
                yield problem

    def _of(self, at: int, answer: Answer, seen: set[str], moved: frozenset[int]) -> Iterator[Problem]:
        path = ("items", at)
        if self._is_lost(*path) or self._is_lost(*path, "sha256"):
            return
        if answer.sha256 not in self._known:
            yield NOT_KNOWN.at(self._document.at(*path))
            return
        if answer.sha256 in seen:
            yield TWICE.at(self._document.at(*path))
        seen.add(answer.sha256)
        yield from self._mixed(at, answer, moved)
        if answer.take:
            yield from self._one(answer, path)

    def _is_lost(self, *path: str | int) -> bool:
        return path in self._lost

    def _mixed(self, at: int, answer: Answer, moved: frozenset[int]) -> Iterator[Problem]:
        entry = self._ledger.files[self._known[answer.sha256]]
        stands, belongs = _way(answer.file, answer.inside), _way(entry.file or "", entry.inside)
        if stands != belongs and not (self._is_lost("items", at, "file") or self._is_lost("items", at, "inside")):
            yield MIXED.at(self._document.at("items", at, "file"), file=stands, other=belongs)
        elif at in moved:
            yield IDS_MIXED.at(self._document.at("items", at, "id"), id=answer.id)

    def _moved(self) -> frozenset[int]:
        """The rows that bear an id proposed for another file, whose own row bears a third one's: as after sorting some
        columns without the others.
        """
        proposed = {one.item: one.sha256 for one in self._ledger.files if one.is_item and one.item and one.sha256}
        bears = {answer.sha256: answer.id for answer in self._items}
        return frozenset(
            at
            for at, answer in enumerate(self._items)
            if (owner := proposed.get(answer.id or "")) is not None
            and owner != answer.sha256
            and bears.get(owner, answer.id) != answer.id
            and bears[owner] in proposed
        )

    def _one(self, answer: Answer, path: tuple[str | int, ...]) -> Iterator[Problem]:
        document, called = self._document, answer.id or answer.file
        if answer.title is None and not self._is_lost(*path, "title"):
            yield NO_TITLE.at(document.at(*path, "title"), item=called)
        if answer.kind is None:
            if not self._is_lost(*path, "kind"):
                yield NO_KIND.at(document.at(*path, "kind"), item=called)
        elif answer.kind not in self._catalogue.kinds:
            yield unknown(UNKNOWN_KIND, document, (*path, "kind"), self._catalogue.kinds, answer.kind)
        start, end = answer.in_force_from, answer.in_force_to
        if end is not None and start is None and not self._is_lost(*path, "in_force_from"):
            yield NO_START.at(document.at(*path, "in_force_to"))
        if start is not None and end is not None and end < start:
            yield FORCE_BACKWARDS.at(document.at(*path, "in_force_to"), to=end, from_=start)
        for number, use in enumerate(answer.uses):
            if use.criterion != UNCLEAR:
                yield from _check_use(use, (*path, "uses", number), document, self._catalogue)
        wholes = {use.criterion for use in answer.uses if use.whole}
        for number, use in enumerate(answer.uses):
            if use.criterion in wholes and (use.passage is not None or use.page is not None):
                yield PLACE_UNCLEAR.at(document.at(*path, "uses", number))


def _way(file: str, inside: tuple[str, ...]) -> str:
    """A file and the way inside it, spelled in one way."""
    return unicodedata.normalize("NFC", visible(INSIDE.join((file, *inside))))


def _check_use(
    use: UseAnswer, path: tuple[str | int, ...], document: Document, catalogue: Catalogue
) -> Iterator[Problem]:
    yield from not_rated(use.criterion, document, (*path, "criterion"), catalogue)
    if use.page == 0:
        yield PAGE_ZERO.at(document.at(*path, "page"))
    if use.passage is not None and too_short(use.passage):
        yield PASSAGE_TOO_SHORT.at(document.at(*path, "passage"), passage=use.passage)
