"""From what people wrote and what the files turned out to be, to the case that is judged."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kaasav.assessment.case import Looked, build, gate_conditions, look_at, places
from kaasav.assessment.evidence_list import ItemText, PlaceText, UseText
from kaasav.assessment.folder import Submission, understand
from kaasav.catalogue.model import Catalogue, Origin
from kaasav.catalogue.reader import understand as understand_catalogue
from kaasav.evidence.facts import Facts, Finding, Place, Sighting, State
from kaasav.plain import canonical, plain
from kaasav.scoring.case import Case, Item, ItemVerdict, Rated, Use

day = datetime.date.fromisoformat
FOUND = Sighting(Finding.FOUND)
READABLE = Facts(State.OK, sha256="ab", size=3, type="pdf", pages=4, searchable=True, created=day("2026-01-02"))

ROUND = """schema: kaasav/round/1
id: r
title: {et: Voor, en: Round}
catalogue: kaasav-omavalitsus@2026.1
wave: training-2026
evidence_date: 2026-09-30
closing_date: 2026-12-15
people:
  anu: {name: Anu, roles: [assessor]}
  mari: {name: Mari, roles: [assessor]}
"""
APPLICATION = """schema: kaasav/assessment/1
municipality: X001
name: Näidisvald
self_assessment:
  K1: {level: 3, practice_since: 2024-01-01, comment: we think}
  K3: {not_applicable: there are no villages}
"""
EVIDENCE = """schema: kaasav/evidence/1
items:
  - id: minutes
    title: Minutes
    kind: protokoll
    file: evidence/minutes.pdf
    date: 2026-05-01
    origin: municipality
    uses:
      - {criterion: K2, passage: the elders met, page: 3}
      - criterion: O1
        places:
          - passage: it was decided
          - page: 2
        seen: {by: anu, on: 2026-10-02, where: page 2}
  - id: rules
    title: Rules
    kind: statuut
    file: evidence/rules.pdf
    in_force: {from: 2020-01-01, to: 2030-12-31}
    added: reply
    uses:
      - {criterion: K3, whole: true}
  - id: procedure
    title: Procedure
    kind: kaasamise_kord
    file: evidence/procedure.pdf
    date: 2019-02-03
    in_force: {from: 2019-03-01}
  - id: statutes
    title: Statutes
    kind: pohimaarus
    link: https://example.org/statutes
    date: 2018-01-01
    checked_on: 2026-09-01
    checked_by: mari
    uses:
      - {criterion: S2}
"""
ANU = """schema: kaasav/ratings/1
assessor: anu
ratings:
  K1: {level: 3, practice_since: 2024-05-01}
  K2:
    level: 2
    evidence:
      minutes: {verdict: partly, reason: no list of who came}
  O1:
    evidence:
      minutes: accepted
"""
MARI = """schema: kaasav/ratings/1
assessor: mari
ratings:
  K3: {not_applicable: there are no villages}
"""
CONSENSUS = """schema: kaasav/ratings/1
assessor: consensus
ratings:
  K1: {level: 2}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    path = Path(__file__).parents[2] / "criteria" / "kaasav-omavalitsus" / "2026.1.yaml"
    found, _ = understand_catalogue(path.read_bytes(), path.name)
    assert found is not None
    return found


def submitted(**files: str) -> Submission:
    contents = {
        "round.yaml": ROUND,
        "assessment.yaml": APPLICATION,
        "evidence.yaml": EVIDENCE,
        **{f"ratings/{name}.yaml": text for name, text in files.items()},
    }
    submission, problems = understand({name: text.encode() for name, text in contents.items()}, "vald")
    assert problems == []
    assert submission is not None
    return submission


def found_everywhere(
    file: str, places: Sequence[Place], *, inside: Sequence[str] = ()
) -> tuple[Facts, tuple[Sighting, ...]]:
    return READABLE, tuple(FOUND for _ in places)


@pytest.fixture(scope="module")
def case(catalogue: Catalogue) -> Case:
    submission = submitted(anu=ANU, mari=MARI, consensus=CONSENSUS)
    looked = {item.id: look_at(item, found_everywhere) for item in submission.evidence.items}
    return build(submission, catalogue, looked, {})


