"""ASiC containers (ETSI EN 319 162) as DigiDoc makes them: ``.asice``, ``.bdoc`` and the time-stamped ``.asics``."""

import datetime
import re
import zipfile
from typing import BinaryIO

from kaasav.evidence.containers import archive, xades
from kaasav.evidence.containers.contents import ContainerError, Contents, Signature
from kaasav.evidence.text.pages import NoTextError, Why

MOST_SIGNATURE_FILES = 200
MOST_SIGNATURE_BYTES = 16 * 1024 * 1024

_OWN = re.compile(r"mimetype|META-INF/.*", re.IGNORECASE | re.DOTALL)
_SIGNATURES = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
_STAMPS = re.compile(r"META-INF/[^/]*timestamp[^/]*\.tst", re.IGNORECASE)
_GENERALIZED_TIME = re.compile(rb"\x18.(\d{14})(?:\.\d{1,9})?Z", re.DOTALL)


def read(stream: BinaryIO, *, signers: bool = True) -> Contents:
    """The signed files, and who claims to have signed them; a signature that cannot be read names nobody."""
    opened = archive.open_archive(stream)
    own = frozenset(name for entry in opened.infolist() if _OWN.fullmatch(name := archive.name_of(entry)))
    members, skipped = archive.files(opened, leave=own)
    if not members:
        raise ContainerError(Why.DAMAGED)
    return Contents(tuple(members), tuple(_signatures(opened)) if signers else (), skipped=tuple(skipped))


def _signatures(opened: zipfile.ZipFile) -> list[Signature]:
    found: list[Signature] = []
    entries = [entry for entry in opened.infolist() if entry.file_size <= MOST_SIGNATURE_BYTES]
    for entry in [e for e in entries if _SIGNATURES.fullmatch(e.filename)][:MOST_SIGNATURE_FILES]:
        try:
            found += xades.signatures(_unpacked(opened, entry))
        except NoTextError:
            found.append(Signature("", None))
    for entry in [e for e in entries if _STAMPS.fullmatch(e.filename)][:MOST_SIGNATURE_FILES]:
        found.append(Signature("", _stamped(_unpacked(opened, entry)), stamp=True))
    return found


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with opened.open(entry) as stream:
            return stream.read(MOST_SIGNATURE_BYTES)
    except Exception:  # a signature is only shown: one that is broken makes its files no worse
        return b""


def _stamped(token: bytes) -> datetime.datetime | None:
    """The time in a time-stamp token (RFC 3161): the first GeneralizedTime is that of its TSTInfo."""
    found = _GENERALIZED_TIME.search(token)
    try:
        if found:
            return datetime.datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        pass
    return None
