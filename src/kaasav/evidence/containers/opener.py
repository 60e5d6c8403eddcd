"""Which module opens which kind of container."""

import importlib
import io

from kaasav.evidence.containers.contents import MOST_PARSED, ContainerError, Contents, Source
from kaasav.evidence.text.pages import NoTextError, Why

_MODULES = {
    "zip": "archive",
    "asice": "digidoc",
    "asics": "digidoc",
    "ddoc": "ddoc",
    "eml": "eml",
    "msg": "msg",
}
_SIGNED = frozenset({"asice", "asics"})
_STREAMED = frozenset({"zip", "asice", "asics"})
KINDS = frozenset(_MODULES)
"""The types of file, as `filetype.identify` names them, that hold inner files which can be evidence."""
MOST_DEPTH = 3
"""So many containers may lie one in another."""


def open_container(kind: str, data: Source, *, depth: int = 1, signers: bool = True) -> Contents:
    """What the container ``data``, a whole file of type ``kind``, holds.

    Args:
        kind: one of `KINDS`; ``cdoc``, ``zip-damaged`` and others are refused with the reason.
        data: its bytes or a stream of them.
        depth: which container this is, counted from the outermost, which is 1.
        signers: whether to read who signed; what only looks for a file need not wait for that.

    Raises:
        ContainerError: and nothing else, whatever the bytes are.
    """
    if depth > MOST_DEPTH:
        raise ContainerError(Why.BOMB, "too-deep")
    if kind in ("cdoc", "office-encrypted"):
        raise ContainerError(Why.ENCRYPTED)
    if kind not in _MODULES:
        raise ContainerError(Why.DAMAGED, "damaged" if kind == "zip-damaged" else "no-container")
    module = importlib.import_module(f"kaasav.evidence.containers.{_MODULES[kind]}")
    try:
        source = _stream(data) if kind in _STREAMED else _whole(data)
        contents: Contents = module.read(source, signers=signers) if kind in _SIGNED else module.read(source)
    except ContainerError:
        raise
    except NoTextError as error:
        raise ContainerError(error.why, error.detail) from error
    except Exception as error:  # a parser may trip over hostile bytes in any way it likes
        raise ContainerError(Why.DAMAGED) from error
    return contents


def _stream(data: Source) -> io.BytesIO | Source:
    return io.BytesIO(data) if isinstance(data, bytes) else data


def _whole(data: Source) -> bytes:
    whole = data if isinstance(data, bytes) else data.read(MOST_PARSED + 1)
    if len(whole) > MOST_PARSED:
        raise ContainerError(Why.TOO_LARGE)
    return whole
