import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.evidence.containers.names import LONGEST_PART, Distinct, safe


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("kiri.pdf", "kiri.pdf"),
        ("kaust/kiri nr 1.pdf", "kaust/kiri nr 1.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Kaust\\..\\kiri.pdf", "Kaust/kiri.pdf"),
        ("\\\\server\\jagu\\kiri.pdf", "server/jagu/kiri.pdf"),
        ("a\x00b\x1b[31m\u202efdp.exe", "a_b_[31m_fdp.exe"),
        ("kaust/./kiri.pdf", "kaust/kiri.pdf"),
        ("o\u0303un.txt", "õun.txt"),
        ("..", "nimetu"),
        ("", "nimetu"),
        ("pikk" * 100 + ".pdf", ("pikk" * 100)[: LONGEST_PART - 4] + ".pdf"),
    ],
)
def test_names_lead_nowhere_else(written, shown):
    assert safe(written) == shown


def test_each_name_is_given_once_whatever_its_case():
    names = Distinct()
    given_ = [names.take(name) for name in ("a.txt", "a.txt", "A.TXT", "../a.txt", "a (2).txt", "b")]
    assert given_ == ["a.txt", "a (2).txt", "A (3).TXT", "a (4).txt", "a (2) (2).txt", "b"]


@given(st.lists(st.text(max_size=30), max_size=30))
def test_whatever_is_written(written):
    names = Distinct()
    shown = [names.take(name) for name in written]
    assert len({name.casefold() for name in shown}) == len(written)
    for name in shown:
        assert name.isprintable()
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))
        assert "\\" not in name
