"""From a file to a wave in its folder: what is written, what is not, and what a crash leaves."""

import gc
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaasav.problems import Refused
from kaasav.survey.imports import shelving
from kaasav.survey.imports.importing import Outcome, keep, take_in
from kaasav.survey.imports.making import text_of
from kaasav.survey.imports.shelving import as_made, sealed
from kaasav.survey.reader import read_wave
from kaasav.survey.verdict import GateRule, judge
from kaasav.survey.wave import Wave

DESCRIPTION = """\
schema: kaasav/survey-file/1
# a person's own words
id: test
title: {et: Proov, en: Test}
publisher: Keegi
source: {text: "aruanne: 2026", url: "https://example.ee"}
fieldwork: {from: 2026-03, to: 2026-04}
respondents: 900
language: et
scale:
  - {label: väga rahul, counts: positive, aliases: ["1"]}
  - {label: üldse pole rahul, counts: negative, aliases: ["2"]}
  - {label: ei oska öelda, counts: outside, aliases: ["9"]}
assumptions:
  - {et: Oletus, en: Assumption}
sampling:
  sd: {value: 30, source: {text: aruanne}}
items:
  - id: kaasamine
    indicator: SI_KAASAMINE
    label: Elanike kaasamine
    aliases: ["=Kaasamine"]
    measure: share
    base: valid
    unit: percent
    reference: {method: mean-of-municipalities}
table: {grain: answers}
"""


def answers(*groups: tuple[str, int, int]) -> str:
    lines = ["kood;kaal;Elanike kaasamine"]
    for code, yes, no in groups:
        lines += [f"{code};1;1"] * yes + [f"{code};1,5;2"] * no + [f"{code};1;9"]
    return "\n".join(lines) + "\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "waves").mkdir()
    (tmp_path / "d.yaml").write_text(DESCRIPTION, encoding="utf-8")
    (tmp_path / "a.csv").write_text(answers(("0698", 60, 40), ("0784", 50, 50)), encoding="utf-8")
    return tmp_path


def run(place: Path, **how: Any) -> Outcome:
    outcome = take_in([place / "a.csv"], place / "d.yaml", place / "waves", **how)
    keep(outcome, place / "waves")
    return outcome


def files(place: Path) -> dict[str, bytes]:
    waves = place / "waves"
    return {
        path.relative_to(waves).as_posix(): path.read_bytes() for path in sorted(waves.rglob("*")) if path.is_file()
    }


def wave(place: Path) -> Wave:
    read, problems = read_wave(
        (place / "waves/test.yaml").read_bytes(), (place / "waves/test.csv").read_bytes(), "test.yaml"
    )
    assert problems == []
    assert read is not None
    return read


def test_a_new_wave(place: Path) -> None:
    outcome = run(place)
    assert (outcome.became, outcome.version, outcome.problems) == ("new", 1, ())
    made = wave(place)
    row = made.row("kaasamine", "0698")
    assert row is not None
    assert (row.value, row.n) == (50, 100)
    assert row.design_effect is not None
    assert 1 < row.design_effect < 2
    assert row.outside is not None
    assert abs(row.outside - 100 / 121) < 1e-9
    description = made.description
    assert description.items[0].reference is not None
    assert (
        description.items[0].reference.value
        == made.rows["kaasamine"]["0698"].value / 2 + made.rows["kaasamine"]["0784"].value / 2
    )  # type: ignore[operator]
    assert description.imported is not None
    assert [one.file for one in description.imported.files] == ["a.csv"]
    assert (description.version, description.imported.on, description.respondents) == (1, None, 900)
    verdict = judge(made, "SI_KAASAMINE", "0698", (), GateRule(30, 60), evidence_date=None)
    assert (verdict.state, verdict.n, verdict.assumed) == ("near_above", 100, ())


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run(place)
    other = tmp_path_factory.mktemp("other")
    for name in ("d.yaml", "a.csv"):
        (other / name).write_bytes((place / name).read_bytes())
    (other / "waves").mkdir()
    run(other)
    assert files(place) == files(other)
    assert all(b"\r" not in content for content in files(place).values())


def test_respondents_are_kept_nowhere(place: Path) -> None:
    (place / "a.csv").write_text(
        answers(("0698", 60, 40), ("0784", 1, 2)).replace("0784;1;1", "0784;7,77;1"), encoding="utf-8"
    )
    run(place)
    values = files(place)["test.csv"].decode()
    assert values.splitlines()[2] == "0784,Tallinn,kaasamine,,,,,,too-few"
    assert "7.77" not in "".join(content.decode() for content in files(place).values())


