"""The values of a wave in their one plain form: UTF-8, commas, points, one line for each municipality and item."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import get_args

from kaasav.language import N_
from kaasav.municipalities.names import means
from kaasav.problems import DID_YOU_MEAN, Location, Problem, ProblemKind, closest, error
from kaasav.survey.places import place_of
from kaasav.survey.wave import Description, Row, Why

MAX_BYTES = 64 * 1024 * 1024
HEADER = ("ehak", "name", "item", "value", "n", "sd")
OPTIONAL = ("design_effect", "outside", "why")
"""Columns that may follow, in this order: the row's design effect, the share of answers outside the base, a reason."""

NOT_UTF8 = error(
    "wave-not-utf8",
    N_("the values are not UTF-8 text; the first wrong byte stands in line {line}"),
    N_("save the table as “CSV UTF-8”"),
)
TOO_LARGE = error("wave-too-large", N_("the table is larger than {limit} MB, which no wave is"))
UNREADABLE = error("wave-unreadable", N_("this line cannot be read as a table: {reason}"))
HEADER_WRONG = error(
    "wave-header",
    N_("the first line has to be: {expected}"),
    N_("the line found is: {found}; fields need commas between"),
)
FIELDS = error(
    "wave-fields",
    N_("this line has {found} fields, not {expected}"),
    N_("numbers are written with a point, names with a comma in “quotes”"),
)
FORMULA = error(
    "wave-formula", N_("“{text}” would be a formula in a spreadsheet"), N_("write the value itself, not a formula")
)
CODE = error(
    "wave-code-unknown", N_("no municipality has or had the code “{code}”"), N_("write the EHAK code, such as 0698")
)
NAME = error("wave-name-contradicts", N_("the code {code} is not that of “{name}”"), N_("{code} is {known}"))
ITEM = error("wave-item-unknown", N_("this wave has no item “{item}”"), N_("its items are: {known}"))
TWICE = error(
    "wave-row-twice", N_("{item} of {code} stands here twice; first in line {first}"), N_("keep one of the two")
)
NOT_NUMBER = error("wave-not-number", N_("“{text}” is not a number"), N_("write it with a point, such as 54.7"))
SIGN = error(
    "wave-sign",
    N_("“{text}” is a sign for a missing number, not a number"),
    N_("leave the number empty and write “{reason}” in the column “why”"),
)
RANGE = error("wave-out-of-range", N_("“{text}” is not between 0 and 100"))
NOT_WHOLE = error(
    "wave-n-not-whole", N_("“{text}” is not a whole number of answers"), N_("write digits only, such as 128")
)
SD_RANGE = error(
    "wave-sd-range",
    N_("a standard deviation is above 0 and at most 100, not “{text}”"),
    N_("leave it empty if unknown"),
)
EFFECT_RANGE = error("wave-row-design-effect", N_("a design effect is at least 1, not “{text}”"))
REASON = error("wave-reason-unknown", N_("“{text}” is no reason for a missing value"), N_("known here: {known}"))
REASON_AND_VALUE = error(
    "wave-reason-and-value",
    N_("a reason for a missing value stands beside the value {value}"),
    N_("keep one of the two"),
)
INVENTED = error(
    "wave-invented", N_("{name} is invented, but the wave is not marked as fictional"), N_("write “fictional: true”")
)
REAL = error("wave-real", N_("{name} is a real municipality, but the wave is marked as fictional"))

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,18})?|[0-9]{1,120}/[1-9][0-9]{0,119}")
_COUNT = re.compile(r"[0-9]{1,9}")
_FORMULA = re.compile(r"[=@\t\r+]|-(?=[^0-9.])")
# Statistics Estonia's signs for “no number”.
_SIGNS: dict[str, Why] = {
    "X": "confidential",
    "-": "nil",
    "…": "uncertain",
    "...": "uncertain",
    "..": "not-applicable",
}
_REASONS: dict[str, Why] = {reason: reason for reason in get_args(Why)}


