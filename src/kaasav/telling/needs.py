"""What evidence a level still needs, in words."""

from collections.abc import Mapping
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.language import _, plural, words
from kaasav.telling.figures import levels


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
