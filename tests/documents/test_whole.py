"""Groups and lists serve as such, and refuse to become text."""

import json

import pytest
from jinja2 import TemplateRuntimeError

from kaasav.documents.whole import guarded

DATA = {"sender": {"name": "A", "lines": ["x", "y"]}, "conditions": [{"text": "t"}], "marks": [], "n": 1, "none": None}


def test_they_serve_as_groups_and_lists() -> None:
    found = guarded(DATA)
    assert (found == DATA, json.loads(json.dumps(found))) == (True, DATA)
    assert (found["sender"]["name"], " ".join(found["sender"]["lines"]), bool(found["marks"])) == ("A", "x y", False)
    assert [one["text"] for one in found["conditions"]] == ["t"]
    assert str(found["n"]) == "1"


@pytest.mark.parametrize("write", [str, repr, "{}".format, "%s".__mod__])
def test_they_refuse_to_become_text(write: object) -> None:
    found = guarded(DATA)
    for one, reason in (
        (found["sender"], "“sender” is a group, no text: name what is in it, such as sender.name"),
        (found["sender"]["lines"], "“sender.lines” is a list, no text: put it in one with sender.lines|join(“ ”)"),
        (found["conditions"], "“conditions” is a list of groups, no text: go through it with for one in conditions"),
        (found["conditions"][0], "“conditions[]” is a group, no text: name what is in it, such as conditions[].text"),
    ):
        with pytest.raises(TemplateRuntimeError) as refused:
            write((one,) if write == "%s".__mod__ else one)  # type: ignore[operator]
        assert refused.value.message == reason
