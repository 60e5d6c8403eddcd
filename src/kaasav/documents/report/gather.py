"""Everything an improvement report is made of, gathered from the record, the workspace and the database."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kaasav.alphabet import estonian
from kaasav.assessment.case import gate_conditions
from kaasav.catalogue.model import Catalogue, IndicatorCriterion
from kaasav.documents.report import steps as told_steps
from kaasav.documents.report.change import change_section
from kaasav.documents.report.context import Inputs
from kaasav.documents.report.way import ordered
from kaasav.documents.source import Source, Sources
from kaasav.improvement.change import change
from kaasav.improvement.constraints import parse
from kaasav.improvement.profile import Profile, profile
from kaasav.improvement.shortest import shortest
from kaasav.improvement.start import Start
from kaasav.improvement.steps import StepPlan, plan
from kaasav.improvement.way import Shortest
from kaasav.language import N_, _, words
from kaasav.municipalities.register import Change as CodeChange
from kaasav.municipalities.register import load
from kaasav.problems import NOWHERE, Problem, Refused, has_errors, warning
from kaasav.scoring.bounds import Shares
from kaasav.store.database import Store
from kaasav.survey.verdict import GateRule, Verdict, judge
from kaasav.survey.wave import Wave
from kaasav.workspace.place import Workspace

WAVE_UNREAD = warning(
    "report-wave-unread",
    N_("the survey wave “{wave}” cannot be read, so the report leaves it out"),
    N_("“kaasav survey show {wave}” says what is wrong with it"),
)
WELL = 3
"""From this counted level on a municipality that agreed is named as doing a criterion well."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who asks for the report wants; texts as `kaasav.improvement.constraints.parse` reads them."""

    fix: Sequence[str] = ()
    avoid: Sequence[str] = ()
    by: datetime.date | None = None
    clear_guard: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """The report's inputs, the steps behind them (the action plan lays them out), and what was odd about the wishes."""

    inputs: Inputs
    plans: tuple[StepPlan, ...]
    problems: tuple[Problem, ...]


@dataclass
class Peers:
    """The latest results of a round and the workspace's waves, each read once for a whole round of reports."""

    workspace: Workspace
    store: Store
    sources: Sources
    unread: list[Problem] = field(default_factory=list)
    _rounds: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    _waves: tuple[Wave, ...] | None = None

    def of(self, round_id: str) -> tuple[Source, ...]:
        """The latest recorded result of each municipality of a round."""
        if round_id not in self._rounds:
            latest = {one.code: one.hash for one in reversed(self.store.results(round=round_id))}
            self._rounds[round_id] = tuple(self._source(hash_) for hash_ in latest.values())
        return self._rounds[round_id]

    def earlier(self, source: Source) -> Source | None:
        """The municipality's last result of the latest round that closed before this one."""
        closed = source.submission.round.closing_date
        found: dict[str, Source] = {}
        for one in reversed(self.store.results(municipality=source.municipality["code"])):
            if one.round != source.record["round"]:
                found[one.round] = self._source(one.hash)
        before = [one for one in found.values() if one.submission.round.closing_date < closed and not one.preview]
        return max(before, key=lambda one: one.submission.round.closing_date, default=None)

    def waves(self) -> tuple[Wave, ...]:
        """Every survey wave of the workspace that can be read."""
        if self._waves is None:
            from kaasav.assessment.assess import read_wave_file

            read = []
            for id_, path in self.workspace.waves().items():
                try:
                    read.append(read_wave_file(path, f"{id_}.yaml")[0])
                except Refused:
                    self.unread.append(WAVE_UNREAD.at(NOWHERE, wave=id_))
            self._waves = tuple(read)
        return self._waves

    def _source(self, hash_: str) -> Source:
        found = self.store.result(hash_)
        return self.sources.source(found.hash, found.record, self.store.blob)


