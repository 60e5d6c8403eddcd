"""Where each number comes from, as a tree: tier → condition → dimension → criterion → level → file, page, passage."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rich.text import Text
from rich.tree import Tree

from kaasav.catalogue.model import Catalogue
from kaasav.cli.screens.figures import STYLE, mark
from kaasav.language import _, words
from kaasav.numbers import decimal_text, percent
from kaasav.problems import KINDS, NOWHERE, visible
from kaasav.telling.figures import levels, shares
from kaasav.telling.gate import gate_line
from kaasav.telling.needs import need_line
from kaasav.wording import (
    BASIS,
    CHECK,
    CLAIM,
    CONDITION_STATE,
    ORIGIN,
    STATUS,
    STRENGTH,
    TIER_STATE,
    VERDICT,
    quoted,
    say,
)

Items = Mapping[str, Any]
"""What each evidence item is, by id: ``file``, ``title`` and its uses, as people listed it."""


def whole(record: Mapping[str, Any], catalogue: Catalogue, items: Items) -> Tree:
    """The whole result as a tree."""
    result = record["result"]
    name = record["municipality"]["name"]
    tree = Tree(Text(f"{name} · {record['round']} · {say(STATUS, result['status'])}", style="bold"))
    for tier in result["tiers"]:
        title = words(next(t.title for t in catalogue.award_rule.tiers if t.id == tier["id"]))
        state = tier["state"]
        answer = say(TIER_STATE, state) if state else _("no answer yet")
        branch = tree.add(Text.assemble(mark(state), f" {title}: {answer}"))
        for condition in result["conditions"]:
            if condition["id"] in tier["conditions"]:
                _condition(branch, condition, catalogue)
    total = tree.add(Text(f"{_('Total')}: {_exact(result['total'])}"))
    weights = sum(d["weight"] for d in result["dimensions"])
    for dimension in result["dimensions"]:
        title = words(next(d.title for d in catalogue.dimensions if d.id == dimension["id"]))
        weight = f"{_('weight')} {dimension['weight']}/{weights}"
        branch = total.add(Text(f"{dimension['id']} {title}: {_exact(dimension['share'])} · {weight}"))
        for criterion in result["criteria"]:
            if criterion["dimension"] == dimension["id"]:
                add_criterion(branch, criterion, record, catalogue, items)
    return tree


def one_criterion(record: Mapping[str, Any], id_: str, catalogue: Catalogue, items: Items) -> Tree:
    """One criterion as a tree; an indicator shows what the survey says."""
    name = record["municipality"]["name"]
    tree = Tree(Text(f"{name} · {record['round']}", style="bold"))
    for criterion in record["result"]["criteria"]:
        if criterion["id"] == id_:
            add_criterion(tree, criterion, record, catalogue, items)
    for condition in record["result"]["conditions"]:
        if condition["gate"] is not None and condition["parts"][0]["id"] == id_:
            _condition(tree, condition, catalogue)
    return tree


def add_criterion(
    tree: Tree, criterion: Mapping[str, Any], record: Mapping[str, Any], catalogue: Catalogue, items: Items
) -> None:
    """Add one criterion below ``tree``: counted = min(rated, supported), and where both come from."""
    title = words(catalogue.by_id[criterion["id"]].title)
    head = f"{criterion['id']} {title}: "
    if criterion["applies"] is False:
        head += _("does not apply")
    else:
        head += _("level {level}").format(level=levels(criterion["counted"])) + f" → {_exact(criterion['share'])}"
    branch = tree.add(Text(f"{head} · {_('weight')} {criterion['weight']}"))
    _rated(branch, criterion["rated"])
    _supported(branch, criterion["support"], catalogue)
    evidence = {one["item"]: one for one in record["evidence"]}
    uses = branch.add(_("Evidence")) if criterion["uses"] else None
    for use in criterion["uses"]:
        if uses is not None:
            _use(uses, use, evidence[use["item"]], items.get(use["item"], {}), catalogue)


def _exact(share: Mapping[str, str] | None) -> str:
    if share is None:
        return "–"
    exact = share["lower"] if share["lower"] == share["upper"] else f"{share['lower']}…{share['upper']}"
    return f"{exact} = {shares(share)}"


def _condition(tree: Tree, condition: Mapping[str, Any], catalogue: Catalogue) -> None:
    text = words(catalogue.conditions[condition["id"]].text)
    state = Text(f" [{say(CONDITION_STATE, condition['state'])}]", style=STYLE[condition["state"]])
    branch = tree.add(Text.assemble(mark(condition["state"]), f" {text}", state))
    if condition["gate"] is not None:
        branch.add(Text(gate_line(condition["gate"])))
        return
    for part in condition["parts"]:
        bounds = part["lower"] if part["lower"] == part["upper"] else f"{part['lower']}…{part['upper']}"
        name = _("Total") if condition["type"] == "total" else part["id"]
        line = f" {name}: {bounds} ≥ {part['threshold']}"
        if condition["type"] != "mandatory":
            line += f" ({shares(part)} ≥ {percent(Fraction(part['threshold']))})"
        branch.add(Text.assemble(mark(part["state"]), line))
    if condition["band"]:
        sentence = (
            _("guard band ± {band} percentage points: the total lies inside it")
            if condition["guard"]
            else _("guard band ± {band} percentage points: the total lies outside it")
        )
        branch.add(sentence.format(band=decimal_text(Fraction(condition["band"]) * 100)))


def _rated(tree: Tree, rated: Mapping[str, Any]) -> None:
    head = f"{_('Rated')}: {levels(rated['levels'])} ({say(BASIS, rated['basis'])})"
    if rated["claim"] != "none":
        head += f" · {say(CLAIM, rated['claim'])}"
    branch = tree.add(Text(head))
    for vote in rated["votes"]:
        person = {"self": _("municipality"), "consensus": _("consensus")}.get(vote["person"], vote["person"])
        line = f"{person}: " + (_("does not apply") if vote["not_applicable"] else str(vote["level"]))
        if vote["practice_since"]:
            line += f" · {_('in practice since')} {vote['practice_since']}"
        if vote["counted"] != vote["level"]:
            line += " → " + _("counts as {level}, the practice is too young or its start unknown").format(
                level=vote["counted"]
            )
        branch.add(Text(line))


def _supported(tree: Tree, support: Mapping[str, Any], catalogue: Catalogue) -> None:
    branch = tree.add(Text(f"{_('Carried by evidence')}: {levels(support['supported'])}"))
    asked = support["supported"]["upper"] + 1  # what the next level lacks is why it is not carried
    for check in support["checks"][:asked]:
        for need in check["needs"]:
            surely, maybe = need["lower"] >= need["wanted"], need["upper"] >= need["wanted"]
            state = "met" if surely else "open" if maybe else "failed"
            branch.add(Text.assemble(mark(state), " " + need_line(check["level"], need, catalogue)))


def _use(
    tree: Tree, use: Mapping[str, Any], looked: Mapping[str, Any], item: Mapping[str, Any], catalogue: Catalogue
) -> None:
    kind = catalogue.kinds[use["kind"]]
    state = {"usable": "met", "open": "open", "unusable": "failed"}[use["check"]]
    counts = use["lower"] if use["lower"] == use["upper"] else None
    head = Text.assemble(mark(state), f" {visible(item.get('title', use['item']))} · {words(kind.title)}")
    head.append(f" · {say(CHECK, use['check'])}")
    head.append(f", {say(STRENGTH, counts)}" if counts is not None else f", {_('between bounds')}", style="dim")
    branch = tree.add(head)
    facts = looked["facts"]
    line = f"{visible(item.get('file') or item.get('link') or '')} · {facts['type']}"
    if facts["sha256"]:
        line += f" · SHA-256 {facts['sha256'][:12]}…"
    if use["outside"]:
        line += f" · {say(ORIGIN, kind.origin)}"
    branch.add(Text(line, style="dim"))
    listed = next((u for u in item.get("uses", ()) if u["criterion"] == use["criterion"]), None)
    for place in places(listed):
        branch.add(Text(place, style="dim"))
    for reason in use["reasons"]:
        branch.add(Text(reason_text(reason), style=STYLE[state]))
    for person, verdict in use["verdicts"]:
        who = _("consensus") if person == "consensus" else person
        branch.add(Text(f"{who}: {say(VERDICT, verdict)}"))


def places(listed: Mapping[str, Any] | None) -> list[str]:
    """Where in the file a use points, in words."""
    if listed is None:
        return []
    stated = [listed] if listed.get("passage") or listed.get("page") is not None else listed.get("places", ())
    lines = []
    for place in stated:
        parts = []
        if place.get("page") is not None:
            parts.append(_("page {page}").format(page=place["page"]))
        if place.get("passage"):
            parts.append(quoted(visible(place["passage"])))
        lines.append(", ".join(parts))
    if listed.get("whole"):
        lines.append(_("the whole file"))
    if listed.get("seen"):
        seen = listed["seen"]
        lines.append(
            _("seen by {by} on {on}: {where}").format(by=seen["by"], on=seen["on"], where=visible(seen["where"]))
        )
    return lines


def reason_text(reason: Mapping[str, Any]) -> str:
    """A recorded reason as a sentence."""
    return KINDS[reason["code"]].at(NOWHERE, **dict(reason["details"])).message
