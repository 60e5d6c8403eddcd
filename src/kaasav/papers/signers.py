"""Who signed the DigiDoc containers of a folder, as they claim; no signature is checked here."""

from collections.abc import Iterator
from pathlib import Path

from kaasav.evidence import filetype
from kaasav.evidence.containers import ContainerError, open_container
from kaasav.evidence.containers.contents import Signature
from kaasav.evidence.paths import locate, walk

KINDS = frozenset({"asice", "asics", "ddoc"})
"""The containers that carry signatures."""
MOST_BYTES = 64 * 1024 * 1024


def signers(folder: Path) -> Iterator[tuple[str, Signature]]:
    """Every signature and time stamp of every container in a municipality's ``folder``: (file, signature).

    A container that cannot be opened is passed over; ``kaasav assess`` says what is wrong with it.
    """
    for name in walk(folder).files:
        path = locate(folder, name).path
        if path is None:
            continue
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            kind = filetype.identify(data, data, path.suffix)
            if kind in KINDS and len(data) <= MOST_BYTES:
                yield from ((name, signature) for signature in open_container(kind, data).signatures)
        except (OSError, ContainerError):
            continue
