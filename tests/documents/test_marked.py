"""Marks are looked for in what was made, wherever a reader would see them."""

import pytest

from kaasav.documents.marked import WITHOUT, require
from kaasav.problems import Refused

MARKS = {"marks": ["SAMPLE", "PROPOSAL"]}


@pytest.mark.parametrize(
    "page",
    [
        "<p>SAMPLE · PROPOSAL</p>",
        "<p>SAM\nPLE</p><p>PRO&shy;POSAL</p>",
        "<head><title>x</title></head><b>SAM</b>PLE PROPOSAL",
        "<script>x</script><p>SAMPLE PROPOSAL",
    ],
)
def test_a_page_that_shows_them(page: str) -> None:
    require(page.encode(), "html", MARKS, "own.j2")


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        ("<p>PROPOSAL</p>", "SAMPLE"),
        ("<p>sample proposal</p>", "SAMPLE, PROPOSAL"),
        ("<!-- SAMPLE --><p>PROPOSAL</p>", "SAMPLE"),
        ("<title>x</title><p title='SAMPLE PROPOSAL'>", "SAMPLE, PROPOSAL"),
        ("<head><title>SAMPLE PROPOSAL</title></head>", "SAMPLE, PROPOSAL"),
        ("<style>SAMPLE PROPOSAL</style>", "SAMPLE, PROPOSAL"),
        ("", "SAMPLE, PROPOSAL"),
    ],
)
def test_a_page_that_does_not(page: str, missing: str) -> None:
    with pytest.raises(Refused) as refused:
        require(page.encode(), "html", MARKS, "own.j2")
    (problem,) = refused.value.problems
    assert (problem.kind, problem.location.file) == (WITHOUT, "own.j2")
    assert problem.message.endswith(f": {missing}")


def test_of_a_list_the_word_its_mark_begins_with_is_enough() -> None:
    marks = {"marks": [{"code": "proposal", "text": "PROPOSAL – no decisions are recorded"}]}
    require(b"<p>PROPOSAL", "html", marks, "own.j2")
    with pytest.raises(Refused):
        require(b"<p>proposal", "html", marks, "own.j2")


def test_the_real_thing_has_none() -> None:
    require(b"", "html", {"marks": []}, "own.j2")
