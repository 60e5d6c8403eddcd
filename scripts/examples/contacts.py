"""The coordinator's list of addressees and numbers for the letters of the example round. Everybody is invented."""

import datetime
import io

from openpyxl import load_workbook

from kaasav.documents.letter.form import form
from kaasav.language import using
from kaasav.workbook import put_text, steady

ROWS = {
    "Kuuseranna linn": ("Leelo Laas", "linnapea", "linn@kuuseranna.example", "Ranna tn 1, 10003 Kuuseranna", "1-7/3"),
    "Näidisvald": ("Näide Nõmmik", "vallavanem", "vald@naidisvald.example", "Vallamaja tee 1, 10001 Näidise", "1-7/1"),
    "Tammemäe vald": ("Tamm Tamberg", "vallavanem", "vald@tammemae.example", "Tamme tn 1, 10002 Tammemäe", "1-7/2"),
}
SENT = datetime.date(2026, 10, 12)
THEIRS = ("5-1/44", datetime.date(2026, 6, 15))


def make() -> bytes:
    """The workbook's bytes: the form Kaasav writes, filled in."""
    with using("et"):
        book = load_workbook(io.BytesIO(form(sorted(ROWS))))
    (sheet,) = book.worksheets
    dates = (SENT.strftime("%d.%m.%Y"), THEIRS[0], THEIRS[1].strftime("%d.%m.%Y"))
    for row in sheet.iter_rows(min_row=2):
        for cell, text in zip(row[1:], (*ROWS[str(row[0].value)], *dates), strict=True):
            put_text(cell, text)
    return steady(book, datetime.datetime(2026, 10, 12))
