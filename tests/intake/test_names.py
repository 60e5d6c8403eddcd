"""Names that came, and the names they are written by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.intake.names import LONGEST, free, parts, safe, shown


@pytest.mark.parametrize(
    ("came", "written"),
    [
        ("otsus nr 27.pdf", "otsus nr 27.pdf"),
        ("Räägi kaasa – vald.htm", "Räägi kaasa – vald.htm"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mari\\otsus.pdf", "otsus.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("COM¹.txt", "_COM¹.txt"),
        ("conout$", "_conout$"),
        ("COM10.txt", "COM10.txt"),
        ("kiri\u202efdp.exe", "kirifdp.exe"),
        ("a\tb\nc.txt", "abc.txt"),
        ("otsus?.pdf", "otsus_.pdf"),
        ("otsus.pdf. . ", "otsus.pdf"),
        (".peidus", "_peidus"),
        ("..", "nimetu"),
        ("", "nimetu"),
        ("a" * 300 + ".docx", "a" * (LONGEST - 5) + ".docx"),
        ("o\u0303li.txt", "õli.txt"),
    ],
)
def test_safe(came: str, written: str) -> None:
    assert safe(came) == written


@given(st.text(max_size=300))
def test_a_safe_name_is_one_part_and_stays_itself(name: str) -> None:
    written = safe(name)
    assert written not in ("", ".", "..")
    assert not set(written) & set('/\\:*?"<>|\0')
    assert written == written.strip(" ")
    assert not written.endswith(".")
    assert len(written.encode()) <= 255
    assert safe(written) == written


def test_a_taken_name_gets_a_number() -> None:
    assert free("otsus.pdf", {"otsus.pdf", "otsus (2).pdf"}) == "otsus (3).pdf"
    assert free("OTSUS.pdf", {"otsus.pdf"}) == "OTSUS (2).pdf"
    assert free("otsus.pdf", set()) == "otsus.pdf"


def test_parts() -> None:
    assert parts("arhiiv.tar.gz") == ("arhiiv.tar", ".gz")
    assert parts("Koosolek 12. märts") == ("Koosolek 12. märts", "")


def test_bytes_that_are_no_text_are_shown() -> None:
    assert shown("kiri\udcff.txt") == "kiri\\xff.txt"
