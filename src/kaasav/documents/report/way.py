"""The shortest way to the award, as the report tells it."""

from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.dates import months_after
from kaasav.documents.report.blocks import Block, note, points, section, table, text
from kaasav.improvement.constraints import Constraints
from kaasav.improvement.start import Gate, Kind, Start
from kaasav.improvement.way import Loosened, NoWay, Short, Shortest, Step, Way
from kaasav.language import N_, _, plural, words
from kaasav.numbers import percent
from kaasav.telling.dates import day_text, months_text
from kaasav.wording import CONDITION_STATE, GATE_STATE, quoted, say

KIND = {
    "papers": N_("evidence to be found"),
    "time": N_("practice to be kept up"),
    "practice": N_("to be put into practice"),
}


def in_short(shortest: Shortest) -> str:
    """The way in a sentence or two."""
    way = shortest.way
    if way is None:
        return _("Within what was asked there is no way to the award.")
    if not way.steps:
        return _("Every condition that work can meet is met already: no step is needed.")
    papers = sum(one.kind is Kind.PAPERS for one in way.steps)
    said = [
        plural(
            "The shortest way to the award is {n} step: effort {effort}, {months}.",
            "The shortest way to the award is {n} steps: effort {effort}, {months}.",
            len(way.steps),
        ).format(n=len(way.steps), effort=way.effort, months=months_text(way.lead_months))
    ]
    if papers == len(way.steps):
        sentence = plural(
            "The shortest way to the award is {n} step, and it needs evidence only.",
            "The shortest way to the award is {n} steps, and all of them need evidence only.",
            papers,
        )
        said = [sentence.format(n=papers)]
    elif papers:
        sentence = plural("{n} of them needs evidence only.", "{n} of them need evidence only.", papers)
        said.append(sentence.format(n=papers))
    if not shortest.gates_met:
        said.append(_("What residents say in a survey is a condition of its own that no step works off."))
    return " ".join(said)


def way_section(
    shortest: Shortest, clear: Shortest | None, start: Start, constraints: Constraints, catalogue: Catalogue
) -> dict[str, Any]:
    """The section as blocks: what there is to do, under which wishes, what else would do, what it rests on.

    Args:
        shortest: the way.
        clear: where it ends in the guard band, the shortest out of it; else None.
        start: where it begins.
        constraints: the wishes it heeds.
        catalogue: the one it follows.
    """
    return section(
        "way",
        _("The shortest way to the award"),
        text(*_lead(shortest, start, catalogue)),
        text(*(_gate(gate, catalogue) for gate in shortest.gates)),
        text(*_guard(shortest, clear)),
        points(_wishes(constraints, start), _("Asked for")),
        _table(shortest.way, catalogue) if shortest.way else None,
        *_alternatives(shortest, catalogue),
        note(*basis(shortest, start)),
    )


def _lead(shortest: Shortest, start: Start, catalogue: Catalogue) -> list[str]:
    way = shortest.way
    if way is None:
        return [_("Within what was asked there is no way to the award."), *_no_way(shortest.no_way, start, catalogue)]
    if not way.steps:
        return [_("Every condition that work can meet is met already: no step is needed.")]
    said = plural(
        "{n} step meets every condition that work can meet, with the least effort there is.",
        "{n} steps together meet every condition that work can meet, with the least effort there is.",
        len(way.steps),
    ).format(n=len(way.steps))
    reached = _("At its end the total is {total}.").format(total=percent(way.total))
    papers = [one for one in way.steps if one.kind is Kind.PAPERS]
    if papers and start.status == "preview":
        reached += " " + _("What needs evidence only rests on the municipality’s own word.")
    if len(papers) == len(way.steps):
        return [said, _("Nothing has to be done but to find evidence for what there is already."), reached]
    sums = _("Effort in all: {effort}. The longest step takes {months}, so the way ends about {day}.").format(
        effort=way.effort, months=months_text(way.lead_months), day=day_text(months_after(start.begin, way.lead_months))
    )
    return [said, sums, reached]


