"""What an import read, made of it and left out; and what a file nobody described looks like."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kaasav.language import N_, _
from kaasav.problems import visible
from kaasav.survey.imports.columns import BY_ITEM, BY_OPTION, DESCRIBED, GUESSED, IGNORED, LEFT, OTHER, Column
from kaasav.survey.imports.gathering import Gathered
from kaasav.survey.imports.header import Header
from kaasav.survey.imports.importing import Outcome
from kaasav.survey.imports.proposing import Proposal
from kaasav.survey.imports.telling import items
from kaasav.survey.tables.sheet import Sheet, letters
from kaasav.wording import say

ROLE = {
    "code": N_("municipality’s code"),
    "name": N_("municipality’s name"),
    "item": N_("question"),
    "value": N_("value"),
    "n": N_("number of answers"),
    "sd": N_("standard deviation"),
    "design_effect": N_("design effect"),
    "option": N_("answer"),
    "answer": N_("answer"),
    "count": N_("how many gave it"),
    "weight": N_("weight"),
}
WHY = {
    DESCRIBED: N_("the description says so"),
    GUESSED: N_("guessed: its header is a usual word for it"),
    LEFT: N_("guessed: it is nothing else that is known"),
    BY_ITEM: N_("its header is the item’s name"),
    BY_OPTION: N_("its header is one of the answers"),
    IGNORED: N_("named under “ignore”"),
    OTHER: N_("of an item that is not described"),
}
SKIPPED = {
    "group": N_("groups of municipalities"),
    "total": N_("totals and means"),
    "stated": N_("named under “skip”"),
    "note": N_("notes beside the table"),
    "item": N_("items that are not described"),
}
BECAME = {
    "new": N_("the wave {wave} is new"),
    "changed": N_("the wave {wave} becomes version {version}; the one before is kept under “old”"),
    "same": N_("the same file by the same description: nothing to do"),
}
GRAIN = {
    "values": N_("a value for each municipality and question"),
    "counts": N_("how many gave each answer"),
    "answers": N_("answers of respondents"),
}
NAMED = 6


def outcome_screen(outcome: Outcome, *, dry_run: bool) -> RenderableType:
    """An import from top to bottom: how the file was read, its columns, its rows, and what became of the wave."""
    reading = outcome.reading
    parts: list[RenderableType] = []
    if reading.sheet is not None:
        parts.append(_read(reading.sheet, reading.header))
    if reading.gathered is not None:
        parts.append(_columns(reading.gathered.layout.columns))
        parts += _rows(reading.gathered)
        if outcome.became is not None:
            parts.append(_items(reading.gathered))
            least = reading.gathered.described.least
            if least:
                said = _("values of fewer than {least} answers are not written (suppress_below)")
                parts.append(Text(said.format(least=least), style="dim"))
    wave = outcome.described.id if outcome.described else ""
    if outcome.became is None:
        parts.append(Text(_("refused: nothing was written, and nothing changed"), style="bold red"))
    else:
        parts.append(Text(_(BECAME[outcome.became]).format(wave=visible(wave), version=outcome.version), style="bold"))
        if dry_run and outcome.became != "same":
            parts.append(Text(_("nothing was written (--dry-run)"), style="yellow"))
    return Group(*parts)


def proposal_screen(proposal: Proposal, into: Path | None) -> RenderableType:
    """What a table looks like, and where the start of a description went; without a file the start itself."""
    parts: list[RenderableType] = [
        _read(proposal.sheet, proposal.header),
        Text(_("It seems to hold: {grain}").format(grain=say(GRAIN, proposal.grain))),
        _columns(proposal.columns),
    ]
    if into is None:
        parts.append(Text("\n" + "\n".join(map(visible, proposal.text.splitlines()))))
    else:
        said = _("A start for a description is in {file}; complete it, then import with --describe.")
        parts.append(Text(said.format(file=visible(into.as_posix()))))
    return Group(*parts)


def _read(sheet: Sheet, header: Header | None) -> Text:
    text = Text(visible(sheet.file), style="bold")
    notes = [_("sheet {sheet}").format(sheet=visible(sheet.name))] if sheet.name else []
    if "encoding" in sheet.notes:
        notes.append(_("encoding {encoding}").format(encoding=sheet.notes["encoding"]))
        notes.append(_("fields apart by {delimiter}").format(delimiter=sheet.notes["delimiter"]))
    if header is not None:
        rows = ", ".join(map(str, header.rows)) or "–"
        said = _("header in row {rows} (guessed)") if header.guessed else _("header in row {rows}")
        notes.append(said.format(rows=rows))
    return Text.assemble(text, (" · " + " · ".join(notes) if notes else "", "not bold"))


def _columns(columns: Iterable[Column]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Column"), _("Header"), _("Taken for"), _("Why")):
        table.add_column(title)
    for column in columns:
        taken = " · ".join(filter(None, (say(ROLE, column.role), visible(column.item), visible(column.option))))
        style = "dim" if not column.role else "yellow" if column.why in (GUESSED, LEFT) else ""
        why = say(WHY, column.why) if column.why else ""
        cells = (letters(column.number), visible(column.header), taken or _("not used"), why)
        table.add_row(*(Text(cell) for cell in cells), style=style)
    return table


def _rows(gathered: Gathered) -> list[RenderableType]:
    lines = [Text("\n" + _("rows used: {count}").format(count=gathered.matched))]
    if gathered.filtered:
        lines.append(Text(_("rows left out by “only”: {count}").format(count=gathered.filtered)))
    for why, words in SKIPPED.items():
        some = [one for one in gathered.skipped if one.why == why]
        if some:
            names = list(dict.fromkeys(visible(one.text) for one in some))
            shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
            said = _("rows skipped, {what}: {count} ({names})")
            lines.append(Text(said.format(what=_(words), count=len(some), names=shown)))
    return list(lines)


def _items(gathered: Gathered) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Item"), _("With value"), _("Without"), _("Too few answers"), _("Cells without answer")):
        table.add_column(title, justify="left" if title == _("Item") else "right")
    for one in items(gathered):
        numbers = (one["with_value"], one["without_value"], one["too_few"], one["unanswered"])
        table.add_row(Text(visible(one["id"])), *map(str, numbers))
    return table
