"""The result of one municipality, read in ten seconds: the answer, what stops it, what is missing or assumed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kaasav.catalogue.model import Catalogue
from kaasav.cli.screens.figures import MARK, STYLE, bar, levels, mark, shares
from kaasav.cli.screens.gate import assumptions, gate_line
from kaasav.language import _, plural, words
from kaasav.numbers import decimal_text, percent
from kaasav.wording import CATALOGUE_STATUS, CONDITION_STATE, DEMAND, STATUS, TIER_STATE, quoted, say

NAMED = 3
"""Up to this many things are listed with their titles, more by id only."""


def summary(record: Mapping[str, Any], catalogue: Catalogue) -> RenderableType:
    """The screen for one record."""
    result = record["result"]
    parts: list[RenderableType] = [
        _heading(record, catalogue),
        _answer(result, catalogue),
        _conditions(record, catalogue),
    ]
    for title, lines in (
        (_("What stops or could stop it"), list(_stops(result, catalogue))),
        (_("Evidence holds ratings back"), list(_held_back(result, catalogue))),
        (_("Missing"), list(_missing(result, catalogue))),
        (_("Evidence still open"), list(_open(result))),
        (_("Evidence used several times"), list(_reused(result))),
        (_("An award would also need"), list(_demands(result))),
        (_("Rests on an assumption"), list(assumptions(record))),
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
        value, threshold = _value(condition, catalogue)
        table.add_row(
            mark(condition["state"]),
            words(catalogue.conditions[condition["id"]].text),
            Text(say(CONDITION_STATE, condition["state"]), style=STYLE[condition["state"]]),
            value,
            threshold,
        )
    return table


def _value(condition: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, str]:
    parts = condition["parts"]
    match condition["type"]:
        case "mandatory":
            met = sum(part["state"] == "met" for part in parts)
            return _("{met} of {all}").format(met=met, all=len(parts)), ""
        case "dimension_floor":
            least = min(parts, key=lambda part: Fraction(part["lower"]))
            return f"{least['id']}: {shares(least)}", percent(Fraction(least["threshold"]))
        case "total":
            return shares(parts[0]), percent(Fraction(parts[0]["threshold"]))
    gate = condition["gate"]
    shown = [_figure(gate, gate[name]) for name in ("value", "reference")]
    return shown[0], shown[1]


def _figure(gate: Mapping[str, Any], number: str | None) -> str:
    if number is None:
        return "–"
    return percent(Fraction(number) / 100) if gate["measure"] == "share" else decimal_text(Fraction(number))


def _stops(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Text]:
    """One line a condition; what it is about by name where that is little, by id where it is much."""
    for condition in result["conditions"]:
        short = [part for part in condition["parts"] if part["state"] != "met"]
        if not short:
            continue
        line = Text.assemble((MARK[condition["state"]], STYLE[condition["state"]]), " ")
        if condition["gate"] is not None:
            line.append_text(gate_line(condition["gate"]))
        elif condition["type"] == "total":
            sentence = _("Total {share}, at least {least} needed")
            line.append(sentence.format(share=shares(short[0]), least=_share(short[0]["threshold"])))
        elif condition["type"] == "mandatory":
            line.append(_("Mandatory criteria below their least level: "))
            line.append(_listed(short, {c.id: words(c.title) for c in catalogue.criteria}, levels))
        else:
            line.append(_("Dimensions below {least}: ").format(least=_share(short[0]["threshold"])))
            line.append(_listed(short, {d.id: words(d.title) for d in catalogue.dimensions}, shares))
        yield line


def _listed(parts: list[Any], titles: Mapping[str, str], figure: Callable[[Any], str]) -> str:
    named = len(parts) <= NAMED
    return ", ".join(
        f"{part['id']} {quoted(titles[part['id']])} ({figure(part)})" if named else f"{part['id']} ({figure(part)})"
        for part in parts
    )


def _share(number: str) -> str:
    return percent(Fraction(number))


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


def lacking(criterion: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """What the first level that is not surely carried still needs, in words."""
    level = criterion["support"]["supported"]["lower"]
    checks = criterion["support"]["checks"]
    if level >= len(checks):
        return []
    return [need_line(checks[level]["level"], need, catalogue) for need in checks[level]["needs"] if short(need)]


def short(need: Mapping[str, Any]) -> bool:
    """Whether a need is not surely fulfilled."""
    return bool(need["lower"] < need["wanted"])


def need_line(level: int, need: Mapping[str, Any], catalogue: Catalogue) -> str:
    """What one need of a level asks for and how much of it there is."""
    there = levels({"lower": need["lower"], "upper": need["upper"]})
    match need["need"]:
        case "items":
            sentence = plural(
                "level {level} needs {wanted} item, found {there}",
                "level {level} needs {wanted} items, found {there}",
                need["wanted"],
            )
        case "outside":
            sentence = plural(
                "level {level} needs {wanted} item from the community or a third party, found {there}",
                "level {level} needs {wanted} items from the community or a third party, found {there}",
                need["wanted"],
            )
        case _ if len(need["kinds"]) == 1:
            sentence = _("level {level} needs evidence of the kind “{kinds}”, found {there}")
        case _:
            sentence = _("level {level} needs one of: {kinds}; found {there}")
    kinds = ", ".join(words(catalogue.kinds[kind].title) for kind in need["kinds"])
    return sentence.format(level=level, wanted=need["wanted"], there=there, kinds=kinds)


def _missing(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Text]:
    unsettled = [c["id"] for c in result["criteria"] if c["rated"]["claim"] == "unsettled"]
    unrated = [id_ for id_ in result["missing"] if id_ not in unsettled]
    if unsettled:
        yield Text(_("Claimed not to apply, not settled: {criteria}").format(criteria=", ".join(unsettled)))
    if unrated:
        sentence = _("Not rated, {n} of {all}: {criteria}")
        yield Text(sentence.format(n=len(unrated), all=len(result["criteria"]), criteria=", ".join(unrated)))
    if result["status"] == "preliminary":
        least = catalogue.award_rule.min_assessors
        few = [c["id"] for c in result["criteria"] if c["rated"]["raters"] < least]
        yield Text(
            _("{least} assessors are needed; fewer have rated {criteria}").format(least=least, criteria=", ".join(few))
        )


def _open(result: Mapping[str, Any]) -> Iterator[Text]:
    by_item: dict[str, list[str]] = {}
    for criterion in result["criteria"]:
        for use in criterion["uses"]:
            if use["check"] == "open":
                by_item.setdefault(use["item"], []).append(criterion["id"])
    for item, criteria in by_item.items():
        yield Text(_("{item} (for {criteria})").format(item=item, criteria=", ".join(criteria)))


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