def _guard(shortest: Shortest, clear: Shortest | None) -> list[str]:
    """That the way ends near the threshold, and what ending further off would take."""
    if shortest.way is None or not shortest.way.guard:
        return []
    said = [
        _("The way ends within the guard band of the threshold, where an award asks for more eyes and a reason.")
        if shortest.way.steps
        else _("The total lies within the guard band of its threshold, where an award asks for more eyes and a reason.")
    ]
    if clear is None:
        return said
    if clear.way is None:
        return [*said, _("Within what was asked there is no way out of the guard band.")]
    further, less = _difference(shortest.way, clear.way)
    effort, months = clear.way.effort, months_text(clear.way.lead_months)
    if not shortest.way.steps:
        sentence = _("The least effort that ends outside it is {effort}, in {months}: {steps}.")
        return [*said, sentence.format(effort=effort, months=months, steps=_steps(further))]
    sentence = _("The least effort that ends outside it is {effort}, in {months}.")
    said.append(sentence.format(effort=effort, months=months))
    if further:
        said.append(_("It goes further with: {steps}.").format(steps=_steps(further)))
    if less:
        said.append(_("It goes less far with: {steps}.").format(steps=_steps(less)))
    return said


def _difference(way: Way, other: Way) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """The criteria ``other`` ends higher with than ``way``, and lower, each with the level ``other`` ends at."""
    begun = {one.criterion: one.start for one in (*way.steps, *other.steps)}
    ends, others = ({**begun, **{one.criterion: one.to for one in each.steps}} for each in (way, other))
    further = {(id_, level) for id_, level in others.items() if level > ends[id_]}
    return further, {(id_, level) for id_, level in others.items() if level < ends[id_]}


def _no_way(no_way: NoWay | None, start: Start, catalogue: Catalogue) -> list[str]:
    if no_way is None:
        return []
    said = [_short(one, start, catalogue) for one in no_way.short]
    if no_way.each:
        listed = "; ".join(_loosened(one) for one in no_way.each)
        sentence = plural(
            "This wish dropped opens a way: {wishes}.",
            "Any one of these wishes dropped opens a way: {wishes}.",
            len(no_way.each),
        )
        said.append(sentence.format(wishes=listed))
    elif no_way.together:
        listed = "; ".join(_loosened(one) for one in no_way.together)
        said.append(_("Only dropping all of these wishes opens a way: {wishes}.").format(wishes=listed))
    return said


def _short(one: Short, start: Start, catalogue: Catalogue) -> str:
    if one.type == "fix":
        level = int(one.threshold)
        months = months_text(start.by_id[one.part].lead_months(level))
        sentence = _("{criterion} at level {level} takes {months}, later than the day asked.")
        return sentence.format(criterion=one.part, level=level, months=months)
    if one.type == "mandatory":
        sentence = _("{part} {title} reaches level {best} at most; level {threshold} is needed.")
        title = quoted(words(catalogue.by_id[one.part].title))
        return sentence.format(part=one.part, title=title, best=one.best, threshold=one.threshold)
    if one.type == "guard":
        sentence = _("The total reaches {best} at most; outside the guard band it is {threshold} or more.")
        return sentence.format(best=percent(one.best), threshold=percent(one.threshold))
    name = _("The total") if one.part == "total" else _dimension(one.part, catalogue)
    sentence = _("{name} reaches {best} at most; {threshold} is needed.")
    return sentence.format(name=name, best=percent(one.best), threshold=percent(one.threshold))


def _dimension(id_: str, catalogue: Catalogue) -> str:
    return f"{id_} {quoted(words(next(one.title for one in catalogue.dimensions if one.id == id_)))}"


def _loosened(one: Loosened) -> str:
    if one.what == "by" and one.by is not None:
        return _("ready by {day}").format(day=day_text(one.by))
    return _("{criterion} at level {level}").format(criterion=one.criterion, level=one.level)


def _gate(gate: Gate, catalogue: Catalogue) -> str:
    title = quoted(words(catalogue.by_id[gate.criterion].title))
    if gate.state == "met":
        return _("The survey condition {criterion} {title} is met.").format(criterion=gate.criterion, title=title)
    return _(
        "The survey condition {criterion} {title} stands apart: {survey} ({state}). No step of this way works it off; "
        "it depends on what residents answer in a survey."
    ).format(
        criterion=gate.criterion,
        title=title,
        survey=say(GATE_STATE, gate.survey),
        state=say(CONDITION_STATE, gate.state),
    )


