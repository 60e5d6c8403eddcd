"""Who claims to have signed, and when: read from XAdES signatures without checking anything."""

import datetime
from xml.parsers import expat

from kaasav.evidence.containers.contents import Signature
from kaasav.evidence.containers.signer import signer
from kaasav.evidence.text.package import bounded_parser
from kaasav.evidence.text.pages import NoTextError, Why

MOST_SIGNATURES = 200
_LONGEST = 256 * 1024
_WANTED = {"X509Certificate": "certificate", "SigningTime": "time"}


def signatures(xml: bytes) -> list[Signature]:
    """Every ``Signature`` element, in order.

    Raises:
        NoTextError: DAMAGED, or BOMB (``entities``) where a document type is declared.
    """
    gatherer = Gatherer()
    parser = bounded_parser()
    parser.StartElementHandler = lambda name, _attributes: gatherer.start(local(name))
    parser.EndElementHandler = lambda name: gatherer.end(local(name))
    parser.CharacterDataHandler = gatherer.text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise NoTextError(Why.DAMAGED) from error
    return gatherer.found


def local(name: str) -> str:
    """The local part of an expanded name."""
    return name.rpartition(" ")[2]


class Gatherer:
    """Told of elements by local name, gathers the signatures; certificates after a signature's first are not its."""

    def __init__(self) -> None:
        self.found: list[Signature] = []
        self._values: dict[str, str] | None = None
        self._pieces: list[str] | None = None
        self._length = 0

    def start(self, name: str) -> None:
        """An element begins."""
        if name == "Signature":
            self._values = {}
        elif self._values is not None and name in _WANTED and _WANTED[name] not in self._values:
            self._pieces, self._length = [], 0

    def text(self, data: str) -> None:
        """Characters."""
        if self._pieces is not None and self._length < _LONGEST:
            self._pieces.append(data)
            self._length += len(data)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._values is None:
            return
        if name in _WANTED and self._pieces is not None:
            self._values[_WANTED[name]] = "".join(self._pieces)
            self._pieces = None
        elif name == "Signature":
            if len(self.found) < MOST_SIGNATURES:
                self.found.append(Signature(signer(self._values.get("certificate", "")),
                                            moment(self._values.get("time", ""))))  # fmt: skip
            self._values = None


def moment(text: str) -> datetime.datetime | None:
    """A time as XML writes it, in UTC where it names no zone; None where it is none."""
    try:
        found = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found