def test_the_same_file_again_changes_nothing_not_even_what_a_person_wrote_since(place: Path) -> None:
    run(place)
    path = place / "waves" / "test.yaml"
    path.write_text("# kept\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = files(place)
    assert run(place).became == "same"
    assert files(place) == before


def test_a_changed_file_is_a_new_version_and_the_old_one_is_kept(place: Path) -> None:
    run(place)
    first = files(place)
    (place / "a.csv").write_text(answers(("0698", 70, 40), ("0784", 50, 50)), encoding="utf-8")
    assert (run(place).became, wave(place).description.version) == ("changed", 2)
    after = files(place)
    assert sorted(after) == ["old/test/1.csv", "old/test/1.yaml", "test.csv", "test.yaml"]
    assert (after["old/test/1.csv"], after["old/test/1.yaml"]) == (first["test.csv"], first["test.yaml"])
    (place / "d.yaml").write_text(DESCRIPTION.replace("base: valid", "base: all"), encoding="utf-8")
    assert (run(place).became, wave(place).description.version) == ("changed", 3)
    assert sorted(files(place))[:4] == ["old/test/1.csv", "old/test/1.yaml", "old/test/2.csv", "old/test/2.yaml"]


def test_a_refused_file_changes_nothing(place: Path) -> None:
    run(place)
    before = files(place)
    (place / "a.csv").write_text(answers(("0698", 70, 40)) + "0698;1;?\n", encoding="utf-8")
    outcome = run(place)
    assert (outcome.became, [problem.code for problem in outcome.problems]) == (None, ["survey-option-unknown"])
    assert files(place) == before


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("stop", [1, 2, 3, 4])
def test_a_crash_between_two_files_never_mixes_versions(
    place: Path, monkeypatch: pytest.MonkeyPatch, existing: bool, stop: int
) -> None:
    if existing:
        run(place)
        (place / "a.csv").write_text(answers(("0698", 70, 40), ("0784", 50, 50)), encoding="utf-8")
    before = files(place)
    write, count = shelving.write_atomically, 0

    def crash(path: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if count == stop:
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(shelving, "write_atomically", crash)
    writes = 4 if existing else 2
    if stop > writes:
        run(place)
        return
    with pytest.raises(KeyboardInterrupt):
        run(place)
    left = files(place)
    if not existing:
        assert "test.yaml" not in left
    elif stop < 4:
        assert (left["test.yaml"], left["test.csv"]) == (before["test.yaml"], before["test.csv"])
    else:
        _wave, problems = read_wave(left["test.yaml"], left["test.csv"], "test.yaml")
        assert [problem.code for problem in problems] == ["wave-values-differ"]
        assert left["old/test/1.yaml"] == before["test.yaml"]
    monkeypatch.setattr(shelving, "write_atomically", write)
    assert run(place).became != "same"
    assert wave(place).row("kaasamine", "0698") is not None
    assert run(place).became == "same"


def test_values_changed_by_hand_are_noticed(place: Path) -> None:
    run(place)
    path = place / "waves" / "test.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b",50,100,", b",51,100,"))
    assert path.read_bytes() != good
    _wave, problems = read_wave((place / "waves/test.yaml").read_bytes(), path.read_bytes(), "test.yaml")
    assert [(problem.code, problem.location.file) for problem in problems] == [("wave-values-differ", "test.yaml")]


def test_another_id_and_the_day(place: Path) -> None:
    import datetime

    outcome = run(place, wave_id="other", on=datetime.date(2026, 5, 1))
    assert sorted(files(place)) == ["other.csv", "other.yaml"]
    assert outcome.yaml is not None
    made, _problems = read_wave(outcome.yaml, outcome.csv or b"", "other.yaml")
    assert made is not None
    assert made.description.imported is not None
    assert made.description.imported.on == datetime.date(2026, 5, 1)


def test_what_a_wave_may_not_say_is_refused_before_writing(place: Path) -> None:
    (place / "d.yaml").write_text(DESCRIPTION.replace("to: 2026-04", "to: 2026-02"), encoding="utf-8")
    outcome = run(place)
    assert ([problem.code for problem in outcome.problems], files(place)) == (["wave-fieldwork-backwards"], {})


def test_joined_files_lie_beside_the_table_or_are_named(place: Path) -> None:
    (place / "d.yaml").write_text(
        DESCRIPTION.replace(
            "table: {grain: answers}",
            'table: {grain: answers, columns: {code: kov.EHAK}, header: [1], joined: [{as: kov, file: "KOV*.txt", key: ID, on: kood}]}',
        ),
        encoding="utf-8",
    )
    (place / "a.csv").write_text(answers(("1", 60, 40), ("2", 50, 50)), encoding="utf-8")
    assert [problem.code for problem in run(place).problems] == ["survey-no-joined-file"]
    (place / "kov-2026.txt").write_text("ID;EHAK\n1;698\n2;784\n", encoding="utf-8")
    assert run(place).became == "new"
    made = wave(place).description.imported
    assert made is not None
    assert [one.file for one in made.files] == ["a.csv", "kov-2026.txt"]
    (place / "kov-2026.txt").write_text("ID;EHAK\n1;698\n2;899\n", encoding="utf-8")
    assert run(place).became == "changed"
    (place / "kov-2.txt").write_text("ID;EHAK\n1;698\n", encoding="utf-8")
    assert [problem.code for problem in run(place).problems] == ["survey-joined-files"]
    named = [place / "a.csv", place / "kov-2026.txt", place / "d.yaml"]
    assert [problem.code for problem in take_in(named, place / "d.yaml", place / "waves").problems] == [
        "survey-file-unasked"
    ]


def test_a_missing_file(place: Path) -> None:
    with pytest.raises(Refused):
        take_in([place / "none.csv"], place / "d.yaml", place / "waves")


def test_what_is_written_is_what_was_gathered(place: Path) -> None:
    (place / "a.csv").write_text(answers(("0698", 61, 40), ("0784", 2, 1), ("0899", 17, 50)), encoding="utf-8")
    outcome = run(place)
    assert outcome.reading.gathered is not None
    assert wave(place).rows == outcome.reading.gathered.rows


@pytest.mark.parametrize("enabled", [True, False])
def test_collecting_goes_on_as_it_was(place: Path, enabled: bool) -> None:
    try:
        if not enabled:
            gc.disable()
        assert take_in([place / "a.csv"], place / "d.yaml", place / "waves").became == "new"
        assert gc.isenabled() is enabled
        with pytest.raises(Refused):
            take_in([place / "missing.csv"], place / "d.yaml", place / "waves")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


@given(st.fractions(), st.integers(0, 18))
def test_numbers_are_written_exactly_and_as_short_as_can_be(number: Fraction, places: int) -> None:
    assert Fraction(text_of(number)) == number
    short = Fraction(number.numerator, 10**places)
    text = text_of(short)
    assert Fraction(text) == short
    assert "/" not in text
    assert "." not in text or text[-1] != "0"


def test_a_value_that_equals_its_reference_still_does_so_once_written(tmp_path: Path) -> None:
    """A third, beside the mean of 0, 1/3 and 2/3 of others: rounded it would lie below."""
    description, table = tmp_path / "d.yaml", tmp_path / "a.csv"
    description.write_text(
        "schema: kaasav/survey-file/1\nid: third\ntitle: {en: T}\npublisher: K\nsource: {text: a}\n"
        "fieldwork: {from: 2026-03, to: 2026-04}\nlanguage: et\n"
        "scale: [{label: jah, counts: positive}, {label: ei, counts: negative}]\n"
        "sampling: {design_effect: {value: 1, source: {text: a}}}\n"
        "items:\n  - {id: a, indicator: SI, label: A, measure: share, base: valid, unit: percent,"
        " reference: {value: 100/3, source: {text: a}}}\ntable: {grain: counts}\n",
        encoding="utf-8",
    )
    table.write_text("kood;jah;ei\n0698;100;200\n0784;99;201\n", encoding="utf-8")
    outcome = take_in([table], description, tmp_path / "waves")
    assert (outcome.became, outcome.problems) == ("new", ())
    assert outcome.yaml is not None
    assert outcome.csv is not None
    wave, problems = read_wave(outcome.yaml, outcome.csv, "third.yaml")
    assert problems == []
    assert wave is not None
    rule = GateRule(min_respondents=30, reliable_from=100)
    states = [judge(wave, "SI", code, (), rule, evidence_date=None).state for code in ("0698", "0784")]
    assert states == ["near_above", "near_below"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_description_knows_whether_it_is_as_it_was_made(end: str) -> None:
    made = sealed(b"id: a\nimported:\n  files: []\n")
    seal = made.decode().split()[-1]
    assert as_made(made.replace(b"\n", end.encode()), seal)
    for other in (made.replace(b"id: a", b"id: b"), made.replace(b"  made", b"  x: 1\n  made"), made + b"x: 1\n"):
        assert not as_made(other, seal)
    assert as_made(b"id: a\n", None)
