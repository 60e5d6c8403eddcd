"""The fields of an improvement report: chapters of blocks."""

from kaasav.documents.fields.field import Field, own_words, shaped, text, texts
from kaasav.language import N_

_TYPE_ABOUT = N_("text, note, answer, points, table, chart or step")
_ROWS = N_("the rows; of a chart: what is drawn, for the functions of charts.typ")
_ITEMS = N_("of points: each point")


def _type(name: str) -> Field:
    return text("type", _TYPE_ABOUT, name)


def _number(name: str) -> Field:
    return Field(name, "number")


def _perhaps(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "number", maybe=True) for name in names)


def _drawn(name: str, *inside: Field) -> Field:
    about = _ROWS if name == "rows" else N_("of the chart levels: what is drawn, for the functions of charts.typ")
    return Field(name, "groups", about, inside, folded=True)


def _words(*names: str) -> Field:
    return Field("words", "group", N_("of a chart: the words of its key"), texts(*names, short=True), folded=True)


_BETWEEN = (_number("lower"), _number("upper"))
_GRID = (
    Field("head", "list", N_("the header row"), short=True),
    Field("rows", "rows", _ROWS),
    Field("wide", "numbers", N_("the columns that take the room there is, counted from 0")),
)
_CHART = (
    text("title", N_("of points and charts: the heading; may be empty")),
    text("alt", N_("of a chart: what it shows, for those who cannot see it")),
    Field("table", "group", N_("of a chart: the same in figures"), _GRID),
)
_PROFILE = (
    _type("chart"),
    text("chart", N_("of a chart: which one: profile, levels or survey"), "profile"),
    *_CHART,
    _drawn("rows", *texts("id", "title", "figure"), *_BETWEEN, *_perhaps("floor", "median")),
    _words("zero", "half", "whole", "reached", "open", "floor", "median"),
)
_LEVELS = (
    _type("chart"),
    text("chart", N_("of a chart: which one: profile, levels or survey"), "levels"),
    *_CHART,
    Field("highest", "number", N_("of the chart levels: the highest level")),
    _drawn(
        "groups",
        text("title"),
        _drawn(
            "rows",
            *texts("id", "title"),
            Field("counted", "group", "", _BETWEEN, maybe=True),
            Field("rated", "group", "", _BETWEEN, maybe=True),
            *_perhaps("least"),
        ),
    ),
    _words("counted", "open", "held", "least", "without", "none"),
)
_SURVEY = (
    _type("chart"),
    text("chart", N_("of a chart: which one: profile, levels or survey"), "survey"),
    *_CHART,
    _drawn(
        "rows",
        *_perhaps("value", "low", "high", "reference"),
        *texts("title", "figure", "margin", "compared", "measured"),
        text("note", maybe=True),
    ),
    _words("zero", "half", "whole", "value", "interval", "reference"),
)
_PICTURE = Field("picture", "picture", N_("of a chart: its picture"))
_SAYS = text("text", N_("of text, note and answer: what it says"))
_TITLED = text("title", N_("of points and charts: the heading; may be empty"), maybe=True)
_PLAIN = (
    (_type("text"), _SAYS),
    (_type("note"), _SAYS),
    *(
        (
            _type("answer"),
            text("state", N_("of an answer: met, open, not_met or none"), state),
            _SAYS,
            text("detail", N_("of an answer: more about it; may be empty"), maybe=True),
        )
        for state in ("met", "open", "not_met", "none")
    ),
    (_type("points"), _TITLED, Field("items", "list", _ITEMS)),
    (_type("table"), text("caption", N_("of a table: its caption")), *_GRID),
    (
        _type("step"),
        text("heading", N_("of a step: criterion and levels")),
        text("facts", N_("of a step: dimension, effort and time in one line")),
        Field(
            "parts",
            "groups",
            N_("of a step: what is asked, what carries it, advice and so on"),
            (text("title", N_("its lead-in")), Field("items", "list", N_("its points"))),
        ),
    ),
)


def _fields(*charts: tuple[Field, ...]) -> Field:
    return Field(
        "",
        "group",
        "",
        (
            text("language", N_("et or en"), "et", "en"),
            text("title", N_("the file’s title: marks and municipality")),
            text("author", N_("who issues it")),
            text("day", N_("the round’s closing date, such as 2026-10-31")),
            text("date", N_("the same in words")),
            text("heading", N_("what the document is called")),
            text("municipality", N_("whom it is about")),
            text("subtitle", N_("criteria catalogue and round")),
            Field(
                "marks", "list", N_("SAMPLE, PROPOSAL and the like; empty on the real thing"), maybe=True, short=True
            ),
            Field("reasons", "list", N_("why each mark stands there"), maybe=True),
            Field(
                "sections",
                "groups",
                N_("the chapters"),
                (
                    text("id", N_("what the chapter is known by, the same in every language")),
                    text("title", N_("the section’s heading")),
                    shaped("blocks", N_("what it is made of"), *_PLAIN, *charts),
                ),
            ),
            own_words(N_("the fixed words of the report"), "contents", "skip", "page", "chart_table", "footer"),
        ),
    )


PAPER = _fields(_PROFILE, _LEVELS, _SURVEY)
"""What ``report.typ`` gets: it draws the charts itself."""
PAGE = _fields(*((*chart, _PICTURE) for chart in (_PROFILE, _LEVELS, _SURVEY)))
"""What ``report.html.j2`` gets: each chart as a picture too."""
