import base64
import json
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kaasav.problems import Forbidden, Refused
from kaasav.store.checks import check
from kaasav.store.database import Store
from kaasav.store.exports import export, rendered
from kaasav.store.imports import import_


def names(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture(scope="module")
def exported(filled, tmp_path_factory) -> str:
    target = tmp_path_factory.mktemp("exported") / "kaasav.json"
    export(filled, target)
    return target.read_text(encoding="utf-8")


def imported(tmp_path, text):
    source, target = tmp_path / "in.json", tmp_path / "made.db"
    source.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    import_(source, target)
    return target


def refusal(tmp_path, text):
    with pytest.raises(Refused) as refused:
        imported(tmp_path, text)
    assert names(tmp_path) == ["in.json"]
    assert {p.location.file for p in refused.value.problems} == {str(tmp_path / "in.json")}
    assert all(p.message for p in refused.value.problems)
    return [(p.code, p.location.line) for p in refused.value.problems]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def entries_of(text):
    return json.loads(text)


def joined(entries):
    return "[\n" + ",\n".join(rendered(entry) for entry in entries) + "\n]\n"


def test_an_export_becomes_the_same_database(tmp_path, exported, now):
    target = imported(tmp_path, exported)
    assert check(target) == []
    export(target, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == exported
    with Store.open(target) as store:
        assert [r.code for r in store.results()] == ["X002", "X001", "X001"]
        store.append_event("note", "", {}, at=now)
    assert check(target) == []


def test_line_endings_and_a_byte_order_mark_from_elsewhere_do_not_matter(tmp_path, exported):
    target = imported(tmp_path, b"\xef\xbb\xbf" + exported.replace("\n", "\r\n").encode())
    export(target, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == exported


def test_an_empty_database_goes_there_and_back(tmp_path):
    Store.open(tmp_path / "a.db", create=True).close()
    export(tmp_path / "a.db", tmp_path / "a.json")
    import_(tmp_path / "a.json", tmp_path / "b.db")
    assert check(tmp_path / "b.db") == []
    with Store.open(tmp_path / "b.db") as store:
        assert store.head() is None


def test_a_file_in_the_way_is_not_overwritten(tmp_path, exported):
    (tmp_path / "made.db").write_bytes(b"")
    with pytest.raises(Forbidden):
        imported(tmp_path, exported)
    assert (tmp_path / "made.db").read_bytes() == b""


def test_a_missing_export_or_a_folder_is_a_problem(tmp_path):
    for source in (tmp_path / "missing.json", tmp_path):
        with pytest.raises(Refused) as refused:
            import_(source, tmp_path / "made.db")
        assert [p.code for p in refused.value.problems] == ["export-unreadable"]
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Näidisvald\\n", "Näidisvalt\\n", "export-wrong-hash"),
        ('"status": "complete"', '"status": "preview"', "export-wrong-hash"),
        ('"reason": "hiljem"', '"reason": "ei"', "export-wrong-hash"),
    ],
)
def test_a_changed_entry_is_named_by_its_first_line(tmp_path, exported, old, new, code):
    start = exported[: exported.index(old)].rindex("\n{") + 1
    assert refusal(tmp_path, exported.replace(old, new, 1)) == [(code, exported[:start].count("\n") + 1)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"rules": 1,', '"rules": 1.0,', "export-not-entry"),
        ('"rules": 1,', '"rules": NaN,', "export-not-entry"),
        ('"rules": 1,', '"rules": ' + "1" * 5000 + ",", "export-not-entry"),
        ('"rules": 1,', '"rules": ' + "[" * 50000 + "]" * 50000 + ",", "export-not-entry"),
        ('"name": "Näidisvald"', '"name": "\\ud800"', "export-not-entry"),
        ('"rules": 1,', '"rules": ,', "export-not-json"),
        ('"rules": 1,', '"rules": 1,\n  "rules": 1,', "export-altered"),
        ('"rules": 1,', '"rules":  1,', "export-altered"),
        ('"name": "Näidisvald"', '"name": "N\\u00e4idisvald"', "export-altered"),
        ('"event": 5', '"event": "5"', "export-not-entry"),
        ('"event": 5', '"event": true', "export-not-entry"),
        ('"event": 5', '"seq": 5', "export-not-entry"),
        ('"kind": "decision"', '"kind": null', "export-not-entry"),
        ('"text": [', '"lines": [', "export-not-entry"),
        ('"text": [', '"base64": [', "export-not-entry"),
        ('"blob": "', '"blob": "0', "export-wrong-hash"),
        ('"blobs": 2', '"blobs": 3', "export-miscounted"),
        ("kaasav/export/1", "kaasav/export/2", "export-other-format"),
    ],
)
def test_an_entry_kaasav_would_not_write_is_refused(tmp_path, exported, old, new, code):
    assert [found for found, _ in refusal(tmp_path, exported.replace(old, new, 1))] == [code]


