"""Making files and recording each: what was made, of what, by which template; and what need not be made again."""

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kaasav.documents.container import is_signed
from kaasav.documents.filenames import is_input
from kaasav.documents.recipe import Recipe
from kaasav.files import MOST_BYTES, write_atomically
from kaasav.language import N_
from kaasav.problems import Forbidden, Location, Misused, Refused, error
from kaasav.store.database import Store
from kaasav.store.events import Event

MADE = "document-made"
"""The kind of event a made document leaves; its subject is the SHA-256 of the bytes."""
RECEIVED = "document-received"
"""The kind of event a signed container leaves; its subject is the SHA-256 of the container."""

_HINT = N_("keep it under another name or elsewhere, then run the command again; --replace writes over it")
NOT_OURS = error(
    "document-not-ours",
    N_("this is not the file Kaasav made: somebody changed it, signed it or put it here; it was left as it is"),
    _HINT,
)
OF_ANOTHER = error(
    "document-of-another",
    N_("a document of {municipality}, round {round}, lies here; it was left as it is"),
    _HINT,
)
SIGNED = error(
    "document-signed",
    N_("a signed container lies here that was not taken back yet; --replace does not write over it either"),
    N_("take it back first with “kaasav document receive”, or move it elsewhere"),
)
ANOTHER_KIND = error("document-another-kind", N_("another kind of document lies here; it was left as it is"), _HINT)


@dataclass(frozen=True, slots=True)
class Made:
    """One file.

    Attributes:
        path: where it is.
        sha256: of its bytes.
        fresh: whether it was written now; False: it was there already, made of the same.
        recipe: what it is made of.
    """

    path: Path
    sha256: str
    fresh: bool
    recipe: Recipe


OTHER_ENDING = error(
    "document-ending",
    N_("a file of the format {format} is to be made, and this name ends otherwise"),
    N_("end the name in .{format}"),
)
INPUT = error(
    "document-input",
    N_("Kaasav works with what lies here, so no document is put in its place"),
    N_("name another file or folder with -o"),
)


class _Meanwhile(Exception):
    """Somebody else wrote the file since it was looked at."""


def make(recipe: Recipe, path: Path, store: Store, *, at: datetime.datetime, replace: bool = False) -> Made:
    """Make the file of ``recipe`` at ``path`` and record it; leave it alone where it is there, made of the same.

    What lies there is written over only if it is recorded as the same kind of document of the same municipality and
    round, so nothing a person changed is lost. The event counts once the file is in place. Cut off between the two,
    the next run finds the bytes it would make, and records them.

    Args:
        recipe: what to make.
        path: where; its folder must exist.
        store: where it is recorded.
        at: now, with time zone; stands in the event only.
        replace: write over whatever lies there.

    Raises:
        Misused: the name's ending is another format's (`OTHER_ENDING`).
        Refused: it cannot be rendered, written or recorded; nothing has changed.
        Forbidden: something else lies there (`NOT_OURS`, `OF_ANOTHER`, `ANOTHER_KIND`), or even with ``replace``: a
            signed container not taken back yet (`SIGNED`), or what Kaasav works with (`INPUT`); it is as it was.
    """
    looked = _, there = _look(path)
    content = ready(recipe, path, store, replace=replace, looked=looked)
    if content is None:
        return Made(path, str(there), False, recipe)
    own = sha256(content).hexdigest()
    try:
        with store.appending(MADE, own, _event(recipe, path), at=at):
            if _look(path) != looked:
                raise _Meanwhile
            if own != there:
                write_atomically(path, content)
    except _Meanwhile:
        return make(recipe, path, store, at=at, replace=replace)
    return Made(path, own, own != there, recipe)


def _require_own_place(recipe: Recipe, path: Path, store: Store) -> None:
    """See that ``path`` is a name for this format, and none that documents are made of."""
    if path.suffix.lower() != f".{recipe.format}":
        raise Misused([OTHER_ENDING.at(Location(str(path)), format=recipe.format)])
    if is_input(path, store.path):
        raise Forbidden([INPUT.at(Location(str(path)))])


def ready(
    recipe: Recipe,
    path: Path,
    store: Store,
    *,
    replace: bool = False,
    looked: tuple[bool, str | None] | None = None,
) -> bytes | None:
    """What `make` would write, or None where it would leave the file alone; nothing is written.

    Args:
        recipe: as of `make`.
        path: as of `make`.
        store: as of `make`.
        replace: as of `make`.
        looked: whether something lies there, and its hash, where that is known.

    Raises:
        Misused: as `make`.
        Refused: as `make`.
        Forbidden: as `make`.
    """
    _require_own_place(recipe, path, store)
    something, there = looked or _look(path)
    known = store.events(kind=MADE, subject=there) if there else ()
    if there is not None and any(event.data["recipe"] == recipe.digest for event in known):
        return None
    if known and not replace:
        _require_same(known, recipe, path, store)
    content = recipe.render()
    if something and not known and sha256(content).hexdigest() != there:
        if not replace:
            raise Forbidden([NOT_OURS.at(Location(str(path)))])
        if not (there and store.events(kind=RECEIVED, subject=there)) and is_signed(path):
            raise Forbidden([SIGNED.at(Location(str(path)))])
    return content


def _require_same(known: Iterable[Event], recipe: Recipe, path: Path, store: Store) -> None:
    """See that one of the ``known`` documents is an earlier one of the same municipality and round."""
    place = Location(str(path))
    same = [event for event in known if event.data["document"] == recipe.document]
    if not same:
        raise Forbidden([ANOTHER_KIND.at(place)])
    told = {key: of for key, of in (_of(str(event.data["result"]), store) for event in same) if key}
    own, _name = _of(recipe.result, store)
    if told and own and own not in told:
        raise Forbidden([OF_ANOTHER.at(place, municipality=list(told.values())[-1], round=list(told)[-1][1])])


def _of(result: str, store: Store) -> tuple[tuple[str, str] | None, str]:
    """The code and round a result is of (None where it is not recorded here), and the municipality's name."""
    try:
        record = store.result(result).record
    except Refused:
        return None, ""
    municipality = record["municipality"]
    return (str(municipality["code"]), str(record["round"])), str(municipality["name"])


def _event(recipe: Recipe, path: Path) -> dict[str, object]:
    template = {"name": recipe.template.name, "sha256": recipe.template.version} if recipe.template else None
    return {
        "document": recipe.document,
        "format": recipe.format,
        "language": recipe.language,
        "result": recipe.result,
        "template": template,
        "recipe": recipe.digest,
        "versions": recipe.versions,
        "file": path.name,
        **({"holds": dict(recipe.holds)} if recipe.holds else {}),
    }


Which = tuple[str, str, str, str]
"""Document, format, language and result."""


def made_before(store: Store) -> Mapping[Which, list[Event]]:
    """Every document recorded, by what it is, oldest first: read once where many are looked for."""
    found: dict[Which, list[Event]] = {}
    for event in store.events(kind=MADE):
        document, format_, language, result = (
            str(event.data[key]) for key in ("document", "format", "language", "result")
        )
        found.setdefault((document, format_, language, result), []).append(event)
    return found


def _look(path: Path) -> tuple[bool, str | None]:
    """Whether anything but a folder lies at ``path``, and its hash; None where it cannot be one of ours."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            return os.path.lexists(path) and not path.is_dir(), None
        return True, sha256(path.read_bytes()).hexdigest()
    except OSError:
        return os.path.lexists(path), None
