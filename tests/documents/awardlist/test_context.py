"""What stands in the list, and in which order."""

from fractions import Fraction

import pytest

from kaasav import language
from kaasav.documents.award import Award
from kaasav.documents.awardlist import context
from kaasav.documents.awardlist.cells import Bounds, Figure, Hash, Said, shown
from kaasav.documents.awardlist.context import listing
from kaasav.problems import Refused


def order(found):
    return [row.name for row in found.rows]


def texts(found, key):
    return [shown(row.cells[key]) for row in found.rows]


def test_the_example_round(listed):
    assert order(listed) == ["Näidisvald", "Tammemäe vald", "Kuuseranna linn"]
    assert texts(listed, "award") == ["Inclusive municipality", "open", "nothing"]
    assert texts(listed, "answer") == ["conditions met", "open", "conditions not met"]
    assert texts(listed, "total") == ["68.2%", "60.3%", "43.3%…43.8%"]
    assert texts(listed, "dimension.T") == ["56.3%", "55.0%", "38.3%…41.7%"]
    assert texts(listed, "survey") == ["met", "near above", "met"]
    assert texts(listed, "survey_value") == ["63.0%", "54.0%", "64.5%"]
    assert texts(listed, "survey_n") == ["410", "120", "96"]
    assert texts(listed, "flags")[1] == "fictional, for training; in the guard band"
    assert [row.state for row in listed.rows] == ["met", "open", "not_met"]


def test_everything_is_exact(listed):
    cells = listed.rows[0].cells
    assert cells["total"] == Bounds(Fraction(1091, 1600), Fraction(1091, 1600))
    assert cells["survey_value"] == Figure(63, "percent")
    assert isinstance(cells["result"], Hash)
    assert len(cells["result"].digest) == 64


def test_what_is_open_is_said_with_its_reason(listed):
    kuuseranna = {one.code: one.text for one in listed.rows[2].cells["open"]}
    assert set(kuuseranna) == {"mandatory", "dimension_floor", "total", "evidence"}
    assert kuuseranna["total"] == "Total 43.3%…43.8%, at least 60.0% needed"
    assert kuuseranna["evidence"] == "Evidence still open: foto-promenaad (for S6, T5)"
    tammemae = {one.code: one.text for one in listed.rows[1].cells["open"]}
    assert tammemae["demands"].startswith("An award would also need: a third assessor who has rated every criterion")
    assert listed.rows[0].cells["open"] == ()


def test_the_list_says_what_it_is_not(listed):
    assert [one.code for one in listed.marks] == ["proposal", "sample"]
    assert any("Nobody is ranked" in note for note in listed.notes)
    assert any("proposal. Proposal derived from" in note for note in listed.notes)
    assert listed.rules[0].startswith(
        "“Inclusive municipality” asks that all of these hold: (1) All mandatory criteria"
    )


def test_with_decisions_it_is_no_proposal(make, award: Award):
    found = listing([make(), make("Antsla vald", "0145")], {"0698": award})
    assert (found.title, found.decided, found.marks) == ("Awards: Example round 2026", True, ())
    rouge = next(row for row in found.rows if row.code == "0698")
    antsla = next(row for row in found.rows if row.code == "0145")
    assert shown(rouge.cells["awarded"]) == "Inclusive municipality"
    assert [shown(rouge.cells[key]) for key in ("number", "decided_on", "valid_to", "protocol")] == [
        "KO-2026-007", "12 November 2026", "14 November 2029", "minutes 5",
    ]  # fmt: skip
    assert antsla.cells["awarded"] is None
    assert "awarded" in [one.key for one in found.columns]


def test_without_decisions_there_are_no_columns_for_them(listed):
    assert not {"awarded", "number", "place"} & {one.key for one in listed.columns}


def test_unranked_the_order_is_the_answer_then_the_estonian_alphabet(make):
    listed = [
        make("Õismäe vald", "Q001"),
        make("Žanri vald", "Q002"),
        make("Zeta vald", "Q003"),
        make("Ülem vald", "Q004", state="open"),
        make("Alam vald", "Q005", state="not_met"),
        make("Tamme vald", "Q006"),
        make("Vaikne vald", "Q007", state=None, status="incomplete"),
        make("Esimene", "X001", training=True),
    ]
    expected = [
        "Zeta vald",
        "Žanri vald",
        "Tamme vald",
        "Õismäe vald",
        "Ülem vald",
        "Alam vald",
        "Vaikne vald",
        "Esimene",
    ]
    assert order(listing(listed)) == expected
    assert order(listing(listed[::-1])) == expected


def ranked(make, *totals, **more):
    return listing(
        [
            make(f"{chr(65 + i)} vald", f"Q{i:03}", total=total, listing="total", **more)
            for i, total in enumerate(totals)
        ]
    )


