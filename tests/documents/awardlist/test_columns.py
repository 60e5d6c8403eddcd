"""Which columns are shown."""

import pytest

from kaasav.documents.awardlist.columns import INTERNAL_COLUMN, NO_COLUMN, UNKNOWN_COLUMN, sheets
from kaasav.documents.awardlist.context import listing
from kaasav.problems import Misused


def keys(sources, names, **more):
    return [one.key for one in listing(sources, names=names, **more).columns]


def test_those_named_in_that_order(make):
    assert keys([make()], "total, Municipality,total") == ["total", "municipality"]
    assert keys([make()], "code,dimensions") == ["code", *(f"dimension.{id_}" for id_ in "KOSATR")]
    assert keys([make()], "dimension.s") == ["dimension.S"]


@pytest.mark.parametrize(
    ("names", "kind", "told"),
    [
        ("municipality,totl", UNKNOWN_COLUMN, "did you mean “total”?"),
        ("xyzzy", UNKNOWN_COLUMN, "there are: municipality, code, county"),
        (" , ", NO_COLUMN, "there are: municipality"),
        ("place", UNKNOWN_COLUMN, "there are"),
    ],
)
def test_a_wrong_name_is_said(make, names, kind, told):
    with pytest.raises(Misused) as misused:
        listing([make()], names=names)
    assert misused.value.problems[0].kind is kind
    assert told in misused.value.problems[0].hint


def test_every_wrong_name_is_said_at_once(make):
    with pytest.raises(Misused) as misused:
        listing([make()], names="totl,munic")
    assert len(misused.value.problems) == 2


def test_an_internal_column_is_in_no_public_list(make):
    assert keys([make()], "open") == ["open"]
    with pytest.raises(Misused) as misused:
        listing([make()], names="open", public=True)
    assert misused.value.problems[0].kind is INTERNAL_COLUMN


def test_a_list_of_details_alone_is_one_table(make):
    told = sheets(listing([make()], names="open,result"))
    assert [[one.key for one in sheet.columns] for sheet in told] == [["open", "result"]]
    told = sheets(listing([make()], names="municipality,open"))
    assert [[one.key for one in sheet.columns] for sheet in told] == [["municipality"], ["municipality", "open"]]


def test_every_column_has_a_header_and_an_explanation_of_its_own(listed):
    for texts in ([one.title for one in listed.columns], [one.explanation for one in listed.columns]):
        assert all(texts)
        assert len(set(texts)) == len(texts)


def test_every_column_has_a_cell_in_every_row(listed):
    for row in listed.rows:
        assert {one.key for one in listed.columns} <= set(row.cells)


def test_with_two_surveys_each_has_its_columns(make):
    source = make()
    gate = next(one for one in source.catalogue.award_rule.conditions if one.type == "gate")
    found = next(one for one in source.result["conditions"] if one["type"] == "gate")
    result = {**source.result, "conditions": [*source.result["conditions"], {**found, "id": "second"}]}
    rule = source.catalogue.award_rule
    second = gate.model_copy(update={"id": "second", "criterion": "R9"})
    rule = rule.model_copy(update={"conditions": (*rule.conditions, second)})
    changed = type(source)(
        source.hash,
        {**source.record, "result": result},
        source.catalogue.model_copy(update={"award_rule": rule}),
        source.submission,
        source.wave,
    )
    told = listing([changed])
    titles = {one.key: one.title for one in told.columns}
    assert titles["survey_n.R2"] == "R2: Answers (n)"
    assert titles["survey_n.R9"] == "R9: Answers (n)"
    assert told.rows[0].cells["survey_n.R9"] == 410
