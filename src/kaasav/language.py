"""The language people read: Estonian (the default) or English, through gettext.

Message identifiers are the English sentences; Estonian stands in ``locale/et/LC_MESSAGES/kaasav.po``.
"""

import gettext
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LANGUAGES = ("et", "en")
DEFAULT = "et"
_LOCALE = Path(__file__).parent / "locale"
_SEAL = 4

_loaded: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}
_lost: set[str] = set()
_active = "en"


def use(language: str) -> None:
    """Make ``language`` (one of `LANGUAGES`) the language of every later `_` call.

    Where its sentences cannot be read, the English ones stand in for them; `lost` tells.

    Raises:
        ValueError: the language is none of `LANGUAGES`.
    """
    global _active  # noqa: PLW0603 (one language at a time is the point)
    if language not in LANGUAGES:
        raise ValueError(language)
    if language not in _loaded:
        _loaded[language] = _read(language)
    _active = language


def _read(language: str) -> gettext.NullTranslations:
    try:
        content = (_LOCALE / language / "LC_MESSAGES" / "kaasav.mo").read_bytes()
    except OSError:
        content = b""
    if sealed(content[:-_SEAL]) != content:
        _lost.add(language)
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(content))


def sealed(content: bytes) -> bytes:
    """``content`` of a compiled file with a checksum behind it, which gettext passes over.

    By it a file cut short, filled up with zeros or otherwise damaged is told from a good one: gettext itself may show
    the rest, or trip over it much later.
    """
    return content + zlib.crc32(content).to_bytes(_SEAL, "big")


def lost() -> bool:
    """Whether the sentences of the language in use are missing or damaged, so that English ones stand in for them."""
    return _active in _lost


def active() -> str:
    """The code of the language in use, one of `LANGUAGES`."""
    return _active


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use ``language`` inside the ``with`` block, then the former one again."""
    former = _active
    use(language)
    try:
        yield
    finally:
        use(former)


def _(message: str) -> str:
    """The sentence ``message`` in the language in use."""
    return _loaded[_active].gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The form of a sentence that fits ``count``; the caller fills in the number."""
    return _loaded[_active].ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 (the name gettext's tools look for)
    """Mark ``message`` for translation without translating it yet."""
    return message


def words(texts: dict[str, str]) -> str:
    """The text of a catalogue's or round's ``{et: …, en: …}`` in the language in use, else in whichever there is."""
    return texts.get(_active) or next(filter(None, texts.values()), "")
