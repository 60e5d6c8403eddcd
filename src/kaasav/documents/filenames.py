"""What files are called: after the folder, so that every system can write them and no two folders share a name."""

import os
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from kaasav.documents.template import OWN
from kaasav.intake.names import safe
from kaasav.workspace.place import ASSESSMENTS, CRITERIA, DATABASE, SETTINGS, around

CONTACTS = "contacts.xlsx"
_KEPT = frozenset({"evidence", "ratings"})
LONGEST = 160
"""Bytes of a name before its ending: with the longest ending it fits into the 255 that systems allow."""


def file_name(folder: Path, siblings: Iterable[Path] = ()) -> str:
    """What the names of the files of ``folder`` begin with; the same whichever of its ``siblings`` are asked for.

    A name every system can write stays as it is. Where another folder's would be the same, in small letters or once
    made harmless, it gets six signs of its SHA-256.

    Args:
        folder: a municipality's folder.
        siblings: the folders beside it; it may be among them.
    """
    own = _short(folder.name)
    others = {path.name for path in siblings} - {folder.name}
    rivals = [name for name in others if _folded(_short(name)) == _folded(own)]
    first = own == folder.name and all(_short(name) != name or folder.name < name for name in rivals)
    return own if not rivals or first else f"{own}-{_digest(folder.name)}"


def is_input(path: Path, database: Path) -> bool:
    """Whether Kaasav reads what lies at ``path``, or would: no document belongs there.

    So it is with the database and what SQLite lays beside it; and in a workspace with its settings, with everything in
    ``criteria/`` and ``templates/``, and in ``assessments/`` with YAML files, contacts, ratings and evidence.

    Args:
        path: a file that may not be there yet; a link at its end counts as itself.
        database: the one in use.
    """
    place = path.parent.resolve() / path.name
    name = place.name.casefold()
    beside = database.resolve()
    own = {f"{beside.name}{end}".casefold() for end in ("", "-wal", "-shm", "-journal")}
    if _within(place.parent, beside.parent) == () and name in own:
        return True
    workspace = around(place.parent)
    inside = _within(place, workspace.root) if workspace else None
    if not inside:
        return False
    if len(inside) == 1:
        return name == SETTINGS or name.startswith(DATABASE)
    if inside[0] == ASSESSMENTS:
        return name.endswith((".yaml", ".yml")) or name == CONTACTS or not _KEPT.isdisjoint(inside[3:-1][:1])
    return inside[0] in (CRITERIA, OWN)


def _within(place: Path, folder: Path) -> tuple[str, ...] | None:
    """The way from ``folder`` to ``place`` in small letters, as systems that do not tell them apart have it."""
    whole, start = ([part.casefold() for part in one.parts] for one in (place, folder))
    return tuple(whole[len(start) :]) if whole[: len(start)] == start else None


def _short(name: str) -> str:
    tidy = safe(name)
    if len(tidy.encode("utf-8")) <= LONGEST:
        return tidy
    return tidy.encode("utf-8")[: LONGEST - 7].decode("utf-8", "ignore").rstrip(" .") + f"-{_digest(name)}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _digest(name: str) -> str:
    return sha256(os.fsencode(name)).hexdigest()[:6]
