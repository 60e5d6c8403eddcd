"""A municipality's folder: the only place that knows its layout.

assessments/<round>/round.yaml
assessments/<round>/<folder>/assessment.yaml, evidence.yaml, evidence/, ratings/<assessor or consensus>.yaml
"""

from collections.abc import Iterator, Mapping
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
from kaasav.files import read_bytes
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
    document, problems = parse(read_bytes(round_folder / ROUND, name), name)
    a_round, found = bind(document, Round, ROUND_SCHEMA)
    return a_round, document, [*problems, *found]


def read(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every YAML file of ``folder`` and of its round, by name; and what could not be opened."""
    if not folder.is_dir():
        return {}, [NO_FOLDER.at(Location(str(folder)))]
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, path in _files(folder):
        try:
            contents[name] = read_bytes(path, path.as_posix())
        except Refused as refused:
            problems += [p.kind.at(p.location, hint=WRITE_NEW, **dict(p.details)) for p in refused.problems]
    return contents, problems


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    yield ROUND, folder.parent / ROUND
    yield APPLICATION, folder / APPLICATION
    yield EVIDENCE, folder / EVIDENCE
    for path in sorted((folder / RATINGS).glob("*.yaml")):
        yield f"{RATINGS}/{path.name}", path


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
        place = PurePosixPath(shown).parent / name if name == ROUND else PurePosixPath(shown) / name
        documents[name], found = parse(content, str(place))
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
