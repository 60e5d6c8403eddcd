"""``kaasav survey import`` and ``compare`` as a coordinator meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

DESCRIPTION = """\
schema: kaasav/survey-file/1
id: training-2027
title: {et: Väljamõeldud küsitlus 2027, en: Invented survey 2027}
fictional: true
publisher: Keegi
source: {text: väljamõeldud}
fieldwork: {from: 2027-03, to: 2027-04}
language: et
sampling:
  design_effect: {value: 1.2, assumed: {et: oletus, en: a guess}}
items:
  - id: kaasamine
    indicator: SI_KAASAMINE
    label: Elanike kaasamine KOV arengu kavandamisse
    measure: share
    base: valid
    unit: percent
    reference: {value: 51.6, source: {text: väljamõeldud}}
table: {grain: values}
"""
TABLE = "Küsitlus 2027\n\nkood;Omavalitsus;%;n\nX001;Näidisvald;71,5;400\nX002;Tammemäe vald;50,0;120\n;Kokku;60;520\n"


@pytest.fixture
def files(workspace: Path) -> Path:
    (workspace / "d.yaml").write_text(DESCRIPTION, encoding="utf-8")
    (workspace / "a.csv").write_bytes(TABLE.encode("cp1257"))
    return workspace


def waves(workspace: Path) -> list[str]:
    return sorted(
        path.relative_to(workspace / "criteria/waves").as_posix()
        for path in (workspace / "criteria/waves").rglob("*.*")
    )


def test_dry_run_shows_how_it_was_read_and_writes_nothing(run: Any, files: Path) -> None:
    before = waves(files)
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    for words in (
        "encoding cp1257 · fields apart by ; · header in row 3 (guessed)",
        "municipality’s code  guessed: its header is a usual word for it",
        "rows used: 2",
        "rows skipped, totals and means: 1 (Kokku)",
        "the wave training-2027 is new",
        "nothing was written (--dry-run)",
    ):
        assert words in ended.out
    assert waves(files) == before


def test_import_again_and_changed(run: Any, files: Path) -> None:
    assert run("survey", "import", "a.csv", "--describe", "d.yaml").code == 0
    assert "training-2027" in run("survey", "list").out
    assert "nothing to do" in run("survey", "import", "a.csv", "--describe", "d.yaml").out
    (files / "a.csv").write_bytes(TABLE.replace("71,5", "72,5").encode("cp1257"))
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert "the wave training-2027 becomes version 2" in ended.out
    assert "old/training-2027/1.yaml" in waves(files)
    shown = run("survey", "show", "training-2027", "Näidisvald")
    assert (shown.code, "72.5%" in shown.out) == (0, True)


def test_a_refused_file_ends_with_1_and_changes_nothing(run: Any, files: Path) -> None:
    before = waves(files)
    (files / "a.csv").write_text(TABLE.replace("X002;Tammemäe", "X002;Näidis"), encoding="utf-8")
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert (ended.code, waves(files)) == (1, before)
    assert "a.csv:5:2: error: the code X002 is that of Tammemäe vald, not of “Näidis vald”" in ended.err
    assert "refused: nothing was written" in ended.out


def test_json_is_one_document_whatever_happens(run: Any, files: Path) -> None:
    data = json.loads(run("survey", "import", "a.csv", "--describe", "d.yaml", "--json").out)
    assert (data["wave"], data["became"], data["written"], data["matched"]) == ("training-2027", "new", True, 2)
    assert data["items"] == [{"id": "kaasamine", "with_value": 2, "without_value": 0, "too_few": 0, "unanswered": 0}]
    (files / "a.csv").write_text("%PDF-1.7", encoding="utf-8")
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml", "--json")
    assert ended.code == 1
    assert [problem["code"] for problem in json.loads(ended.out)["problems"]] == ["table-not-a-table"]


def test_without_a_description(run: Any, files: Path) -> None:
    assert run("survey", "import", "a.csv").code == 1
    looked = run("survey", "import", "a.csv", "--dry-run")
    assert (looked.code, "schema: kaasav/survey-file/1" in looked.out) == (0, True)
    assert run("survey", "import", "a.csv", "--propose", "new.yaml").code == 0
    assert "grain: values" in (files / "new.yaml").read_text(encoding="utf-8")
    again = run("survey", "import", "a.csv", "--propose", "new.yaml")
    assert (again.code, "file-exists" in again.err) == (4, True)
    assert json.loads(run("survey", "import", "a.csv", "--dry-run", "--json").out)["header"] == [3]


def test_missing_files_and_wrong_use(run: Any, files: Path) -> None:
    assert run("survey", "import", "none.csv", "--describe", "d.yaml").code == 1
    assert run("survey", "import", "a.csv", "--describe", "none.yaml").code == 1
    assert run("survey", "import", "a.csv", "--describe", "d.yaml", "--on", "yesterday").code == 1
    assert run("survey", "import").code == 2


def test_a_round_that_rests_on_a_changed_wave_is_named(run: Any, files: Path) -> None:
    first = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert "survey-round-rests" not in first.err
    a_round = files / "assessments" / "2026" / "round.yaml"
    wave = next(line for line in (files / "d.yaml").read_text(encoding="utf-8").splitlines() if line.startswith("id:"))
    text = a_round.read_text(encoding="utf-8").replace("wave: training-2026", f"wave: {wave.split()[1]}")
    a_round.write_text(text, encoding="utf-8")
    description = files / "d.yaml"
    changed = description.read_text(encoding="utf-8").replace("publisher: ", "publisher: Uus ")
    description.write_text(changed, encoding="utf-8")
    again = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert again.code == 0
    assert "[survey-round-rests]" in again.err
    assert "round 2026 rests on the wave" in again.err


def test_another_id_and_the_day(run: Any, files: Path) -> None:
    run("survey", "import", "a.csv", "--describe", "d.yaml", "--wave", "other", "--on", "2027-05-01")
    assert "'2027-05-01'" in (files / "criteria/waves/other.yaml").read_text(encoding="utf-8")
    hostile = run("survey", "import", "a.csv", "--describe", "d.yaml", "--wave", "../../x")
    assert (hostile.code, "survey-file-id" in hostile.err) == (1, True)


def test_markup_and_control_characters_in_a_table_stay_text(run: Any, files: Path) -> None:
    (files / "a.csv").write_text(
        TABLE.replace("kood;Omavalitsus;%;n", "kood;[red]Omavalitsus[/red];%;n;[link=x]\x1b[31m")
        .replace("400", "400;a").replace("120", "120;b").replace("520", "520;c"),
        encoding="utf-8",
    )  # fmt: skip
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml", "--dry-run")
    assert "\x1b" not in ended.out + ended.err
    assert "[red]Omavalitsus[/red]" in ended.out


def test_compare(run: Any, files: Path) -> None:
    run("survey", "import", "a.csv", "--describe", "d.yaml")
    ended = run("survey", "compare", "training-2026", "training-2027", "Näidisvald")
    assert ended.code == 0
    for words in (
        "Näidisvald (X001) · training-2026 → training-2027",
        "▲ 63.0% → 71.5%: +8.5 (1.4…15.5) percentage points · higher, even within the margin of error",
        "not comparable: only one of the two waves asked this",
        "assumed, not published: design effect 1.20",
        "fictional",
    ):
        assert words in ended.out
    data = json.loads(run("survey", "compare", "training-2026", "training-2027", "X002", "--json").out)
    assert (data["items"][0]["change"], data["items"][0]["difference"]) == ("within-margin", "-4")


def test_compare_says_why_not(run: Any, files: Path) -> None:
    ended = run("survey", "compare", "2020-valid", "2024", "Rõuge vald")
    assert (ended.code, "not comparable: it was measured differently" in ended.out) == (0, True)
    assert run("survey", "compare", "2020-valid", "2099", "Rõuge vald").code == 1
    assert run("survey", "compare", "2020-valid", "2024", "Tartu").code == 1


def test_results_keep_the_wave_they_were_judged_by(run: Any, files: Path) -> None:
    """A wave taken in anew does not touch what was recorded with the old one."""
    assert run("assess", "assessments/2026/naidisvald").code == 0
    (files / "d.yaml").write_text(
        DESCRIPTION.replace("id: training-2027", "id: training-2026").replace("2027-0", "2026-0"), encoding="utf-8"
    )
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert "the wave training-2026 becomes version 2" in ended.out
    verified = json.loads(run("result", "verify", "--json").out)["verified"]
    assert [one["same"] for one in verified] == [True]
    first = json.loads(run("result", "list", "--json").out)["results"][0]["hash"]
    assert run("assess", "assessments/2026/naidisvald").code == 0
    results = {one["hash"] for one in json.loads(run("result", "list", "--json").out)["results"]}
    assert len(results) == 2
    assert first in results
    verified = json.loads(run("result", "verify", "--json").out)["verified"]
    assert [one["same"] for one in verified] == [True, True]


def test_estonian(run: Any, files: Path) -> None:
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml", lang="et")
    assert (ended.code, ended.err) == (0, "")


def test_waves_named_backwards_are_said(run: Any, files: Path) -> None:
    run("survey", "import", "a.csv", "--describe", "d.yaml")
    backwards = run("survey", "compare", "training-2027", "training-2026", "Näidisvald")
    assert (backwards.code, "survey-waves-reversed" in backwards.err) == (0, True)
    assert run("survey", "compare", "training-2026", "training-2027", "Näidisvald").err == ""


def test_the_n_a_verdict_rests_on_is_shown(run: Any, files: Path) -> None:
    (files / "d.yaml").write_text(
        DESCRIPTION.replace("sampling:\n", "sampling:\n  n: {value: 900, source: {text: report}}\n"), encoding="utf-8"
    )
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert "values of fewer than 30 answers are not written" in ended.out
    shown = run("survey", "show", "training-2027", "Näidisvald").out
    assert "number of respondents: 400\n" in shown
    assert "number of respondents: 900 – report\n  it holds where a municipality has none of its own" in shown


def test_an_unknown_indicator_is_said(run: Any, files: Path) -> None:
    (files / "d.yaml").write_text(DESCRIPTION.replace("SI_KAASAMINE", "SI_KAASAMIN"), encoding="utf-8")
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    assert (ended.code, "did you mean “SI_KAASAMINE”?" in ended.err) == (0, True)
    (files / "d.yaml").write_text(DESCRIPTION, encoding="utf-8")
    assert run("survey", "import", "a.csv", "--describe", "d.yaml").err == ""


def test_what_was_edited_by_hand_is_never_lost(run: Any, files: Path) -> None:
    again = ("survey", "import", "a.csv", "--describe", "d.yaml")
    run(*again)
    values, yaml = (files / f"criteria/waves/training-2027.{end}" for end in ("csv", "yaml"))
    values.write_text(values.read_text(encoding="utf-8").replace("71.5", "99"), encoding="utf-8")
    assert "survey-wave-edited" in run(*again).err
    kept = files / "criteria/waves/old/training-2027"
    assert "99" in (kept / "1-edited.csv").read_text(encoding="utf-8")
    assert "71.5" in values.read_text(encoding="utf-8")
    assert run(*again).err == ""
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("51.6", "10"), encoding="utf-8")
    ended = run(*again)
    assert ("nothing to do" in ended.out, "survey-wave-left-edited" in ended.err) == (True, True)
    (files / "a.csv").write_bytes(TABLE.replace("71,5", "72,5").encode("cp1257"))
    assert "survey-wave-edited" in run(*again).err
    assert "value: '10'" in (kept / "2-edited.yaml").read_text(encoding="utf-8")
    assert "72.5" in values.read_text(encoding="utf-8")


def test_problems_of_the_description_stand_at_its_lines(run: Any, files: Path) -> None:
    (files / "d.yaml").write_text(DESCRIPTION.replace("unit: percent", "unit: points"), encoding="utf-8")
    ended = run("survey", "import", "a.csv", "--describe", "d.yaml")
    line = DESCRIPTION[: DESCRIPTION.index("unit:")].count("\n") + 1
    assert f"d.yaml:{line}:11: error: “measure: share” does not go with “unit: points”" in ended.err
