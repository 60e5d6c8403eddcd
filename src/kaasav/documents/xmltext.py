"""Text for files made of XML or HTML: what they cannot hold, or what would turn the text around it, is written out."""

import re

_ACTS = re.compile("[^\t\n\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written_out(text: str) -> str:
    """``text`` with control characters and those that turn its direction written as ``[U+0007]``: seen to be there.

    Line ends become line feeds; tabs and line feeds stay.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ACTS.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", whole)
