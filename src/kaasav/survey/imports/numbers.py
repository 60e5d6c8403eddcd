"""Numbers of one column, checked once for each way they are written."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kaasav.language import N_
from kaasav.problems import ProblemKind, error
from kaasav.survey.tables.numbers import Said, Wrong, say
from kaasav.survey.tables.sheet import Cell
from kaasav.survey.wave import Why

TEXT = error("survey-not-number", N_("“{text}” is not a number"))
DATE = error(
    "survey-date",
    N_("{text} is a date, not a number"),
    N_("the spreadsheet program probably made a date of a number such as 5.7; correct it there"),
)
TRUTH = error("survey-truth-value", N_("“{text}” is true or false, not a number"))
FORMULA = error("survey-formula", N_("“{text}” would be a formula"), N_("write the value itself"))
THOUSAND = error(
    "survey-thousand",
    N_("“{text}” may be {small} or {large}"),
    N_("write “decimal: comma” or “decimal: point” in the description"),
)
OTHER_MARK = error("survey-decimal-sign", N_("“{text}” is not written with the decimal sign of this table"))
RANGE = error("survey-out-of-range", N_("“{text}” is not between 0 and 100"))
RANGE_OF_ONE = error(
    "survey-out-of-one",
    N_("“{text}” is not between 0 and 1"),
    N_("the description says “values_in: fraction”: values and standard deviations are parts of 1"),
)
NOT_WHOLE = error("survey-not-whole", N_("“{text}” is not a whole number"))
NEGATIVE = error("survey-negative", N_("“{text}” is below zero"))
SD_RANGE = error("survey-sd-range", N_("a standard deviation is above 0 and at most 100, not “{text}”"))
EFFECT_RANGE = error("survey-design-effect-range", N_("a design effect is at least 1, not “{text}”"))
PERCENT = error(
    "survey-percent-sign",
    N_("“{text}” has a percent sign, but the description says that values are fractions of 1"),
)

PERCENT_COUNT = error(
    "survey-percent-count",
    N_("“{text}” is a percentage, and a number of answers is needed here"),
    N_("shares are read as values: write “grain: values”, and name the column with the number of answers as “n”"),
)

Kind = Literal["value", "n", "sd", "design_effect", "count"]
_WRONG: dict[Wrong, ProblemKind] = {"text": TEXT, "date": DATE, "truth": TRUTH, "formula": FORMULA}
MARKS = {"comma": ",", "point": "."}


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell holds: a number, or a reason why there is none, or neither; ``wrong`` if it may not stand there."""

    value: Fraction | None = None
    why: Why | None = None
    wrong: ProblemKind | None = None
    details: tuple[tuple[str, str], ...] = ()
    size: int = 0


NONE, SMALL, SMALL_PERCENT, MIDDLE, LARGE = 0, 1, 2, 4, 8
"""What a value's size tells of its unit: nothing (0, or no value), at most 1 without and with a percent sign, at most
10 without one, more."""
EMPTY = Number()


class Numbers(dict[Cell, Number]):
    """The numbers of columns of one ``kind``.

    ``marks`` holds each decimal sign seen and one text written with it; ``bad`` tells whether any may not stand there.
    """

    def __init__(self, kind: Kind, decimal: str | None, *, fraction: bool = False) -> None:
        super().__init__({"": EMPTY})
        self._kind, self._mark, self._fraction = kind, MARKS.get(decimal or ""), fraction
        self.marks: dict[str, str] = {}
        self.bad = False

    def __missing__(self, cell: Cell) -> Number:
        found = self._of(say(cell), str(cell).strip()[:40])
        self.bad = self.bad or found.wrong is not None
        self[cell] = found
        return found

    def _of(self, said: Said, text: str) -> Number:
        if said.wrong:
            return Number(wrong=_WRONG[said.wrong], details=(("text", text),))
        if said.number is None:
            return Number(why=said.why)
        number, wrong = said.number, None
        counted = self._kind in ("n", "count")
        if said.thousand is not None and counted:
            if self._mark is None:
                details = (("text", text), ("small", text), ("large", str(said.thousand)))
                return Number(wrong=THOUSAND, details=details)
            number = number if said.mark == self._mark else said.thousand
        elif said.mark:
            self.marks.setdefault(said.mark, text)
            wrong = OTHER_MARK if self._mark not in (None, said.mark) else None
        scaled = self._kind in ("value", "sd")
        if said.percent and not scaled:
            return Number(wrong=PERCENT_COUNT, details=(("text", text),))
        if said.percent and self._fraction:
            wrong = PERCENT
        if self._fraction and scaled:
            number *= 100
            if not 0 <= number <= 100:
                wrong = wrong or RANGE_OF_ONE
        wrong = wrong or self._range(number)
        if wrong:
            return Number(wrong=wrong, details=(("text", text),))
        return Number(number, size=_size(number, percent=said.percent))

    def _range(self, number: Fraction) -> ProblemKind | None:
        if self._kind == "value":
            return None if 0 <= number <= 100 else RANGE
        if self._kind == "sd":
            return None if 0 < number <= 100 else SD_RANGE
        if self._kind == "design_effect":
            return None if number >= 1 else EFFECT_RANGE
        if number < 0:
            return NEGATIVE
        return NOT_WHOLE if self._kind == "n" and number.denominator != 1 else None


def _size(number: Fraction, *, percent: bool) -> int:
    if number > 1:
        return LARGE if number > 10 or percent else MIDDLE
    return NONE if not number else SMALL_PERCENT if percent else SMALL
