"""``kaasav letter``: the feedback letter, in Word and as PDF, with a container to be signed and a draft of the mail."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.cli.codes import DONE, PROBLEMS
from kaasav.cli.documents import Output, Replace, RoundOption, Target, make_folder
from kaasav.language import N_, _
from kaasav.problems import Location, Misused, Refused, error

if TYPE_CHECKING:
    from kaasav.cli.documents import Named
    from kaasav.documents.letter.contact import Contact
    from kaasav.documents.letter.contacts import Contacts
    from kaasav.documents.letter.recipes import Attachment
    from kaasav.documents.made import Which
    from kaasav.documents.recipe import Recipe
    from kaasav.store.events import Event
    from kaasav.workspace.place import Workspace

CONTACTS = "contacts.xlsx"
"""The file beside ``round.yaml`` that says to whom letters go."""

WHICH_FORMAT = error(
    "letter-format",
    N_("a single file is .docx or .pdf"),
    N_("for the container and the mail name a folder: they belong together with the letter"),
)
WHICH_ROUND = error("letter-form-round", N_("it is not said which round the form is for"), N_("name it with --round"))
NO_ATTACHMENT = error(
    "letter-attachment",
    N_("no “{document}” of this result, in this language, lies in {folder}"),
    N_("make it first with “{command}”, with the same -o"),
)
ATTACHABLE = {
    "certificate": N_("certificate"),
    "report": N_("improvement report"),
    "plan": N_("action plan"),
}
FORMATS = {"certificate": "pdf", "report": "pdf", "plan": "xlsx"}
"""In which format each goes along."""
COMMANDS = {"certificate": "kaasav certificate", "report": "kaasav improve", "plan": "kaasav improve"}
NOT_ATTACHABLE = error("letter-not-attachable", N_("“{document}” cannot go along"), N_("write one of: {known}"))


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "letter",
        help=_(
            "Make feedback letters: Word and PDF, a container to be signed in DigiDoc4, and a draft of the mail."
            " Addressees and numbers stand in contacts.xlsx beside round.yaml."
        ),
    )(letter)


def letter(
    target: Target = "",
    round_id: RoundOption = "",
    output: Output = None,
    contacts: Annotated[
        Path | None, typer.Option("--contacts", metavar="FILE", help=_("Another workbook with addressees and numbers."))
    ] = None,
    contacts_form: Annotated[
        Path | None,
        typer.Option("--contacts-form", metavar="FILE", help=_("Write an empty form for the contacts of the round.")),
    ] = None,
    attach: Annotated[
        list[str] | None,
        typer.Option(
            "--attach",
            metavar="DOCUMENT",
            help=_("What goes along and was made there before: certificate, report or plan."),
        ),
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Make letters."""
    from kaasav.cli.documents import make_all
    from kaasav.documents.named import check

    if contacts_form is not None:
        _write_form(round_id, contacts_form)
        return
    wanted = _format(output)
    making = _Making(contacts, attach or [], output.parent if output and wanted else output)

    def recipes(named: "Named") -> "Sequence[tuple[str, Recipe]]":
        made = making.recipes(named)
        return [one for one in made if wanted in ("", one[1].format)]

    check(target, round_id)
    if round_id:
        making.look(round_id)
    code = make_all(target, round_id, output, recipes, as_json=as_json, replace=replace, together=True)
    raise typer.Exit(max(code, making.code))


def _format(output: Path | None) -> str:
    """The one format a file named asks for; "" for all of them, into a folder."""
    if output is None or output.is_dir():
        return ""
    if not output.suffix:
        make_folder(output)
        return ""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in ("docx", "pdf"):
        raise Misused([WHICH_FORMAT.at(Location(shown(output)))])
    return ending


