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
    usable = _usable(declared) if declared else None
    if usable:
        return data.decode(usable, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1257", errors="replace")


def _usable(declared: str) -> str | None:
    """The encoding meant by a declared name, if it is one that web pages use; as browsers do, Latin-1 is cp1252."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    if name == "iso8859-1":
        return "cp1252"
    return name if name.startswith(("cp", "iso8859", "koi8", "utf-8")) else None


def read(data: bytes) -> Pages:
    """The whole file as one text."""
    return Pages((Gathered().count(decode(data)),), paged=False)
