"""Weights of respondents: whole numbers of a tiny unit, exact, with one decimal sign in the whole table."""

from typing import Any

from kaasav.language import N_
from kaasav.problems import ProblemKind, error
from kaasav.survey.imports.numbers import OTHER_MARK
from kaasav.survey.tables.numbers import say

WEIGHT = error(
    "survey-weight",
    N_("“{text}” is no weight"),
    N_("a weight is a number from 0 to 999999999999, without a percent sign, with 18 decimals at most"),
)
EMPTY_WEIGHT = error(
    "survey-weight-empty", N_("there is no weight here"), N_("write 0 for a respondent who is not to count")
)

PLACES = (8, 12, 30)
"""Decimals weights are kept with: the fewest that do, since small whole numbers add up faster."""
LARGEST = 10**12
MOST_KEPT = 200_000

Weight = int | ProblemKind | None


class Weights(dict[Any, Weight]):
    """Each weight as a whole number of 10⁻ᵖˡᵃᶜᵉˢ; what is wrong with it; or None where it needs more ``places``.

    Attributes:
        marks: each decimal sign seen, with one text written with it.
        unclear: a text that may be a number of thousands, where nothing told what its sign means.
    """

    def __init__(self, mark: str | None) -> None:
        super().__init__()
        self._mark, self.places, self.marks = mark, PLACES[0], dict[str, str]()
        self._plain, self._sure, self._may_be_thousand = False, False, ""

    @property
    def unclear(self) -> str:
        """A weight such as 1,234 beside whole ones, if it may be 1234 as well."""
        return self._may_be_thousand if self._plain and not self._sure and self._mark is None else ""

    def refine(self) -> int:
        """Keep more decimals; returns by how much what was added up so far has to be multiplied."""
        before = self.places
        self.places = next(places for places in PLACES if places > before)
        self.clear()
        return int(10 ** (self.places - before))

    def __missing__(self, cell: Any) -> Weight:
        found = self._of(cell)
        if len(self) < MOST_KEPT and found is not None:
            self[cell] = found
        return found

    def _of(self, cell: Any) -> Weight:
        if isinstance(cell, str):
            text = cell.strip()
            mark = "," if "," in text else "." if "." in text else ""
        elif isinstance(cell, (int, float)):
            text, mark = format(cell, ".15g"), ""  # the digits spreadsheets keep
        else:
            return self._slowly(cell)
        whole, _mark, part = text.partition(mark or ".")
        digits = whole + part
        if len(part) > self.places or len(whole) > 12 or not whole or not (digits.isascii() and digits.isdigit()):
            return self._slowly(cell)
        if mark:
            return self._marked(mark, text, whole, part)
        if isinstance(cell, str):
            self._plain = self._plain or text not in ("0", "1")
        return int(whole + part.ljust(self.places, "0"))

    def _marked(self, mark: str, text: str, whole: str, part: str) -> Weight:
        self.marks.setdefault(mark, text)
        other = self._mark is not None and self._mark != mark
        if len(part) == 3 and len(whole) <= 3 and whole != "0":
            self._may_be_thousand = text
            return int(whole + part + "0" * self.places) if other else int(whole + part.ljust(self.places, "0"))
        self._sure = True
        return OTHER_MARK if other else int(whole + part.ljust(self.places, "0"))

    def _slowly(self, cell: Any) -> Weight:
        said = say(cell)
        if said.number is None or said.percent or not 0 <= said.number < LARGEST:
            nothing = said.number is None and said.why is None and said.wrong is None
            return EMPTY_WEIGHT if nothing else WEIGHT
        if said.mark:
            self.marks.setdefault(said.mark, str(cell).strip())
            self._sure = self._sure or said.thousand is None
            if self._mark not in (None, said.mark):
                return OTHER_MARK
        number = said.number * int(10**self.places)
        if number.denominator == 1:
            return number.numerator
        return None if self.places < PLACES[-1] else WEIGHT
