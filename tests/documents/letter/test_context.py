"""What a letter says, by how the result stands; nothing is promised that is not decided."""

import dataclasses
import datetime
import io
from collections.abc import Mapping
from typing import Any

import docx
import pytest

from kaasav.documents.award import Award
from kaasav.documents.letter.contact import Contact
from kaasav.documents.letter.context import context
from kaasav.documents.letter.recipes import recipes
from kaasav.documents.letter.steps import reply_problems
from kaasav.documents.source import Source
from kaasav.language import use

from .. import pdfs
from .conftest import texts

DAY = datetime.date


def joined(data: Any) -> str:
    """Every text of plain data."""
    if isinstance(data, str):
        return data
    return "\n".join(map(joined, data.values() if isinstance(data, Mapping) else data))


def changed(source: Source, **result: Any) -> Source:
    return dataclasses.replace(source, record={**source.record, "result": {**source.result, **result}})


def tier(source: Source, **fields: Any) -> list[dict[str, Any]]:
    return [{**source.result["tiers"][0], **fields}]


def gated(source: Source, state: str, /, **gate: Any) -> Source:
    """The result with another answer of the survey."""
    conditions = [
        {**one, "state": state, "gate": {**one["gate"], **gate}} if one["gate"] else one
        for one in source.result["conditions"]
    ]
    return changed(source, conditions=conditions)


def test_met_says_so_and_that_nobody_has_decided(sources: Mapping[str, Source]) -> None:
    data = context(sources["naidisvald"])
    assert data["subject"] == "Label “Inclusive municipality”: feedback on the assessment"
    assert data["answer"] == ["All conditions of the label “Inclusive municipality” are met."]
    assert data["obstacles"]["title"] == "What can be developed further"
    assert data["next"]["paragraphs"][1] == (
        "No decision has been made yet. People decide, not the computed result: Signe Sarapuu, Rein Remmelgas and Tõnu "
        "Toomingas. They decide after the closing date, 31\u00a0October 2026."
    )
    assert "awarded" not in joined(data)
    assert data["marks"] == ["SAMPLE", "PROPOSAL"]


def test_open_names_what_an_award_would_need(sources: Mapping[str, Source]) -> None:
    data = context(sources["tammemae"])
    assert data["answer"] == ["It is still open whether the conditions of the label “Inclusive municipality” are met."]
    assert data["next"]["paragraphs"][1].endswith(
        "The total lies so close to its threshold that an award demands more. To award the label “Inclusive"
        " municipality”, they would also need: a third assessor who has rated every criterion that applies; a written"
        " reason; a second source or a written reason."
    )


def test_not_met_says_what_held_it_back_the_mandatory_first(sources: Mapping[str, Source]) -> None:
    data = context(sources["kuuseranna"])
    assert data["answer"][0] == "Some conditions of the label “Inclusive municipality” are not met."
    assert "“Foto promenaadi katse tahvlist” (S6, T5)" in data["answer"][-1]
    first, *others = data["obstacles"]["entries"]
    assert first == {
        "id": "S1",
        "title": "Involvement is in the development plan with a goal and a measure",
        "level": "level 1 counts",
        "text": "Mandatory: at least level 2 is needed. Rated: level 2; the evidence carries: level 1. Level 2 needs"
        " evidence of the kind “Development plan”. Does not count: “Kuuseranna linna arengukava 2021–2025 (väljavõte)” –"
        " in force 1\u00a0January 2021 to 31\u00a0December 2025, so not on 30\u00a0September 2026.",
    }
    assert [one["id"] for one in others] == ["O1", "S4", "T1", "O3"]
    assert data["obstacles"]["more"].startswith("Evidence holds back 5 more criteria (R1, A1, R3, K4, T5)")
    assert "the rules do not let them award the label" in data["next"]["paragraphs"][1]


