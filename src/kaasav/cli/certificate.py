"""``kaasav certificate``: the certificate of one municipality, or of every one of a round."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaasav.cli.arguments import AsJson
from kaasav.cli.documents import Named, Output, Replace, RoundOption, Target, make_all
from kaasav.language import N_, _, active
from kaasav.problems import Location, warning

if TYPE_CHECKING:
    from kaasav.documents.recipe import Recipe

NO_ISSUER = warning(
    "certificate-no-issuer",
    N_("the round does not say who issues its documents"),
    N_("add “issuer” to round.yaml: name, signatory, public_register"),
)
TierOption = Annotated[
    str,
    typer.Option(
        "--tier",
        metavar="TIER",
        help=_(
            "The tier a sample shows, whether its conditions are met or not; without it, the highest whose conditions"
            " are met, else the first."
        ),
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("certificate", help=_("Make a municipality’s certificate; without a recorded decision, a sample."))(
        certificate
    )


def certificate(
    target: Target = "",
    round_id: RoundOption = "",
    output: Output = None,
    tier: TierOption = "",
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Make certificates."""
    from kaasav.workspace.place import find as workspace

    root = workspace(Path(target) if target and Path(target).is_dir() else Path.cwd()).root

    def recipes(named: Named) -> list[tuple[str, "Recipe"]]:
        from kaasav.documents import signs
        from kaasav.documents.certificate import TEMPLATE, recipe
        from kaasav.documents.template import find

        if named.source.submission.round.issuer is None:
            named.told.append(NO_ISSUER.at(Location(f"{named.source.submission.round.id}/round.yaml")))
        template = find(TEMPLATE, active(), root)
        made = recipe(named.source, None, template, tier=tier)
        named.told.extend(signs.problems([made], named.name))
        return [(f"-{_('certificate')}.pdf", made)]

    raise typer.Exit(make_all(target, round_id, output, recipes, as_json=as_json, replace=replace))
