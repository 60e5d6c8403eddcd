"""The main verb: from a municipality's folder to its result, recorded or only looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from kaasav.assessment import folder as layout
from kaasav.assessment.case import Looked, build, gate_conditions, look_at
from kaasav.assessment.checks import check
from kaasav.assessment.checks.files import check_files, check_unlisted
from kaasav.assessment.findings import findings
from kaasav.assessment.folder import Submission
from kaasav.catalogue import reader as catalogues
from kaasav.catalogue.model import Catalogue, IndicatorCriterion
from kaasav.evidence.look import look
from kaasav.files import read_bytes
from kaasav.language import N_
from kaasav.municipalities import names
from kaasav.municipalities.register import Change, load
from kaasav.plain import plain
from kaasav.problems import Location, Problem, Refused, error, has_errors, in_order
from kaasav.scoring import RULES
from kaasav.scoring.case import Case
from kaasav.scoring.judge import judge
from kaasav.scoring.result import Result
from kaasav.survey.reader import read_wave
from kaasav.survey.verdict import GateRule, Verdict
from kaasav.survey.verdict import judge as judge_wave
from kaasav.survey.wave import Wave
from kaasav.workspace.place import Workspace

ROUND_ELSEWHERE = error(
    "round-elsewhere", N_("the round calls itself “{id}”, but its folder is “{folder}”"), N_("give both the same name")
)
WAVE_ELSEWHERE = error(
    "wave-elsewhere", N_("the wave calls itself “{id}”, but its file is “{file}”"), N_("give both the same name")
)
CATALOGUE = "catalogue.yaml"
WAVE = "wave.yaml"
WAVE_VALUES = "wave.csv"
RECORD = "kaasav/record/1"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One folder assessed.

    Attributes:
        folder: the folder.
        shown: the folder as people named it.
        record: everything the result rests on and the result itself, as plain data; None if an error leaves none.
        result: the same result as values.
        inputs: the bytes of every YAML and survey file, by name.
        problems: errors and warnings, in order.
    """

    folder: Path
    shown: str
    problems: tuple[Problem, ...]
    catalogue: Catalogue | None = None
    submission: Submission | None = None
    result: Result | None = None
    record: Mapping[str, Any] | None = None
    inputs: Mapping[str, bytes] = field(default_factory=dict)


