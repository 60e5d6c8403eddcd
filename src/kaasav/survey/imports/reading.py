"""A table is read row by row, by its description, into a wave's rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import contains, itemgetter
from typing import Protocol, cast

from kaasav.language import N_
from kaasav.problems import Problem, Refused, error, has_errors, warning
from kaasav.survey.imports.answers import Answers
from kaasav.survey.imports.columns import Layout
from kaasav.survey.imports.counts import Counts
from kaasav.survey.imports.description import SurveyFile, delimiter_of
from kaasav.survey.imports.gathering import Gathered, Skipped
from kaasav.survey.imports.header import Header, find_header, text_of
from kaasav.survey.imports.joins import NOT_FOUND, Lookup, read_lookup, widen
from kaasav.survey.imports.layout import lay_out, words_of
from kaasav.survey.imports.unused import check_unused
from kaasav.survey.imports.values import Values
from kaasav.survey.imports.who import NOBODY, Bad, Skip, Who
from kaasav.survey.places import Place
from kaasav.survey.rows import item_key
from kaasav.survey.tables.open import read_table
from kaasav.survey.tables.sheet import Batch, Cell, Sheet

WIDTH = error(
    "survey-row-width",
    N_("this line has {found} fields, the header {expected}"),
    N_("a decimal comma or a “;” inside a field is the usual reason; such a field stands in “quotes”"),
)
NO_FILTER = error("survey-only-column", N_("no column is called “{header}”, which “only” asks for"))
NOTHING = error("survey-nothing", N_("no row of this table could be used"))
UNCALCULATED = error(
    "survey-uncalculated",
    N_("the formula in this cell was never calculated"),
    N_("open the file in a spreadsheet program and save it"),
)
CELL_ERROR = error(
    "survey-cell-error", N_("the formula in this cell came out as an error"), N_("correct it in the file")
)
HIDDEN = warning(
    "survey-hidden-rows",
    N_("rows that are hidden or filtered out in the file were read too ({count}): {rows}"),
    N_("if they are not meant, take them out of the file, or keep others with “only”"),
)
NO_LAST = warning("survey-last-beyond", N_("“last” names row {last}, but the table ends with row {end}"))
NO_SKIP = warning("survey-skip-unused", N_("no row is called “{text}”, which “skip” names"))
TWO_ROWS = N_("if the header has two rows, write “header: [{upper}, {lower}]” in the description")
NAMED = 6
MANY = error("survey-many-problems", N_("{more} further problems are not listed"))

Row = Sequence[Cell]


class Taker(Protocol):
    """Takes in the rows of one kind of table."""

    def take(self, rows: Sequence[Row], whose: Sequence[Place], numbers: Sequence[int]) -> None:
        """Take in some ``rows``, their municipalities and their numbers in the file."""

    def finish(self) -> None:
        """Make of it what can only be made of all."""


@dataclass(frozen=True)
class Reading:
    """What a file gave: the table, its header, and what was gathered (None: it was refused before)."""

    sheet: Sheet | None = None
    header: Header | None = None
    gathered: Gathered | None = None
    problems: tuple[Problem, ...] = ()


@dataclass
class _Reader:
    sheet: Sheet
    header: Header
    described: SurveyFile
    layout: Layout
    gathered: Gathered
    lookups: list[tuple[int, Lookup]] = field(default_factory=list)
    only: list[tuple[int, set[str]]] = field(default_factory=list)
    empty: bool = False
    skipped_rows: set[int] = field(default_factory=set)
    holding: frozenset[int] = frozenset()
    last: int = 0
    end: int = 0

    def read(self) -> None:
        who, grain = Who(self.described), self.described.table.grain
        taker: Taker = Values(self.gathered)
        if grain != "values":
            taker = Counts(self.gathered) if grain == "counts" else Answers(self.gathered)
        code, name = self.layout.roles.get("code"), self.layout.roles.get("name")
        used = self._used()
        self.holding = self._holding()
        for numbers, rows in self.rows():
            codes = repeat("", len(rows)) if code is None else map(itemgetter(code), rows)
            names = repeat("", len(rows)) if name is None else map(itemgetter(name), rows)
            whose = list(map(who.__getitem__, zip(codes, names, strict=True)))
            if (kinds := set(map(type, whose))) != {Place}:
                good = [self.placed(row, one, number) for row, one, number in zip(rows, whose, numbers, strict=True)]
                rows, numbers = list(compress(rows, good)), list(compress(numbers, good))  # noqa: PLW2901 (only those go on)
            places = cast(list[Place], whose if kinds == {Place} else [one for one in whose if isinstance(one, Place)])
            self.gathered.matched += len(rows)
            self.empty = self.empty or (bool(self.sheet.name) and any(map(contains, rows, repeat(""))))
            self.last = numbers[-1] if numbers else self.last
            taker.take(rows, places, numbers)
        self.gathered.skipped.sort(key=lambda one: one.row)
        if self.sheet.name and self.empty:
            self.blind(used)
        if not self.gathered.matched and not has_errors(self.gathered.problems):
            self.gathered.problems.append(NOTHING.at(self.sheet.place()))
        taker.finish()
        self.told(who)

    def told(self, who: Who) -> None:
        """What was read other than somebody may think."""
        said, table = self.gathered.say, self.described.table
        hidden = sorted(row for row in self.sheet.hidden() if self.header.last < row <= self.last)
        hidden = [row for row in hidden if row not in self.skipped_rows]
        if hidden:
            shown = ", ".join(map(str, hidden[:NAMED])) + (", …" if len(hidden) > NAMED else "")
            said(HIDDEN, 0, None, count=len(hidden), rows=shown)
        if table.last is not None and table.last > self.end:
            said(NO_LAST, 0, None, last=table.last, end=self.end)
        for text in who.unused():
            said(NO_SKIP, 0, None, text=text)

    def _used(self) -> set[int]:
        layout = self.layout
        indexes = {*layout.roles.values(), *(index for columns in layout.wide.values() for index in columns.values()),
                   *(index for columns in layout.options.values() for index in columns.values())}  # fmt: skip
        return {layout.columns[index].number for index in indexes if index < len(self.header.texts)}

    def _holding(self) -> frozenset[int]:
        """The indexes of columns that hold values or answers: a row that fills one of them is about somebody."""
        layout = self.layout
        who = {layout.roles.get("code"), layout.roles.get("name"), *(index for index, _lookup in self.lookups)}
        wide = {index for columns in layout.wide.values() for index in columns.values()}
        options = {index for columns in layout.options.values() for index in columns.values()}
        return frozenset({*layout.roles.values(), *wide, *options} - who)

    def rows(self) -> Iterator[tuple[Sequence[int], Sequence[Row]]]:
        """The rows below the header, all of one width, with what is joined, without those ``only`` leaves out."""
        last = self.described.table.last
        for batch in self.sheet.batches():
            self.end = batch.numbers[-1] if batch.numbers else self.end
            numbers, rows = self.below(batch, last)
            numbers, rows = self.even(numbers, rows)
            for index, lookup in self.lookups:
                rows = widen(rows, index, lookup, self.missing(numbers, index, lookup))
            for index, allowed in self.only:
                good = [item_key(text_of(row[index])) in allowed for row in rows]
                self.gathered.filtered += good.count(False)
                numbers, rows = list(compress(numbers, good)), list(compress(rows, good))
            if rows:
                yield numbers, rows

    def missing(self, numbers: Sequence[int], index: int, lookup: Lookup) -> Callable[[int, str], None]:
        """What says that a key is not in a joined file."""

        def say(at: int, key: str) -> None:
            self.gathered.say(NOT_FOUND, numbers[at], index, key=key[:60], file=lookup.file)

        return say

    def below(self, batch: Batch, last: int | None) -> tuple[Sequence[int], Sequence[Row]]:
        first = self.header.last
        if batch.numbers[0] > first and (last is None or batch.numbers[-1] <= last):
            return batch.numbers, batch.rows
        good = [first < number <= (last or number) for number in batch.numbers]
        return list(compress(batch.numbers, good)), list(compress(batch.rows, good))

    def even(self, numbers: Sequence[int], rows: Sequence[Row]) -> tuple[Sequence[int], Sequence[Row]]:
        """Rows of the header's width: blank ones are left out, notes below the table skipped, others wrong."""
        width = len(self.header.texts) or max(map(len, rows), default=0)
        if set(map(len, rows)) <= {width}:
            return numbers, rows
        kept_numbers, kept = [], []
        for number, row in zip(numbers, rows, strict=True):
            filled = [text for cell in row if (text := text_of(cell))]
            if not filled:
                continue
            if len(row) == width:
                kept.append(row)
            elif any(map(text_of, row[width:])) or (len(row) < width and (len(filled) > 1 or self.holds(row))):
                self.gathered.say(WIDTH, number, None, found=len(row), expected=width)
                continue
            elif len(filled) == 1 and len(row) < width:
                self.skip(number, filled[0], "note")
                continue
            else:
                kept.append((*row, *("",) * (width - len(row)))[:width])
            kept_numbers.append(number)
        return kept_numbers, kept

    def holds(self, row: Row) -> bool:
        """Whether any cell for a value or an answer is filled."""
        return any(index < len(row) and text_of(row[index]) for index in self.holding)

    def placed(self, row: Row, whose: object, number: int) -> bool:
        """Whether a row's municipality is known; otherwise it is skipped, or what is wrong with it is said."""
        if isinstance(whose, Place):
            return True
        self.skipped_rows.add(number)
        filled = [text for cell in row if (text := text_of(cell))]
        if not filled:
            return False
        if isinstance(whose, Skip):
            self.skip(number, whose.text, whose.why)
        elif isinstance(whose, Bad):
            if len(filled) == 1 and not self.holds(row):
                self.skip(number, filled[0], "note")
            else:
                self.nobody(whose, number)
        return False

    def nobody(self, whose: Bad, number: int) -> None:
        """Say that a row's municipality cannot be told."""
        roles, hint, details = self.layout.roles, whose.hint, dict(whose.details)
        index = roles.get("name", roles.get("code")) if whose.kind is not NOBODY else None
        if whose.kind is NOBODY and self.header.guessed and number == self.header.last + 1:
            hint, details = TWO_ROWS, {"upper": str(self.header.last), "lower": str(number)}
        self.gathered.say(whose.kind, number, index, hint=hint, **details)

    def skip(self, number: int, text: str, why: str) -> None:
        self.gathered.skipped.append(Skipped(number, text[:80], why))
        self.skipped_rows.add(number)

    def blind(self, used: set[int]) -> None:
        """Say the cells in use that look empty only because their formula gave nothing."""
        for (row, column), why in sorted(self.sheet.blind().items()):
            if column in used and self.header.last < row <= self.last and row not in self.skipped_rows:
                kind = UNCALCULATED if why == "uncalculated" else CELL_ERROR
                self.gathered.problems.append(kind.at(self.sheet.place(row, column)))
        del self.gathered.problems[1_000:]


