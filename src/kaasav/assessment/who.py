"""Which municipality a folder is of, before anything else is looked at."""

from collections.abc import Iterable
from pathlib import Path

from kaasav.assessment.claim import SCHEMA, Application
from kaasav.assessment.folder import APPLICATION
from kaasav.files import read_bytes
from kaasav.language import N_
from kaasav.municipalities.names import find
from kaasav.municipalities.register import Municipality
from kaasav.problems import Refused, error
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

TWICE = error(
    "municipality-twice", N_("{name} is in this round already, in {other}"), N_("keep one folder for each municipality")
)


def who(folder: Path) -> Municipality | None:
    """The municipality whose folder this is; None where its ``assessment.yaml`` does not say so without a mistake."""
    try:
        document, _problems = parse(read_bytes(folder / APPLICATION, APPLICATION, inside=folder.parent), APPLICATION)
    except Refused:
        return None
    application, _problems = bind(document, Application, SCHEMA)
    found = find(application.municipality)[0] if application else None
    return found.municipality if found else None


def doubles(folders: Iterable[Path]) -> dict[Path, tuple[Municipality, Path]]:
    """The folders that are not the only one of their municipality: with it, and another of its folders."""
    by_code: dict[str, list[tuple[Municipality, Path]]] = {}
    for folder in folders:
        one = who(folder)
        if one is not None:
            by_code.setdefault(one.code, []).append((one, folder))
    return {
        folder: (one, several[1 if folder == several[0][1] else 0][1])
        for several in by_code.values()
        if len(several) > 1
        for one, folder in several
    }
