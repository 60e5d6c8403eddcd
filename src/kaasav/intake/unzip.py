"""The files of a zip, one after the other, each as a stream: behind the guards of `evidence.containers`."""

import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from kaasav.evidence.containers.archive import name_of, open_archive
from kaasav.intake.arrivals import Arrival, is_litter

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def arrivals(stream: BinaryIO, source: str, name: str) -> Iterator[Arrival]:
    """Every file in the zip ``stream``, which came from ``source`` as ``name``; ``stream`` must stay open.

    Names are as they stand in the zip; nothing is ever written by them.

    Raises:
        ContainerError: it is encrypted, damaged or out of bounds.
    """
    return _each(open_archive(stream), source, name)


def _each(archive: zipfile.ZipFile, source: str, name: str) -> Iterator[Arrival]:
    for entry in archive.infolist():
        inner = name_of(entry)
        below = f"{name}/{inner}"
        if entry.is_dir():
            continue
        if is_litter(inner):
            yield Arrival(source, below, None, "litter")
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield Arrival(source, below, None, "symlink")
        elif entry.compress_type not in _METHODS:
            yield Arrival(source, below, None, "method", refused=True)
        else:
            yield Arrival(source, below, _opener(archive, entry))


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.open(entry))
