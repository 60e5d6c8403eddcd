"""What a report is gathered from: the round's other results, an earlier round, survey waves, people's wishes."""

import dataclasses
import datetime
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kaasav.assessment.assess import Assessed
from kaasav.documents.report.context import context
from kaasav.documents.report.gather import Peers, Wishes, gather, reported_tier
from kaasav.documents.source import Source, Sources
from kaasav.municipalities.register import load
from kaasav.problems import Refused
from kaasav.store.database import Store
from kaasav.workspace.init import init
from kaasav.workspace.place import Workspace

from .conftest import NOW, Gather, renamed, told


def as_real(source: Source, code: str, **more: Any) -> Source:
    """``source`` as if it were the result of a real municipality."""
    municipality = {**source.municipality, "code": code, "name": f"Municipality {code}", "training": False}
    return dataclasses.replace(
        source, hash=f"{code}{source.hash[4:]}", record={**source.record, "municipality": municipality, **more}
    )


def sharing(source: Source, *criteria: str) -> Source:
    """``source`` with the consent to be named for ``criteria``."""
    application = source.submission.application.model_copy(update={"share": criteria})
    return dataclasses.replace(source, submission=dataclasses.replace(source.submission, application=application))


@pytest.fixture(scope="session")
def same_size() -> tuple[str, ...]:
    """Codes of five real municipalities of one size class of the published catalogue (up to 4,000 inhabitants)."""
    found = [one.code for one in load().all() if one.population is not None and one.population < 4000]
    assert len(found) >= 5
    return tuple(found[:5])


def test_five_of_a_size_class_are_enough_for_medians(
    source: Source, sources: Mapping[str, Source], gathered: Gather, same_size: tuple[str, ...]
) -> None:
    others = [sources[name] for name in ("naidisvald", "naidisvald", "tammemae", "tammemae", "kuuseranna")]
    round_ = tuple(as_real(one, code) for one, code in zip(others, same_size, strict=True))
    inputs = gathered(round_[0], round_).inputs
    assert inputs.medians is not None
    assert set(inputs.medians) == {one["id"] for one in source.result["dimensions"]}
    assert "Median of the 5 municipalities" in inputs.medians_note
    assert "Median" in told(gathered(round_[0], round_), "profile")
    assert "This is no ranking." in told(gathered(round_[0], round_), "profile")


def test_four_are_not_and_nothing_of_them_is_shown(
    sources: Mapping[str, Source], gathered: Gather, same_size: tuple[str, ...]
) -> None:
    round_ = tuple(as_real(sources["tammemae"], code) for code in same_size[:4])
    one = gathered(round_[0], round_)
    assert one.inputs.medians is None
    assert told(one, "profile").count("Median") == 0
    assert "fewer than 5 municipalities" in told(one, "profile")


def test_who_does_it_well_is_named_only_with_consent(sources: Mapping[str, Source], gathered: Gather) -> None:
    asks, well = sources["kuuseranna"], sources["naidisvald"]
    counted = {one["id"]: one["counted"]["lower"] for one in well.result["criteria"] if one["counted"]}
    steps = [one.criterion for one in gathered(asks).plans]
    able = next(id_ for id_ in steps if counted[id_] >= 3)
    unable = next((id_ for id_ in steps if counted[id_] < 3), None)
    assert "agreed to share" not in told(gathered(asks, (asks, well)), "steps")
    one = gathered(asks, (asks, sharing(well, able)))
    assert told(one, "steps").count("Who does this well and agreed to share Näidisvald") == 1
    if unable is not None:
        assert "Näidisvald" not in told(gathered(asks, (asks, sharing(well, unable))), "steps")


def test_the_fictional_and_the_real_are_never_mixed(sources: Mapping[str, Source], gathered: Gather) -> None:
    asks = sources["kuuseranna"]
    steps = tuple(one.criterion for one in gathered(asks).plans)
    real = sharing(as_real(sources["naidisvald"], "0708"), *steps)
    assert "Municipality 0708" not in told(gathered(asks, (asks, real)), "steps")
    asks_too = as_real(asks, "0141")
    fictional = sharing(sources["naidisvald"], *steps)
    assert "Näidisvald" not in told(gathered(asks_too, (asks_too, fictional)), "steps")
    assert "Municipality 0708" in told(gathered(asks_too, (asks_too, real)), "steps")


def test_nobody_is_an_example_for_itself_and_no_preview_is_one(sources: Mapping[str, Source], gathered: Gather) -> None:
    asks, well = sources["kuuseranna"], sources["naidisvald"]
    steps = tuple(one.criterion for one in gathered(asks).plans)
    assert "agreed to share" not in told(gathered(asks, (sharing(asks, *steps),)), "steps")
    preview = dataclasses.replace(well, record={**well.record, "result": {**well.result, "status": "preview"}})
    assert "agreed to share" not in told(gathered(asks, (asks, sharing(preview, *steps))), "steps")


def test_wishes_that_cannot_be_understood_are_refused_and_odd_ones_are_told(
    sources: Mapping[str, Source], gathered: Gather
) -> None:
    with pytest.raises(Refused) as refused:
        gathered(sources["kuuseranna"], fix=("K33",), avoid=("R2",), by=datetime.date(2020, 1, 1))
    assert {one.code for one in refused.value.problems} == {
        "way-criterion-unknown", "way-criterion-surveyed", "way-by-before-start",
    }  # fmt: skip
    held = gathered(sources["kuuseranna"], fix=("K1",))
    assert held.problems == ()
    assert "K1" not in [one.criterion for one in held.plans]


