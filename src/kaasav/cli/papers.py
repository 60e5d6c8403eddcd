"""``kaasav evidence``: looking across papers: find, re-use, what is due; confirming as seen, and erasing."""

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson, Folders, RoundId, chosen, shown
from kaasav.cli.codes import DONE, PROBLEMS
from kaasav.language import _

if TYPE_CHECKING:
    from kaasav.assessment.evidence_list import UseText
    from kaasav.papers.change import Listed
    from kaasav.papers.due import Due
    from kaasav.papers.members import Member
    from kaasav.papers.opened import Paper
    from kaasav.papers.reuse import Reuse
    from kaasav.papers.search import Searched
    from kaasav.problems import Problem
    from kaasav.workspace.place import Workspace


def add_commands(group: typer.Typer) -> None:
    """Add the commands to the group ``kaasav evidence``."""
    group.command("find", help=_("Find a text in all papers, listed or not; what cannot be searched is named."))(find)
    group.command("reuse", help=_("Show papers that several municipalities, rounds or criteria claim."))(reuse)
    group.command("confirm-seen", help=_("Write that an assessor has seen what no program can search."))(confirm_seen)
    group.command("erase", help=_("Erase a paper lawfully: the file goes, its hash and the reason stay."))(erase)
    group.command("signatures", help=_("List who signed the DigiDoc containers; the signatures are not checked."))(
        signatures
    )
    group.command("due", help=_("List papers that have been kept long enough and are to be erased."))(due)


def signatures(folders: Folders = None, round_id: RoundId = "", as_json: AsJson = False) -> None:
    """List names and times as the containers claim them."""
    from kaasav.cli.output import out, show_json
    from kaasav.papers.signers import signers

    _workspace, paths = chosen(folders, round_id)
    found = [(f"{shown(path)}/{file}", signature) for path in paths for file, signature in signers(path)]
    if as_json:
        rows = [
            {"file": file, "name": one.name, "time": one.time and one.time.isoformat(), "checked": False}
            for file, one in found
        ]
        show_json({"signatures": rows})
        return
    from rich.table import Table

    from kaasav.problems import visible

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("File"), _("Signed by"), _("Claimed time (UTC)"), ""):
        table.add_column(title, overflow="fold")
    for file, one in found:
        when = one.time.strftime("%Y-%m-%d %H:%M") if one.time else "–"
        name = visible(one.name) or (_("time stamp") if one.stamp else "–")
        table.add_row(visible(file), name, when, _("signature not checked"))
    out().print(table if found else _("no container with a signature is here"))


def _day(text: str) -> datetime.date:
    try:
        if len(text) == len("2026-09-30"):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(_("write the date as year-month-day, such as 2026-09-30"))


def _share(text: str) -> Fraction:
    try:
        share = Fraction(text)
        if Fraction(1, 2) <= share <= 1:
            return share
    except (ValueError, ZeroDivisionError):
        pass
    raise typer.BadParameter(_("write a share between 0.50 and 1, such as 0.80"))


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help=_("The municipality’s folder."), show_default=False)]
ItemId = Annotated[str, typer.Argument(metavar="ITEM", help=_("The item’s id."), show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="PERSON", help=_("Who: a person of the round, by short name."))]
On = Annotated[datetime.date, typer.Option("--on", metavar="DATE", parser=_day, help=_("When, as year-month-day."))]


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("What to look for, word for word."))],
    folders: Folders = None,
    round_id: RoundId = "",
    as_json: AsJson = False,
) -> None:
    """Look for a text in every paper of the folders or round."""
    from kaasav.cli.output import out, show_json_list, show_problems
    from kaasav.papers.members import members
    from kaasav.papers.search import search

    _workspace, paths = chosen(folders, round_id)
    bad: list[Problem] = []
    found = _told(search(members((path, shown(path)) for path in _progress(paths)), text), bad)
    if as_json:
        show_json_list("searched", map(_searched_data, found))
    else:
        from kaasav.cli.screens.papers import searched

        out().print(searched(list(found)))
        show_problems(bad)
    raise typer.Exit(_code(bad))


def _told(found: Iterable["Searched"], bad: list["Problem"]) -> Iterator["Searched"]:
    for one in found:
        bad += one.member.problems
        yield one


