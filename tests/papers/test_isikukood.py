"""Every code here is generated; those of the 2100s and of 1800 belong to nobody."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.papers.isikukood import birth_date, check_digit, found, is_valid, masked, without_codes

dates = st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31))


def ten(born: datetime.date, female: bool, serial: int) -> str:
    """The first ten digits as the standard makes them."""
    return f"{(born.year - 1800) // 100 * 2 + 1 + female}{born:%y%m%d}{serial:03}"


def published(digits: str) -> int:
    """The published algorithm, written out once more: two rows of weights, the second only where the first gives 10."""
    first = sum(int(d) * w for d, w in zip(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], strict=True)) % 11
    if first != 10:
        return first
    second = sum(int(d) * w for d, w in zip(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3], strict=True)) % 11
    return 0 if second == 10 else second


codes = st.builds(ten, dates, st.booleans(), st.integers(0, 999)).map(lambda ten: ten + str(published(ten)))


@given(codes)
def test_a_generated_code_is_valid_and_found_and_never_shown_whole(code: str) -> None:
    text = f"Isikukood {code}, elukoht Metsaküla"
    assert is_valid(code)
    assert [match[0] for match in found(text)] == [code]
    assert without_codes(text) == f"Isikukood {code[:3]}••••••••, elukoht Metsaküla"
    assert masked(code) == code[:3] + "••••••••"


@given(codes, st.integers(1, 9))
def test_any_other_check_digit_is_invalid(code: str, more: int) -> None:
    other = code[:10] + str((int(code[10]) + more) % 10)
    assert not is_valid(other)
    assert without_codes(other) == other


@given(dates, st.booleans(), st.integers(0, 999))
def test_the_date_in_a_code_is_the_date_of_birth(born: datetime.date, female: bool, serial: int) -> None:
    assert birth_date(ten(born, female, serial) + "0") == born


def test_worked_by_hand() -> None:
    """7 is weighed 1, and the 1s at the fifth and seventh place 5 and 7: 7 + 5 + 7 = 19 = 11 + 8."""
    assert check_digit("7000101000") == 8


def test_second_weights_and_the_last_resort_are_both_reached() -> None:
    """Serials of one day, sorted by which way leads to their digit."""
    ways: dict[str, str] = {}
    for serial in range(1000):
        digits = f"7000229{serial:03}"  # 29 February 2100 does not exist, which the check digit alone does not mind
        first = sum(int(d) * w for d, w in zip(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], strict=True)) % 11
        second = sum(int(d) * w for d, w in zip(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3], strict=True)) % 11
        ways.setdefault("first" if first < 10 else "second" if second < 10 else "zero", digits)
    assert sorted(ways) == ["first", "second", "zero"]
    assert check_digit(ways["zero"]) == 0
    assert not any(is_valid(digits + str(check_digit(digits))) for digits in ways.values()), "no such day"


@pytest.mark.parametrize(
    "text",
    [
        "registrikood 80012345",
        "+37255512345",
        "EE382200221020145685",
        "1{code}",
        "{code}1",
        "0,{code}",
        "{code},50",
        "{first}-{rest}",
    ],
)
def test_what_only_looks_like_a_code_is_none(text: str) -> None:
    code = "7" + "000101001"
    code += str(published(code))
    assert [m[0] for m in found(code)] == [code], "the good twin"
    assert list(found(text.format(code=code, first=code[:6], rest=code[6:]))) == []


@pytest.mark.parametrize("text", ["{code}.", "({code})", "PNOEE-{code}", "{code};{code}", "ik:{code},"])
def test_punctuation_around_a_code_does_not_hide_it(text: str) -> None:
    code = "7000101001" + str(published("7000101001"))
    assert {match[0] for match in found(text.format(code=code))} == {code}
