from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.papers.insertion import inserted, scalar
from kaasav.problems import Refused
from kaasav.yamldoc.document import Document, parse

SEEN = {"by": "ann", "on": "2026-10-06", "where": "leht 2: „pilt”"}
LINE = 'seen: {by: ann, on: 2026-10-06, where: "leht 2: „pilt”"}'

# What a file may hold: no control characters, nothing invisible.
LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])


def read(text: str | bytes) -> Document:
    document, problems = parse(text if isinstance(text, bytes) else text.encode(), "evidence.yaml")
    assert problems == []
    return document


LIST = """# Tõendid – õppimiseks
schema: kaasav/evidence/1

items:
  - id: foto        # pilt
    title:   "Õhtu"
    file: evidence/õhtu.jpg   # 0618, 1.10
    uses:
      - criterion: T5
        note: >-
          mitmel
          real

        # lõpp
      - {criterion: K1, page: 1}   # teine
      - criterion: K2
        places:
          - passage: ühel
              real
          - {page: 2}
  - id: teine
    uses: []
"""


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (0, "          real\n", f"          real\n        {LINE}\n"),
        (1, "page: 1}", f"page: 1, {LINE}}}"),
        (2, "          - {page: 2}\n", f"          - {{page: 2}}\n        {LINE}\n"),
    ],
)
def test_one_line_is_added_and_every_other_byte_stays(number: int, before: str, after: str) -> None:
    changed = inserted(read(LIST), ("items", 0, "uses", number), "seen", SEEN).decode()
    assert changed == LIST.replace(before, after, 1)
    assert read(changed).data["items"][0]["uses"][number]["seen"] == SEEN


def test_a_key_may_be_written_behind_another() -> None:
    after = inserted(read(LIST), ("items", 0), "erased", {"on": "2026-11-01"}, after="file").decode()
    behind = "    file: evidence/õhtu.jpg   # 0618, 1.10\n"
    assert after == LIST.replace(behind, behind + "    erased: {on: 2026-11-01}\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n  - id: teine\n    uses: []\n", ""),
        lambda text: text.replace("  - id: teine\n    uses: []\n", "\n\n# lõpp"),
        lambda text: text.replace("    uses:\n", "    uses: # siin\n\n\n"),
    ],
)
@pytest.mark.parametrize("path", [("items", 0), ("items", 0, "uses", 1), ("items", 0, "uses", 2)])
def test_whatever_the_editor_did(change: Callable[[str], str], path: tuple[str | int, ...]) -> None:
    text = change(LIST)
    assert text != LIST
    newline = "\r\n" if "\r\n" in text else "\n"
    changed = inserted(read(text), path, "seen", SEEN).decode()
    without = changed.replace(f", {LINE}", "")
    for indent in ("        ", "    "):
        without = without.replace(f"{newline}{indent}{LINE}", "", 1)
    assert without.rstrip("\r\n") == text.rstrip("\r\n")
    assert changed.count(LINE) == 1
    assert changed.count("\n") == changed.count(newline)


def test_a_form_no_line_can_be_added_to_is_said_with_the_line() -> None:
    document = read("items:\n  - {}\n")
    with pytest.raises(Refused) as refused:
        inserted(document, ("items", 0), "seen", SEEN)
    (problem,) = refused.value.problems
    assert (problem.code, problem.location.line) == ("insertion-by-hand", 2)
    assert LINE in problem.hint


def test_what_is_there_already_or_nowhere_is_a_mistake_of_the_caller() -> None:
    document = read(LIST)
    with pytest.raises(ValueError, match="cannot go"):
        inserted(document, ("items", 0), "file", {"a": "b"})
    with pytest.raises(ValueError, match="cannot go"):
        inserted(document, ("items", 0, "id"), "x", {"a": "b"})


@given(st.text(LETTERS, max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    data = read(f"a: {scalar(text)}\n".encode()).data["a"]
    assert data == text


texts = st.text(LETTERS, min_size=1, max_size=12)
notes = st.one_of(
    texts.map(scalar),
    st.sampled_from(
        ["|\n      a\n      b", ">-\n      a\n\n      b", "plain text", "'x'", "{a: 1}", "[1,\n  2]", "[]", "~"]
    ),
)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), notes), min_size=1, max_size=4, unique_by=lambda kv: kv[0]),
    st.integers(0, 3),
)
def test_any_list_keeps_its_data(pairs: list[tuple[str, str]], blank: int) -> None:
    body = "\n    ".join(f"{key}: {value}" for key, value in pairs)
    text = f"items:\n  - {body}\n" + "\n" * blank + "  - z: 1 # z\n"
    document, problems = parse(text.encode(), "x")
    if problems:
        return
    for after in ("", pairs[0][0]):
        read(inserted(document, ("items", 0), "seen", SEEN, after=after))


def test_every_item_of_a_real_list_takes_a_line(root: Path) -> None:
    content = (root / "assessments" / "2026" / "tammemae" / "evidence.yaml").read_bytes()
    document = read(content)
    for index, item in enumerate(document.data["items"]):
        number = len(item["uses"]) - 1
        for path, after in ((("items", index), "file"), (("items", index, "uses", number), "")):
            changed = inserted(document, path, "erased", SEEN, after=after)
            assert len(changed) > len(content)
            assert changed.replace(b"\r\n", b"\n").count(b"\n") - content.count(b"\n") in (0, 1)
