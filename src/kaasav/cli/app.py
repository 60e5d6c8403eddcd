"""The command line as a whole: every command, in one explicit list."""

from typing import Annotated

import typer

from kaasav.cli import (
    assess,
    award,
    catalogue,
    certificate,
    check,
    db,
    document,
    evidence,
    explain,
    improve,
    init,
    letter,
    municipality,
    new,
    result,
    survey,
    template,
)
from kaasav.language import _

app = typer.Typer(
    name="kaasav",
    help=_("Runs a quality label of public bodies: evidence and ratings in, an explained and recorded result out."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: as readable, half the time, and no boxes for a screen reader to spell out
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from kaasav import __version__

        typer.echo(f"kaasav {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_say_version, is_eager=True, help=_("Say the version and leave.")),
    ] = False,
    lang: Annotated[
        str, typer.Option("--lang", metavar="et|en", help=_("Language of screens and messages (also KAASAV_LANG)."))
    ] = "",
) -> None:
    """Take the options every command knows; both have been seen to before this runs."""


for one in (init, new, check, assess, explain, certificate, letter, improve):
    one.add_to(app)
for group in (result, award, document, template, catalogue, municipality, evidence, survey, db):
    group.add_to(app)
