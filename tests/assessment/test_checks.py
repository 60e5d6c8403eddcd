"""Each mistake a folder can hold: what is changed in a folder in which nothing is wrong, and the problem that follows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaasav.assessment import folder
from kaasav.assessment.checks import evidence, files, ratings, round
from kaasav.problems import ProblemKind

Told = Callable[..., list[str]]

MISTAKES = {
    "person-reserved": ("round.yaml", "  cat: {name", "  self: {name", "round.yaml:11:3"),
    "looked-later": ("evidence.yaml", "whole: true", "whole: true, seen: {by: ann, on: 2026-11-01, where: all}", "vald/evidence.yaml:11:58"),
    "file-path-roundabout": ("evidence.yaml", "evidence/letter.txt", "evidence/./letter.txt", "vald/evidence.yaml:15:11"),
    "round-dates": ("round.yaml", "closing_date: 2026-10-31", "closing_date: 2026-09-29", "round.yaml:7:15"),
    "issuer-address": ("round.yaml", "people:", "issuer:\n  name: {et: Koda, en: Chamber}\n  web: https://chamber.example\n  public_register: http://chamber.example/register\npeople:", "round.yaml:11:20"),
    "issuer-email": ("round.yaml", "people:", "issuer:\n  name: {et: Koda, en: Chamber}\n  email: koda\npeople:", "round.yaml:10:10"),
    "unknown-role": ("round.yaml", "{name: Ann, roles: [assessor]}", "{name: Ann, roles: [assessor, jury]}", "round.yaml:9:38"),
    "roles-clash": ("round.yaml", "{name: Ann, roles: [assessor]}", "{name: Ann, roles: [assessor, consultant]}", "round.yaml:9:38 warning"),
    "unknown-person": ("round.yaml", "{person: cat,", "{person: cta,", "round.yaml:13:14"),
    "assessor-tied": ("round.yaml", "{person: cat,", "{person: ann,", "round.yaml:13:5"),
    "municipality-old-code": ("assessment.yaml", "municipality: X001\nname: Näidisvald", 'municipality: "0142"\nname: Antsla vald', "vald/assessment.yaml:2:15 warning"),
    "municipality-name-differs": ("assessment.yaml", "name: Näidisvald", "name: Rõuge vald", "vald/assessment.yaml:3:7"),
    "level-too-high": ("assessment.yaml", "{level: 1}", "{level: 3}", "vald/assessment.yaml:6:15"),
    "level-and-not-applicable": ("assessment.yaml", "{level: 1}", "{level: 1, not_applicable: there are none}", "vald/assessment.yaml:6:3"),
    "nothing-said": ("assessment.yaml", "B1: {level: 1}", "B1: {}", "vald/assessment.yaml:6:3"),
    "not-applicable-not-allowed": ("assessment.yaml", "{level: 1}", "{not_applicable: there are none}", "vald/assessment.yaml:6:24"),
    "not-applicable-without-reason": ("ratings/ann.yaml", "  A1: {level: 2, practice_since: 2024-05-01}", "  A1: {not_applicable: true}", "vald/ratings/ann.yaml:4:24"),
    "practice-too-young": ("ratings/ann.yaml", ", practice_since: 2024-05-01", "", "vald/ratings/ann.yaml:4:7 warning"),
    "practice-later": ("ratings/ann.yaml", "2024-05-01", "2026-11-01", "vald/ratings/ann.yaml:4:34"),
    "verdict-unknown-item": ("ratings/ann.yaml", "rules: accepted", "rulez: accepted", "vald/ratings/ann.yaml:8:7"),
    "verdict-on-unused-item": ("ratings/ann.yaml", "rules: accepted", "letter: accepted", "vald/ratings/ann.yaml:8:7"),
    "verdict-without-reason": ("ratings/ann.yaml", "rules: accepted", "rules: partly", "vald/ratings/ann.yaml:8:7"),
    "ratings-wrong-name": ("ratings/ann.yaml", "assessor: ann", "assessor: bob", "vald/ratings/ann.yaml:2:11"),
    "not-an-assessor": ("round.yaml", "{name: Ann, roles: [assessor]}", "{name: Ann, roles: [consultant]}", "vald/ratings/ann.yaml:2:11"),
    "item-twice": ("evidence.yaml", "id: letter", "id: rules", "vald/evidence.yaml:12:9"),
    "file-twice": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/rules.txt", "vald/evidence.yaml:15:11"),
    "unknown-kind": ("evidence.yaml", "kind: act", "kind: acts", "vald/evidence.yaml:5:11"),
    "neither-file-nor-link": ("evidence.yaml", "    file: evidence/letter.txt\n", "", "vald/evidence.yaml:12:5"),
    "file-not-in-evidence": ("evidence.yaml", "evidence/letter.txt", "letter.txt", "vald/evidence.yaml:15:11"),
    "unknown-criterion": ("evidence.yaml", "{criterion: B1,", "{criterion: B2,", "vald/evidence.yaml:11:21"),
    "criterion-not-rated": ("evidence.yaml", "{criterion: B1,", "{criterion: C1,", "vald/evidence.yaml:11:21"),
    "used-twice": ("evidence.yaml", "{criterion: B1,", "{criterion: A1,", "vald/evidence.yaml:11:9"),
    "place-unclear": ("evidence.yaml", "whole: true", "whole: true, page: 1", "vald/evidence.yaml:11:9"),
    "place-empty": ("evidence.yaml", "whole: true", "places: [{}]", "vald/evidence.yaml:11:34"),
    "page-zero": ("evidence.yaml", "whole: true", "page: 0", "vald/evidence.yaml:11:31"),
    "passage-too-short": ("evidence.yaml", "we were asked", "we", "vald/evidence.yaml:18:34"),
    "origin-raised": ("evidence.yaml", "kind: act", "kind: act\n    origin: community", "vald/evidence.yaml:6:13"),
    "in-force-backwards": ("evidence.yaml", "{from: 2024-01-01}", "{from: 2024-01-01, to: 2023-01-01}", "vald/evidence.yaml:7:38"),
    "inside-without-file": ("evidence.yaml", "    file: evidence/letter.txt\n", "    link: https://a.ee\n    inside: a.txt\n", "vald/evidence.yaml:16:13"),
    "inside-too-deep": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/letter.txt\n    inside: [a, b, c, d]", "vald/evidence.yaml:16:13"),
    "capture-unsaid": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/letter.txt\n    link: https://a.ee", "vald/evidence.yaml:16:11 warning"),
    "captured-without-link": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/letter.txt\n    captured: {on: 2026-05-01, by: ann}", "vald/evidence.yaml:16:15"),
    "captured-without-file": ("evidence.yaml", "file: evidence/letter.txt", "link: https://a.ee\n    captured: {on: 2026-05-01, by: ann}", "vald/evidence.yaml:16:15"),
    "captured-by-unknown": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/letter.txt\n    link: https://a.ee\n    captured: {on: 2026-05-01, by: dan}", "vald/evidence.yaml:17:36"),
    "erased-no-hash": ("evidence.yaml", "file: evidence/letter.txt", "file: evidence/letter.txt\n    erased: {on: 2026-05-01, by: ann, reason: x, sha256: abc}", "vald/evidence.yaml:16:58"),
    "erased-still-there": None,
    "checked-by-missing": ("evidence.yaml", "in_force: {from: 2024-01-01}", "checked_on: 2026-01-01\n    date: 2024-01-01", "vald/evidence.yaml:7:17"),
    "same-file-twice": None,
    "same-file-differs": None,
    "same-file-used-twice": None,
    "evidence-unlisted": None,
    "evidence-more-unlisted": None,
    "evidence-not-all-listed": None,
    "no-folder": None,
    "folder-is-file": None,
    "no-assessment": None,
    "ratings-not-read": None,
    "file-missing": None,
    "file-unreadable": None,
}  # fmt: skip


def test_nothing_is_wrong_with_the_folder_each_example_starts_from(place: Any) -> None:
    assert place.told() == []


@pytest.mark.parametrize("code", [code for code, change in MISTAKES.items() if change is not None])
def test_a_mistake_is_told_where_it_stands(code: str, told: Told) -> None:
    change = MISTAKES[code]
    assert change is not None
    name, before, after, where = change
    severity = "" if "warning" in where else " error"
    assert f"{where}{severity} {code}" in told(name, before, after)


def test_every_kind_of_problem_has_an_example() -> None:
    declared = {
        value.code
        for module in (evidence, files, folder, ratings, round)
        for value in vars(module).values()
        if isinstance(value, ProblemKind)
    }
    assert declared == set(MISTAKES)


def test_all_mistakes_of_all_files_are_told_at_once(place: Any) -> None:
    place.change("round.yaml", "evidence_date: 2026-09-30", "evidence_date: 30.9.2026")
    place.change("evidence.yaml", "kind: letter", "kindd: letter")
    place.change("ratings/bob.yaml", "level: 1", "level: one")
    assert place.told() == [
        "round.yaml:6:16 error not-a-date",
        "vald/evidence.yaml:12:5 error missing",
        "vald/evidence.yaml:14:5 error unknown-key",
        "vald/ratings/bob.yaml:5:15 error not-whole",
    ]


SECOND_LETTER = """
  - id: copy
    title: Copy
    kind: {kind}
    file: evidence/copy.txt
    date: {date}
    uses: [{{criterion: {criterion}, whole: true}}]
