"""``kaasav new``: scaffold a municipality's folder."""

from pathlib import Path
from typing import Annotated

import typer

from kaasav.cli.arguments import shown
from kaasav.cli.municipality import meant
from kaasav.language import _
from kaasav.problems import Refused


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "new", help=_("Make a municipality’s folder in a round. Every file is there, commented, ready to fill in.")
    )(new)


def new(
    municipality: Annotated[str, typer.Argument(metavar="MUNICIPALITY", help=_("A name or code."), show_default=False)],
    round_id: Annotated[str, typer.Option("--round", metavar="ROUND", help=_("The round’s id."), show_default=False)],
) -> None:
    """Make it, and say where to go on."""
    from kaasav.assessment.folder import read_round
    from kaasav.catalogue.reader import read_file
    from kaasav.cli.output import out
    from kaasav.workspace.new import new as make
    from kaasav.workspace.place import find

    workspace = find(Path.cwd())
    folder = workspace.round(round_id)
    the_round, document, problems = read_round(folder, shown(folder))
    if the_round is None:
        raise Refused(problems)
    path = workspace.catalogue(the_round.catalogue, document.at("catalogue"))
    catalogue, _content = read_file(path, workspace.relative(path))
    made = make(meant(municipality), folder, catalogue, the_round.with_role("assessor"), the_round.evidence_date)
    for file in sorted(made.rglob("*.yaml")):
        out().print(f"✔ {shown(file)}")
    out().print(
        "\n"
        + _("Put the papers into {folder}, list them in evidence.yaml, then:").format(folder=shown(made / "evidence"))
    )
    out().print(f"  kaasav check {shown(made)}")