def test_strengths_are_the_highest_levels_in_the_words_of_the_catalogue(source: Source) -> None:
    entries = context(source)["strengths"]["entries"]
    assert [one["level"] for one in entries] == ["level 4", "level 3", "level 3"]
    known = {one.id: one for one in source.catalogue.rated}
    assert all(one["text"] == known[one["id"]].levels[int(one["level"][-1])]["en"] for one in entries)


def test_what_is_told_as_strong_is_not_told_again_as_lacking(sources: Mapping[str, Source]) -> None:
    for one in sources.values():
        data = context(one)
        strong, lacking = ({entry["id"] for entry in data[name]["entries"]} for name in ("strengths", "obstacles"))
        held = {criterion["id"] for criterion in one.result["criteria"] if criterion["held_back"]}
        assert strong & lacking <= held
    assert [entry["id"] for entry in context(sources["naidisvald"])["obstacles"]["entries"]] == ["K4", "T4", "O4"]


def test_a_preview_is_no_result(source: Source) -> None:
    preview = changed(source, status="preview", tiers=tier(source, state=None, awardable=False, decidable=False))
    data = context(preview)
    assert data["subject"] == "Label “Inclusive municipality”: summary of the self-assessment"
    assert "No assessor has rated anything yet" in data["opening"][0]
    assert (data["answer"], data["conditions"]) == ([], [])
    assert data["strengths"]["title"] == "What is strong by your own account"
    assert "PREVIEW" in data["marks"]
    assert "They can decide only when the assessors have judged the evidence." in data["next"]["paragraphs"][1]
    assert "open above" not in joined(data)
    assert "comes from your self-assessment alone" in data["opening"][0]


def test_a_preview_of_nothing_announces_nothing(source: Source) -> None:
    empty = [{**one, "counted": None, "rated": {**one["rated"], "basis": "none"}} for one in source.result["criteria"]]
    state = tier(source, state=None, awardable=False, decidable=False)
    data = context(changed(source, status="preview", criteria=empty, tiers=state))
    assert (data["strengths"]["entries"], data["obstacles"]["entries"]) == ([], [])
    assert "What follows" not in data["opening"][0]
    assert data["opening"][0].endswith("your self-assessment gives no level so far.")


@pytest.mark.parametrize(("status", "there"), [("preview", False), ("complete", True)])
def test_a_section_without_content_has_no_heading(source: Source, status: str, there: bool) -> None:
    state = (
        tier(source, state=None, awardable=False, decidable=False) if status == "preview" else source.result["tiers"]
    )
    made = {one.format: one for _end, one in recipes(changed(source, status=status, tiers=state), "n", None)}
    assert ("The result" in texts(made["docx"].render()).splitlines()) is there
    headings = [one.kind for one in pdfs.elements(made["pdf"].render()) if one.kind == "H2"]
    assert len(headings) == 5 + there


def test_the_state_of_a_condition_is_told_by_words_and_by_colour(sources: Mapping[str, Source]) -> None:
    made = {one.format: one for _end, one in recipes(sources["kuuseranna"], "n", None)}
    document: Any = docx.Document(io.BytesIO(made["docx"].render()))
    (grid,) = document.tables
    shown = {
        (run.text, str(run.font.color.rgb))
        for row in grid.rows[1:]
        for run in row.cells[3].paragraphs[0].runs
        if run.text
    }
    assert shown == {("met", "1B2733"), ("open", "9A3412"), ("not met", "9A3412")}


def test_estonian_has_one_word_for_the_self_assessment(source: Source) -> None:
    use("et")
    data = context(changed(source, status="preview", tiers=tier(source, state=None, awardable=False, decidable=False)))
    assert "eneseanalüüs" not in joined(data)
    assert "enesehinnang" in joined(data)


def test_incomplete_names_what_is_missing_and_states_no_answer(source: Source) -> None:
    first = source.result["criteria"][0]
    unrated = {**first, "rated": {**first["rated"], "basis": "none", "claim": "unsettled"}}
    data = context(
        changed(
            source,
            status="incomplete",
            missing=["K1", "K2", "O1"],
            criteria=[unrated, *source.result["criteria"][1:]],
            tiers=tier(source, state=None, awardable=False, decidable=False),
        )
    )
    assert data["answer"] == [
        "Not rated yet, 2 of 28 criteria: K2 and O1.",
        "Whether these criteria apply to you is not settled: K1.",
    ]
    assert data["conditions"] == []
    assert "K1" not in {one["id"] for one in data["obstacles"]["entries"]}


