import pytest

from kaasav.evidence.facts import Finding, Place
from kaasav.evidence.passage import Searchable
from kaasav.evidence.sighting import in_text, without_text
from kaasav.evidence.text.pages import Pages

TEXTS = ("vald kaasab", "midagi muud siin", "vald kaa-", "sab jälle")
FOUND, ELSEWHERE, NOT_FOUND, UNSEARCHABLE = (Finding.FOUND, Finding.ELSEWHERE, Finding.NOT_FOUND, Finding.UNSEARCHABLE)


def seen(pages: Pages, passage: str | None, page: int | None) -> tuple[Finding, tuple[int, ...]]:
    sighting = in_text(Place(passage, page), pages, Searchable(pages.texts).find)
    return sighting.finding, sighting.pages


@pytest.mark.parametrize(
    ("passage", "page", "expected"),
    [
        (None, None, (FOUND, ())),
        (None, 4, (FOUND, (4,))),
        (None, 5, (NOT_FOUND, ())),
        (None, 0, (NOT_FOUND, ())),
        ("vald kaasab", None, (FOUND, (1, 3, 4))),
        ("vald kaasab", 1, (FOUND, (1, 3, 4))),
        ("vald kaasab", 4, (FOUND, (1, 3, 4))),  # continues there
        ("vald kaasab", 2, (ELSEWHERE, (1, 3, 4))),
        ("vald kaasab", 9, (ELSEWHERE, (1, 3, 4))),
        ("vald kaasab", -1, (NOT_FOUND, ())),
        ("linn kaasab", None, (NOT_FOUND, ())),
        ("linn kaasab", 2, (NOT_FOUND, ())),
    ],
)
def test_pages(passage, page, expected):
    assert seen(Pages(TEXTS, paged=True), passage, page) == expected


@pytest.mark.parametrize(
    ("passage", "page", "expected"),
    [
        (None, None, (FOUND, ())),
        (None, 1, (UNSEARCHABLE, ())),
        (None, 0, (NOT_FOUND, ())),
        ("vald kaasab", None, (FOUND, ())),
        ("vald kaasab", 3, (UNSEARCHABLE, ())),
        ("vald kaasab", 0, (NOT_FOUND, ())),
        ("linn kaasab", None, (NOT_FOUND, ())),
        ("linn kaasab", 3, (NOT_FOUND, ())),
    ],
)
def test_formats_without_pages(passage, page, expected):
    assert seen(Pages(("vald kaasab",), paged=False), passage, page) == expected


@pytest.mark.parametrize(
    ("passage", "page", "expected"),
    [
        ("linn kaasab", None, (UNSEARCHABLE, ())),  # perhaps on the picture
        ("linn kaasab", 2, (UNSEARCHABLE, ())),
        ("linn kaasab", 1, (UNSEARCHABLE, ())),  # perhaps from there on to the picture
        ("linn kaasab", 4, (NOT_FOUND, ())),
        ("vald kaasab", 2, (UNSEARCHABLE, (1,))),
        ("vald kaasab", 4, (ELSEWHERE, (1,))),
        ("vald kaasab", 1, (FOUND, (1,))),
        (None, 2, (FOUND, (2,))),
    ],
)
def test_what_may_stand_on_a_picture(passage, page, expected):
    pages = Pages(("vald kaasab", "", "midagi", "muud"), paged=True, blind=frozenset({2}))
    assert seen(pages, passage, page) == expected


@pytest.mark.parametrize(
    ("place", "pages", "expected"),
    [
        (Place(), None, UNSEARCHABLE),
        (Place("vald"), 3, UNSEARCHABLE),
        (Place(page=3), 3, UNSEARCHABLE),
        (Place("vald", 4), 3, NOT_FOUND),
        (Place(page=4), None, UNSEARCHABLE),
        (Place(page=0), None, NOT_FOUND),
    ],
)
def test_files_without_text(place, pages, expected):
    assert without_text(place, pages).finding is expected