# Places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (UseText(criterion="K1"), ()),
        (UseText(criterion="K1", whole=True), (Place(),)),
        (UseText(criterion="K1", passage="the elders met"), (Place("the elders met"),)),
        (UseText(criterion="K1", page=3), (Place(page=3),)),
        (UseText(criterion="K1", passage="the elders met", page=3), (Place("the elders met", 3),)),
        (
            UseText(
                criterion="K1", places=(PlaceText(passage="one"), PlaceText(page=2), PlaceText(passage="x", page=1))
            ),
            (Place("one"), Place(page=2), Place("x", 1)),
        ),
    ],
)
def test_the_places_of_a_use(written: UseText, expected: tuple[Place, ...]) -> None:
    assert places(written) == expected


# Looking ---------------------------------------------------------------------------------------------------------


PLAIN = {"id": "a", "title": "A", "kind": "protokoll"}


def listed(file: str | None, *uses: UseText) -> ItemText:
    return ItemText(id="a", title="A", kind="protokoll", file=file, link="https://example.org", uses=uses)


def test_a_file_is_opened_once_for_all_its_uses() -> None:
    asked: list[tuple[str, list[Place], tuple[str, ...]]] = []
    answers = [FOUND, Sighting(Finding.ELSEWHERE, (4,)), Sighting(Finding.NOT_FOUND)]

    def look(file: str, places: Sequence[Place], *, inside: Sequence[str] = ()) -> tuple[Facts, tuple[Sighting, ...]]:
        asked.append((file, list(places), tuple(inside)))
        return READABLE, tuple(answers)

    uses = (
        UseText(criterion="K1", places=(PlaceText(passage="one"), PlaceText(passage="two", page=3))),
        UseText(criterion="K2"),
        UseText(criterion="K3", passage="three"),
    )
    looked = look_at(listed("evidence/a.pdf", *uses), look)
    assert asked == [("evidence/a.pdf", [Place("one"), Place("two", 3), Place("three")], ())]
    assert looked == Looked(READABLE, ((answers[0], answers[1]), (), (answers[2],)))


def test_an_item_inside_a_container_is_looked_at_there() -> None:
    asked: list[Sequence[str]] = []

    def look(file: str, places: Sequence[Place], *, inside: Sequence[str] = ()) -> tuple[Facts, tuple[Sighting, ...]]:
        asked.append(inside)
        return READABLE, ()

    for inside in ("a.pdf", ["b.asice", "a.pdf"]):
        look_at(ItemText.model_validate({**PLAIN, "file": "evidence/a.zip", "inside": inside}), look)
    assert asked == [("a.pdf",), ("b.asice", "a.pdf")]


def never(file: str, places: Sequence[Place], *, inside: Sequence[str] = ()) -> tuple[Facts, tuple[Sighting, ...]]:
    raise AssertionError(file)


def test_of_an_erased_item_only_its_hash_is_left() -> None:
    erased = {"on": "2026-11-01", "by": "anu", "reason": "asked for", "sha256": "ab" * 32}
    item = {**PLAIN, "file": "evidence/a.pdf", "erased": erased, "uses": [{"criterion": "K1", "passage": "one"}]}
    looked = look_at(ItemText.model_validate(item), never)
    assert looked == Looked(Facts(State.MISSING, "erased", sha256="ab" * 32), ((Sighting(Finding.NOT_FOUND),),))
    assert Looked.from_data(json.loads(canonical(plain(looked)))) == looked


def test_a_link_without_capture_is_not_looked_at() -> None:
    looked = look_at(listed(None, UseText(criterion="K1", passage="one"), UseText(criterion="K2")), never)
    assert looked == Looked(Facts(State.NO_CAPTURE), ((Sighting(Finding.NOT_FOUND),), ()))


