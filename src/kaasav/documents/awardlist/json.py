"""As JSON, described by docs/schemas/award-list-1.json: exact numbers as text, a rounded figure beside each."""

import datetime
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kaasav.documents.awardlist.cells import Bounds, Cell, Figure, Hash, Said
from kaasav.documents.awardlist.listing import Listing
from kaasav.language import using
from kaasav.numbers import decimal_text

SCHEMA = "kaasav/award-list/1"


def data(listing: Listing) -> dict[str, Any]:
    """The list as plain data; the only floats are figures rounded for reading, beside the exact number."""
    return {
        "schema": SCHEMA,
        "language": listing.language,
        "title": listing.title,
        "round": {
            "id": listing.round,
            "title": listing.round_title,
            "evidence_date": listing.evidence_date.isoformat(),
            "closing_date": listing.closing_date.isoformat(),
        },
        "issuer": listing.issuer or None,
        "catalogue": {
            "reference": listing.catalogue,
            "title": listing.catalogue_title,
            "status": listing.catalogue_status,
        },
        "rules": list(listing.rules),
        "ranked": listing.ranked,
        "decided": listing.decided,
        "public": listing.public,
        "left_out": listing.left_out,
        "marks": [{"code": one.code, "text": one.text} for one in listing.marks],
        "notes": list(listing.notes),
        "columns": [{"key": one.key, "title": one.title, "explanation": one.explanation} for one in listing.columns],
        "municipalities": [_row(listing, one.cells) for one in listing.rows],
    }


def write(listing: Listing) -> bytes:
    """The list as a JSON text people can read too."""
    return (json.dumps(data(listing), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _row(listing: Listing, cells: Mapping[str, Cell]) -> dict[str, Any]:
    return {column.key: _value(cells.get(column.key)) for column in listing.columns}


def _value(cell: Cell) -> Any:
    match cell:
        case Said():
            return {"code": cell.code, "text": cell.text}
        case tuple():
            return [{"code": one.code, "text": one.text} for one in cell]
        case Bounds():
            return {
                "unit": "percent",
                "lower": _number(cell.lower, cell.lower * 100, cell.places),
                "upper": _number(cell.upper, cell.upper * 100, cell.places),
            }
        case Figure():
            return {"unit": cell.unit, **_number(cell.value, cell.value, cell.places)}
        case Hash():
            return cell.digest
        case datetime.date():
            return cell.isoformat()
    return cell


def _number(exact: Fraction, shown: Fraction, places: int) -> dict[str, Any]:
    with using("en"):
        return {"exact": str(exact), "rounded": float(decimal_text(shown, places).replace("−", "-"))}
