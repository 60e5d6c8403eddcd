"""Tables that hold how many gave each answer: a column for each answer, or a row."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaasav.language import N_
from kaasav.problems import error, has_errors, warning
from kaasav.survey.imports.gathering import TWICE, Gathered, Items
from kaasav.survey.imports.header import text_of
from kaasav.survey.imports.numbers import Number, Numbers
from kaasav.survey.imports.tally import Sum, row_of
from kaasav.survey.places import Place
from kaasav.survey.rows import item_key
from kaasav.survey.tables.sheet import Cell
from kaasav.survey.wave import Row, Why

OPTION = error(
    "survey-option-unknown",
    N_("“{text}” is none of the answers described"),
    N_("add it to the scale, or as an alias of an answer there; described are: {known}"),
)
EMPTY_COUNT = error(
    "survey-count-empty",
    N_("there is no number of answers here, and nothing is not zero"),
    N_("if an empty cell means 0 in this file, write “empty_is: zero” in the description"),
)
FRACTIONAL = error(
    "survey-counts-fractional",
    N_("numbers of answers to {item} are not whole: are they weighted, or shares?"),
    N_("if they are sums of weights, write “confirmed: [weighted-counts]” under “table”; n is unknown then"),
)
HUNDRED = error(
    "survey-counts-hundred",
    N_("the answers to {item} add up to 100 in every row: are they percentages, not numbers of answers?"),
    N_("give numbers of answers, or shares as “grain: values”; if it is right, write “confirmed: [sums-of-100]”"),
)
NO_N = warning(
    "survey-counts-no-n",
    N_("numbers of answers to {item} are weighted, so that of people is unknown"),
    N_("without “n” under “sampling” there will be no verdict"),
)
NO_OPTION = error(
    "survey-option-missing",
    N_("{item} of {name} ({code}) has no number for “{option}”"),
    N_("if a missing one means 0 in this file, write “empty_is: zero” in the description"),
)


class Counts:
    """Takes in the rows of a table of counts."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.items = gathered, Items(gathered.described)
        self.numbers = Numbers("count", gathered.described.table.decimal)
        self.zero = gathered.described.table.empty_is == "zero"
        self.known = {item.id: item for item in gathered.described.items}
        self.found: dict[tuple[str, str], dict[int, Fraction]] = {}
        self.places: dict[tuple[str, str], tuple[Place, int]] = {}
        self.why: dict[tuple[str, str], Why] = {}
        self.twice: set[tuple[str, str, int]] = set()
        self.refused: set[tuple[str, str]] = set()
        self.confirmed = gathered.described.table.confirmed

    def take(self, rows: Sequence[Sequence[Cell]], whose: Sequence[Place], numbers: Sequence[int]) -> None:
        """Take in some ``rows``, their municipalities and their numbers in the file."""
        for row, place, number in zip(rows, whose, numbers, strict=True):
            for item, option, index in self.cells(row, number):
                count = self.numbers[row[index]]
                if count.wrong:
                    self.refused.add((item, place.code))
                    self.places.setdefault((item, place.code), (place, number))
                    self.gathered.say(count.wrong, number, index, **dict(count.details))
                else:
                    self.add(item, place, option, count, number, index)

    def cells(self, row: Sequence[Cell], number: int) -> Iterator[tuple[str, int, int]]:
        """Item, option and column of each count in ``row``."""
        layout = self.gathered.layout
        for item_id, columns in layout.options.items():
            item = item_id or self.item_of(row, number)
            yield from ((item, option, index) for option, index in columns.items() if item)
        if not layout.options and (item := self.item_of(row, number)):
            option = self.option_of(item, row, number)
            if option is not None:
                yield item, option, layout.roles["count"]

    def item_of(self, row: Sequence[Cell], number: int) -> str:
        """The item a row is about; "" if it is not described."""
        gathered, index = self.gathered, self.gathered.layout.roles.get("item")
        if index is None:
            return gathered.described.items[0].id
        item = self.items[row[index]]
        if item is not None:
            return item.id
        gathered.other_item(number, index, row[index])
        return ""

    def option_of(self, item: str, row: Sequence[Cell], number: int) -> int | None:
        """The place in the scale of the answer a row is about; None, and said, if it is not described."""
        index = self.gathered.layout.roles["option"]
        scale = self.gathered.described.scale_of(self.known[item])
        key = item_key(text_of(row[index]))
        for at, option in enumerate(scale):
            if key in map(item_key, (option.label, *option.aliases)):
                return at
        known = ", ".join(option.label for option in scale)
        self.gathered.say(OPTION, number, index, text=text_of(row[index])[:60], known=known)
        return None

    def add(self, item: str, place: Place, option: int, count: Number, number: int, index: int) -> None:
        """Add how many gave one answer; said if that stands there twice, or is left open."""
        key = (item, place.code)
        options = self.found.setdefault(key, {})
        _place, first = self.places.setdefault(key, (place, number))
        if option in options:
            if (*key, number) not in self.twice:  # once for a row, whatever number of answers it holds
                self.twice.add((*key, number))
                said = self.gathered.say
                said(TWICE, number, index, item=item, name=place.name, code=place.given, first=first)
            return
        if count.value is None and count.why not in (None, "nil"):
            self.why.setdefault(key, count.why)
        elif count.value is None and count.why is None and not self.zero:
            self.gathered.say(EMPTY_COUNT, number, index)
        options[option] = count.value or Fraction(0)

    def finish(self) -> None:
        """Make the rows of what was counted."""
        gathered = self.gathered
        weighted = set() if has_errors(gathered.problems) else {one for one in self.known if self.weighted(one)}
        for (item_id, code), options in self.found.items():
            item, (place, number) = self.known[item_id], self.places[item_id, code]
            scale = gathered.described.scale_of(item)
            missing = next((option.label for at, option in enumerate(scale) if at not in options), None)
            if (item_id, code) in self.refused:
                continue
            if missing is not None and not self.zero:
                said = gathered.say
                said(NO_OPTION, number, None, item=item_id, name=place.name, code=place.given, option=missing)
                continue
            counted = [options.get(at, Fraction(0)) for at in range(len(scale))]
            sums = [Sum(count, count) for count in counted]
            if (item_id, code) in self.why:
                row = Row(place.given, place.name, None, why=self.why[item_id, code])
            else:
                least, counts = gathered.described.least, item_id not in weighted
                row = row_of(place, item, scale, sums, weighted=False, least=least, counted=counts)
            gathered.suppressed[item_id] += row.why == "too-few"
            gathered.rows.setdefault(item_id, {})[place.given] = row

    def weighted(self, item_id: str) -> bool:
        """Whether the numbers of answers to an item are sums of weights; what looks like shares is said."""
        answers = len(self.gathered.described.scale_of(self.known[item_id]))
        counts = [options for (item, code), options in self.found.items() if item == item_id
                  and (item, code) not in self.why and (item, code) not in self.refused
                  and (self.zero or len(options) == answers)]  # fmt: skip
        sums = [total for options in counts if (total := sum(options.values()))]
        whole = all(count.denominator == 1 for options in counts for count in options.values())
        shares = bool(sums) and (all(abs(one - 100) <= 1 for one in sums) or (max(sums) < 2 and not whole))
        if shares and "sums-of-100" not in self.confirmed:
            self.gathered.say(HUNDRED, 0, None, item=item_id)
        elif not whole and "weighted-counts" not in self.confirmed:
            self.gathered.say(FRACTIONAL, 0, None, item=item_id)
        elif "weighted-counts" in self.confirmed and counts:
            self.gathered.say(NO_N, 0, None, item=item_id)
            return True
        return False
