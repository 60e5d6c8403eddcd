"""The description of a survey's file (``kaasav/survey-file/1``): what the survey is, and what stands where."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kaasav.language import N_
from kaasav.numbers import decimal_text
from kaasav.problems import WORDS, Problem, error, has_errors
from kaasav.survey.reader import check_stated
from kaasav.survey.rows import item_key
from kaasav.survey.wave import Fieldwork, Option, Question, Sampling, Source
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse
from kaasav.yamldoc.scalars import Model, Ratio, Text, Whole, Words, YesNo

SCHEMA = "kaasav/survey-file/1"
LEAST = 30
"""Groups of fewer answers are not written where respondents or their counts are read, unless stated otherwise."""

Grain = Literal["values", "counts", "answers"]
Checked = Literal["low-values", "weighted-counts", "sums-of-100"]
"""What looks wrong and may be right: said by whoever made the description, after a look into the file."""

ID = error("survey-file-id", N_("“{id}” cannot be a file’s name"), N_("write letters, digits, “.”, “-” and “_” only"))
NO_SCALE = error(
    "survey-file-no-scale",
    N_("the answers people could choose are needed here"),
    N_("list them under “scale”, each with what it “counts” as: positive, negative or outside"),
)
NO_POINTS = error("survey-file-no-points", N_("an index needs “points” for each answer that is not outside"))
POINTS_RANGE = error("survey-file-points", N_("points lie between 0 and 100"))
OPTION_TWICE = error("survey-file-option-twice", N_("“{word}” names two answers of this scale"))
HEADER_ORDER = error(
    "survey-file-header", N_("the rows of the header follow each other, one to three"), N_("such as [3, 4]")
)
REFERENCE_VALUE = error("survey-file-reference", N_("a reference needs its value, unless a method gives it"))
INDEX_BASE = error(
    "survey-file-index-base",
    N_("“{answer}” has no points, so an index cannot be of all answers"),
    N_("write “base: valid”, or “points” for that answer too"),
)
TINY = error(
    "survey-file-tiny",
    N_("{what_word} is {value}, and values run from 0 to 100"),
    N_("write 51.6 for 0.516, even where the file has fractions; else “confirmed: [low-values]” under “table”"),
)
DELIMITER = error("survey-file-delimiter", N_("“{text}” is no sign between fields"), N_("write ; , | or tab"))

WORDS["stated-reference"] = N_("the reference")
WORDS["stated-sd"] = N_("the standard deviation")

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


class FileOption(Option):
    """One answer people could choose, and how else it is written or coded in the file (such as ``1``)."""

    aliases: tuple[Text, ...] = ()


class FileReference(Model):
    """As a wave's reference; a value that a method gives is worked out while importing."""

    value: Ratio | None = None
    source: Source | None = None
    method: Literal["mean-of-municipalities"] | None = None


class ItemColumns(Model):
    """Where an item has columns of its own: their headers."""

    value: Text | None = None
    n: Text | None = None
    sd: Text | None = None
    design_effect: Text | None = None
    answer: Text | None = None


class FileItem(Question):
    """One question, as in a wave; and where its own columns or its own scale are."""

    reference: FileReference | None = None
    columns: ItemColumns = ItemColumns()
    scale: tuple[FileOption, ...] = ()


class Columns(Model):
    """The header over each kind of thing; ``#3`` is the third column, ``codes.NAME`` one of a joined file."""

    code: Text | None = None
    name: Text | None = None
    item: Text | None = None
    value: Text | None = None
    n: Text | None = None
    sd: Text | None = None
    design_effect: Text | None = None
    option: Text | None = None
    count: Text | None = None
    answer: Text | None = None
    weight: Text | None = None


class Layout(Model):
    """How a file's table is written; what is left out is told from the file, and shown."""

    sheet: Text | None = None
    encoding: Text | None = None
    delimiter: Text | None = None
    header: tuple[Whole, ...] | None = None
    last: Whole | None = None


class Joined(Layout):
    """Another file whose columns are added: its ``key`` is looked up by the table's column ``on``."""

    as_: Text = Field(alias="as")
    file: Text
    key: Text
    on: Text


class Table(Layout):
    """The table with the results."""

    grain: Grain
    decimal: Literal["comma", "point"] | None = None
    values_in: Literal["percent", "fraction"] | None = None
    columns: Columns = Columns()
    empty_is: Literal["zero"] | None = None
    only: dict[str, tuple[Text, ...]] = {}
    skip: tuple[Text, ...] = ()
    other_items: Literal["refuse", "skip"] = "refuse"
    ignore: tuple[Text, ...] = ()
    confirmed: tuple[Checked, ...] = ()
    suppress_below: Whole | None = None
    joined: tuple[Joined, ...] = ()