"""


@pytest.mark.parametrize(
    ("kind", "date", "criterion", "expected"),
    [
        ("letter", "2026-05-01", "B1", {"same-file-twice", "evidence-kind-not-accepted"}),
        ("letter", "2026-05-01", "A1", {"same-file-twice", "same-file-used-twice"}),
        ("letter", "2026-05-02", "B1", {"same-file-differs"}),
        ("event", "2026-05-01", "B1", {"same-file-differs"}),
    ],
)
def test_the_same_bytes_under_two_names_are_one_item(
    place: Any, kind: str, date: str, criterion: str, expected: set[str]
) -> None:
    folder_ = place.folder
    (folder_ / "evidence" / "copy.txt").write_bytes((folder_ / "evidence" / "letter.txt").read_bytes())
    listed = folder_ / "evidence.yaml"
    listed.write_text(
        listed.read_text(encoding="utf-8") + SECOND_LETTER.format(kind=kind, date=date, criterion=criterion),
        encoding="utf-8",
    )
    assert {line.split()[-1] for line in place.told()} == expected


def test_files_nobody_listed_are_named_up_to_a_limit(place: Any) -> None:
    evidence_folder: Path = place.folder / "evidence"
    (evidence_folder / "extra.txt").write_text("x", encoding="utf-8")
    (evidence_folder / "Thumbs.db").write_text("x", encoding="utf-8")
    assert place.told() == ["vald/evidence/extra.txt warning evidence-unlisted"]
    for number in range(30):
        (evidence_folder / f"extra-{number:02}.txt").write_text("x", encoding="utf-8")
    problems = place.assess().problems
    assert [p.code for p in problems].count("evidence-unlisted") == files.SHOWN_UNLISTED
    assert next(p for p in problems if p.code == "evidence-more-unlisted").message.startswith("and 11 more")


def test_a_folder_that_cannot_be_listed_whole_says_so(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaasav.evidence.paths import Walked

    monkeypatch.setattr(files, "walk", lambda _folder: Walked((), complete=False))
    assert place.told() == ["vald/evidence warning evidence-not-all-listed"]


def test_a_folder_that_is_not_there(place: Any, tmp_path: Path) -> None:
    place.folder = tmp_path / "none"
    assert [p.code for p in place.assess().problems] == ["no-folder"]


@pytest.mark.parametrize("name", ["assessment.yaml", "evidence.yaml", "../round.yaml"])
def test_a_missing_file_is_named_with_what_to_do(place: Any, name: str) -> None:
    (place.folder / name).unlink()
    problems = place.assess().problems
    (problem,) = problems
    assert problem.code == "file-missing"
    assert bool(problem.hint) == (name != "../round.yaml")


def test_what_is_no_municipalitys_folder_is_told_for_what_it_is(place: Any) -> None:
    place.folder = place.folder / "evidence"
    assert [p.code for p in place.assess().problems] == ["no-assessment"]
    place.folder = place.folder / "rules.txt"
    assert [p.code for p in place.assess().problems] == ["folder-is-file"]


def test_a_ratings_file_of_another_ending_is_never_passed_over(place: Any) -> None:
    (place.folder / "ratings" / "bob.yaml").rename(place.folder / "ratings" / "bob.yml")
    (place.folder / "ratings" / ".bob.yaml.swp").write_text("x", encoding="utf-8")
    (place.folder / "ratings" / "ann.yaml~").write_text("x", encoding="utf-8")
    assert place.told() == ["vald/ratings/bob.yml error ratings-not-read"]


def test_ratings_that_cannot_be_listed_are_an_error_not_none_at_all(place: Any) -> None:
    import shutil

    shutil.rmtree(place.folder / "ratings")
    (place.folder / "ratings").write_text("x", encoding="utf-8")
    assert place.told() == ["vald/ratings error file-unreadable"]


@pytest.mark.parametrize("name", ["assessment.yaml", "evidence.yaml", "ratings/ann.yaml", "../round.yaml"])
def test_a_pipe_or_a_link_out_of_the_folder_is_refused_at_once(place: Any, name: str, tmp_path: Path) -> None:
    import os

    path = place.folder / name
    good = path.read_bytes()
    path.unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert [p.code for p in place.assess().problems] == ["file-not-plain"]
        path.unlink()
    outside = tmp_path / "criteria" / "outside.yaml"
    outside.write_bytes(good)
    path.symlink_to(outside)
    assert [p.code for p in place.assess().problems] == ["file-leads-out"]
    path.unlink()
    path.write_bytes(good)
    assert place.told() == []


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("assessments/r/round.yaml", "id: r\n", "id: s\n", "round.yaml:2:5 error round-elsewhere"),
        (
            "criteria/small/1.10.yaml",
            'version: "1.10"',
            'version: "1.11"',
            "criteria/small/1.10.yaml error catalogue-wrong-place",
        ),
        (
            "criteria/waves/training-2026.yaml",
            "id: training-2026",
            "id: training-2027",
            "criteria/waves/training-2026.yaml error wave-elsewhere",
        ),
    ],
)
def test_what_calls_itself_otherwise_than_its_file_is_refused(
    place: Any, file: str, before: str, after: str, expected: str
) -> None:
    path = place.root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert expected in place.told()


def test_a_tie_to_a_municipality_nobody_knows_is_an_error(place: Any) -> None:
    told = place.change("round.yaml", "municipality: X001, role", "municipality: X999, role").told()
    assert told == ["round.yaml:13:33 error municipality-code-unknown"]


def test_three_copies_of_a_file_are_compared_each_with_each(place: Any) -> None:
    listed = place.folder / "evidence.yaml"
    letter = (place.folder / "evidence" / "letter.txt").read_bytes()
    text = listed.read_text(encoding="utf-8").replace("      - {criterion: B1, whole: true}\n", "")
    for number in (1, 2):
        (place.folder / "evidence" / f"copy{number}.txt").write_bytes(letter)
        text += SECOND_LETTER.format(kind="letter", date="2026-05-01", criterion="B1").replace("copy", f"copy{number}")
    listed.write_text(text, encoding="utf-8")
    (place.folder / "ratings" / "ann.yaml").write_text(
        "schema: kaasav/ratings/1\nassessor: ann\nratings: {}\n", encoding="utf-8"
    )
    assert "same-file-used-twice" in {line.split()[-1] for line in place.told()}


def test_an_origin_stated_is_the_same_as_the_kinds_own(place: Any) -> None:
    (place.folder / "evidence" / "copy.txt").write_bytes((place.folder / "evidence" / "letter.txt").read_bytes())
    listed = place.folder / "evidence.yaml"
    extra = SECOND_LETTER.format(kind="letter", date="2026-05-01", criterion="B1").replace(
        "    date:", "    origin: community\n    date:"
    )
    listed.write_text(listed.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert "same-file-differs" not in {line.split()[-1] for line in place.told()}
