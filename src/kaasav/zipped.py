"""Zip files without the clock: the same parts in the same order give the same bytes."""

import io
import zipfile
from collections.abc import Callable, Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""When every part says it was changed: the earliest a zip file can tell."""
_UNIX = 3


def packed(parts: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip file of ``parts``, each a name and its bytes, in their order.

    Args:
        parts: what it holds.
        stored: the names of those that are not compressed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, content in parts:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr, info.create_system = 0o600 << 16, _UNIX
            opened.writestr(info, content)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes] = lambda _name, part: part) -> bytes:
    """The zip file ``content`` packed anew without the clock; ``change`` gets each part's name and bytes.

    For files a library has just written; it unpacks without bounds.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return packed((name, change(name, old.read(name))) for name in old.namelist())