def test_steps_are_told_in_the_order_to_begin_them(sources: Mapping[str, Source], gathered: Gather) -> None:
    plans = gathered(sources["kuuseranna"]).plans
    leads = [one.lead_months for one in plans if one.kind != "papers"]
    assert leads == sorted(leads, reverse=True)
    kinds = [one.kind == "papers" for one in plans]
    assert kinds == sorted(kinds, reverse=True)


def test_the_tier_reported_is_the_first_that_is_not_met(source: Source) -> None:
    def with_states(*states: str | None) -> Source:
        tiers = [{"id": f"t{number}", "state": state} for number, state in enumerate(states)]
        known = source.catalogue.award_rule.tiers[0]
        rule = source.catalogue.award_rule.model_copy(
            update={"tiers": tuple(known.model_copy(update={"id": one["id"]}) for one in tiers)}
        )
        return dataclasses.replace(
            source,
            record={**source.record, "result": {**source.result, "tiers": tiers}},
            catalogue=source.catalogue.model_copy(update={"award_rule": rule}),
        )

    assert reported_tier(with_states("met", "not_met", "open")) == "t1"
    assert reported_tier(with_states("met", "met")) == "t1"
    assert reported_tier(with_states(None, None)) == "t0"


@pytest.fixture
def changing(tmp_path: Path, assessed: Mapping[str, Assessed]) -> tuple[Peers, Workspace]:
    """A workspace of one's own, with an empty database."""
    init(tmp_path / "ws")
    workspace = Workspace(tmp_path / "ws")
    return Peers(workspace, Store.open(tmp_path / "ws" / "kaasav.db", create=True), Sources()), workspace


def _in_round(one: Assessed, a_round: str, closing: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The same result as if it came from another round."""
    text = one.inputs["round.yaml"].decode().replace("2026-10-31", closing)
    inputs = {**one.inputs, "round.yaml": text.encode()}
    assert one.record is not None
    record = {
        **one.record,
        "round": a_round,
        "inputs": {name: sha256(content).hexdigest() for name, content in inputs.items()},
    }
    return record, inputs


def test_the_latest_earlier_round_is_compared_with(
    changing: tuple[Peers, Workspace], assessed: Mapping[str, Assessed]
) -> None:
    peers, _workspace = changing
    before = assessed["tammemae"]
    for a_round, closing in (("2024", "2024-10-31"), ("2025", "2025-10-31"), ("2027", "2027-10-31")):
        peers.store.record(*_in_round(before, a_round, closing), at=NOW)
    record, inputs = _in_round(before, "2026", "2026-10-31")
    hash_ = peers.store.record(record, inputs, at=NOW)
    source = peers.sources.source(hash_, record, peers.store.blob)
    earlier = peers.earlier(source)
    assert earlier is not None and earlier.record["round"] == "2025"
    one = gather(source, peers, Wishes())
    assert "Change since round 2025" in str(one.inputs.change)
    assert "not comparable: " not in told(one, "change")
    assert f"Criteria at the same level as before: {len(source.catalogue.rated)}." in told(one, "change")
    peers.store.close()


def test_without_an_earlier_round_nothing_is_said_of_change(source: Source, gathered: Gather) -> None:
    assert told(gathered(source), "change") == ""


def test_a_wave_that_cannot_be_read_is_told_and_left_out(
    changing: tuple[Peers, Workspace], sources: Mapping[str, Source]
) -> None:
    peers, workspace = changing
    known = {one.id for one in peers.waves()}
    assert "2024" in known and peers.unread == []
    wave = workspace.root / "criteria" / "waves" / "2024.yaml"
    wave.write_text(wave.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    again = Peers(workspace, peers.store, Sources())
    one = gather(sources["tammemae"], again, Wishes())
    assert [(problem.code, problem.details) for problem in one.problems] == [
        ("report-wave-unread", (("wave", "2024"),))
    ]
    assert {one.id for one in again.waves()} == known - {"2024"}
    assert [wave.id for wave, _verdict in one.inputs.waves] == ["training-2026"]
    peers.store.close()


def test_every_wave_that_asked_here_is_shown_oldest_first(sources: Mapping[str, Source], gathered: Gather) -> None:
    real = as_real(sources["tammemae"], "0793")
    shown = gathered(real, ()).inputs.waves
    ends = [wave.description.fieldwork.last for wave, _verdict in shown]
    assert len(shown) >= 3
    assert ends == sorted(ends)
    assert "training-2026" in [wave.id for wave, _verdict in shown]  # the round's own, even with no value
    text = told(gathered(real, ()), "survey")
    assert "95 % interval" in text and "assumed" in text


def test_the_same_inputs_give_the_same_report(sources: Mapping[str, Source], gathered: Gather) -> None:
    once, again = (context(gathered(sources["kuuseranna"]).inputs) for _ in range(2))
    assert once == again
    assert context(gathered(renamed(sources["kuuseranna"], "Other")).inputs) != once
