"""``kaasav catalogue``: the criteria catalogues of the workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.cli.codes import PROBLEMS
from kaasav.language import N_, _
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, closest, error, has_errors

if TYPE_CHECKING:
    from kaasav.workspace.place import Workspace

NO_CRITERION = error(
    "catalogue-no-criterion", N_("the catalogue {catalogue} has no criterion “{criterion}”"), N_("known: {known}")
)
NOTHING_THERE = error("no-catalogues", N_("the workspace holds no catalogue"))


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Criteria catalogues: list, show, validate."), no_args_is_help=True)
    group.command("list", help=_("List the catalogues of the workspace."))(list_catalogues)
    group.command("show", help=_("Show a catalogue, whole or one criterion."))(show)
    group.command("validate", help=_("Check catalogue files; every mistake is told with its place."))(validate)
    app.add_typer(group, name="catalogue")


def list_catalogues(as_json: AsJson = False) -> None:
    """List."""
    from kaasav.catalogue.reader import read_file
    from kaasav.cli.output import out, show_json
    from kaasav.language import words
    from kaasav.wording import CATALOGUE_STATUS, say
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    _newest(workspace)
    known = [read_file(path, workspace.relative(path))[0] for path in workspace.catalogues().values()]
    if as_json:
        names = ("id", "version", "status", "title")
        show_json(
            {
                "catalogues": [
                    {**{name: getattr(one, name) for name in names}, "criteria": len(one.criteria)} for one in known
                ]
            }
        )
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Catalogue"), _("Title"), _("Status"), _("Criteria")):
        table.add_column(title)
    for one in known:
        table.add_row(one.reference, words(one.title), say(CATALOGUE_STATUS, one.status), str(len(one.criteria)))
    out().print(table)


def show(
    reference: Annotated[str, typer.Argument(metavar="CATALOGUE", help=_("id@version; without it, the newest."))] = "",
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help=_("Only this criterion, such as K3."))] = "",
    as_json: AsJson = False,
) -> None:
    """Show one; a single argument without “@” is taken as a criterion of the newest catalogue."""
    from kaasav.catalogue.reader import read_file
    from kaasav.cli.output import out, show_json
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    if reference and "@" not in reference and not criterion:
        reference, criterion = "", reference
    path = workspace.catalogue(reference or _newest(workspace), Location(""))
    catalogue, _content = read_file(path, workspace.relative(path))
    wanted = next((id_ for id_ in catalogue.by_id if id_.casefold() == criterion.casefold()), None)
    if criterion and wanted is None:
        guess = closest(criterion, catalogue.by_id)
        details = {"catalogue": catalogue.reference, "criterion": criterion, "known": ", ".join(catalogue.by_id)}
        raise Refused(
            [NO_CRITERION.at(Location(""), hint=DID_YOU_MEAN if guess else None, guess=guess or "", **details)]
        )
    if as_json:
        one = catalogue if wanted is None else catalogue.by_id[wanted]
        show_json(one.model_dump(mode="json"))
        return
    from kaasav.cli.screens import catalogue as screens

    if wanted is None:
        out().print(screens.whole(catalogue))
    else:
        out().print(screens.one_criterion(catalogue.by_id[wanted], catalogue))


def _newest(workspace: "Workspace") -> str:
    known = list(workspace.catalogues())
    if not known:
        raise Refused([NOTHING_THERE.at(Location(str(workspace.root)))])
    return known[-1]


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help=_("Catalogue files; without any, all of the workspace.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check every file whole; errors give exit code 1."""
    from kaasav.catalogue.reader import WRONG_PLACE, understand
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.files import read_bytes
    from kaasav.workspace.place import find

    paths = list(files or [])
    if not paths:
        workspace = find(Path.cwd())
        _newest(workspace)
        paths = [
            path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
            for path in workspace.catalogues().values()
        ]
    problems: list[Problem] = []
    good: list[str] = []
    for path in paths:
        catalogue, found = understand(read_bytes(path, shown(path)), shown(path))
        expected = f"{path.resolve().parent.name}@{path.stem}"
        if catalogue is not None and catalogue.reference != expected:
            place = Location(shown(path))
            found.append(WRONG_PLACE.at(place, stated=catalogue.reference, expected=expected))
        problems += found
        if not has_errors(found):
            good.append(shown(path))
    if as_json:
        show_json({"valid": good, "problems": [problem.as_data() for problem in problems]})
    else:
        show_problems(problems)
        for name in good:
            out().print(_("✔ {file}: nothing wrong").format(file=name) if not problems else f"✔ {name}")
    raise typer.Exit(PROBLEMS if has_errors(problems) else 0)
