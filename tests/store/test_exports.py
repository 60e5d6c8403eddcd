import json

import pytest

from kaasav.problems import Forbidden, Refused
from kaasav.store.database import Store
from kaasav.store.exports import blob_entry, bytes_of, export, rendered


def test_an_export_is_json_and_reads_like_text(database, tmp_path):
    target = tmp_path / "kaasav.json"
    export(database, target)
    text = target.read_text(encoding="utf-8")
    header, *entries = json.loads(text)
    assert header == {"format": "kaasav/export/1", "blobs": 2, "results": 3, "events": 5}
    assert [next(iter(entry)) for entry in entries] == ["blob"] * 2 + ["result"] * 3 + ["event"] * 5
    assert text.startswith('[\n{\n "format": "kaasav/export/1",\n "blobs": 2,\n')
    assert '\n "text": [\n  "schema: kaasav/assessment/1\\n",\n  "nimi: Näidisvald\\n"\n ]\n},\n' in text
    assert '\n "event": 5,\n "at": "2026-05-04T13:30:15Z",\n "kind": "decision",\n' in text
    assert text.endswith("\n}\n]\n")


def test_the_same_contents_give_the_same_bytes_in_whatever_order_recorded(tmp_path, record, now):
    files = [{"a": bytes([n])} for n in range(5)]
    for name, order in (("a", files), ("b", files[::-1])):
        with Store.open(tmp_path / f"{name}.db", create=True) as store:
            for inputs in order:
                store.record(record(inputs=inputs), inputs, at=now)
        export(tmp_path / f"{name}.db", tmp_path / f"{name}.json")
    one, other = (json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8")) for name in "ab")
    assert one[:11] == other[:11]  # header, bytes, results; only events know the order


def test_a_file_in_the_way_is_not_overwritten(database, tmp_path):
    target = tmp_path / "kaasav.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(Forbidden):
        export(database, target)
    assert target.read_text(encoding="utf-8") == "old"


def test_a_damaged_database_is_not_exported(database, tamper, tmp_path):
    target = tmp_path / "kaasav.json"
    tamper(database, "UPDATE event SET data = '{}' WHERE seq = 1")
    with pytest.raises(Refused) as refused:
        export(database, target)
    assert [p.code for p in refused.value.problems] == ["store-event-changed"]
    assert not target.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", {"text": []}),
        (b"\n", {"text": ["\n"]}),
        (b"a\r\nb\rc\nd", {"text": ["a\r\n", "b\rc\n", "d"]}),
        (b"\xef\xbb\xbfa\0", {"text": ["\ufeffa\0"]}),
        ("õ\u2028\x85🙂\n".encode(), {"text": ["õ\u2028\x85🙂\n"]}),
        (b"\xff\xfea\0", {"base64": ["//5hAA=="]}),
        (b"\xed\xa0\x80", {"base64": ["7aCA"]}),
    ],
)
def test_bytes_are_lines_of_text_or_base64(content, expected):
    entry = blob_entry("ab", content)
    assert entry == {"blob": "ab", **expected}
    assert bytes_of(entry) == content


def test_entries_look_like_json_with_an_indent_of_one_but_nothing_invisible_is_left_bare():
    entry = {"a": [1, -2, None, True, {}, [], ""], "õ": {"b": '\n\0"\\🙂'}}
    assert rendered(entry) == json.dumps(entry, indent=1, ensure_ascii=False)
    assert (
        rendered({"a\u202e": "\x9b\u200b\x7f\u2028\ufeff"})
        == '{\n "a\\u202e": "\\u009b\\u200b\\u007f\\u2028\\ufeff"\n}'
    )
