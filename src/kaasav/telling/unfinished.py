"""What is not finished yet: unrated, unsettled, rated by too few, evidence nobody has looked at. In words."""

from collections.abc import Iterator, Mapping
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.language import _


def missing(result: Mapping[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What ratings are missing: a code (``claims``, ``unrated`` or ``assessors``) and the sentence."""
    unsettled = [c["id"] for c in result["criteria"] if c["rated"]["claim"] == "unsettled"]
    unrated = [id_ for id_ in result["missing"] if id_ not in unsettled]
    if unsettled:
        yield "claims", _("Claimed not to apply, not settled: {criteria}").format(criteria=", ".join(unsettled))
    if unrated:
        sentence = _("Not rated, {n} of {all}: {criteria}")
        said = sentence.format(n=len(unrated), all=len(result["criteria"]), criteria=", ".join(unrated))
        yield "unrated", said
    if result["status"] == "preliminary":
        least = catalogue.award_rule.min_assessors
        few = [c["id"] for c in result["criteria"] if c["rated"]["raters"] < least]
        sentence = _("{least} assessors are needed; fewer have rated {criteria}")
        yield "assessors", sentence.format(least=least, criteria=", ".join(few))


def open_evidence(result: Mapping[str, Any]) -> Iterator[str]:
    """Each item whose use nobody has settled, with the criteria it is for."""
    by_item: dict[str, list[str]] = {}
    for criterion in result["criteria"]:
        for use in criterion["uses"]:
            if use["check"] == "open":
                by_item.setdefault(use["item"], []).append(criterion["id"])
    for item, criteria in by_item.items():
        yield _("{item} (for {criteria})").format(item=item, criteria=", ".join(criteria))
