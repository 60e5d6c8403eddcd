"""A survey wave on the screen: every municipality in a line, or one in full."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kaasav.cli.screens.figures import STYLE
from kaasav.language import _, words
from kaasav.municipalities.register import Municipality
from kaasav.numbers import decimal_text, span
from kaasav.survey.verdict import Verdict, interval
from kaasav.survey.wave import RatioFact, Wave, WholeFact
from kaasav.telling.gate import CAPPED, figures, measured, number
from kaasav.wording import ASSUMED, GATE_SHORT, GATE_STATE, NO_DATA, quoted, say

MARKS = {"met": ("✔", "met"), "near_above": ("+", "open"), "near_below": ("−", "failed"), "not_met": ("✘", "failed")}


def _mark(verdict: Verdict) -> Text:
    sign, style = MARKS.get(verdict.state, ("·", "open"))
    return Text(sign, style=STYLE[style])


def _state(verdict: Verdict, names: Mapping[str, str] = GATE_STATE) -> str:
    state = say(names, verdict.state)
    return f"{state}: {say(NO_DATA, verdict.reason)}" if verdict.reason else state


def wave_table(verdicts: Sequence[tuple[Municipality, Verdict]]) -> RenderableType:
    """Every municipality's verdict in a line, and how many got which."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    table.add_column("", overflow="fold")
    table.add_column(_("Municipality"), overflow="fold")
    table.add_column(_("Value"), justify="right")
    table.add_column(_("95 % interval"), overflow="fold")
    table.add_column(_("Verdict"), overflow="fold")
    for one, verdict in verdicts:
        between = interval(verdict) if verdict.state != "no_data" else None
        value = number(verdict, verdict.value) if verdict.value is not None and verdict.state != "no_data" else "–"
        margin = span(*(number(verdict, Fraction(end)) for end in between)) if between else "–"
        table.add_row(_mark(verdict), f"{one.name} ({one.code})", value, margin, _state(verdict, GATE_SHORT))
    counts = Counter(str(verdict.state) for _one, verdict in verdicts)
    totals = [
        f"{MARKS.get(state, ('·', ''))[0]} {counts[state]:>3}  {_legend(state)}"
        for state in GATE_STATE
        if counts[state]
    ]
    return Group(table, Text("\n" + "\n".join(totals)))


def _legend(state: str) -> str:
    short, full = say(GATE_SHORT, state), say(GATE_STATE, state)
    return short if short == full else f"{short}: {full}"


def one_verdict(one: Municipality, verdict: Verdict, wave: Wave) -> RenderableType:
    """One municipality's verdict in full."""
    head = Text.assemble((f"{one.name} ({one.code})", "bold"), f" · {words(wave.description.title)}")
    lines = [head, Text.assemble(_mark(verdict), f" {_state(verdict)}")]
    if verdict.value is not None and verdict.state != "no_data":
        lines.append(Text(figures(verdict)))
    if (
        verdict.n is not None
        and "n" not in verdict.assumed
        and (verdict.value is not None or verdict.reason == "too-few")
    ):
        lines.append(Text(f"{say(ASSUMED, 'n')}: {verdict.n}"))
    if verdict.capped:
        lines.append(Text(_(CAPPED), style="yellow"))
    for predecessor in verdict.predecessors:
        value = number(verdict, predecessor.value) if predecessor.value is not None else "–"
        lines.append(Text(f"  {predecessor.name} ({predecessor.code}): {value}"))
    if verdict.item:
        item = wave.item(verdict.item)
        lines.append(Text(f"{_('Question')}: {quoted(item.label if item else verdict.item)} · {measured(verdict)}"))
    return Group(*lines)


def wave_notes(wave: Wave, catalogue: str, indicator: str) -> RenderableType:
    """What every verdict of the wave rests on: reference, sampling with its assumptions, source."""
    description = wave.description
    item = wave.item_for(indicator)
    lines = [Text("\n" + _("What this rests on"), style="bold")]
    if item is not None and item.reference is not None:
        value = f"{decimal_text(item.reference.value, 2)} ({item.reference.value})"
        if item.reference.method:
            value += f" – {_('worked out: the plain mean of the municipalities with a value, not published')}"
        elif item.reference.source:
            value += f" – {item.reference.source.text}"
        lines.append(Text(f"{_('Reference')}: {value}"))
    sampling = description.sampling
    for name, fact in (("n", sampling.n), ("sd", sampling.sd), ("design_effect", sampling.design_effect)):
        if fact is not None:
            lines.append(_fact(name, fact))
            rows = wave.rows.get(item.id, {}).values() if item is not None else ()
            if any(getattr(row, name) is not None for row in rows):
                lines.append(Text("  " + _("it holds where a municipality has none of its own"), style="dim"))
    lines += [Text(f"{_('Assumption')}: {words(text)}", style="yellow") for text in description.assumptions]
    if description.fictional:
        lines.append(Text(_("The values of this wave are fictional, for training."), style="yellow"))
    source = description.source
    lines.append(Text(f"{_('Source')}: {source.text}" + (f" · {source.url}" if source.url else "")))
    lines.append(
        Text(
            _("Judged by the gate of {catalogue}; how old a survey may be is judged in a round.").format(
                catalogue=catalogue
            ),
            style="dim",
        )
    )
    return Group(*lines)


def _fact(name: str, fact: WholeFact | RatioFact) -> Text:
    value = Fraction(fact.value)
    shown = decimal_text(value, 0 if value.denominator == 1 else 2)
    if fact.assumed:
        return Text(
            _("Assumption: {what} {value}. {why}").format(
                what=say(ASSUMED, name), value=shown, why=words(fact.assumed)
            ),
            style="yellow",
        )
    return Text(f"{say(ASSUMED, name)}: {shown}" + (f" – {fact.source.text}" if fact.source else ""))
