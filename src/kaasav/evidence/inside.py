"""The way to a file inside a container, or inside a container in a container."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import BinaryIO

from kaasav.evidence import filetype
from kaasav.evidence.containers import ContainerError, open_container
from kaasav.evidence.containers.contents import Source
from kaasav.evidence.facts import State, UnreachedError
from kaasav.evidence.text.pages import Why

STATES = {Why.ENCRYPTED: State.ENCRYPTED, Why.DAMAGED: State.UNREADABLE, Why.BOMB: State.UNSAFE,
          Why.TOO_LARGE: State.UNREADABLE}  # fmt: skip
_NO_CONTAINER = "no-container"


def reach(stream: BinaryIO, name: str, inside: Sequence[str]) -> bytes:
    """The bytes of the inner file that ``inside`` leads to, from the container in ``stream`` that is called ``name``.

    Raises:
        UnreachedError: MISLABELLED where a container is of a type other than its ending; MISSING with ``no-container``
            or ``not-inside``; else as `ContainerError` says.
        OSError: the container cannot be read.
    """
    source: Source = stream
    for depth, wanted in enumerate(inside, start=1):
        kind = _kind(source, name)
        try:
            member = open_container(kind, source, depth=depth, signers=False).member(wanted)
            if member is None:
                raise UnreachedError(State.MISSING, "not-inside")
            source, name = member.data, wanted
        except ContainerError as error:
            state = State.MISSING if error.detail == _NO_CONTAINER else STATES[error.why]
            raise UnreachedError(state, error.detail) from error
    return source if isinstance(source, bytes) else source.read()


def _kind(source: Source, name: str) -> str:
    suffix = PurePosixPath(name).suffix
    if isinstance(source, bytes):
        kind = filetype.identify(source, source, suffix)
    else:
        head = source.read(filetype.HEAD)
        size = source.seek(0, 2)
        source.seek(max(size - filetype.TAIL, 0))
        kind = filetype.identify(head, source.read(filetype.TAIL), suffix)
        source.seek(0)
    if not filetype.matches_ending(kind, suffix):
        raise UnreachedError(State.MISLABELLED, f"ending-{suffix[1:].casefold()}-content-{kind}")
    return kind
