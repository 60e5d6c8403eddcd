"""The coordinator’s workbook with addressees and numbers: read within bounds, every mistake at its cell."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaasav.documents.letter import spreadsheet
from kaasav.documents.letter.contact import NONE_AT_ALL, WHAT, Contact
from kaasav.language import LANGUAGES, N_, _, using
from kaasav.mailaddress import is_address
from kaasav.municipalities.names import find
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, Severity, closest, error, has_errors, warning
from kaasav.survey.tables.open import read_table
from kaasav.survey.tables.sheet import Cell, Sheet

MUNICIPALITY = N_("municipality")
COLUMNS = {"municipality": MUNICIPALITY, **WHAT}
"""Every column by its name; the header may be the name, or the words in either language."""
ALSO = {"kov": "municipality", "omavalitsus": "municipality", "adressaat": "addressee", "nimi": "addressee",
        "ametinimetus": "position", "aadress": "address", "meie nr": "our_number", "teie nr": "their_number",
        "teie number": "their_number", "teie kuupäev": "their_date", "email": "email"}  # fmt: skip
DATES = ("our_date", "their_date")
NUMBERS = ("our_number", "their_number")
MOST_ROWS = 2_000
LONGEST = 500

NO_COLUMN = error(
    "contacts-no-column",
    N_("no column is called “{column}”"),
    N_("“kaasav letter --contacts-form FILE” makes a form with all the columns"),
)
UNKNOWN_COLUMN = warning("contacts-column", N_("the column “{column}” is not known and is not used"))
TWICE = error("contacts-column-twice", N_("two columns mean the same: {column}"), N_("keep one"))
SAME = error("contacts-twice", N_("{name} stands in row {row} already"), N_("keep one row for each municipality"))
NOT_A_DATE = error("contacts-date", N_("this is no date: “{text}”"), N_("write it as 31.10.2026"))
NOT_A_NUMBER = error(
    "contacts-number",
    N_("the spreadsheet has made something else of this number: {text}"),
    N_("format the cell as text, then write the number again"),
)
NOT_AN_ADDRESS = error("contacts-email", N_("this is no e-mail address: “{text}”"), N_("write one address"))
TOO_LONG = error("contacts-too-long", N_("the text is longer than {most} characters"))
NO_ROW = error(
    "contacts-no-row",
    N_("{name} has no row of its own, and it is not clear whose this row is"),
    N_("correct the municipality’s name or code in this row"),
)
BLIND = error("contacts-formula", N_("the cell shows nothing that could be read ({why})"), N_("write the value itself"))
TOO_MANY = error("contacts-too-many", N_("the table has more than {most} rows"))

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DASHES = frozenset("–-—")


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a workbook says; a mistake in a row is told of the one municipality it is about.

    Attributes:
        rows: the contacts without a mistake, by the municipality’s EHAK code.
        wrong: the mistakes in a municipality’s row or rows, by its code.
        nobody: the mistakes of rows of which it is not known whose they are.
        warnings: what is odd and keeps nobody from a letter.
    """

    rows: Mapping[str, Contact]
    wrong: Mapping[str, Sequence[Problem]]
    nobody: Sequence[Problem]
    warnings: Sequence[Problem]

    def of(self, code: str, name: str, otherwise: Contact) -> Contact:
        """The row of the municipality ``code``, called ``name``; ``otherwise`` where it has none.

        Raises:
            Refused: its row holds a mistake; or it has none, and of some row it is not known whose it is.
        """
        if code in self.wrong:
            raise Refused(self.wrong[code])
        if code not in self.rows and self.nobody:
            raise Refused([NO_ROW.at(self.nobody[0].location, name=name)])
        return self.rows.get(code, otherwise)


def read(data: bytes, shown: str) -> Contacts:
    """The contacts in a workbook.

    Raises:
        Refused: it is no workbook that can be read safely, or its columns or size are wrong.
    """
    try:
        return _read(data, shown)
    except Refused as refused:
        raise Refused(map(spreadsheet.told, refused.problems)) from None


