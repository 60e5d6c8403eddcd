from kaasav.papers.opened import papers

MAIL = (
    b"From: Mari <mari@naidis.ee>\r\nTo: vald@naidis.ee\r\nSubject: Kinnitus\r\nMIME-Version: 1.0\r\n"
    b"Message-ID: <1@naidis.ee>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0200\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    b"Saadan kinnituse.\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b'Content-Disposition: attachment; filename="kinnitus.txt"\r\n\r\nKinnitame, et meid kuulati.\r\n--x--\r\n'
)


def seen(ground, *, text=True):
    return [
        (p.name, p.why, p.item.id if p.item else None, p.pages.texts if p.pages else None)
        for p in papers(ground.member(), text=text)
    ]


def test_listed_unlisted_and_inner_files_come_with_their_text(ground) -> None:
    ground.put("kiri.txt", "Tere")
    ground.put(
        "leping.asice", ground.zipped({"kord.txt": b"Kord kehtib", "META-INF/signatures0.xml": b"<x/>"}, ground.ASICE)
    )
    ground.put("kiri.eml", MAIL)
    ground.list("""- {id: kiri, title: Kiri, kind: act, file: evidence/kiri.txt}
- {id: kord, title: Kord, kind: act, file: evidence/leping.asice, inside: kord.txt}""")
    found = {name: (why, item, text) for name, why, item, text in seen(ground)}
    assert found["evidence/kiri.txt"] == ("", "kiri", ("Tere",))
    assert found["evidence/leping.asice"] == ("", None, None)
    assert found["evidence/leping.asice › kord.txt"] == ("", "kord", ("Kord kehtib",))
    assert "Saadan kinnituse." in found["evidence/kiri.eml"][2][0]
    assert found["evidence/kiri.eml › kinnitus.txt"][2][0].strip() == "Kinnitame, et meid kuulati."
    assert all(text is None and why == "" for _name, why, _item, text in seen(ground, text=False))


def test_what_gives_no_text_says_why(ground) -> None:
    ground.put("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100)
    ground.put("tyhi.txt", b"")
    ground.put("katki.docx", b"PK\x03\x04katki")
    ground.put("katki.zip", b"PK\x03\x04katki")
    ground.put("kriips.txt", "– – –")
    ground.put("lukus.cdoc", b"CDOC" + b"\0" * 50)
    assert {name.rpartition("/")[2]: why for name, why, _i, _t in seen(ground)} == {
        "foto.jpg": "no-text",
        "tyhi.txt": "empty",
        "katki.docx": "damaged",
        "katki.zip": "damaged",
        "kriips.txt": "no-text",
        "lukus.cdoc": "encrypted",
    }


def test_a_zip_in_a_zip_in_a_zip_is_opened_and_one_more_is_not(ground) -> None:
    def nested(depth: int) -> bytes:
        return ground.zipped({"sees.txt": b"sisu"} if depth == 1 else {"sees.zip": nested(depth - 1)})

    ground.put("kolm.zip", nested(3))
    ground.put("neli.zip", nested(4))
    names = {name: why for name, why, _i, _t in seen(ground)}
    assert names["evidence/kolm.zip › sees.zip › sees.zip › sees.txt"] == ""
    assert names["evidence/neli.zip › sees.zip › sees.zip › sees.zip"] == "too-deep"


def test_many_files_in_containers_of_one_file_are_bounded_together(ground, monkeypatch) -> None:
    monkeypatch.setattr("kaasav.papers.opened.MOST_INSIDE", 10)
    inner = ground.zipped({f"{n}.txt": b"a" * n for n in range(1, 7)})
    ground.put("hea.zip", ground.zipped({"a.zip": inner}))
    ground.put("palju.zip", ground.zipped({"a.zip": inner, "b.zip": inner}))
    why = [(name, why) for name, why, _i, _t in seen(ground) if why]
    assert [one for one in why if one[0].startswith("evidence/hea.zip")] == []
    assert why[0] == ("evidence/palju.zip › b.zip › 3.txt", "too-many-members")
    assert len(why) == 1


def test_a_file_too_large_to_hold_is_hashed_and_its_inner_files_are_read(ground, monkeypatch) -> None:
    from hashlib import sha256

    content = b"x" * 5_000
    ground.put("suur.txt", content)
    ground.put("suur.zip", ground.zipped({"a.txt": b"sisu", "b.bin": bytes(range(256)) * 20}, ""))
    monkeypatch.setattr("kaasav.evidence.content.MOST_SEARCHED", 300)
    found = {paper.name: paper for paper in papers(ground.member(), text=True)}
    assert (found["evidence/suur.txt"].why, found["evidence/suur.txt"].sha256) == (
        "too-large",
        sha256(content).hexdigest(),
    )
    assert found["evidence/suur.zip › a.txt"].pages.texts == ("sisu",)


def test_two_spellings_of_one_name_are_one_file(ground) -> None:
    import unicodedata

    ground.put(unicodedata.normalize("NFD", "õhtu.txt"), "Tere")
    ground.list(f"- {{id: a, title: A, kind: act, file: evidence/{unicodedata.normalize('NFC', 'õhtu.txt')}}}")
    assert [item for _n, _w, item, _t in seen(ground)] == ["a"]


def test_a_list_that_cannot_be_read_hides_no_paper(ground) -> None:
    ground.put("kiri.txt", "Tere")
    ground.list("- {id: a, tittle: A}")
    own = ground.member()
    assert [problem.code for problem in own.problems][:1] != []
    assert [paper.name for paper in papers(own, text=True)] == ["evidence/kiri.txt"]
