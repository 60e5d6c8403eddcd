"""Each step of the way in full: what is asked, what would carry it, advice, help, where it comes from."""

from collections.abc import Iterable, Mapping, Sequence

from kaasav.documents.report.blocks import Block, step
from kaasav.documents.report.way import KIND
from kaasav.improvement.start import Kind
from kaasav.improvement.steps import EvidenceAsked, StepPlan
from kaasav.language import _, plural
from kaasav.telling.dates import months_text
from kaasav.wording import RELATION, quoted, say

PASSAGES = 2
"""So many passages a step shows."""


def blocks(plans: Iterable[StepPlan], examples: Mapping[str, Sequence[str]]) -> list[Block]:
    """A block for each step.

    Args:
        plans: the steps, told.
        examples: by criterion, the names of municipalities that do this well and agreed to be named.
    """
    return [_block(plan, examples.get(plan.criterion, ())) for plan in plans]


def _block(plan: StepPlan, examples: Sequence[str]) -> Block:
    heading = f"{plan.criterion} {plan.title}: {plan.start} → {plan.to}"
    facts = [f"{plan.dimension.id} {plan.dimension.title}", _(KIND[plan.kind.value])]
    if plan.kind is not Kind.PAPERS:
        facts.append(_("effort {effort}").format(effort=plan.effort))
        facts.append(months_text(plan.lead_months))
    asked = [
        _("Level {level}, {name}: {text}").format(level=one.level, name=one.name, text=one.text) for one in plan.levels
    ]
    return step(
        heading,
        " · ".join(facts),
        [
            (_("What is asked"), [*asked, *_practice(plan)]),
            (_("What evidence would carry it"), [*map(need, plan.evidence), *about(plan)]),
            (_("Advice"), plan.advice),
            (_("Help on offer"), [_offer(one.title, one.source) for one in plan.support]),
            (_("Who does this well and agreed to share"), [", ".join(examples)] if examples else []),
            (_("Where it comes from"), _passages(plan)),
        ],
    )


def _passages(plan: StepPlan) -> list[str]:
    """The passages it rests on, the most direct first; the rest is counted."""
    ranked = sorted(plan.sources, key=lambda one: list(RELATION).index(one.relation))
    said = [f"{quoted(one.passage)} ({one.title}; {say(RELATION, one.relation)})" for one in ranked[:PASSAGES]]
    more = len(ranked) - PASSAGES
    if more > 0:
        sentence = plural("{n} more passage is in the catalogue", "{n} more passages are in the catalogue", more)
        said.append(sentence.format(n=more))
    return said


def _practice(plan: StepPlan) -> list[str]:
    if plan.practice_from is None or plan.kind is Kind.PAPERS:
        return []
    sentence = _("From level {level} on the practice must have lasted {months} by the evidence date.")
    return [sentence.format(level=plan.practice_from, months=months_text(plan.practice_months))]


def need(one: EvidenceAsked) -> str:
    """One need of evidence in words: how many more, and of which kinds."""
    kinds = ", ".join(kind.title for kind in one.kinds)
    if one.need == "any_of":
        return _("One of these kinds: {kinds}").format(kinds=kinds)
    if one.need == "outside":
        said = plural(
            "{n} more item from the community or a third party",
            "{n} more items from the community or a third party",
            one.missing,
        )
    else:
        said = plural("{n} more item of evidence", "{n} more items of evidence", one.missing)
    return _("{what}, such as: {kinds}").format(what=said.format(n=one.missing), kinds=kinds)


def about(plan: StepPlan) -> list[str]:
    """What else there is to say about the evidence of a step."""
    said = [plan.evidence_note] if plan.evidence_note else []
    if plan.open_uses:
        sentence = _("Still open, and may make up for some of it: {items}")
        said.append(sentence.format(items=", ".join(plan.open_uses)))
    if not plan.evidence:
        said.append(_("The evidence at hand is enough; nothing is missing."))
    if plan.max_ages:
        said.append(_age(*plan.max_ages))
    return said


def _age(least: int, most: int) -> str:
    """How old evidence may be: what counts today may not do so once the step is done."""
    if least == most:
        sentence = _(
            "Evidence of this criterion must not be older than {months}: what counts today may be too old by then."
        )
        return sentence.format(months=months_text(most))
    sentence = _(
        "Evidence of this criterion must not be older than {least} to {most} months, by its kind: "
        "what counts today may be too old by then."
    )
    return sentence.format(least=least, most=most)


def _offer(title: str, source: str | None) -> str:
    return f"{title} ({source})" if source else title