def test_preliminary_names_the_criteria_with_too_few_assessors(source: Source) -> None:
    first = source.result["criteria"][0]
    few = {**first, "rated": {**first["rated"], "raters": 1}}
    data = context(changed(source, status="preliminary", criteria=[few, *source.result["criteria"][1:]]))
    assert "The result is preliminary: 2 assessors are needed, and fewer have rated K1." in data["answer"]


def test_awarded_says_number_dates_and_asks_for_no_reply(real: Any, award: Award) -> None:
    data = context(real(), award)
    assert data["subject"] == "Label “Inclusive municipality”: the decision and feedback on the assessment"
    assert data["answer"] == [
        "The label “Inclusive municipality” was awarded to you on 12\u00a0November 2026. Certificate no. KO-2026-007 is"
        " valid from 15\u00a0November 2026 to 14\u00a0November 2029.",
        "The decision stands in minutes 5.",
    ]
    assert data["next"]["paragraphs"] == []
    assert data["appeal"]["paragraphs"][0].startswith("The decision can be appealed within 30 days")
    assert data["marks"] == []


@pytest.mark.parametrize(
    ("state", "gate", "said"),
    [
        ("met", {"state": "met"}, "Even with this margin the result is not below the reference of 51.6%. So the condition is met."),
        ("open", {"state": "near_above"}, "at or above the reference of 51.6%, but the margin of error reaches below it"),
        ("failed", {"state": "near_below"}, "below the reference of 51.6%; the margin of error reaches above it"),
        ("failed", {"state": "not_met"}, "Even with this margin the result is below the reference of 51.6%. So the condition is not met."),
        ("open", {"state": "near_above", "capped": True, "assumed": ["n"]}, "410 respondents (assumed, not published) answered"),
        ("open", {"state": "near_above", "capped": True, "assumed": ["n"]}, "as it rests on an assumption or on few answers"),
        ("met", {"assumed": ["design_effect"]}, "(95 % confidence, design effect 1.2 (assumed, not published))"),
        ("met", {"reference_method": "mean-of-municipalities"}, "51.6% (worked out from the municipalities, not published)"),
        ("met", {"measure": "index", "sd": "21", "assumed": ["sd"]}, "The mean was 63.0 on a scale from 0 to 100"),
        ("met", {"measure": "index", "sd": "21", "assumed": ["sd"]}, "standard deviation 21 (assumed, not published)"),
        ("open", {"state": "no_data", "reason": "too-old"}, "gives no answer on satisfaction: the survey is too old. So the condition is open"),
        ("open", {"state": "no_data", "reason": "too-few", "n": 12, "value": None}, "Respondents: 12."),
        ("open", {"state": "no_data", "reason": "merged", "predecessors": [{"code": "0001", "name": "Vana vald", "value": "50"}, {"code": "0002", "name": "Uus vald", "value": None}]},
         "Values of the municipalities before the merger: Vana vald 50.0% and Uus vald –."),
    ],
)  # fmt: skip
def test_the_survey_for_a_lay_reader_with_every_assumption(source: Source, state: str, gate: Any, said: str) -> None:
    (paragraph,) = context(gated(source, state, **gate))["survey"]["paragraphs"]
    assert said in paragraph
    assert paragraph.endswith("The survey and its values are fictional.")


