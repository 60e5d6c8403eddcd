"""Changing a municipality's evidence list by one recorded act of a person: all or nothing, nothing else touched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kaasav.assessment import folder as layout
from kaasav.assessment.assess import Shelf
from kaasav.assessment.checks import check
from kaasav.assessment.checks.round import UNKNOWN_PERSON, unknown_person
from kaasav.assessment.evidence_list import ItemText
from kaasav.assessment.folder import Submission
from kaasav.files import read_bytes, write_atomically
from kaasav.language import N_
from kaasav.papers.members import Member
from kaasav.problems import Forbidden, Location, Problem, Refused, closest, error, has_errors
from kaasav.workspace.place import Workspace
from kaasav.yamldoc.document import Document

DID_YOU_MEAN = N_("did you mean “{guess}”?")
NO_ITEM = error("papers-no-item", N_("the list has no item “{item}”"), N_("there are: {known}"))
CHANGED = error(
    "papers-list-changed",
    N_("the list was changed by somebody else just now; nothing was written"),
    N_("run the command again"),
)
_SHOWN_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality's folder as it was read: what people wrote, and with what the list is checked."""

    folder: Path
    shown: str
    submission: Submission
    shelf: Shelf

    @property
    def document(self) -> Document:
        """The evidence list."""
        return self.submission.documents[layout.EVIDENCE]

    @property
    def member(self) -> Member:
        """The folder as the other parts of this room see it."""
        own = self.submission
        name, code = own.application.name, own.application.municipality
        return Member(self.folder, self.shown, own.round, code, name, own.evidence.items, self.document, ())

    def item(self, id_: str) -> tuple[int, ItemText]:
        """The item called ``id_``, and its position.

        Raises:
            Refused: there is none (`NO_ITEM`).
        """
        items = self.submission.evidence.items
        for index, item in enumerate(items):
            if item.id == id_:
                return index, item
        known = [item.id for item in items]
        guess = closest(id_, known)
        shown = ", ".join(known[:_SHOWN_ITEMS]) + (", …" if len(known) > _SHOWN_ITEMS else "")
        hint = DID_YOU_MEAN if guess else None
        raise Refused([NO_ITEM.at(self.document.at("items"), hint=hint, item=id_, known=shown, guess=guess or "")])

    def person(self, id_: str) -> None:
        """Make sure the round knows ``id_``.

        Raises:
            Refused: it does not (`UNKNOWN_PERSON`).
        """
        if id_ not in self.submission.round.people:
            hint, details = unknown_person(self.submission, id_)
            place = self.submission.documents[layout.ROUND].at("people")
            raise Refused([UNKNOWN_PERSON.at(place, hint=hint, **details)])

    def write(self, change: Callable[[Document], bytes]) -> None:
        """Make the list what ``change`` makes of it.

        Raises:
            Refused: the changed list would hold an error it did not hold before; somebody else has changed it
                (`CHANGED`); or it cannot be written.
        """
        content = change(self.document)
        if content == self.document.content:
            return
        before = self._problems(self.document.content)
        new = [problem for problem in self._problems(content) if problem.code not in {old.code for old in before}]
        if has_errors(new):
            raise Refused(new)
        path = self.folder / layout.EVIDENCE
        if read_bytes(path, self.document.name) != self.document.content:
            raise Forbidden([CHANGED.at(Location(self.document.name))])
        write_atomically(path, content)

    def _problems(self, evidence: bytes) -> list[Problem]:
        contents = {name: document.content for name, document in self.submission.documents.items()}
        submission, problems = layout.understand({**contents, layout.EVIDENCE: evidence}, self.shown)
        if submission is None:
            return [problem for problem in problems if has_errors([problem])]
        catalogue, _content = self.shelf.catalogue(submission)
        return [problem for problem in check(submission, catalogue) if has_errors([problem])]


def listed(folder: Path, shown: str, workspace: Workspace) -> Listed:
    """Read the folder of a municipality.

    Raises:
        Refused: something in it cannot be read.
    """
    contents, problems = layout.read(folder, shown)
    if not problems:
        submission, problems = layout.understand(contents, shown)
        if submission is not None:
            return Listed(folder, shown, submission, Shelf(workspace))
    raise Refused(problems)
