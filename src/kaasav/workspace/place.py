"""Finding a workspace, and things in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kaasav.files import read_bytes
from kaasav.language import LANGUAGES, N_
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, closest, error
from kaasav.yamldoc.document import parse
from kaasav.yamldoc.schema import check_schema

SETTINGS = "kaasav.yaml"
CRITERIA = "criteria"
WAVES = "waves"
ASSESSMENTS = "assessments"
DATABASE = "kaasav.db"
SETTINGS_SCHEMA = "kaasav/workspace/1"

NO_WORKSPACE = error(
    "no-workspace",
    N_("no workspace here: neither this folder nor one above it holds “kaasav.yaml”"),
    N_("“kaasav init DIR” makes one"),
)
BAD_REFERENCE = error(
    "catalogue-reference", N_("“{reference}” does not name a catalogue"), N_("write id@version, such as {known}")
)
NO_CATALOGUE = error("no-catalogue", N_("there is no catalogue {reference} in the workspace"), N_("there are: {known}"))
NO_WAVE = error("no-wave", N_("there is no survey wave “{wave}” in the workspace"), N_("there are: {known}"))
NO_ROUND = error("no-round", N_("there is no round “{round}” in the workspace"), N_("there are: {known}"))
NONE_YET = N_("there are none yet")
BAD_LANGUAGE = error("workspace-language", N_("“{language}” is no language Kaasav speaks"), N_("write et or en"))
BAD_SETTINGS = error("workspace-settings", N_("the settings hold an unknown key “{key}”"), N_("known: {known}"))

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's root folder, absolute."""

    root: Path

    @property
    def database(self) -> Path:
        """The database's path, whether or not it exists."""
        return self.root / DATABASE

    def catalogues(self) -> dict[str, Path]:
        """Every catalogue file by its reference ``id@version``; versions as people count: 1.9, 1.10."""
        found = [path for path in (self.root / CRITERIA).glob("*/*.yaml") if path.parent.name != WAVES]
        found.sort(key=lambda path: (path.parent.name, _counted(path.stem)))
        return {f"{path.parent.name}@{path.stem}": path for path in found}

    def waves(self) -> dict[str, Path]:
        """Every survey wave's description by its id; its values lie beside it as ``.csv``."""
        return {path.stem: path for path in sorted((self.root / CRITERIA / WAVES).glob("*.yaml"))}

    def rounds(self) -> dict[str, Path]:
        """Every round's folder by its id."""
        return {path.parent.name: path.parent for path in sorted((self.root / ASSESSMENTS).glob("*/round.yaml"))}

    def catalogue(self, reference: str, at: Location) -> Path:
        """The file of the catalogue ``reference``, named at ``at``.

        Raises:
            Refused: it is not of the form id@version, or there is none.
        """
        known = self.catalogues()
        if "@" not in reference or not _SAFE.issuperset(reference.replace("@", "", 1)):
            raise Refused([BAD_REFERENCE.at(at, reference=reference, known=next(iter(known), "id@version"))])
        return _pick(known, reference, NO_CATALOGUE.at(at, reference=reference, known=", ".join(known)))

    def wave(self, id_: str, at: Location) -> Path:
        """The description of the wave ``id_``, named at ``at``.

        Raises:
            Refused: there is none.
        """
        known = self.waves()
        return _pick(known, id_, NO_WAVE.at(at, wave=id_, known=", ".join(known)))

    def round(self, id_: str) -> Path:
        """The folder of the round ``id_``.

        Raises:
            Refused: there is none.
        """
        known = self.rounds()
        return _pick(known, id_, NO_ROUND.at(Location(str(self.root)), round=id_, known=", ".join(known)))

    def relative(self, path: Path) -> str:
        """``path`` as seen from the root, with forward slashes; absolute where it lies elsewhere."""
        whole = path.resolve()
        name = (whole.relative_to(self.root) if whole.is_relative_to(self.root) else whole).as_posix()
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")

    def language(self) -> str | None:
        """The language the settings name, or None.

        Raises:
            Refused: the settings cannot be read.
        """
        path = self.root / SETTINGS
        document, problems = parse(read_bytes(path, str(path)), str(path))
        if not problems:
            problems += check_schema(document, SETTINGS_SCHEMA)
        data = document.data if isinstance(document.data, dict) else {}
        for key in data:
            if key not in ("schema", "language"):
                problems.append(BAD_SETTINGS.at(document.at_key(key), key=key, known="schema, language"))
        language = data.get("language")
        if language is not None and language not in LANGUAGES:
            problems.append(BAD_LANGUAGE.at(document.at("language"), language=language))
        if problems:
            raise Refused(problems)
        return language


def _counted(version: str) -> list[tuple[int, str]]:
    """A version's parts so that numbers compare as numbers."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.\-_]", version)]


def _pick(known: Mapping[str, Path], id_: str, otherwise: Problem) -> Path:
    if id_ in known:
        return known[id_]
    guess = closest(id_, known)
    if not known:
        otherwise = otherwise.kind.at(otherwise.location, hint=NONE_YET, **dict(otherwise.details))
    elif guess:
        otherwise = otherwise.kind.at(otherwise.location, hint=DID_YOU_MEAN, guess=guess, **dict(otherwise.details))
    raise Refused([otherwise])


def around(start: Path) -> Workspace | None:
    """The workspace that ``start`` lies in: the nearest folder at or above it that holds the settings; None: none."""
    here = start.resolve()
    return next((Workspace(folder) for folder in (here, *here.parents) if (folder / SETTINGS).is_file()), None)


def find(start: Path) -> Workspace:
    """The workspace that ``start`` lies in.

    Raises:
        Refused: there is none.
    """
    workspace = around(start)
    if workspace is None:
        raise Refused([NO_WORKSPACE.at(Location(str(start)))])
    return workspace