def _read(data: bytes, shown: str) -> Contacts:
    sheet = read_table(data, shown)
    rows = _rows(sheet)
    header = next(rows, None)
    if header is None:
        raise Refused([NO_COLUMN.at(sheet.place(), column=_(MUNICIPALITY))])
    number, names = header
    columns, warnings = _columns(sheet, number, names)
    blind = sheet.blind()
    contacts: dict[str, Contact] = {}
    lines: dict[str, int] = {}
    wrong: dict[str, list[Problem]] = {}
    nobody: list[Problem] = []
    for count, (row, cells) in enumerate(rows):
        if count == MOST_ROWS:
            raise Refused([TOO_MANY.at(sheet.place(row), most=MOST_ROWS)])
        values = _Row(sheet, row, cells, columns)
        problems = [BLIND.at(sheet.place(*at), why=_(why)) for at, why in blind.items() if at[0] == row]
        found, said = find(values.text("municipality"), values.at("municipality"))
        contact = values.contact()
        problems += [*said, *values.problems]
        warnings += [one for one in problems if one.severity is not Severity.ERROR]
        mistakes = [one for one in problems if one.severity is Severity.ERROR]
        if found is None:
            nobody += mistakes
            continue
        code = found.municipality.code
        if code in lines:
            mistakes.append(SAME.at(values.at("municipality"), name=found.municipality.name, row=lines[code]))
        if mistakes:
            wrong.setdefault(code, []).extend(mistakes)
        contacts[code] = contact
        lines.setdefault(code, row)
    return Contacts({code: one for code, one in contacts.items() if code not in wrong}, wrong, nobody, warnings)


def _rows(sheet: Sheet) -> Iterator[tuple[int, Sequence[Cell]]]:
    return ((number, cells) for number, cells in sheet.rows() if any(_said(cell) for cell in cells))


def _said(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _columns(sheet: Sheet, row: int, cells: Sequence[Cell]) -> tuple[dict[str, int], list[Problem]]:
    known = _known()
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(cells):
        text = _said(cell)
        place = sheet.place(row, index + 1 + sheet.offset)
        name = known.get(_folded(text))
        if not text:
            continue
        if name is None:
            guess = closest(_folded(text), known)
            hint = {"hint": DID_YOU_MEAN, "guess": guess} if guess else {}
            problems.append(UNKNOWN_COLUMN.at(place, column=text, **hint))
        elif name in found:
            problems.append(TWICE.at(place, column=_(COLUMNS[name])))
        else:
            found[name] = index
    if "municipality" not in found:
        problems.append(NO_COLUMN.at(sheet.place(row), column=_(MUNICIPALITY)))
    if has_errors(problems):
        raise Refused(problems)
    return found, problems


def _known() -> dict[str, str]:
    """Every header understood, folded, and the column it means."""
    headers = {**{name: name for name in COLUMNS}, **ALSO}
    for language in LANGUAGES:
        with using(language):
            headers |= {_folded(_(words)): name for name, words in COLUMNS.items()}
    return headers


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split()) if text not in COLUMNS else text


class _Row:
    """One row: its values, and what is wrong with them."""

    def __init__(self, sheet: Sheet, row: int, cells: Sequence[Cell], columns: Mapping[str, int]) -> None:
        self._sheet, self._row, self._cells, self._columns = sheet, row, cells, columns
        self.problems: list[Problem] = []

    def at(self, name: str) -> Location:
        """The cell of a column."""
        return self._sheet.place(self._row, self._columns[name] + 1 + self._sheet.offset)

    def cell(self, name: str) -> Cell:
        """What stands in a column; "" where there is no such column."""
        index = self._columns.get(name)
        return self._cells[index] if index is not None and index < len(self._cells) else ""

    def text(self, name: str) -> str:
        """The same as text."""
        text = _said(self.cell(name))
        if len(text) > LONGEST:
            self.problems.append(TOO_LONG.at(self.at(name), most=LONGEST))
        return NONE_AT_ALL if text in _DASHES else text

    def contact(self) -> Contact:
        """The row as a contact."""
        told: dict[str, Any] = {}
        for name in WHAT:
            if name in DATES:
                told[name] = self._date(name)
            elif name in NUMBERS:
                told[name] = self._number(name)
            elif name == "address":
                told[name] = "\n".join(filter(None, (" ".join(line.split()) for line in self.text(name).splitlines())))
            else:
                told[name] = " ".join(self.text(name).split())
        if told["email"] not in ("", NONE_AT_ALL) and not is_address(told["email"]):
            self.problems.append(NOT_AN_ADDRESS.at(self.at("email"), text=told["email"]))
        return Contact(**told, place=self._sheet.place(self._row))

    def _number(self, name: str) -> str:
        cell = self.cell(name)
        if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta)) or (
            isinstance(cell, float) and not cell.is_integer()
        ):
            self.problems.append(NOT_A_NUMBER.at(self.at(name), text=cell))
        return " ".join(self.text(name).split())

    def _date(self, name: str) -> datetime.date | None:
        cell = self.cell(name)
        if isinstance(cell, datetime.datetime):
            return cell.date()
        if isinstance(cell, datetime.date):
            return cell
        text = self.text(name)
        if text in ("", NONE_AT_ALL):
            return None
        match = _DAY.fullmatch(text)
        try:
            if match:
                return datetime.date(int(match[3]), int(match[2]), int(match[1]))
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.problems.append(NOT_A_DATE.at(self.at(name), text=text))
            return None
