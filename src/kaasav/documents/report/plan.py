"""The action plan: the steps of the way as a workbook to fill in, with a sheet that explains it."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kaasav.dates import months_after
from kaasav.documents.marks import marks
from kaasav.documents.report.gather import Gathered
from kaasav.documents.report.steps import about, need
from kaasav.documents.report.way import KIND, basis, in_short
from kaasav.improvement.start import Kind
from kaasav.improvement.steps import StepPlan
from kaasav.language import _, active, words
from kaasav.problems import visible
from kaasav.telling.dates import day_text, months_text
from kaasav.workbook import put_text, steady

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LIBRARIES = ("openpyxl",)
EXPLAINED = (26, 100)
"""Widths of the sheet that explains."""
_FOOT = 100
"""Signs of the page's foot; it holds 255, with those doubled that would be commands."""
_ROOM = 40
"""Rows below the last step that can be filled in alike."""


def data(gathered: Gathered) -> dict[str, Any]:
    """Everything the workbook says, in the language in use; dates are ISO texts, "" where there is none."""
    inputs = gathered.inputs
    source, a_round = inputs.source, inputs.source.submission.round
    own = marks(source, grants=False)
    begin = inputs.start.begin
    name = source.municipality["name"]
    statuses = [_("not begun"), _("under way"), _("done"), _("dropped")]
    columns = _columns(statuses)
    return {
        "title": _("Action plan: {municipality}").format(municipality=name),
        "author": words(a_round.issuer.name) if a_round.issuer else "Kaasav",
        "language": active(),
        "day": a_round.closing_date.isoformat(),
        "marks": [*own.words],
        "reasons": [*own.reasons],
        "subtitle": f"{words(source.catalogue.title)} · {words(a_round.title)} · {day_text(a_round.closing_date)}",
        "summary": in_short(inputs.shortest),
        "sheets": [_("Action plan"), _("About the plan")],
        "columns": [{"key": key, "title": title, "width": width} for key, title, _explained, width in columns],
        "rows": [_row(number, one, begin, statuses[0]) for number, one in enumerate(gathered.plans, start=1)],
        "statuses": statuses,
        "explained": [[title, explained] for _key, title, explained, _width in columns],
        "basis": basis(inputs.shortest, inputs.start),
        "words": {
            "column": _("Column"),
            "explanation": _("What stands in it"),
            "basis": _("What the plan rests on"),
            "choose": _("Choose one of the list."),
            "page": _("Page {page} of {pages}").format(page="&P", pages="&N"),
            "result": _("Result {hash}").format(hash=source.hash[:12]) if source.hash else _("not recorded"),
        },
    }


def _columns(statuses: list[str]) -> list[tuple[str, str, str, int]]:
    """Key, title, what stands in it, width."""
    return [
        ("number", _("No."), _("The order to begin in: what needs evidence only, then what takes longest."), 5),
        ("criterion", _("Criterion"), _("Code and title in the criteria catalogue."), 24),
        ("levels", _("Level"), _("From which level to which."), 9),
        ("what", _("What to do"), _("What the levels ask, in the catalogue’s words, and its advice."), 42),
        ("evidence", _("Evidence needed"), _("What evidence is still missing for the level."), 34),
        ("responsible", _("Responsible"), _("Empty: who sees to it."), 15),
        ("start", _("Start"), _("The round’s closing date; change it as you plan."), 12),
        (
            "due",
            _("Due"),
            _("The start and the catalogue’s months; empty where only evidence is missing: set your own day."),
            12,
        ),
        ("effort", _("Effort"), _("By the catalogue’s measure; 0 where people have given the level already."), 9),
        ("status", _("Status"), _("One of: {list}.").format(list=", ".join(statuses)), 12),
        ("notes", _("Notes"), _("Empty: yours."), 20),
    ]


def _row(number: int, one: StepPlan, begin: datetime.date, status: str) -> dict[str, Any]:
    asked = [_("Level {level}: {text}").format(level=level.level, text=level.text) for level in one.levels]
    advice = [_("Advice: {text}").format(text=text) for text in one.advice]
    taking = _(KIND[one.kind.value])
    if one.kind is not Kind.PAPERS:
        taking += f", {months_text(one.lead_months)}"
    return {
        "number": number,
        "criterion": f"{one.criterion} {one.title}",
        "levels": f"{one.start} → {one.to}",
        "what": "\n".join([f"({taking})", *asked, *advice]),
        "evidence": "\n".join([*map(need, one.evidence), *about(one)]),
        "responsible": "",
        "start": begin.isoformat(),
        "due": "" if one.kind is Kind.PAPERS else months_after(begin, one.lead_months).isoformat(),
        "effort": one.effort,
        "status": status,
        "notes": "",
    }


