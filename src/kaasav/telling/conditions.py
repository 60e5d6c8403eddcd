"""The conditions of the award rule: where each stands, and what stops an award, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.language import _, words
from kaasav.numbers import decimal_text, percent
from kaasav.telling.figures import levels, shares
from kaasav.telling.gate import gate_line
from kaasav.wording import quoted

NAMED = 3
"""Up to this many things are listed with their titles, more by id only."""


def figures(condition: Mapping[str, Any]) -> tuple[str, str]:
    """A condition's value and its threshold, as people read them; of several parts the one furthest behind."""
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


@dataclass(frozen=True, slots=True)
class Stop:
    """A condition that is not met (``state``: ``failed`` or ``open``), and why in one sentence."""

    condition: str
    state: str
    text: str


def stops(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Stop]:
    """What stops an award or could; what it is about by name where that is little, by id where it is much."""
    for condition in result["conditions"]:
        short = [part for part in condition["parts"] if part["state"] != "met"]
        if not short:
            continue
        if condition["gate"] is not None:
            line = gate_line(condition["gate"])
        elif condition["type"] == "total":
            sentence = _("Total {share}, at least {least} needed")
            line = sentence.format(share=shares(short[0]), least=_share(short[0]["threshold"]))
        elif condition["type"] == "mandatory":
            line = _("Mandatory criteria below their least level: ")
            line += _listed(short, {c.id: words(c.title) for c in catalogue.criteria}, levels)
        else:
            line = _("Dimensions below {least}: ").format(least=_share(short[0]["threshold"]))
            line += _listed(short, {d.id: words(d.title) for d in catalogue.dimensions}, shares)
        yield Stop(condition["id"], condition["state"], line)


def _listed(parts: list[Any], titles: Mapping[str, str], figure: Callable[[Any], str]) -> str:
    named = len(parts) <= NAMED
    return ", ".join(
        f"{part['id']} {quoted(titles[part['id']])} ({figure(part)})" if named else f"{part['id']} ({figure(part)})"
        for part in parts
    )


def _share(number: str) -> str:
    return percent(Fraction(number))
