"""Five formats by the ending of the name."""

import pytest

from kaasav.documents.awardlist.recipe import FORMATS, UNKNOWN_FORMAT, format_of, recipe
from kaasav.problems import Misused


@pytest.mark.parametrize(
    ("name", "format_"),
    [("a.xlsx", "xlsx"), ("A.B.CSV", "csv"), ("x/y.json", "json"), ("l.html", "html"), ("l.md", "md")],
)
def test_the_ending_says_the_format(name, format_):
    assert format_of(name) == format_


@pytest.mark.parametrize("name", ["list", "list.ods", "list.pdf", ".xlsx", "list.xlsx.bak"])
def test_an_unknown_ending_names_the_known_ones(name):
    with pytest.raises(Misused) as misused:
        format_of(name)
    problem = misused.value.problems[0]
    assert problem.kind is UNKNOWN_FORMAT
    assert problem.hint == "end it in one of .xlsx, .csv, .json, .html, .md"


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_recipe_gives_the_same_bytes(listed, format_):
    one = recipe(listed, format_)
    assert one.render() == recipe(listed, format_).render()
    assert one.digest == recipe(listed, format_).digest
    assert (one.document, one.format, one.language) == ("award-list", format_, "en")


def test_another_format_or_list_is_another_recipe(listed, hostile):
    digests = {recipe(found, format_).digest for found in (listed, hostile) for format_ in FORMATS}
    assert len(digests) == 10
