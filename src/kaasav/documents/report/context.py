"""The improvement report as plain data: sections of blocks, in the language in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaasav.documents.marks import marks
from kaasav.documents.report import charts
from kaasav.documents.report.blocks import Block, answer, chart, note, points, section, table, text
from kaasav.documents.report.way import in_short, way_section
from kaasav.documents.source import Source
from kaasav.improvement.constraints import Constraints
from kaasav.improvement.start import Start
from kaasav.improvement.way import Shortest
from kaasav.language import _, active, words
from kaasav.scoring.bounds import Shares
from kaasav.survey.verdict import Verdict
from kaasav.survey.wave import Wave
from kaasav.telling.conditions import figures, stops
from kaasav.telling.dates import day_text
from kaasav.telling.figures import levels, shares
from kaasav.telling.gate import assumptions
from kaasav.telling.needs import lacking
from kaasav.wording import CATALOGUE_STATUS, CONDITION_STATE, STATUS, TIER_STATE, quoted, say


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a report is made of.

    Attributes:
        source: the recorded result (or the preview, which is not recorded).
        start: where the way begins.
        constraints: what was asked for.
        shortest: the way to the tier that is reported.
        clear: where that way ends in the guard band, the shortest out of it; else None.
        waves: the survey waves that ask the gate's question, with their verdicts, oldest first.
        medians: by dimension, of municipalities of the same size; None where there are too few.
        medians_note: whom the medians are of, or why there are none.
        steps: a block for each step of the way.
        change: the section on the change since the last round; None where there is no earlier result.
    """

    source: Source
    start: Start
    constraints: Constraints
    shortest: Shortest
    clear: Shortest | None = None
    waves: Sequence[tuple[Wave, Verdict]] = ()
    medians: Mapping[str, Shares] | None = None
    medians_note: str = ""
    steps: Sequence[Block] = ()
    change: Mapping[str, Any] | None = None


def context(inputs: Inputs) -> dict[str, Any]:
    """The report: who and what it is about, its marks, and its sections."""
    source = inputs.source
    own = marks(source, grants=False)
    name, a_round = source.municipality["name"], source.submission.round
    title = _("Improvement report: {municipality}").format(municipality=name)
    sections = [
        _glance(source, inputs.shortest),
        way_section(inputs.shortest, inputs.clear, inputs.start, inputs.constraints, source.catalogue),
        _steps(inputs.steps),
        _held_back(source),
        _profile(inputs),
        _levels(source),
        inputs.change,
        _survey(inputs.waves),
        _method(source),
    ]
    return {
        "title": " · ".join((*own.words, title)),
        "heading": _("Improvement report"),
        "municipality": name,
        "subtitle": f"{words(source.catalogue.title)} · {words(a_round.title)}",
        "author": words(a_round.issuer.name) if a_round.issuer else "Kaasav",
        "language": active(),
        "marks": list(own.words),
        "reasons": list(own.reasons),
        "date": day_text(a_round.closing_date),
        "sections": [one for one in sections if one],
        "words": {
            "contents": _("Contents"),
            "skip": _("Skip to the content"),
            "page": _("page"),
            "chart_table": _("The same in figures"),
            "footer": _("Result {hash}").format(hash=source.hash[:12]) if source.hash else _("not recorded"),
        },
    }


def _glance(source: Source, shortest: Shortest) -> dict[str, Any]:
    """The answer, the way in one sentence, where each condition stands, what stops it."""
    result, catalogue, tier = source.result, source.catalogue, shortest.tier
    state = next(one["state"] for one in result["tiers"] if one["id"] == tier)
    title = words(next(one.title for one in catalogue.award_rule.tiers if one.id == tier))
    said = say(TIER_STATE, state) if state else _("no answer yet")
    rows = []
    for condition in result["conditions"]:
        value, threshold = figures(condition)
        where = say(CONDITION_STATE, condition["state"])
        rows.append([words(catalogue.conditions[condition["id"]].text), where, value, threshold or "–"])
    head = [_("Condition"), _("State"), _("Value"), _("Threshold")]
    return section(
        "glance",
        _("The result at a glance"),
        answer(state or "none", f"{title}: {said}", f"{_('Status')}: {say(STATUS, result['status'])}"),
        text(in_short(shortest)),
        table(_("The conditions of the award"), head, rows, wide=(0,)),
        points((one.text for one in stops(result, catalogue)), _("What stops it or could")),
    )


