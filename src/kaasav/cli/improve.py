"""``kaasav improve``: the shortest way to the award, as a report and as an action plan."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaasav.cli.arguments import AsJson, shown
from kaasav.cli.documents import Named, Output, Replace, RoundOption, Target, make_all, make_folder, sources
from kaasav.language import N_, _
from kaasav.problems import NOWHERE, Location, Misused, Problem, Refused, error

if TYPE_CHECKING:
    from kaasav.documents.recipe import Recipe
    from kaasav.documents.report.gather import Gathered, Peers, Wishes
    from kaasav.store.database import Store
    from kaasav.workspace.place import Workspace

FORMATS = ("pdf", "docx", "html", "xlsx")
UNKNOWN_FORMAT = error(
    "report-format",
    N_("“{format}” is no format of the improvement report"),
    N_("pdf, docx or html for the report, xlsx for its action plan"),
)
NO_FORMAT = error(
    "report-no-format",
    N_("by the ending of this name it is not clear what is wanted"),
    N_("end it in .pdf, .docx, .html or .xlsx, or name a folder, without an ending, to get all of them"),
)
ONE_FILE = error(
    "report-one-file",
    N_("several formats do not go into one file"),
    N_("name a folder with -o, or leave -o out"),
)
PREVIEW_OF_RESULT = error(
    "preview-of-result",
    N_("a preview is made of a folder, not of a recorded result"),
    N_("name the municipality’s folder"),
)
NOT_A_DAY = error("improve-not-a-day", N_("“{text}” is no day"), N_("write year-month-day, such as 2027-06-30"))

Preview = Annotated[
    bool,
    typer.Option(
        "--preview", help=_("From the self-assessment alone, as if nobody had rated yet; no result is recorded.")
    ),
]
FixOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fix", metavar="CRITERION[=LEVEL]", help=_("It stays at its level, or ends at this one; may be repeated.")
    ),
]
AvoidOption = Annotated[
    list[str] | None,
    typer.Option("--avoid", metavar="CRITERION", help=_("Only if there is no way without it; may be repeated.")),
]
ByOption = Annotated[str, typer.Option("--by", metavar="DATE", help=_("Only steps that are done by this day."))]
ClearOption = Annotated[
    bool, typer.Option("--clear-guard", help=_("End outside the guard band, where an award asks for nothing more."))
]
FormatOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="pdf|docx|html|xlsx",
        help=_("Only this format; may be repeated. Without it, by the ending of -o, else all."),
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("improve", help=_("Show the shortest way to the award; make the improvement report and action plan."))(
        improve
    )


def improve(
    target: Target = "",
    round_id: RoundOption = "",
    output: Output = None,
    preview: Preview = False,
    fix: FixOption = None,
    avoid: AvoidOption = None,
    by: ByOption = "",
    clear_guard: ClearOption = False,
    formats: FormatOption = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Find the way, make the files, show both."""
    from kaasav.documents.report.gather import Wishes

    wanted = _formats(formats or [], output, many=bool(round_id))
    wishes = Wishes(tuple(fix or ()), tuple(avoid or ()), _day(by), clear_guard)
    folder = output if output is not None and not (round_id or output.suffix) else None
    run = _Run(wishes, wanted, folder, preview=preview)
    code = make_all(
        target, round_id, output, run.recipes, as_json=as_json, found=run.found, more=run.as_data, replace=replace
    )
    if not as_json:
        run.show(many=bool(round_id))
    raise typer.Exit(code)


