"""``kaasav result``: what was recorded, shown and verified."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson
from kaasav.cli.codes import PROBLEMS
from kaasav.language import _

if TYPE_CHECKING:
    from kaasav.store.database import Store

HashArgument = Annotated[
    str, typer.Argument(metavar="HASH", help=_("The beginning of a result’s hash."), show_default=False)
]
DatabaseOption = Annotated[
    Path | None, typer.Option("--database", metavar="FILE", help=_("Another database than the workspace’s."))
]


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Recorded results: list, show, verify."), no_args_is_help=True)
    group.command("list", help=_("List recorded results, newest first."))(list_results)
    group.command("show", help=_("Show a recorded result as it was."))(show)
    group.command("verify", help=_("Recompute results from the record and, where they are there, from the files."))(
        verify
    )
    app.add_typer(group, name="result")


def open_store(database: Path | None) -> "Store":
    """The database named, or the workspace's.

    Raises:
        Refused: there is none.
    """
    from kaasav.store.database import Store
    from kaasav.workspace.place import find

    return Store.open(database or find(Path.cwd()).database)


def list_results(
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="NAME", help=_("Only this municipality, by name or code."))
    ] = "",
    round_id: Annotated[str, typer.Option("--round", metavar="ROUND", help=_("Only this round."))] = "",
    database: DatabaseOption = None,
    as_json: AsJson = False,
) -> None:
    """List."""
    from kaasav.cli.municipality import meant
    from kaasav.cli.output import out, show_json

    code = meant(municipality).code if municipality else None
    with open_store(database) as store:
        results = store.results(municipality=code, round=round_id or None)
    if as_json:
        show_json({"results": [{**plain_result(one), "recorded_at": one.recorded_at.isoformat()} for one in results]})
        return
    from rich.table import Table

    from kaasav.wording import STATUS, say

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Result"), _("Recorded (UTC)"), _("Municipality"), _("Round"), _("Catalogue"), _("Status")):
        table.add_column(title)
    for one in results:
        table.add_row(
            one.hash[:12],
            one.recorded_at.strftime("%Y-%m-%d %H:%M"),
            f"{one.municipality} ({one.code})",
            one.round,
            one.catalogue,
            say(STATUS, one.status),
        )
    out().print(table if results else _("no result is recorded yet"))


def plain_result(one: Any) -> dict[str, Any]:
    """A result's summary as plain data, without its moment."""
    return {
        "hash": one.hash,
        "municipality": {"code": one.code, "name": one.municipality},
        "round": one.round,
        "catalogue": one.catalogue,
        "rules": one.rules,
        "status": one.status,
        "times": one.times,
    }


def show(
    hash_: HashArgument,
    explain: Annotated[bool, typer.Option("--explain", help=_("Show the whole tree of reasons."))] = False,
    database: DatabaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Show one result from the record alone."""
    from kaasav.assessment.assess import CATALOGUE
    from kaasav.assessment.verify import recorded_submission
    from kaasav.catalogue.reader import understand
    from kaasav.cli.output import out, show_json, show_problems

    with open_store(database) as store:
        found = store.result(hash_)
        inputs = {name: store.blob(sha256) for name, sha256 in found.inputs.items()}
    if as_json:
        show_json({"result": found.hash, "record": found.record})
        return
    catalogue, problems = understand(inputs[CATALOGUE], CATALOGUE)
    submission, more = recorded_submission(inputs, found.hash[:12])
    if catalogue is None or submission is None:
        show_problems([*problems, *more])
        raise typer.Exit(PROBLEMS)
    if explain:
        from kaasav.cli.screens.explanation import whole

        items = {item.id: item.model_dump(mode="json") for item in submission.evidence.items}
        out().print(whole(found.record, catalogue, items))
        return
    from kaasav.cli.screens.summary import summary

    out().print(summary(found.record, catalogue))
    out().print("\n" + _("as recorded: {hash}").format(hash=found.hash), style="dim")


def verify(
    hash_: Annotated[
        str, typer.Argument(metavar="HASH", help=_("The beginning of a result’s hash; without it, all results."))
    ] = "",
    database: DatabaseOption = None,
    as_json: AsJson = False,
) -> None:
    """Verify one result, or all."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.papers.erase import ERASED
    from kaasav.problems import has_errors

    failed = False
    verified: list[dict[str, Any]] = []
    with open_store(database) as store:
        hashes = [hash_] if hash_ else [one.hash for one in store.results()]
        erasures = [{**event.data, "sha256": event.subject} for event in store.events(kind=ERASED)]
        for prefix in hashes:
            own, name, problems, files = _verify_one(store, prefix, erasures)
            bad = has_errors(problems)
            failed = failed or bad
            verified.append(
                {"result": own, "same": not bad, "files": files, "problems": [p.as_data() for p in problems]}
            )
            if not as_json:
                show_problems(problems)
                mark = "✘" if bad else "✔"
                said = _("does not come out again") if bad else _("comes out again from the record")
                where = _("files: the same") if files == "same" else _("files: see above")
                if files == "absent":
                    where = _("files: not there")
                out().print(f"{mark} {own[:12]} {name}: {said} · {where}")
    if as_json:
        show_json({"verified": verified})
    raise typer.Exit(PROBLEMS if failed else 0)


def _verify_one(store: "Store", prefix: str, erasures: list[dict[str, Any]]) -> tuple[str, str, list[Any], str]:
    from kaasav.assessment.verify import recorded_submission, verify_files, verify_record

    found = store.result(prefix)
    name = f"{found.record['municipality']['name']} {found.record['round']}"
    problems = verify_record(found.record, store.blob, found.hash[:12])
    folder = _folder(store, found.hash)
    if folder is None or problems:
        return found.hash, name, problems, "absent"
    inputs = {key: store.blob(sha256) for key, sha256 in found.inputs.items()}
    submission, _none = recorded_submission(inputs, found.hash[:12])
    if submission is None:
        return found.hash, name, problems, "absent"
    changed = verify_files(found.record, submission, folder, folder.as_posix(), erasures)
    return found.hash, name, [*problems, *changed], "differ" if changed else "same"


def _folder(store: "Store", hash_: str) -> Path | None:
    """The folder the result was last recorded from, if it is still there."""
    from kaasav.store.schema import RECORDED

    for event in reversed(tuple(store.events(kind=RECORDED, subject=hash_))):
        folder = event.data.get("folder")
        if isinstance(folder, str):
            path = store.path.parent / folder
            return path if path.is_dir() else None
    return None
