"""What an intake brought or a form confirmed, in ten seconds: how many, what became of them, where to go on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kaasav.cli.output import out
from kaasav.intake.words import BECAME, why
from kaasav.language import _, plural
from kaasav.problems import visible

if TYPE_CHECKING:
    from kaasav.intake.confirm import Confirmed
    from kaasav.intake.intake import Outcome

MOST_NAMED = 12


def show(outcome: "Outcome", folder: str) -> None:
    """Print it."""
    from rich.text import Text

    if outcome.cleared:
        said = plural(
            "An intake that was cut off had left copies of papers here; they are cleared away.",
            "{n} intakes that were cut off had left copies of papers here; they are cleared away.",
            outcome.cleared,
        )
        out().print(said.format(n=outcome.cleared))
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
    _named(_("Known, but their file was gone; it lies there again"), outcome.restored)
    _named(_("Still to be answered for, but their file is gone or cannot be read: take it in again"), outcome.gone)
    _asked(outcome)
    _elsewhere(outcome)
    if not total and not outcome.rows and not outcome.gone:
        out().print(_("Nothing waits for you: everything that came in is confirmed, struck or known."))
    if outcome.forms:
        out().print(
            "\n"
            + _("Where to go on: open {form}, correct it, save it, then:").format(form=f"{folder}/{outcome.forms[0]}")
        )
        out().print(f"  kaasav evidence confirm {folder}/{outcome.forms[0]}")
        out().print(_("(without Excel: {form})").format(form=f"{folder}/{outcome.forms[1]}"))


def _named(title: str, names: Sequence[str]) -> None:
    if not names:
        return
    out().print(title + ":")
    for name in names[:MOST_NAMED]:
        out().print(visible(f"  – {name}"), soft_wrap=True)
    if len(names) > MOST_NAMED:
        out().print("  …")


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


def _elsewhere(outcome: "Outcome") -> None:
    from rich.text import Text

    if not outcome.elsewhere:
        return
    out().print()
    out().print(Text(_("In other folders too, byte for byte"), style="bold yellow"))
    names = {row.sha256: row.came_as for row in outcome.rows}
    lines = [
        f"  {names[sha256]}: {paper.member.name} · {paper.member.round_id} · {paper.place}"
        for sha256, places in outcome.elsewhere.items()
        for paper in places
    ]
    for line in lines[:MOST_NAMED]:
        out().print(Text(visible(line)))
    if len(lines) > MOST_NAMED:
        more = len(lines) - MOST_NAMED
        out().print("  " + plural("and {n} more, see the form", "and {n} more, see the form", more).format(n=more))


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


def show_confirmed(done: "Confirmed", folder: str, form: str) -> None:
    """Print what became of a form, and what still wants a person."""
    if not done.changed:
        out().print(_("✔ nothing to do: everything in the form stands in evidence.yaml as it says"))
    else:
        for sentence, items in (
            (
                plural("✔ {n} item added to evidence.yaml", "✔ {n} items added to evidence.yaml", len(done.added)),
                done.added,
            ),
            (plural("✔ {n} item changed", "✔ {n} items changed", len(done.updated)), done.updated),
            (plural("✔ {n} item struck", "✔ {n} items struck", len(done.struck)), done.struck),
        ):
            if items:
                out().print(sentence.format(n=len(items)))
    _placeless(done, form)
    if done.waiting:
        said = plural(
            "{n} paper that came in still waits for an answer; a new form asks: kaasav evidence intake {folder}",
            "{n} papers that came in still wait for an answer; a new form asks: kaasav evidence intake {folder}",
            done.waiting,
        )
        out().print("\n" + visible(said.format(n=done.waiting, folder=folder)), markup=False, soft_wrap=True)
    if done.changed:
        out().print("\n" + _("Where to go on:"))
        out().print(visible(f"  kaasav check {folder}"), markup=False, soft_wrap=True)


def _placeless(done: "Confirmed", form: str) -> None:
    from rich.text import Text

    if not done.without_place:
        return
    said = plural(
        "{n} use in evidence.yaml names no place yet, so it stays open",
        "{n} uses in evidence.yaml name no place yet, so they stay open",
        len(done.without_place),
    )
    out().print()
    out().print(Text(said.format(n=len(done.without_place)), style="bold yellow"))
    by_item: dict[str, list[str]] = {}
    for item, criterion in done.without_place:
        by_item.setdefault(item, []).append(criterion)
    for item, criteria in list(by_item.items())[:MOST_NAMED]:
        out().print(Text(visible(f"  {item}: {', '.join(criteria)}")))
    if len(by_item) > MOST_NAMED:
        more = len(by_item) - MOST_NAMED
        out().print("  " + plural("and {n} more item", "and {n} more items", more).format(n=more))
    todo = _("Write a passage, a page or “whole” for each on the second sheet of {form} and confirm it again.")
    out().print(visible(todo.format(form=form)), markup=False, soft_wrap=True)
