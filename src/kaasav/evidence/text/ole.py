"""OLE compound files (MS-CFB), such as Office wrote until 2007 and Outlook still does, opened within bounds."""

import io
import struct
from typing import Any

from kaasav.evidence.text.pages import NoTextError, Why

MOST_ENTRIES = 100_000
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128


class Compound:
    """A compound file: which streams it has and what stands in them.

    Raises:
        NoTextError: DAMAGED; also from every method.
    """

    def __init__(self, data: bytes) -> None:
        import olefile

        if not data.startswith(_SIGNATURE) or len(data) < 512:
            raise NoTextError(Why.DAMAGED)
        _check_sizes(data)
        self._most = len(data)
        try:
            self._file: Any = olefile.OleFileIO(io.BytesIO(data))
            self.streams: list[tuple[str, ...]] = [tuple(path) for path in self._file.listdir()]
        except Exception as error:
            raise NoTextError(Why.DAMAGED) from error
        self._read = 0

    def stream(self, *path: str) -> bytes | None:
        """The bytes of the stream at ``path``; None if there is none."""
        name = list(path)
        try:
            if self._file.get_type(name) != 2:
                return None
            size = self._file.get_size(name)
            self._read += size
            if size > self._most or self._read > 4 * self._most:  # a chain that runs in circles
                raise NoTextError(Why.DAMAGED)
            data: bytes = self._file.openstream(name).read()
        except NoTextError:
            raise
        except Exception as error:
            raise NoTextError(Why.DAMAGED) from error
        return data


def _check_sizes(data: bytes) -> None:
    """Counts in the header must not exceed what the file can hold: they say how much memory is asked for."""
    shift, mini = struct.unpack_from("<HH", data, 30)
    tables, small, more = (struct.unpack_from("<I", data, at)[0] for at in (44, 64, 72))
    if shift not in (9, 12) or mini != 6 or max(tables, small, more) > len(data) >> shift:
        raise NoTextError(Why.DAMAGED)
