"""A document becomes a model; what does not fit is told at its place, all at once."""

from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse
from kaasav.yamldoc.scalars import Day, Exact, Model, Ratio, Share, Text, Whole, Words, YesNo


class Entry(Model):
    id: Text
    number: Whole
    note: Text | None = None


class Sample(Model):
    title: Words
    entries: tuple[Entry, ...] = ()
    by_name: dict[Text, Entry] = {}
    share: Share | None = None
    day: Day | None = None
    yes: YesNo = False
    exact: Exact | None = None
    ratio: Ratio | None = None


def read(body: str) -> tuple[Sample | None, list[str]]:
    document, problems = parse(f"schema: kaasav/sample/1\n{body}".encode(), "f.yaml")
    model, more = bind(document, Sample, "kaasav/sample/1")
    return model, [f"{p.location}: {p.message}" + (f" → {p.hint}" if p.hint else "") for p in [*problems, *more]]


def test_everything_right() -> None:
    model, problems = read(
        """title: {et: Üks, en: One}
entries:
  - {id: "0618", number: 3}
share: 0.60
day: 2026-09-30
yes: true
exact: -1.10
ratio: 40131/760
"""
    )
    assert problems == []
    assert model is not None
    assert model.entries[0].id == "0618"
    assert (str(model.share), str(model.exact), str(model.ratio)) == ("0.60", "-1.10", "40131/760")


def test_every_mistake_is_told_with_line_column_and_what_to_do() -> None:
    _model, problems = read(
        """title: {et: Üks, en: ""}
entries:
  - id: a
    nubmer: 3
  - number: 03
    id: [x]
by_name:
  a: {id: x, number: "3", size: 1}
share: 60
day: 30.09.2026
yes: jah
exact: 1,5
ratio: 1/0
colour: red
"""
    )
    assert problems == [
        "f.yaml:2:22: a text is needed here",
        "f.yaml:4:5: “number” is missing here",
        "f.yaml:5:5: unknown key “nubmer” → did you mean “number”?",
        "f.yaml:7:9: a text is needed here",
        "f.yaml:6:13: “03” is not a whole number → write digits only, such as 3",
        "f.yaml:9:27: unknown key “size” → known here: id, number, note",
        "f.yaml:10:8: “60” is not a share between 0 and 1 → 60 % is written 0.60",
        "f.yaml:11:6: “30.09.2026” is not a date → write year-month-day, such as 2026-09-30",
        "f.yaml:12:6: “jah” is neither true nor false → write true or false",
        "f.yaml:13:8: “1,5” is not a number → write it with a point, such as 0.60",
        "f.yaml:14:8: “1/0” is not a number → write it with a point, such as 0.60",
        "f.yaml:15:1: unknown key “colour” → known here: title, entries, by_name, share, day, yes, exact, ratio",
    ]


def test_a_comma_in_an_unquoted_text_is_recognised_for_what_it_is() -> None:
    assert read("title: {et: a}\nentries:\n  - {id: x, number: 3, note: Kaks korda, mõlemal küsiti}\n")[1] == [
        "f.yaml:4:42: unknown key “mõlemal küsiti” → a text that holds a comma stands in “quotes” inside { }"
    ]


def test_a_wrong_shape_is_told() -> None:
    assert read("title: x\nentries: {a: 1}\n")[1] == [
        "f.yaml:2:8: keys with values are needed here → write “key: value” lines",
        "f.yaml:3:10: a list is needed here → start each entry with “- ”",
    ]


def test_an_optional_key_may_be_left_blank_but_a_needed_one_may_not() -> None:
    model, problems = read("title: {et: a}\nentries:\nshare:\n")
    assert (model is not None, problems) == (True, [])
    assert read("title:\n")[1] == ["f.yaml:2:7: keys with values are needed here → write “key: value” lines"]


def schema_problem(first_line: str) -> str:
    document, _ = parse(f"{first_line}\ntitle: {{et: a}}\n".encode(), "f.yaml")
    model, problems = bind(document, Sample, "kaasav/sample/1")
    assert model is None
    return f"{problems[0].location}: {problems[0].code}"


def test_a_file_says_what_it_is() -> None:
    assert schema_problem("# none") == "f.yaml:2:1: no-schema"
    assert schema_problem("schema: kaasav/other/1") == "f.yaml:1:9: wrong-schema"
    assert schema_problem("schema: kaasav/sample/2") == "f.yaml:1:9: newer-schema"
    assert schema_problem("schema: [kaasav/sample/1]") == "f.yaml:1:9: no-schema"


def test_a_list_where_a_file_should_be_a_mapping() -> None:
    document, _ = parse(b"- a\n", "f.yaml")
    assert [p.code for p in bind(document, Sample, "kaasav/sample/1")[1]] == ["not-a-mapping"]
