"""Which results documents are wanted of: a folder's, one named by its hash, or every one of a round."""

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kaasav import __version__
from kaasav.assessment.assess import Shelf, assess
from kaasav.assessment.folder import APPLICATION, EVIDENCE, RATINGS, members
from kaasav.assessment.who import TWICE, doubles
from kaasav.documents.filenames import file_name
from kaasav.documents.named import NO_RESULT, Named, check, named_folder
from kaasav.documents.source import Sources
from kaasav.documents.standing import recorded_from, unchanged
from kaasav.documents.superseded import superseded
from kaasav.files import NOT_READABLE
from kaasav.language import N_
from kaasav.problems import Location, Misused, Problem, Refused, error, warning
from kaasav.store.database import Store
from kaasav.workspace.place import Workspace

NEITHER = error(
    "document-of-neither",
    N_("this is neither a folder nor the beginning of a recorded result’s hash"),
    N_("name a municipality’s folder, such as assessments/2026/naidisvald; “kaasav result list” shows the hashes"),
)
FOLDER_AND_RESULT = error(
    "document-folder-and-result",
    N_("a folder is called so, and a recorded result’s hash begins so too"),
    N_("for the folder write {folder}, for the result more of its hash: {hash}"),
)
EMPTY_ROUND = error(
    "document-round-empty", N_("the round holds no municipality yet"), N_("“kaasav new” makes a folder")
)
RECORDED_FIRST = warning(
    "document-recorded-first", N_("no result of this folder was recorded yet; it has been assessed and recorded first")
)
ASSESSED_ANEW = warning(
    "document-assessed-anew",
    N_("the folder has changed since its result was recorded; it has been assessed and recorded anew"),
)

_HASH = frozenset("0123456789abcdefABCDEF")


Found = tuple[str, Named | Sequence[Problem]]
"""How people know a folder or result, and what was found: it, or why there is none."""


def folders(workspace: Workspace, round_id: str) -> list[Path]:
    """The municipalities' folders of a round.

    Raises:
        Refused: there is no such round, it cannot be looked into, or it is empty.
    """
    place = workspace.round(round_id)
    try:
        found = sorted({*members(place), *(path for path in place.iterdir() if _meant(path))})
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise Refused([NOT_READABLE.at(Location(str(place)), reason=reason)]) from None
    if not found:
        raise Refused([EMPTY_ROUND.at(Location(workspace.relative(place)))])
    return found


def _meant(path: Path) -> bool:
    """Whether this is a municipality's folder that lacks something: better told than passed over."""
    if path.name.startswith(".") or not path.is_dir():
        return False
    try:
        return not {entry.name for entry in path.iterdir()}.isdisjoint((APPLICATION, EVIDENCE, RATINGS))
    except OSError:
        return True


@dataclass(slots=True)
class Targets:
    """Finds results to make documents of; catalogues, waves and events are read once for all of them.

    A folder stands for its last recorded result where its YAML files are as recorded, else it is assessed and recorded
    first. Evidence files are not opened again for what is recorded: ``kaasav result verify`` does that.

    Attributes:
        workspace: whose catalogues and waves count.
        store: where results are recorded.
        now: gives the moment a result is recorded at.
        shown: how people know a path.
    """

    workspace: Workspace
    store: Store
    now: Callable[[], datetime.datetime]
    shown: Callable[[Path], str]
    sources: Sources = field(default_factory=Sources)
    _shelf: Shelf | None = None
    _recorded: Mapping[str, str] | None = None

    def find(self, target: str, round_id: str) -> Iterator[Found]:
        """Each result meant: one for a target; for a round each folder's, or why there is none.

        Raises:
            Misused: nothing is named, or not clearly.
            Refused: there is no such folder, result or round; nothing can be made of the one named.
        """
        check(target, round_id)
        if not round_id:
            yield self._one(target)
            return
        beside = folders(self.workspace, round_id)
        twice = doubles(beside)
        for folder in beside:
            if folder in twice:
                municipality, other = twice[folder]
                place = Location(f"{self.shown(folder)}/{APPLICATION}")
                yield folder.name, [TWICE.at(place, name=municipality.name, other=self.shown(other))]
                continue
            try:
                yield folder.name, self._of_folder(folder, beside)
            except Refused as refused:
                yield folder.name, refused.problems

    def _one(self, target: str) -> Found:
        result = self._result(target)
        if result is not None:
            found = self.store.result(result)
            told = tuple(superseded(found.hash, found.record, self.store, Location(target)))
            source = self.sources.source(found.hash, found.record, self.store.blob)
            return target, Named(found.hash[:12], source, None, told)
        if not Path(target).exists() and not any(sign in target for sign in "/\\."):
            raise Refused([NEITHER.at(Location(target))])
        folder = named_folder(target)
        return folder.name, self._of_folder(folder, _beside(folder))

    def _result(self, target: str) -> str | None:
        """``target`` where it means a result by its hash.

        Raises:
            Misused: it means a municipality's folder just as well.
        """
        if not target or set(target) - _HASH:
            return None
        folder = Path(target)
        if not folder.is_dir():
            return target
        try:
            found = self.store.result(target)
        except Refused:
            return None
        if (folder / APPLICATION).is_file() or (folder / EVIDENCE).is_file():
            details = {"folder": f".{os.sep}{target}", "hash": found.hash[: len(target) + 8]}
            raise Misused([FOLDER_AND_RESULT.at(Location(target), **details)])
        return target

    def _of_folder(self, folder: Path, beside: Sequence[Path]) -> Named:
        if self._recorded is None:
            self._recorded = recorded_from(self.store)
        told: tuple[Problem, ...] = ()
        last = self._recorded.get(self.workspace.relative(folder))
        found = self.store.result(last) if last else None
        if found is None or not unchanged(folder, self.workspace, found):
            found = self.store.result(self._assess(folder))
            if last != found.hash:
                told = ((ASSESSED_ANEW if last else RECORDED_FIRST).at(Location(self.shown(folder))),)
        source = self.sources.source(found.hash, found.record, self.store.blob)
        return Named(file_name(folder.resolve(), beside), source, folder, told)

    def _assess(self, folder: Path) -> str:
        if self._shelf is None:
            self._shelf = Shelf(self.workspace)
        one = assess(folder, self.shown(folder), self._shelf)
        if one.record is None:
            raise Refused([*one.problems, NO_RESULT.at(Location(one.shown))])
        event = {"folder": self.workspace.relative(one.folder), "kaasav": __version__}
        return self.store.record(one.record, one.inputs, at=self.now(), event=event)


def _beside(folder: Path) -> list[Path]:
    try:
        return members(folder.resolve().parent)
    except OSError:
        return []
