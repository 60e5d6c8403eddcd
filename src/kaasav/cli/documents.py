"""What the commands that make documents share: which results are meant, where files go, what was made."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import shown
from kaasav.cli.codes import DONE, FORBIDDEN, PROBLEMS
from kaasav.documents.named import BOTH_NAMED, NO_RESULT, NOTHING_NAMED, Named, check, named_folder
from kaasav.language import N_, _
from kaasav.problems import NOWHERE, Forbidden, Location, Misused, Problem, Refused, error, warning

if TYPE_CHECKING:
    from kaasav.cli.screens.made import Outcome
    from kaasav.documents.recipe import Recipe
    from kaasav.documents.source import Sources
    from kaasav.store.database import Store
    from kaasav.workspace.place import Workspace

__all__ = [
    "BOTH_NAMED",
    "NOTHING_NAMED",
    "NO_RESULT",
    "Named",
    "Output",
    "Replace",
    "RoundOption",
    "Target",
    "make_all",
    "make_folder",
    "named_folder",
    "now",
    "sources",
]

NO_OUTPUT = error(
    "document-no-output", N_("it is not said where the documents of the round go"), N_("name a folder with -o")
)
OUTPUT_IS_FILE = error(
    "document-output-file",
    N_("this is a file, and several documents go into a folder"),
    N_("name a folder with -o; it is made if it is not there"),
)
OUTPUT_NOT_MADE = error(
    "document-output-folder",
    N_("this folder for the documents cannot be made: {reason}"),
    N_("name one you may write to with -o"),
)
TOGETHER = warning(
    "document-together",
    N_("its other files were left as they are too: they belong together"),
)

Target = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER|RESULT",
        help=_("A municipality’s folder, or the beginning of a recorded result’s hash."),
        show_default=False,
    ),
]
RoundOption = Annotated[str, typer.Option("--round", metavar="ROUND", help=_("Every municipality of this round."))]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("The file to make; with --round, the folder."))
]
Replace = Annotated[
    bool, typer.Option("--replace", help=_("Write over files that Kaasav did not make, or somebody changed."))
]

Recipes = Callable[[Named], Sequence[tuple[str, "Recipe"]]]
"""The files to make of one result: the end of each file's name, such as ``-tunnistus.pdf``, and its recipe."""
Finder = Callable[[str, str, "Workspace", "Store"], Iterator[tuple[str, "Named | Sequence[Problem]"]]]
"""How the results meant are found: as `sources`."""


def now() -> datetime.datetime:
    """The moment an event is recorded at."""
    return datetime.datetime.now(datetime.UTC)


def sources(
    target: str, round_id: str, workspace: "Workspace", store: "Store", read: "Sources | None" = None
) -> Iterator[tuple[str, "Named | Sequence[Problem]"]]:
    """Each municipality meant, by name: its result, or why there is none; see `Targets`.

    With ``read``, records that are in use elsewhere are not read again.
    """
    from kaasav.documents.source import Sources
    from kaasav.documents.targets import Targets

    return Targets(workspace, store, now, shown, read or Sources()).find(target, round_id)


def make_all(
    target: str,
    round_id: str,
    output: Path | None,
    recipes: Recipes,
    *,
    as_json: bool,
    found: Finder = sources,
    more: Callable[[], Mapping[str, Any]] = dict,
    replace: bool = False,
    together: bool = False,
) -> int:
    """Make every document meant, record each, show the list; returns the exit code.

    A municipality or file that fails is told and does not stop the others, unless no other could succeed (the disk is
    full, the database cannot be written to).

    Args:
        target: a folder or the beginning of a hash; "" with a round.
        round_id: a round; "" with a target.
        output: the file to make (one document of one result), or the folder for all of them; None: here.
        recipes: what to make of one result.
        as_json: print the list as JSON.
        found: gives the results meant.
        more: what else the JSON holds, asked once everything is made.
        replace: write over what Kaasav did not make.
        together: a municipality's files belong together: all of them are made, or none is changed.
    """
    from kaasav.cli.screens import made as screen
    from kaasav.documents.targets import folders
    from kaasav.store.database import Store
    from kaasav.workspace.place import find

    check(target, round_id)
    if round_id and output is None:
        raise Misused([NO_OUTPUT.at(NOWHERE)])
    if round_id and output is not None and output.exists() and not output.is_dir():
        raise Misused([OUTPUT_IS_FILE.at(Location(shown(output)))])
    workspace = find(Path(target) if target and Path(target).is_dir() else Path.cwd())
    total = len(folders(workspace, round_id)) if round_id else 1
    with Store.open(workspace.database, create=True) as store, _progress(total) as step:
        run = _Run(store, output, recipes, as_json=as_json, many=bool(round_id), replace=replace, together=together)
        reached = 0
        for name, one in found(target, round_id, workspace, store):
            step(name)
            reached += 1
            run.one(name, one)
            if run.stopped:
                break
    if as_json:
        screen.show_json(run.outcomes, run.warnings, total - reached, more())
    else:
        screen.show(run.outcomes, total - reached, many=bool(round_id))
    if run.crash is not None:
        raise run.crash
    return run.code