def gather(source: Source, peers: Peers, wishes: Wishes) -> Gathered:
    """Everything the report on ``source`` is made of, in the language in use.

    Raises:
        Refused: a wish cannot be understood.
    """
    record, catalogue = source.record, source.catalogue
    start = Start.of(record, catalogue, source.submission.round.closing_date)
    constraints, problems = parse(wishes.fix, wishes.avoid, wishes.by, start, catalogue)
    if has_errors(problems):
        raise Refused(problems)
    tier = reported_tier(source)
    found = shortest(start, catalogue, tier, constraints, clear_guard=wishes.clear_guard)
    near = found.way is not None and found.way.guard
    clear = shortest(start, catalogue, tier, constraints, clear_guard=True, alternatives=0) if near else None
    others = peers.of(record["round"])
    beside = profile(record, [one.record for one in others], catalogue, load())
    plans = _plans(found, record, catalogue)
    medians, note = _medians(beside, source)
    inputs = Inputs(
        source=source,
        start=start,
        constraints=constraints,
        shortest=found,
        clear=clear,
        waves=_waves(source, peers.waves()),
        medians=medians,
        medians_note=note,
        steps=told_steps.blocks(plans, _examples(source, others)),
        change=_change(source, peers.earlier(source)),
    )
    return Gathered(inputs, plans, (*problems, *peers.unread))


def _plans(found: Shortest, record: Mapping[str, Any], catalogue: Catalogue) -> tuple[StepPlan, ...]:
    """The steps told, in the order to begin them."""
    if found.way is None:
        return ()
    told = {one.criterion: one for one in plan(found.way, record, catalogue)}
    return tuple(told[step.criterion] for step in ordered(found.way.steps))


def _change(source: Source, earlier: Source | None) -> Mapping[str, Any] | None:
    if earlier is None:
        return None
    changed = change(source.record, source.catalogue, earlier.record, earlier.catalogue)
    return change_section(changed, source.catalogue, earlier.catalogue)


def reported_tier(source: Source) -> str:
    """The id of the first tier, in the catalogue's order, whose conditions are not met; the last if all are."""
    states = {one["id"]: one["state"] for one in source.result["tiers"]}
    tiers = [tier.id for tier in source.catalogue.award_rule.tiers]
    return next((id_ for id_ in tiers if states[id_] != "met"), tiers[-1])


def _medians(beside: Profile, source: Source) -> tuple[dict[str, Shares] | None, str]:
    """The medians that may be shown, and a sentence on whom they are of or why there are none."""
    if beside.size_class is None:
        return None, _("There is no size class to compare with.")
    classes = source.catalogue.house_rules.size_classes
    title = words(next(one.title for one in classes if one.id == beside.size_class))
    if beside.group is None:
        sentence = _("No median is shown: fewer than {least} municipalities of the size class “{size}” were assessed.")
        return None, sentence.format(least=beside.least, size=title)
    sentence = _("Median of the {n} municipalities of the size class “{size}” in this round. This is no ranking.")
    shown = {one.id: one.median for one in beside.dimensions if one.median is not None}
    return shown, sentence.format(n=beside.group, size=title)


def _examples(source: Source, others: Sequence[Source]) -> Mapping[str, list[str]]:
    """Who does a criterion well and agreed to be named; the fictional stay among themselves."""
    found: dict[str, list[str]] = {}
    for other in others:
        same = other.municipality["training"] == source.municipality["training"]
        if not same or other.municipality["code"] == source.municipality["code"] or other.preview:
            continue
        levels = {one["id"]: one["counted"] for one in other.result["criteria"]}
        for id_ in other.submission.application.share:
            if levels.get(id_) and levels[id_]["lower"] >= WELL:
                found.setdefault(id_, []).append(other.municipality["name"])
    return {id_: sorted(names, key=estonian) for id_, names in found.items()}


def _waves(source: Source, known: Sequence[Wave]) -> list[tuple[Wave, Verdict]]:
    """What each wave says on the gate's question, oldest first: the round's own, and others that asked it here."""
    gate = next(iter(gate_conditions(source.catalogue)), None)
    if gate is None:
        return []
    criterion = source.catalogue.by_id[gate.criterion]
    if not isinstance(criterion, IndicatorCriterion):
        raise TypeError(f"{criterion.id} is no indicator")
    rule = GateRule(gate.min_respondents, gate.reliable_from, None, gate.confidence)
    history = tuple(CodeChange(**one) for one in source.municipality["history"])
    waves = {one.id: one for one in known} | {source.wave.id: source.wave}
    told = []
    for wave in waves.values():
        verdict = judge(wave, criterion.indicator, source.municipality["code"], history, rule, evidence_date=None)
        if wave.id == source.wave.id or (verdict.item is not None and verdict.reason != "not-surveyed"):
            told.append((wave, verdict))
    return sorted(told, key=lambda one: (one[0].description.fieldwork.last, one[0].id))
