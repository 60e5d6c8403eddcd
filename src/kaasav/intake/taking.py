"""Taking papers in: every arrival staged, recognised, and either listed, known, skipped or refused."""

import datetime
import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from kaasav.assessment.evidence_list import EvidenceList
from kaasav.assessment.folder import EVIDENCE_FILES
from kaasav.evidence import filetype, paths
from kaasav.evidence.containers.contents import ContainerError, Contents
from kaasav.evidence.containers.opener import KINDS, MOST_DEPTH, open_container
from kaasav.intake import names, reading, unzip
from kaasav.intake.arrivals import MOST_FILES, TOO_MANY, Arrival, is_litter
from kaasav.intake.ledger import Entry, Ledger
from kaasav.intake.naming import Ids
from kaasav.intake.propose.proposal import Proposer
from kaasav.intake.row import Row
from kaasav.intake.staging import Stage, Staged, TooMuchError, sha256_of
from kaasav.intake.words import why as why_words
from kaasav.problems import NOWHERE, Location, Refused

PROGRAMS = frozenset({"exe", "elf", "macho"})
ARCHIVES = frozenset({"7z", "rar", "gzip"})
KEPT_WHOLE = KINDS - {"zip"}
MAILS = frozenset({"eml", "msg"})
_ENDINGS = {"jpeg": ".jpg", "tiff": ".tif", "matroska": ".mkv"}
SMALL_PICTURE = 20_000
_PICTURES = frozenset({"jpeg", "png", "gif", "webp", "bmp"})


