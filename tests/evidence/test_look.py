import builtins
import hashlib
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kaasav.evidence import content as looking
from kaasav.evidence.facts import Facts, Finding, Place, Sighting, State
from kaasav.evidence.look import look
from kaasav.evidence.text import readers

WHOLE = Place()
FOUND, NOT_FOUND, UNSEARCHABLE = Finding.FOUND, Finding.NOT_FOUND, Finding.UNSEARCHABLE


def findings(folder, file, *places):
    return [sighting.finding for sighting in look(folder, file, places)[1]]


def outcome(folder, file):
    """State and detail; no place may be found where the state is not OK."""
    facts, sightings = look(folder, file, [WHOLE, Place("tere"), Place(page=1)])
    assert facts.state is State.OK or [sighting.finding for sighting in sightings] == [NOT_FOUND] * 3
    return facts.state, facts.detail


def test_everything_told_of_a_pdf(place, put, make):
    data = make.pdf("Vald kaasab", "Teine leht", setup="#set document(date: datetime(year: 2025, month: 3, day: 4))")
    file = put("kava.pdf", data)
    places = [
        WHOLE,
        Place("vald kaasab"),
        Place("vald kaasab", 2),
        Place("vald ei kaasa"),
        Place(page=2),
        Place(page=3),
    ]
    facts, sightings = look(place, file, places)
    assert facts == Facts(State.OK, "", hashlib.sha256(data).hexdigest(), len(data), "pdf", 2, True, date(2025, 3, 4))
    assert sightings == (
        Sighting(FOUND),
        Sighting(FOUND, (1,)),
        Sighting(Finding.ELSEWHERE, (1,)),
        Sighting(NOT_FOUND),
        Sighting(FOUND, (2,)),
        Sighting(NOT_FOUND),
    )


def test_every_format_with_text(place, put, make):
    files = {
        "a.docx": (make.docx("Vald kaasab"), "docx", None),
        "a.xlsx": (make.xlsx(["Vald", "kaasab"]), "xlsx", 1),
        "a.html": ("<p>Vald <b>kaasab</b>", "html", None),
        "a.txt": ("Vald\nkaasab".encode("utf-16"), "txt", None),
        "a.csv": ("Vald;kaasab", "csv", None),
        "a.md": ("# Vald kaasab", "txt", None),
        "ilma-lõputa": ("Vald kaasab", "txt", None),
    }
    for name, (data, kind, pages) in files.items():
        facts, sightings = look(place, put(name, data), [Place("vald kaasab"), Place("linn kaasab")])
        assert (facts.state, facts.type, facts.pages, facts.searchable) == (State.OK, kind, pages, True), name
        assert [sighting.finding for sighting in sightings] == [FOUND, NOT_FOUND], name


def test_files_only_a_person_can_look_at(place, put, make):
    files = {
        "foto.jpg": make.image("JPEG"),
        "skann.pdf": make.scan(pictures=2),
        "konteiner.asice": make.zip({"a.txt": "Vald kaasab"}, "application/vnd.etsi.asic-e+zip"),
        "vana.ppt": make.ole("PowerPoint Document"),
        "foto.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "skann.tiff": make.image("TIFF"),
        "film.mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
        "tühi.docx": make.docx(""),
        "tühjus.txt": b" \n ",
    }
    for name, data in files.items():
        file = put(name, data)
        facts, _ = look(place, file, [])
        assert (facts.state, facts.searchable) == (State.OK, False), name
        assert findings(place, file, WHOLE, Place("vald kaasab"), Place(page=1)) == [UNSEARCHABLE] * 3, name
    assert findings(place, "evidence/skann.pdf", Place(page=2), Place(page=3)) == [UNSEARCHABLE, NOT_FOUND]


def test_a_passage_not_found_where_some_pages_are_pictures(place, put, make):
    file = put("osalt.pdf", make.scan("Vald kaasab kõiki elanikke"))
    assert findings(place, file, Place("vald kaasab"), Place("linn kaasab")) == [FOUND, UNSEARCHABLE]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("tühi.pdf", lambda make: b"", (State.EMPTY, "")),
        ("kiri.docx", lambda make: b"MZ\x90\0" + b"\0" * 80, (State.MISLABELLED, "ending-docx-content-exe")),
        ("Kiri.DOCX", lambda make: b"MZ\x90\0" + b"\0" * 80, (State.MISLABELLED, "ending-docx-content-exe")),
        ("leht.pdf", lambda make: b"<!DOCTYPE html><p>tere", (State.MISLABELLED, "ending-pdf-content-html")),
        ("lukus.pdf", lambda make: make.locked(make.pdf("tere"), user="x"), (State.ENCRYPTED, "encrypted")),
        ("lukus.docx", lambda make: make.ole("EncryptionInfo", "EncryptedPackage"), (State.ENCRYPTED, "encrypted")),
        ("pool.pdf", lambda make: make.pdf("tere")[:-900], (State.UNREADABLE, "truncated")),
        ("pool.docx", lambda make: make.docx("tere")[:-900], (State.UNREADABLE, "damaged")),
        ("pomm.docx", lambda make: make.word("", before="<!DOCTYPE x [<!ENTITY a 'b'>]>"), (State.UNSAFE, "entities")),
        ("pomm.xlsx", lambda make: make.book("<c/>" * 2_000_000), (State.UNSAFE, "zip-bomb")),
        ("lukus.cdoc", lambda make: b"CDOC\x02\0\0\0", (State.ENCRYPTED, "encrypted")),
        ("vana.doc", lambda make: make.ole("WordDocument"), (State.UNREADABLE, "damaged")),
        ("hea.pdf", lambda make: make.locked(make.pdf("tere")), (State.OK, "")),
        ("hea.docx", lambda make: make.docx("tere"), (State.OK, "")),
    ],
)
def test_states(place, put, make, name, content, expected):
    assert outcome(place, put(name, content(make))) == expected


