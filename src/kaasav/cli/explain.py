"""``kaasav explain``: where each number comes from, down to file, page and passage."""

from pathlib import Path
from typing import Annotated

import typer

from kaasav.cli.arguments import AsJson, chosen, shown
from kaasav.cli.codes import PROBLEMS
from kaasav.language import N_, _
from kaasav.problems import DID_YOU_MEAN, Location, Refused, closest, error

NO_CRITERION = error("explain-no-criterion", N_("the catalogue knows no criterion “{criterion}”"), N_("known: {known}"))


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("explain", help=_("Show where each number comes from. A tree down to file, page and passage."))(explain)


def explain(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("A municipality’s folder."), show_default=False)],
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help=_("Only this criterion, such as K3."))] = "",
    as_json: AsJson = False,
) -> None:
    """Look at the folder again and show the tree; nothing is recorded."""
    from kaasav.assessment.assess import Shelf, assess
    from kaasav.cli.output import out, show_json, show_problems

    workspace, paths = chosen([folder], "")
    one = assess(paths[0], shown(paths[0]), Shelf(workspace))
    if one.record is None or one.catalogue is None or one.submission is None:
        show_problems(one.problems)
        raise typer.Exit(PROBLEMS)
    known = one.catalogue.by_id
    wanted = next((id_ for id_ in known if id_.casefold() == criterion.casefold()), None)
    if criterion and wanted is None:
        guess = closest(criterion, known)
        hint = DID_YOU_MEAN if guess else None
        details = {"criterion": criterion, "known": ", ".join(known), "guess": guess or ""}
        raise Refused([NO_CRITERION.at(Location(""), hint=hint, **details)])
    if as_json:
        criteria = [c for c in one.record["result"]["criteria"] if wanted in (None, c["id"])]
        conditions = one.record["result"]["conditions"]
        if wanted is not None:
            conditions = [c for c in conditions if any(part["id"] == wanted for part in c["parts"])]
        show_json({"folder": one.shown, "conditions": conditions, "criteria": criteria})
        return
    from kaasav.cli.screens.explanation import one_criterion, whole

    items = {item.id: item.model_dump(mode="json") for item in one.submission.evidence.items}
    if wanted is None:
        out().print(whole(one.record, one.catalogue, items))
    else:
        out().print(one_criterion(one.record, wanted, one.catalogue, items))