def _searched_data(one: "Searched") -> dict[str, Any]:
    return {
        **_member_data(one.member),
        "searched": one.searched,
        "complete": one.complete,
        "hits": [{**_paper_data(hit.paper), "page": hit.page, "context": hit.context} for hit in one.hits],
        "unsearched": [{**_paper_data(paper), "why": paper.why} for paper in one.unsearched],
        "blind": [{**_paper_data(paper), "pages": list(pages)} for paper, pages in one.blind],
    }


def _member_data(member: "Member") -> dict[str, Any]:
    return {
        "folder": member.shown,
        "round": member.round_id,
        "municipality": {"code": member.municipality, "name": member.name},
        "problems": [problem.as_data() for problem in member.problems],
    }


def _paper_data(paper: "Paper") -> dict[str, Any]:
    return {
        "file": paper.file,
        "inside": list(paper.inside),
        "item": paper.item.id if paper.item else None,
        "sha256": paper.sha256 or None,
    }


def _progress(paths: list[Path]) -> Iterable[Path]:
    from kaasav.cli.output import err

    if len(paths) == 1 or not err().is_terminal:
        return paths
    from rich.progress import track

    return track(paths, description=_("looking through papers"), console=err(), transient=True)


def _code(problems: Iterable["Problem"]) -> int:
    from kaasav.problems import has_errors

    return PROBLEMS if has_errors(problems) else DONE


Rounds = Annotated[
    list[str] | None,
    typer.Option("--round", metavar="ROUND", help=_("Only this round; may be given several times.")),
]


def _everybody(rounds: list[str] | None, bad: list["Problem"]) -> tuple["Workspace", Iterator["Member"]]:
    from kaasav.papers.members import of_workspace
    from kaasav.workspace.place import find as find_workspace

    workspace = find_workspace(Path.cwd())

    def each() -> Iterator["Member"]:
        for member in of_workspace(workspace, rounds or ()):
            bad.extend(member.problems)
            yield member

    return workspace, each()


