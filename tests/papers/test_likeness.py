import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kaasav.papers.likeness import ALIKE, FEWEST, KEPT, Sketch, groups, likeness, sketch

WORDS = [a + b for a in ("kaasa", "koos", "küla", "vald", "aren", "tege", "osa", "õue") for b in ("mine", "gu", "ta", "ses", "vus", "lus", "de", "line", "kond", "le")]  # fmt: skip


def text(seed: int, words: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def made(words: list[str]) -> Sketch:
    own = sketch([" ".join(words)])
    assert own is not None
    return own


def exact(one: list[str], other: list[str]) -> Fraction:
    """Jaccard's share of five-word sequences, from its definition."""
    first, second = ({tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (one, other))
    return Fraction(len(first & second), len(first | second))


@given(st.integers(0, 2**32), st.integers(50, 900), st.data())
def test_of_short_texts_the_share_is_exact(seed: int, size: int, data: st.DataObject) -> None:
    one = text(seed, size)
    other = list(one)
    for _ in range(data.draw(st.integers(0, 20))):
        other[data.draw(st.integers(0, size - 1))] = "muudetud"
    if sketch([" ".join(other)]) is not None and sketch([" ".join(one)]) is not None:
        assert likeness(made(one), made(other)) == exact(one, other) == likeness(made(other), made(one))


def test_of_long_texts_the_share_is_estimated_well() -> None:
    one = text(1, 12_000)
    for changed in (100, 400, 1_000, 3_000):
        other = list(one)
        for place in random.Random(changed).sample(range(len(one)), changed):
            other[place] = "muudetud"
        assert abs(likeness(made(one), made(other)) - exact(one, other)) < Fraction(6, 100)
        assert len(made(one).hashes) == KEPT


def test_setting_does_not_matter() -> None:
    words = text(2)
    plain = " ".join(words)
    pages = plain.upper().replace(" ", "\n"), "kaasamis-\nkord"
    assert likeness(made(words), sketch(["\n".join(words).title()])) == 1
    assert likeness(sketch([plain + " kaasamiskord"]), sketch(pages)) == 1
    assert likeness(sketch([plain[:1000], plain[1000:]]), made(words)) > Fraction(9, 10), "a page break divides a word"


def test_a_text_too_short_is_not_compared() -> None:
    assert sketch([" ".join(text(3, FEWEST + 3))]) is None
    assert sketch([]) is None
    assert sketch(["tere " * 10_000]) is None, "one sequence, however often"


LETTERHEAD = "NÄIDISVALLA VALLAVALITSUS Keskuse tee 1 Näidise alevik 70001 Näidisvald telefon 555 0000 vald@naidisvald.ee registrikood 70000001 arveldusarve Näidispangas www.naidisvald.ee"  # fmt: skip


def test_the_same_letterhead_is_no_likeness_and_a_changed_name_is() -> None:
    head = LETTERHEAD.split()
    letters = [made(head + text(seed, 60) + head) for seed in range(30)]
    assert groups(letters) == ()
    order = text(99, 400)
    copy = ["Tammemäe" if word == order[7] else word for word in order[:1] + order[1:]]
    copy[7] = "Tammemäe"
    alike = groups([*letters, made(head + order), made(head[3:] + order[:7] + ["Tammemäe"] + order[8:])])
    ((first, others),) = [(group.first, group.others) for group in alike]
    assert (first, [position for position, _share in others]) == (30, [31])
    assert others[0][1] > Fraction(9, 10)


def test_a_group_holds_all_copies_and_keeps_strangers_out() -> None:
    words = text(5)
    copies = [made([*words[:n], f"muudatus{n}", *words[n + 1 :]]) for n in range(0, 200, 10)]
    strangers = [made(text(seed)) for seed in range(100, 120)]
    (group,) = groups([*strangers[:10], *copies, *strangers[10:]])
    assert [group.first, *(position for position, _share in group.others)] == list(range(10, 30))
    assert all(share >= ALIKE for _position, share in group.others)


def test_the_threshold_is_kept_on_both_sides() -> None:
    words = text(6, 404)
    near, far = list(words), list(words)
    near[50:90] = ["muu"] * 40  # 44 of 400 sequences gone, 5 new
    far[50:150] = text(7, 100)
    assert exact(words, near) >= ALIKE > exact(words, far)
    assert len(groups([made(words), made(near)])) == 1
    assert groups([made(words), made(far)]) == ()
    assert len(groups([made(words), made(far)], Fraction(1, 2))) == 1
