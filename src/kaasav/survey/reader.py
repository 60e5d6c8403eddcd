"""Two files become a wave: the description, the values beside it, and whether they agree."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from kaasav.dates import span
from kaasav.language import N_
from kaasav.problems import Problem, error, has_errors
from kaasav.survey.rows import item_key, read_rows
from kaasav.survey.wave import SCHEMA, Description, Fieldwork, RatioFact, Row, Sampling, Wave, WholeFact
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse

VALUES_DIFFER = error(
    "wave-values-differ",
    N_("the values beside this file are not those it was written with"),
    N_("import the file again; if the values were changed by hand, leave out “values_sha256”"),
)
NO_ITEMS = error("wave-no-items", N_("a wave needs at least one item"))
NOT_DAY_OR_MONTH = error(
    "wave-fieldwork", N_("“{value}” is neither a day nor a month"), N_("write 2026-03-02, or 2026-03")
)
BACKWARDS = error("wave-fieldwork-backwards", N_("the fieldwork ends before it begins"))
ITEM_TWICE = error(
    "wave-item-twice", N_("“{word}” names two items of this wave: {first} and {second}"), N_("one name, one item")
)
INDICATOR_TWICE = error(
    "wave-indicator-twice",
    N_("{indicator} is measured by two items of this wave: {first} and {second}"),
    N_("values of another measure or base are another wave"),
)
UNIT = error(
    "wave-unit",
    N_("“measure: {measure}” does not go with “unit: {unit}”"),
    N_("a share is in percent, an index in points"),
)
ONE_ORIGIN = error(
    "wave-origin",
    N_("a number needs either its source or the reason why it is assumed"),
    N_("write “source” or “assumed”"),
)
ONE_BASIS = error(
    "wave-reference-basis",
    N_("a reference needs either the source that published it or the method that gives it"),
    N_("write “source”, or “method: mean-of-municipalities”"),
)
REFERENCE_RANGE = error("wave-reference-range", N_("a reference lies between 0 and 100, both excluded"))
REFERENCE_DIFFERS = error(
    "wave-reference-differs",
    N_("the mean over the municipalities of {item} is {computed}, not {stated}"),
    N_("write {computed}, or name the source of another value"),
)
REFERENCE_EMPTY = error("wave-reference-empty", N_("no municipality has a value of {item}, so there is no mean"))
N_RANGE = error("wave-n-range", N_("a number of answers is at least 1"))
SD_RANGE = error("wave-sd-out-of-range", N_("a standard deviation on a scale of 0 to 100 is above 0 and at most 100"))
DESIGN_RANGE = error(
    "wave-design-effect",
    N_("a design effect is at least 1"),
    N_("a weighted sample says less than a simple one, not more"),
)


def read_wave(yaml_bytes: bytes, csv_bytes: bytes, name: str) -> tuple[Wave | None, list[Problem]]:
    """Read one wave from its two files.

    Args:
        yaml_bytes: the description.
        csv_bytes: the values.
        name: the description's file as shown to people; the values are shown as the ``.csv`` beside it.

    Returns:
        The wave, or None if there is an error; and every problem of both files, each at its line.
    """
    document, description, problems = _description(yaml_bytes, name)
    if description is None:
        return None, problems
    if description.values_sha256 not in (None, hashlib.sha256(csv_bytes).hexdigest()):
        return None, [*problems, VALUES_DIFFER.at(document.at("values_sha256"))]
    rows, wrong = read_rows(csv_bytes, name.removesuffix(".yaml") + ".csv", description)
    if not has_errors(wrong):
        problems += _check_means(document, description, rows)
    problems += wrong
    if has_errors(problems):
        return None, problems
    hashes = (hashlib.sha256(content).hexdigest() for content in (yaml_bytes, csv_bytes))
    return Wave(description, rows, *hashes), problems


def check_description(yaml_bytes: bytes, rows: Mapping[str, Mapping[str, Row]], name: str) -> list[Problem]:
    """What is wrong with the description ``yaml_bytes`` of a wave with ``rows``, as `read_wave` says it."""
    document, description, problems = _description(yaml_bytes, name)
    if description is not None:
        problems += _check_means(document, description, rows)
    return problems


def _description(yaml_bytes: bytes, name: str) -> tuple[Document, Description | None, list[Problem]]:
    document, problems = parse(yaml_bytes, name)
    description: Description | None = None
    if not has_errors(problems):
        description, unfit = bind(document, Description, SCHEMA)
        problems += unfit
    if description is not None:
        problems += check_stated(document, description)
    return document, description, problems


def mean_of_municipalities(rows: Mapping[str, Row]) -> Fraction | None:
    """The plain mean of the values there are, every municipality counting once; None if there are none."""
    values = [row.value for row in rows.values() if row.value is not None]
    return sum(values, Fraction(0)) / len(values) if values else None


class Stated(Protocol):
    """What a wave's description and that of a survey's file state alike."""

    @property
    def fieldwork(self) -> Fieldwork: ...  # noqa: D102

    @property
    def sampling(self) -> Sampling: ...  # noqa: D102

    @property
    def items(self) -> Sequence[Any]: ...  # noqa: D102


def check_stated(document: Document, description: Stated) -> Iterator[Problem]:
    """What is wrong with what a ``description`` states, whatever the values are; each at its line of ``document``."""
    yield from _check_fieldwork(document, description.fieldwork)
    yield from _check_items(document, description)
    sampling = description.sampling
    facts: dict[str, WholeFact | RatioFact | None] = {
        "n": sampling.n,
        "sd": sampling.sd,
        "design_effect": sampling.design_effect,
    }
    for key, fact in facts.items():
        if fact is not None and (fact.source is None) is (fact.assumed is None):
            yield ONE_ORIGIN.at(document.at_key("sampling", key))
    if sampling.n and sampling.n.value < 1:
        yield N_RANGE.at(document.at("sampling", "n", "value"))
    if sampling.sd and not 0 < sampling.sd.value <= 100:
        yield SD_RANGE.at(document.at("sampling", "sd", "value"))
    if sampling.design_effect and sampling.design_effect.value < 1:
        yield DESIGN_RANGE.at(document.at("sampling", "design_effect", "value"))


def _check_fieldwork(document: Document, fieldwork: Fieldwork) -> Iterator[Problem]:
    """What is wrong with the ``fieldwork`` a description states."""
    ends = {"from": fieldwork.from_, "to": fieldwork.to}
    for key, text in ends.items():
        if span(text) is None:
            yield NOT_DAY_OR_MONTH.at(document.at("fieldwork", key), value=text)
    spans = [span(text) for text in ends.values()]
    if spans[0] and spans[1] and spans[0][0] > spans[1][1]:
        yield BACKWARDS.at(document.at("fieldwork", "to"))


def _check_items(document: Document, description: Stated) -> Iterator[Problem]:
    if not description.items:
        yield NO_ITEMS.at(document.at_key("items"))
    named: dict[str, int] = {}
    indicators: dict[str, str] = {}
    for index, item in enumerate(description.items):
        here = ("items", index)
        for word in dict.fromkeys(map(item_key, (item.id, item.label, *item.aliases))):
            first = named.setdefault(word, index)
            if first != index:
                place = document.at(*here, "id")
                yield ITEM_TWICE.at(place, word=word, first=description.items[first].id, second=item.id)
        if item.indicator and indicators.setdefault(item.indicator, item.id) != item.id:
            yield INDICATOR_TWICE.at(
                document.at(*here, "indicator"),
                indicator=item.indicator,
                first=indicators[item.indicator],
                second=item.id,
            )
        if (item.measure == "share") is not (item.unit == "percent"):
            yield UNIT.at(document.at(*here, "unit"), measure=item.measure, unit=item.unit)
        if item.reference is not None:
            nothing = item.reference.value is None and item.reference.method is None  # said where that may be
            if (item.reference.source is None) is (item.reference.method is None) and not nothing:
                yield ONE_BASIS.at(document.at_key(*here, "reference"))
            if item.reference.value is not None and not 0 < item.reference.value < 100:
                yield REFERENCE_RANGE.at(document.at(*here, "reference", "value"))


def _check_means(
    document: Document, description: Description, rows: Mapping[str, Mapping[str, Row]]
) -> Iterator[Problem]:
    for index, item in enumerate(description.items):
        if item.reference is None or item.reference.method is None:
            continue
        computed = mean_of_municipalities(rows.get(item.id, {}))
        place = document.at("items", index, "reference", "value")
        if computed is None:
            yield REFERENCE_EMPTY.at(place, item=item.id)
        elif computed != item.reference.value:
            yield REFERENCE_DIFFERS.at(place, item=item.id, computed=computed, stated=item.reference.value)
