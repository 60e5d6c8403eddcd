"""``kaasav award``: the award list of a round, on the screen and as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.cli.documents import Replace
from kaasav.cli.result import DatabaseOption, open_store
from kaasav.language import N_, _
from kaasav.problems import DID_YOU_MEAN, NOWHERE, Location, Problem, Refused, closest, error, warning

if TYPE_CHECKING:
    from kaasav.documents.awardlist.listing import Listing
    from kaasav.store.database import Store

UNKNOWN_ROUND = error("award-list-round", N_("there is no round “{round}”"), N_("there are: {known}"))
NOT_ASSESSED = error(
    "award-list-no-result",
    N_("no result of the round “{round}” is recorded yet"),
    N_("“kaasav assess --round {round}” records them"),
)
NOT_LISTED = warning(
    "award-list-not-listed",
    N_("no result of this municipality is recorded, so it is not in the list"),
    N_("“kaasav assess --round {round}” records every municipality of the round"),
)

RoundArgument = Annotated[
    str, typer.Argument(metavar="ROUND", help=_("The id of a round, such as 2026."), show_default=False)
]
OutputOption = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=_("The file to make; its ending says the format: .xlsx, .csv, .json, .html or .md."),
        show_default=False,
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", metavar="NAME,NAME", help=_("Only these columns, in this order.")),
]
PublicOption = Annotated[
    bool, typer.Option("--public", help=_("To publish: without internal notes and fictional municipalities."))
]


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(
        help=_("The award list of a round: what each municipality would get, and why."), no_args_is_help=True
    )
    group.command("list", help=_("Show the award list of a round."))(list_awards)
    group.command("export", help=_("Write the award list of a round to a file: xlsx, csv, json, html or md."))(export)
    app.add_typer(group, name="award")


def list_awards(
    round_id: RoundArgument,
    columns: ColumnsOption = None,
    public: PublicOption = False,
    database: DatabaseOption = None,
    as_json: AsJson = False,
) -> None:
    """List."""
    from kaasav.cli.output import out, show_json, show_problems

    with open_store(database) as store:
        listing, problems = _listing(store, round_id, columns, public=public)
    show_problems(problems)
    if as_json:
        from kaasav.documents.awardlist.json import data

        show_json(data(listing))
        return
    from kaasav.cli.screens.award import award_list

    out().print(award_list(listing, whole=columns is not None))


def export(
    round_id: RoundArgument,
    output: OutputOption,
    columns: ColumnsOption = None,
    public: PublicOption = False,
    replace: Replace = False,
    database: DatabaseOption = None,
) -> None:
    """Export."""
    from kaasav.cli.documents import now
    from kaasav.cli.output import out, show_problems
    from kaasav.cli.screens.made import line
    from kaasav.documents.awardlist.recipe import format_of, recipe
    from kaasav.documents.made import make
    from kaasav.workspace.place import around

    format_ = format_of(shown(output))
    with open_store(database) as store:
        listing, problems = _listing(store, round_id, columns, public=public)
        workspace = around(Path.cwd())
        made = make(
            recipe(listing, format_, workspace.root if workspace else None), output, store, at=now(), replace=replace
        )
    show_problems(problems)
    out().print(line(made), soft_wrap=True)
    for mark in listing.marks:
        out().print(f"  {mark.text}", style="yellow")


def _listing(store: "Store", round_id: str, columns: str | None, *, public: bool) -> tuple["Listing", list[Problem]]:
    """The list of the last result of each municipality, and which municipalities of the round have none."""
    from kaasav.documents.awardlist.context import listing
    from kaasav.documents.source import Sources

    latest: dict[str, str] = {}
    for one in store.results(round=round_id):  # last recorded first
        latest.setdefault(one.code, one.hash)
    if not latest:
        raise Refused([_no_results(store, round_id)])
    sources = Sources()
    found = [sources.source(hash_, store.result(hash_).record, store.blob) for hash_ in latest.values()]
    return listing(found, public=public, names=columns), list(_missing(round_id, latest))


def _no_results(store: "Store", round_id: str) -> Problem:
    from kaasav.workspace.place import around

    workspace = around(Path.cwd())
    written = workspace.rounds() if workspace else {}
    if round_id in written:
        return NOT_ASSESSED.at(NOWHERE, round=round_id)
    known = sorted({*written, *(one.round for one in store.results())})
    guess = closest(round_id, known)
    if guess:
        return UNKNOWN_ROUND.at(NOWHERE, hint=DID_YOU_MEAN, round=round_id, guess=guess)
    return UNKNOWN_ROUND.at(NOWHERE, hint=None if known else "", round=round_id, known=", ".join(known))


def _missing(round_id: str, recorded: dict[str, str]) -> list[Problem]:
    """The municipalities that have a folder in the round, but no result in the list."""
    from kaasav.assessment.folder import members
    from kaasav.assessment.who import who
    from kaasav.workspace.place import around

    workspace = around(Path.cwd())
    folder = workspace.rounds().get(round_id) if workspace else None
    problems = []
    for member in members(folder) if folder else ():
        municipality = who(member)
        if municipality is None or municipality.code not in recorded:
            problems.append(NOT_LISTED.at(Location(shown(member)), round=round_id))
    return problems