def test_ranked_equals_share_a_place(make):
    found = ranked(make, ("7/10", "7/10"), ("4/5", "4/5"), ("1/2", "1/2"), ("7/10", "7/10"))
    assert [(row.name, row.cells["place"]) for row in found.rows] == [
        ("B vald", 1),
        ("A vald", 2),
        ("D vald", 2),
        ("C vald", 4),
    ]
    assert found.columns[0].key == "place"
    assert not any("not every place is certain" in note for note in found.notes)


def test_ranked_a_place_that_cannot_be_told_is_a_span(make):
    found = ranked(make, ("1/2", "9/10"), ("4/5", "4/5"), ("1/5", "1/5"))
    assert [row.cells["place"] for row in found.rows] == ["1…2", "1…2", 3]
    assert any("not every place is certain" in note for note in found.notes)


def test_ranked_a_preview_has_no_place_and_takes_none(make):
    first = make("A vald", "Q001", total=("9/10", "9/10"), status="preview", state=None, listing="total")
    second = make("B vald", "Q002", total=("1/2", "1/2"), listing="total")
    found = listing([first, second])
    assert [(row.name, row.cells["place"]) for row in found.rows] == [("B vald", 1), ("A vald", None)]
    assert any("rests on the self-assessment alone and takes no place" in note for note in found.notes)


def test_ranked_fictional_ones_take_no_place_from_real_ones(make):
    found = listing([
        make("Näidisvald", "X001", total=("9/10", "9/10"), training=True, listing="total"),
        make("Rõuge vald", "0698", total=("1/2", "1/2"), listing="total"),
    ])  # fmt: skip
    assert [(row.name, row.cells["place"]) for row in found.rows] == [("Rõuge vald", 1), ("Näidisvald", 1)]
    assert found.marks[1].text == "SAMPLE – some of the municipalities are fictional"


def test_a_number_beside_its_threshold_is_never_rounded_onto_it(make):
    row = listing([make(total=("599999/1000000", "599999/1000000"))]).rows[0]
    assert shown(row.cells["total"]) == "59.9999%"
    assert shown(listing([make(total=("3/5", "3/5"))]).rows[0].cells["total"]) == "60.0%"


def test_several_tiers_are_told_one_by_one(make):
    source = make()
    tier, known = source.result["tiers"][0], source.catalogue.award_rule.tiers[0]
    result = {**source.result, "tiers": [{**tier, "id": "bronze"}, {**tier, "id": "silver", "state": "open"}]}
    tiers = tuple(known.model_copy(update={"id": id_, "title": {"en": id_.title()}}) for id_ in ("bronze", "silver"))
    rule = source.catalogue.award_rule.model_copy(update={"tiers": tiers})
    changed = type(source)(
        source.hash,
        {**source.record, "result": result},
        source.catalogue.model_copy(update={"award_rule": rule}),
        source.submission,
        source.wave,
    )
    cells = listing([changed]).rows[0].cells
    assert cells["award"] == Said("bronze", "Bronze; open: Silver")
    assert shown(cells["answer"]) == "Bronze: conditions met; Silver: open"


def test_a_public_list_leaves_out_what_is_internal(make):
    sources = [make(like="tammemae"), make("Näidisvald", "X001", training=True)]
    internal, public = listing(sources), listing(sources, public=True)
    assert {one.key for one in internal.columns} - {one.key for one in public.columns} == {"open"}
    assert order(public) == ["Rõuge vald"]
    assert shown(internal.rows[0].cells["flags"]) == "in the guard band"
    assert shown(public.rows[0].cells["flags"]) == "–"
    assert shown(public.rows[0].cells["assumptions"]) == "survey training-2026: its values are fictional"
    assert public.left_out == 1
    assert "1 fictional municipality is left out." in public.notes


def test_a_public_list_of_fictional_ones_alone_is_refused(sources):
    with pytest.raises(Refused) as refused:
        listing(list(sources.values()), public=True)
    assert refused.value.problems[0].kind is context.ONLY_TRAINING


def test_results_by_different_criteria_or_rules_are_no_list(make):
    with pytest.raises(Refused) as refused:
        listing([make(), make("Antsla vald", "0145"), make("Tartu linn", "0793", min_assessors=3)])
    assert (
        refused.value.problems[0].message
        == "the results of the round “2026” were judged by different criteria: Tartu linn unlike the others"
    )
    with pytest.raises(Refused) as refused:
        listing([make(), make("Antsla vald", "0145"), make("Tartu linn", "0793", rules=2)])
    assert refused.value.problems[0].kind is context.DIFFERENT_RULES


def test_no_sign_of_a_name_acts(hostile):
    for row in hostile.rows:
        for cell in row.cells.values():
            assert not set(shown(cell)) & set("\u202e\u200f\u2066\u0000\u0007\u001b\n\t")


def test_in_estonian(sources):
    with language.using("et"):
        found = listing(list(sources.values()))
        assert (found.language, shown(found.rows[0].cells["total"])) == ("et", "68,2\u00a0%")
        assert shown(found.rows[0].cells["answer"]) == "tingimused täidetud"
        assert "30.09.2026" in found.notes[0]
