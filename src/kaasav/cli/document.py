"""``kaasav document``: what becomes of documents after they were made."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.language import _

if TYPE_CHECKING:
    from kaasav.documents.receive import Received


def add_to(app: typer.Typer) -> None:
    """Add the group to ``app``."""
    group = typer.Typer(help=_("Documents that were made: take signed ones back."), no_args_is_help=True)

    @group.callback()
    def documents() -> None:
        """Make it a group, though it has one command."""

    group.command(
        "receive", help=_("Take a signed container back: are its files the ones that went out, and who signed.")
    )(receive)
    app.add_typer(group, name="document")


def receive(
    file: Annotated[Path, typer.Argument(metavar="FILE.asice", help=_("The signed container."), show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Receive."""
    from kaasav.cli.documents import now
    from kaasav.cli.output import show_json, show_problems
    from kaasav.documents.receive import receive as take
    from kaasav.files import read_bytes
    from kaasav.store.database import Store
    from kaasav.workspace.place import find

    name = shown(file)
    content = read_bytes(file, name)
    with Store.open(find(Path.cwd()).database) as store:
        received = take(content, name, store, at=now())
    if as_json:
        show_json(_plain(received))
        return
    show_problems(received.problems)
    _show(received, name)


def _plain(received: "Received") -> dict[str, Any]:
    return {
        "sha256": received.sha256,
        "received": received.before is None,
        "files": [
            {"file": name, "sha256": event.subject, "document": event.data["document"], "result": event.data["result"]}
            for name, event in received.documents.items()
        ],
        "signatures": [
            {"name": one.name, "time": one.time.isoformat() if one.time else None, "stamp": one.stamp, "checked": False}
            for one in received.signatures
        ],
        "problems": [one.as_data() for one in received.problems],
    }


def _show(received: "Received", name: str) -> None:
    from kaasav.cli.output import out
    from kaasav.problems import visible

    mark, said = ("✔", _("received")) if received.before is None else ("=", _("received before, nothing changed"))
    out().print(f"{mark} {name} · {said} · SHA-256 {received.sha256[:12]}", soft_wrap=True)
    for file, event in received.documents.items():
        sentence = _("as it went out, of the result {result}").format(result=str(event.data["result"])[:12])
        out().print(f"  {visible(file)} · {sentence}", soft_wrap=True)
    for one in received.signatures:
        who = _("time stamp") if one.stamp else visible(one.name) or _("name not readable")
        when = f" · {one.time.strftime('%Y-%m-%d %H:%M')}" if one.time else ""
        out().print(f"  {who}{when} · {_('signature not checked')}", soft_wrap=True)
