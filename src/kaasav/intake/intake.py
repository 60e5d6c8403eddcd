"""Intake as a whole: take in, move into place, write down, and ask a person. A crash leaves nothing half listed."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList
from kaasav.assessment.folder import APPLICATION, EVIDENCE, EVIDENCE_FILES, IS_FILE, NO_ASSESSMENT, NO_FOLDER
from kaasav.catalogue.model import Catalogue
from kaasav.evidence.containers.contents import ContainerError
from kaasav.evidence.containers.opener import open_container
from kaasav.files import read_bytes, write_atomically
from kaasav.intake import form, reading
from kaasav.intake.arrivals import arrivals
from kaasav.intake.columns import INSIDE
from kaasav.intake.ledger import Entry, Ledger, Run, read
from kaasav.intake.lock import alone
from kaasav.intake.propose.proposal import Proposer
from kaasav.intake.row import Row
from kaasav.intake.staging import staging, unwritable
from kaasav.intake.taking import MAILS, Taken, Taker, said
from kaasav.intake.workbook import write as workbook
from kaasav.language import N_, _
from kaasav.papers.opened import Paper
from kaasav.papers.reuse import known_elsewhere
from kaasav.problems import Location, Refused, error
from kaasav.workspace.place import Workspace
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

LINKED = error(
    "intake-evidence-linked",
    N_("the folder “evidence” is a link to another place, and nothing is written there"),
    N_("make it a folder of its own"),
)
ELSEWHERE = N_("the same file is in other folders too: {places}")
MOST_PLACES = 3
"""So many of the places where the same bytes lie are named in a form."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did (or, with ``dry``, would do).

    ``counts`` are arrivals by what became of them, ``entries`` what is new in the ledger, ``rows`` what a person is
    asked, ``forms`` the names of the workbook and the YAML form written. ``elsewhere`` are the papers of other folders
    that hold the same bytes as what a person is asked about, by SHA-256; ``cleared`` is how many runs that were cut
    off had left copies here, which are gone now. ``restored`` are files that were known but gone from the disk, and lie
    there again; ``gone`` are files that wait for a person, but are not there any more.
    """

    counts: Counter[str]
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    forms: tuple[str, ...]
    dry: bool
    elsewhere: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    cleared: int = 0
    restored: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def intake(
    folder: Path,
    shown: str,
    sources: Sequence[Path],
    catalogue: Catalogue,
    *,
    at: str,
    dry: bool = False,
    workspace: Workspace | None = None,
) -> Outcome:
    """Take ``sources`` into the municipality's ``folder`` (shown to people as ``shown``).

    Args:
        folder: holds ``assessment.yaml``, ``evidence.yaml`` and ``evidence/``.
        shown: the folder's path as people gave it.
        sources: directories, zips, single files; none at all asks again about what still waits for a person.
        catalogue: whose kinds and criteria are proposed.
        at: when, as the ledger has it.
        dry: write nothing.
        workspace: look through all its rounds for the same bytes.

    Raises:
        Refused: the folder or a source cannot be worked with, or something cannot be written. Nothing is changed then.
        Forbidden: somebody else takes in or confirms here at this moment.
    """
    run = partial(_run, folder, shown, sources, catalogue, at, workspace)
    make_sure(folder, shown)
    if dry:
        return run(dry=True)
    with alone(folder, shown) as cleared:
        return replace(run(dry=False), cleared=cleared)


def _run(
    folder: Path,
    shown: str,
    sources: Sequence[Path],
    catalogue: Catalogue,
    at: str,
    workspace: Workspace | None,
    *,
    dry: bool,
) -> Outcome:
    evidence = _evidence(folder, shown)
    ledger = read(folder, shown)
    proposer = Proposer(catalogue)
    finish = partial(_finish, folder, ledger, catalogue, sources, at, workspace, dry=dry)
    if not sources:
        gone: list[str] = []
        return replace(finish(Taken(rows=list(_waiting(folder, ledger, proposer, gone)))), gone=tuple(gone))
    with staging(None if dry else folder) as stage:
        taker = Taker(folder, ledger, evidence, proposer, stage)
        taker.take(arrivals(sources, folder))
        return finish(taker.taken)


def make_sure(folder: Path, shown: str) -> None:
    """Make sure that ``folder`` is a municipality's.

    Raises:
        Refused: it is not (`NO_FOLDER`, `IS_FILE`, `NO_ASSESSMENT`).
    """
    if not (folder / APPLICATION).is_file():
        kind = NO_ASSESSMENT if folder.is_dir() else IS_FILE if folder.exists() else NO_FOLDER
        raise Refused([kind.at(Location(shown))])


def _evidence(folder: Path, shown: str) -> EvidenceList:
    if (folder / EVIDENCE_FILES).is_symlink():
        raise Refused([LINKED.at(Location(f"{shown}/{EVIDENCE_FILES}"))])
    name = f"{shown}/{EVIDENCE}"
    document, problems = parse(read_bytes(folder / EVIDENCE, name), name)
    evidence, found = bind(document, EvidenceList, EVIDENCE_SCHEMA)
    if evidence is None or problems:
        raise Refused([*problems, *found])
    return evidence


def _finish(
    folder: Path,
    ledger: Ledger,
    catalogue: Catalogue,
    sources: Sequence[Path],
    at: str,
    workspace: Workspace | None,
    taken: Taken,
    *,
    dry: bool,
) -> Outcome:
    elsewhere = _elsewhere(folder, ledger, taken, workspace)
    rows = tuple(_warned(row, elsewhere.get(row.sha256, ())) for row in taken.rows)
    entries = tuple(_with_base(taken))
    outcome = Outcome(taken.counts, entries, rows, (), dry, elsewhere, restored=tuple(taken.restored))
    if dry or not (rows or entries or taken.moves):
        return outcome
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
    return replace(outcome, forms=forms)


def _elsewhere(
    folder: Path, ledger: Ledger, taken: Taken, workspace: Workspace | None
) -> Mapping[str, tuple[Paper, ...]]:
    if workspace is None or not taken.rows:
        return {}
    sizes = {one.sha256: one.size for one in (*ledger.files, *taken.entries)}
    wanted = [row.sha256 for row in taken.rows]
    return known_elsewhere(wanted, workspace, but=folder, sizes={sizes.get(one) or 0 for one in wanted})


def _warned(row: Row, places: Sequence[Paper]) -> Row:
    if not places:
        return row
    shown = "; ".join(f"{paper.member.name} {paper.member.round_id}, {paper.place}" for paper in places[:MOST_PLACES])
    if len(places) > MOST_PLACES:
        shown += " …"
    return replace(row, warnings=(*row.warnings, _(ELSEWHERE).format(places=shown)))


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
            raise unwritable(failure, folder / EVIDENCE_FILES / "…", folder / EVIDENCE_FILES) from failure
        raise


def _waiting(folder: Path, ledger: Ledger, proposer: Proposer, gone: list[str]) -> Iterator[Row]:
    """Every listed item no person has answered for yet, proposed anew; those that cannot be read go to ``gone``."""
    for entry in ledger.files:
        if entry.became != "listed" or not entry.file or not entry.sha256:
            continue
        path = folder / entry.file
        *folders, own = entry.name.split("/")
        type_ = entry.type or "unknown"
        data: bytes | Path = path
        try:
            if not path.is_file():
                raise FileNotFoundError(path)
            if entry.inside:
                data, type_ = reading.inner(path, entry.inside)
            contents = None
            if type_ in MAILS:
                contents = open_container(type_, data if isinstance(data, bytes) else data.read_bytes())
        except (ContainerError, OSError):
            gone.append(INSIDE.join((entry.file, *entry.inside)))
            continue
        found = reading.read(own, type_, data, entry.size or 0, folders=folders, contents=contents)
        proposal = proposer.propose(found.paper)
        yield Row(True, entry.item or "", proposal, said(found, ()), entry.file, entry.inside, entry.sha256, entry.name)
