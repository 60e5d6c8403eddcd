"""What each command does, in the order an assessor and a coordinator meet them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


def test_assess_records_and_the_same_again_adds_an_event_only(run: Any, workspace: Path) -> None:
    first = run("assess", "assessments/2026/naidisvald", "--json")
    again = run("assess", "assessments/2026/naidisvald", "--json")
    assert first.code == again.code == 0
    (one,), (other,) = (json.loads(ended.out)["assessments"] for ended in (first, again))
    assert one["result"] == other["result"]
    assert one["record"]["result"]["tiers"][0]["state"] == "met"
    listed = json.loads(run("result", "list", "--json").out)["results"]
    assert [(result["municipality"]["code"], result["times"]) for result in listed] == [("X001", 2)]


def test_check_records_nothing(run: Any, workspace: Path) -> None:
    assert run("check", "--round", "2026").code == 0
    assert not (workspace / "kaasav.db").exists()


def test_a_whole_round_is_a_line_each_and_one_bad_folder_does_not_stop_the_rest(run: Any, workspace: Path) -> None:
    (workspace / "assessments" / "2026" / "tammemae" / "evidence.yaml").write_text("items: [", encoding="utf-8")
    ended = run("assess", "assessments/2026")
    assert ended.code == 1
    assert [word in ended.out for word in ("Kuuseranna linn", "Näidisvald", "errors, no result")] == [True] * 3
    assert "tammemae/evidence.yaml:2:1: error: this is not readable YAML" in ended.err
    listed = json.loads(run("result", "list", "--json").out)["results"]
    assert sorted(result["municipality"]["code"] for result in listed) == ["X001", "X003"]


def test_the_json_of_a_round_is_one_document(run: Any, workspace: Path) -> None:
    data = json.loads(run("check", "--round", "2026", "--json").out)
    assert [one["folder"].rsplit("/", 1)[-1] for one in data["assessments"]] == ["kuuseranna", "naidisvald", "tammemae"]
    assert {problem["severity"] for one in data["assessments"] for problem in one["problems"]} == {"warning"}


def test_a_recorded_result_is_shown_from_the_record_alone(run: Any, workspace: Path) -> None:
    import shutil

    one = json.loads(run("assess", "assessments/2026/kuuseranna", "--json").out)["assessments"][0]
    before = run("check", "assessments/2026/kuuseranna").out
    shutil.rmtree(workspace / "assessments")
    shutil.rmtree(workspace / "criteria")
    shown = run("result", "show", one["result"][:8])
    assert shown.code == 0
    assert shown.out.rsplit("\n\n", 1)[0] == before.rsplit("\n\n", 1)[0]
    assert json.loads(run("result", "show", one["result"][:8], "--json").out)["record"] == one["record"]
    tree = run("result", "show", one["result"][:8], "--explain").out
    assert "foto_promenaad.jpg" in tree


def test_verify_recomputes_and_says_what_differs(run: Any, workspace: Path) -> None:
    folder = workspace / "assessments" / "2026" / "naidisvald"
    run("assess", "assessments/2026/naidisvald")
    same = run("result", "verify")
    assert (same.code, same.err) == (0, "")
    assert "comes out again from the record · files: the same" in same.out
    with (folder / "evidence.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    (folder / "evidence" / "arengukava.pdf").write_bytes(b"%PDF-1.7 another")
    (folder / "evidence" / "raagi_kaasa.html").unlink()
    (folder / "ratings" / "third.yaml").write_text("x", encoding="utf-8")
    differ = run("result", "verify", "--json")
    assert differ.code == 0, "the record still holds; what differs are the files"
    (one,) = json.loads(differ.out)["verified"]
    assert (one["same"], one["files"]) == (True, "differ")
    told = {(problem["file"].rsplit("naidisvald/")[-1], problem["code"]) for problem in one["problems"]}
    assert told == {
        ("evidence.yaml", "verify-file-changed"),
        ("evidence/arengukava.pdf", "verify-file-changed"),
        ("evidence/raagi_kaasa.html", "verify-file-gone"),
        ("ratings/third.yaml", "verify-file-new"),
    }


def test_verify_finds_a_result_that_was_tampered_with(run: Any, workspace: Path) -> None:
    """Somebody who rewrites the record and its hashes still cannot make the rules say so."""
    from kaasav.assessment.verify import verify_record
    from kaasav.store.database import Store

    run("assess", "assessments/2026/kuuseranna")
    with Store.open(workspace / "kaasav.db") as store:
        (result,) = store.results()
        found = store.result(result.hash)
        record = json.loads(json.dumps(found.record))
        record["result"]["tiers"][0]["state"] = "met"
        record["result"]["criteria"][0]["counted"]["lower"] = 4
        problems = verify_record(record, store.blob, "r")
        assert [(p.code, dict(p.details)["path"]) for p in problems] == [
            ("verify-differs", "result.criteria[K1].counted.lower"),
            ("verify-differs", "result.tiers[kaasav_omavalitsus].state"),
        ]
        assert verify_record(found.record, store.blob, "r") == []
        assert [p.code for p in verify_record({**record, "rules": 99}, store.blob, "r")] == ["verify-unknown-rules"]
        assert [p.code for p in verify_record({**record, "schema": "x"}, store.blob, "r")] == ["verify-unknown-record"]


def test_the_database_is_looked_after(run: Any, workspace: Path, tmp_path: Path) -> None:
    run("assess", "--round", "2026")
    assert run("db", "check").code == 0
    assert run("db", "backup", tmp_path / "copy.db").code == 0
    assert run("db", "backup", tmp_path / "copy.db").code == 4, "a backup never overwrites"
    assert run("db", "export", tmp_path / "all.json").code == 0
    assert run("db", "import", tmp_path / "all.json").code == 4, "nor does an import"
    assert run("db", "import", tmp_path / "all.json", "--database", tmp_path / "new.db").code == 0
    assert run("db", "export", tmp_path / "again.json", "--database", tmp_path / "new.db").code == 0
    assert (tmp_path / "all.json").read_bytes() == (tmp_path / "again.json").read_bytes()
    assert run("db", "upgrade").code == 0
    assert run("result", "list", "--database", tmp_path / "new.db").out == run("result", "list").out


def test_every_view_of_the_database_has_something_to_show(run: Any, workspace: Path) -> None:
    run("assess", "--round", "2026")
    with closing(sqlite3.connect(workspace / "kaasav.db")) as raw:
        views = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        empty = [view for view in views if not raw.execute(f"SELECT 1 FROM {view}").fetchone()]
        shown = raw.execute("SELECT code, percent_shown, tiers FROM latest_results ORDER BY code").fetchall()
    assert len(views) >= 10
    assert empty == []
    assert shown == [
        ("X001", "68.2", "kaasav_omavalitsus: met"),
        ("X002", "60.3", "kaasav_omavalitsus: open"),
        ("X003", "43.3–43.8", "kaasav_omavalitsus: not_met"),
    ]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["explain", "assessments/2026/naidisvald", "K9"], "known: K1, K2"),
        (["catalogue", "show", "kaasav-omavalitsus@2026.2"], "did you mean “kaasav-omavalitsus@2026.1”?"),
        (["catalogue", "show", "K11"], "did you mean “K1”?"),
        (["survey", "show", "2204"], "did you mean “2024”?"),
        (["municipality", "show", "Tartu"], "write which of them is meant"),
        (["municipality", "show", "Rõuge Vallavalitsus"], "the municipality is “Rõuge vald”"),
        (["new", "Rõuge vald", "--round", "2025"], "did you mean “2026”?"),
        (["result", "show", "abc"], ""),
        (["db", "check", "--database", "none.db"], "or is the path another one?"),
    ],
)
def test_what_is_not_there_is_answered_with_what_to_do(
    run: Any, workspace: Path, arguments: list[str], hint: str
) -> None:
    run("check", "--round", "2026")
    ended = run(*arguments)
    assert ended.code == 1
    assert ended.out == ""
    assert hint in ended.err


def test_asking_for_nothing_is_wrong_use(run: Any, workspace: Path) -> None:
    ended = run("assess")
    assert ended.code == 2
    assert "name a municipality’s folder, or a round with --round" in ended.err


def test_inside_a_folder_a_dot_is_enough(run: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace / "assessments" / "2026" / "naidisvald")
    ended = run("check", ".")
    assert (ended.code, ended.err) == (0, "")


def test_catalogue_validate_tells_every_mistake_and_the_wrong_place(run: Any, workspace: Path) -> None:
    good = workspace / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    assert run("catalogue", "validate").code == 0
    bad = workspace / "criteria" / "kaasav-omavalitsus" / "2026.2.yaml"
    bad.write_text(good.read_text(encoding="utf-8").replace("weight: 17", "weight: 18"), encoding="utf-8")
    ended = run("catalogue", "validate", bad, "--json")
    assert ended.code == 1
    codes = [problem["code"] for problem in json.loads(ended.out)["problems"]]
    assert codes == ["weights-of-dimensions", "weights-of-criteria"]
    bad.write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    assert [p["code"] for p in json.loads(run("catalogue", "validate", bad, "--json").out)["problems"]] == [
        "catalogue-wrong-place"
    ]


def test_names_with_markup_and_controls_stay_harmless_on_the_screen(run: Any, workspace: Path) -> None:
    folder = workspace / "assessments" / "2026" / "naidisvald"
    evil = "evidence/[bold red]\x1b[31mx\u202efdp.txt"
    (folder / evil).write_text("x", encoding="utf-8")
    ended = run("check", "assessments/2026/naidisvald")
    assert "\x1b" not in ended.err
    assert "[bold red]\\u{1b}[31mx\\u{202e}fdp.txt" in ended.err
