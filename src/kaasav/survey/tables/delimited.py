"""Delimited text: which sign stands between fields, and the rows, read as a stream."""

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from kaasav.language import N_
from kaasav.problems import Location, Refused, error
from kaasav.survey.tables.charset import encoding_of
from kaasav.survey.tables.sheet import BATCH, FIRST, MOST_BYTES, MOST_COLUMNS, TOO_LARGE, TOO_WIDE, Batch, Sheet

DELIMITERS = (";", "\t", ",", "|")
SHOWN = {"\t": "tab"}
MOST_LINE = 1024 * 1024

_LINE_END = re.compile(r"\r\n|\r|\n")

UNREADABLE = error("table-unreadable", N_("this line cannot be read as a table: {reason}"))
LONG_LINE = error(
    "table-line-long", N_("this line is longer than {limit} characters"), N_("is it a table, one line for each row?")
)
NOT_DELIMITED = error(
    "table-no-delimiter",
    N_("no sign stands between fields: neither “;” nor tab, “,” or “|”"),
    N_("write it as “delimiter” in the description"),
)


def read(data: bytes, name: str, *, encoding: str | None = None, delimiter: str | None = None) -> Sheet:
    """The table in ``data``, a file people know as ``name``; ``encoding`` and ``delimiter`` only where stated.

    Raises:
        Refused: its encoding or delimiter cannot be told, or a line is too long. Reading the rows raises it too.
    """
    if len(data) > MOST_BYTES:
        raise Refused([TOO_LARGE.at(Location(name), limit=MOST_BYTES // 2**20)])
    known = encoding_of(data, name, encoding)
    _refuse_long_lines(data, name)
    between = delimiter or _delimiter(data, known, name)

    def batches() -> Iterator[Batch]:
        yield from _batches(data, known, between, name)

    notes = {"encoding": known.removesuffix("-sig"), "delimiter": SHOWN.get(between, between)}
    return Sheet(name, "", 0, batches, notes=notes)


def _stream(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _refuse_long_lines(data: bytes, name: str) -> None:
    """Find a line too long to be held, in steps of about that length."""
    at = 0
    while len(data) - at > MOST_LINE:
        end = max(data.rfind(b"\n", at, at + MOST_LINE), data.rfind(b"\r", at, at + MOST_LINE))
        if end < 0:
            line = data.count(b"\n", 0, at) + 1
            raise Refused([LONG_LINE.at(Location(name, line, 1), limit=MOST_LINE)])
        at = end + 1


def _batches(data: bytes, encoding: str, delimiter: str, name: str) -> Iterator[Batch]:
    lines = csv.reader(_stream(data, encoding), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            rows = list(islice(lines, BATCH if before else FIRST))
        except csv.Error as wrong:
            raise Refused([UNREADABLE.at(Location(name, lines.line_num, 1), reason=wrong)]) from None
        if not rows:
            return
        widest = max(map(len, rows))
        if widest > MOST_COLUMNS:
            line = before + 1 + next(at for at, row in enumerate(rows) if len(row) == widest)
            raise Refused([TOO_WIDE.at(Location(name, line, 1), found=widest, limit=MOST_COLUMNS)])
        numbers: Sequence[int] = range(before + 1, lines.line_num + 1)
        if len(numbers) != len(rows):
            numbers = _numbers(rows, before + 1)
        before = lines.line_num
        yield Batch(numbers, rows)


def _numbers(rows: list[list[str]], first: int) -> list[int]:
    """The line each row begins in, where fields hold line ends."""
    numbers = []
    for row in rows:
        numbers.append(first)
        first += 1 + sum(len(_LINE_END.findall(field)) for field in row)
    return numbers


def _delimiter(data: bytes, encoding: str, name: str) -> str:
    """The sign that splits the first lines most evenly."""
    lines = []
    for line in _stream(data, encoding):
        if line.strip():
            lines.append(line)
        if len(lines) == 60:
            break
    best, found = (0, 0), ""
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        with contextlib.suppress(csv.Error):  # said with its place when the rows are read
            for fields in csv.reader(lines, delimiter=delimiter):
                widths[len(fields)] += 1
        wide = {width: count for width, count in widths.items() if width > 1}
        if wide:
            width = max(wide, key=lambda one: (wide[one], one))
            if (wide[width], width) > best:
                best, found = (wide[width], width), delimiter
    if not found:
        raise Refused([NOT_DELIMITED.at(Location(name))])
    return found
