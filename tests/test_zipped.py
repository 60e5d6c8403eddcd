"""Zip files that know no clock."""

import io
import time
import zipfile
from hashlib import sha256

import pytest

from kaasav.zipped import EPOCH, packed, repacked

PARTS = [("mimetype", b"a/b"), ("õ/b.xml", b"<x/>" * 99), ("leer", b"")]


def test_parts_keep_their_order_names_and_bytes_and_lose_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(PARTS, stored=frozenset({"mimetype"})))) as opened:
        assert [(one.filename, opened.read(one)) for one in opened.infolist()] == PARTS
        assert {one.date_time for one in opened.infolist()} == {EPOCH}
        assert [one.compress_type for one in opened.infolist()] == [
            zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED,
        ]  # fmt: skip
        assert {(one.create_system, one.external_attr) for one in opened.infolist()} == {(3, 0o600 << 16)}


def test_the_bytes_are_what_they_always_were() -> None:
    """Files made before must come out the same: their hashes are recorded."""
    made = packed([("a", b"text")], stored=frozenset({"a"}))
    assert sha256(made).hexdigest() == "00af37ace700998bcbf39e2777917e6baa858a9aa29e8e8ee6cee2254abd009f"


def test_repacked_twice_in_another_year_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def written() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as opened:
            for name, content in PARTS:
                opened.writestr(name, content)
        return out.getvalue()

    first = written()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    second = written()
    assert first != second
    assert repacked(first) == repacked(second) == packed(PARTS)


def test_a_part_can_be_changed_on_the_way() -> None:
    changed = repacked(packed(PARTS), lambda name, part: part.upper() if name == "mimetype" else part)
    assert changed == packed([("mimetype", b"A/B"), *PARTS[1:]])