class _Run:
    """One run of the command: what was found on the way stays for the screen."""

    def __init__(self, wishes: "Wishes", formats: Sequence[str], folder: Path | None, *, preview: bool) -> None:
        self.wishes, self.formats, self.folder, self.preview = wishes, formats, folder, preview
        self.gathered: list[tuple[str, Gathered]] = []
        self.peers: Peers | None = None
        self.told: set[Problem] = set()

    def found(
        self, target: str, round_id: str, workspace: "Workspace", store: "Store"
    ) -> Iterator[tuple[str, "Named | Sequence[Problem]"]]:
        """As `sources`, or previews; all of a round before the first report, for each is compared with the others."""
        from kaasav.documents.report.gather import Peers
        from kaasav.documents.source import Sources

        self.peers = Peers(workspace, store, Sources())
        if self.preview:
            yield from list(_previews(target, round_id, workspace))
        else:
            yield from list(sources(target, round_id, workspace, store, self.peers.sources))

    def recipes(self, named: Named) -> list[tuple[str, "Recipe"]]:
        """The files of one municipality."""
        from kaasav.documents import signs
        from kaasav.documents.report.gather import gather
        from kaasav.documents.report.recipes import recipes

        if self.peers is None:
            raise RuntimeError("recipes are asked for before anything is found")
        one = gather(named.source, self.peers, self.wishes)
        named.told.extend(problem for problem in one.problems if problem not in self.told)
        self.told.update(one.problems)
        self.gathered.append((named.name, one))
        if self.folder is not None:
            make_folder(self.folder)
        made = recipes(one, self.peers.workspace.root, self.formats)
        named.told.extend(signs.problems(made, named.name))
        return [(f"-{_name(recipe.format, preview=self.preview)}.{recipe.format}", recipe) for recipe in made]

    def as_data(self) -> dict[str, Any]:
        """The ways as plain data."""
        from kaasav.plain import plain

        return {
            "ways": [
                {
                    "name": name,
                    "result": one.inputs.source.hash or None,
                    "begin": plain(one.inputs.start.begin),
                    "asked": plain(one.inputs.constraints),
                    **plain(one.inputs.shortest),
                    "out_of_guard": plain(one.inputs.clear),
                }
                for name, one in self.gathered
            ]
        }

    def show(self, *, many: bool) -> None:
        """The way, or a line for each."""
        from kaasav.cli.output import out
        from kaasav.cli.screens.way import one_way, several

        if many and self.gathered:
            out().print(several(self.gathered))
        for _folder, one in () if many else self.gathered:
            out().print(one_way(one))


def _name(format_: str, *, preview: bool) -> str:
    if format_ == "xlsx":
        return _("action-plan-preview") if preview else _("action-plan")
    return _("improvement-report-preview") if preview else _("improvement-report")


def _previews(target: str, round_id: str, workspace: "Workspace") -> Iterator[tuple[str, "Named | Sequence[Problem]"]]:
    """Each folder assessed from the self-assessment alone; nothing is recorded."""
    from kaasav.assessment.assess import Shelf
    from kaasav.assessment.folder import members
    from kaasav.cli.documents import BOTH_NAMED, NOTHING_NAMED, named_folder

    if bool(target) == bool(round_id):
        raise Misused([(BOTH_NAMED if target else NOTHING_NAMED).at(NOWHERE)])
    if target and not Path(target).is_dir():
        raise Misused([PREVIEW_OF_RESULT.at(Location(target))])
    shelf = Shelf(workspace)
    for folder in members(workspace.round(round_id)) if round_id else [named_folder(target)]:
        try:
            yield folder.resolve().name, _previewed(folder, shelf)
        except Refused as refused:
            if not round_id:
                raise
            yield folder.name, refused.problems


def _previewed(folder: Path, shelf: Any) -> Named:
    from kaasav.assessment.assess import assess
    from kaasav.cli.documents import NO_RESULT
    from kaasav.documents.source import Source

    one = assess(folder, shown(folder), shelf, self_only=True)
    if one.record is None or one.catalogue is None or one.submission is None:
        raise Refused([*one.problems, NO_RESULT.at(Location(one.shown))])
    wave, _description, _values = shelf.wave(one.submission)
    return Named(folder.resolve().name, Source("", one.record, one.catalogue, one.submission, wave), folder)


def _formats(formats: Sequence[str], output: Path | None, *, many: bool) -> tuple[str, ...]:
    """The formats wanted; a name without an ending is a folder's.

    Raises:
        Misused: one is unknown, or it is not clear which is wanted.
    """
    unknown = [one for one in formats if one not in FORMATS]
    if unknown:
        raise Misused([UNKNOWN_FORMAT.at(NOWHERE, format=one) for one in unknown])
    wanted = tuple(dict.fromkeys(formats))
    if many or output is None or output.is_dir() or not output.suffix:
        return wanted or FORMATS
    if len(wanted) > 1:
        raise Misused([ONE_FILE.at(Location(shown(output)))])
    ending = PurePath(output.name).suffix.lower().removeprefix(".")
    if not wanted and ending not in FORMATS:
        raise Misused([NO_FORMAT.at(Location(shown(output)))])
    return wanted or (ending,)


def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        if len(text) == len("2027-06-30"):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise Misused([NOT_A_DAY.at(NOWHERE, text=text)])
