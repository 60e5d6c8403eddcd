import hashlib
import io
import time
import zipfile

import pytest
from samples import digidoc, mails, packages

from kaasav.evidence.facts import Facts, Finding, Place, State
from kaasav.evidence.look import look

SIGNED = {"kiri.txt": b"Vald kaasab", "leht.pdf": b"<html>tere"}


def outcome(folder, file, *inside):
    facts, sightings = look(folder, file, [Place("vald kaasab")], inside=inside)
    return facts.state, facts.detail, sightings[0].finding


def deep(levels: int) -> bytes:
    data = b"Vald kaasab"
    for level in range(levels):
        data = packages.zipped({"kiri.txt" if level == 0 else "sees.zip": data})
    return data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", packages.zipped({"kaust/kiri.txt": b"Vald kaasab", "kiri.txt": b"Vald kaasab"})),
        ("a.asice", digidoc.asice(SIGNED, digidoc.signature())),
        ("a.bdoc", digidoc.asice(SIGNED, digidoc.signature())),
        ("a.asics", digidoc.asics("kiri.txt", b"Vald kaasab")),
        ("a.ddoc", digidoc.ddoc(SIGNED, digidoc.signature())),
        ("a.eml", mails.eml("x", "y", SIGNED)),
        ("a.msg", mails.msg("x", "y", SIGNED)),
    ],
)
def test_everything_told_is_of_the_inner_file(place, put, name, data):
    facts, sightings = look(place, put(name, data), [Place("vald kaasab"), Place("linn")], inside=["kiri.txt"])
    sha256 = hashlib.sha256(b"Vald kaasab").hexdigest()
    assert facts == Facts(State.OK, "", sha256, 11, "txt", None, True)
    assert [sighting.finding for sighting in sightings] == [Finding.FOUND, Finding.NOT_FOUND]
    assert outcome(place, f"evidence/{name}", "puudub.txt") == (State.MISSING, "not-inside", Finding.NOT_FOUND)


def test_signing_again_changes_nothing(place, put):
    file = put("a.asice", digidoc.asice(SIGNED, digidoc.signature()))
    before = look(place, file, [Place("vald kaasab")], inside=["kiri.txt"])
    put("a.asice", digidoc.asice(SIGNED, digidoc.signature(), digidoc.signature("Näidisvald")))
    assert look(place, file, [Place("vald kaasab")], inside=["kiri.txt"]) == before


def test_containers_in_containers(place, put):
    put("kolm.zip", deep(3))
    put("neli.zip", deep(4))
    assert outcome(place, "evidence/kolm.zip", "sees.zip", "sees.zip", "kiri.txt") == (State.OK, "", Finding.FOUND)
    inside = ("sees.zip", "sees.zip", "sees.zip", "kiri.txt")
    assert outcome(place, "evidence/neli.zip", *inside) == (State.UNSAFE, "too-deep", Finding.NOT_FOUND)
    put("kiri.eml", mails.eml("x", "y", {"a.asice": digidoc.asice(SIGNED)}))
    assert outcome(place, "evidence/kiri.eml", "a.asice", "kiri.txt") == (State.OK, "", Finding.FOUND)


def test_what_cannot_be_opened_says_why(place, put):
    put("a.zip", packages.zipped({"a.txt": bytes(50_000_000), "b.docx": b"MZ\x90\0" + b"\0" * 80}))
    assert outcome(place, "evidence/a.zip", "a.txt")[:2] == (State.UNSAFE, "zip-bomb")
    put("b.zip", packages.zipped({"kiri.txt": b"x", "b.docx": b"MZ\x90\0" + b"\0" * 80, "tühi.txt": b""}))
    assert outcome(place, "evidence/b.zip", "b.docx")[:2] == (State.MISLABELLED, "ending-docx-content-exe")
    assert outcome(place, "evidence/b.zip", "tühi.txt")[:2] == (State.EMPTY, "")
    assert outcome(place, "evidence/b.zip", "kiri.txt", "a.txt")[:2] == (State.MISSING, "no-container")
    put("c.asice", b"MZ\x90\0" + b"\0" * 80)
    assert outcome(place, "evidence/c.asice", "a")[:2] == (State.MISLABELLED, "ending-asice-content-exe")
    put("d.cdoc", b"CDOC\x02\0")
    assert outcome(place, "evidence/d.cdoc", "a")[:2] == (State.ENCRYPTED, "encrypted")
    put("e.txt", b"tere")
    assert outcome(place, "evidence/e.txt", "a")[:2] == (State.MISSING, "no-container")
    put("f.zip", packages.zipped({"a.txt": b"x" * 999})[:-30])
    assert outcome(place, "evidence/f.zip", "a.txt")[:2] == (State.UNREADABLE, "damaged")
    assert outcome(place, "evidence/g.zip", "a.txt")[:2] == (State.MISSING, "")


def test_a_workbook_of_300_megabytes_in_one_is_refused_quickly(place, put, make):
    rows = b"<row><c><v>1</v></c></row>" * 40_000
    out = io.BytesIO(make.book(""))
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{make.SHEET}"><sheetData>'.encode())
            for _ in range(300):
                sheet.write(rows)
            sheet.write(b"</sheetData></worksheet>")
        assert sum(entry.file_size for entry in archive.infolist()) > 300_000_000
    data = out.getvalue()
    assert len(data) < 2_000_000
    started = time.process_time()
    assert look(place, put("suur.xlsx", data), [Place("tere")])[0].state is State.UNSAFE
    put("suur.zip", packages.zipped({"suur.xlsx": data}))
    assert outcome(place, "evidence/suur.zip", "suur.xlsx")[0] is State.UNSAFE
    assert time.process_time() - started < 5
