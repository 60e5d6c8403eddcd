"""CSV that a spreadsheet of the language opens by itself, and in which no cell acts."""

import csv
import dataclasses
import io

import pytest

from kaasav import language
from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.csv import write
from kaasav.problems import visible


def rows(content, delimiter):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_in_estonian_semicolons_and_commas(sources):
    with language.using("et"):
        content = write(listing(list(sources.values()), names="municipality,code,total,survey_n"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    table = rows(content, ";")
    assert table[0][1:3] == ["Omavalitsus", "Kood"]
    assert table[1][1:] == ["Näidisvald", "X001", "68,1875", "68,1875", "410"]
    assert table[3][1:] == ["Kuuseranna linn", "X003", "43,25", "43,75", "96"]


def test_in_english_commas_and_points(listed):
    table = rows(write(listed), ",")
    head = table[0]
    assert head[head.index("Total, at least (%)") + 1] == "Total, at most (%)"
    assert table[1][head.index("Total, at least (%)")] == "68.1875"
    assert table[1][head.index("Reference (%)")] == "51.6"
    assert len(table[1][head.index("Result")]) == 64
    assert table[1][head.index("Open, or in the way")] == ""


def test_a_settled_share_is_one_column(make):
    (head, row) = rows(write(listing([make()], names="total")), ",")
    assert (head[1:], row[1:]) == (["Total (%)"], ["68.1875"])


@pytest.mark.parametrize("public", [False, True])
def test_every_row_says_first_what_the_list_must_not_be_taken_for(make, public):
    proposal = "PROPOSAL – no decisions are recorded"
    some = "" if public else "; SAMPLE – some of the municipalities are fictional"
    for sources, mark in (
        ([make()], proposal),
        ([make(), make("Näidisvald", "X001", training=True)], proposal + some),
    ):
        for names in (None, "total"):
            head, *told = rows(write(listing(sources, public=public, names=names)), ",")
            assert head[0] == "Mark"
            assert {row[0] for row in told} == {mark}


def test_the_real_thing_has_no_column_for_marks(make):
    found = dataclasses.replace(listing([make()]), marks=())
    assert rows(write(found), ",")[0][0] == "Municipality"


def test_the_county_of_the_fictional_is_said_in_the_language(listed):
    table = rows(write(listed), ",")
    assert {row[table[0].index("County")] for row in table[1:]} == {"(fictional)"}


def test_a_share_just_below_its_threshold_is_not_rounded_onto_it(make):
    found = listing([make(total=("5999999/10000000", "5999999/10000000"))], names="total")
    assert rows(write(found), ",")[1][1:] == ["59.99999"]


def test_no_name_acts_as_a_formula(hostile, names):
    table = rows(write(hostile), ",")
    assert len(table) == len(names) + 1
    assert len({len(row) for row in table}) == 1
    for row in (row[1:] for row in table[1:]):
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert row[0].removeprefix("'") in {visible(name).removeprefix("'") for name in names}
    by_code = {row[2]: row[1] for row in table[1:]}
    assert by_code["Q001"] == "'=cmd|'/c calc'!A1"
    assert by_code["Q002"] == "'+372 5555"


def test_no_header_acts_as_a_formula(make):
    source = make()
    dimensions = tuple(one.model_copy(update={"id": f"={one.id}"}) for one in source.catalogue.dimensions)
    changed = type(source)(
        source.hash,
        source.record,
        source.catalogue.model_copy(update={"dimensions": dimensions}),
        source.submission,
        source.wave,
    )
    head = rows(write(listing([changed])), ",")[0]
    assert "'=K Communities and representation" in head
    assert not any(title.startswith("=") for title in head)
