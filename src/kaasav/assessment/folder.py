"""A municipality's folder: the only place that knows its layout.

assessments/<round>/round.yaml
assessments/<round>/<folder>/assessment.yaml, evidence.yaml, evidence/, ratings/<assessor or consensus>.yaml
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kaasav.assessment.claim import SCHEMA as APPLICATION_SCHEMA
from kaasav.assessment.claim import Application
from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList
from kaasav.assessment.rating import SCHEMA as RATINGS_SCHEMA
from kaasav.assessment.rating import Ratings
from kaasav.assessment.round import SCHEMA as ROUND_SCHEMA
from kaasav.assessment.round import Round
from kaasav.files import NOT_FOUND, NOT_READABLE, read_bytes
from kaasav.language import N_
from kaasav.problems import Location, Problem, Refused, error, has_errors
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse

ROUND = "round.yaml"
APPLICATION = "assessment.yaml"
EVIDENCE = "evidence.yaml"
EVIDENCE_FILES = "evidence"
RATINGS = "ratings"
CONSENSUS = "consensus"

NO_FOLDER = error(
    "no-folder", N_("there is no such folder"), N_("name a municipality’s folder, such as assessments/2026/naidisvald")
)
IS_FILE = error("folder-is-file", N_("this is a file"), N_("name the folder it lies in"))
NO_ASSESSMENT = error(
    "no-assessment",
    N_("this is no municipality’s folder: it holds no assessment.yaml"),
    N_("name a municipality’s folder, such as assessments/2026/naidisvald"),
)
NOT_RATINGS = error(
    "ratings-not-read",
    N_("this file is not read, because its name does not end in .yaml"),
    N_("name it after the assessor, such as mari-maasikas.yaml, or take it away"),
)
WRITE_NEW = N_("“kaasav new” makes a folder with all the files it needs")
WRONG_NAME = error(
    "ratings-wrong-name",
    N_("these are the ratings of “{assessor}”, but the file is called “{file}”"),
    N_("name the file after the assessor"),
)


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything people wrote for one municipality in one round, with the document each model came from.

    ``ratings`` are by assessor; ``documents`` by name inside the round's folder, such as ``ratings/mari.yaml``.
    """

    documents: Mapping[str, Document]
    round: Round
    application: Application
    evidence: EvidenceList
    ratings: Mapping[str, Ratings]
    consensus: Ratings | None


def members(round_folder: Path) -> list[Path]:
    """The municipalities' folders of a round, by name: every folder that holds an assessment."""
    return sorted(path.parent for path in round_folder.glob(f"*/{APPLICATION}"))


def read_round(round_folder: Path, shown: str) -> tuple[Round | None, Document, list[Problem]]:
    """The round in ``round_folder``, its document and every problem of it.

    Raises:
        Refused: the file cannot be opened.
    """
    name = f"{shown}/{ROUND}"
    document, problems = parse(read_bytes(round_folder / ROUND, name, inside=round_folder), name)
    a_round, found = bind(document, Round, ROUND_SCHEMA)
    return a_round, document, [*problems, *found]


def read(folder: Path, shown: str) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every YAML file of ``folder`` and of its round, by name; and what could not be opened."""
    here = Location(shown)
    try:
        inside = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return {}, [NO_FOLDER.at(here)]
    except NotADirectoryError:
        return {}, [IS_FILE.at(here)]
    except OSError as failure:
        return {}, [NOT_READABLE.at(here, reason=failure.strerror or type(failure).__name__)]
    if APPLICATION not in inside and EVIDENCE not in inside:
        return {}, [NO_ASSESSMENT.at(here)]
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    names, found = _ratings(folder, shown)
    problems += found
    for name in (ROUND, APPLICATION, EVIDENCE, *names):
        path = folder.parent / ROUND if name == ROUND else folder / name
        try:
            contents[name] = read_bytes(path, placed(name, shown), inside=folder.parent)
        except Refused as refused:
            missing = name in (APPLICATION, EVIDENCE) and refused.problems[0].kind is NOT_FOUND
            problems += [p.kind.at(p.location, hint=WRITE_NEW) if missing else p for p in refused.problems]
    return contents, problems


def _ratings(folder: Path, shown: str) -> tuple[list[str], list[Problem]]:
    """The names of the ratings files; whatever else lies there could be somebody's work, so it is named."""
    try:
        names = sorted(entry.name for entry in (folder / RATINGS).iterdir())
    except FileNotFoundError:
        return [], []
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        return [], [NOT_READABLE.at(Location(f"{shown}/{RATINGS}"), reason=reason)]
    read_, problems = [], []
    for name in names:
        if name.startswith(".") or name.endswith("~"):
            continue
        if name.endswith(".yaml"):
            read_.append(f"{RATINGS}/{name}")
        else:
            problems.append(NOT_RATINGS.at(Location(f"{shown}/{RATINGS}/{name}")))
    return read_, problems


def placed(name: str, shown: str) -> str:
    """How people know the file ``name`` of the folder they know as ``shown``."""
    folder = PurePosixPath(shown)
    return str((folder.parent if name == ROUND else folder) / name)


def understand(contents: Mapping[str, bytes], shown: str) -> tuple[Submission | None, list[Problem]]:
    """Read the files of a folder, given as bytes by name.

    Args:
        contents: as `read` returns them, or as a record keeps them.
        shown: the folder's path as people gave it; problems name files below it.

    Returns:
        The submission, or None if anything in any file is wrong; and every problem of every file.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for name, content in contents.items():
        documents[name], found = parse(content, placed(name, shown))
        problems += found
    a_round, found = bind(documents[ROUND], Round, ROUND_SCHEMA)
    problems += found
    application, found = bind(documents[APPLICATION], Application, APPLICATION_SCHEMA)
    problems += found
    evidence, found = bind(documents[EVIDENCE], EvidenceList, EVIDENCE_SCHEMA)
    problems += found
    ratings: dict[str, Ratings] = {}
    for name in sorted(n for n in documents if n.startswith(f"{RATINGS}/")):
        one, found = bind(documents[name], Ratings, RATINGS_SCHEMA)
        problems += found
        if one is None:
            continue
        stem = PurePosixPath(name).stem
        if one.assessor != stem:
            problems.append(WRONG_NAME.at(documents[name].at("assessor"), assessor=one.assessor, file=f"{stem}.yaml"))
        ratings[stem] = one
    if a_round is None or application is None or evidence is None or has_errors(problems):
        return None, problems
    consensus = ratings.pop(CONSENSUS, None)
    return Submission(documents, a_round, application, evidence, ratings, consensus), problems
