"""``kaasav template``: the templates of documents: list, take out, check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.cli.codes import DONE, PROBLEMS
from kaasav.language import _, active

if TYPE_CHECKING:
    from kaasav.documents.template import Template


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(
        help=_("Templates of documents; those in the workspace’s folder templates/ win."), no_args_is_help=True
    )
    group.command("list", help=_("List the templates: which ship with Kaasav, which are the workspace’s own."))(
        list_templates
    )
    group.command("export", help=_("Take a template out to change it; nothing is overwritten."))(export)
    group.command("check", help=_("Try templates: every unknown field and every mistake, with its place."))(check)
    app.add_typer(group, name="template")


def list_templates(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help=_("Only this template, such as letter.docx."), show_default=False)
    ] = "",
    fields: Annotated[bool, typer.Option("--fields", help=_("Name the fields each template may use."))] = False,
    as_json: AsJson = False,
) -> None:
    """List."""
    if fields:
        _list_fields(name, as_json=as_json)
        return
    from kaasav.cli.output import out, show_json
    from kaasav.documents.template import SHARED, find, names, neutral, own_files
    from kaasav.workspace.place import around

    workspace = around(Path.cwd())
    own = [path.name for path in own_files(workspace.root)] if workspace else []
    listed = [{"template": one, "own": one in own or neutral(one) in own} for one in names()]
    listed += [{"template": one, "own": True} for one in own if one not in names()]
    if name:
        known = neutral(find(name, active(), None).name)
        listed = [one for one in listed if neutral(str(one["template"])) == known]
    if as_json:
        show_json({"templates": listed})
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for title in (_("Template"), _("Used")):
        table.add_column(title)
    used = {neutral(one) for one in names()}
    for one in listed:
        file = str(one["template"])
        if neutral(file) in SHARED:
            said = _("not used: all documents share Kaasav’s")
        elif neutral(file) not in used:
            said = _("not used: Kaasav has no template of this name")
        else:
            said = _("the workspace’s own") if one["own"] else _("as it ships")
        table.add_row(file, said)
    out().print(table)


def _list_fields(name: str, *, as_json: bool) -> None:
    from kaasav.cli.output import out, show_json
    from kaasav.documents.fields.field import BRACKETS, KINDS, paths
    from kaasav.documents.fields.known import known
    from kaasav.documents.template import find, neutral

    only = neutral(find(name, active(), None).name) if name else ""
    meant = {one: fields for one, fields in known().items() if only in ("", one)}
    if as_json:
        told = {
            one: [
                {"field": path, "kind": field.kind, "about": _(field.about) if field.about else ""}
                for path, field in paths(fields)
            ]
            for one, fields in meant.items()
        }
        show_json({"fields": told})
        return
    from rich.table import Table

    for one, fields in meant.items():
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, title_justify="left")
        table.title, table.title_style = one, "bold"
        for title in (_("Field"), _("Kind"), _("What it holds")):
            table.add_column(title, no_wrap=title == _("Field"))
        for path, field in paths(fields):
            table.add_row(
                path + BRACKETS.get(field.kind, ""), _(KINDS[field.kind]), _(field.about) if field.about else ""
            )
        out().print(table)


def export(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("Such as letter.docx."), show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help=_("The folder; else the workspace’s templates/.")),
    ] = None,
) -> None:
    """Take a template out."""
    from kaasav.cli.output import out
    from kaasav.documents.checking import NOT_OWNED
    from kaasav.documents.template import OWN, SHARED, find, names, neutral
    from kaasav.files import written
    from kaasav.problems import Location, Refused
    from kaasav.workspace.place import find as workspace

    template = find(name, active(), None)
    if neutral(template.name) in SHARED:
        raise Refused([NOT_OWNED.at(Location(template.name))])
    folder = output or workspace(Path.cwd()).root / OWN
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / template.name
    with written(path, overwrite=False) as stream:
        stream.write(template.content)
    out().print(_("written: {file}").format(file=shown(path)))
    if neutral(template.name) != template.name:
        others = [one for one in names() if neutral(one) == neutral(template.name) and one != template.name]
        told = _("It is used for this language only; for the other: kaasav template export {names}")
        out().print(told.format(names=" ".join(others)), soft_wrap=True)


def check(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=_("A template; without it, all the workspace’s own."), show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check."""
    from kaasav.cli.output import out, show_json, show_problems
    from kaasav.documents.checking import check as try_
    from kaasav.problems import has_errors

    code, told = DONE, []
    for template in _meant(file):
        problems = try_(template)
        bad = has_errors(problems)
        code = max(code, PROBLEMS if bad else DONE)
        told.append({"template": template.shown, "right": not bad, "problems": [one.as_data() for one in problems]})
        if not as_json:
            show_problems(problems)
            said = _("there is something to correct") if bad else _("no mistake found")
            out().print(f"{'✘' if bad else '✔'} {template.shown}: {said}", soft_wrap=True)
    if as_json:
        show_json({"templates": told})
    elif not told:
        out().print(_("the workspace has no templates of its own"))
    raise typer.Exit(code)


def _meant(file: Path | None) -> "list[Template]":
    from kaasav.documents.template import OWN, Template, own_files
    from kaasav.files import read_bytes
    from kaasav.workspace.place import find

    if file is not None:
        return [Template(file.name, read_bytes(file, shown(file)), True, shown(file))]
    root = find(Path.cwd()).root
    return [
        Template(path.name, read_bytes(path, f"{OWN}/{path.name}", inside=path.parent), True, f"{OWN}/{path.name}")
        for path in own_files(root)
    ]
