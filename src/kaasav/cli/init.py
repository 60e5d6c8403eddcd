"""``kaasav init``: make a workspace."""

from pathlib import Path
from typing import Annotated

import typer

from kaasav.language import _


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("init", help=_("Make a workspace with an example round."))(init)


def init(
    target: Annotated[Path, typer.Argument(metavar="DIR", help=_("A new or empty folder."), show_default=False)],
) -> None:
    """Make it, and say where to go on."""
    from kaasav.cli.output import out
    from kaasav.workspace.init import init as make

    for name in make(target):
        out().print(f"✔ {target / name}")
    out().print("\n" + _("Next:"))
    out().print(f"  cd {target}")
    out().print("  kaasav assess assessments/2026/naidisvald")
