"""Files are made once, recorded, and left alone while they would come out the same."""

import dataclasses
import datetime
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from kaasav.documents import made
from kaasav.documents.made import MADE, made_before, make
from kaasav.documents.recipe import Recipe
from kaasav.documents.template import Template
from kaasav.problems import Forbidden, Misused, Refused
from kaasav.store.database import Store

NOW = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kaasav.db", create=True) as opened:
        yield opened


def recipe(content: bytes = b"the bytes", **data: str) -> Recipe:
    template = Template("a.typ", b"template", False, "a.typ")
    return Recipe("certificate", "pdf", "et", "ab" * 32, data, lambda: content, template, ("typst",))


def test_a_file_is_written_and_recorded(store: Store, tmp_path: Path) -> None:
    one = make(recipe(), tmp_path / "a.pdf", store, at=NOW)
    assert (one.fresh, one.sha256) == (True, sha256(b"the bytes").hexdigest())
    assert (tmp_path / "a.pdf").read_bytes() == b"the bytes"
    (event,) = store.events(kind=MADE)
    assert (event.subject, event.at) == (one.sha256, NOW)
    assert event.data == {
        "document": "certificate",
        "format": "pdf",
        "language": "et",
        "result": "ab" * 32,
        "template": {"name": "a.typ", "sha256": sha256(b"template").hexdigest()},
        "recipe": recipe().digest,
        "versions": recipe().versions,
        "file": "a.pdf",
    }


