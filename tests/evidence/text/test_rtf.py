import time

import pytest
from samples.packages import rtf

from kaasav.evidence.text.rtf import read


def text(body: str) -> str:
    return read(rtf(body)).texts[0]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"Vald kaasab\par teine", "Vald kaasab\nteine"),
        (r"\'f5hk \u353?okk \u0352?ipp", "õhk šokk Šipp"),
        (r"{\f1 \'f5hk}\'e6", "õhkę"),
        (r"\uc0\u245 hk {\uc2\u245 xxhk}\u245 hk", "õhk õhkõhk"),
        (r"Ida\_Viru\~maa hin\-ne \{1\} \\", "Ida\u2011Viru\u00a0maa hin\u00adne {1} \\"),
        (r"Osalejaid\cell 34\cell\row", "Osalejaid\t34\t\n"),
        (r"enne {\deleted kustutatud }p\'e4rast", "enne pärast"),
        (r"enne {\b\deleted kustu{\i tatud} }p\'e4rast", "enne pärast"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt leht}}", "leht"),
        (r"{\pict\jpegblip ffd8ffe0}pilt", "pilt"),
        (r"{\*\tundmatu peidus}n\'e4ha", "näha"),
        (r"{\pict\bin5 }}{{\}pilt", "pilt"),
        ("mitu\r\nrida", "miturida"),
        (r"\u-10179 ?\u-8704 ?", "😀"),
        (r"{\header p\'e4is}", "päis"),
        (r"lõpp} järel", "lõpp"),
        (r"{\v peidetud}", "peidetud"),
    ],
)
def test_what_people_see(body, shown):
    assert text(body) == shown


def test_texts_cut_short_or_never_closed():
    assert read(b"{\\rtf1 tere").texts == ("tere",)
    assert read(b"{\\rtf1 tere\\").texts == ("tere",)
    assert read(b"{\\rtf1 \\u99999999999 \\bin99999999 x").texts[0] is not None
    assert read(b"{\\rtf1\\bin-5 tere}").texts == ("tere",)


def test_time_grows_with_the_size_alone():
    started = time.process_time()
    for hostile in (b"{" * 200_000, b"\\f1" * 100_000, b"{\\fonttbl" + b"\\f1 " * 50_000, b"\\'f5" * 100_000,
                    b"{\\field{\\*\\fldinst{HYPERLINK \"" * 30_000, b"{\\pict " + b"ab" * 3_000_000 + b"}"):  # fmt: skip
        read(b"{\\rtf1" + hostile)
    assert time.process_time() - started < 8