def read_file(described: SurveyFile, data: bytes, name: str, others: Mapping[str, tuple[str, bytes]]) -> Reading:
    """Read the table in ``data``, a file people know as ``name``.

    Args:
        described: what stands where.
        data: the file.
        name: as shown to people.
        others: the files it is joined with, by the name the description gives them: as shown, and their bytes.
    """
    table = described.table
    sheet: Sheet | None = None
    header: Header | None = None
    gathered: Gathered | None = None
    try:
        delimiter = delimiter_of(table.delimiter) if table.delimiter else None
        sheet = read_table(data, name, sheet=table.sheet, encoding=table.encoding, delimiter=delimiter)
        joined = tuple(f"{one.as_}." for one in table.joined)
        stated = [text for text in (table.columns.code, table.columns.name) if text]
        elsewhere = bool(joined and stated) and all(text.startswith(joined) for text in stated)
        header = find_header(sheet, table.header, words_of(described), elsewhere=elsewhere)
        lookups = [read_lookup(one, others[one.as_][1], others[one.as_][0]) for one in table.joined]
        layout, problems = lay_out(sheet, header, described, [title for one in lookups for title in one.titles])
        gathered = Gathered(sheet, layout, described, problems=problems)
        reader = _Reader(sheet, header, described, layout, gathered)
        _find(reader, lookups)
        if not problems:
            gathered.problems += check_unused(sheet, header, layout, described)
        if not has_errors(gathered.problems):
            reader.read()
    except Refused as refused:
        found = gathered.problems if gathered else []
        return Reading(sheet, header, gathered, (*found, *refused.problems))
    if gathered.more:
        gathered.problems.append(MANY.at(sheet.place(), more=gathered.more))
    return Reading(sheet, header, gathered, tuple(gathered.problems))


def _find(reader: _Reader, lookups: Sequence[Lookup]) -> None:
    titles = [column.header for column in reader.layout.columns]

    def index(header: str) -> int | None:
        number = header[1:] if header.startswith("#") else ""
        if number.isdigit() and 0 <= (at := int(number) - 1 - reader.sheet.offset) < len(titles):
            return at
        return next((at for at, title in enumerate(titles) if item_key(title) == item_key(header)), None)

    for lookup in lookups:
        at = index(lookup.on)
        if at is None:
            reader.gathered.say(NO_FILTER, 0, None, header=lookup.on)
        else:
            reader.lookups.append((at, lookup))
    for header, allowed in reader.described.table.only.items():
        at = index(header)
        if at is None:
            reader.gathered.say(NO_FILTER, 0, None, header=header)
        else:
            reader.only.append((at, {item_key(text) for text in allowed}))
