"""The result of one municipality, read in ten seconds: the answer, what stops it, what is missing or assumed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaasav.catalogue.model import Catalogue
from kaasav.cli.screens.figures import MARK, STYLE, bar, mark
from kaasav.language import _, words
from kaasav.telling.conditions import Stop, figures, stops
from kaasav.telling.figures import levels, shares
from kaasav.telling.gate import assumptions
from kaasav.telling.needs import lacking
from kaasav.telling.unfinished import missing, open_evidence
from kaasav.wording import CATALOGUE_STATUS, CONDITION_STATE, DEMAND, STATUS, TIER_STATE, say


def summary(record: Mapping[str, Any], catalogue: Catalogue) -> RenderableType:
    """The screen for one record."""
    result = record["result"]
    parts: list[RenderableType] = [
        _heading(record, catalogue),
        _answer(result, catalogue),
        _conditions(record, catalogue),
    ]
    for title, lines in (
        (_("What stops or could stop it"), [_stop(one) for one in stops(result, catalogue)]),
        (_("Evidence holds ratings back"), list(_held_back(result, catalogue))),
        (_("Missing"), [Text(line) for _code, line in missing(result, catalogue)]),
        (_("Evidence still open"), [Text(line) for line in open_evidence(result)]),
        (_("Evidence used several times"), list(_reused(result))),
        (_("An award would also need"), list(_demands(result))),
        (_("Rests on an assumption"), [Text(line) for line in assumptions(record)]),
    ):
        if lines:
            parts += [Text(f"\n{title}", style="bold"), *(Padding(line, (0, 0, 0, 2), expand=False) for line in lines)]
    parts += [Text("\n" + _("Dimensions"), style="bold"), _dimensions(result, catalogue)]
    return Group(*parts)


def _heading(record: Mapping[str, Any], catalogue: Catalogue) -> Text:
    municipality = record["municipality"]
    text = Text.assemble(
        (f"{municipality['name']} ({municipality['code']})", "bold"),
        f" · {_('round')} {record['round']} · {record['catalogue']}",
    )
    if catalogue.status != "approved":
        text.append(f" · {say(CATALOGUE_STATUS, catalogue.status).upper()}", style="yellow")
    if municipality["training"]:
        text.append(f" · {_('FICTIONAL, FOR TRAINING')}", style="yellow")
    return text


def _answer(result: Mapping[str, Any], catalogue: Catalogue) -> Text:
    text = Text()
    for tier, known in zip(result["tiers"], catalogue.award_rule.tiers, strict=True):
        state = tier["state"]
        if state is None:
            text.append(f"{MARK[None]} {words(known.title)}: {_('no answer yet')}", style="bold")
        else:
            text.append(f"{MARK[state]} {words(known.title)}: {say(TIER_STATE, state)}", style=f"bold {STYLE[state]}")
        if tier["guard"]:
            text.append(f" · {_('in the guard band')}", style="bold yellow")
        text.append(f"\n  {_('Status')}: {say(STATUS, result['status'])}\n")
    text.rstrip()
    return text


def _conditions(record: Mapping[str, Any], catalogue: Catalogue) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for title in ("", _("Condition"), _("State"), _("Value"), _("Threshold")):
        table.add_column(title, overflow="fold")
    for condition in record["result"]["conditions"]:
        value, threshold = figures(condition)
        table.add_row(
            mark(condition["state"]),
            words(catalogue.conditions[condition["id"]].text),
            Text(say(CONDITION_STATE, condition["state"]), style=STYLE[condition["state"]]),
            value,
            threshold,
        )
    return table


def _stop(one: Stop) -> Text:
    return Text.assemble((MARK[one.state], STYLE[one.state]), " ", one.text)


def _held_back(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Text]:
    for criterion in result["criteria"]:
        if not criterion["held_back"]:
            continue
        line = Text(
            _("{criterion} “{title}”: rated {rated}, counts as {counted}").format(
                criterion=criterion["id"],
                title=words(catalogue.by_id[criterion["id"]].title),
                rated=levels(criterion["rated"]["levels"]),
                counted=levels(criterion["counted"]),
            )
        )
        for lack in lacking(criterion, catalogue):
            line.append(f"\n  {lack}", style="dim")
        yield line


def _reused(result: Mapping[str, Any]) -> Iterator[Text]:
    """How far papers serve several criteria: allowed, each with its own place, and said."""
    uses = [use for criterion in result["criteria"] for use in criterion["uses"] if use["sha256"]]
    by_file = Counter(use["sha256"] for use in uses)
    several = sum(count > 1 for count in by_file.values())
    if several:
        sentence = _("{several} of {files} files serve more than one criterion ({uses} uses in all)")
        yield Text(sentence.format(several=several, files=len(by_file), uses=len(uses)))


def _demands(result: Mapping[str, Any]) -> Iterator[Text]:
    for tier in result["tiers"]:
        if not tier["awardable"]:
            continue
        for demand in tier["demands"]:
            done = f" — {_('there')}" if demand["there"] else ""
            yield Text(say(DEMAND, demand["demand"]) + done)


def _dimensions(result: Mapping[str, Any], catalogue: Catalogue) -> Table:
    titles = {d.id: words(d.title) for d in catalogue.dimensions}
    floors = {
        part["id"]: Fraction(part["threshold"])
        for condition in result["conditions"]
        if condition["type"] == "dimension_floor"
        for part in condition["parts"]
    }
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for dimension in result["dimensions"]:
        id_ = dimension["id"]
        table.add_row(
            f"  {id_}",
            titles[id_],
            bar(dimension["share"], floors.get(id_)),
            Text(shares(dimension["share"]), justify="right"),
        )
    total = next((c for c in result["conditions"] if c["type"] == "total"), None)
    threshold = Fraction(total["parts"][0]["threshold"]) if total else None
    table.add_row(
        "", Text(_("Total"), style="bold"), bar(result["total"], threshold), Text(shares(result["total"]), style="bold")
    )
    return table
