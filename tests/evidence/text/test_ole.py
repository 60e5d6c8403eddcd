import struct

import pytest
from samples.compound import compound

from kaasav.evidence.text.ole import Compound
from kaasav.evidence.text.pages import NoTextError, Why

STREAMS = {"väike": b"sisu", "suur": bytes(range(256)) * 100, "ladu": {"sees": b"teine"}}


def refused(data: bytes, *path: str) -> bool:
    with pytest.raises(NoTextError) as error:
        Compound(data).stream(*path)
    return error.value.why is Why.DAMAGED


def test_streams_small_large_and_nested():
    file = Compound(compound(STREAMS))
    assert sorted(file.streams) == [("ladu", "sees"), ("suur",), ("väike",)]
    assert (file.stream("väike"), file.stream("suur")) == (STREAMS["väike"], STREAMS["suur"])
    assert file.stream("ladu", "sees") == b"teine"
    assert file.stream("ladu") is file.stream("puudub") is None


def test_counts_that_lie_are_not_believed():
    for at in (44, 64, 72):
        data = bytearray(compound(STREAMS))
        struct.pack_into("<I", data, at, 0x00FFFFFF)
        assert refused(bytes(data), "väike")


def test_a_stream_that_says_it_is_larger_than_the_file():
    data = bytearray(compound({"suur": b"x" * 5_000}))
    entry = data.index("suur".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 120, 0x7FFFFFFF)
    assert refused(bytes(data), "suur")


def test_streams_that_share_a_chain_are_not_read_for_ever():
    file = Compound(compound({"suur": b"x" * 5_000}))
    for _ in range(4):
        file.stream("suur")
    with pytest.raises(NoTextError):
        for _ in range(9):
            file.stream("suur")


def test_what_is_no_compound_file():
    for data in (b"", b"x" * 600, compound(STREAMS)[:511], compound(STREAMS)[:512]):
        assert refused(data, "väike")
