"""``kaasav assess``: what holds, what does not and why; recorded."""

import datetime
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kaasav.cli.arguments import AsJson, Folders, RoundId, chosen, shown
from kaasav.cli.codes import DONE, PROBLEMS
from kaasav.language import N_, _
from kaasav.problems import NOWHERE, Location, visible, warning

if TYPE_CHECKING:
    from kaasav.assessment.assess import Assessed
    from kaasav.store.database import Store
    from kaasav.workspace.place import Workspace

CATALOGUE_CHANGED = warning(
    "catalogue-changed",
    N_("results are recorded by another text of {catalogue}; the file has been changed since"),
    N_("publish a change as a new version: criteria/<id>/<version>.yaml"),
)
READY = ("preliminary", "unsettled", "complete")
"""The statuses an assessment is far enough along in for exit code 0."""


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("assess", help=_("Assess municipalities: what holds, what does not and why. The result is recorded."))(
        assess
    )


def assess(folders: Folders = None, round_id: RoundId = "", as_json: AsJson = False) -> None:
    """Assess and record."""
    from kaasav.cli.output import show_problems
    from kaasav.store.database import Store

    workspace, paths = chosen(folders, round_id)
    with Store.open(workspace.database, create=True) as store:
        code = run(workspace, paths, as_json=as_json, keep=_recorder(store, workspace))
        show_problems([CATALOGUE_CHANGED.at(NOWHERE, catalogue=one) for one in store.changed_catalogues()])
        raise typer.Exit(code)


Keep = Callable[["Assessed"], str | None]


def run(workspace: "Workspace", paths: list[Path], *, as_json: bool, keep: Keep) -> int:
    """Assess every folder, hand each to ``keep`` (which returns the hash it recorded, if any), and show them."""
    from kaasav.assessment.assess import Shelf
    from kaasav.assessment.assess import assess as assess_one

    shelf = Shelf(workspace)
    once = _once()
    assessed = (once(assess_one(path, shown(path), shelf)) for path in _progress(paths))
    done = ((one, keep(one)) for one in assessed)
    if as_json:
        return _as_json(done)
    if len(paths) == 1:
        return _one(*next(done))
    return _several(done)


def _once() -> Callable[["Assessed"], "Assessed"]:
    """Let each municipality of a round through once; the second folder of the same one is an error, not a result."""
    from kaasav.assessment.who import TWICE

    seen: dict[tuple[str, str], str] = {}

    def through(one: "Assessed") -> "Assessed":
        if one.record is None:
            return one
        key = (one.record["round"], one.record["municipality"]["code"])
        if seen.setdefault(key, one.shown) == one.shown:
            return one
        problem = TWICE.at(Location(one.shown), name=one.record["municipality"]["name"], other=seen[key])
        return replace(one, problems=(problem, *one.problems), record=None, result=None)

    return through


def _recorder(store: "Store", workspace: "Workspace") -> Keep:
    from kaasav import __version__

    def record(one: "Assessed") -> str | None:
        if one.record is None:
            return None
        event = {"folder": workspace.relative(one.folder), "kaasav": __version__}
        return store.record(one.record, one.inputs, at=datetime.datetime.now(datetime.UTC), event=event)

    return record


def _progress(paths: list[Path]) -> Iterator[Path]:
    from kaasav.cli.output import err

    if len(paths) == 1 or not err().is_terminal:
        yield from paths
        return
    from rich.progress import track

    yield from track(paths, description=_("assessing"), console=err(), transient=True)


def _code(one: "Assessed") -> int:
    return DONE if one.result is not None and one.result.status in READY else PROBLEMS


def _one(one: "Assessed", hash_: str | None) -> int:
    from kaasav.cli.output import out, show_problems

    show_problems(one.problems)
    if one.record is not None and one.catalogue is not None:
        from kaasav.cli.screens.summary import summary

        out().print(summary(one.record, one.catalogue))
        out().print(footer(one.shown, hash_), style="dim")
    return _code(one)


def footer(folder: str, hash_: str | None) -> str:
    """Where to go on from a result's screen."""
    kept = _("recorded as {hash}").format(hash=hash_[:12]) if hash_ else _("only looked at, nothing recorded")
    return (
        "\n" + kept + " · " + _("why each number: kaasav explain {folder}").format(folder=visible(shlex.quote(folder)))
    )


def _several(done: Iterator[tuple["Assessed", str | None]]) -> int:
    """One line each, kept small, so that a thousand folders take no more memory than ten."""
    from kaasav.cli.output import out, show_problems
    from kaasav.cli.screens.round import line, round_table

    lines, code = [], DONE
    for one, _hash in done:
        show_problems(one.problems)
        lines.append(line(one))
        code = max(code, _code(one))
    out().print(round_table(lines))
    return code


def _as_json(done: Iterator[tuple["Assessed", str | None]]) -> int:
    from kaasav.cli.output import show_json_list

    code = DONE

    def each() -> Iterator[Any]:
        nonlocal code
        for one, hash_ in done:
            code = max(code, _code(one))
            problems = [problem.as_data() for problem in one.problems]
            yield {"folder": one.shown, "result": hash_, "problems": problems, "record": one.record}

    show_json_list("assessments", each())
    return code
