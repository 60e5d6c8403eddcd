"""Estonian personal identification codes (*isikukood*): telling a real one from any other eleven digits.

The form is GYYMMDDSSSC (standard EVS 585): sex and century, date of birth, serial number, check digit.
"""

import datetime
import re
from collections.abc import Iterator

SHOWN_DIGITS = 3

_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3))
_ALONE = re.compile(r"(?<![0-9])(?<![0-9][.,])[1-8][0-9]{10}(?![0-9])(?![.,][0-9])")


def check_digit(ten: str) -> int:
    """The digit that follows the ten digits ``ten``: their sum modulo 11 under the first weights; if that is 10, under
    the second; if that is 10 too, 0.
    """
    for weights in _WEIGHTS:
        rest = sum(weight * int(digit) for weight, digit in zip(weights, ten, strict=True)) % 11
        if rest < 10:
            return rest
    return 0


def birth_date(code: str) -> datetime.date | None:
    """The date of birth in ``code``; its first digit says the century (1 and 2: 1800s … 7 and 8: 2100s)."""
    century = 1800 + (int(code[0]) - 1) // 2 * 100
    try:
        return datetime.date(century + int(code[1:3]), int(code[3:5]), int(code[5:7]))
    except ValueError:
        return None


def is_valid(code: str) -> bool:
    """Whether ``code`` is eleven digits with a century, a date that exists and the right check digit."""
    return (
        _ALONE.fullmatch(code) is not None and birth_date(code) is not None and check_digit(code[:10]) == int(code[10])
    )


def found(text: str) -> Iterator[re.Match[str]]:
    """Every valid code in ``text`` that stands alone: no part of a longer or a decimal number."""
    return (match for match in _ALONE.finditer(text) if is_valid(match[0]))


def masked(code: str) -> str:
    """A code as it may be shown: its first three digits only."""
    return code[:SHOWN_DIGITS] + "•" * (len(code) - SHOWN_DIGITS)


def without_codes(text: str) -> str:
    """``text`` with every valid code masked."""
    return _ALONE.sub(lambda match: masked(match[0]) if is_valid(match[0]) else match[0], text)
