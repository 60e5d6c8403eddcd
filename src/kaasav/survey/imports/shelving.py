"""Keeping a wave's two files: all or nothing, older versions set aside, the same import again changes nothing."""

import hashlib
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from kaasav.files import read_bytes, write_atomically
from kaasav.survey.wave import SCHEMA, Description, Imported
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

OLD = "old"
_SEAL = b"  made_sha256: "

Became = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The wave as it stands: its two files, its version, what it was imported from, whether its values fit, and whether
    people changed it since.
    """

    yaml: bytes
    csv: bytes | None
    version: int
    imported: Imported | None
    values_fit: bool
    edited: bool = False


def standing(yaml_path: Path) -> Standing | None:
    """The wave at ``yaml_path``; None if there is none. One that cannot be read counts as version 1."""
    if not yaml_path.is_file():
        return None
    content = read_bytes(yaml_path, str(yaml_path))
    csv_path = yaml_path.with_suffix(".csv")
    values = read_bytes(csv_path, str(csv_path)) if csv_path.is_file() else None
    document, problems = parse(content, yaml_path.name)
    description = None if problems else bind(document, Description, SCHEMA)[0]
    if description is None:
        return Standing(content, values, 1, None, values_fit=False)
    stated = description.values_sha256
    fit = values is not None and stated in (None, hashlib.sha256(values).hexdigest())
    edited = description.imported is not None and not (fit and as_made(content, description.imported.made_sha256))
    return Standing(content, values, description.version or 1, description.imported, values_fit=fit, edited=edited)


def sealed(yaml: bytes) -> bytes:
    """A wave's description as made, whose last key is ``imported``, with the hash of all above at its end."""
    return yaml + _SEAL + hashlib.sha256(yaml).hexdigest().encode("ascii") + b"\n"


def as_made(yaml: bytes, seal: str | None) -> bool:
    """Whether a description is as `sealed` wrote it; one without ``seal`` is taken to be."""
    plain = yaml.replace(b"\r\n", b"\n")
    above, _seal, below = plain.rpartition(_SEAL)
    return seal is None or below.strip() == seal.encode() == hashlib.sha256(above).hexdigest().encode("ascii")


def known(before: Standing | None, sha256s: set[str], description_sha256: str) -> bool:
    """Whether the wave as it stands came of exactly these files and this description."""
    if before is None or before.imported is None or not before.values_fit:
        return False
    same_files = {one.sha256 for one in before.imported.files} == sha256s
    return same_files and before.imported.description_sha256 == description_sha256


def shelve(yaml_path: Path, yaml: bytes, csv: bytes, before: Standing | None) -> None:
    """Put the two files in place; what stood there before is kept as ``old/<id>/<version>``, ``<version>-edited`` if
    people changed it.

    A new description names the hash of its values, so where one of the two is in place and the other not yet, reading
    says so instead of mixing them; importing again completes it. A wave there was none of begins with its values, which
    nothing reads without a description.

    Raises:
        Refused: a file cannot be written.
    """
    csv_path = yaml_path.with_suffix(".csv")
    yaml_path.parent.mkdir(parents=True, exist_ok=True)
    if before is None:
        write_atomically(csv_path, csv)
        write_atomically(yaml_path, yaml)
        return
    _keep(yaml_path.parent / OLD / yaml_path.stem, before)
    write_atomically(yaml_path, yaml)
    write_atomically(csv_path, csv)


def _keep(folder: Path, before: Standing) -> None:
    """Set aside what stood there; nothing kept before is ever written over."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(before.version) if before.values_fit and not before.edited else f"{before.version}-edited"
    held = {".csv": before.csv, ".yaml": before.yaml}
    places = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    place = next(one for one in places if all(_may_be(Path(f"{one}{end}"), data) for end, data in held.items()))
    for end, data in held.items():
        if data is not None:
            write_atomically(Path(f"{place}{end}"), data)


def _may_be(path: Path, data: bytes | None) -> bool:
    return not path.exists() or (data is not None and read_bytes(path, str(path)) == data)
