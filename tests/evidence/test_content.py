"""Reading a file once and safely."""

import hashlib
import os

import pytest

from kaasav.evidence import content
from kaasav.evidence.content import ChangedError
from kaasav.evidence.text.pages import NoTextError, Pages, Why


def test_all_of_a_small_file_and_the_ends_of_a_large_one(tmp_path, monkeypatch) -> None:
    data = os.urandom(3_000_000)
    (tmp_path / "a").write_bytes(data)
    with content.opened(tmp_path / "a") as stream:
        whole = content.read(stream)
    assert (whole.head, whole.tail, whole.whole) == (data, data, True)
    monkeypatch.setattr(content, "MOST_SEARCHED", 1_000)
    with content.opened(tmp_path / "a") as stream:
        ends = content.read(stream)
    assert (ends.sha256, ends.size, ends.whole) == (hashlib.sha256(data).hexdigest(), len(data), False)
    assert data.startswith(ends.head)
    assert data.endswith(ends.tail)
    with pytest.raises(NoTextError) as none:
        content.text("txt", ends)
    assert none.value.why is Why.TOO_LARGE


def test_a_file_written_to_meanwhile_is_not_believed(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"tere")
    with pytest.raises(ChangedError), content.opened(tmp_path / "a") as stream:
        content.read(stream)
        (tmp_path / "a").write_bytes(b"tere tulemast")
    with content.opened(tmp_path / "a") as stream:
        assert content.read(stream).size == 13


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [("txt", b"tere", "tere"), ("jpeg", b"x", None), ("cdoc", b"x", Why.ENCRYPTED), ("zip-damaged", b"x", Why.DAMAGED)],
)
def test_text_or_why_not(kind, data, expected) -> None:
    try:
        pages = content.text(kind, content.of(data))
    except NoTextError as none:
        assert none.why is expected
    else:
        assert (pages.texts[0] if pages else None) == expected


@pytest.mark.parametrize(
    ("text", "searchable", "expected"), [("a", True, True), ("–", True, False), ("a", False, False)]
)
def test_searchable_means_a_letter_or_digit_that_is_no_picture(text, searchable, expected) -> None:
    assert content.searchable(Pages((text,), paged=False, searchable=searchable)) is expected
