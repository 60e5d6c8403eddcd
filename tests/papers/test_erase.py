import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kaasav.papers.change import listed
from kaasav.papers.erase import ERASED, erase
from kaasav.papers.isikukood import check_digit
from kaasav.problems import Forbidden, Refused
from kaasav.store.checks import check
from kaasav.store.database import Store

LIST = """- id: kiri   # kiri
  title: Kiri
  kind: letter
  file: evidence/kiri.txt
  date: 2026-05-01
  uses:
    - {criterion: A1, passage: meid kuulati}
- {id: a, title: A, kind: act, file: evidence/leping.asice, inside: a.txt, uses: []}
- {id: b, title: B, kind: act, file: evidence/leping.asice, inside: b.txt, uses: []}
- {id: link, title: L, kind: act, link: "https://naidis.ee"}
- {id: kadunud, title: K, kind: act, file: evidence/kadunud.pdf}
"""
DAY = datetime.date(2026, 11, 2)
NOW = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
LETTER = b"Meid kuulati. Mari"


@pytest.fixture
def run(ground):
    ground.put("kiri.txt", LETTER)
    ground.put("leping.asice", ground.zipped({"a.txt": b"Esimene", "b.txt": b"Teine"}, ground.ASICE))
    ground.list(LIST)

    def run(item="kiri", by="cat", on=DAY, reason="kirjutaja palus", with_container=False):
        own = listed(ground.folder(), "vald", ground.workspace)
        store = lambda: Store.open(ground.workspace.database, create=True)  # noqa: E731
        return erase(own, item, by=by, on=on, reason=reason, with_container=with_container, store=store, now=NOW)

    return run


def state(ground) -> tuple[bytes, list[str], int]:
    """The list, the files, the number of events."""
    files = sorted(path.name for path in (ground.folder() / "evidence").iterdir())
    return (ground.folder() / "evidence.yaml").read_bytes(), files, len(events(ground))


def events(ground):
    if not ground.workspace.database.exists():
        return ()
    assert check(ground.workspace.database) == []
    with Store.open(ground.workspace.database) as store:
        return store.events(kind=ERASED)


def test_the_file_goes_and_hash_event_and_reason_stay(ground, run) -> None:
    before = state(ground)[0].decode()
    done = run()
    digest = sha256(LETTER).hexdigest()
    assert (done.file, dict(done.items), done.again) == ("evidence/kiri.txt", {"kiri": digest}, False)
    after, files, _count = state(ground)
    line = f'    erased: {{on: 2026-11-02, by: cat, reason: "kirjutaja palus", sha256: {digest}}}\n'
    assert after.decode() == before.replace("evidence/kiri.txt\n", "evidence/kiri.txt\n" + line)
    assert files == ["leping.asice"]
    (event,) = events(ground)
    assert event.subject == digest
    assert dict(event.data) == {"municipality": "X001", "round": "2026", "item": "kiri", "by": "cat", "on": "2026-11-02", "reason": "kirjutaja palus"}  # fmt: skip


def test_the_same_again_changes_nothing(ground, run) -> None:
    run()
    before = state(ground)
    assert run().again is True
    assert state(ground) == before
    with pytest.raises(Forbidden) as refused:
        run(reason="muu põhjus")
    assert [problem.code for problem in refused.value.problems] == ["erase-already"]


def test_a_container_goes_with_all_its_items_or_not_at_all(ground, run) -> None:
    before = state(ground)
    with pytest.raises(Forbidden) as refused:
        run("b")
    (problem,) = refused.value.problems
    assert problem.code == "erase-with-others"
    assert "a, b" in problem.message
    assert state(ground) == before
    done = run("b", with_container=True)
    inner = {"a": sha256(b"Esimene").hexdigest(), "b": sha256(b"Teine").hexdigest()}
    assert dict(done.items) == inner
    container = {event.data["container"] for event in events(ground)}
    assert {event.subject for event in events(ground)} == set(inner.values())
    assert len(container) == 1
    assert state(ground)[1] == ["kiri.txt"]


@pytest.mark.parametrize(
    ("change", "code", "kind"),
    [
        ({"item": "kirri"}, "papers-no-item", Refused),
        ({"item": "link"}, "erase-no-file", Refused),
        ({"item": "kadunud"}, "erase-gone", Refused),
        ({"by": "kat"}, "unknown-person", Refused),
        ({"reason": " "}, "erase-no-reason", Refused),
        ({"reason": "a" * 1_001}, "erase-no-reason", Refused),
        ({"on": datetime.date(2026, 11, 4)}, "erase-in-future", Refused),
        ({"reason": "palus 7000305123" + str(check_digit("7000305123"))}, "erase-personal-reason", Refused),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_done(ground, run, change, code, kind) -> None:
    before = state(ground)
    with pytest.raises(kind) as refused:
        run(**change)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert state(ground) == before


class Cut(Exception):
    """The power goes."""


@pytest.mark.parametrize("where", ["event", "list", "file"])
def test_cut_off_anywhere_the_intention_is_known_and_the_same_command_finishes_it(
    ground, run, monkeypatch, where
) -> None:
    def cut(*_arguments, **_named):
        raise Cut

    with monkeypatch.context() as broken:
        if where == "event":
            broken.setattr("kaasav.store.database.Store.append_event", cut)
        elif where == "list":
            broken.setattr("kaasav.papers.change.write_atomically", cut)
        else:
            broken.setattr(Path, "unlink", cut)
        with pytest.raises(Cut):
            run()
    listed_now, files, count = state(ground)
    assert files == ["kiri.txt", "leping.asice"], "the file is there as long as not all is written down"
    assert count == (0 if where == "event" else 1)
    assert (b"erased" in listed_now) == (where == "file")
    assert run().again is False
    assert state(ground)[1] == ["leping.asice"]
    assert len(events(ground)) == 1, "an event is not doubled"
    assert run().again is True


def test_a_file_that_cannot_be_removed_is_said_and_removed_later(ground, run, monkeypatch) -> None:
    def held(*_arguments, **_named):
        raise PermissionError(13, "in use")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", held)
        with pytest.raises(Refused) as refused:
            run()
    assert [problem.code for problem in refused.value.problems] == ["file-not-writable"]
    run()
    assert state(ground)[1] == ["leping.asice"]


def test_another_file_of_the_same_name_is_not_erased(ground, run) -> None:
    run()
    ground.put("kiri.txt", b"Hoopis muu")
    with pytest.raises(Forbidden) as refused:
        run()
    assert [problem.code for problem in refused.value.problems] == ["erase-another-file"]
    assert (ground.folder() / "evidence" / "kiri.txt").read_bytes() == b"Hoopis muu"


def test_nothing_outside_the_folder_is_erased(ground, run, tmp_path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(LETTER)
    inside = ground.folder() / "evidence" / "kiri.txt"
    inside.unlink()
    inside.symlink_to(outside)
    with pytest.raises(Refused) as refused:
        run()
    assert [problem.code for problem in refused.value.problems] == ["erase-unsafe"]
    assert outside.exists()
    assert inside.is_symlink()


def test_unseen_signs_in_the_reason_are_shown_and_the_same_words_finish_it(ground, run) -> None:
    assert run(reason="palus\u202e }, x: {").again is False
    assert run(reason="palus\u202e }, x: {").again is True
    assert [event.data["reason"] for event in events(ground)] == ["palus\\u{202e} }, x: {"]
