"""What a text in a YAML file means: the types models are made of. None of them ever passes through a float."""

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
_EXACT = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_FRACTION = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?/[1-9][0-9]{0,17}")
_DAY = re.compile(r"(1[89]|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[^\W_][\w.-]{0,79}")
MOST_MONTHS = 1200


class Model(BaseModel):
    """Base of all file models: nothing unknown is ignored, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _left_blank(cls, data: Any) -> Any:
        """A key that may be left out may also be left blank: ``comment:`` with nothing behind it says nothing."""
        if not isinstance(data, dict) or None not in data.values():
            return data
        optional = {field.alias or name for name, field in cls.model_fields.items() if not field.is_required()}
        return {key: value for key, value in data.items() if value is not None or key not in optional}


def _as_text(value: Any, code: str) -> str:
    if isinstance(value, (Decimal, Fraction, int, datetime.date)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise PydanticCustomError(code, "{value}", {"value": value if value is not None else ""})
    return value


def _whole(value: Any) -> int:
    text = _as_text(value, "not_whole")
    if not _WHOLE.fullmatch(text):
        raise PydanticCustomError("not_whole", "{value}", {"value": text})
    return int(text)


def _exact(value: Any) -> Decimal:
    text = _as_text(value, "not_number")
    if not _EXACT.fullmatch(text):
        raise PydanticCustomError("not_number", "{value}", {"value": text})
    return Decimal(text)


def _share(value: Any) -> Decimal:
    number = _exact(value)
    if not 0 <= number <= 1:
        raise PydanticCustomError("not_share", "{value}", {"value": str(value)})
    return number


def _ratio(value: Any) -> Fraction:
    text = _as_text(value, "not_number")
    if _EXACT.fullmatch(text):
        return Fraction(text)
    if not _FRACTION.fullmatch(text):
        raise PydanticCustomError("not_number", "{value}", {"value": text})
    above, below = text.split("/")
    return Fraction(above) / int(below)


def _day(value: Any) -> datetime.date:
    text = _as_text(value, "not_day")
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("not_day", "{value}", {"value": text})


def _yes_no(value: Any) -> bool:
    if value is True or value == "true":
        return True
    if value is False or value == "false":
        return False
    raise PydanticCustomError("not_yes_no", "{value}", {"value": str(value)})


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("no_text", "{value}", {"value": "" if value is None else str(value)[:60]})
    return value


def _months(value: Any) -> int:
    number = _whole(value)
    if number > MOST_MONTHS:
        raise PydanticCustomError("not_months", "{value}", {"value": str(number)})
    return number


def _id(value: Any) -> str:
    text = _text(value)
    if not _ID.fullmatch(text):
        raise PydanticCustomError("not_id", "{value}", {"value": text[:80]})
    return text


Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number from 0, written without leading zeros."""
Exact = Annotated[Decimal, BeforeValidator(_exact)]
"""A decimal number with a point, exact."""
Share = Annotated[Decimal, BeforeValidator(_share)]
"""A share from 0 to 1, such as 0.60."""
Ratio = Annotated[Fraction, BeforeValidator(_ratio)]
"""An exact number that may be written as a fraction, such as 40131/760."""
Day = Annotated[datetime.date, BeforeValidator(_day)]
"""A date written as 2026-09-30, from the year 1800 to 2199."""
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""true or false, in exactly these words."""
Text = Annotated[str, BeforeValidator(_text)]
"""Text that is not empty."""
Months = Annotated[int, BeforeValidator(_months)]
"""A number of months, at most a hundred years."""
Id = Annotated[str, BeforeValidator(_id)]
"""A short name other files use: letters, digits, dot, hyphen and underscore, at most 80 of them."""
Words = dict[str, Text]
"""One text in every language of the file: ``{et: …, en: …}``."""