def _steps(steps: Sequence[Block]) -> dict[str, Any] | None:
    return section("steps", _("Step by step"), *steps) if steps else None


def _held_back(source: Source) -> dict[str, Any] | None:
    """Criteria whose rating counts for less, because evidence is missing; with what is missing."""
    catalogue = source.catalogue
    rows = [
        [
            one["id"],
            words(catalogue.by_id[one["id"]].title),
            levels(one["rated"]["levels"]),
            levels(one["counted"]),
            "; ".join(lacking(one, catalogue)) or "–",
        ]
        for one in source.result["criteria"]
        if one["held_back"]
    ]
    if not rows:
        return None
    head = [_("Code"), _("Criterion"), _("Rated"), _("Counts as"), _("What is missing")]
    return section(
        "evidence",
        _("Where only evidence is missing"),
        text(
            _("Here the self-assessment says more than the papers prove.")
            if source.preview
            else _("Here the assessors saw more than the papers prove."),
            _("Once the evidence is found and accepted, the level counts in the next assessment."),
        ),
        table(_("Ratings that evidence does not carry"), head, rows, wide=(1, 4)),
    )


def _profile(inputs: Inputs) -> dict[str, Any]:
    drawn = charts.profile(inputs.source.result, inputs.source.catalogue, inputs.medians)
    return section("profile", _("Profile by dimension"), chart(drawn), note(inputs.medians_note))


def _levels(source: Source) -> dict[str, Any]:
    drawn = charts.level_dots(source.result, source.catalogue)
    return section("levels", _("Level of each criterion"), chart(drawn))


def _survey(waves: Sequence[tuple[Wave, Verdict]]) -> dict[str, Any] | None:
    if not waves:
        return None
    return section(
        "survey",
        _("What residents say"),
        text(
            _(
                "Satisfaction is a condition of its own. A survey asks some residents, not all, so its result has a "
                "margin: with 95 % confidence the value for all residents lies within the interval."
            )
        ),
        chart(charts.survey(waves), wide=(0, 1, 5)),
        note(
            _("Waves that measured in another way or on another base stand side by side but cannot be compared."),
            *_assumed(waves),
        ),
    )


def _assumed(waves: Sequence[tuple[Wave, Verdict]]) -> list[str]:
    gates = [{"gate": verdict.as_data()} for _wave, verdict in waves]
    return _sentences({"result": {"conditions": gates}})


def _sentences(record: Mapping[str, Any]) -> list[str]:
    """Every assumption as a sentence of its own."""
    return [f"{one[:1].upper()}{one[1:]}." for one in assumptions(record)]


def _method(source: Source) -> dict[str, Any]:
    """What everything rests on, for somebody who does not trust us."""
    result, a_round = source.result, source.submission.round
    open_uses = sorted({use["item"] for one in result["criteria"] for use in one["uses"] if use["check"] == "open"})
    said = [
        _("Criteria catalogue {catalogue}, version {version} ({status}).").format(
            catalogue=quoted(words(source.catalogue.title)),
            version=source.catalogue.version,
            status=say(CATALOGUE_STATUS, source.catalogue.status),
        ),
        words(source.catalogue.status_note) if source.catalogue.status != "approved" else "",
        _("Evidence was judged as of {evidence}, what came later as of {closing}.").format(
            evidence=day_text(a_round.evidence_date), closing=day_text(a_round.closing_date)
        ),
        _("Scores are exact fractions; figures here are rounded. The total is {total}.").format(
            total=shares(result["total"])
        ),
        *_sentences(source.record),
        _("Evidence still open: {items}.").format(items=", ".join(open_uses)) if open_uses else "",
        _("Anybody can recompute the result: {hash}.").format(hash=source.hash)
        if source.hash
        else _("This preview is not recorded."),
    ]
    return section("method", _("What this rests on"), points(one for one in said if one))
