"""``kaasav evidence``: papers taken in, confirmed, found, and let go of."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.language import N_, _
from kaasav.problems import Location, Refused, error

if TYPE_CHECKING:
    from kaasav.catalogue.model import Catalogue
    from kaasav.intake.intake import Outcome

NOT_IN_FOLDER = error(
    "intake-form-elsewhere",
    N_("the form does not lie in a municipality’s folder"),
    N_("name the folder it is for with --folder"),
)


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    from kaasav.cli import papers

    group = typer.Typer(
        help=_("Papers: take them in, confirm what they are, find, re-use and erase them."), no_args_is_help=True
    )
    group.command("intake", help=_("Take papers in and propose what each is. Nothing counts until it is confirmed."))(
        intake
    )
    group.command("confirm", help=_("Read a filled-in form back: confirmed papers go into evidence.yaml."))(confirm)
    papers.add_commands(group)
    app.add_typer(group, name="evidence")


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The municipality’s folder."), show_default=False)]
Sources = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="SOURCE",
        help=_("Directories, zips or files. Without any, what still waits is asked again."),
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and write nothing."))]


def intake(folder: Folder, sources: Sources = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Take in."""
    from kaasav.intake.intake import intake as take
    from kaasav.intake.intake import make_sure
    from kaasav.workspace.place import find

    name = shown(folder)
    make_sure(folder, name)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    workspace = find(folder)
    outcome = take(folder, name, list(sources or []), _catalogue(folder), at=now, dry=dry_run, workspace=workspace)
    if as_json:
        from kaasav.cli.output import show_json

        show_json(_as_data(outcome))
        return
    from kaasav.cli.screens.intake import show

    show(outcome, name)


def confirm(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("The filled-in workbook or YAML form."), show_default=False)
    ],
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="FOLDER", help=_("The municipality’s folder, if the form lies elsewhere.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Confirm."""
    from kaasav.assessment.folder import APPLICATION
    from kaasav.cli.output import show_json
    from kaasav.intake.confirm import confirm as merge

    where = folder or file.parent
    if not (where / APPLICATION).is_file():
        raise Refused([NOT_IN_FOLDER.at(Location(shown(file)))])
    done = merge(where, shown(where), file, shown(file), _catalogue(where))
    if as_json:
        show_json(
            {
                "added": done.added,
                "updated": done.updated,
                "struck": done.struck,
                "unchanged": done.unchanged,
                "without_place": [{"item": item, "criterion": criterion} for item, criterion in done.without_place],
                "waiting": done.waiting,
            }
        )
        return
    from kaasav.cli.screens.intake import show_confirmed

    show_confirmed(done, shown(where), shown(file))


def _catalogue(folder: Path) -> "Catalogue":
    from kaasav.assessment.folder import read_round
    from kaasav.catalogue.reader import read_file
    from kaasav.workspace.place import find

    workspace = find(folder)
    above = folder.resolve().parent
    a_round, document, problems = read_round(above, shown(folder.parent))
    if a_round is None:
        raise Refused(problems)
    path = workspace.catalogue(a_round.catalogue, document.at("catalogue"))
    return read_file(path, workspace.relative(path))[0]


def _as_data(outcome: "Outcome") -> dict[str, Any]:
    return {
        "dry_run": outcome.dry,
        "counts": dict(sorted(outcome.counts.items())),
        "files": [entry.model_dump(mode="json", exclude_none=True) for entry in outcome.entries],
        "items": [row.data() for row in outcome.rows],
        "forms": list(outcome.forms),
        "elsewhere": [
            {
                "sha256": sha256,
                "folder": paper.member.shown,
                "round": paper.member.round_id,
                "municipality": {"code": paper.member.municipality, "name": paper.member.name},
                "file": paper.file,
                "inside": list(paper.inside),
                "item": paper.item.id if paper.item else None,
            }
            for sha256, places in outcome.elsewhere.items()
            for paper in places
        ],
        "cleared": outcome.cleared,
        "restored": list(outcome.restored),
        "gone": list(outcome.gone),
    }