def test_facts_of_a_file_that_cannot_be_used_still_name_its_bytes(place, put):
    facts, _ = look(place, put("kiri.docx", b"MZ\x90\0" + b"\0" * 80), [])
    assert (facts.sha256, facts.size, facts.type) == (hashlib.sha256(b"MZ\x90\0" + b"\0" * 80).hexdigest(), 84, "exe")


def test_paths_that_are_refused_or_missing(place, put, make_fifo):
    put("kava.pdf", "x")
    kind = make_fifo(place / "evidence" / "toru.pdf")
    assert outcome(place, "evidence/toru.pdf") == (State.UNSAFE, kind)
    assert outcome(place, "../X001/evidence/kava.pdf") == (State.UNSAFE, "parent")
    assert outcome(place, "evidence/KAVA.pdf") == (State.MISSING, "case")
    assert outcome(place, "evidence/muu.pdf") == (State.MISSING, "")


def test_a_workbook_with_a_cell_in_the_last_corner(place, put, make):
    row = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>{2}</t></is></c></row>'
    data = make.book(row.format(1, "A", "algus") + row.format(1_048_576, "XFD", "nurk"))
    assert findings(place, put("solver.xlsx", data), Place("algus nurk", 1)) == [FOUND]


def opening(monkeypatch, act):
    """Let ``act(path, real_open)`` stand for opening a file in the room under test."""
    real = builtins.open
    monkeypatch.setattr(looking, "open", lambda path, *a, **k: act(path, lambda: real(path, *a, **k)), raising=False)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(13, "no"), (State.UNREADABLE, "permission")),
        (FileNotFoundError(2, "gone"), (State.MISSING, "")),
        (OSError(5, "bad disk"), (State.UNREADABLE, "io")),
    ],
)
def test_files_that_will_not_open(place, put, monkeypatch, error, expected):
    file = put("kava.txt", "tere")

    def refuse(path, really):
        raise error

    assert outcome(place, file) == (State.OK, "")
    opening(monkeypatch, refuse)
    assert outcome(place, file) == expected


def test_a_file_that_changes_while_it_is_read(place, put, monkeypatch):
    file = put("kava.txt", "tere")

    class Growing:
        def __init__(self, stream, path):
            self.stream, self.path = stream, path

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def fileno(self):
            return self.stream.fileno()

        def read(self, size):
            data = self.stream.read(size)
            with Path(self.path).open("ab") as more:
                more.write(b" ja veel")
            return data

    opening(monkeypatch, lambda path, really: Growing(really(), path))
    assert outcome(place, file) == (State.UNREADABLE, "changed")


def test_something_else_put_in_its_place_before_it_is_opened(place, put, monkeypatch, make_fifo):
    file = put("kava.txt", "tere")

    def exchange(path, really):
        if Path(path).is_file():
            Path(path).unlink()
            make_fifo(Path(path))
        return really()

    opening(monkeypatch, exchange)
    state, detail = outcome(place, file)
    assert (state, detail) != (State.OK, "")


def test_large_files_are_hashed_and_recognised_but_not_searched(place, put, make, monkeypatch):
    data = make.zip({"[Content_Types].xml": "x", "word/document.xml": os.urandom(9_000_000)}, method=zipfile.ZIP_STORED)
    file = put("suur.docx", data)
    assert outcome(place, file) == (State.UNREADABLE, "damaged")
    monkeypatch.setattr(looking, "MOST_SEARCHED", 1_000_000)
    facts, sightings = look(place, file, [WHOLE, Place("tere")])
    assert facts == Facts(State.OK, "", hashlib.sha256(data).hexdigest(), len(data), "docx")
    assert [sighting.finding for sighting in sightings] == [UNSEARCHABLE, UNSEARCHABLE]


def test_known_facts_spare_the_reading_only_while_the_bytes_are_the_same(place, put, make, monkeypatch):
    file = put("kava.pdf", make.pdf("Vald kaasab", "Teine"))
    places = [WHOLE, Place(page=2), Place(page=3)]
    first = look(place, file, places)
    calls = []
    real = readers.read
    monkeypatch.setattr(readers, "read", lambda *given: calls.append(given[0]) or real(*given))
    assert look(place, file, places, known=first[0]) == first
    assert calls == []
    assert look(place, file, [Place("vald kaasab", 1)], known=first[0])[1][0].finding is FOUND
    assert calls == ["pdf"]
    put("kava.pdf", make.pdf("Muu"))
    assert look(place, file, places, known=first[0])[0].pages == 1
    scan = put("skann.pdf", make.scan(pictures=2))
    known, sightings = look(place, scan, places)
    calls.clear()
    assert look(place, scan, places, known=known) == (known, sightings)
    assert calls == []


def test_names_with_markup_and_control_characters(place, put):
    for name in ("[red]kava[_red].txt", "a\u202etxt.exe.txt", "=cmd.txt"):
        assert findings(place, put(name, "Vald kaasab"), Place("vald kaasab")) == [FOUND]


def test_heavy_libraries_are_loaded_only_when_a_file_needs_them():
    heavy = [
        "lxml",
        "docx",
        "pypdfium2",
        "openpyxl",
        "python_calamine",
        "zipfile",
        "csv",
        "pydantic",
        "puremagic",
        "email",
        "olefile",
        "cryptography",
        "xml.parsers.expat",
    ]
    code = f"import sys, kaasav.evidence.look; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={
        **os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    assert ran.stdout.strip() == "[]"
