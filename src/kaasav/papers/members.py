"""The municipalities of rounds, with what of their lists can be read: one bad list never hides the other papers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kaasav.assessment import folder as layout
from kaasav.assessment.claim import SCHEMA as APPLICATION_SCHEMA
from kaasav.assessment.claim import Application
from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList, ItemText
from kaasav.assessment.round import SCHEMA as ROUND_SCHEMA
from kaasav.assessment.round import Round
from kaasav.problems import Problem
from kaasav.workspace.place import Workspace
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse


@dataclass(frozen=True, slots=True)
class Member:
    """One municipality's folder in one round.

    Attributes:
        folder: the folder.
        shown: the folder as people named it.
        round: the round it belongs to; None if its file cannot be read.
        municipality: its code or name as it states it, else the folder's name.
        name: its name as it states it, else the folder's.
        items: its evidence items; () if the list cannot be read.
        document: the list with its places; None if it cannot be opened.
        problems: what is wrong with the round, the application's name or the list.
    """

    folder: Path
    shown: str
    round: Round | None
    municipality: str
    name: str
    items: tuple[ItemText, ...]
    document: Document | None
    problems: tuple[Problem, ...]

    @property
    def round_id(self) -> str:
        """The round's id, else its folder's name."""
        return self.round.id if self.round else self.folder.resolve().parent.name


def member(folder: Path, shown: str) -> Member:
    """What can be read of ``folder``; never raises for what people wrote."""
    contents, problems = layout.read(folder, shown)
    documents: dict[str, Document] = {}
    for name in (layout.ROUND, layout.APPLICATION, layout.EVIDENCE):
        if name in contents:
            place = f"{Path(shown).parent.as_posix()}/{name}" if name == layout.ROUND else f"{shown}/{name}"
            documents[name], found = parse(contents[name], place)
            problems += found
    a_round = application = listed = None
    if layout.ROUND in documents:
        a_round, found = bind(documents[layout.ROUND], Round, ROUND_SCHEMA)
        problems += found
    if layout.APPLICATION in documents:
        application, _ = bind(documents[layout.APPLICATION], Application, APPLICATION_SCHEMA)
    if layout.EVIDENCE in documents:
        listed, found = bind(documents[layout.EVIDENCE], EvidenceList, EVIDENCE_SCHEMA)
        problems += found
    return Member(
        folder,
        shown,
        a_round,
        application.municipality if application else folder.resolve().name,
        application.name if application else folder.resolve().name,
        listed.items if listed else (),
        documents.get(layout.EVIDENCE),
        tuple(problems),
    )


def members(folders: Iterable[tuple[Path, str]]) -> Iterator[Member]:
    """The municipalities of ``folders``, each with the name it is shown by; read one at a time."""
    return (member(folder, shown) for folder, shown in folders)


def of_workspace(workspace: Workspace, rounds: Iterable[str] = ()) -> Iterator[Member]:
    """The municipalities of the rounds named, or of all rounds, in the rounds' order.

    Raises:
        Refused: there is no such round.
    """
    for round_folder in [workspace.round(id_) for id_ in rounds] or workspace.rounds().values():
        for folder in layout.members(round_folder):
            yield member(folder, workspace.relative(folder))
