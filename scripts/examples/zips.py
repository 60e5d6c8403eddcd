"""Zips, which have the time of packing in them: packed with one fixed time."""

import io
import re
import zipfile
from collections.abc import Collection, Mapping

PACKED = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def repack(data: bytes, modified: str) -> bytes:
    """The Office file ``data`` packed anew, with ``modified`` (ISO 8601, UTC) as the document's own date."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = _MODIFIED.sub(rb"\g<1>" + modified.encode(), parts[core])
    return pack(parts)


def pack(parts: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """A zip of ``parts`` in their order; those named in ``stored`` are not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, PACKED)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, content, compresslevel=9)
    return made.getvalue()
