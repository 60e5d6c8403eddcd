"""A survey wave: what was asked of whom, how it was measured, and the value of each municipality.

A wave is two files: ``criteria/waves/<id>.yaml`` describes it (`Description`), the ``.csv`` beside it holds its values.
`kaasav.survey.reader.read_wave` makes both into a `Wave`.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from pydantic import Field

from kaasav.dates import span
from kaasav.yamldoc.scalars import Day, Model, Ratio, Text, Whole, Words, YesNo

SCHEMA = "kaasav/wave/1"

Measure = Literal["share", "index"]
Base = Literal["all", "valid"]
Unit = Literal["percent", "points"]
Why = Literal["not-published", "not-surveyed", "confidential", "nil", "uncertain", "not-applicable", "too-few"]


class Source(Model):
    """Where something was published."""

    text: Text
    url: Text | None = None


class Fieldwork(Model):
    """When people were asked: days (2026-03-02), or months (2026-03) where no days are published."""

    from_: Text = Field(alias="from")
    to: Text

    @property
    def first(self) -> datetime.date:
        """The first day, of the month where only that is known."""
        return _span(self.from_)[0]

    @property
    def last(self) -> datetime.date:
        """The last day, of the month where only that is known."""
        return _span(self.to)[1]


def _span(text: str) -> tuple[datetime.date, datetime.date]:
    found = span(text)
    if found is None:
        raise ValueError(f"neither a day nor a month: {text}")
    return found


class Option(Model):
    """One answer people could choose, what it counts as in a share, and its points (0 to 100) in an index."""

    label: Text
    counts: Literal["positive", "negative", "outside"]
    points: Ratio | None = None


class WholeFact(Model):
    """A whole number that holds for every row without its own: known from a ``source``, or ``assumed`` for a reason."""

    value: Whole
    source: Source | None = None
    assumed: Words | None = None


class RatioFact(Model):
    """As `WholeFact`, for an exact number."""

    value: Ratio
    source: Source | None = None
    assumed: Words | None = None


class Sampling(Model):
    """What is known of the samples. What is missing here and in the rows is unknown, and never silently 1 or 0."""

    n: WholeFact | None = None
    sd: RatioFact | None = None
    design_effect: RatioFact | None = None


class Reference(Model):
    """What values are compared with: a published ``value`` with its ``source``, or one worked out by a ``method``."""

    value: Ratio
    source: Source | None = None
    method: Literal["mean-of-municipalities"] | None = None


class Question(Model):
    """One question and how it was measured: what a wave and the description of a survey file both say of it."""

    id: Text
    indicator: Text | None = None
    label: Text
    aliases: tuple[Text, ...] = ()
    measure: Measure
    base: Base
    unit: Unit


class Item(Question):
    """One question of the survey as it was measured; values and reference stand in its ``unit`` (0 to 100)."""

    scale: tuple[Option, ...] = ()
    reference: Reference | None = None


class SourceFile(Model):
    """A file values were imported from."""

    file: Text
    sha256: Text


class Imported(Model):
    """What a wave was made of: the files, its description (by hash), and when, where that was said."""

    files: tuple[SourceFile, ...]
    description_sha256: Text
    on: Day | None = None
    made_sha256: Text | None = None


class Description(Model):
    """What a wave's YAML file says.

    ``asked`` tells whether residents were sampled or municipalities answered for themselves. ``values_sha256`` ties the
    description to the bytes of the values beside it; ``version`` counts imports of changed files.
    """

    id: Text
    title: Words
    fictional: YesNo = False
    version: Whole | None = None
    publisher: Text
    source: Source
    fieldwork: Fieldwork
    asked: Literal["residents", "municipalities"] = "residents"
    respondents: Whole | None = None
    language: Text
    scale: tuple[Option, ...] = ()
    assumptions: tuple[Words, ...] = ()
    sampling: Sampling = Sampling()
    items: tuple[Item, ...]
    values_sha256: Text | None = None
    imported: Imported | None = None


class Row(NamedTuple):
    """One municipality's value of one item, as the source has it.

    Attributes:
        code: EHAK code in the source, which may be an older one.
        name: the municipality's name in the source.
        value: 0 to 100 in the item's unit; None where there is none, and ``why`` may say why.
        n: answers on the item's base; None where not published.
        sd: standard deviation of an index; None where not published.
        why: reason for a missing value.
        design_effect: of this row's sample; None where only the wave's is known.
        outside: share of all answers that are outside the base (“cannot say”), 0 to 100; None where not known.
        n_why: why the source has no ``n`` of this row, where it says so: the wave's does not stand for it then.
    """

    code: str
    name: str
    value: Fraction | None
    n: int | None = None
    sd: Fraction | None = None
    why: Why | None = None
    design_effect: Fraction | None = None
    outside: Fraction | None = None
    n_why: Why | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave as read: its description, its rows by item and code, and the SHA-256 of both files' bytes."""

    description: Description
    rows: Mapping[str, Mapping[str, Row]]
    yaml_sha256: str
    csv_sha256: str

    @property
    def id(self) -> str:
        """The wave's id, such as ``2024``."""
        return self.description.id

    def scale_of(self, item: Item) -> tuple[Option, ...]:
        """The answers people could choose for ``item``; none where they are not known."""
        return item.scale or self.description.scale

    def item(self, item_id: str) -> Item | None:
        """The item called ``item_id``."""
        return next((item for item in self.description.items if item.id == item_id), None)

    def item_for(self, indicator: str) -> Item | None:
        """The one item that measures a catalogue's ``indicator``, such as ``SI_KAASAMINE``."""
        return next((item for item in self.description.items if item.indicator == indicator), None)

    def row(self, item_id: str, code: str) -> Row | None:
        """The row of ``item_id`` under exactly ``code``."""
        return self.rows.get(item_id, {}).get(code)

    def value(self, item_id: str, code: str) -> Fraction | None:
        """The value of ``item_id`` under exactly ``code``, in the item's unit; None where there is none."""
        row = self.row(item_id, code)
        return row.value if row else None

    def lists(self, code: str) -> bool:
        """Whether any item has a row under exactly ``code``, be it without a value."""
        return any(code in by_code for by_code in self.rows.values())
