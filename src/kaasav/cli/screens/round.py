"""Several municipalities at a glance, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kaasav.cli.screens.figures import STYLE, mark
from kaasav.language import _, words
from kaasav.plain import plain
from kaasav.telling.figures import shares
from kaasav.wording import STATUS, TIER_STATE, say

if TYPE_CHECKING:
    from kaasav.assessment.assess import Assessed


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality in one line; ``answers`` are (state, words) by tier, none where an error leaves no result."""

    name: str
    answers: tuple[tuple[str | None, str], ...]
    total: str
    status: str
    warnings: int


def line(one: "Assessed") -> Line:
    """The line of one folder assessed."""
    name = one.submission.application.name if one.submission else one.shown
    if one.result is None or one.catalogue is None:
        return Line(name, (), "–", _("errors, no result"), len(one.problems))
    tiers = one.catalogue.award_rule.tiers
    answers = []
    for tier, known in zip(one.result.tiers, tiers, strict=True):
        state = str(tier.state) if tier.state else None
        answer = say(TIER_STATE, state) if state else _("no answer yet")
        if tier.guard:
            answer += f" · {_('guard band')}"
        answers.append((state, f"{words(known.title)}: {answer}" if len(tiers) > 1 else answer))
    total = shares(plain(one.result.total))
    return Line(name, tuple(answers), total, say(STATUS, one.result.status), len(one.problems))


def round_table(lines: Sequence[Line]) -> RenderableType:
    """A table of ``lines``, and how many there are."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in ("", _("Municipality"), _("Answer")):
        table.add_column(title, overflow="fold")
    table.add_column(_("Total"), justify="right")
    table.add_column(_("Status"), overflow="fold")
    table.add_column(_("Warnings"), justify="right")
    for one in lines:
        if not one.answers:
            table.add_row(mark("failed"), one.name, "–", one.total, Text(one.status, style="red"), "")
        for state, answer in one.answers:
            warnings = str(one.warnings) if one.warnings else ""
            table.add_row(mark(state), one.name, Text(answer, style=STYLE[state]), one.total, one.status, warnings)
    failed = sum(not one.answers for one in lines)
    note = _("{all} assessed, {failed} of them with errors").format(all=len(lines), failed=failed)
    return Group(table, Text("\n" + note, style="dim"))
