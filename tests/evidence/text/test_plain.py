import pytest

from kaasav.evidence.passage import find
from kaasav.evidence.text import csv, pages, plain
from kaasav.evidence.text.pages import NoTextError, Why
from kaasav.evidence.text.readers import read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1257"])
def test_encodings(encoding):
    assert plain.read("Öö ja õhk, šokk".encode(encoding)).texts == ("Öö ja õhk, šokk",)


def test_big_endian_and_what_means_nothing():
    assert plain.read(b"\xfe\xff\0t\0e").texts == ("te",)
    assert plain.read(b"t\xf5de\x81").texts == ("tõde\ufffd",)


@pytest.mark.parametrize("data", ["Nimi;Arv\nOsalus;34,5", 'Nimi,Arv\r\nOsalus,"34,5"', "Nimi\tArv\nOsalus\t34,5"])
def test_csv_cells_as_a_spreadsheet_shows_them(data):
    texts = csv.read(data.encode()).texts
    assert find("Nimi Arv", texts) == find("Osalus 34,5", texts) == (1,)


def test_csv_as_it_stands_in_the_file():
    assert find("Osalus;34", csv.read(b"Osalus;34").texts) == (1,)
    assert find("algus", csv.read(b'"algus ' + b"x" * 200_000).texts) == (1,)  # a quotation that never ends


def test_text_is_bounded(monkeypatch):
    monkeypatch.setattr(pages, "MOST_CHARACTERS", 10)
    assert plain.read(b"0123456789")
    with pytest.raises(NoTextError) as refused:
        plain.read(b"0123456789a")
    assert refused.value.why is Why.TOO_LARGE


def test_types_without_a_reader_have_no_text():
    assert read("jpeg", b"x") is None
    assert read("txt", b"x").texts == ("x",)


def test_a_reader_that_trips_means_a_damaged_file(monkeypatch):
    def trip(data):
        raise RecursionError

    monkeypatch.setattr(plain, "read", trip)
    with pytest.raises(NoTextError) as refused:
        read("txt", b"x")
    assert refused.value.why is Why.DAMAGED
