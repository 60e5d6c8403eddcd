"""What XML cannot hold is written out; everything else stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.documents.xmltext import written_out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Õ & <b> „x“ 漢字 🎉 العربية", "Õ & <b> „x“ 漢字 🎉 العربية"),
        ("a\x00b\x07\x1b[31m\x7f\x85", "a[U+0000]b[U+0007][U+001B][31m[U+007F][U+0085]"),
        ("x\u202egnp.exe\u202c \u2066iso\u2069", "x[U+202E]gnp.exe[U+202C] [U+2066]iso[U+2069]"),
        ("two\r\nlines\rand\ta tab", "two\nlines\nand\ta tab"),
        ("\ufffe\uffff\ud800", "[U+FFFE][U+FFFF][U+D800]"),
    ],
)
def test_what_acts_is_seen_to_be_there(text: str, shown: str) -> None:
    assert written_out(text) == shown


@given(st.text())
def test_any_text_fits_into_xml(text: str) -> None:
    from lxml import etree

    node = etree.Element("t")
    node.text = written_out(text)
    assert etree.fromstring(etree.tostring(node)).text == (node.text or None)
