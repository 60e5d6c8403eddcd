"""Comma-separated tables: as people see them in a spreadsheet, and as they stand in the file."""

import csv
import io

from kaasav.evidence.text.pages import Gathered, Pages
from kaasav.evidence.text.plain import decode

_DELIMITERS = ";,\t|"


def read(data: bytes) -> Pages:
    """One text: the rows with their cells apart (quoting resolved), then the file as it is."""
    raw = Gathered().count(decode(data))
    first = raw.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = ["\t".join(row) for row in csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter)]
    except csv.Error:  # a cell beyond the module's limit: the raw text has it too
        rows = []
    return Pages(("\n".join([*rows, "", raw]),), paged=False)
