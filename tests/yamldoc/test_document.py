"""Reading YAML: text stays text, every value knows its place, and hostile files end in a problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.yamldoc.document import MAX_BYTES, MAX_DEPTH, parse


def problems_of(content: bytes | str) -> list[tuple[str, str]]:
    """Place and code of every problem."""
    _document, problems = parse(content if isinstance(content, bytes) else content.encode(), "f.yaml")
    return [(str(problem.location), problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("0618", "0618"),
        ("1.10", "1.10"),
        ("NO", "NO"),
        ("12:30", "12:30"),
        ("0.40", "0.40"),
        ("true", "true"),
        ("2026-13-45", "2026-13-45"),
        ('"null"', "null"),
        ("'~'", "~"),
        ("null", None),
        ("~", None),
        ("", None),
        ("1e9", "1e9"),
        ("0x1F", "0x1F"),
        ("õun", "õun"),
    ],
)
def test_a_plain_scalar_stays_the_text_it_is(written: str, means: str | None) -> None:
    document, problems = parse(f"key: {written}\n".encode(), "f.yaml")
    assert problems == []
    assert document.data == {"key": means}


def test_values_and_keys_know_their_places() -> None:
    document, _ = parse(b"a:\n  - x\n  - b: {c: 1}\n", "f.yaml")
    assert str(document.at("a", 0)) == "f.yaml:2:5"
    assert str(document.at("a", 1, "b", "c")) == "f.yaml:3:12"
    assert str(document.at_key("a", 1, "b", "c")) == "f.yaml:3:9"
    assert str(document.at("a", 1, "nothing")) == "f.yaml:3:5", "the nearest part that exists"


def test_columns_count_characters_not_bytes() -> None:
    assert problems_of("õäöü: {õ: 1, õ: 2}\n") == [("f.yaml:1:14", "duplicate-key")]


def test_a_key_twice_is_told_once_and_the_first_value_kept() -> None:
    document, problems = parse(b"a: 1\nb: 2\na:\n  - {deep: [1]}\n  - b\nc: 3\n", "f.yaml")
    assert [(str(p.location), p.code) for p in problems] == [("f.yaml:3:1", "duplicate-key")]
    assert document.data == {"a": "1", "b": "2", "c": "3"}


HOSTILE = {
    "aliases": ("a: &x [1]\nb: *x\n", "yaml-alias", "a: [1]\nb: [1]\n"),
    "alias bomb": (
        "a: &a [x,x]\n" + "".join(f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)),
        "yaml-alias",
        "a: [x,x]\n",
    ),
    "merge key": ("a: &a {b: 1}\nc:\n  <<: *a\n", "yaml-alias", "a: {b: 1}\n"),
    "tag": ("a: !!python/object:os.system x\n", "yaml-tag", "a: x\n"),
    "two documents": ("a: 1\n---\nb: 2\n", "yaml-several-documents", "---\na: 1\n"),
    "deep": ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "yaml-too-deep", "[" * MAX_DEPTH + "]" * MAX_DEPTH),
    "very deep": ("[" * 200_000, "yaml-too-deep", "[[]]"),
    "list as key": ("? [a]\n: 1\n", "key-not-text", "? a\n: 1\n"),
    "empty": ("", "yaml-empty", "a: 1\n"),
    "only comments": ("# nothing\n", "yaml-empty", "# something\na: 1\n"),
    "unclosed quote": ('a: "b\nc: 1\n', "yaml-quote", 'a: "b"\nc: 1\n'),
    "colon in a text": ("a: § 1: nii\n", "yaml-colon", "a: '§ 1: nii'\n"),
    "tab": ("a:\n\t- b\n", "yaml-tab", "a:\n  - b\n"),
    "at sign": ("a: @b\n", "yaml-unreadable", "a: '@b'\n"),
    "control character": ("a: \x07\n", "yaml-invisible", "a: x\n"),
    "nul": ("a: \x00\n", "yaml-invisible", "a: ''\n"),
    "escaped control character": ('a: "\\e[31m"\n', "yaml-invisible", 'a: "[31m"\n'),
    "turned direction": ("a: x\u202efdp\n", "yaml-invisible", "a: xfdp\n"),
    "bad indentation": ("a:\n  b: 1\n c: 2\n", "yaml-unreadable", "a:\n  b: 1\n  c: 2\n"),
    "doubled key": ("a: 1\na: 2\n", "duplicate-key", "a: 1\nA: 2\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_problem_with_a_place_and_its_good_twin_is_none(name: str) -> None:
    bad, code, good = HOSTILE[name]
    assert [found for _place, found in problems_of(bad)] == [code]
    assert problems_of(good) == []


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1257", "iso-8859-13"])
def test_another_encoding_is_refused_at_its_first_wrong_byte(encoding: str) -> None:
    assert [code for _place, code in problems_of("a: 1\nõige: ž\n".encode(encoding))] == ["yaml-not-utf8"]
    if encoding != "utf-16":
        assert problems_of("a: 1\nb: õ\n".encode(encoding)) == [("f.yaml:2:4", "yaml-not-utf8")]


def test_a_byte_order_mark_is_no_problem() -> None:
    document, problems = parse("a: õ\n".encode("utf-8-sig"), "f.yaml")
    assert (document.data, problems) == ({"a": "õ"}, [])


def test_windows_line_ends_are_no_problem() -> None:
    document, problems = parse(b"a: 1\r\nb:\r\n  - 2\r\n", "f.yaml")
    assert (document.data, problems) == ({"a": "1", "b": ["2"]}, [])
    assert str(document.at("b", 0)) == "f.yaml:3:5"


def test_a_file_of_more_than_the_limit_is_not_even_read() -> None:
    assert problems_of(b"a: " + b"x" * MAX_BYTES) == [("f.yaml", "yaml-too-large")]


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_stands_in_the_file_nothing_is_raised(content: str | bytes) -> None:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    document, problems = parse(raw, "f.yaml")
    assert document.data is not None or problems


@given(st.recursive(st.text("ab:#-[]{}'\"õ 1", min_size=1, max_size=6), lambda inner: st.lists(inner, max_size=3)))
def test_what_the_standard_writer_writes_is_read_back_as_text(value: object) -> None:
    import yaml

    written = yaml.safe_dump({"key": value}, allow_unicode=True, default_style='"')
    document, problems = parse(written.encode(), "f.yaml")
    assert problems == []
    assert document.data == {"key": value}
