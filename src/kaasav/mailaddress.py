"""Which text is one e-mail address, and nothing that a mail's head could take for more."""

import re

_SIGN = r"[^\s@<>,;:\"()\[\]\\%]"
_ADDRESS = re.compile(rf"{_SIGN}+@{_SIGN}+\.[^\s@<>,;:\"()\[\]\\%.]{{2,}}")


def is_address(text: str) -> bool:
    """Whether ``text`` is one address: no space, line break, invisible sign or percent code, and a dot after the @."""
    return text.isprintable() and _ADDRESS.fullmatch(text) is not None and ".." not in text
