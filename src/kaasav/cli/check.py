"""``kaasav check``: the same look as ``assess``, recording nothing."""

import typer

from kaasav.cli.arguments import AsJson, Folders, RoundId, chosen
from kaasav.cli.assess import run
from kaasav.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("check", help=_("Assess without recording anything."))(check)


def check(folders: Folders = None, round_id: RoundId = "", as_json: AsJson = False) -> None:
    """Look only."""
    workspace, paths = chosen(folders, round_id)
    raise typer.Exit(run(workspace, paths, as_json=as_json, keep=lambda _one: None))