@pytest.mark.parametrize(
    "looked",
    [
        Looked(READABLE, ((FOUND, Sighting(Finding.ELSEWHERE, (4, 7))), ())),
        Looked(Facts(State.MISLABELLED, "ending-pdf-content-docx", "cd", 9, "docx"), ()),
        Looked(Facts(State.MISSING), ((Sighting(Finding.NOT_FOUND),),)),
    ],
)
def test_what_was_found_comes_back_from_its_plain_form(looked: Looked) -> None:
    data = json.loads(canonical(plain(looked)))
    again = Looked.from_data(data)
    assert again == looked
    assert type(again.facts.state) is State
    assert plain(again) == data
    assert Looked.from_data({"item": "a", **data}) == looked


# The case --------------------------------------------------------------------------------------------------------


def test_catalogue_and_dates_are_the_rounds(case: Case, catalogue: Catalogue) -> None:
    assert case.catalogue is catalogue
    assert (case.evidence_date, case.closing_date) == (day("2026-09-30"), day("2026-12-15"))


def test_items(case: Case) -> None:
    no_capture = Facts(State.NO_CAPTURE)
    assert case.items == {
        "minutes": Item("minutes", "protokoll", Origin.MUNICIPALITY, READABLE, day("2026-05-01")),
        "rules": Item(
            "rules",
            "statuut",
            Origin.MUNICIPALITY,
            READABLE,
            in_force=(day("2020-01-01"), day("2030-12-31")),
            in_reply=True,
        ),
        "procedure": Item(
            "procedure",
            "kaasamise_kord",
            Origin.MUNICIPALITY,
            READABLE,
            day("2019-02-03"),
            in_force=(day("2019-03-01"), None),
        ),
        "statutes": Item(
            "statutes",
            "pohimaarus",
            Origin.MUNICIPALITY,
            no_capture,
            day("2018-01-01"),
            checked_on=day("2026-09-01"),
        ),
    }


@pytest.mark.parametrize(
    ("written", "origin"),
    [("    origin: municipality\n", Origin.MUNICIPALITY), ("", Origin.JOINT)],
)
def test_an_items_origin_is_its_own_or_its_kinds(catalogue: Catalogue, written: str, origin: Origin) -> None:
    evidence = EVIDENCE.replace("    origin: municipality\n", written)
    contents: Mapping[str, str] = {"round.yaml": ROUND, "assessment.yaml": APPLICATION, "evidence.yaml": evidence}
    submission, _ = understand({name: text.encode() for name, text in contents.items()}, "vald")
    assert submission is not None
    looked = {item.id: look_at(item, found_everywhere) for item in submission.evidence.items}
    assert build(submission, catalogue, looked, {}).items["minutes"].origin is origin


def test_uses(case: Case) -> None:
    assert case.uses == (
        Use("minutes", "K2", ((Place("the elders met", 3), FOUND),)),
        Use("minutes", "O1", ((Place("it was decided"), FOUND), (Place(page=2), FOUND)), seen=True),
        Use("rules", "K3", ((Place(), FOUND),)),
        Use("statutes", "S2"),
    )


def test_ratings_claims_and_consensus(case: Case) -> None:
    assert case.claims == {"K1": Rated(3, day("2024-01-01")), "K3": Rated(not_applicable=True)}
    assert case.ratings == {
        "anu": {
            "K1": Rated(3, day("2024-05-01")),
            "K2": Rated(2, verdicts={"minutes": ItemVerdict.PARTLY}),
            "O1": Rated(verdicts={"minutes": ItemVerdict.ACCEPTED}),
        },
        "mari": {"K3": Rated(not_applicable=True)},
    }
    assert case.consensus == {"K1": Rated(2)}


def test_without_consensus_there_is_none(catalogue: Catalogue) -> None:
    submission = submitted(anu=ANU)
    looked = {item.id: look_at(item, found_everywhere) for item in submission.evidence.items}
    case = build(submission, catalogue, looked, {})
    assert (list(case.ratings), case.consensus, case.gates) == (["anu"], {}, {})


def test_what_counts_as_given() -> None:
    assert Rated(0).given
    assert Rated(not_applicable=True).given
    assert not Rated(verdicts={"a": ItemVerdict.ACCEPTED}).given


def test_the_gates_of_the_award_rule(catalogue: Catalogue) -> None:
    assert [gate.criterion for gate in gate_conditions(catalogue)] == ["R2"]
