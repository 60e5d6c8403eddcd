"""Intake as a whole: take in, move into place, write down, and ask a person. A crash leaves nothing half listed."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList
from kaasav.assessment.folder import APPLICATION, EVIDENCE, EVIDENCE_FILES, NO_FOLDER
from kaasav.catalogue.model import Catalogue
from kaasav.evidence.containers.contents import ContainerError
from kaasav.evidence.containers.opener import open_container
from kaasav.files import NOT_WRITABLE, read_bytes, write_atomically
from kaasav.intake import form, reading
from kaasav.intake.arrivals import arrivals
from kaasav.intake.ledger import Entry, Ledger, Run, read
from kaasav.intake.propose.proposal import Proposer
from kaasav.intake.row import Row
from kaasav.intake.staging import staging
from kaasav.intake.taking import MAILS, Taken, Taker, said
from kaasav.intake.workbook import write as workbook
from kaasav.language import N_
from kaasav.problems import Location, Refused, error
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

LINKED = error(
    "intake-evidence-linked",
    N_("the folder “evidence” is a link to another place, and nothing is written there"),
    N_("make it a folder of its own"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did (or, with ``dry``, would do).

    ``counts`` are arrivals by what became of them, ``entries`` what is new in the ledger, ``rows`` what a person is
    asked, ``forms`` the names of the workbook and the YAML form written.
    """

    counts: Counter[str]
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    forms: tuple[str, ...]
    dry: bool


def intake(
    folder: Path, shown: str, sources: Sequence[Path], catalogue: Catalogue, *, at: str, dry: bool = False
) -> Outcome:
    """Take ``sources`` into the municipality's ``folder`` (shown to people as ``shown``).

    Args:
        folder: holds ``assessment.yaml``, ``evidence.yaml`` and ``evidence/``.
        shown: the folder's path as people gave it.
        sources: directories, zips, single files; none at all asks again about what still waits for a person.
        catalogue: whose kinds and criteria are proposed.
        at: when, as the ledger has it.
        dry: write nothing.

    Raises:
        Refused: the folder or a source cannot be worked with, or something cannot be written. Nothing is changed then.
    """
    evidence = _evidence(folder, shown)
    ledger = read(folder, shown)
    proposer = Proposer(catalogue)
    if not sources:
        rows = list(_waiting(folder, ledger, proposer))
        return _finish(folder, ledger, Taken(rows=rows), catalogue, [], at, dry=dry)
    with staging(None if dry else folder) as stage:
        taker = Taker(folder, ledger, evidence, proposer, stage)
        taker.take(arrivals(sources, folder))
        return _finish(folder, ledger, taker.taken, catalogue, sources, at, dry=dry)


def _evidence(folder: Path, shown: str) -> EvidenceList:
    if not (folder / APPLICATION).is_file():
        raise Refused([NO_FOLDER.at(Location(shown))])
    if (folder / EVIDENCE_FILES).is_symlink():
        raise Refused([LINKED.at(Location(f"{shown}/{EVIDENCE_FILES}"))])
    name = f"{shown}/{EVIDENCE}"
    document, problems = parse(read_bytes(folder / EVIDENCE, name), name)
    evidence, found = bind(document, EvidenceList, EVIDENCE_SCHEMA)
    if evidence is None or problems:
        raise Refused([*problems, *found])
    return evidence


def _finish(
    folder: Path, ledger: Ledger, taken: Taken, catalogue: Catalogue, sources: Sequence[Path], at: str, *, dry: bool
) -> Outcome:
    rows, entries = tuple(taken.rows), tuple(_with_base(taken))
    if dry or not (rows or entries):
        return Outcome(taken.counts, entries, rows, (), dry)
    forms: tuple[str, ...] = form.free_names(folder) if rows else ()
    if entries:
        ledger.files += entries
        ledger.runs.append(Run(at=at, sources=tuple(str(path) for path in sources), forms=forms))
    try:
        with _moved(folder, taken.moves):
            if rows:
                write_atomically(folder / forms[0], workbook(rows, catalogue))
                write_atomically(folder / forms[1], form.content(rows))
            if entries:
                ledger.write(folder)
    except BaseException:
        for name in forms:
            (folder / name).unlink(missing_ok=True)
        raise
    return Outcome(taken.counts, entries, rows, forms, dry)


def _with_base(taken: Taken) -> Iterator[Entry]:
    """The entries, those of items with what is proposed for them."""
    by_hash = {row.sha256: row for row in taken.rows}
    for entry in taken.entries:
        row = by_hash.get(entry.sha256 or "") if entry.became == "listed" else None
        yield entry.model_copy(update={"base": form.base(row)}) if row else entry


@contextmanager
def _moved(folder: Path, moves: Sequence[tuple[Path, str]]) -> Iterator[None]:
    """Staged files at their places; away again if the block does not end well."""
    done: list[Path] = []
    try:
        (folder / EVIDENCE_FILES).mkdir(exist_ok=True)
        for staged, name in moves:
            target = folder / name
            if os.path.lexists(target):
                raise FileExistsError(target)
            staged.rename(target)
            done.append(target)
        yield
    except BaseException as failure:
        for target in done:
            target.unlink(missing_ok=True)
        if isinstance(failure, OSError):
            raise Refused([NOT_WRITABLE.at(Location((folder / EVIDENCE_FILES).as_posix()))]) from failure
        raise


def _waiting(folder: Path, ledger: Ledger, proposer: Proposer) -> Iterator[Row]:
    """Every listed item no person has answered for yet, proposed anew."""
    for entry in ledger.files:
        if entry.became != "listed" or not entry.file or not entry.sha256:
            continue
        path = folder / entry.file
        *folders, own = entry.name.split("/")
        type_ = entry.type or "unknown"
        data: bytes | Path = path
        try:
            if entry.inside:
                data, type_ = reading.inner(path, entry.inside)
            contents = None
            if type_ in MAILS:
                contents = open_container(type_, data if isinstance(data, bytes) else data.read_bytes())
        except (ContainerError, OSError):
            continue
        found = reading.read(own, type_, data, entry.size or 0, folders=folders, contents=contents)
        proposal = proposer.propose(found.paper)
        yield Row(True, entry.item or "", proposal, said(found, ()), entry.file, entry.inside, entry.sha256, entry.name)
