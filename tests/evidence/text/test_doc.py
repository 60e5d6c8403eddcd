import os
import struct

import pytest
from samples import old_office
from samples.compound import compound

from kaasav.evidence.passage import find
from kaasav.evidence.text.doc import read
from kaasav.evidence.text.pages import NoTextError, Why


def text(data: bytes) -> str:
    return read(data).texts[0]


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


@pytest.mark.parametrize("wide", [True, False])
def test_a_document_of_either_width(wide):
    seen = text(old_office.doc("Vald kaasab šokilapsi.\rTeine lõik\x07lahter", wide=wide))
    for passage in ("Vald kaasab šokilapsi", "Teine lõik lahter"):
        assert find(passage, [seen]), passage


@pytest.mark.parametrize("wide", [True, False])
def test_what_is_tracked_as_deleted_is_not_in_it(wide):
    whole = "Vald kaasab vahel kõiki"
    assert find("kaasab vahel kõiki", [text(old_office.doc(whole, wide=wide))])
    seen = text(old_office.doc(whole, deleted=(12, 18), wide=wide))
    assert find("Vald kaasab kõiki", [seen])
    assert "vahel" not in seen


def test_headers_are_read_and_comments_are_not():
    seen = text(old_office.doc("Keha", header="Päis siin", comment="Märkus siin"))
    assert find("Päis siin", [seen])
    assert "Märkus" not in seen


def test_of_a_field_its_result_is_read():
    seen = text(
        old_office.doc('Vt \x13HYPERLINK "http://a"\x14lehte \x13 PAGE \x147\x15\x15 siin \x13XE peidus\x15lõpp')
    )
    assert find("Vt lehte 7 siin lõpp", [seen])
    assert "HYPERLINK" not in seen
    assert "peidus" not in seen


def test_fields_that_never_end():
    assert text(old_office.doc("algus" + "\x13" * 50_000)).startswith("algus")
    assert "lõpp" in text(old_office.doc("\x15" * 50_000 + "lõpp"))


def changed(at: int, value: bytes) -> bytes:
    data = bytearray(old_office.doc("Vald kaasab"))
    start = data.index(struct.pack("<H", 0xA5EC))
    data[start + at : start + at + len(value)] = value
    return bytes(data)


def test_damaged_documents():
    assert refusal(changed(10, struct.pack("<H", 0x0300)))[0] is Why.ENCRYPTED
    assert refusal(changed(0, b"xx"))[0] is Why.DAMAGED
    assert refusal(changed(0x1A2, struct.pack("<II", 0, 0)))[0] is Why.DAMAGED
    assert refusal(old_office.doc("Vald")[:700])[0] is Why.DAMAGED
    assert refusal(compound({"Workbook": b"x"}))[0] is Why.DAMAGED
    assert "Vald kaasab" in text(changed(0, struct.pack("<H", 0xA5EC)))


def test_pieces_that_repeat_the_same_bytes_are_a_bomb():
    count = 1_000
    positions = b"".join(struct.pack("<I", 2_000 * n) for n in range(count + 1))
    pieces = positions + struct.pack("<HIH", 0, 0, 0) * count
    fib = bytearray(4096)
    fib[0:12] = struct.pack("<6H", 0xA5EC, 0xC1, 0, 0x425, 0, 0x200)
    fib[0x1A2:0x1AA] = struct.pack("<II", 0, len(pieces) + 5)
    data = compound({"WordDocument": bytes(fib), "1Table": b"\x02" + struct.pack("<I", len(pieces)) + pieces})
    assert refusal(data) == (Why.BOMB, "zip-bomb")


def test_documents_of_word_95():
    fib = bytearray(0x300)
    fib[0:12] = struct.pack("<6H", 0xA5DC, 0x68, 0, 0x425, 0, 0)
    fib[0x18:0x20] = struct.pack("<II", 0x300, 0x30B)
    data = bytes(fib) + "Vald õpetab".encode("cp1257")
    assert find("Vald õpetab", [text(compound({"WordDocument": data.ljust(4096, b"\0")}))])


def test_noise_between_the_right_signs():
    good = old_office.doc("Vald kaasab")
    for _ in range(50):
        noise = os.urandom(64)
        data = good[:1_600] + noise + good[1_664:]
        try:
            read(data)
        except NoTextError:
            continue