@dataclass(slots=True)
class Taken:
    """What a run brought: entries for the ledger, rows for the form, and staged files with their new names.

    ``restored`` are those of the names whose file was known, but gone from the disk.
    """

    entries: list[Entry] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    moves: list[tuple[Path, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    restored: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file came from and where it lies: for the entries of what is inside a container."""

    arrival: Arrival
    name: str
    file: str
    inside: tuple[str, ...] = ()
    depth: int = 1


class Taker:
    """One run over one municipality's folder; nothing is written but to its stage."""

    def __init__(self, folder: Path, ledger: Ledger, evidence: EvidenceList, proposer: Proposer, stage: Stage) -> None:
        self.taken = Taken()
        self._folder, self._proposer, self._stage = folder, proposer, stage
        self._run = len(ledger.runs) + 1
        self._seen = {one.key for one in ledger.files}
        self._items = {one.sha256: one.item or "" for one in ledger.files if one.is_item and one.sha256}
        self._kept = {one.sha256 for one in ledger.files if one.became == "opened" and one.file}
        self._listed = {_composed(item.file): item.id for item in evidence.items if item.file and not item.erased}
        self._wanted = {one.sha256: one.file for one in ledger.files if self._is_wanted(one)}
        self._erased = {item.erased.sha256 for item in evidence.items if item.erased is not None}
        self._ids = Ids([*(item.id for item in evidence.items), *(one.item or "" for one in ledger.files)])
        self._here = self._sizes()
        self._names = set(self._names_there())

    def _is_wanted(self, entry: Entry) -> bool:
        """Whether an earlier arrival's file should lie in ``evidence/``: its item waits, or the list names it."""
        if not entry.sha256 or not entry.file or entry.inside or entry.became not in ("listed", "confirmed", "opened"):
            return False
        return entry.became == "listed" or _composed(entry.file) in self._listed

    def _names_there(self) -> Iterator[str]:
        """Every name that is taken in ``evidence/``, whatever bears it."""
        with suppress(OSError):
            for path in (self._folder / EVIDENCE_FILES).iterdir():
                yield unicodedata.normalize("NFC", path.name).casefold()

    def _sizes(self) -> Mapping[int, list[str]]:
        sizes: dict[int, list[str]] = {}
        for name in paths.walk(self._folder).files:
            with suppress(OSError):  # it may go this very moment
                sizes.setdefault((self._folder / name).stat().st_size, []).append(name)
        return sizes

    def take(self, arrivals: Iterator[Arrival], depth: int = 0) -> None:
        """Take every arrival in; what is wrong with one stands in its entry and stops no other."""
        for arrival in arrivals:
            if arrival.open is None:
                self._note(arrival, "refused" if arrival.refused else "skipped", arrival.why)
                continue
            suffix = names.parts(names.safe(arrival.name))[1]
            try:
                with arrival.open() as stream:
                    staged = self._stage.take(stream, suffix)
            except Refused:  # nothing can be written any more
                raise
            except TooMuchError:
                self._note(arrival, "refused", "too-large")
                continue
            except Exception as error:  # a zip's member may be damaged in any way it likes
                self._note(arrival, "refused", "unreadable" if isinstance(error, OSError) else "damaged")
                continue
            self._staged(arrival, staged, depth)

    def _staged(self, arrival: Arrival, staged: Staged, depth: int) -> None:
        keep = False
        try:
            keep = self._sorted(arrival, staged, depth)
        finally:
            if not keep:
                staged.path.unlink(missing_ok=True)

    def _sorted(self, arrival: Arrival, staged: Staged, depth: int) -> bool:
        """Decide what becomes of a staged file; whether it is kept."""
        facts: dict[str, Any] = {"size": staged.size, "sha256": staged.sha256, "type": staged.type}
        if not staged.size:
            self._note(arrival, "refused", "empty", size=0)
            return False
        if staged.type == "zip":
            self._unzip(arrival, staged, depth, facts)
            return False
        if staged.sha256 in self._erased:
            self._note(arrival, "refused", "erased", **facts)
            return False
        gone = self._wanted.get(staged.sha256)
        if gone and not os.path.lexists(self._folder / gone):
            self._wanted.pop(staged.sha256)
            self.taken.moves.append((staged.path, gone))
            self.taken.restored.append(gone)
            self._note(arrival, "known", "restored", **facts, item=self._items.get(staged.sha256))
            return True
        file, found = self._already(staged)
        if found:
            self._note(
                arrival,
                "known",
                "in-evidence" if found == "listed" else "same",
                **facts,
                item=self._items.get(staged.sha256) or self._listed.get(_composed(file)),
            )
            return False
        suffix = names.parts(names.safe(arrival.name))[1]
        refused, ending = _unfit(staged.type, suffix)
        if refused:
            self._note(arrival, "refused", refused, **facts)
            return False
        return self._list(arrival, staged, file, ending, facts)

    def _already(self, staged: Staged) -> tuple[str, str]:
        """The file of these bytes in ``evidence/`` ("" if none), and whether it is an item: ``item``, ``listed``."""
        if staged.sha256 in self._items or staged.sha256 in self._kept:
            return "", "item"
        for name in self._here.get(staged.size, ()):
            with suppress(OSError):  # what cannot be read is not known to be the same
                if sha256_of(self._folder / name) == staged.sha256:
                    return name, "listed" if _composed(name) in self._listed else ""
        return "", ""

    def _unzip(self, arrival: Arrival, staged: Staged, depth: int, facts: Mapping[str, Any]) -> None:
        if depth >= MOST_DEPTH:
            self._note(arrival, "refused", "too-deep", **facts)
            return
        try:
            with staged.path.open("rb") as stream:
                inner = unzip.arrivals(stream, arrival.source, arrival.name)
                self._note(arrival, "opened", "", **facts)
                self.take(inner, depth + 1)
        except ContainerError as error:
            self._note(arrival, "refused", error.detail, **facts)

    def _list(self, arrival: Arrival, staged: Staged, file: str, ending: str, facts: Mapping[str, Any]) -> bool:
        base = names.safe(arrival.name)
        if ending:
            base = names.parts(base)[0] + ending
        name = file or f"{EVIDENCE_FILES}/{names.free(base, self._names)}"
        place = _Place(arrival, arrival.name, name)
        warnings = ("renamed",) if ending else ()
        with staged.path.open("rb") as stream:
            became = self._contents(place, staged, stream, facts, warnings)
        if not became:
            return False
        if not file:
            self._names.add(name.rpartition("/")[2].casefold())
            self.taken.moves.append((staged.path, name))
        return not file

    def _contents(
        self, place: _Place, staged: Staged, stream: BinaryIO, facts: Mapping[str, Any], warnings: tuple[str, ...]
    ) -> bool:
        """List the file itself, or what is inside it; whether anything was listed."""
        if staged.type not in KEPT_WHOLE:
            return self._item(place, staged.type, staged.path, staged.size, staged.sha256, warnings)
        try:
            contents = open_container(staged.type, stream)
            return self._opened(place, staged.type, contents, staged.size, staged.sha256, warnings)
        except ContainerError as error:
            self._note(place.arrival, "refused", error.detail, **facts)
            return False

    def _opened(
        self, place: _Place, type_: str, contents: Contents, size: int, sha256: str, warnings: tuple[str, ...]
    ) -> bool:
        """A container that stays whole: a mail is an item itself, and every inner file is one."""
        self._items.setdefault(sha256, "")  # the container again is nothing new
        before, at = len(self.taken.rows), len(self.taken.entries)
        if type_ in MAILS:
            self._item(place, type_, b"", size, sha256, warnings, contents=contents)
        else:
            self._note(
                place.arrival,
                "opened",
                "" if contents.members else "nothing-inside",
                name=place.name,
                size=size,
                sha256=sha256,
                type=type_,
                file=place.file,
                inside=place.inside,
            )
        signed = [one.time.date() for one in contents.signatures if one.time is not None]
        for one in contents.skipped:
            self._note(place.arrival, "skipped", one.why, name=f"{place.name}/{one.name}")
        for member in contents.members:
            inner = _Place(
                place.arrival, f"{place.name}/{member.name}", place.file, (*place.inside, member.name), place.depth + 1
            )
            if is_litter(member.name):
                self._note(place.arrival, "skipped", "litter", name=inner.name)
                continue
            try:
                self._member(inner, member.data, signed, in_mail=type_ in MAILS)
            except ContainerError as error:
                self._note(place.arrival, "refused", error.detail, name=inner.name)
        kept = len(self.taken.rows) > before
        if not kept and at < len(self.taken.entries):  # nothing new inside, so the container itself is not needed
            self.taken.entries[at] = self.taken.entries[at].model_copy(update={"file": None, "inside": ()})
        return kept

    def _member(self, place: _Place, data: bytes, signed: Sequence[datetime.date], *, in_mail: bool) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        suffix = names.parts(place.name.rpartition("/")[2])[1]
        type_ = filetype.identify(data[: filetype.TAIL], data[-filetype.TAIL :], suffix)
        facts: dict[str, Any] = {
            "name": place.name,
            "size": len(data),
            "sha256": sha256,
            "type": type_,
            "file": place.file,
            "inside": place.inside,
        }
        refused, ending = ("empty", "") if not data else _unfit(type_, suffix)
        if sha256 in self._erased:
            self._note(place.arrival, "refused", "erased", **facts)
        elif refused or ending:
            self._note(place.arrival, "refused", refused or "mislabelled", **facts)
        elif sha256 in self._items:
            self._note(place.arrival, "known", "same", **facts, item=self._items[sha256])
        elif type_ in KINDS:
            contents = open_container(type_, data, depth=place.depth)
            self._opened(place, type_, contents, len(data), sha256, ())
        else:
            small = in_mail and type_ in _PICTURES and len(data) <= SMALL_PICTURE
            self._item(
                place, type_, data, len(data), sha256, ("in-mail",) if small else (), signed=signed, take=not small
            )

    def _item(
        self,
        place: _Place,
        type_: str,
        data: bytes | Path,
        size: int,
        sha256: str,
        warnings: tuple[str, ...],
        *,
        contents: Contents | None = None,
        signed: Sequence[datetime.date] = (),
        take: bool = True,
    ) -> bool:
        """List one paper with its proposals; False where reading it showed that it cannot be evidence."""
        *folders, own = names.shown(place.name).split("/")
        read = reading.read(own, type_, data, size, folders=folders, contents=contents, signed_on=signed)
        facts: dict[str, Any] = {"size": size, "sha256": sha256, "type": type_}
        if read.refused:
            self._note(place.arrival, "refused", read.refused, name=place.name, **facts)
            return False
        proposal = self._proposer.propose(read.paper)
        id_ = self._ids.take(proposal.title.value or own)
        row = Row(take, id_, proposal, said(read, warnings), place.file, place.inside, sha256, names.shown(place.name))
        self.taken.rows.append(row)
        self._items[sha256] = id_
        self._note(
            place.arrival, "listed", "", name=place.name, **facts, file=place.file, inside=place.inside, item=id_
        )
        return True

    def _note(self, arrival: Arrival, became: str, why: str, *, name: str = "", **facts: Any) -> None:
        """Write an arrival into the list, unless the very same stands there from an earlier run."""
        entry = Entry.model_validate(
            {
                "name": names.shown(name or arrival.name) or ".",
                "source": names.shown(arrival.source) or ".",
                "run": self._run,
                "became": became,
                "why": why or None,
                **facts,
            }
        )
        self.taken.counts[became] += 1
        if self.taken.counts.total() > MOST_FILES:
            raise Refused([TOO_MANY.at(Location(arrival.source), limit=MOST_FILES)])
        if entry.key not in self._seen:
            self._seen.add(entry.key)
            self.taken.entries.append(entry)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def said(read: reading.Read, warnings: Sequence[str]) -> tuple[str, ...]:
    """What a person has to know of a paper, in words."""
    from kaasav.papers import personal

    found = [why_words(code) for code in (*warnings, *read.warnings)]
    found += [problem.message for problem in personal.warnings(read.personal, NOWHERE)]
    return tuple(found)


def _unfit(type_: str, suffix: str) -> tuple[str, str]:
    """Why a type cannot be evidence ("" if it can), and the right ending where the file carries a wrong one."""
    if type_ in PROGRAMS:
        return "program", ""
    if type_ in ARCHIVES:
        return "archive", ""
    if type_ in ("cdoc", "office-encrypted"):
        return "encrypted", ""
    if type_ == "zip-damaged":
        return "damaged", ""
    if filetype.matches_ending(type_, suffix):
        return "", ""
    right = _ENDINGS.get(type_, f".{type_}")
    known = type_ not in ("unknown", "ole") and filetype.matches_ending(type_, right)
    return ("", right) if known else ("mislabelled", "")