class _Run:
    """One run: what came of each file, and how the run ends."""

    def __init__(
        self,
        store: "Store",
        output: Path | None,
        recipes: Recipes,
        *,
        as_json: bool,
        many: bool,
        replace: bool,
        together: bool = False,
    ) -> None:
        self._store, self._output, self._recipes = store, output, recipes
        self._as_json, self._many, self._replace, self._together = as_json, many, replace, together
        self.outcomes: list[Outcome] = []
        self.warnings: list[tuple[str, Problem]] = []
        self.code = DONE
        self.stopped = False
        self.crash: Exception | None = None

    def one(self, name: str, found: "Named | Sequence[Problem]") -> None:
        """Make the files of one municipality; what fails is an outcome too."""
        if not isinstance(found, Named):
            self._failed(name, None, Refused(found))
            return
        self._tell(name, found.problems)
        try:
            wanted = self._recipes(found)
        except Refused as refused:
            self._tell(name, found.told)
            self._failed(name, None, refused)
            return
        except Exception as failure:  # a mistake of Kaasav itself: the others still get their documents
            self._crashed(name, failure)
            return
        self._tell(name, found.told)
        files = [(self._path(found.name, ending), recipe) for ending, recipe in wanted]
        if self._together and len(files) > 1:
            files = self._all_or_none(name, files)
        for path, recipe in files:
            if not self.stopped:
                self._make(name, path, recipe)

    def _all_or_none(self, name: str, files: list[tuple[Path, "Recipe"]]) -> list[tuple[Path, "Recipe"]]:
        """``files``, rendered, if each can be made; none of them if one cannot, which is told."""
        import dataclasses
        from functools import cache

        from kaasav.documents.made import ready

        rendered = [(path, dataclasses.replace(recipe, render=cache(recipe.render))) for path, recipe in files]
        failed = 0
        for path, recipe in rendered:
            try:
                ready(recipe, path, self._store, replace=self._replace)
            except Refused as refused:
                failed += 1
                self._failed(name, path, refused)
            except Exception as failure:
                self._crashed(name, failure)
                return []
            if self.stopped:
                return []
        if 0 < failed < len(rendered):
            self._tell(name, [TOGETHER.at(Location(name))])
        return [] if failed else rendered

    def _make(self, name: str, path: Path, recipe: "Recipe") -> None:
        from kaasav.cli.screens.made import Outcome
        from kaasav.documents.made import make

        try:
            made = make(recipe, path, self._store, at=now(), replace=self._replace)
        except Refused as refused:
            self._failed(name, path, refused)
        except Exception as failure:
            self._crashed(name, failure)
        else:
            self.outcomes.append(Outcome(name, path, made))

    def _failed(self, name: str, path: Path | None, refused: Refused) -> None:
        from kaasav.cli.output import show_problems
        from kaasav.cli.screens.made import Outcome
        from kaasav.documents.stops import stops_all

        if isinstance(refused, Misused) and not self._many:
            raise refused
        self.outcomes.append(Outcome(name, path, None, tuple(refused.problems)))
        if not self._as_json:
            show_problems(refused.problems)
        self.code = max(self.code, FORBIDDEN if isinstance(refused, Forbidden) else PROBLEMS)
        self.stopped = self.stopped or stops_all(refused.problems)

    def _crashed(self, name: str, failure: Exception) -> None:
        from kaasav.cli.screens.made import Outcome

        if not self._many:
            raise failure
        self.outcomes.append(Outcome(name, None, None))
        self.crash = self.crash or failure

    def _tell(self, name: str, problems: Sequence[Problem]) -> None:
        from kaasav.cli.output import show_problems

        if self._as_json:
            self.warnings += [(name, problem) for problem in problems]
        else:
            show_problems(problems)

    def _path(self, name: str, ending: str) -> Path:
        if self._output is None:
            return Path(f"{name}{ending}")
        if self._many:
            make_folder(self._output)
        return self._output / f"{name}{ending}" if self._output.is_dir() else self._output


def make_folder(path: Path) -> None:
    """Make the folder ``path`` for documents, if it is not there.

    Raises:
        Misused: a file of this name is in the way, or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise Misused([OUTPUT_IS_FILE.at(Location(shown(path)))]) from None
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise Misused([OUTPUT_NOT_MADE.at(Location(shown(path)), reason=reason)]) from None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Shows on a terminal how far a round has come; gives what is called with the name of each municipality."""
    from kaasav.cli.output import err
    from kaasav.problems import visible

    if total == 1 or not err().is_terminal:
        yield lambda _name: None
        return
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task(_("making documents"), total=total, name="")
        begun = 0

        def step(name: str) -> None:
            nonlocal begun
            progress.update(task, completed=begun, name=escape(visible(name)))
            begun += 1

        yield step
