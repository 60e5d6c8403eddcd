"""An unsigned container for DigiDoc4: the files of a letter, ready to be signed (ETSI EN 319 162-1, ASiC-E)."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from kaasav.zipped import packed

MIMETYPE = "application/vnd.etsi.asic-e+zip"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OTHER = "application/octet-stream"


def asice(files: Mapping[str, bytes]) -> bytes:
    """The container of ``files`` (bytes by name, at least one): the same files give the same bytes.

    The type comes first and stored, so that programs know the file by its beginning.
    """
    about = {"mimetype": MIMETYPE.encode(), "META-INF/manifest.xml": _manifest(files).encode()}
    return packed([*about.items(), *files.items()], stored=frozenset({"mimetype"}))


def kind(name: str) -> str:
    """The MIME type of a file by its ending."""
    return TYPES.get(name.rpartition(".")[2].lower(), _OTHER)


def is_signed(path: Path) -> bool:
    """Whether the file is a container in which a signature lies, by its names alone; no signature is checked."""
    try:
        with zipfile.ZipFile(path) as opened:
            names = [name.casefold() for name in opened.namelist()]
    except (OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return False
    return "mimetype" in names and any(name.startswith("meta-inf/") and "signature" in name for name in names)


def _manifest(files: Mapping[str, bytes]) -> str:
    entries = "".join(
        f"  <manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind(name))}/>\n"
        for name in files
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        ' manifest:version="1.2">\n'
        f'  <manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>\n'
        f"{entries}</manifest:manifest>\n"
    )
