"""Zip archives: every inner file, after the directory alone has shown that nothing unpacks out of bounds."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from kaasav.evidence.containers import contents
from kaasav.evidence.containers.contents import ContainerError, Contents, Member, Skipped
from kaasav.evidence.containers.names import Distinct, safe
from kaasav.evidence.text.pages import Why

MOST_DIRECTORY_MARKS = 100_000
"""Directory entries in the file, those of stored inner zips included: more are not even listed."""
FREELY_UNPACKED = 4 * 1024 * 1024
MOST_RATIO = 200
"""Beyond `FREELY_UNPACKED`, a member may not unpack to more than this many times its size (deflate reaches 1,032)."""

_BLOCK = 1024 * 1024
_MARK = re.compile(b"PK\x01\x02")
_HEADER = 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others do not unpack in bounded steps
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError)
_UTF_8 = 0x800


def read(stream: BinaryIO) -> Contents:
    """Every file in the archive, in its order; see `files`."""
    members, skipped = files(open_archive(stream))
    return Contents(tuple(members), skipped=tuple(skipped))


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive, its directory read and found sound.

    Raises:
        ContainerError: DAMAGED; ENCRYPTED if any member is; BOMB beyond the bounds, or where members share bytes.
    """
    _count_marks(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise ContainerError(Why.DAMAGED) from error
    entries = archive.infolist()
    if len(entries) > contents.MOST_MEMBERS:
        raise ContainerError(Why.BOMB, "too-many-members")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ContainerError(Why.ENCRYPTED)
    if sum(entry.file_size for entry in entries) > contents.MOST_UNPACKED or any(map(_is_bomb, entries)):
        raise ContainerError(Why.BOMB, "zip-bomb")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise ContainerError(Why.BOMB, "overlap")
        end = entry.header_offset + _HEADER + entry.compress_size
    return archive


def _count_marks(stream: BinaryIO) -> None:
    count, kept = 0, b""
    stream.seek(0)
    while block := stream.read(_BLOCK):
        count += sum(1 for _ in _MARK.finditer(kept + block))
        kept = block[-3:]
        if count > MOST_DIRECTORY_MARKS:
            raise ContainerError(Why.BOMB, "too-many-members")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(FREELY_UNPACKED, entry.compress_size * MOST_RATIO)


def files(archive: zipfile.ZipFile, leave: frozenset[str] = frozenset()) -> tuple[list[Member], list[Skipped]]:
    """The archive's files as members, and what is no plain file; those named in ``leave`` are in neither."""
    members, skipped, names = [], [], Distinct()
    for entry in archive.infolist():
        name = name_of(entry)
        if entry.is_dir() or name in leave:
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            skipped.append(Skipped(safe(name), "symlink"))
        elif entry.compress_type not in _METHODS:
            skipped.append(Skipped(safe(name), "method"))
        else:
            members.append(Member(names.take(name), entry.file_size, _Reading(archive, entry)))
    return members, skipped


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name as its writer meant it; names not marked as UTF-8 are that all the same, or of the Baltic DOS page."""
    if entry.flag_bits & _UTF_8 or entry.orig_filename.isascii():
        return entry.orig_filename.replace("\0", "_")
    raw = entry.orig_filename.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp775", errors="replace")


class _Reading:
    """Unpacks one member, in steps that can never hold more than it says it is."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._archive, self._entry = archive, entry

    def __call__(self) -> bytes:
        try:
            data = b"".join(self._blocks())
        except _BROKEN as error:
            raise ContainerError(Why.DAMAGED) from error
        if len(data) != self._entry.file_size:
            raise ContainerError(Why.DAMAGED)
        return data

    def _blocks(self) -> Iterator[bytes]:
        with self._archive.open(self._entry) as stream:
            while block := stream.read(_BLOCK):
                yield block
