"""``kaasav survey``: waves taken in from files, what they say, and how they compare."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson
from kaasav.language import N_, _
from kaasav.problems import DID_YOU_MEAN, Location, Refused, closest, error, warning

if TYPE_CHECKING:
    from kaasav.problems import Problem
    from kaasav.survey.imports.importing import Outcome
    from kaasav.survey.verdict import GateRule
    from kaasav.survey.wave import Wave
    from kaasav.workspace.place import Workspace

NO_GATE = error(
    "survey-no-gate", N_("no catalogue in the workspace asks for a survey, so there is nothing to judge by")
)

NEEDS_DESCRIPTION = error(
    "survey-needs-description",
    N_("what the columns mean, how it was measured and on which base cannot be told from the file alone"),
    N_("“kaasav survey import FILE --dry-run --propose DESCRIPTION.yaml” makes a start; then --describe it"),
)
RESTS = warning(
    "survey-round-rests",
    N_("round {round} rests on the wave “{wave}”, which has a new version; it is assessed by that from now on"),
    N_("if that is not meant, import the file under another id (--wave)"),
)
NO_INDICATOR = warning(
    "survey-no-indicator",
    N_("no question of the wave names an indicator, so no gate can rest on it"),
    N_("write “indicator: …” at the item, such as SI_KAASAMINE"),
)
UNKNOWN_INDICATOR = warning(
    "survey-indicator-unknown",
    N_("no catalogue in the workspace has the indicator “{indicator}”, so no gate can rest on this question"),
    N_("its catalogues’ indicators are: {known}"),
)
REVERSED = warning(
    "survey-waves-reversed",
    N_("people were asked for “{first}” after “{second}”, so the change is told backwards"),
    N_("name the earlier wave first"),
)
NOT_A_DAY = error("survey-on", N_("“{text}” is not a date"), N_("write year-month-day, such as 2026-09-30"))


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Survey waves and what they say of a municipality."), no_args_is_help=True)
    group.command("list", help=_("List the survey waves of the workspace."))(list_waves)
    group.command("show", help=_("Show a wave’s verdicts: of all municipalities, or of one in full."))(show)
    group.command("import", help=_("Take a survey’s file in as a wave, by a description of what stands in it."))(
        import_file
    )
    group.command("compare", help=_("Compare two waves for one municipality."))(compare)
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


def import_file(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help=_("The table; then files it is joined with, if they lie elsewhere.")),
    ],
    describe: Annotated[
        Path | None, typer.Option("--describe", metavar="DESCRIPTION.yaml", help=_("What stands in the file."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would be; write nothing."))] = False,
    propose: Annotated[
        Path | None,
        typer.Option("--propose", metavar="FILE", help=_("Write a start for a description, to be completed.")),
    ] = None,
    wave_id: Annotated[str, typer.Option("--wave", metavar="ID", help=_("Another id than the description’s."))] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day to record as that of the import."))] = "",
    as_json: AsJson = False,
) -> None:
    """Import a file; without a description only show what its table looks like."""
    if propose is not None or (describe is None and dry_run):
        _propose(files[0], propose, as_json=as_json)
        return
    if describe is None:
        raise Refused([NEEDS_DESCRIPTION.at(Location(files[0].as_posix()))])
    from kaasav.cli.codes import PROBLEMS
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.problems import in_order
    from kaasav.survey.imports.importing import keep, take_in
    from kaasav.workspace.place import CRITERIA, WAVES, find

    day = _day(on) if on else None
    workspace = find(Path.cwd())
    waves = workspace.root / CRITERIA / WAVES
    outcome = take_in(files, describe, waves, wave_id=wave_id, on=day)
    if not dry_run:
        keep(outcome, waves)
    if as_json:
        from kaasav.survey.imports.telling import as_data

        show_json(as_data(outcome, written=not dry_run and outcome.yaml is not None))
    else:
        from kaasav.cli.screens.importing import outcome_screen

        out().print(outcome_screen(outcome, dry_run=dry_run))
        show_problems(in_order([*outcome.problems, *_resting(outcome, workspace)]))
    if outcome.became is None:
        raise typer.Exit(PROBLEMS)


def _resting(outcome: "Outcome", workspace: "Workspace") -> Iterator["Problem"]:
    """What the wave cannot serve, and which rounds a new version of it changes."""
    from kaasav.assessment.folder import read_round

    if outcome.became is None or outcome.described is None:
        return
    if not any(item.indicator for item in outcome.described.items):
        yield NO_INDICATOR.at(Location(outcome.described.id))
    known = _indicators(workspace)
    for indicator in {item.indicator: None for item in outcome.described.items if item.indicator}:
        if known and indicator not in known:
            guess = closest(indicator, known)
            where, hint = Location(outcome.described.id), DID_YOU_MEAN if guess else None
            yield UNKNOWN_INDICATOR.at(where, hint=hint, indicator=indicator, known=", ".join(known), guess=guess)
    if outcome.became != "changed":
        return
    for id_, folder in workspace.rounds().items():
        a_round, document, _problems = read_round(folder, workspace.relative(folder))
        if a_round is not None and a_round.wave == outcome.described.id:
            yield RESTS.at(document.at("wave"), round=id_, wave=a_round.wave)


def _indicators(workspace: "Workspace") -> list[str]:
    """The indicators of all catalogues that can be read."""
    from kaasav.catalogue.model import IndicatorCriterion
    from kaasav.catalogue.reader import read_file

    found: dict[str, None] = {}
    for path in workspace.catalogues().values():
        try:
            catalogue, _content = read_file(path, workspace.relative(path))
        except Refused:
            continue
        found |= {one.indicator: None for one in catalogue.by_id.values() if isinstance(one, IndicatorCriterion)}
    return list(found)


def _day(text: str) -> datetime.date:
    try:
        if len(text) == 10:
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise Refused([NOT_A_DAY.at(Location(""), text=text)])


def _propose(path: Path, into: Path | None, *, as_json: bool) -> None:
    from kaasav.cli.output import out, show_json
    from kaasav.files import read_bytes, written
    from kaasav.plain import plain
    from kaasav.survey.imports.proposing import propose

    proposal = propose(read_bytes(path, path.as_posix()), path.name)
    if into is not None:
        with written(into, overwrite=False) as stream:
            stream.write(proposal.text.encode("utf-8"))
    if as_json:
        columns = [plain(column) for column in proposal.columns]
        show_json({
            "file": path.name, "sheet": proposal.sheet.name, "grain": proposal.grain,
            "header": list(proposal.header.rows), "columns": columns, "description": proposal.text,
        })  # fmt: skip
        return
    from kaasav.cli.screens.importing import proposal_screen

    out().print(proposal_screen(proposal, into))


def compare(
    first: Annotated[str, typer.Argument(metavar="WAVE", help=_("The earlier wave."), show_default=False)],
    second: Annotated[str, typer.Argument(metavar="WAVE", help=_("The later wave."), show_default=False)],
    municipality: Annotated[str, typer.Argument(metavar="MUNICIPALITY", help=_("A name or code."), show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Compare two waves, item by item, or say why they do not compare."""
    from kaasav.cli.municipality import found
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.municipalities.register import load
    from kaasav.survey.comparison import compare_waves
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    waves = _wave(workspace, first), _wave(workspace, second)
    one = found(municipality).municipality
    compared = compare_waves(*waves, one.code, load().history(one.code))
    begins = [wave.description.fieldwork.first for wave in waves]
    backwards = [REVERSED.at(Location(first), first=first, second=second)] if begins[0] > begins[1] else []
    if as_json:
        data = [comparison.as_data() for comparison in compared]
        said = [problem.as_data() for problem in backwards]
        show_json({"code": one.code, "name": one.name, "waves": [first, second], "items": data, "problems": said})
        return
    from kaasav.cli.screens.comparison import comparison_screen

    out().print(comparison_screen(one, waves, compared))
    show_problems(backwards)


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
