"""``kaasav municipality``: the 78 municipalities, found by any code or name people use."""

from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson
from kaasav.language import _
from kaasav.problems import Refused

if TYPE_CHECKING:
    from kaasav.municipalities.register import Found, Municipality

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=_("A name or code, today’s or former."), show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Municipalities and the history of their codes."), no_args_is_help=True)
    group.command("list", help=_("List all municipalities."))(list_municipalities)
    group.command("show", help=_("Show one municipality, found by name or code."))(show)
    app.add_typer(group, name="municipality")


def found(name: str) -> "Found":
    """What ``name`` means; warnings (a merger) are shown.

    Raises:
        Refused: no municipality, or more than one, is meant.
    """
    from kaasav.cli.output import show_problems
    from kaasav.municipalities.names import find

    one, problems = find(name)
    if one is None:
        raise Refused(problems)
    show_problems(problems)
    return one


def meant(name: str) -> "Municipality":
    """The municipality ``name`` means.

    Raises:
        Refused: as `found`.
    """
    return found(name).municipality


def list_municipalities(
    training: Annotated[bool, typer.Option("--training", help=_("Only the fictional ones, for training."))] = False,
    as_json: AsJson = False,
) -> None:
    """List."""
    from kaasav.cli.output import out, show_json
    from kaasav.municipalities.register import load
    from kaasav.plain import plain

    known = load().all(training=training)
    if as_json:
        show_json({"municipalities": [plain(one) for one in known]})
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Code"), _("Name"), _("County")):
        table.add_column(title)
    table.add_column(_("Inhabitants"), justify="right")
    for one in known:
        table.add_row(one.code, one.name, one.county, _people(one.population))
    out().print(table)
    out().print(_("{count} municipalities").format(count=len(known)), style="dim")


def _people(population: int | None) -> str:
    return "–" if population is None else f"{population:,}".replace(",", "\u00a0")


def show(name: NameArgument, as_json: AsJson = False) -> None:
    """Show one."""
    from kaasav.cli.output import out, show_json
    from kaasav.municipalities.register import load
    from kaasav.plain import plain
    from kaasav.wording import CHANGE, say

    one = found(name)
    municipality, history = one.municipality, load().history(one.municipality.code)
    if as_json:
        show_json({"municipality": plain(municipality), "history": [plain(change) for change in history]})
        return
    out().print(f"{municipality.name} ({municipality.code})", style="bold")
    out().print(f"{municipality.county} · {_('inhabitants')}: {_people(municipality.population)}")
    if municipality.training:
        out().print(_("fictional, for training; never in a public register"), style="yellow")
    for change in history:
        year = f" {change.year}" if change.year else ""
        out().print(
            f"  {change.old_name} ({change.old_code}) → {change.new_name} ({change.new_code}): "
            f"{say(CHANGE, change.kind)}{year}"
        )
