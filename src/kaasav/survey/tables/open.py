"""Any file with a table becomes a `Sheet`: told by what it is, not by its name."""

from kaasav.language import N_
from kaasav.problems import Location, Refused, error
from kaasav.survey.tables import delimited, workbook
from kaasav.survey.tables.sheet import Sheet

NOT_A_TABLE = error(
    "table-not-a-table",
    N_("this is a {kind}, not a table"),
    N_("the numbers are needed as .xlsx, .xls, .ods, .csv or .txt"),
)
DAMAGED = error(
    "table-damaged-workbook",
    N_("the file is called a workbook, but does not begin like one and is no text: it looks damaged"),
    N_("get it again, or open it in a spreadsheet program and save it anew"),
)
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
EMPTY = error("table-file-empty", N_("the file is empty"))

_OTHERS = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF", b"MZ": "EXE"}


def read_table(
    data: bytes, name: str, *, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> Sheet:
    """The table in ``data``, a file people know as ``name``: xlsx, xls, ods, or delimited text.

    Raises:
        Refused: it holds no table that can be told; reading its rows raises it too.
    """
    if not data:
        raise Refused([EMPTY.at(Location(name))])
    if workbook.looks_like_workbook(data):
        return workbook.read(data, name, sheet)
    kind = next((kind for start, kind in _OTHERS.items() if data.startswith(start)), None)
    if kind or data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Refused([NOT_A_TABLE.at(Location(name), kind=kind or "HTML/XML")])
    if name.casefold().endswith(_WORKBOOKS) and not _is_text(data[:65_536]):
        raise Refused([DAMAGED.at(Location(name))])
    return delimited.read(data, name, encoding=encoding, delimiter=delimiter)


def _is_text(data: bytes) -> bool:
    """Whether ``data`` holds no control characters but those of lines, as text in any encoding but UTF-16 does."""
    controls = bytes(set(range(32)) - set(b"\t\n\r\f"))
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or len(data.translate(None, controls)) == len(data)
