"""``kaasav survey``: what the waves say, with verdict, interval, reference and assumptions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson
from kaasav.language import N_, _
from kaasav.problems import Location, Refused, error

if TYPE_CHECKING:
    from kaasav.survey.verdict import GateRule
    from kaasav.survey.wave import Wave
    from kaasav.workspace.place import Workspace

NO_GATE = error(
    "survey-no-gate", N_("no catalogue in the workspace asks for a survey, so there is nothing to judge by")
)


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Survey waves and what they say of a municipality."), no_args_is_help=True)
    group.command("list", help=_("List the survey waves of the workspace."))(list_waves)
    group.command("show", help=_("Show a wave’s verdicts: of all municipalities, or of one in full."))(show)
    app.add_typer(group, name="survey")


def _wave(workspace: "Workspace", id_: str) -> "Wave":
    from kaasav.assessment.assess import read_wave_file

    path = workspace.wave(id_, Location(""))
    return read_wave_file(path, workspace.relative(path))[0]


def list_waves(as_json: AsJson = False) -> None:
    """List."""
    from kaasav.cli.output import out, show_json
    from kaasav.language import words
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    waves = [_wave(workspace, id_).description for id_ in workspace.waves()]
    if as_json:
        show_json({"waves": [wave.model_dump(mode="json", by_alias=True) for wave in waves]})
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Wave"), _("Title"), _("Fieldwork"), _("Items")):
        table.add_column(title)
    for wave in waves:
        between = f"{wave.fieldwork.first:%Y-%m} – {wave.fieldwork.last:%Y-%m}"
        note = f" ({_('fictional')})" if wave.fictional else ""
        table.add_row(wave.id, words(wave.title) + note, between, str(len(wave.items)))
    out().print(table)


def show(
    wave_id: Annotated[str, typer.Argument(metavar="WAVE", help=_("The wave’s id, such as 2024."), show_default=False)],
    municipality: Annotated[str, typer.Argument(metavar="MUNICIPALITY", help=_("A name or code."))] = "",
    catalogue: Annotated[
        str, typer.Option("--catalogue", metavar="ID@VERSION", help=_("Judge by this catalogue’s gate."))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show verdicts by the gate of a catalogue; the wave's age is judged in a round only."""
    from kaasav.cli.municipality import found
    from kaasav.cli.output import out, show_json
    from kaasav.municipalities.register import load
    from kaasav.survey.verdict import judge
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    wave = _wave(workspace, wave_id)
    reference, indicator, rule = _gate(workspace, catalogue)
    register = load()
    everyone = register.all(training=wave.description.fictional)
    chosen = [found(municipality).municipality] if municipality else list(everyone)
    verdicts = [
        (one, judge(wave, indicator, one.code, register.history(one.code), rule, evidence_date=None)) for one in chosen
    ]
    if as_json:
        rows = [{"code": one.code, "name": one.name, "verdict": verdict.as_data()} for one, verdict in verdicts]
        show_json({"wave": wave.id, "catalogue": reference, "indicator": indicator, "verdicts": rows})
        return
    from kaasav.cli.screens.wave import one_verdict, wave_notes, wave_table

    if municipality:
        one, verdict = verdicts[0]
        out().print(one_verdict(one, verdict, wave))
    else:
        out().print(wave_table(verdicts))
    out().print(wave_notes(wave, reference, indicator))


def _gate(workspace: "Workspace", reference: str) -> tuple[str, str, "GateRule"]:
    """The gate of the catalogue named, else of the newest that has one."""
    from kaasav.assessment.case import gate_conditions
    from kaasav.catalogue.model import IndicatorCriterion
    from kaasav.catalogue.reader import read_file
    from kaasav.survey.verdict import GateRule

    known = {reference: workspace.catalogue(reference, Location(""))} if reference else workspace.catalogues()
    for name, path in reversed(known.items()):
        catalogue, _content = read_file(path, workspace.relative(path))
        for gate in gate_conditions(catalogue):
            criterion: Any = catalogue.by_id[gate.criterion]
            if isinstance(criterion, IndicatorCriterion):
                rule = GateRule(
                    gate.min_respondents, gate.reliable_from, None, gate.confidence, gate.measure, gate.base
                )
                return name, criterion.indicator, rule
    raise Refused([NO_GATE.at(Location(str(workspace.root)))])
