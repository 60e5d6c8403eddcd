"""Office files are zips with the time of packing in them: packed again with one fixed time."""

import io
import re
import zipfile

PACKED = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def repack(data: bytes, modified: str) -> bytes:
    """``data`` with all parts at one fixed time, and ``modified`` (ISO 8601, UTC) as the document's own date."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + modified.encode(), content)
            entry = zipfile.ZipInfo(name, PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, content, compresslevel=9)
    return made.getvalue()
