"""The award list at the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from kaasav.cli.ends import finish
from kaasav.workspace.init import init

FORMATS = ["xlsx", "csv", "json", "html", "md"]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose example round is recorded; only copied."""
    root = tmp_path_factory.mktemp("recorded") / "ws"
    init(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert finish(["assess", "--round", "2026"], {}) == 0
    return root


@pytest.fixture
def round_(recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose example round is recorded; the current folder."""
    shutil.copytree(recorded, tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


@pytest.mark.parametrize("lang", ["et", "en"])
def test_the_list_on_the_screen(run: Any, round_: Path, golden: SnapshotAssertion, lang: str) -> None:
    ended = run("award", "list", "2026", lang=lang)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == golden


def test_colour_is_never_the_only_sign(run: Any, round_: Path) -> None:
    lines = run("award", "list", "2026").out.splitlines()
    for sign, name in (("✔", "Näidisvald"), ("?", "Tammemäe vald"), ("✘", "Kuuseranna linn")):
        assert any(line.split()[:2] == [sign, name.split()[0]] for line in lines)


def test_chosen_columns_on_the_screen(run: Any, round_: Path) -> None:
    ended = run("award", "list", "2026", "--columns", "code,survey_n")
    assert ended.out.splitlines()[4].split() == ["Code", "Answers", "(n)"]
    assert ended.out.splitlines()[5].split() == ["✔", "X001", "410"]


def test_json_is_what_the_export_writes(run: Any, round_: Path) -> None:
    assert run("award", "export", "2026", "-o", "list.json").code == 0
    shown = json.loads(run("award", "list", "2026", "--json").out)
    assert shown == json.loads(Path("list.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in shown["municipalities"]] == ["X001", "X002", "X003"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_made_once_and_then_left_alone(run: Any, round_: Path, ending: str) -> None:
    name = f"list.{ending}"
    first = run("award", "export", "2026", "-o", name)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith(f"✔ {name} · made · SHA-256 ")
    assert "PROPOSAL – no decisions are recorded" in first.out
    content = Path(name).read_bytes()
    assert run("award", "export", "2026", "-o", name).out.startswith(f"= {name} · unchanged")
    Path(name).write_bytes(b"something else")
    kept = run("award", "export", "2026", "-o", name)
    assert (kept.code, "[document-not-ours]" in kept.err, Path(name).read_bytes()) == (4, True, b"something else")
    assert run("award", "export", "2026", "-o", name, "--replace").out.startswith(f"✔ {name} · made")
    assert Path(name).read_bytes() == content


def test_a_file_in_the_way_of_nothing_is_left_where_the_list_fails(run: Any, round_: Path) -> None:
    Path("list.csv").write_text("mine", encoding="utf-8")
    assert run("award", "export", "2026", "-o", "list.csv", "--columns", "xyzzy").code == 2
    assert Path("list.csv").read_text(encoding="utf-8") == "mine"


def test_an_unknown_ending_lists_the_known_ones(run: Any, round_: Path) -> None:
    ended = run("award", "export", "2026", "-o", "list.ods")
    assert ended.code == 2
    assert "list.ods: error: " in ended.err
    assert "end it in one of .xlsx, .csv, .json, .html, .md" in ended.err
    assert not Path("list.ods").exists()


def test_a_folder_that_is_not_there_is_said(run: Any, round_: Path) -> None:
    ended = run("award", "export", "2026", "-o", "none/list.md")
    assert (ended.code, "[file-no-folder]" in ended.err) == (1, True)


def test_an_unknown_round_is_said(run: Any, round_: Path) -> None:
    ended = run("award", "list", "2062")
    assert ended.code == 1
    assert ended.err == "error: there is no round “2062”\n    → did you mean “2026”?  [award-list-round]\n"
    assert "→ there are: 2026" in run("award", "list", "autumn").err


def test_a_round_without_results_names_the_command(run: Any, round_: Path) -> None:
    new = round_ / "assessments" / "2027"
    new.mkdir()
    (new / "round.yaml").write_text((round_ / "assessments/2026/round.yaml").read_text("utf-8"), encoding="utf-8")
    ended = run("award", "list", "2027")
    assert ended.code == 1
    assert "no result of the round “2027” is recorded yet" in ended.err
    assert "“kaasav assess --round 2027” records them" in ended.err


def test_without_a_database_nothing_is_made(run: Any, workspace: Path) -> None:
    ended = run("award", "list", "2026")
    assert (ended.code, "[store-none-yet]" in ended.err) == (1, True)
    assert not (workspace / "kaasav.db").exists()


def test_a_municipality_that_is_not_recorded_is_named(run: Any, workspace: Path) -> None:
    run("assess", "assessments/2026/naidisvald")
    ended = run("award", "list", "2026")
    assert ended.code == 0
    assert "assessments/2026/kuuseranna: warning: no result of this municipality is recorded" in ended.err
    assert "naidisvald" not in ended.err
    assert ended.err.count("[award-list-not-listed]") == 2


def test_the_last_result_of_a_municipality_counts(run: Any, round_: Path) -> None:
    rating = round_ / "assessments/2026/naidisvald/ratings/mari-maasikas.yaml"
    first = json.loads(run("award", "list", "2026", "--json").out)["municipalities"][0]["result"]
    rating.write_text(rating.read_text("utf-8") + "\n# read again\n", encoding="utf-8")
    assert run("assess", "assessments/2026/naidisvald").code == 0
    rows = json.loads(run("award", "list", "2026", "--json").out)["municipalities"]
    assert len(rows) == 3
    assert rows[0]["result"] != first


def test_a_public_list_of_fictional_municipalities_is_refused(run: Any, round_: Path) -> None:
    ended = run("award", "export", "2026", "-o", "list.csv", "--public")
    assert (ended.code, "[award-list-only-training]" in ended.err) == (1, True)
    assert not Path("list.csv").exists()


def test_results_by_different_criteria_are_no_list(run: Any, round_: Path) -> None:
    catalogue = round_ / "criteria/kaasav-omavalitsus/2026.1.yaml"
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace("min_share: 0.60", "min_share: 0.61"), encoding="utf-8")
    assert run("assess", "assessments/2026/naidisvald").code == 0
    ended = run("award", "list", "2026")
    assert (ended.code, "[award-list-catalogues]" in ended.err) == (1, True)
    assert "Näidisvald unlike the others" in ended.err


def test_a_catalogue_may_ask_for_places(run: Any, workspace: Path) -> None:
    catalogue = workspace / "criteria/kaasav-omavalitsus/2026.1.yaml"
    text = catalogue.read_text("utf-8")
    assert text.count("  listing: none\n") == 1
    catalogue.write_text(text.replace("  listing: none\n", "  listing: total\n"), encoding="utf-8")
    run("assess", "--round", "2026")
    rows = json.loads(run("award", "list", "2026", "--json").out)["municipalities"]
    assert [(row["place"], row["code"]) for row in rows] == [(1, "X001"), (2, "X002"), (3, "X003")]
