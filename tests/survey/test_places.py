"""What a code or the beginning of a text tells of a municipality."""

import pytest

from kaasav.municipalities.names import find
from kaasav.municipalities.register import load
from kaasav.survey.places import may_be_name

NAMES = sorted({one.name for one in load().municipalities} | {one.old_name for one in load().changes})


@pytest.mark.parametrize(
    "spell",
    [str, str.upper, lambda name: name.removesuffix(" vald").removesuffix(" linn"), lambda name: f"  {name}",
     lambda name: name.replace("-", "–"), lambda name: name.replace("ä", "a").replace("õ", "o").replace("ü", "u")],
)  # fmt: skip
def test_no_spelling_that_is_understood_is_missed(spell: type[str]) -> None:
    spellings = list(map(spell, NAMES))
    assert all(map(may_be_name, spellings))
    assert sum(find(text)[0] is not None for text in spellings) > len(NAMES) / 2


@pytest.mark.parametrize("text", ["Tallinna linn", "X001", "rouge-vald", "Tartu"])
def test_other_ways_to_write_one(text: str) -> None:
    assert may_be_name(text)


@pytest.mark.parametrize("text", ["KOV kood", "Omavalitsus", "Küsimus 1", "Kaal", "näitaja", "n", "%", ""])
def test_what_columns_are_called_begins_like_none(text: str) -> None:
    assert not may_be_name(text)
