"""Whether a folder is still as it was recorded."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from kaasav.assessment import folder as layout
from kaasav.assessment.assess import CATALOGUE, WAVE, WAVE_VALUES
from kaasav.files import read_bytes
from kaasav.problems import Refused
from kaasav.scoring import RULES
from kaasav.store.database import RecordedResult, Store
from kaasav.store.schema import RECORDED
from kaasav.workspace.place import Workspace


def recorded_from(store: Store) -> dict[str, str]:
    """The hash of the result last recorded from each folder, by the folder's path in the workspace."""
    return {str(event.data["folder"]): event.subject for event in store.events(kind=RECORDED) if "folder" in event.data}


def unchanged(folder: Path, workspace: Workspace, result: RecordedResult) -> bool:
    """Whether every YAML and survey file is still the one ``result`` was made from, and the rules are the same.

    Evidence files are not opened.
    """
    return result.record["rules"] == RULES and dict(result.inputs) == _inputs(folder, workspace, result.record)


def _inputs(folder: Path, workspace: Workspace, record: Mapping[str, Any]) -> dict[str, str] | None:
    """The SHA-256 of every input as it is now, by name; None if one cannot be opened."""
    contents, problems = layout.read(folder, folder.name)
    if problems:
        return None
    wave = workspace.root / "criteria" / "waves" / f"{record['wave']}.yaml"
    id_, _at, version = record["catalogue"].partition("@")
    others = {
        CATALOGUE: workspace.root / "criteria" / id_ / f"{version}.yaml",
        WAVE: wave,
        WAVE_VALUES: wave.with_suffix(".csv"),
    }
    try:
        contents |= {name: read_bytes(path, name) for name, path in others.items()}
    except Refused:
        return None
    return {name: sha256(content).hexdigest() for name, content in contents.items()}