def test_the_survey_says_how_many_and_between_which_figures(source: Source) -> None:
    assert context(source)["survey"]["paragraphs"] == [
        "In the survey “Fictional satisfaction survey 2026 (for training)” (2\u00a0March 2026–17\u00a0April 2026), 410"
        " respondents answered the question “Elanike kaasamine KOV arengu kavandamisse”. Satisfied: 63.0% of valid answers"
        " (without “cannot say”). Not everybody was asked, so there is a margin of error: had all been asked, the figure"
        " would probably lie between 57.8% and 67.9% (95 % confidence, design effect 1.2). Even with this margin the"
        " result is not below the reference of 51.6%. So the condition is met. The survey and its values are fictional."
    ]


@pytest.mark.parametrize(
    ("sent", "said", "warned"),
    [
        (None, "within 14 days of receiving this letter, by 31\u00a0October 2026 at the latest.", []),
        (DAY(2026, 10, 12), "add the evidence by 26\u00a0October 2026 at the latest.", []),
        (DAY(2026, 10, 17), "add the evidence by 31\u00a0October 2026 at the latest.", []),
        (DAY(2026, 10, 18), "add the evidence by 31\u00a0October 2026 at the latest.", ["letter-short-reply"]),
        (DAY(2026, 11, 1), "Evidence could be handed in until 31\u00a0October 2026.", ["letter-after-closing"]),
    ],
)
def test_by_when_to_reply(source: Source, sent: DAY | None, said: str, warned: list[str]) -> None:
    data = context(source, None, Contact(our_date=sent))
    assert said in data["next"]["paragraphs"][0]
    assert [one.code for one in reply_problems(source, None, sent)] == warned


def test_whoever_is_tied_to_the_municipality_does_not_decide(source: Source) -> None:
    known = source.submission.round
    tie = {"person": "rein-remmelgas", "municipality": "Näidisvald", "reason": "was its mayor"}
    tied = known.model_copy(update={"ties": (known.ties[0].model_copy(update={**tie, "until": None}),)})
    other = dataclasses.replace(source, submission=dataclasses.replace(source.submission, round=tied))
    assert "Rein Remmelgas" in joined(context(source))
    assert "Rein Remmelgas" not in joined(context(other))


def test_not_known_stands_in_brackets_and_none_is_left_out(source: Source) -> None:
    nothing = context(source)
    assert (nothing["ours"], nothing["theirs"]) == (
        "Ours [our date] no. [our number]",
        "Yours [their date] no. [their number]",
    )
    assert nothing["salutation"] == "Dear [addressee]"
    assert "[postal address]" in nothing["addressee"]["lines"]
    contact = Contact("Mari Mets", "vallavanem", "a@b.ee", "Kase 2\n11111 Küla", "7/1", DAY(2026, 10, 1), "–", None)
    known = context(source, None, contact)
    assert known["addressee"]["lines"] == "Mari Mets\nvallavanem\nNäidisvald\nKase 2\n11111 Küla\na@b.ee"
    assert (known["ours"], known["theirs"]) == ("Ours 1\u00a0October 2026 no. 7/1", "")
    assert "[" not in joined(known)


def test_without_an_issuer_marks_stand_in_brackets(source: Source) -> None:
    bare = source.submission.round.model_copy(update={"issuer": None})
    data = context(dataclasses.replace(source, submission=dataclasses.replace(source.submission, round=bare)))
    assert (data["sender"]["name"], data["signatory"]["name"], data["author"]) == ("[sender]", "[signatory]", "Kaasav")


def test_in_estonian(sources: Mapping[str, Source]) -> None:
    use("et")
    data = context(
        sources["kuuseranna"], None, Contact(position="linnapea", our_number="7/2", our_date=DAY(2026, 10, 1))
    )
    assert (
        data["title"] == "Märgise „Kaasav omavalitsus“ hindamise tagasiside, osa küsimusi on lahtised: Kuuseranna linn"
    )
    assert data["salutation"] == "Lugupeetud linnapea"
    assert data["ours"] == "Meie 01.10.2026 nr 7/2"
    assert data["signed"] == "(allkirjastatud digitaalselt)"
    assert data["marks"] == ["NÄIDIS", "ETTEPANEK"]
    assert "hiljemalt 15.10.2026." in data["next"]["paragraphs"][0]