@pytest.mark.parametrize("old", ['"rules": 1,', '"status": "complete",', '"kind": "decision",'])
def test_a_mistake_is_placed_at_its_line(tmp_path, exported, old):
    line = line_of(exported, old)
    assert refusal(tmp_path, exported.replace(old, f"{old}x", 1)) == [("export-not-json", line)]
    assert refusal(tmp_path, exported.replace(old, f" {old}", 1)) == [("export-altered", line)]


def test_several_mistakes_are_named_at_once(tmp_path, exported):
    text = exported.replace('"rules": 1', '"rules":  1', 1).replace("hiljem", "ei").replace("Näidisvald\\n", "x\\n")
    assert [code for code, _ in refusal(tmp_path, text)] == ["export-wrong-hash", "export-altered", "export-wrong-hash"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]\n",
        b"[\n]\n",
        b"{}",
        b"SQLite format 3\0",
        b"[\n",
        b"[\n{\n}\n]\n",
        b"[\n{}\n]\n",
        b"\xff\xfe[\0",
        b"[\n" * 9,
    ],
)
def test_what_is_no_export_is_refused(tmp_path, text):
    [(code, _)] = refusal(tmp_path, text)
    assert code in {"export-other-format", "export-cut-off", "export-not-utf8"}


def test_an_export_cut_off_anywhere_is_refused(tmp_path, exported):
    for length in range(1, len(exported) - 1, 97):
        assert refusal(tmp_path, exported[:length])
    assert refusal(tmp_path, exported + "[]") and refusal(tmp_path, exported + "\n")
    assert check(imported(tmp_path, exported)) == []


def test_entries_left_out_moved_or_doubled_are_refused(tmp_path, exported):
    header, *entries = entries_of(exported)
    assert joined([header, *entries]) == exported
    assert refusal(tmp_path, joined([header, *entries[1:]]))  # bytes a result points to
    assert [code for code, _ in refusal(tmp_path, joined([header, *entries[:-1]]))] == ["export-miscounted"]
    without_last = {**header, "events": 3}
    kept = [e for e in entries if e.get("event") not in (4, 5)]
    assert [code for code, _ in refusal(tmp_path, joined([without_last, *kept]))] == ["store-result-unrecorded"]
    second = [e for e in entries if e.get("event") != 2]
    assert "export-refused-row" in [code for code, _ in refusal(tmp_path, joined([{**header, "events": 4}, *second]))]
    for moved in ([entries[1], entries[0], *entries[2:]], [entries[0], *entries]):
        assert refusal(tmp_path, joined([header, *moved]))[0][0] == "export-misplaced"
    bare = {"result": sha256(b"{}").hexdigest(), "record": {}}
    spare = sorted([*entries[2:5], bare], key=lambda entry: entry["result"])
    codes = refusal(tmp_path, joined([{**header, "results": 4}, *entries[:2], *spare, *entries[5:]]))
    assert [code for code, _ in codes] == ["export-refused-row"]


def test_an_export_in_another_encoding_is_refused(tmp_path, exported):
    assert refusal(tmp_path, exported.encode("cp1257"))[0][0] == "export-not-utf8"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
labels = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
blobs = st.binary(max_size=200) | texts.map(str.encode) | st.lists(texts).map(lambda t: "\r\n".join(t).encode())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(blobs, labels, plain, texts), max_size=4))
@example([(b"\0\r\n\r\x85\n", "\x01", {"\0": "\u2028\x85\ufeff🙂"}, "\r")])
@example([(base64.b64encode(b"x"), "}\n]", {"}\n": "},\n{"}, "\\u0000")])
def test_whatever_was_recorded_goes_there_and_back(record, now, items):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "a.db", create=True) as store:
            for content, municipality, extra, subject in items:
                inputs = {"fail.yaml": content}
                store.record(record(name=municipality, inputs=inputs, extra=extra), inputs, at=now)
                store.append_event("note", subject, {"x": extra}, at=now)
            before = (store.results(), store.events())
        export(folder / "a.db", folder / "a.json")
        import_(folder / "a.json", folder / "b.db")
        export(folder / "b.db", folder / "b.json")
        assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()
        with Store.open(folder / "b.db") as store:
            assert (store.results(), store.events()) == before
        assert check(folder / "a.db") == check(folder / "b.db") == []