class _Making:
    """What the letters of one run share: contacts, what goes along, where it lies."""

    def __init__(self, contacts: Path | None, attach: Sequence[str], folder: Path | None) -> None:
        for document in attach:
            if document not in ATTACHABLE:
                known = ", ".join(ATTACHABLE)
                raise Misused([NOT_ATTACHABLE.at(Location(""), document=document, known=known)])
        self._named, self._attach, self._folder = contacts, attach, folder or Path()
        self._contacts: dict[Path, tuple[str, Contacts]] = {}
        self._made: Mapping[Which, list[Event]] | None = None
        self.code = DONE

    def recipes(self, named: "Named") -> "list[tuple[str, Recipe]]":
        """Every recipe of one letter; what is not known is warned of."""
        from kaasav.documents import signs
        from kaasav.documents.letter.contact import missing_problems
        from kaasav.documents.letter.parties import issuer_problems
        from kaasav.documents.letter.recipes import recipes
        from kaasav.documents.letter.steps import reply_problems
        from kaasav.workspace.place import find

        workspace = find(named.folder or Path.cwd())
        source = named.source
        contact = self._contact(named, workspace)
        named.told.extend(
            [
                *issuer_problems(source),
                *missing_problems(source.municipality["name"], contact),
                *reply_problems(source, None, contact.our_date),
            ]
        )
        along = [self._attachment(one, named, workspace) for one in self._attach]
        made = recipes(source, named.name, workspace.root, contact=contact, attachments=along)
        named.told.extend(signs.problems([one for _ending, one in made], named.name))
        return made

    def _contact(self, named: "Named", workspace: "Workspace") -> "Contact":
        from kaasav.documents.letter.contact import Contact

        path = self._named
        if path is None:
            folder = workspace.rounds().get(named.source.record["round"])
            path = folder / CONTACTS if folder else None
            if path is None or not path.is_file():
                return Contact()
        name, known = self._read(path)
        who = named.source.municipality
        return known.of(who["code"], who["name"], Contact(place=Location(name)))

    def look(self, round_id: str) -> None:
        """Read the contacts of a round before its first letter.

        Raises:
            Refused: there is no such round, or the contacts cannot be read at all.
        """
        from kaasav.workspace.place import find

        path = self._named or find(Path.cwd()).round(round_id) / CONTACTS
        if self._named or path.is_file():
            self._read(path)

    def _read(self, path: Path) -> "tuple[str, Contacts]":
        if path not in self._contacts:
            self._contacts[path] = _read(path)
            if self._contacts[path][1].nobody:
                self.code = PROBLEMS
        return self._contacts[path]

    def _attachment(self, document: str, named: "Named", workspace: "Workspace") -> "Attachment":
        from kaasav.documents.letter.recipes import Attachment
        from kaasav.documents.made import made_before
        from kaasav.files import read_bytes
        from kaasav.language import active
        from kaasav.store.database import Store

        if self._made is None:
            with Store.open(workspace.database) as store:
                self._made = made_before(store)
        which = (document, FORMATS[document], active(), named.source.hash)
        for event in reversed(self._made.get(which, [])):
            path = self._folder / str(event.data["file"])
            if path.is_file() and _sha256(content := read_bytes(path, shown(path))) == event.subject:
                return Attachment(path.name, content, _(ATTACHABLE[document]))
        told = {"document": _(ATTACHABLE[document]), "folder": shown(self._folder), "command": COMMANDS[document]}
        raise Refused([NO_ATTACHMENT.at(Location(named.name), **told)])


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _read(path: Path) -> "tuple[str, Contacts]":
    from kaasav.cli.output import show_problems
    from kaasav.documents.letter.contacts import read
    from kaasav.files import read_bytes

    name = shown(path)
    found = read(read_bytes(path, name), name)
    show_problems([*found.nobody, *found.warnings])
    return name, found


def _write_form(round_id: str, path: Path) -> None:
    from kaasav.alphabet import estonian
    from kaasav.assessment.folder import members
    from kaasav.assessment.who import who
    from kaasav.cli.output import out
    from kaasav.documents.letter.form import form
    from kaasav.files import written
    from kaasav.workspace.place import find

    if not round_id:
        raise Misused([WHICH_ROUND.at(Location(""))])
    found = [who(folder) for folder in members(find(Path.cwd()).round(round_id))]
    names = {one.name for one in found if one is not None}
    with written(path, overwrite=False) as stream:
        stream.write(form(sorted(names, key=estonian)))
    out().print(_("written: {file}").format(file=shown(path)))