def test_made_again_it_is_left_alone(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    make(recipe(), path, store, at=NOW)
    os.utime(path, (1, 1))
    again = make(recipe(), path, store, at=NOW)
    assert (again.fresh, path.stat().st_mtime) == (False, 1)
    assert len(store.events(kind=MADE)) == 1


def test_another_recipe_and_a_lost_file_are_made_anew(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    make(recipe(), path, store, at=NOW)
    assert make(recipe(b"more", number="1"), path, store, at=NOW).fresh
    path.unlink()
    assert make(recipe(b"more", number="1"), path, store, at=NOW).fresh
    assert path.read_bytes() == b"more"


def test_what_a_person_changed_is_never_written_over_unasked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    make(recipe(), path, store, at=NOW)
    path.write_bytes(b"with a friendlier ending")
    for wanted in (recipe(), recipe(b"more", number="1")):
        with pytest.raises(Forbidden) as refused:
            make(wanted, path, store, at=NOW)
        assert [one.code for one in refused.value.problems] == ["document-not-ours"]
    assert (path.read_bytes(), len(store.events(kind=MADE))) == (b"with a friendlier ending", 1)
    assert make(recipe(), path, store, at=NOW, replace=True).fresh
    assert path.read_bytes() == b"the bytes"


def test_a_document_of_another_municipality_or_round_and_another_kind_stay(store: Store, tmp_path: Path) -> None:
    def recorded(code: str, round_id: str, more: str = "") -> str:
        record = {
            "rules": 1, "municipality": {"code": code, "name": f"Vald {code}"}, "round": round_id, "catalogue": "k@1",
            "inputs": {}, "result": {"status": "complete", "more": more},
        }  # fmt: skip
        return store.record(record, {}, at=NOW)

    def of(result: str, document: str = "certificate") -> Recipe:
        content = result.encode() + document.encode()
        return dataclasses.replace(recipe(content, r=result), result=result, document=document)

    path, first = tmp_path / "a.pdf", recorded("X1", "2026")
    make(of(first), path, store, at=NOW)
    for other, code in (
        (of(recorded("X2", "2026")), "document-of-another"),
        (of(recorded("X1", "2027")), "document-of-another"),
        (of(first, "letter"), "document-another-kind"),
    ):
        with pytest.raises(Forbidden) as refused:
            make(other, path, store, at=NOW)
        assert [one.code for one in refused.value.problems] == [code]
    assert path.read_bytes() == of(first).render()
    assert make(of(recorded("X1", "2026", "later")), path, store, at=NOW).fresh
    assert make(of(recorded("X2", "2026")), path, store, at=NOW, replace=True).fresh


def test_written_by_somebody_else_meanwhile_it_is_looked_at_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"

    def somebody_is_quicker() -> bytes:
        if not path.exists():
            with Store.open(store.path) as other:
                make(recipe(), path, other, at=NOW)
        return b"the bytes"

    one = make(dataclasses.replace(recipe(), render=somebody_is_quicker), path, store, at=NOW)
    assert (one.fresh, len(store.events(kind=MADE))) == (False, 1)
    path.unlink()

    def a_person_is_quicker() -> bytes:
        path.write_bytes(b"mine")
        return b"the bytes"

    with pytest.raises(Forbidden):
        make(dataclasses.replace(recipe(), render=a_person_is_quicker), path, store, at=NOW)
    assert path.read_bytes() == b"mine"


def test_the_same_bytes_of_another_recipe_are_recorded_as_such(store: Store, tmp_path: Path) -> None:
    make(recipe(), tmp_path / "a.pdf", store, at=NOW)
    assert not make(dataclasses.replace(recipe(), language="en"), tmp_path / "a.pdf", store, at=NOW).fresh
    assert [event.data["language"] for event in store.events(kind=MADE)] == ["et", "en"]


def test_cut_off_after_writing_the_next_run_records_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(made, "write_atomically", cut_off)
        make(recipe(), tmp_path / "a.pdf", store, at=NOW)
    assert ((tmp_path / "a.pdf").exists(), store.events(kind=MADE)) == (True, ())
    assert not make(recipe(), tmp_path / "a.pdf", store, at=NOW).fresh
    assert len(store.events(kind=MADE)) == 1


def test_what_cannot_be_recorded_is_not_written(store: Store, tmp_path: Path) -> None:
    uri = (tmp_path / "kaasav.db").as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as raw, pytest.raises(Refused) as refused:
        make(recipe(), tmp_path / "a.pdf", Store(raw, store.path), at=NOW)
    assert [one.code for one in refused.value.problems] == ["store-read-only"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kaasav.db"]


@pytest.mark.parametrize("name", ["a.docx", "a", "kaasav.db", "a.pdf.txt"])
def test_a_name_that_ends_otherwise_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    before = store.path.read_bytes()
    with pytest.raises(Misused) as refused:
        make(recipe(), tmp_path / name, store, at=NOW, replace=True)
    assert [(one.code, "end the name in .pdf") for one in refused.value.problems] == [
        ("document-ending", refused.value.problems[0].hint)
    ]
    assert (store.path.read_bytes(), sorted(one.name for one in tmp_path.iterdir())) == (before, ["kaasav.db"])
    assert make(recipe(), tmp_path / "A.PDF", store, at=NOW).fresh


def test_what_kaasav_works_with_is_never_written_over(store: Store, tmp_path: Path) -> None:
    (tmp_path / "kaasav.yaml").write_text("schema: kaasav/workspace/1\n", encoding="utf-8")
    path = tmp_path / "assessments" / "2026" / "x" / "evidence" / "a.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"evidence")
    with pytest.raises(Forbidden) as refused:
        make(recipe(), path, store, at=NOW, replace=True)
    assert [one.code for one in refused.value.problems] == ["document-input"]
    assert path.read_bytes() == b"evidence"
    assert make(recipe(), path.parent.parent / "a.pdf", store, at=NOW).fresh


def test_what_cannot_be_rendered_or_written_changes_nothing(store: Store, tmp_path: Path) -> None:
    def fails() -> bytes:
        raise Refused([])

    (tmp_path / "a.pdf").write_bytes(b"old")
    with pytest.raises(Refused):
        make(dataclasses.replace(recipe(), render=fails), tmp_path / "a.pdf", store, at=NOW, replace=True)
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    with pytest.raises(Refused):
        make(recipe(), tmp_path / "none" / "a.pdf", store, at=NOW)
    assert store.events(kind=MADE) == ()


def test_a_link_is_replaced_not_followed(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"the bytes")
    try:
        (tmp_path / "a.pdf").symlink_to(target)
    except OSError:
        return  # a Windows account without the right to make links
    with pytest.raises(Forbidden):
        make(recipe(b"others"), tmp_path / "a.pdf", store, at=NOW)
    assert make(recipe(b"others"), tmp_path / "a.pdf", store, at=NOW, replace=True).fresh
    assert target.read_bytes() == b"the bytes"


def test_a_folder_in_the_way_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Refused) as refused:
        make(recipe(), tmp_path / "a.pdf", store, at=NOW)
    assert refused.value.problems[0].code == "file-is-folder"
    assert made.MADE == "document-made"


def test_documents_are_found_by_what_they_are(store: Store, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        make(recipe(name.encode(), name=name), tmp_path / name, store, at=NOW)
    found = made_before(store)
    assert [event.data["file"] for event in found["certificate", "pdf", "et", "ab" * 32]] == ["a.pdf", "b.pdf"]
    assert list(found) == [("certificate", "pdf", "et", "ab" * 32)]
