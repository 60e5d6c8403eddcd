"""Columns nothing was made of, although leaving them out may change every number; and what was only guessed."""

from collections.abc import Iterator
from itertools import islice

from kaasav.language import N_
from kaasav.problems import Problem, error, warning
from kaasav.survey.imports.columns import Column, Layout
from kaasav.survey.imports.description import SurveyFile
from kaasav.survey.imports.header import Header, text_of
from kaasav.survey.imports.words import SURE_OF_N, counts_all, looks_like_weight, sample_size
from kaasav.survey.rows import item_key
from kaasav.survey.tables.numbers import say
from kaasav.survey.tables.sheet import Row, Sheet, letters

LOOKED_AT = 200

ANSWERS = error(
    "survey-answers-left",
    N_("columns of numbers that are no answer in the scale: {columns}"),
    N_("add each to the scale, or as an alias of an answer there; name those that are no answers under “ignore”"),
)
WEIGHT = error(
    "survey-weight-left",
    N_("columns that look like weights are not used: {columns}"),
    N_("name the one that is meant as “weight” under “columns”, the others under “ignore”"),
)
N_GUESSED = warning(
    "survey-n-guessed",
    N_("“{header}” is taken for the number of answers without “cannot say”; does it count those too?"),
    N_("if it is the right number, name it as “n” under “columns”; else name it under “ignore”"),
)
N_LEFT = warning(
    "survey-sample-size",
    N_("“{header}” is not taken for the number of answers: a sample is often larger"),
    N_("if it is the number of answers, name it as “n” under “columns”; else name it under “ignore”"),
)


def check_unused(sheet: Sheet, header: Header, layout: Layout, described: SurveyFile) -> Iterator[Problem]:
    """What must be asked of columns left over: answers missing in a scale, weights, numbers of answers guessed."""
    left = [(index, column) for index, column in enumerate(layout.columns[: len(header.texts)])
            if not column.role and not column.why]  # fmt: skip
    grain, where = described.table.grain, sheet.place(header.last)
    if grain == "counts" and layout.options:
        odd = [(index, column) for index, column in left if not counts_all(column.header.rpartition(" / ")[2])]
        odd = _numeric(sheet, header, odd)
        if odd:
            yield ANSWERS.at(where, columns=_named(odd))
    if grain == "answers" and "weight" not in layout.roles:
        odd = _numeric(sheet, header, [one for one in left if looks_like_weight(one[1].header)])
        if odd:
            yield WEIGHT.at(where, columns=_named(odd))
    if grain == "values" and "n" not in layout.roles:
        yield from (N_LEFT.at(where, header=one.header) for _index, one in left if sample_size(one.header))
    if grain == "values" and any(item.base == "valid" for item in described.items):
        for column in layout.columns:
            word = item_key(column.header).rpartition(" / ")[2]
            if column.role == "n" and column.why != "described" and word != SURE_OF_N:
                yield N_GUESSED.at(where, header=column.header)


def _named(columns: list[tuple[int, Column]]) -> str:
    return ", ".join(f"“{one.header}”" if one.header else letters(one.number) for _index, one in columns)[:300]


def _numeric(sheet: Sheet, header: Header, columns: list[tuple[int, Column]]) -> list[tuple[int, Column]]:
    """Those of ``columns`` that hold mostly numbers, as far as the first rows tell."""
    if not columns:
        return []
    rows = [row for number, row in islice(sheet.rows(), header.last + LOOKED_AT) if number > header.last]
    return [(index, column) for index, column in columns if _mostly_numbers(rows, index)]


def _mostly_numbers(rows: list[Row], index: int) -> bool:
    said = [say(row[index]) for row in rows if index < len(row) and text_of(row[index])]
    return sum(one.number is not None for one in said) * 2 > len(said)
