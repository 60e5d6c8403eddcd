"""Which module reads which type of file; a type that is not here cannot be searched."""

import importlib

from kaasav.evidence.text.pages import NoTextError, Pages, Why

READERS = {
    "pdf": "kaasav.evidence.text.pdf",
    "docx": "kaasav.evidence.text.docx",
    "xlsx": "kaasav.evidence.text.xlsx",
    "html": "kaasav.evidence.text.html",
    "txt": "kaasav.evidence.text.plain",
    "csv": "kaasav.evidence.text.csv",
}


def read(kind: str, data: bytes) -> Pages | None:
    """The text of ``data``, a whole file of type ``kind``; None where no module reads that type.

    Raises:
        NoTextError: and nothing else, whatever the bytes are.
    """
    if kind not in READERS:
        return None
    module = importlib.import_module(READERS[kind])
    try:
        pages: Pages = module.read(data)
    except NoTextError:
        raise
    except Exception as error:  # a parser may trip over hostile bytes in any way it likes
        raise NoTextError(Why.DAMAGED) from error
    return pages
