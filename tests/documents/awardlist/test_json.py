"""JSON, as the published schema says."""

import json
from fractions import Fraction

import jsonschema
import pytest

from kaasav import language
from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.json import data, write


@pytest.fixture(scope="module")
def schema():
    from pathlib import Path

    path = Path(__file__).parents[3] / "docs" / "schemas" / "award-list-1.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def valid(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return lambda found: [f"{one.json_path}: {one.message}" for one in checker.iter_errors(found)]


def test_the_example_fits_the_schema(listed, valid):
    assert valid(json.loads(write(listed))) == []


@pytest.mark.parametrize("lang", ["et", "en"])
def test_every_kind_of_list_fits(make, award, valid, lang):
    with language.using(lang):
        lists = [
            listing([make(like="tammemae")], public=True),
            listing([make()], names="municipality,total"),
            listing([make(), make("Antsla vald", "0145")], {"0698": award}),
            listing([make(total=("1/2", "4/5"), listing="total"), make("A", "Q001", listing="total")]),
            listing([make(state=None, status="preview", listing="total")]),
        ]
        for one in lists:
            assert valid(data(one)) == []


def test_hostile_names_fit_too(hostile, valid):
    assert valid(json.loads(write(hostile))) == []


def test_what_is_wrong_does_not_fit(listed, valid):
    found = data(listed)
    assert valid({**found, "more": 1}) != []
    assert valid({key: value for key, value in found.items() if key != "marks"}) != []
    row = found["municipalities"][0]
    for wrong in (
        {"total": 0.68},
        {"survey_n": "410"},
        {"result": "c7c7"},
        {"totl": row["total"]},
        {"answer": {"code": "yes", "text": ""}},
    ):
        assert valid({**found, "municipalities": [{**row, **wrong}]}) != [], wrong


def test_the_schema_names_every_column(listed, schema):
    known = schema["$defs"]["municipality"]
    named = {
        *known["properties"],
        *(pattern.strip("^$").partition("(")[0].partition("\\")[0] for pattern in known["patternProperties"]),
    }
    families = {"dimension", "survey", "survey_verdict", "survey_n", "survey_"}
    for column in listed.columns:
        key = column.key.partition(".")[0]
        assert key in named or any(key == one for one in families) or key.startswith("survey_")


def test_numbers_are_exact_with_a_rounded_one_beside(listed):
    total = data(listed)["municipalities"][0]["total"]
    assert total == {
        "unit": "percent",
        "lower": {"exact": "1091/1600", "rounded": 68.2},
        "upper": {"exact": "1091/1600", "rounded": 68.2},
    }
    assert Fraction(total["lower"]["exact"]) == Fraction(1091, 1600)


def test_codes_and_numbers_are_the_same_in_both_languages(sources):
    def bare(value):
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in ("text", "county")}
        return [bare(one) for one in value] if isinstance(value, list) else value

    found = []
    for lang in ("et", "en"):
        with language.using(lang):
            found.append(bare(data(listing(list(sources.values())))["municipalities"]))
    assert found[0] == found[1]
