"""In which of the encodings of Estonian texts some bytes are written; what cannot be told is asked, not guessed."""

import codecs
import re
from functools import cache

from kaasav.language import N_
from kaasav.municipalities.register import load
from kaasav.problems import Location, Refused, error

CANDIDATES = ("cp1257", "cp1252", "iso8859-15", "iso8859-13", "cp775")
"""Where two read a text equally well, the first is meant."""

ASK = N_("write which it is as “encoding” in the description, or save the table as “CSV UTF-8”")
UNKNOWN = error("table-encoding-unknown", N_("the encoding of this text cannot be told"), ASK)
MIXED = error(
    "table-encoding-mixed",
    N_("two encodings are mixed: line {first} is UTF-8, line {second} is not"),
    N_("two files were probably put together; save each as UTF-8 first"),
)
WRONG = error(
    "table-encoding-wrong", N_("this is not {encoding} text; the first wrong byte stands in line {line}"), ASK
)
NO_ENCODING = error("table-encoding-none", N_("there is no encoding “{encoding}”"), N_("known: {known}"))
NUL = error(
    "table-nul", N_("line {line} holds NUL bytes, so this is no text"), N_("save the table as “CSV UTF-8” again")
)

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ALLOWED = ("utf-8", "utf-16", *CANDIDATES, "cp1251", "koi8-r", "iso8859-1", "iso8859-4", "cp437", "cp850")
_BLOCK = 1024 * 1024
_ESTONIAN = frozenset("õäöüÕÄÖÜšžŠŽ")
_NEUTRAL = frozenset("\u00a0–—“”„‘’‚«»…€§°±·×−½")
_FOREIGN = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_FOREIGN_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_PAIR = re.compile(rb"\xc3[\x80-\xbf]|\xc5[\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xc2[\xa0-\xbf]")
_WORDS = ("väga", "üldse", "öelda", "küsimus", "näitaja", "väärtus", "kõik", "aasta", "vastajaid", "õ", "mõjutada")


def encoding_of(data: bytes, name: str, stated: str | None = None) -> str:
    """The encoding of ``data``, a file people know as ``name``: as ``stated``, by its mark, UTF-8, or by its letters.

    Raises:
        Refused: it cannot be told, is not what is stated, or is no text.
    """
    mark = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    if stated is not None:
        return _checked(data, name, stated, mark)
    if mark == "utf-16":
        return _valid(data, name, mark)
    _refuse_nul(data, name)
    if mark or _first_wrong(data, "utf-8") is None:
        return _valid(data, name, "utf-8-sig")
    _refuse_mixed(data, name)
    sample = _sample(data)
    scores = {encoding: _score(sample, encoding) for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: scores[encoding])
    if scores[best] <= 0:
        raise Refused([UNKNOWN.at(Location(name))])
    return _valid(data, name, best)


def _checked(data: bytes, name: str, stated: str, mark: str | None) -> str:
    try:
        known = codecs.lookup(stated).name
    except LookupError:
        known = ""
    if known not in {codecs.lookup(one).name for one in _ALLOWED}:
        raise Refused([NO_ENCODING.at(Location(name), encoding=stated[:40], known=", ".join(_ALLOWED))])
    if known.startswith("utf-16"):
        return _valid(data, name, "utf-16")
    _refuse_nul(data, name)
    return _valid(data, name, mark if known == "utf-8" and mark else known)


def _valid(data: bytes, name: str, encoding: str) -> str:
    wrong = _first_wrong(data, encoding)
    if wrong is not None:
        line = data.count(b"\n", 0, wrong) + 1
        raise Refused([WRONG.at(Location(name, line, 1), encoding=encoding, line=line)])
    return encoding


def _first_wrong(data: bytes, encoding: str) -> int | None:
    """About where ``data`` stops being ``encoding`` (the block it happens in is exact to the byte); None: nowhere."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder(encoding)()
    at = 0
    try:
        for at in range(0, len(data), _BLOCK):
            decoder.decode(data[at : at + _BLOCK], final=at + _BLOCK >= len(data))
    except UnicodeDecodeError as error_found:
        return at + error_found.start
    return None


def _refuse_nul(data: bytes, name: str) -> None:
    found = data.find(b"\0")
    if found >= 0:
        line = data.count(b"\n", 0, found) + 1
        raise Refused([NUL.at(Location(name, line, 1), line=line)])


def _sample(data: bytes) -> bytes:
    """The first different words that hold more than ASCII."""
    found: set[bytes] = set()
    for seen, match in enumerate(_FOREIGN_WORD.finditer(data)):
        found.add(match[0][:200])
        if len(found) > 4_000 or seen > 10_000:
            break
    return b"\n".join(sorted(found))


def _refuse_mixed(data: bytes, name: str) -> None:
    if not _PAIR.search(data):
        return
    one = other = 0
    for match in _FOREIGN.finditer(data):
        rest, pairs = _PAIR.subn(b"", match[0])
        if pairs and rest.isascii():
            one = one or match.start() + 1
        elif not pairs:
            other = other or match.start() + 1
        if one and other:
            break
    if one and other:
        first, second = (data.count(b"\n", 0, start - 1) + 1 for start in (one, other))
        raise Refused([MIXED.at(Location(name, second, 1), first=first, second=second)])


def _score(sample: bytes, encoding: str) -> int:
    """How much like Estonian ``sample`` reads.

    Its letters count for it, foreign letters and signs within words against it, a municipality's name most of all.
    """
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1_000_000
    score = 0
    for letter in text:
        if letter.isascii() or letter in _NEUTRAL:
            continue
        if letter in _ESTONIAN:
            score += 2 if letter.islower() else 1
        else:
            score -= 3 if letter.isalpha() else 4
    known = _vocabulary()
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return score + 20 * sum(word in known for word in words if not word.isascii())


@cache
def _vocabulary() -> frozenset[str]:
    names = [one.name for one in load().municipalities] + [one.old_name for one in load().changes]
    return frozenset(word for name in (*names, *_WORDS) for word in re.findall(r"[^\W\d_]+", name.casefold()))
