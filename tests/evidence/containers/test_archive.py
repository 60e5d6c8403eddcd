import io
import os
import stat
import struct
import time
import warnings
import zipfile

import pytest

from kaasav.evidence.containers import ContainerError, Skipped, open_container
from kaasav.evidence.containers import contents as bounds
from kaasav.evidence.text.pages import Why


def names(data: bytes) -> list[str]:
    return [member.name for member in open_container("zip", data).members]


def refusal(data: bytes, kind: str = "zip") -> tuple[Why, str]:
    with pytest.raises(ContainerError) as refused:
        open_container(kind, data)
    return refused.value.why, refused.value.detail


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def test_files_in_their_order_and_no_folders():
    data = zipped(("b.txt", b"teine"), ("kaust/", b""), ("kaust/õ.txt", b"esimene"))
    members = open_container("zip", data).members
    assert [(member.name, member.size, member.data) for member in members] == [
        ("b.txt", 5, b"teine"),
        ("kaust/õ.txt", 7, b"esimene"),
    ]


def test_a_stream_serves_as_well_as_bytes(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.txt", b"sisu")))
    with path.open("rb") as stream:
        contents = open_container("zip", stream)
        assert contents.member("a.txt").data == b"sisu"
        assert contents.member("b.txt") is None


def test_names_of_windows_without_the_mark_for_utf_8():
    raw = zipped(("koosolek 1234.txt", b"x"))
    assert names(raw.replace(b"koosolek 1234", "koosolek öõüä".encode("cp775"))) == ["koosolek öõüä.txt"]
    assert names(raw.replace(b"koosolek 1234", "koosolek õü".encode())) == ["koosolek õü.txt"]


def test_names_that_escape_stay_inside():
    written = ["../../etc/passwd", "/etc/shadow", "C:\\Windows\\a.dll", "..\\..\\b.txt", "a\x1b[2Jb.txt", "hea.txt"]
    shown = ["etc/passwd", "etc/shadow", "Windows/a.dll", "b.txt", "a_[2Jb.txt", "hea.txt"]
    assert names(zipped(*[(name, b"x") for name in written])) == shown


def test_the_same_name_twice_gives_two_names():
    contents = open_container("zip", zipped(("a.txt", b"1"), ("a.txt", b"2"), ("A.txt", b"3")))
    assert [(member.name, member.data) for member in contents.members] == [
        ("a.txt", b"1"),
        ("a (2).txt", b"2"),
        ("A (3).txt", b"3"),
    ]


def test_links_are_named_but_not_followed():
    link = zipfile.ZipInfo("viit.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    contents = open_container("zip", zipped((link, b"/etc/passwd"), ("hea.txt", b"x")))
    assert [member.name for member in contents.members] == ["hea.txt"]
    assert contents.skipped == (Skipped("viit.txt", "symlink"),)


def test_other_ways_of_packing_are_named_but_not_unpacked():
    contents = open_container("zip", zipped(("a.txt", b"x"), method=zipfile.ZIP_LZMA))
    assert (contents.members, contents.skipped) == ((), (Skipped("a.txt", "method"),))


def test_encrypted_archives_say_so():
    data = bytearray(zipped(("a.txt", b"sisu")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert refusal(bytes(data)) == (Why.ENCRYPTED, "encrypted")


def test_a_bomb_by_ratio_and_a_file_that_just_packs_well():
    assert refusal(zipped(("a.txt", bytes(300_000_000)))) == (Why.BOMB, "zip-bomb")
    assert open_container("zip", zipped(("a.txt", bytes(4_000_000)))).members[0].size == 4_000_000


def test_a_bomb_by_size_of_all_files_together(monkeypatch):
    data = zipped(*[(f"{n}.bin", os.urandom(1_000)) for n in range(10)])
    monkeypatch.setattr(bounds, "MOST_UNPACKED", 9_999)
    assert refusal(data) == (Why.BOMB, "zip-bomb")
    monkeypatch.setattr(bounds, "MOST_UNPACKED", 10_000)
    assert len(names(data)) == 10


def test_a_size_that_lies_is_found_when_the_file_is_read():
    data = bytearray(zipped(("a.txt", bytes(3_000_000))))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    member = open_container("zip", bytes(data)).members[0]
    with pytest.raises(ContainerError) as refused:
        _ = member.data
    assert refused.value.why is Why.DAMAGED


def test_files_that_share_bytes_are_refused():
    data = bytearray(zipped(("a.txt", os.urandom(500)), ("b.txt", os.urandom(500))))
    assert names(bytes(data)) == ["a.txt", "b.txt"]
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    assert refusal(bytes(data)) == (Why.BOMB, "overlap")


def test_too_many_files(monkeypatch):
    data = zipped(*[(f"{n}.txt", b"") for n in range(30)])
    monkeypatch.setattr(bounds, "MOST_MEMBERS", 30)
    assert len(names(data)) == 30
    monkeypatch.setattr(bounds, "MOST_MEMBERS", 29)
    assert refusal(data) == (Why.BOMB, "too-many-members")


def test_a_directory_of_millions_is_refused_before_it_is_listed():
    started = time.process_time()
    assert refusal(zipped(("a.txt", b"x")) + b"PK\x01\x02" * 3_000_000) == (Why.BOMB, "too-many-members")
    assert time.process_time() - started < 3


def test_archives_cut_short_or_changed():
    good = zipped(("a.txt", os.urandom(1_000)))
    for cut in (10, 500, len(good) - 30, len(good) - 5):
        assert refusal(good[:cut])[0] is Why.DAMAGED
    member = open_container("zip", good[:100] + bytes(50) + good[150:]).members[0]
    with pytest.raises(ContainerError):
        _ = member.data
    assert refusal(b"")[0] is Why.DAMAGED


def test_what_is_no_container_is_refused():
    assert refusal(b"%PDF-1.7", "pdf") == (Why.DAMAGED, "no-container")
    assert refusal(b"CDOC\x02", "cdoc") == (Why.ENCRYPTED, "encrypted")
    assert refusal(b"PK\x03\x04", "zip-damaged") == (Why.DAMAGED, "damaged")


def test_three_containers_deep_and_no_deeper():
    data = zipped(("a.txt", b"x"))
    assert open_container("zip", data, depth=3).members[0].data == b"x"
    with pytest.raises(ContainerError) as refused:
        open_container("zip", data, depth=4)
    assert (refused.value.why, refused.value.detail) == (Why.BOMB, "too-deep")
