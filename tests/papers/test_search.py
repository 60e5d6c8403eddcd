import time

import pytest

from kaasav.papers.search import context, search
from kaasav.problems import Refused


def found(ground, text: str):
    (one,) = search([ground.member()], text)
    return [(hit.paper.name, hit.page, hit.context) for hit in one.hits]


def test_a_text_is_found_however_it_was_set(ground) -> None:
    ground.put("kord.txt", "Valla kaasamis-\nkord võeti „vastu“  12. märtsil.")
    ground.put("muu.txt", "Kaasamise kord")
    ground.put("sees.zip", ground.zipped({"a.txt": "Siin on KAASAMISKORD VÕETI VASTU.".encode()}))
    ground.list("- {id: kord, title: Kord, kind: act, file: evidence/kord.txt}")
    assert found(ground, "kaasamiskord võeti") == [
        ("evidence/kord.txt", None, "Valla kaasamis- kord võeti „vastu“ 12. märtsil."),
        ("evidence/sees.zip › a.txt", None, "Siin on KAASAMISKORD VÕETI VASTU."),
    ]
    assert found(ground, 'võeti "vastu"') == [
        ("evidence/kord.txt", None, "Valla kaasamis- kord võeti „vastu“ 12. märtsil.")
    ]
    assert found(ground, "kaasamiskorda") == []


def test_what_could_not_be_searched_is_named(ground) -> None:
    ground.put("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100)
    ground.put("kiri.txt", "Tere tulemast")
    (one,) = search([ground.member()], "Tere")
    assert [(p.name, p.why) for p in one.unsearched] == [("evidence/foto.jpg", "no-text")]
    assert (one.searched, one.complete, len(one.hits)) == (1, True, 1)


def test_the_page_is_told_and_a_passage_over_two_pages_shows_both_ends() -> None:
    assert context(["algus keset", "lauset lõpp"], "keset lauset") == "algus keset lauset lõpp"
    assert context(["x" * 100 + " keset " + "y" * 100], "keset") == "…" + "x" * 59 + " keset " + "y" * 59 + "…"
    assert context(["ei midagi"], "keset") == ""


def test_personal_codes_around_it_are_masked() -> None:
    from kaasav.papers.isikukood import check_digit

    code = "7000305123" + str(check_digit("7000305123"))
    assert context([f"Mari, isikukood {code}, Metsaküla"], "isikukood") == "Mari, isikukood 700••••••••, Metsaküla"
    cut = context([f"isikukood {'a' * 55} {code}"], "isikukood")
    assert code[3:6] not in cut, "not even where the context ends within it"


@pytest.mark.parametrize("text", ["", "a", "..", "a" * 501])
def test_a_text_too_short_or_too_long_is_refused(ground, text: str) -> None:
    with pytest.raises(Refused):
        search([], text)


@pytest.mark.parametrize(
    "page", ["a" * 1_000_000, "a " * 500_000, "\u00ad" * 1_000_000, " " * 1_000_000, "a\u00ad" * 400_000]
)
def test_hostile_pages_take_bounded_time(page: str) -> None:
    start = time.perf_counter()
    context([page], "a" * 499 + "b")
    context([page], "a " * 200 + "b")
    assert time.perf_counter() - start < 4
