"""Two waves side by side for one municipality."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.text import Text

from kaasav.language import N_, _, words
from kaasav.municipalities.register import Municipality
from kaasav.numbers import decimal_text, percent, span
from kaasav.problems import visible
from kaasav.survey.comparison import Comparison, Side
from kaasav.survey.wave import Wave
from kaasav.wording import ASSUMED, BASE, MEASURE, quoted, say

NOT_COMPARABLE = {
    "same-wave": N_("it is the same wave twice"),
    "fictional": N_("one of the two waves is fictional"),
    "other-respondents": N_("one asked residents, the other municipalities"),
    "other-item": N_("only one of the two waves asked this"),
    "other-wording": N_("the question was worded differently"),
    "other-measure": N_("it was measured differently"),
    "other-base": N_("the two values are on different bases"),
    "other-scale": N_("people could choose other answers, or the answers had other points"),
    "merged": N_("the municipality was formed by a merger after one of the surveys"),
    "not-surveyed": N_("one of the waves has no value for this municipality"),
    "too-few": N_("one of the waves had too few respondents there"),
}
CHANGE = {
    "up": N_("higher, even within the margin of error"),
    "down": N_("lower, even within the margin of error"),
    "within-margin": N_("within the margin of error: no change is shown"),
    "margin-unknown": N_("the margin of error is unknown, so nothing can be said of a change"),
    "same": N_("the same"),
}
ALONE = {"up": N_("higher"), "down": N_("lower"), "same": N_("the same")}
"""Where a municipality answered for itself, there is no margin."""
SIGN = {"up": "▲", "down": "▼", "within-margin": "≈", "margin-unknown": "?", "same": "="}


def comparison_screen(one: Municipality, waves: tuple[Wave, Wave], compared: Sequence[Comparison]) -> RenderableType:
    """Every item's change, or why there is none to be told; then what it all rests on."""
    head = f"{one.name} ({one.code}) · {visible(waves[0].id)} → {visible(waves[1].id)}"
    lines = [Text(head, style="bold")]
    for comparison in compared:
        lines.append(Text("\n" + quoted(visible(comparison.label)), style="bold"))
        lines += _one(comparison, waves)
    lines.append(Text("\n" + _("What this rests on"), style="bold"))
    if any(comparison.interval for comparison in compared):
        lines.append(Text(_("in brackets: the 95 % interval of the difference"), style="dim"))
    lines += _notes(waves, compared)
    return Group(*lines)


def _one(comparison: Comparison, waves: tuple[Wave, Wave]) -> Iterator[Text]:
    if comparison.reason is not None or comparison.difference is None or comparison.change is None:
        reason = say(NOT_COMPARABLE, comparison.reason or "")
        yield Text(_("not comparable: {reason}").format(reason=reason), style="yellow")
        for side in (comparison.first, comparison.second):
            measure = _measured(waves, side)
            if side.value is not None and measure:
                yield Text(f"  {visible(side.wave)}: {_number(side.value, measure)} · {_how(waves, side)}", style="dim")
        return
    measure = comparison.measure or ""
    first, second = (_number(side.value or Fraction(0), measure) for side in (comparison.first, comparison.second))
    difference = decimal_text(comparison.difference)
    sign = "+" if comparison.difference > 0 else ""
    between = ""
    if comparison.interval is not None:
        between = f" ({span(*(decimal_text(Fraction(end)) for end in comparison.interval))})"
    unit = _("percentage points") if measure == "share" else _("points")
    alone = waves[0].description.asked == "municipalities"
    said = say(ALONE if alone else CHANGE, comparison.change)
    yield Text(f"{SIGN[comparison.change]} {first} → {second}: {sign}{difference}{between} {unit} · {said}")
    yield Text(f"  {_how(waves, comparison.first)}", style="dim")


def _measured(waves: tuple[Wave, Wave], side: Side) -> str:
    item = next((wave.item(side.item) for wave in waves if wave.id == side.wave and side.item), None)
    return item.measure if item else ""


def _how(waves: tuple[Wave, Wave], side: Side) -> str:
    item = next((wave.item(side.item) for wave in waves if wave.id == side.wave and side.item), None)
    return f"{say(MEASURE, item.measure)}, {say(BASE, item.base)}" if item else "–"


def _number(value: Fraction, measure: str) -> str:
    return percent(value / 100) if measure == "share" else decimal_text(value)


def _notes(waves: tuple[Wave, Wave], compared: Sequence[Comparison]) -> Iterator[Text]:
    for index, wave in enumerate(waves):
        description = wave.description
        fieldwork = f"{description.fieldwork.first:%Y-%m} – {description.fieldwork.last:%Y-%m}"
        yield Text(f"{visible(wave.id)}: {visible(words(description.title))} · {fieldwork}")
        sides = [comparison.second if index else comparison.first for comparison in compared]
        for name in ("n", "sd", "design_effect"):
            assuming = next((side for side in sides if name in side.assumed), None)
            if assuming is not None:
                value = Fraction(getattr(assuming, name))
                shown = decimal_text(value, 0 if value.denominator == 1 else 2)
                said = _("  assumed, not published: {what} {value}").format(what=say(ASSUMED, name), value=shown)
                yield Text(said, style="yellow")
        for text in description.assumptions:
            yield Text(f"  {_('Assumption')}: {visible(words(text))}", style="yellow")
        if description.fictional:
            yield Text("  " + _("The values of this wave are fictional, for training."), style="yellow")
