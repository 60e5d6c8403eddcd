"""Plain text: UTF-8, UTF-16 where its mark says so, else windows-1257."""

import codecs

from kaasav.evidence.text.pages import Gathered, Pages


def decode(data: bytes, declared: str | None = None) -> str:
    """``data`` as text: by its byte order mark, else as ``declared``, else UTF-8 if it is, else windows-1257.

    Bytes that mean nothing in windows-1257 become U+FFFD, as does what does not fit the declared encoding.
    """
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
                           (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if declared and _is_text_encoding(declared):
        return data.decode(declared, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1257", errors="replace")


def _is_text_encoding(name: str) -> bool:
    try:
        b"".decode(name)
    except (LookupError, ValueError):  # unknown, or one that makes no text of bytes
        return False
    return True


def read(data: bytes) -> Pages:
    """The whole file as one text."""
    return Pages((Gathered().count(decode(data)),), paged=False)
