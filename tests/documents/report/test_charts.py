"""Charts as plain data: every number drawn stands in the table behind it and in the sentence read out instead."""

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from kaasav.documents import press
from kaasav.documents.report import charts
from kaasav.documents.source import Source
from kaasav.documents.template import SHIPPED, Template
from kaasav.language import use
from kaasav.scoring.bounds import Shares

from .conftest import Gather


@pytest.fixture
def drawn(sources: Mapping[str, Source], gathered: Gather) -> dict[str, Any]:
    """The three charts of an example with a criterion at level 0, one still open and some held back by evidence."""
    source = sources["kuuseranna"]
    return {
        "profile": charts.profile(source.result, source.catalogue, None),
        "levels": charts.level_dots(source.result, source.catalogue),
        "survey": charts.survey(gathered(source).inputs.waves),
    }


def test_the_profile_draws_shares_floors_and_what_is_open(drawn: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in drawn["profile"]["rows"]}
    assert (rows["K"]["lower"], rows["K"]["upper"], rows["K"]["floor"], rows["K"]["median"]) == (4559, 4559, 4000, None)
    assert rows["T"]["lower"] < rows["T"]["upper"]
    table = drawn["profile"]["table"]
    assert table["head"] == ["Code", "Dimension", "Share of what is possible", "Floor"]
    assert table["rows"][0] == ["K", "Communities and representation", "45.6%", "40.0%"]
    assert "Communities and representation: 45.6%" in drawn["profile"]["alt"]


def test_a_median_is_drawn_and_told_only_where_there_is_one(sources: Mapping[str, Source]) -> None:
    source = sources["kuuseranna"]
    sure, between = Shares(Fraction(1, 2), Fraction(1, 2)), Shares(Fraction(1, 2), Fraction(3, 5))
    medians = {one["id"]: sure for one in source.result["dimensions"]} | {"T": between}
    chart = charts.profile(source.result, source.catalogue, medians)
    rows = {row["id"]: row["median"] for row in chart["rows"]}
    assert (rows["K"], rows["T"]) == (5000, None)  # between bounds it is told, but has no one place
    told = {row[0]: row[-1] for row in chart["table"]["rows"]}
    assert (told["K"], told["T"]) == ("50.0%", "50.0%…60.0%")


def test_each_criterion_has_its_level_level_0_too(drawn: dict[str, Any], sources: Mapping[str, Source]) -> None:
    rows = {row["id"]: row for group in drawn["levels"]["groups"] for row in group["rows"]}
    assert set(rows) == {one.id for one in sources["kuuseranna"].catalogue.rated}
    assert rows["K4"]["counted"] == {"lower": 0, "upper": 0}
    assert rows["K4"]["rated"] == {"lower": 1, "upper": 1}
    table = {row[0]: row[2:] for row in drawn["levels"]["table"]["rows"]}
    assert table["K4"] == ["1", "0", "–"]
    assert table["T5"] == ["1", "0…1", "–"]
    assert "K4 0," in drawn["levels"]["alt"]


def test_a_criterion_that_does_not_apply_says_so(sources: Mapping[str, Source]) -> None:
    source = sources["kuuseranna"]
    result = {
        **source.result,
        "criteria": [
            {**one, "applies": False, "counted": None} if one["id"] == "K3" else one
            for one in source.result["criteria"]
        ],
    }
    chart = charts.level_dots(result, source.catalogue)
    assert next(row for row in chart["groups"][0]["rows"] if row["id"] == "K3")["counted"] is None
    assert next(row for row in chart["table"]["rows"] if row[0] == "K3")[2:4] == ["does not apply", "–"]
    assert press.svg(_template(), {**chart, "language": "en"})


def test_the_survey_draws_value_interval_and_reference(drawn: dict[str, Any]) -> None:
    (row,) = drawn["survey"]["rows"]
    assert row["low"] < row["value"] < row["high"]
    assert (row["value"], row["reference"], row["figure"]) == (6450, 5160, "64.5%")
    assert drawn["survey"]["table"]["rows"][0][3] == "53.6%…74.1%"
    assert "64.5%" in drawn["survey"]["alt"]


def test_a_wave_without_a_value_says_why_and_draws_nothing(sources: Mapping[str, Source], gathered: Gather) -> None:
    ((wave, verdict),) = gathered(sources["kuuseranna"]).inputs.waves
    nothing = dataclasses.replace(verdict, state="no_data", reason="not-surveyed", value=None, reference=None)
    chart = charts.survey([(wave, nothing)])
    (row,) = chart["rows"]
    assert (row["value"], row["low"], row["figure"]) == (None, None, "–")
    assert row["note"].startswith("the survey has no value for this municipality")
    assert press.svg(_template(), {**chart, "language": "en"})


@pytest.mark.parametrize("name", ["profile", "levels", "survey"])
def test_a_grey_copy_says_the_same(drawn: dict[str, Any], name: str) -> None:
    """Signs differ in shape or pattern: drawn with one ink only, none is lost."""
    import re

    chart = drawn[name]
    whole = press.svg(_template(), {**chart, "language": "en"})
    shapes = {re.sub(r'(fill|stroke)="#[0-9a-f]+"', "", one) for one in re.findall(r"<path [^>]*>", whole)}
    assert len(shapes) >= {"profile": 5, "levels": 6, "survey": 5}[name]
    if name == "levels":
        bare = {
            **chart,
            "groups": [{**group, "rows": [_raised(row) for row in group["rows"]]} for group in chart["groups"]],
        }
        assert press.svg(_template(), {**bare, "language": "en"}) != whole


def _raised(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "counted": {"lower": 1, "upper": 1}} if row["counted"] == {"lower": 0, "upper": 0} else row


def test_estonian_numbers_and_words(sources: Mapping[str, Source]) -> None:
    use("et")
    source = sources["kuuseranna"]
    chart = charts.profile(source.result, source.catalogue, None)
    assert chart["table"]["rows"][0] == ["K", "Kogukonnad ja esindus", "45,6\u00a0%", "40,0\u00a0%"]
    assert chart["words"]["floor"] == "alampiir, milleni iga valdkond peab jõudma"


def _template() -> Template:
    return Template("chart.typ", (SHIPPED / "chart.typ").read_bytes(), False, "chart.typ")