def write(told: Mapping[str, Any]) -> bytes:
    """The workbook of `data`: the same bytes for the same data."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = visible(told["author"]), visible(told["title"])
    book.properties.language = {"et": "et-EE", "en": "en-GB"}[told["language"]]
    book.properties.subject = "; ".join(told["marks"]) or None
    for unused in book.worksheets:
        book.remove(unused)
    plan, about_it = (book.create_sheet(name) for name in told["sheets"])
    _steps(plan, told)
    _explanations(about_it, told)
    day = datetime.date.fromisoformat(told["day"])
    return steady(book, datetime.datetime.combine(day, datetime.time(12)))


def _steps(sheet: "Worksheet", told: Mapping[str, Any]) -> None:
    from kaasav.documents import look

    columns = told["columns"]
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[look.letter(at)].width = column["width"]
    head = _top(sheet, told, len(columns), sum(column["width"] for column in columns))
    for at, column in enumerate(columns, start=1):
        put_text(sheet.cell(head, at), column["title"])
        look.header(sheet.cell(head, at), number=column["key"] in ("number", "effort"))
    for row, step in enumerate(told["rows"], start=head + 1):
        for at, column in enumerate(columns, start=1):
            cell = sheet.cell(row, at)
            _put(cell, step[column["key"]], date=column["key"] in ("start", "due"), language=told["language"])
            look.body(cell, last=row == head + len(told["rows"]))
        texts = [(str(step[column["key"]]), column["width"]) for column in columns]
        look.grown(sheet, row, texts)
    last = head + max(len(told["rows"]), 1)
    sheet.auto_filter.ref = f"A{head}:{look.letter(len(columns))}{last}"
    sheet.freeze_panes = f"C{head + 1}"
    _choice(sheet, told, head, last)
    _printed(sheet, told, head)


def _choice(sheet: "Worksheet", told: Mapping[str, Any], head: int, last: int) -> None:
    """A drop-down of the statuses, a few rows further too."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    at = [column["key"] for column in told["columns"]].index("status") + 1
    choice = DataValidation(type="list", formula1='"' + ",".join(told["statuses"]) + '"', allow_blank=True)
    choice.error, choice.errorTitle, choice.showErrorMessage = told["words"]["choose"], told["sheets"][0], True
    choice.add(f"{get_column_letter(at)}{head + 1}:{get_column_letter(at)}{last + _ROOM}")
    sheet.add_data_validation(choice)


def _explanations(sheet: "Worksheet", told: Mapping[str, Any]) -> None:
    from kaasav.documents import look

    for letter, width in zip("AB", EXPLAINED, strict=True):
        sheet.column_dimensions[letter].width = width
    row = _top(sheet, told, 2, sum(EXPLAINED))
    for at, title in enumerate((told["words"]["column"], told["words"]["explanation"]), start=1):
        put_text(sheet.cell(row, at), title)
        look.header(sheet.cell(row, at), number=False)
    head = row
    basis_row = [told["words"]["basis"], "\n".join([*told["basis"], told["words"]["result"]])]
    entries = [*told["explained"], basis_row]
    for row, entry in enumerate(entries, start=head + 1):
        for at, text in enumerate(entry, start=1):
            put_text(sheet.cell(row, at), text)
            look.body(sheet.cell(row, at), last=row == head + len(entries))
        sheet.cell(row, 1).font = look.STRONG
        look.grown(sheet, row, list(zip(entry, EXPLAINED, strict=True)))
    sheet.freeze_panes = f"A{head + 1}"
    _printed(sheet, told, head)


def _top(sheet: "Worksheet", told: Mapping[str, Any], columns: int, width: float) -> int:
    """Title, marks and a summary over all columns; returns the row the header stands in."""
    from kaasav.documents import look

    marked = [" · ".join(told["marks"]) + ": " + " ".join(told["reasons"])] if told["marks"] else []
    lines = [told["title"], *marked, told["subtitle"], told["summary"]]
    for row, line in enumerate(lines, start=1):
        put_text(sheet.cell(row, 1), line)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        sheet.cell(row, 1).font = look.TITLE if row == 1 else look.RULE
        sheet.cell(row, 1).alignment = look.WRAPPED
        look.grown(sheet, row, [(line, width)], size=18 if row == 1 else 10)
    if marked:
        look.marked(sheet, 2, columns)
        look.grown(sheet, 2, [(marked[0], width)], size=12)
    return len(lines) + 2


def _put(cell: Any, value: Any, *, date: bool, language: str) -> None:
    if isinstance(value, int):
        cell.value, cell.number_format = value, "0"
    elif date and value:
        cell.value = datetime.date.fromisoformat(value)
        cell.number_format = "dd.mm.yyyy" if language == "et" else "yyyy-mm-dd"
    else:
        put_text(cell, value)


def _printed(sheet: "Worksheet", told: Mapping[str, Any], header_row: int) -> None:
    from kaasav.documents import look

    foot = visible(" · ".join((*told["marks"], told["title"])))[:_FOOT]
    look.printed(sheet, header_row=header_row, foot=(foot,), page=told["words"]["page"])
