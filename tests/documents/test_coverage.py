"""Signs the fonts have stay as they are; the others are seen to have been there."""

import datetime
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.documents.coverage import has, printable
from kaasav.documents.press import FONTS, pdf
from kaasav.documents.template import Template

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Õuna talu, 12–13 € „x“", "Õuna talu, 12–13 € „x“"),
        ("Выру", "Выру"),
        ("🎉", "[U+1F389]"),
        ("漢", "[U+6F22]"),
        ("a\u202eb", "a[U+202E]b"),
        ("\ufeffb", "[U+FEFF]b"),
        ("a\u0000b\tc", "a[U+0000]b[U+0009]c"),
        ("two\nlines", "two\nlines"),
        ("o\u0303", "õ"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(PLAIN)
def test_nothing_disappears_and_twice_is_once(data: Any) -> None:
    once = printable(data)
    assert printable(once) == once
    assert _shape(once) == _shape(data)


def _shape(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _shape(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_shape(value) for value in data]
    return bool(data) if isinstance(data, str) else data


@given(st.text())
def test_everything_printed_is_in_the_fonts(text: str) -> None:
    assert all(sign == "\n" or has(sign) for sign in printable(text))


@pytest.mark.parametrize("face", ["Open Sans", "Libertinus Serif", "DejaVu Sans Mono"])
def test_every_sign_that_is_said_to_be_covered_can_be_set(face: str) -> None:
    template = b"""#import "/kaasav.typ": *
#show: document-of
#text(font: data.face, data.signs)"""
    signs = "".join(chr(sign) for sign in range(0x110000) if has(chr(sign)))
    assert len(signs) > 500
    data = {"title": "t", "author": "a", "language": "et", "signs": signs, "face": face}
    made = pdf(Template("x.typ", template, False, "x.typ"), data, day=datetime.date(2026, 1, 1))
    assert made.startswith(b"%PDF")


def test_the_list_is_the_one_the_fonts_give(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("fonts", root / "scripts" / "fonts.py")
    assert spec is not None
    assert spec.loader is not None
    fonts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fonts)
    assert (FONTS / "coverage.txt").read_text(encoding="ascii") == fonts.text()