def reuse(
    rounds: Rounds = None,
    least: Annotated[
        Fraction,
        typer.Option("--least", metavar="SHARE", parser=_share, help=_("From this likeness on texts are told.")),
    ] = Fraction(4, 5),
    everything: Annotated[
        bool, typer.Option("--all", help=_("List papers used for several criteria of one municipality too."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare the papers of the rounds, or of all rounds, with one another."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.papers.opened import papers
    from kaasav.papers.reuse import reuse as compare

    bad: list[Problem] = []
    _workspace, everybody = _everybody(rounds, bad)
    found = compare((paper for member in everybody for paper in papers(member, text=True)), least)
    if as_json:
        show_json(
            {
                "papers": found.papers,
                "without_text": found.without_text,
                "reuses": [_reuse_data(one) for one in found.reuses],
                "problems": [problem.as_data() for problem in bad],
            }
        )
    else:
        from kaasav.cli.screens.papers import reused

        out().print(reused(found, everything=everything))
        show_problems(bad)
    raise typer.Exit(_code(bad))


def _reuse_data(one: "Reuse") -> dict[str, Any]:
    return {
        "reach": str(one.reach),
        "same_bytes": one.same_bytes,
        "claims": [
            {
                "folder": claim.paper.member.shown,
                "round": claim.paper.member.round_id,
                "municipality": {"code": claim.paper.member.municipality, "name": claim.paper.member.name},
                **_paper_data(claim.paper),
                "criteria": list(claim.criteria),
                "likeness": str(claim.likeness),
            }
            for claim in one.claims
        ],
    }


def confirm_seen(
    folder: Folder,
    item: ItemId,
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help=_("The criterion it is used for, such as K1."))],
    by: By,
    on: On,
    where: Annotated[
        str,
        typer.Option(
            "--where",
            metavar="TEXT",
            help=_("Where in the file, such as “page 2, first paragraph”; without it, a hint where to look, if any."),
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write ``seen`` into the use."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.papers.change import listed
    from kaasav.papers.seen import confirm_seen as confirm
    from kaasav.problems import visible
    from kaasav.workspace.place import find as find_workspace

    own = listed(folder, shown(folder), find_workspace(folder))
    if not where.strip():
        _offer(own, item, criterion)
    done = confirm(own, item, criterion, by=by, on=on, where=where)
    if as_json:
        show_json(
            {
                "item": item,
                "criterion": criterion,
                "written": not done.again,
                "problems": [problem.as_data() for problem in done.problems],
            }
        )
        return
    show_problems(done.problems)
    said = _("nothing to do: it stands there already") if done.again else _("written: {by} has seen it on {on}")
    place = f"{done.place}: "
    out().print(visible(place + said.format(by=by, on=on)), soft_wrap=True)


def _offer(own: "Listed", item: str, criterion: str) -> None:
    """Tell on stderr where text recognition finds what is to be seen; writing still needs a person's own words."""
    from kaasav.cli.output import err
    from kaasav.papers.seen import offers
    from kaasav.problems import visible

    for offer in offers(own, item, criterion) or ():
        pages = ", ".join(map(str, offer.pages))
        said = (
            _("text recognition finds it on page {pages}: look there") if pages else _("text recognition finds nothing")
        )
        err().print(visible(f"“{offer.passage}”: {said.format(pages=pages)}"), soft_wrap=True)


def erase(
    folder: Folder,
    item: ItemId,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why; kept for good, so without personal data."))
    ],
    by: By,
    on: On,
    with_container: Annotated[
        bool, typer.Option("--with-container", help=_("Erase a whole container with all its items."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Erase the file; of an inner file, its container."""
    from kaasav.cli.output import out, show_json
    from kaasav.intake.form import quoting
    from kaasav.papers.change import listed
    from kaasav.papers.erase import erase as erase_one
    from kaasav.papers.reuse import known_elsewhere
    from kaasav.store.database import Store
    from kaasav.workspace.place import find as find_workspace

    workspace = find_workspace(folder)
    own = listed(folder, shown(folder), workspace)
    done = erase_one(
        own,
        item,
        by=by,
        on=on,
        reason=reason,
        with_container=with_container,
        store=lambda: Store.open(workspace.database, create=True),
        now=datetime.datetime.now(datetime.UTC),
    )
    copies = [paper for places in known_elsewhere(done.items.values(), workspace).values() for paper in places]
    listed_items = own.submission.evidence.items
    quoted = [one.id for one in listed_items if one.id in done.items and any(_quotes(use) for use in one.uses)]
    forms = quoting(folder, done.items.values())
    if as_json:
        show_json(
            {
                "file": done.file,
                "items": dict(done.items),
                "again": done.again,
                "copies": [{"folder": paper.member.shown, **_paper_data(paper)} for paper in copies],
                "quoted": quoted,
                "forms": list(forms),
            }
        )
        return
    from kaasav.cli.screens.papers import erased

    out().print(erased(own.shown, done, copies, quoted, forms))


def _quotes(use: "UseText") -> bool:
    return use.passage is not None or any(place.passage is not None for place in use.places)


def due(
    on: Annotated[
        datetime.date | None,
        typer.Option("--on", metavar="DATE", parser=_day, help=_("Due on this day; without it, today.")),
    ] = None,
    rounds: Rounds = None,
    as_json: AsJson = False,
) -> None:
    """List what has been kept long enough, in the rounds named or all."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.papers.due import all_due

    bad: list[Problem] = []
    day = on or datetime.datetime.now().astimezone().date()
    workspace, everybody = _everybody(rounds, bad)
    found: list[tuple[Member, Due]] = []
    for member, one in all_due(everybody, workspace, day, bad):
        found.append((member, one))
    if as_json:
        rows = [
            {
                "folder": member.shown,
                "round": member.round_id,
                "municipality": {"code": member.municipality, "name": member.name},
                "item": one.item.id,
                "kind": one.item.kind,
                "file": one.item.file,
                "kept_until": one.kept_until.isoformat(),
                "stated": one.stated,
            }
            for member, one in found
        ]
        show_json({"on": day.isoformat(), "due": rows, "problems": [problem.as_data() for problem in bad]})
    else:
        from kaasav.cli.screens.papers import fallen_due

        out().print(fallen_due(found, day))
        show_problems(bad)
    raise typer.Exit(_code(bad))
