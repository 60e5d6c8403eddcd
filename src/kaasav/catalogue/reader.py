"""Reading a catalogue: from YAML with every check, or from the compiled form of the very same bytes."""

import hashlib
import os
from pathlib import Path

from kaasav import __version__
from kaasav.catalogue.model import SCHEMA, Catalogue
from kaasav.files import read_bytes, write_atomically
from kaasav.language import N_
from kaasav.problems import Problem, Refused, error, has_errors
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

WRONG_PLACE = error(
    "catalogue-wrong-place",
    N_("the catalogue says it is {stated}, but it lies where {expected} belongs"),
    N_("keep it as criteria/<id>/<version>.yaml"),
)
CACHE = "KAASAV_CACHE"
"""Environment variable: another folder for compiled catalogues, or ``off`` to neither read nor write any."""


def understand(content: bytes, shown: str) -> tuple[Catalogue | None, list[Problem]]:
    """Read and check the catalogue in ``content``, shown to people as ``shown``.

    Returns:
        The catalogue, or None if there is an error; and every problem, warnings included.
    """
    from kaasav.catalogue.checks import check

    document, problems = parse(content, shown)
    catalogue, found = bind(document, Catalogue, SCHEMA)
    problems += found
    if catalogue is not None:
        problems += check(catalogue, document)
    return (None if has_errors(problems) else catalogue), problems


def read(content: bytes, shown: str) -> Catalogue:
    """The catalogue in ``content``; from the second time on from its compiled form, which only clean catalogues have.

    Raises:
        Refused: the catalogue holds an error.
    """
    path = _compiled(content)
    if path is not None and path.is_file():
        try:
            return Catalogue.model_validate_json(path.read_bytes())
        except (ValueError, OSError):
            pass  # a damaged cache is no reason to stop: the YAML is read instead
    catalogue, problems = understand(content, shown)
    if catalogue is None:
        raise Refused(problems)
    if path is not None and not problems:
        _keep(path, catalogue)
    return catalogue


def read_file(path: Path, shown: str) -> tuple[Catalogue, bytes]:
    """The catalogue in the file ``path`` and the bytes it was read from.

    Raises:
        Refused: the file cannot be opened or holds an error.
    """
    content = read_bytes(path, shown)
    return read(content, shown), content


def _compiled(content: bytes) -> Path | None:
    chosen = os.environ.get(CACHE, "")
    if chosen == "off":
        return None
    key = hashlib.sha256(content + __version__.encode() + SCHEMA.encode()).hexdigest()
    if chosen:
        return Path(chosen) / f"{key}.json"
    from platformdirs import user_cache_path

    return user_cache_path("kaasav", appauthor=False) / "catalogues" / f"{key}.json"


def _keep(path: Path, catalogue: Catalogue) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, catalogue.model_dump_json(by_alias=True).encode())
    except (OSError, Refused):
        pass  # a read-only or full home folder costs only time
