import datetime
import shutil

import pytest

from kaasav.assessment.assess import Shelf, assess
from kaasav.papers.change import listed
from kaasav.papers.seen import confirm_seen
from kaasav.problems import Forbidden, Refused

PHOTO = b"\xff\xd8\xff\xe0" + b"\0" * 100
LIST = """# hoitakse alles
- id: foto   # pilt
  title: Foto
  kind: event
  file: evidence/foto.jpg
  date: 2026-05-01
  uses:
    - criterion: A1
      page: 1
    - {criterion: B1, whole: true}   # terve pilt
- {id: kiri, title: Kiri, kind: act, file: evidence/kiri.txt, in_force: {from: 2020-01-01}, uses: [{criterion: A1, passage: kaasamise kord}]}
- {id: kadunud, title: Kadunud, kind: act, file: evidence/kadunud.pdf, in_force: {from: 2020-01-01}, uses: [{criterion: A1, page: 1}]}
"""
DAY = datetime.date(2026, 10, 6)


@pytest.fixture
def own(ground):
    ground.put("foto.jpg", PHOTO)
    ground.put("kiri.txt", "Kaasamise kord")
    ground.list(LIST)
    return lambda: listed(ground.folder(), "vald", ground.workspace)


def confirm(own, item="foto", criterion="A1", by="ann", on=DAY, where="pildi keskel"):
    return confirm_seen(own(), item, criterion, by=by, on=on, where=where)


def states(ground) -> dict[tuple[str, str], str]:
    result = assess(ground.folder(), "vald", Shelf(ground.workspace)).result
    return {(use.item, criterion.id): str(use.check) for criterion in result.criteria for use in criterion.uses}


def test_what_was_open_counts_once_it_was_seen(ground, own) -> None:
    before = (ground.folder() / "evidence.yaml").read_text(encoding="utf-8")
    assert states(ground)["foto", "A1"] == "open"
    done = confirm(own)
    assert (done.again, done.problems) == (False, ())
    assert states(ground)["foto", "A1"] == "usable"
    after = (ground.folder() / "evidence.yaml").read_text(encoding="utf-8")
    line = '        seen: {by: ann, on: 2026-10-06, where: "pildi keskel"}\n'
    assert after.count(line) == 1
    assert after.replace(line, "") == before
    assert confirm(own, criterion="b1", where="  pildi\n keskel ").again is False
    assert states(ground)["foto", "B1"] == "usable"


def test_the_same_again_writes_nothing_and_another_word_is_refused(ground, own) -> None:
    confirm(own)
    written = (ground.folder() / "evidence.yaml").read_bytes()
    assert confirm(own).again is True
    for other in ({"by": "bob"}, {"on": datetime.date(2026, 10, 7)}, {"where": "nurgas"}):
        with pytest.raises(Forbidden) as refused:
            confirm(own, **other)
        assert [problem.code for problem in refused.value.problems] == ["seen-already"]
    assert (ground.folder() / "evidence.yaml").read_bytes() == written


@pytest.mark.parametrize(
    ("change", "code", "kind"),
    [
        ({"item": "fota"}, "papers-no-item", Refused),
        ({"criterion": "A2"}, "seen-not-used", Refused),
        ({"by": "anna"}, "unknown-person", Refused),
        ({"by": "cat"}, "not-an-assessor", Forbidden),
        ({"on": datetime.date(2026, 11, 1)}, "seen-after-closing", Forbidden),
        ({"where": "  "}, "seen-no-where", Refused),
        ({"where": "a" * 1_001}, "seen-no-where", Refused),
        ({"item": "kadunud"}, "seen-nothing-there", Refused),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(ground, own, change, code, kind) -> None:
    before = (ground.folder() / "evidence.yaml").read_bytes()
    with pytest.raises(kind) as refused:
        confirm(own, **change)
    assert type(refused.value) is kind
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (ground.folder() / "evidence.yaml").read_bytes() == before


def test_a_use_without_place_stays_open_and_that_is_said(ground, own) -> None:
    ground.list(LIST.replace("      page: 1\n", "", 1))
    done = confirm(own)
    assert [problem.code for problem in done.problems] == ["seen-no-place"]
    assert states(ground)["foto", "A1"] == "open"
    assert confirm(own, criterion="B1").problems == ()
    assert [problem.code for problem in confirm(own, item="kiri").problems] == ["seen-not-needed"]


def test_unseen_signs_in_the_place_are_shown(ground, own) -> None:
    for where in ('}, erased: {by: x #"\u202e', "lk\x00 2\u200b"):
        ground.list(LIST)
        assert confirm(own, where=where).again is False
        assert confirm(own, where=where).again is True
    text = (ground.folder() / "evidence.yaml").read_text(encoding="utf-8")
    assert 'where: "lk\\\\u{0} 2\\\\u{200b}"' in text


def test_a_slip_is_answered_with_what_was_meant(own) -> None:
    for change in ({"item": "fota"}, {"criterion": "A11"}, {"by": "anna"}):
        with pytest.raises(Refused) as refused:
            confirm(own, **change)
        assert "did you mean" in refused.value.problems[0].hint


def test_text_recognition_offers_where_to_look_and_writes_nothing(ground, own, monkeypatch) -> None:
    from kaasav.evidence import ocr
    from kaasav.evidence.text.pages import Pages
    from kaasav.papers.seen import Offer, offers

    before = ground.list(LIST.replace("page: 1\n", "passage: Kogukonnakogu koosolek\n", 1)).read_bytes()
    monkeypatch.setattr(ocr, "available", lambda *_languages: False)
    assert offers(own(), "foto", "A1") is None
    monkeypatch.setattr(ocr, "available", lambda *_languages: True)
    monkeypatch.setattr(
        ocr,
        "read",
        lambda kind, data: Pages(("", "KOGUKONNAKOGU koosolek"), True) if kind == "jpeg" and data == PHOTO else None,
    )
    assert offers(own(), "foto", "A1") == (Offer("Kogukonnakogu koosolek", (2,)),)
    assert offers(own(), "foto", "B1") is None, "there is no passage to look for"
    assert offers(own(), "kadunud", "A1") is None
    assert (ground.folder() / "evidence.yaml").read_bytes() == before


def test_every_state_has_words() -> None:
    from kaasav.evidence.facts import State
    from kaasav.problems import WORDS

    assert [state for state in State if state is not State.OK and f"state-{state}" not in WORDS] == []


def test_the_last_day_is_the_closing_date(own) -> None:
    assert confirm(own, on=datetime.date(2026, 10, 31)).again is False


def test_a_place_a_program_can_search_is_warned_of(own) -> None:
    done = confirm(own, item="kiri")
    assert [problem.code for problem in done.problems] == ["seen-not-needed"]


def test_a_list_changed_meanwhile_is_left_alone(ground, own) -> None:
    read = own()
    path = ground.folder() / "evidence.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# keegi teine\n", encoding="utf-8")
    with pytest.raises(Forbidden) as refused:
        confirm(lambda: read)
    assert [problem.code for problem in refused.value.problems] == ["papers-list-changed"]
    assert "seen" not in path.read_text(encoding="utf-8")


def test_a_folder_that_is_none_is_said(ground, own) -> None:
    folder = ground.folder()
    shutil.rmtree(folder)
    with pytest.raises(Refused) as refused:
        listed(folder, "vald", ground.workspace)
    assert [problem.code for problem in refused.value.problems] == ["no-folder"]
