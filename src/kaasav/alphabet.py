"""Estonian alphabetical order: a … s š z ž t u v w õ ä ö ü x y."""

import unicodedata

_LETTERS = "abcdefghijklmnopqrsšzžtuvwõäöüxy"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}

Key = tuple[list[tuple[int, int]], str]


def estonian(text: str) -> Key:
    """A key that sorts ``text`` as Estonian dictionaries do, capitals and Unicode form aside, whatever the language.

    Spaces come before other signs, these before digits, these before letters; letters of no Estonian word come as the
    letter they are built on (é as e), and other scripts last. Equal texts but for that are told apart by their
    characters, so the order is always the same.

    Source: the alphabet of the Institute of the Estonian Language; the same order as the Unicode CLDR's for Estonian.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    return [_place(sign) for sign in _letters(composed)], text


def _letters(text: str) -> list[str]:
    """The signs of ``text``, foreign letters taken apart, without the marks that leaves."""
    signs: list[str] = []
    for sign in text:
        if sign in _RANK:
            signs.append(sign)
        else:
            signs += [one for one in unicodedata.normalize("NFD", sign) if not unicodedata.combining(one)]
    return signs


def _place(sign: str) -> tuple[int, int]:
    if sign.isspace():
        return 0, 0
    if sign.isdecimal():
        return 2, int(sign)
    if sign in _RANK:
        return 3, _RANK[sign]
    return (4 if sign.isalpha() else 1), ord(sign)
