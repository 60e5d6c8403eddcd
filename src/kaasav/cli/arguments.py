"""Arguments several commands share: folders of municipalities, the round, the output form."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.language import N_, _
from kaasav.problems import NOWHERE, Location, Misused, Refused, error

if TYPE_CHECKING:
    from kaasav.workspace.place import Workspace

NOTHING_NAMED = error(
    "nothing-named", N_("no folder is named"), N_("name a municipality’s folder, or a round with --round")
)
EMPTY_ROUND = error("round-empty", N_("the round holds no municipality yet"), N_("“kaasav new” makes a folder"))

Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FOLDER", help=_("Folders of municipalities, or of a whole round."), show_default=False),
]
RoundId = Annotated[str, typer.Option("--round", metavar="ROUND", help=_("Every municipality of this round."))]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print everything as JSON."))]


def chosen(folders: list[Path] | None, round_id: str) -> tuple["Workspace", list[Path]]:
    """The workspace, and the municipalities' folders meant by what was given.

    Raises:
        Refused: there is no workspace or round, or nothing was named.
    """
    from kaasav.assessment.folder import ROUND, members
    from kaasav.workspace.place import find

    named = list(folders or [])
    workspace = find(named[0] if named else Path.cwd())
    if round_id:
        named.append(workspace.round(round_id))
    if not named:
        raise Misused([NOTHING_NAMED.at(NOWHERE)])
    found: dict[Path, Path] = {}
    for path in named:
        inside = members(path) if (path / ROUND).is_file() else [path]
        if not inside:
            raise Refused([EMPTY_ROUND.at(Location(path.as_posix()))])
        for folder in inside:
            if folder.name != ROUND:  # a shell's * names it beside the folders
                found.setdefault(folder.resolve(), folder)
    return workspace, [path if path.name else path.resolve() for path in found.values()]


def shown(path: Path) -> str:
    """A path as people gave it, with forward slashes; relative to the current folder where it lies below it."""
    if not path.is_absolute() and path.name not in ("", ".."):
        return path.as_posix()
    whole = path.resolve()
    return (whole.relative_to(Path.cwd()) if Path.cwd() in whole.parents else whole).as_posix()
