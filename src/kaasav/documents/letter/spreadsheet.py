"""What keeps a contacts workbook from being read, in words about contacts: the reader behind it talks of surveys."""

import dataclasses
from collections.abc import Mapping

from kaasav.language import N_
from kaasav.problems import Problem, ProblemKind, error

SAVE_ANEW = N_("save the table as .xlsx or “CSV UTF-8”")
COPY = N_("copy the rows of the contacts into a new workbook")
TOO_LARGE = error(
    "contacts-file-large",
    N_("the file is larger than any list of addressees"),
    N_("is it the right file? It needs a row for each municipality and nothing else"),
)
BOMB = error("contacts-bomb", N_("the file unpacks to far more than a list of addressees holds"), COPY)
KINDS: Mapping[str, ProblemKind] = {"table-too-large": TOO_LARGE, "table-bomb": BOMB}
"""What is said instead, by the reader’s code."""
HINTS: Mapping[str, str] = {
    "table-encoding-unknown": SAVE_ANEW,
    "table-encoding-wrong": SAVE_ANEW,
    "table-no-delimiter": SAVE_ANEW,
    "table-not-a-table": N_("the contacts are needed as .xlsx, .xls, .ods, .csv or .txt"),
    "table-too-wide": COPY,
    "table-which-sheet": N_("keep the sheet with the contacts; hide or delete the others"),
}
"""What else a person can do, where only that is about surveys."""


def told(problem: Problem) -> Problem:
    """``problem`` as it concerns contacts."""
    if problem.code in KINDS:
        return KINDS[problem.code].at(problem.location)
    if problem.code in HINTS:
        return dataclasses.replace(problem, hint_text=HINTS[problem.code])
    return problem