def item_key(text: str) -> str:
    """One form for all ways to write an item's name: NFC, single spaces, any case."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_rows(content: bytes, name: str, description: Description) -> tuple[dict[str, dict[str, Row]], list[Problem]]:
    """Read the values of the wave ``description`` from the table ``content``, shown to people as ``name``.

    Returns:
        The rows by item id and code, and every problem at its line. With an error among them the rows are incomplete.
    """
    if len(content) > MAX_BYTES:
        return {}, [TOO_LARGE.at(Location(name), limit=MAX_BYTES // 2**20)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = content.count(b"\n", 0, exc.start) + 1
        return {}, [NOT_UTF8.at(Location(name, line, 1), line=line)]
    table = _Table(name, description)
    width = 0
    for line, fields in _lines(text, table):
        if width:
            table.take(line, fields, width)
        elif _is_header(fields):
            width = len(fields)
            table.columns = {name: index for index, name in enumerate(fields)}
        else:
            table.say(HEADER_WRONG, line, expected=",".join(HEADER), found=",".join(fields)[:80])
            break
    if not width and not table.problems:
        table.say(HEADER_WRONG, 1, expected=",".join(HEADER), found="")
    return table.rows, table.problems


def _is_header(fields: list[str]) -> bool:
    further = tuple(fields[len(HEADER) :])
    return tuple(fields[: len(HEADER)]) == HEADER and further == tuple(name for name in OPTIONAL if name in further)


def _lines(text: str, table: "_Table") -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    try:
        for fields in lines:
            if fields:
                yield before + 1, fields
            before = lines.line_num
    except csv.Error as exc:
        table.say(UNREADABLE, before + 1, reason=exc)


@dataclass
class _Table:
    """The rows read so far, and what was learned on the way about codes, names and numbers that come again."""

    file: str
    description: Description
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first: dict[tuple[str, str], int] = {}
        self.numbers: dict[tuple[str, str], Fraction | ProblemKind] = {}
        self.names: dict[tuple[str, str], bool] = {}
        self.items: dict[str, str] = {}
        for item in self.description.items:
            for word in (item.id, item.label, *item.aliases):
                self.items[item_key(word)] = item.id
            self.rows[item.id] = {}

    def say(self, kind: ProblemKind, line: int, *, hint: str | None = None, **details: object) -> None:
        self.problems.append(kind.at(Location(self.file, line, 1), hint=hint, **details))

    def take(self, line: int, fields: list[str], width: int) -> None:
        """Add one line of the table, or say what is wrong with it."""
        if len(fields) != width:
            self.say(FIELDS, line, found=len(fields), expected=width)
            return
        if any(map(_FORMULA.match, fields)):
            self.say(FORMULA, line, text=next(text for text in fields if _FORMULA.match(text))[:60])
            return
        code, name, item_name = fields[0], fields[1], fields[2]
        item = self.items.get(item_name) or self.items.get(item_key(item_name))
        if item is None:
            self.say(ITEM, line, item=item_name[:80], known=", ".join(one.id for one in self.description.items))
        today = self.code(code, name, line)
        row = self.row(code, name, fields, line)
        if item is None or today is None or row is None:
            return
        first = self.first.setdefault((item, today), line)
        if first != line:
            self.say(TWICE, line, item=item, code=code, first=first)
            return
        self.rows[item][code] = row

    def code(self, code: str, name: str, line: int) -> str | None:
        """The code under which a municipality may stand once for each item; None if it cannot be placed."""
        placed = place_of(code)
        if placed is None:
            guess = closest(code, [code.zfill(4)] if place_of(code.zfill(4)) else [])
            self.say(CODE, line, hint=DID_YOU_MEAN if guess else None, code=code[:20], guess=guess)
            return None
        if (code, name) not in self.names:
            self.names[code, name] = means(name, code)
        if not self.names[code, name]:
            self.say(NAME, line, code=code, name=name[:80], known=placed.name)
            return None
        if placed.training is not self.description.fictional:
            self.say(INVENTED if placed.training else REAL, line, name=placed.name)
            return None
        return placed.code

    def row(self, code: str, name: str, fields: list[str], line: int) -> Row | None:
        """The values of one line; None if one of them is wrong."""
        before = len(self.problems)
        value, sd = self.number("value", fields[3], line), self.number("sd", fields[5], line)
        further = self.columns
        effect = (
            self.number("design_effect", fields[further["design_effect"]], line) if "design_effect" in further else None
        )
        outside = self.number("outside", fields[further["outside"]], line) if "outside" in further else None
        n = int(fields[4]) if _COUNT.fullmatch(fields[4]) else None
        n_why = _REASONS.get(fields[4])
        if fields[4] and n is None and n_why is None:
            self.say(NOT_WHOLE, line, text=fields[4][:40])
        reason = fields[self.columns["why"]] if "why" in self.columns else ""
        why = _REASONS.get(reason)
        if why is None and reason:
            self.say(REASON, line, text=reason[:40], known=", ".join(_REASONS))
        elif why and fields[3]:
            self.say(REASON_AND_VALUE, line, value=fields[3][:40])
        if len(self.problems) > before:
            return None
        return Row(code, name, value, n, sd, why, effect, outside, n_why)

    def number(self, column: str, text: str, line: int) -> Fraction | None:
        """The exact number ``text`` is in a ``column``; None if it is empty, or wrong, which is said."""
        if not text:
            return None
        known = self.numbers.get((column, text))
        if known is None:
            known = self.numbers[column, text] = _number(column, text)
        if isinstance(known, ProblemKind):
            self.say(known, line, text=text[:40], reason=_SIGNS.get(text, ""))
            return None
        return known


def _number(column: str, text: str) -> Fraction | ProblemKind:
    """The number ``text`` is, or what is wrong with it in this ``column``."""
    if text in _SIGNS:
        return SIGN
    if not _NUMBER.fullmatch(text):
        return NOT_NUMBER
    number = Fraction(text)
    if column == "design_effect":
        return number if number >= 1 else EFFECT_RANGE
    if column == "sd":
        return number if 0 < number <= 100 else SD_RANGE
    return number if 0 <= number <= 100 else RANGE
