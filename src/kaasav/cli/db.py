"""``kaasav db``: looking after the one file that holds what was computed and decided."""

from pathlib import Path
from typing import Annotated

import typer

from kaasav.cli.arguments import AsJson
from kaasav.cli.codes import PROBLEMS
from kaasav.cli.result import DatabaseOption
from kaasav.language import _
from kaasav.problems import has_errors

Target = Annotated[Path, typer.Argument(metavar="FILE", help=_("The file to write."), show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("The database: check, back up, export, import, upgrade."), no_args_is_help=True)
    group.command("check", help=_("Check every hash, the chain of events and the file itself."))(check)
    group.command("backup", help=_("Write a checked copy of the database."))(backup)
    group.command("export", help=_("Write everything as one text file, without loss."))(export)
    group.command("import", help=_("Make a database from an exported text file."))(import_)
    group.command("upgrade", help=_("Bring an older database to this version, after a backup."))(upgrade)
    app.add_typer(group, name="db")


def _path(database: Path | None) -> Path:
    from kaasav.workspace.place import find

    return database or find(Path.cwd()).database


def check(database: DatabaseOption = None, as_json: AsJson = False) -> None:
    """Check."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.store.checks import check as examine
    from kaasav.store.database import Store

    path = _path(database)
    problems = examine(path)
    if as_json:
        show_json({"database": str(path), "problems": [problem.as_data() for problem in problems]})
    else:
        show_problems(problems)
        if not has_errors(problems):
            out().print(_("✔ {file}: every hash and the whole chain of events are right").format(file=path.name))
            with Store.open(path) as store:
                last = store.head()
            if last is not None:
                sentence = _("last event: {seq}, {hash}; noted elsewhere, it later proves that none was cut off")
                out().print(sentence.format(seq=last.seq, hash=last.hash), style="dim")
    raise typer.Exit(PROBLEMS if has_errors(problems) else 0)


def backup(target: Target, database: DatabaseOption = None) -> None:
    """Back up."""
    from kaasav.cli.output import out
    from kaasav.store.backups import backup as copy

    copy(_path(database), target)
    out().print(_("✔ backed up and checked: {file}").format(file=target))


def export(target: Target, database: DatabaseOption = None) -> None:
    """Export."""
    from kaasav.cli.output import out
    from kaasav.store.exports import export as write

    write(_path(database), target)
    out().print(_("✔ exported: {file}").format(file=target))


def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=_("The exported text file."), show_default=False)],
    database: DatabaseOption = None,
) -> None:
    """Import; an existing database is never overwritten."""
    from kaasav.cli.output import out
    from kaasav.store.imports import import_ as read

    path = _path(database)
    read(source, path)
    out().print(_("✔ imported and checked: {file}").format(file=path))


def upgrade(database: DatabaseOption = None) -> None:
    """Upgrade."""
    from kaasav.cli.output import out
    from kaasav.store.upgrades import upgrade as bring_up

    path = _path(database)
    kept = bring_up(path)
    if kept is None:
        out().print(_("✔ {file} is up to date").format(file=path.name))
    else:
        out().print(_("✔ upgraded; the former state is kept as {file}").format(file=kept))
