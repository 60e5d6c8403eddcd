"""Importing a survey's file as a wave: read, make, check what was made, and only then write."""

import contextlib
import datetime
import fnmatch
import gc
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kaasav.files import read_bytes
from kaasav.language import N_
from kaasav.problems import Location, Problem, error, has_errors, warning
from kaasav.survey.imports.description import ID, Joined, SurveyFile, is_id, read_description
from kaasav.survey.imports.making import description_yaml, values_csv
from kaasav.survey.imports.reading import Reading, read_file
from kaasav.survey.imports.shelving import Became, known, shelve, standing
from kaasav.survey.reader import check_description
from kaasav.survey.tables.sheet import MOST_BYTES, TOO_LARGE

NO_OTHER = error(
    "survey-no-joined-file",
    N_("no file beside it is called “{pattern}”, which the description joins"),
    N_("put it into the same folder, or name it on the command line too"),
)
OTHERS = error(
    "survey-joined-files", N_("several files are called “{pattern}”: {found}"), N_("write one name in the description")
)
EDITED = warning(
    "survey-wave-edited",
    N_("the wave was changed by hand since it was imported; the new version takes nothing of that over"),
    N_("what stood there is kept under “old”; what is to stay belongs into the description"),
)
LEFT_EDITED = warning(
    "survey-wave-left-edited",
    N_("the wave was changed by hand since it was imported, and stays as it is"),
    N_("to have it as imported, move it away and import again; what is to stay belongs into the description"),
)
UNASKED = error("survey-file-unasked", N_("this file is not mentioned in the description"))


@dataclass(frozen=True)
class Outcome:
    """What an import came to.

    Attributes:
        described: the description; None if it has an error.
        reading: what the file gave.
        became: ``new``, ``changed`` or ``same``; None if it was refused.
        version: the wave's version.
        yaml: the wave's description as made; None if refused, or the same as before.
        csv: its values.
        problems: everything wrong.
    """

    described: SurveyFile | None
    reading: Reading
    became: Became | None
    version: int
    yaml: bytes | None
    csv: bytes | None
    problems: tuple[Problem, ...]


def take_in(
    files: Sequence[Path], description: Path, waves: Path, *, wave_id: str = "", on: datetime.date | None = None
) -> Outcome:
    """Read ``files`` by ``description`` and make the wave's two files; nothing is written yet (`keep` does).

    Args:
        files: the table's file, then any it is joined with that do not lie beside it.
        description: a ``kaasav/survey-file/1`` file.
        waves: the folder of the waves, where the wave may stand already.
        wave_id: another id than the description's.
        on: the day of the import, if it is to be stated in the wave.

    Raises:
        Refused: a file cannot be opened.
    """
    with _without_collecting():
        return _take_in(files, description, waves, wave_id, on)


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows are many, stay, and hold no circles; looking for circles among them time and again would take as long as
    reading them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _take_in(files: Sequence[Path], description: Path, waves: Path, wave_id: str, on: datetime.date | None) -> Outcome:
    content = read_bytes(description, description.as_posix())
    described, problems = read_description(content, description.as_posix())
    if described is None:
        return _refused(None, Reading(), problems)
    if wave_id and not is_id(wave_id):
        return _refused(described, Reading(), [ID.at(Location(""), id=wave_id[:60])])
    if wave_id:
        described = described.model_copy(update={"id": wave_id})
    main = files[0]
    if main.is_file() and main.stat().st_size > MOST_BYTES:
        return _refused(described, Reading(), [TOO_LARGE.at(Location(main.as_posix()), limit=MOST_BYTES // 2**20)])
    data = read_bytes(main, main.as_posix())
    others, wrong = _others(described.table.joined, files, description)
    if wrong:
        return _refused(described, Reading(), [*problems, *wrong])
    loaded = {name: (path.name, read_bytes(path, path.as_posix())) for name, path in others.items()}
    sources = [(name, hashlib.sha256(one).hexdigest()) for name, one in ((main.name, data), *loaded.values())]
    yaml_path = waves / f"{described.id}.yaml"
    before = standing(yaml_path)
    stated = hashlib.sha256(content).hexdigest()
    if known(before, {sha256 for _name, sha256 in sources}, stated) and before is not None:
        problems += [LEFT_EDITED.at(Location(yaml_path.name))] if before.edited else []
        return Outcome(described, Reading(), "same", before.version, None, None, tuple(problems))
    reading = read_file(described, data, main.name, loaded)
    problems += reading.problems
    if reading.gathered is None or has_errors(problems):
        return _refused(described, reading, problems)
    rows = reading.gathered.rows
    csv = values_csv(described, rows)
    version = before.version + 1 if before else 1
    yaml = description_yaml(described, rows, csv, sources, stated, version, on)
    unfit = check_description(yaml, rows, yaml_path.name)
    problems += [replace(problem, location=Location(description.as_posix())) for problem in unfit]
    problems += [EDITED.at(Location(yaml_path.name))] if before is not None and before.edited else []
    if has_errors(problems):
        return _refused(described, reading, problems)
    return Outcome(described, reading, "changed" if before else "new", version, yaml, csv, tuple(problems))


def keep(outcome: Outcome, waves: Path) -> None:
    """Write the wave that `take_in` made into the folder ``waves``.

    Raises:
        Refused: a file cannot be written.
    """
    if outcome.described is None or outcome.yaml is None or outcome.csv is None:
        return
    yaml_path = waves / f"{outcome.described.id}.yaml"
    shelve(yaml_path, outcome.yaml, outcome.csv, standing(yaml_path))


def _refused(described: SurveyFile | None, reading: Reading, problems: Sequence[Problem]) -> Outcome:
    return Outcome(described, reading, None, 0, None, None, tuple(problems))


def _others(
    joined: Sequence[Joined], files: Sequence[Path], description: Path
) -> tuple[dict[str, Path], list[Problem]]:
    """The file of each join: among those named, else beside the table."""
    named, found, problems = list(files[1:]), dict[str, Path](), list[Problem]()
    beside = sorted(path for path in files[0].parent.iterdir() if path.is_file()) if joined else []
    for one in joined:
        pattern = _key(one.file)
        fits = [path for path in named if fnmatch.fnmatchcase(_key(path.name), pattern)]
        fits = fits or [path for path in beside if path != files[0] and fnmatch.fnmatchcase(_key(path.name), pattern)]
        if len(fits) == 1:
            found[one.as_] = fits[0]
        elif fits:
            shown = ", ".join(path.name for path in fits)
            problems.append(OTHERS.at(Location(description.as_posix()), pattern=one.file, found=shown))
        else:
            problems.append(NO_OTHER.at(Location(description.as_posix()), pattern=one.file))
    problems += [UNASKED.at(Location(path.as_posix())) for path in named if path not in found.values()]
    return found, problems


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
