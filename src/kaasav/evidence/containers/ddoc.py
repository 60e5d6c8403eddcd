"""DIGIDOC-XML (``.ddoc``), which Estonia signed with until 2015: files in base64 inside one XML document."""

import binascii
from xml.parsers import expat

from kaasav.evidence.containers import contents
from kaasav.evidence.containers.contents import ContainerError, Contents, Member, Skipped
from kaasav.evidence.containers.names import Distinct, safe
from kaasav.evidence.containers.xades import Gatherer, local
from kaasav.evidence.text.package import bounded_parser
from kaasav.evidence.text.pages import Why

_BLOCK = 1024 * 1024
_INSIDE = "EMBEDDED_BASE64"


def read(data: bytes) -> Contents:
    """Every file in the document and its signatures; files it only refers to are skipped as ``not-inside``."""
    document = _Document()
    parser = bounded_parser()
    parser.StartElementHandler, parser.EndElementHandler = document.start, document.end
    parser.CharacterDataHandler = document.text
    try:
        for start in range(0, len(data), _BLOCK):
            parser.Parse(data[start : start + _BLOCK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ContainerError(Why.DAMAGED) from error
    if not document.members and not document.skipped:
        raise ContainerError(Why.DAMAGED)
    return Contents(tuple(document.members), tuple(document.signed.found), skipped=tuple(document.skipped))


class _Document:
    def __init__(self) -> None:
        self.members: list[Member] = []
        self.skipped: list[Skipped] = []
        self.signed = Gatherer()
        self._names = Distinct()
        self._name: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "DataFile":
            self.signed.start(local(name))
            return
        if len(self.members) + len(self.skipped) >= contents.MOST_MEMBERS:
            raise ContainerError(Why.BOMB, "too-many-members")
        filename = attributes.get("Filename", "")
        if attributes.get("ContentType", _INSIDE) == _INSIDE:
            self._name, self._pieces = filename, []
        else:
            self.skipped.append(Skipped(safe(filename), "not-inside"))

    def text(self, data: str) -> None:
        if self._name is not None:
            self._pieces.append(data)
        else:
            self.signed.text(data)

    def end(self, name: str) -> None:
        if local(name) != "DataFile":
            self.signed.end(local(name))
        elif self._name is not None:
            try:
                content = binascii.a2b_base64("".join(self._pieces))
            except (binascii.Error, ValueError) as error:
                raise ContainerError(Why.DAMAGED) from error
            self.members.append(Member.of(self._names.take(self._name), content))
            self._name, self._pieces = None, []
