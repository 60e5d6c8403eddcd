"""``kaasav evidence`` across papers: find, reuse, confirm-seen, erase, due."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = "assessments/2026/kuuseranna"


def test_find_shows_place_page_and_context_and_what_could_not_be_searched(run: Any, workspace: Path) -> None:
    ended = run("evidence", "find", "pigem rahul 60 protsenti", FOLDER)
    assert (ended.code, ended.err) == (0, "")
    assert "evidence/kysitlus_2025.pdf · page 2" in ended.out
    assert "Linna kaasamisega on rahul või pigem rahul 60 protsenti vastanutest" in ended.out
    assert "foto_promenaad.jpg: no text a program can read" in ended.out
    assert "found in 1 place" in ended.out


def test_find_in_a_round_as_data(run: Any, workspace: Path) -> None:
    ended = run("evidence", "find", "kaasamise", "--round", "2026", "--json")
    data = json.loads(ended.out)["searched"]
    assert [one["municipality"]["code"] for one in data] == ["X003", "X001", "X002"]
    assert all(one["hits"] and one["searched"] and one["complete"] for one in data)
    assert {hit["item"] for hit in data[0]["hits"]} >= {"kaasamise-kord"}
    nowhere = run("evidence", "find", "seda siin ei ole", "--round", "2026")
    assert (nowhere.code, "found nowhere" in nowhere.out) == (0, True)


def test_find_goes_on_where_a_list_cannot_be_read(run: Any, workspace: Path) -> None:
    (workspace / FOLDER / "evidence.yaml").write_text("items: [", encoding="utf-8")
    ended = run("evidence", "find", "pigem rahul 60 protsenti", FOLDER)
    assert ended.code == 1
    assert "kysitlus_2025.pdf · page 2 · not listed" in ended.out
    assert "evidence.yaml:2:1: error: this is not readable YAML" in ended.err


def test_reuse_tells_a_copy_in_another_municipality(run: Any, workspace: Path) -> None:
    before = json.loads(run("evidence", "reuse", "--json").out)
    assert [one for one in before["reuses"] if one["reach"] != "criteria"] == []
    source = workspace / FOLDER / "evidence" / "kaasamise_kord.pdf"
    (workspace / "assessments/2026/tammemae/evidence/uus.pdf").write_bytes(source.read_bytes())
    ended = run("evidence", "reuse", "--round", "2026")
    assert ended.code == 0
    head = ended.out[: ended.out.index("used for several criteria of their municipality, which is allowed")]
    assert head.startswith("Claimed by several municipalities")
    assert "the same file" in head
    assert "kuuseranna/evidence/kaasamise_kord.pdf" in head
    assert "tammemae/evidence/uus.pdf · not listed" in head
    whole = run("evidence", "reuse", "--all").out
    assert whole.index("Claimed by several municipalities") < whole.index("Used for several criteria")
    assert "kysitlus_2025.pdf · kysitlus-2025 (R1, A3)" in whole
    strict = json.loads(run("evidence", "reuse", "--least", "1", "--json").out)
    assert strict["papers"] == before["papers"] + 1


def test_confirm_seen_then_assess_counts_it(run: Any, workspace: Path) -> None:
    arguments = (
        "evidence",
        "confirm-seen",
        FOLDER,
        "foto-promenaad",
        "T5",
        "--by",
        "mari-maasikas",
        "--on",
        "2026-10-06",
    )
    open_before = run("check", FOLDER).err.count("evidence-unsearchable")
    done = run(*arguments, "--where", "pildi keskel")
    assert (done.code, done.err) == (0, "")
    assert "mari-maasikas has seen it on 2026-10-06" in done.out
    assert run("check", FOLDER).err.count("evidence-unsearchable") == open_before - 1
    assert json.loads(run(*arguments, "--where", "pildi keskel", "--json").out)["written"] is False
    assert run(*arguments, "--where", "nurgas").code == 4
    assert run(*arguments[:-1], "2026-10-36", "--where", "nurgas").code == 2


def test_erase_and_verify_says_so(run: Any, workspace: Path) -> None:
    run("assess", FOLDER)
    item, why = "kysitlus-2025", ["--by", "liisu-lumi", "--on", "2026-01-02", "--reason"]
    arguments = ["evidence", "erase", FOLDER, item, *why, "linn palus"]
    copy = workspace / "assessments/2026/tammemae/evidence/koopia.pdf"
    copy.write_bytes((workspace / FOLDER / "evidence/kysitlus_2025.pdf").read_bytes())
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    assert "kysitlus_2025.pdf: erased" in done.out
    assert "What the list quotes from it stays, there and in recorded results: kysitlus-2025" in done.out
    assert "tammemae/evidence/koopia.pdf · not listed" in done.out
    assert not (workspace / FOLDER / "evidence/kysitlus_2025.pdf").exists()
    told = {
        problem["code"]: problem["message"]
        for one in json.loads(run("result", "verify", "--json").out)["verified"]
        for problem in one["problems"]
    }
    assert set(told) == {"verify-file-changed", "verify-file-erased"}
    assert "erased on 2026-01-02 by liisu-lumi: linn palus" in told["verify-file-erased"]
    again = json.loads(run(*arguments, "--json").out)
    assert (again["again"], list(again["items"])) == (True, [item])
    assert run(*arguments[:-1], "muu").code == 4
    assert run("assess", FOLDER).code == 0
    assert run("db", "check").code == 0


def test_due_lists_what_has_been_kept_long_enough(run: Any, workspace: Path) -> None:
    none = run("evidence", "due", "--on", "2031-10-31")
    assert (none.code, none.out.strip()) == (0, "nothing is due on 2031-10-31")
    some = json.loads(run("evidence", "due", "--on", "2031-11-01", "--round", "2026", "--json").out)
    assert some["on"] == "2031-11-01"
    assert {one["kept_until"] for one in some["due"]} == {"2031-10-31"}
    shown = run("evidence", "due", "--on", "2031-11-01")
    assert f"{len(some['due'])} papers are due" in shown.out
    assert "personal data, by the catalogue" in shown.out
    assert run("evidence", "due").code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["find", "ab", FOLDER], 1),
        (["find", "tere"], 2),
        (["reuse", "--round", "2025"], 1),
        (["reuse", "--least", "0.1"], 2),
        (["reuse", "--least", "x"], 2),
        (["due", "--on", "1.2.2026"], 2),
        (["due", "--on", "20260102"], 2),
        (["due", "--round", "2025"], 1),
        (["erase", FOLDER, "x", "--by", "liisu-lumi", "--reason", "y", "--on", "2026-01-02"], 1),
        (["erase", FOLDER, "x"], 2),
    ],
)
def test_wrong_use_is_said_without_a_crash(run: Any, workspace: Path, arguments: list[str], code: int) -> None:
    ended = run("evidence", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err
    assert not (workspace / "kaasav.db").exists()


def test_names_and_texts_stay_harmless_on_the_screen(run: Any, workspace: Path) -> None:
    (workspace / FOLDER / "evidence" / "[bold]\x1b[31mx\u202efdp.txt").write_text(
        "tere \x1b[2J tulemast \u202e", encoding="utf-8"
    )
    ended = run("evidence", "find", "tere", FOLDER)
    assert "\x1b" not in ended.out
    assert "\u202e" not in ended.out
    assert "[bold]\\u{1b}[31mx\\u{202e}fdp.txt" in ended.out


def test_who_signed_is_shown_as_not_checked_and_without_a_personal_code(run: Any, workspace: Path) -> None:
    ended = run("evidence", "signatures", "assessments/2026/naidisvald")
    assert ended.code == 0
    assert "Heino Haab" in ended.out
    assert "signature not checked" in ended.out
    (one,) = json.loads(run("evidence", "signatures", "--round", "2026", "--json").out)["signatures"]
    assert (one["name"], one["checked"]) == ("Heino Haab", False)
    assert "no container" in run("evidence", "signatures", "assessments/2026/kuuseranna").out
