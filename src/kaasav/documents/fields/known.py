"""Which fields the templates of each name may use."""

from collections.abc import Mapping
from functools import cache

from kaasav.documents.fields.field import Field


@cache
def known() -> Mapping[str, Field]:
    """The fields of every template, by its name without language."""
    from kaasav.documents.fields import awardlist, certificate, letter, report

    return {
        "awardlist.html.j2": awardlist.FIELDS,
        "certificate.typ": certificate.FIELDS,
        "letter.docx": letter.FIELDS,
        "letter.typ": letter.FIELDS,
        "report.html.j2": report.PAGE,
        "report.typ": report.PAPER,
    }
