"""Which module reads which type of file; a type that is not here cannot be searched."""

import importlib

from kaasav.evidence.text.pages import NoTextError, Pages, Why

READERS = {
    "pdf": "pdf:read",
    "docx": "docx:read",
    "doc": "doc:read",
    "odt": "odf:read",
    "rtf": "rtf:read",
    "xlsx": "xlsx:read",
    "xls": "xls:read",
    "ods": "odf:read_pages",
    "csv": "csv:read",
    "pptx": "pptx:read",
    "odp": "odf:read_pages",
    "html": "html:read",
    "mhtml": "mhtml:read",
    "eml": "mail:read_eml",
    "msg": "mail:read_msg",
    "txt": "plain:read",
}
"""Type → module of this package and function; each is loaded when a file first needs it."""


def read(kind: str, data: bytes) -> Pages | None:
    """The text of ``data``, a whole file of type ``kind``; None where no module reads that type.

    Raises:
        NoTextError: and nothing else, whatever the bytes are.
    """
    if kind not in READERS:
        return None
    module, _, function = READERS[kind].partition(":")
    reader = getattr(importlib.import_module(f"kaasav.evidence.text.{module}"), function)
    try:
        pages: Pages = reader(data)
    except NoTextError:
        raise
    except Exception as error:  # a parser may trip over hostile bytes in any way it likes
        raise NoTextError(Why.DAMAGED) from error
    return pages
