"""A catalogue on the screen: as a whole to find one's way, or one criterion to work by."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaasav.catalogue.model import (
    Catalogue,
    Criterion,
    IndicatorCriterion,
    LevelCriterion,
    Requirement,
)
from kaasav.language import _, plural, words
from kaasav.wording import CATALOGUE_STATUS, GATE_SHORT, RELATION, quoted, say


def whole(catalogue: Catalogue) -> RenderableType:
    """Title and status, the award rule, and every criterion in a line under its dimension."""
    parts: list[RenderableType] = [_heading(catalogue), Text()]
    for tier in catalogue.award_rule.tiers:
        parts.append(Text(_("{tier} is awarded if").format(tier=words(tier.title)), style="bold"))
        parts += [Text(f"  • {words(catalogue.conditions[id_].text)}") for id_ in tier.conditions]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("", overflow="fold")
    table.add_column(_("Criterion"), overflow="fold")
    table.add_column(_("Weight"), justify="right")
    table.add_column(_("Award needs"), overflow="fold")
    for dimension in catalogue.dimensions:
        table.add_row("", "", "")
        name = f"{words(dimension.title)}"
        table.add_row(Text(dimension.id, style="bold"), Text(name, style="bold"), str(dimension.weight), "")
        for criterion in catalogue.criteria:
            if criterion.dimension == dimension.id:
                table.add_row(criterion.id, words(criterion.title), str(criterion.weight or "–"), _asked(criterion))
    parts += [table, Text("\n" + _("One criterion in full: kaasav catalogue show K1"), style="dim")]
    return Group(*parts)


def _heading(catalogue: Catalogue) -> RenderableType:
    title = Text.assemble((words(catalogue.title), "bold"), f" · {catalogue.reference} · ")
    style = "green" if catalogue.status == "approved" else "yellow"
    title.append(say(CATALOGUE_STATUS, catalogue.status).upper(), style=style)
    return Group(title, Text(words(catalogue.status_note), style=style))


def _asked(criterion: Criterion) -> str:
    if isinstance(criterion, IndicatorCriterion):
        return _("a condition of its own, by survey")
    if criterion.mandatory is None:
        return ""
    return _("at least level {level}").format(level=criterion.mandatory.min_level)


def one_criterion(criterion: Criterion, catalogue: Catalogue) -> RenderableType:
    """Everything about one criterion, in the order one works by it."""
    dimension = next(d for d in catalogue.dimensions if d.id == criterion.dimension)
    parts: list[RenderableType] = [
        Text(f"{criterion.id} · {words(criterion.title)}", style="bold"),
        Text(
            f"{words(dimension.title)} · {_('weight')} {criterion.weight}"
            + (f" · {_asked(criterion)}" if _asked(criterion) else "")
            + f" · {catalogue.reference} ({say(CATALOGUE_STATUS, catalogue.status)})",
            style="dim",
        ),
        Text(f"\n{words(criterion.question)}", style="italic"),
        Text(words(criterion.why)),
    ]
    if isinstance(criterion, LevelCriterion):
        parts += _levels(criterion, catalogue)
    else:
        parts += [_title(_("What the survey can say"))]
        parts += [
            Padding(Text(f"{say(GATE_SHORT, state)} — {words(text)}"), (0, 0, 0, 2), expand=False)
            for state, text in criterion.states.items()
        ]
    if criterion.guidance:
        parts.append(_title(_("Advice")))
        for advice in criterion.guidance:
            head = _("to level {level}: ").format(level=advice.to_level) if advice.to_level is not None else ""
            parts.append(Padding(Text(head + words(advice.text)), (0, 0, 0, 2), expand=False))
    if criterion.support:
        offers = {offer.id: words(offer.title) for offer in catalogue.support_offers}
        parts += [_title(_("Support on offer")), Text("  " + ", ".join(offers[id_] for id_ in criterion.support))]
    sources = {source.id: words(source.title) for source in catalogue.sources}
    parts.append(_title(_("Where it comes from")))
    for one in criterion.sources:
        parts.append(
            Padding(
                Text(f"{quoted(one.passage)} — {sources[one.source]} ({say(RELATION, one.relation)})"),
                (0, 0, 0, 2),
                expand=False,
            )
        )
    return Group(*parts)


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _levels(criterion: LevelCriterion, catalogue: Catalogue) -> list[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False, pad_edge=False)
    for level, text in sorted(criterion.levels.items()):
        anchor = words(catalogue.scale.levels[level])
        body = Text(words(text))
        requirement = criterion.evidence.levels.get(level)
        if requirement is not None:
            body.append("\n" + _("evidence: {needs}").format(needs=_needs(requirement, catalogue)), style="dim")
        work = _work(criterion, level)
        if work:
            body.append(f"\n{work}", style="dim")
        table.add_row(Text(str(level), style="bold"), Text(anchor, style="bold"), body)
    accepted = ", ".join(words(catalogue.kinds[kind].title) for kind in criterion.evidence.accepts)
    parts: list[RenderableType] = [_title(_("Levels")), table, _title(_("Evidence accepted")), Text(f"  {accepted}")]
    if criterion.evidence.max_age_months is not None:
        parts.append(
            Text(
                "  " + _("not older than {months} months").format(months=criterion.evidence.max_age_months), style="dim"
            )
        )
    if criterion.evidence.note is not None:
        parts.append(Padding(Text(words(criterion.evidence.note)), (0, 0, 0, 2), expand=False))
    if criterion.not_applicable is not None:
        parts += [
            _title(_("May not apply if")),
            Padding(Text(words(criterion.not_applicable.when)), (0, 0, 0, 2), expand=False),
        ]
    return parts


def _needs(requirement: Requirement, catalogue: Catalogue) -> str:
    parts = []
    if requirement.items is not None:
        parts.append(plural("{n} item", "{n} items", requirement.items).format(n=requirement.items))
    for group in requirement.any_of:
        kinds = ", ".join(words(catalogue.kinds[kind].title) for kind in group)
        parts.append(_("one of: {kinds}").format(kinds=kinds) if len(group) > 1 else kinds)
    if requirement.outside:
        parts.append(_("{n} from the community or a third party").format(n=requirement.outside))
    return "; ".join(parts)


def _work(criterion: LevelCriterion, level: int) -> str:
    effort, months = criterion.effort.get(level), criterion.lead_months.get(level)
    if effort is None or months is None:
        return ""
    sentence = plural("effort {effort}, about {months} month", "effort {effort}, about {months} months", months)
    return sentence.format(effort=effort, months=months)
