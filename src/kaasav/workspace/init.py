"""Making a workspace: catalogue, waves, the example round with its fictional evidence, settings and a README."""

import shutil
import tempfile
from pathlib import Path

from kaasav.files import as_problem
from kaasav.language import N_, active
from kaasav.problems import Forbidden, Location, Refused, error
from kaasav.workspace.place import ASSESSMENTS, CRITERIA, SETTINGS
from kaasav.workspace.templates import render

ALREADY = error(
    "init-already", N_("“{name}” is there already, and nothing is overwritten"), N_("name a new or an empty folder")
)

IGNORED = "gitignore"


def content() -> Path:
    """Where catalogues, waves and example assessments lie: inside the package, or in the repository it runs from."""
    packaged = Path(__file__).parent / "content"
    return packaged if packaged.is_dir() else Path(__file__).parents[3]


def init(target: Path) -> list[str]:
    """Make the workspace ``target``, all or nothing.

    Returns:
        The names of what was made.

    Raises:
        Forbidden: something of a workspace is in ``target`` already.
        Refused: the folder cannot be written.
    """
    names = (SETTINGS, CRITERIA, ASSESSMENTS, "README.md", ".gitignore")
    for name in names:
        if (target / name).exists():
            raise Forbidden([ALREADY.at(Location(str(target)), name=name)])
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kaasav-", dir=target) as temporary:
            made = Path(temporary)
            _fill(made)
            for name in names:
                (made / name).rename(target / name)
    except OSError as failure:
        raise Refused([as_problem(failure, target / SETTINGS)]) from None
    return list(names)


def _fill(folder: Path) -> None:
    source = content()
    for name in (CRITERIA, ASSESSMENTS):
        for path in sorted((source / name).rglob("*")):
            inside = path.relative_to(source)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                (folder / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / inside)
    for name, template in ((SETTINGS, "kaasav.yaml"), ("README.md", f"README.{active()}.md"), (".gitignore", IGNORED)):
        (folder / name).write_text(render(template, language=active()), encoding="utf-8", newline="\n")