class Shelf:
    """The catalogues and waves a run has already read, so that a whole round reads each once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._catalogues: dict[str, tuple[Catalogue, bytes]] = {}
        self._waves: dict[str, tuple[Wave, bytes, bytes]] = {}

    def catalogue(self, submission: Submission) -> tuple[Catalogue, bytes]:
        """The catalogue a submission's round names, and its bytes.

        Raises:
            Refused: there is none, or it holds an error.
        """
        reference = submission.round.catalogue
        if reference not in self._catalogues:
            at = submission.documents[layout.ROUND].at("catalogue")
            path = self.workspace.catalogue(reference, at)
            catalogue, content = catalogues.read_file(path, self._shown(path))
            if catalogue.reference != reference:
                place = Location(self._shown(path))
                raise Refused([catalogues.WRONG_PLACE.at(place, stated=catalogue.reference, expected=reference)])
            self._catalogues[reference] = catalogue, content
        return self._catalogues[reference]

    def wave(self, submission: Submission) -> tuple[Wave, bytes, bytes]:
        """The survey wave a submission's round names, and the bytes of its description and values.

        Raises:
            Refused: there is none, or it holds an error.
        """
        id_ = submission.round.wave
        if id_ not in self._waves:
            path = self.workspace.wave(id_, submission.documents[layout.ROUND].at("wave"))
            wave, description, values = read_wave_file(path, self._shown(path))
            if wave.id != id_:
                raise Refused([WAVE_ELSEWHERE.at(Location(self._shown(path)), id=wave.id, file=id_)])
            self._waves[id_] = wave, description, values
        return self._waves[id_]

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.workspace.root).as_posix()


def read_wave_file(path: Path, shown: str) -> tuple[Wave, bytes, bytes]:
    """The wave described in ``path``, whose values lie beside it as ``.csv``; and the bytes of both.

    Raises:
        Refused: a file cannot be opened or holds an error.
    """
    description = read_bytes(path, shown)
    values = read_bytes(path.with_suffix(".csv"), str(PurePosixPath(shown).with_suffix(".csv")))
    wave, problems = read_wave(description, values, shown)
    if wave is None:
        raise Refused(problems)
    return wave, description, values


def assess(folder: Path, shown: str, shelf: Shelf, *, self_only: bool = False) -> Assessed:
    """Assess one folder: read, check, open every file, judge. Records nothing; never raises for what people wrote.

    Args:
        folder: a municipality's folder.
        shown: how people named it.
        shelf: catalogues and waves.
        self_only: leave every assessor's ratings out, for a preview from the self-assessment alone.
    """
    contents, problems = layout.read(folder, shown)
    if self_only:
        contents = {name: content for name, content in contents.items() if not name.startswith(f"{layout.RATINGS}/")}
    if problems:
        return Assessed(folder, shown, in_order(problems))
    submission, problems = layout.understand(contents, shown)
    if submission is None:
        return Assessed(folder, shown, in_order(problems))
    try:
        catalogue, catalogue_bytes = shelf.catalogue(submission)
        wave, wave_bytes, values_bytes = shelf.wave(submission)
    except Refused as refused:
        return Assessed(folder, shown, in_order([*problems, *refused.problems]), submission=submission)
    problems += check(submission, catalogue)
    if submission.round.id != (own := folder.resolve().parent.name):
        place = submission.documents[layout.ROUND].at("id")
        problems.append(ROUND_ELSEWHERE.at(place, id=submission.round.id, folder=own))
    if has_errors(problems):
        return Assessed(folder, shown, in_order(problems), catalogue, submission)
    looked = {item.id: look_at(item, partial(look, folder)) for item in submission.evidence.items}
    problems += check_files(submission, looked, catalogue)
    problems += check_unlisted(submission, folder, shown)
    municipality = _municipality(submission)
    inputs = {**contents, CATALOGUE: catalogue_bytes, WAVE: wave_bytes, WAVE_VALUES: values_bytes}
    if has_errors(problems):
        return Assessed(folder, shown, in_order(problems), catalogue, submission)
    judged = recompute(submission, catalogue, wave, looked, municipality)
    problems += judged.problems
    if judged.result is None:
        return Assessed(folder, shown, in_order(problems), catalogue, submission)
    problems += findings(judged.result, submission, catalogue)
    record = {
        "schema": RECORD,
        "rules": RULES,
        "municipality": municipality,
        "round": submission.round.id,
        "catalogue": catalogue.reference,
        "wave": wave.id,
        "inputs": {name: sha256(content).hexdigest() for name, content in inputs.items()},
        "evidence": [{"item": id_, **plain(one)} for id_, one in looked.items()],
        "result": plain(judged.result),
    }
    return Assessed(folder, shown, in_order(problems), catalogue, submission, judged.result, record, inputs)


@dataclass(frozen=True, slots=True)
class Judged:
    """A result and the case it was judged from, or the problems that leave none."""

    case: Case
    result: Result | None
    problems: list[Problem]


def recompute(
    submission: Submission,
    catalogue: Catalogue,
    wave: Wave,
    looked: Mapping[str, Looked],
    municipality: Mapping[str, Any],
) -> Judged:
    """The result of a checked submission whose files have been looked at: the pure part of the way."""
    gates = {
        gate.criterion: _gate(catalogue, gate.criterion, wave, municipality, submission)
        for gate in gate_conditions(catalogue)
    }
    case = build(submission, catalogue, looked, gates)
    result, problems = judge(case)
    place = submission.documents[layout.APPLICATION].at("self_assessment")
    return Judged(case, result, [replace(problem, location=place) for problem in problems])


def _gate(
    catalogue: Catalogue, criterion: str, wave: Wave, municipality: Mapping[str, Any], submission: Submission
) -> Verdict:
    gate = next(g for g in gate_conditions(catalogue) if g.criterion == criterion)
    asked = catalogue.by_id[criterion]
    if not isinstance(asked, IndicatorCriterion):
        raise TypeError(f"{criterion} is no indicator")
    rule = GateRule(
        gate.min_respondents, gate.reliable_from, gate.max_age_months, gate.confidence, gate.measure, gate.base
    )
    history = tuple(Change(**change) for change in municipality["history"])
    return judge_wave(
        wave, asked.indicator, municipality["code"], history, rule, evidence_date=submission.round.evidence_date
    )


def _municipality(submission: Submission) -> dict[str, Any]:
    """Who is assessed, with the history of its codes, as the record keeps it."""
    found, _ = names.find(submission.application.municipality)
    if found is None:
        raise ValueError(submission.application.municipality)
    one = found.municipality
    history = [plain(change) for change in load().history(one.code)]
    return {"code": one.code, "name": one.name, "training": one.training, "history": history}
