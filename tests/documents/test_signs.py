"""Signs a PDF cannot show are told; what it can show is not."""

from typing import Any

import pytest

from kaasav.documents.recipe import Recipe
from kaasav.documents.signs import problems


def recipe(format_: str = "pdf", **data: Any) -> Recipe:
    return Recipe("letter", format_, "et", "", data, lambda: b"")


def test_each_sign_is_told_once_with_its_number() -> None:
    made = recipe(letter={"name": "👩 vald 👩", "lines": ["漢", "Õ"]})
    (problem,) = problems([made, made], "naidisvald")
    assert (str(problem.location), problem.code) == ("naidisvald", "document-signs-lacking")
    assert problem.message.endswith(": 👩 (U+1F469), 漢 (U+6F22)")


def test_what_cannot_be_seen_is_told_by_its_number_alone() -> None:
    (problem,) = problems([recipe(name="a\u200db\u202e")], "x")
    assert problem.message.endswith(": U+200D, U+202E")


def test_many_are_cut_off() -> None:
    (problem,) = problems([recipe(name="".join(map(chr, range(0x4E00, 0x4E20))))], "x")
    assert problem.message.count("U+") == 10
    assert problem.message.endswith(", …")


@pytest.mark.parametrize("name", ["Rõuge vald", "Ööbiku žürii š", "Жуков", "a\nb", "→"])
def test_what_the_fonts_have_is_not_told(name: str) -> None:
    assert problems([recipe(name=name)], "x") == []


def test_word_keeps_them() -> None:
    assert problems([recipe("docx", name="👩")], "x") == []
    assert problems([], "x") == []
