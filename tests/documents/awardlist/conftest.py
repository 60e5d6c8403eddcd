"""Results to list: the example round's, and the same under other names, with other totals and answers."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.listing import Listing
from kaasav.documents.source import Source
from kaasav.plain import digest

Make = Callable[..., Source]

NAMES = (
    "A & B <C> &amp; </td><script>document.title='run'</script>",
    "=cmd|'/c calc'!A1",
    "+372 5555",
    "-1+1",
    "@SUM(A1)",
    "'quoted",
    'quote " and ; , | pipe',
    "back\\slash `code` *b* _i_ [l](http://x) # ~~s~~ $x$",
    "{{ 7*7 }} {% raw %} {# no #} ${x} %s {0}",
    "🎉 emoji, 漢字, العربية",
    "x\u202egnp.exe\u202c \u200f \u2066iso\u2069 \ufeffbom \u200bzw",
    "\u0000 nul \u0007 bell \u001b[31m red _x0041_",
    "two\nlines\tand a tab",
    "W" * 300,
    "Õige pika nimega ühinenud " * 12 + "vald",
    '&P&N&"Arial"',
    "1. first",
    " ",
)
"""What people, or people who mean ill, could write into names."""


@pytest.fixture(scope="session")
def make(sources: Mapping[str, Source]) -> Make:
    """The met example as another municipality; real unless ``training``. ``catalogue`` changes the award rule."""

    def made(
        name: str = "Rõuge vald",
        code: str = "0698",
        *,
        like: str = "naidisvald",
        training: bool = False,
        total: tuple[str, str] | None = None,
        state: str | None = "",
        status: str = "",
        rules: int = 0,
        **rule: Any,
    ) -> Source:
        source = sources[like]
        result = dict(source.result)
        if total is not None:
            result["total"] = {"lower": total[0], "upper": total[1]}
        if state != "":
            result["tiers"] = [{**tier, "state": state} for tier in result["tiers"]]
        if status:
            result["status"] = status
        record = {
            **source.record,
            "municipality": {**source.municipality, "name": name, "code": code, "training": training},
            "rules": rules or source.record["rules"],
            "result": result,
        }
        catalogue = source.catalogue
        if rule:
            award_rule = catalogue.award_rule.model_copy(update=rule)
            catalogue = catalogue.model_copy(update={"award_rule": award_rule})
        return dataclasses.replace(source, hash=digest([name, code]), record=record, catalogue=catalogue)

    return made


@pytest.fixture(scope="session")
def listed(sources: Mapping[str, Source]) -> Listing:
    """The list of the example round, in English."""
    return listing(list(sources.values()))


@pytest.fixture
def hostile(make: Make) -> Listing:
    """A list of municipalities whose names would break what is careless."""
    return listing([make(name, f"Q{number:03}") for number, name in enumerate(NAMES)])


@pytest.fixture(scope="session")
def names() -> tuple[str, ...]:
    """The names of `hostile`."""
    return NAMES