def _wishes(constraints: Constraints, start: Start) -> list[str]:
    said = []
    for one in constraints.fix:
        stays = one.level == start.by_id[one.criterion].level
        sentence = _("{criterion} stays at level {level}") if stays else _("{criterion} reaches level {level}")
        said.append(sentence.format(criterion=one.criterion, level=one.level))
    said += [_("{criterion} only if there is no way without it").format(criterion=id_) for id_ in constraints.avoid]
    if constraints.by is not None:
        said.append(_("ready by {day}").format(day=day_text(constraints.by)))
    return said


def _table(way: Way, catalogue: Catalogue) -> Block | None:
    if not way.steps:
        return None
    rows = [
        [
            one.criterion,
            words(catalogue.by_id[one.criterion].title),
            f"{one.start} → {one.to}",
            _(KIND[one.kind.value]),
            "–" if one.kind is Kind.PAPERS else str(one.effort),
            "–" if one.kind is Kind.PAPERS else months_text(one.lead_months),
        ]
        for one in ordered(way.steps)
    ]
    head = [_("Code"), _("Criterion"), _("Level"), _("What it takes"), _("Effort"), _("Time")]
    return table(_("The steps, in the order to begin them"), head, rows)


def ordered(steps: tuple[Step, ...]) -> list[Step]:
    """Steps in the order to begin them: papers first, then what takes longest."""
    return sorted(steps, key=lambda one: (one.kind is not Kind.PAPERS, -one.lead_months))


def _alternatives(shortest: Shortest, catalogue: Catalogue) -> list[Block | None]:
    way = shortest.way
    if way is None or not shortest.alternatives:
        return []
    own = {(one.criterion, one.to) for one in way.steps}
    rows = []
    for number, other in enumerate(shortest.alternatives, start=1):
        theirs = {(one.criterion, one.to) for one in other.steps}
        rows.append([str(number), _steps(own - theirs), _steps(theirs - own), percent(other.total)])
    head = [_("No."), _("Instead of"), _("Do"), _("Total")]
    more = ""
    if shortest.more is None:
        more = _("There are too many other ways of the same effort to look through all of them.")
    elif shortest.more:
        more = _("There are more ways of the same effort than these.")
    return [table(_("Other ways of the same effort and time"), head, rows, wide=(1, 2)), note(more)]


def _steps(steps: set[tuple[str, int]]) -> str:
    return ", ".join(f"{criterion} → {level}" for criterion, level in sorted(steps)) or "–"


def basis(shortest: Shortest, start: Start) -> list[str]:
    """What the way rests on, a sentence each."""
    notes = [
        _(
            "Effort and time are the catalogue’s own figures: effort in its measure, time in months. "
            "Every step begins on {day}, all of them side by side."
        ).format(day=day_text(start.begin))
    ]
    if start.status == "preview":
        notes.append(_("The way starts from what the municipality says of itself; assessors may see it otherwise."))
    way = shortest.way
    if way and any(one.kind is Kind.PAPERS for one in way.steps):
        notes.append(
            _(
                "A level the municipality gives itself counts as no effort here: only its evidence has to be found. "
                "Where assessors give a lower one, there is work to do."
            )
            if start.status == "preview"
            else _("A level that has been given already counts as no effort: only its evidence has to be found.")
        )
    if way and way.avoided:
        sentence = plural(
            "There is no way without {criteria}, which was to be left alone.",
            "There is no way without {criteria}, which were to be left alone.",
            len(way.avoided),
        )
        notes.append(sentence.format(criteria=", ".join(way.avoided)))
    for ids, sentence in (
        (start.could_be_shorter, _("Still open, taken at their lower end; the way may turn out shorter: {criteria}.")),
        (start.claimed, _("Claimed not to apply, not settled, taken as applying: {criteria}.")),
        (start.unrated, _("Not rated, taken as level 0: {criteria}.")),
    ):
        if ids:
            notes.append(sentence.format(criteria=", ".join(ids)))
    steps = {(rise.level, one.criterion) for one in (way.steps if way else ()) for rise in one.rises}
    assumed = [one for one in start.assumed if (one.level, one.criterion) in steps]
    if assumed:
        listed = ", ".join(f"{one.criterion} {one.level}" for one in assumed)
        sentence = _("Effort or time is not in the catalogue and was taken from its highest for that level: {levels}.")
        notes.append(sentence.format(levels=listed))
    return notes
