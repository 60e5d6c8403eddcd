import struct
import time

import pytest
from samples import old_office
from samples.compound import compound

from kaasav.evidence.passage import find
from kaasav.evidence.text import xls
from kaasav.evidence.text.pages import NoTextError, Why
from kaasav.evidence.text.xls import read


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


def test_visible_sheets_are_pages():
    data = old_office.xls(("Külad", [["Allika küla"], ["Metsa", "küla"]]), ("Peidus", [["salajane"]]),
                          ("Eelarve", [["Toetus", 12345.5]]), hidden=("Peidus",))  # fmt: skip
    pages = read(data)
    assert (len(pages.texts), pages.paged, pages.blind) == (2, True, frozenset({2}))
    assert find("Allika küla Metsa küla", pages.texts) == (1,)
    assert find("Toetus 12345,5", pages.texts) == (2,)
    assert find("Toetus 12345.5", pages.texts) == (2,)
    assert not find("salajane", pages.texts)


def test_a_cell_far_away_is_not_laid_out():
    assert len(read(old_office.stray(1_000, 200)).texts) == 1
    started = time.process_time()
    assert refusal(old_office.stray(65_535, 255))[0] is Why.TOO_LARGE
    assert time.process_time() - started < 1


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def book(*records: bytes) -> bytes:
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    return compound({"Workbook": (start + b"".join(records) + record(0x0A)).ljust(4096, b"\0")})


def test_counts_that_lie_are_not_believed():
    assert refusal(book(record(0x200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65_535, 0))))[0] is Why.TOO_LARGE
    assert refusal(book(record(0x200, struct.pack("<IIHHH", 9, 1, 0, 1, 0))))[0] is Why.DAMAGED
    assert refusal(book(record(0x200, b"x")))[0] is Why.DAMAGED
    assert refusal(book(record(0xFC, struct.pack("<II", 1, 2**32 - 1))))[0] is Why.DAMAGED


def test_books_with_a_password_or_damage(monkeypatch):
    assert refusal(book(record(0x2F, bytes(6))))[0] is Why.ENCRYPTED
    assert refusal(compound({"WordDocument": b"x"}))[0] is Why.DAMAGED
    good = old_office.xls(("Külad", [["Allika küla"]]))
    assert refusal(good[:800])[0] is Why.DAMAGED
    assert refusal(book())[0] is Why.DAMAGED
    monkeypatch.setattr(xls, "MOST_RECORDS", 5)
    assert refusal(good)[0] is Why.TOO_LARGE