class SurveyFile(Model):
    """What a description says: the wave to make, and the table its values stand in."""

    id: Text
    title: Words
    fictional: YesNo = False
    publisher: Text
    source: Source
    fieldwork: Fieldwork
    asked: Literal["residents", "municipalities"] = "residents"
    respondents: Whole | None = None
    language: Text
    scale: tuple[FileOption, ...] = ()
    assumptions: tuple[Words, ...] = ()
    sampling: Sampling = Sampling()
    items: tuple[FileItem, ...]
    table: Table

    @property
    def least(self) -> int:
        """Groups of fewer answers, where their number is known, are not written; 0 = all are."""
        if self.table.suppress_below is not None:
            return self.table.suppress_below
        return LEAST if self.asked == "residents" else 0

    def scale_of(self, item: FileItem) -> tuple[FileOption, ...]:
        """The answers people could choose for ``item``."""
        return item.scale or self.scale


def read_description(content: bytes, name: str) -> tuple[SurveyFile | None, list[Problem]]:
    """Read a description.

    Returns:
        The description, or None if there is an error; and every problem, each at its line. What else a wave checks
        (such as references) is checked when the wave is made.
    """
    document, problems = parse(content, name)
    if has_errors(problems):
        return None, problems
    described, unfit = bind(document, SurveyFile, SCHEMA)
    problems += unfit
    if described is not None:
        problems += _check(document, described)
    return (None if has_errors(problems) else described), problems


def _check(document: Document, described: SurveyFile) -> Iterator[Problem]:
    if not is_id(described.id):
        yield ID.at(document.at("id"), id=described.id[:60])
    yield from check_stated(document, described)
    table = described.table
    for place, layout in (("table",), table), *((("table", "joined", n), one) for n, one in enumerate(table.joined)):
        rows = layout.header
        if rows and (len(rows) > 3 or rows[0] < 1 or rows != tuple(range(rows[0], rows[0] + len(rows)))):
            yield HEADER_ORDER.at(document.at_key(*place, "header"))
        if layout.delimiter is not None and delimiter_of(layout.delimiter) is None:
            yield DELIMITER.at(document.at(*place, "delimiter"), text=layout.delimiter[:20])
    for index, item in enumerate(described.items):
        scale = described.scale_of(item)
        if table.grain != "values" and not scale:
            yield NO_SCALE.at(document.at_key("items", index, "id"))
        unrated = any(option.points is None and option.counts != "outside" for option in scale)
        if table.grain != "values" and item.measure == "index" and unrated:
            yield NO_POINTS.at(document.at("items", index, "id"))
        bare = next((one for one in scale if one.points is None), None)
        if table.grain != "values" and (item.measure, item.base) == ("index", "all") and bare and not unrated:
            yield INDEX_BASE.at(document.at("items", index, "base"), answer=bare.label)
        reference = item.reference
        if reference is not None and reference.value is None and reference.method is None:
            yield REFERENCE_VALUE.at(document.at_key("items", index, "reference"))
        low = "low-values" in table.confirmed
        if reference is not None and reference.value is not None and 0 < reference.value <= 1 and not low:
            yield TINY.at(
                document.at("items", index, "reference", "value"),
                what_word="stated-reference",
                value=decimal_text(reference.value, 3),
            )
    sd = described.sampling.sd
    if sd is not None and 0 < sd.value <= 1 and "low-values" not in table.confirmed:
        yield TINY.at(document.at("sampling", "sd", "value"), what_word="stated-sd", value=decimal_text(sd.value, 3))
    yield from _check_scale(document, ("scale",), described.scale)
    for index, item in enumerate(described.items):
        yield from _check_scale(document, ("items", index, "scale"), item.scale)


def _check_scale(document: Document, place: tuple[str | int, ...], scale: tuple[FileOption, ...]) -> Iterator[Problem]:
    named: dict[str, int] = {}
    for index, option in enumerate(scale):
        for word in dict.fromkeys(map(item_key, (option.label, *option.aliases))):
            if named.setdefault(word, index) != index:
                yield OPTION_TWICE.at(document.at(*place, index, "label"), word=word)
        if option.points is not None and not 0 <= option.points <= 100:
            yield POINTS_RANGE.at(document.at(*place, index, "points"))


def is_id(text: str) -> bool:
    """Whether ``text`` can be a wave's id, and so the name of its files."""
    return bool(text) and _SAFE.issuperset(text) and not text.startswith(".")


def delimiter_of(text: str) -> str | None:
    """The sign between fields that ``text`` names; None if it names none."""
    found = {"tab": "\t", "\\t": "\t"}.get(text.strip().casefold(), text)
    return found if found in (";", ",", "|", "\t") else None
