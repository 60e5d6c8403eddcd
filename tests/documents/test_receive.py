"""Taking a signed container back: only what went out, only signed, once."""

import datetime
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kaasav.documents.receive import RECEIVED, receive
from kaasav.problems import Refused
from kaasav.store.database import Store

NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
FILES = {"rouge-kiri.docx": b"PK word", "rouge-kiri.pdf": b"%PDF-1.7"}


@pytest.fixture
def digidoc(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What makes signed containers for tests."""
    monkeypatch.syspath_prepend(str(root / "scripts"))
    from samples import digidoc

    return digidoc


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database in which the letter’s files are known to have been made."""
    with Store.open(tmp_path / "kaasav.db", create=True) as opened:
        for name, content in FILES.items():
            data = {
                "document": "letter",
                "format": name[-4:].strip("."),
                "language": "et",
                "result": "a" * 64,
                "file": name,
            }
            opened.append_event("document-made", sha256(content).hexdigest(), data, at=NOW)
        yield opened


def refusal(content: bytes, store: Store) -> list[tuple[str, str]]:
    before = store.head()
    with pytest.raises(Refused) as refused:
        receive(content, "x.asice", store, at=NOW)
    assert store.head() == before
    return [(one.code, dict(one.details).get("file", "")) for one in refused.value.problems]


def test_what_went_out_comes_back_and_is_recorded_without_names(store: Store, digidoc: Any) -> None:
    content = digidoc.asice(FILES, digidoc.signature())
    received = receive(content, "x.asice", store, at=NOW)
    assert set(received.documents) == set(FILES)
    assert [one.name for one in received.signatures] == ["MARI-LIIS MÄNNIK"]
    (event,) = store.events(kind=RECEIVED)
    assert event.subject == sha256(content).hexdigest()
    assert event.data["signatures"] == 1
    assert [one["file"] for one in event.data["files"]] == list(FILES)
    assert "MÄNNIK" not in str(event.data)
    assert "60001019906" not in str(received)


def test_a_second_time_nothing_changes_and_one_more_signature_is_another_container(store: Store, digidoc: Any) -> None:
    content = digidoc.asice(FILES, digidoc.signature())
    assert receive(content, "x.asice", store, at=NOW).before is None
    head = store.head()
    assert receive(content, "x.asice", store, at=NOW + datetime.timedelta(days=1)).before == NOW
    assert store.head() == head
    twice = digidoc.asice(FILES, digidoc.signature(), digidoc.signature("Rõuge Vallavalitsus"))
    assert receive(twice, "x.asice", store, at=NOW).before is None


def test_changed_and_foreign_files_are_refused_each_by_name(store: Store, digidoc: Any) -> None:
    content = digidoc.asice({**FILES, "rouge-kiri.pdf": b"%PDF-1.7 else", "lisa.txt": b"x"}, digidoc.signature())
    assert refusal(content, store) == [("received-changed", "rouge-kiri.pdf"), ("received-unknown", "lisa.txt")]


def test_unsigned_and_no_container_are_refused(store: Store, digidoc: Any) -> None:
    assert refusal(digidoc.asice(FILES), store) == [("received-unsigned", "")]
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04 broken", digidoc.asice(FILES, digidoc.signature())[:-40]):
        assert refusal(content, store) == [("received-no-container", "")]


def test_a_time_stamp_is_no_signature(store: Store, digidoc: Any) -> None:
    assert refusal(digidoc.asics("rouge-kiri.pdf", FILES["rouge-kiri.pdf"]), store) == [("received-no-container", "")]
