"""Whether a catalogue ranks municipalities: ``award_rule.listing``."""

from pathlib import Path

import pytest

from kaasav.catalogue.reader import understand

SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text(encoding="utf-8")


def read(listing):
    return understand(SMALL.replace("  min_assessors: 1\n", f"  min_assessors: 1\n{listing}").encode(), "small.yaml")


@pytest.mark.parametrize(
    ("line", "means"), [("", "none"), ("  listing: none\n", "none"), ("  listing: total\n", "total")]
)
def test_nobody_is_ranked_unless_the_catalogue_says_so(line, means):
    catalogue, problems = read(line)
    assert problems == []
    assert catalogue is not None
    assert catalogue.award_rule.listing == means


def test_another_word_is_said_at_its_place():
    catalogue, problems = read("  listing: score\n")
    assert catalogue is None
    assert [(one.code, one.message) for one in problems] == [("not-one-of", "“score” is none of: none, total")]
    assert problems[0].location.line == SMALL.splitlines().index("  min_assessors: 1") + 2
