"""As CSV: opens in a spreadsheet of the language by a double click, and no cell acts as a formula."""

import csv
import datetime
import io
from fractions import Fraction
from math import floor

from kaasav.documents.awardlist.cells import Bounds, Cell, Figure, Hash, shown
from kaasav.documents.awardlist.listing import Listing
from kaasav.documents.awardlist.numeric import flat
from kaasav.language import _, active

MOST_PLACES = 4
"""Decimals of a percentage, unless more are needed to tell it from a threshold; zeros at the end are left out."""
FORMULA = tuple("=+-@\t\r")


def write(listing: Listing) -> bytes:
    """The list as CSV: UTF-8 with a byte order mark; in Estonian semicolons and decimal commas, else commas and points.

    What the list must not be taken for stands first in every row: however the rows are sorted or copied, it goes along.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if active() == "et" else ",", lineterminator="\r\n")
    table = flat(listing, listing.columns)
    mark = "; ".join(one.text for one in listing.marks)
    title, marked = ([_("Mark")], [_guarded(mark)]) if mark else ([], [])
    writer.writerow(title + [_guarded(f"{one.title} (%)" if one.percent else one.title) for one in table.columns])
    writer.writerows(marked + [_field(cell) for cell in cells] for cells in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _field(cell: Cell) -> str:
    match cell:
        case None | ():
            return ""
        case int():
            return str(cell)
        case datetime.date():
            return cell.isoformat()
        case Bounds():
            return _number(cell.lower * 100, cell.places)
        case Figure():
            return _number(cell.value, cell.places)
        case Hash():
            return cell.digest
    return _guarded(shown(cell))


def _guarded(text: str) -> str:
    """Text that a spreadsheet might take for a formula gets an apostrophe before it, and is shown as text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _number(value: Fraction, places: int) -> str:
    places = max(places, MOST_PLACES)
    scaled = floor(abs(value) * 10**places + Fraction(1, 2))
    digits = str(scaled).rjust(places + 1, "0")
    part = digits[-places:].rstrip("0")
    sign = "-" if value < 0 and scaled else ""
    return sign + digits[:-places] + (("," if active() == "et" else ".") + part if part else "")
