import random
from fractions import Fraction
from hashlib import sha256

from kaasav.papers import opened
from kaasav.papers.opened import papers
from kaasav.papers.reuse import Found, Reach, known_elsewhere, reuse

LETTERHEAD = "NÄIDISVALLA VALLAVALITSUS Keskuse tee 1 Näidise alevik 70001 telefon 555 0000 vald@naidisvald.ee registrikood 70000001\n"  # fmt: skip


def order(seed: int, words: int = 300) -> str:
    made = random.Random(seed)
    return " ".join("".join(made.choices("aeioukslmtnrv", k=made.randint(3, 9))) for _ in range(words))


def compare(ground, *places: tuple[str, str]) -> Found:
    return reuse(paper for who, year in places for paper in papers(ground.member(who, year), text=True))


def told(found: Found) -> list[tuple[str, bool, list[str]]]:
    return [(one.reach, one.same_bytes, [claim.paper.place for claim in one.claims]) for one in found.reuses]


def test_the_same_bytes_of_two_municipalities_in_a_container_too(ground) -> None:
    text = order(1).encode()
    ground.put("kord.txt", text)
    ground.put("leping.asice", ground.zipped({"x.txt": text}, ground.ASICE), "tammemae")
    ground.put("muu.txt", order(2), "tammemae")
    assert told(compare(ground, ("naidisvald", "2026"), ("tammemae", "2026"))) == [
        (Reach.MUNICIPALITIES, True, ["naidisvald/evidence/kord.txt", "tammemae/evidence/leping.asice › x.txt"])
    ]


def test_nearly_the_same_text_under_another_name_and_format(ground) -> None:
    words = order(3)
    ground.put("kord.txt", LETTERHEAD + words)
    other = words.replace(words.split()[5], "Tammemäe", 1)
    ground.put("kaasamine.html", f"<html><body><h1>Tammemäe vald</h1><p>{other.upper()}</p></body></html>", "tammemae")
    found = compare(ground, ("naidisvald", "2026"), ("tammemae", "2026"))
    assert told(found) == [
        (Reach.MUNICIPALITIES, False, ["naidisvald/evidence/kord.txt", "tammemae/evidence/kaasamine.html"])
    ]
    first, second = found.reuses[0].claims
    assert first.likeness == 1 > second.likeness > Fraction(4, 5)


def test_papers_that_share_a_letterhead_only_are_not_told(ground) -> None:
    for n in range(6):
        ground.put(f"kiri{n}.txt", LETTERHEAD + order(10 + n, 80) + "\nLugupidamisega vallavanem\n")
        ground.put(f"kiri{n}.txt", LETTERHEAD + order(20 + n, 80) + "\nLugupidamisega vallavanem\n", "tammemae")
    ground.put("plank.txt", LETTERHEAD)
    ground.put("plank.txt", LETTERHEAD + ".", "tammemae")
    found = compare(ground, ("naidisvald", "2026"), ("tammemae", "2026"))
    assert (found.reuses, found.papers, found.without_text) == ([], 14, 0)


def test_rounds_and_criteria(ground) -> None:
    ground.put("kord.txt", order(4))
    ground.put("kord.txt", order(4), year="2027")
    ground.put("koosolek.txt", order(5))
    ground.put("pilt.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50)
    ground.list("""- {id: koosolek, title: K, kind: event, file: evidence/koosolek.txt, date: 2026-01-01, uses: [{criterion: A1, whole: true}, {criterion: B1, whole: true}]}
- {id: pilt, title: P, kind: event, file: evidence/pilt.jpg, date: 2026-01-01, uses: [{criterion: A1, whole: true}]}""")
    found = compare(ground, ("naidisvald", "2026"), ("naidisvald", "2027"))
    assert told(found) == [
        (Reach.ROUNDS, True, ["naidisvald/evidence/kord.txt", "naidisvald/evidence/kord.txt"]),
        (Reach.CRITERIA, True, ["naidisvald/evidence/koosolek.txt"]),
    ]
    assert found.reuses[1].claims[0].criteria == ("A1", "B1")
    assert found.without_text == 1


def test_copies_nobody_claims_and_empty_files_are_no_reuse(ground) -> None:
    for name in ("a.txt", "b.txt"):
        ground.put(name, order(6))
        ground.put(name.replace("txt", "log"), b"")
    ground.put("c.log", b"", "tammemae")
    assert compare(ground, ("naidisvald", "2026"), ("tammemae", "2026")).reuses == []


def test_hashes_known_elsewhere_are_told_with_their_places(ground) -> None:
    text = order(7).encode()
    ground.put("kord.txt", text)
    ground.put("vana.zip", ground.zipped({"kord.txt": text}), "tammemae", "2025")
    digest = sha256(text).hexdigest()
    known = known_elsewhere([digest, "0" * 64], ground.workspace)
    assert {own: [paper.place for paper in places] for own, places in known.items()} == {
        digest: [
            "assessments/2025/tammemae/evidence/vana.zip › kord.txt",
            "assessments/2026/naidisvald/evidence/kord.txt",
        ]
    }
    but = known_elsewhere([digest], ground.workspace, but=ground.folder())
    assert [paper.member.round_id for paper in but[digest]] == ["2025"]
    assert known_elsewhere([], ground.workspace) == {}


def test_files_of_other_sizes_are_not_read_through_but_containers_are(ground, monkeypatch) -> None:
    text = order(8).encode()
    ground.put("kord.txt", text)
    ground.put("muu.txt", order(9))
    ground.put("vana.zip", ground.zipped({"kord.txt": text}), "tammemae")
    read = []
    monkeypatch.setattr(opened, "papers_of", lambda member, file, *, text: read.append(file) or iter(()))
    known_elsewhere([sha256(text).hexdigest()], ground.workspace, sizes={len(text)})
    assert read == ["evidence/kord.txt", "evidence/vana.zip"]
    monkeypatch.undo()
    known = known_elsewhere([sha256(text).hexdigest()], ground.workspace, sizes={len(text)})
    assert [paper.name for places in known.values() for paper in places] == [
        "evidence/kord.txt",
        "evidence/vana.zip › kord.txt",
    ]
