"""What a cell says as a number: exact, whatever spaces and signs people put around it; or why there is none."""

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kaasav.survey.tables.sheet import Cell, Truth
from kaasav.survey.wave import Why

Wrong = Literal["text", "date", "truth", "formula"]

SIGNS: dict[str, Why] = {
    "X": "confidential",
    "x": "confidential",
    "-": "nil",
    "–": "nil",
    "−": "nil",
    "…": "uncertain",
    "...": "uncertain",
    "..": "not-applicable",
}
"""Statistics Estonia's four signs for “no number”, as they are typed."""

_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f\u200a\t]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f\u200a'’][0-9]{3})+(?:[.,][0-9]+)?")
_PLAIN = re.compile(r"(-?)([0-9]{1,15})(?:([.,])([0-9]{1,18}))?")
_BOTH = re.compile(
    r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says.

    Attributes:
        number: the exact number; None where there is none.
        why: the sign that stood for “no number”.
        wrong: what stands there instead of either.
        percent: whether a percent sign stood behind the number.
        mark: the decimal sign it was written with, "" where it has none or is a spreadsheet's own number.
        thousand: the number if its one sign sets thousands apart, as in 1.234; None where that cannot be.
    """

    number: Fraction | None = None
    why: Why | None = None
    wrong: Wrong | None = None
    percent: bool = False
    mark: str = ""
    thousand: Fraction | None = None


NOTHING = Said()


def say(cell: Cell) -> Said:
    """What ``cell`` says as a number; an empty cell says nothing.

    A spreadsheet's own number is taken to the 15 digits spreadsheets keep and show. In a text ``,`` and ``.`` are both
    decimal signs; which one a table uses is the table's to tell (`Said.mark`).
    """
    if isinstance(cell, Truth):
        return Said(wrong="truth")
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, (int, float)):
        text = format(cell, ".15g")
        return Said(Fraction(text)) if text.lower().lstrip("-") not in ("inf", "nan") else Said(wrong="text")
    if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta)):
        return Said(wrong="date")
    return Said(wrong="text")


def _text(text: str) -> Said:
    shown = _SPACES.sub(" ", text).strip()
    if not shown:
        return NOTHING
    if shown in SIGNS:
        return Said(why=SIGNS[shown])
    if shown[0] in "=@+":
        return Said(wrong="formula")
    percent = shown.endswith("%")
    bare = shown.removesuffix("%").rstrip().replace("−", "-")
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[^0-9.,-]", "", bare)
    if _BOTH.fullmatch(bare):
        return _grouped_by_signs(bare, percent)
    plain = _PLAIN.fullmatch(bare)
    if plain is None:
        return Said(wrong="text")
    sign, whole, mark, part = plain.groups(default="")
    number = Fraction(f"{sign}{whole}.{part}" if part else sign + whole)
    may_be_thousand = len(part) == 3 and len(whole) <= 3 and whole != "0"
    thousand = Fraction(sign + whole + part) if may_be_thousand else None
    return Said(number, percent=percent, mark=mark, thousand=thousand)


def _grouped_by_signs(text: str, percent: bool) -> Said:
    """1.234,5 and 1,234.5 and 1,234,567: the last sign is the decimal one if it stands there once."""
    last = max(text.rfind(","), text.rfind("."))
    mark = text[last] if text.count(text[last]) == 1 else ""
    whole, part = (text[:last], text[last + 1 :]) if mark else (text, "")
    digits = whole.replace(",", "").replace(".", "")
    if len(digits) > 16:
        return Said(wrong="text")
    return Said(Fraction(f"{digits}.{part or 0}"), percent=percent, mark=mark)
