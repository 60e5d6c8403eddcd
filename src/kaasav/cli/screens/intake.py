"""What an intake brought, in ten seconds: how many, what became of them, what to mind, where to go on."""

from typing import TYPE_CHECKING

from kaasav.cli.output import out
from kaasav.intake.words import BECAME, why
from kaasav.language import _, plural
from kaasav.problems import visible

if TYPE_CHECKING:
    from kaasav.intake.intake import Outcome

MOST_NAMED = 12


def show(outcome: "Outcome", folder: str) -> None:
    """Print it."""
    from rich.text import Text

    total = sum(outcome.counts.values())
    if total:
        said = plural("{n} file came in", "{n} files came in", total).format(n=total)
        if outcome.dry:
            said += " " + _("(only tried; nothing is written)")
        out().print(Text(said, style="bold"))
        for became in BECAME:
            if outcome.counts[became]:
                out().print(f"  {outcome.counts[became]:>5}  {_(BECAME[became])}")
    _left_out(outcome)
    _asked(outcome)
    if not total and not outcome.rows:
        out().print(_("Nothing waits for you: everything that came in is confirmed, struck or known."))
    if outcome.forms:
        out().print(
            "\n"
            + _("Where to go on: open {form}, correct it, save it, then:").format(form=f"{folder}/{outcome.forms[0]}")
        )
        out().print(f"  kaasav evidence confirm {folder}/{outcome.forms[0]}")
        out().print(_("(without Excel: {form})").format(form=f"{folder}/{outcome.forms[1]}"))


def _left_out(outcome: "Outcome") -> None:
    from rich.text import Text

    left = [entry for entry in outcome.entries if entry.became in ("skipped", "refused")]
    left.sort(key=lambda entry: entry.became)
    for entry in left[:MOST_NAMED]:
        line = Text("  – ")
        line.append(visible(entry.name), style="bold")
        line.append(f": {_(BECAME[entry.became])}, {why(entry.why or '')}")
        out().print(line)
    if len(left) > MOST_NAMED:
        more = len(left) - MOST_NAMED
        out().print(
            "  " + plural("and {n} more, see intake.yaml", "and {n} more, see intake.yaml", more).format(n=more)
        )


def _asked(outcome: "Outcome") -> None:
    from rich.table import Table
    from rich.text import Text

    if not outcome.rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Came as"), _("Kind"), _("Date"), _("Criteria"), _("Mind")):
        table.add_column(title, overflow="fold" if title == _("Came as") else "ellipsis", no_wrap=title != _("Came as"))
    for row in outcome.rows[: MOST_NAMED * 8]:
        p = row.proposal
        table.add_row(
            Text(visible(row.came_as)),
            p.kind.value or "?",
            p.date.value or "?",
            ", ".join(one.criterion for one in p.criteria) or "–",
            Text("!" if row.warnings else "", style="yellow"),
        )
    out().print()
    out().print(table)
    unsure = sum(not (row.proposal.kind.value and row.proposal.date.value) for row in outcome.rows)
    minded = sum(bool(row.warnings) for row in outcome.rows)
    parts = []
    if unsure:
        parts.append(
            plural(
                "{n} without kind or date: a person has to say", "{n} without kind or date: a person has to say", unsure
            ).format(n=unsure)
        )
    if minded:
        parts.append(
            plural(
                "{n} with something to mind, told in the form", "{n} with something to mind, told in the form", minded
            ).format(n=minded)
        )
    if parts:
        out().print("\n" + "; ".join(parts))
