"""Every column of the list: its name, its header, what it holds, where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kaasav.catalogue.model import Catalogue, GateCondition
from kaasav.documents.awardlist.listing import DETAILS, LIST, Column, Listing, Sheet
from kaasav.language import N_, _, words
from kaasav.problems import DID_YOU_MEAN, NOWHERE, Misused, closest, error

UNKNOWN_COLUMN = error("award-list-column", N_("the award list has no column “{column}”"), N_("there are: {known}"))
NO_COLUMN = error("award-list-no-column", N_("no column is named"), N_("there are: {known}"))
INTERNAL_COLUMN = error(
    "award-list-internal", N_("the column “{column}” is internal; a public list does not show it"), N_("leave it out")
)
ALL_DIMENSIONS = "dimensions"
"""On the command line: every dimension's column."""


def columns(catalogue: Catalogue, *, decided: bool) -> tuple[Column, ...]:
    """Every column a list under ``catalogue`` can have, in order; with those of decisions if any are recorded."""
    place = [_PLACE] if catalogue.award_rule.listing == "total" else []
    decisions = _DECISIONS if decided else ()
    dimensions = [
        Column(
            f"dimension.{one.id}",
            f"{one.id} {words(one.title)}",
            _("Share of what is possible in the dimension “{title}”, weight {weight} of {all}.").format(
                title=words(one.title), weight=one.weight, all=catalogue.total_weight
            ),
            LIST,
            13,
        )
        for one in catalogue.dimensions
    ]
    listed = [*place, *_WHO, *decisions, *_ANSWER]
    survey, details = _survey(catalogue, _SURVEY), _survey(catalogue, _SURVEY_DETAILS)
    return (*map(_said, listed), *dimensions, *survey, _said(_FLAGS), _said(_OPEN), *details, *map(_said, _LAST))


def chosen(all_columns: Sequence[Column], names: str | None, *, public: bool) -> tuple[Column, ...]:
    """The columns to show: those ``names`` lists (with commas between), in that order, or every one.

    Raises:
        Misused: a name is unknown (`UNKNOWN_COLUMN`), internal in a public list (`INTERNAL_COLUMN`), or none is given.
    """
    visible = tuple(one for one in all_columns if not (public and one.internal))
    if names is None:
        return visible
    by_key = {one.key: [one] for one in visible}
    by_key[ALL_DIMENSIONS] = [one for one in visible if one.key.startswith("dimension.")]
    known = ", ".join(by_key)
    internal = {one.key for one in all_columns} - set(by_key)
    found: dict[Column, None] = {}
    problems = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        key = next((one for one in (*by_key, *internal) if one.casefold() == name.casefold()), None)
        guess = closest(name, by_key)
        if key in internal:
            problems.append(INTERNAL_COLUMN.at(NOWHERE, column=name))
        elif key is not None:
            found.update(dict.fromkeys(by_key[key]))
        elif guess:
            problems.append(UNKNOWN_COLUMN.at(NOWHERE, hint=DID_YOU_MEAN, column=name, guess=guess))
        else:
            problems.append(UNKNOWN_COLUMN.at(NOWHERE, column=name, known=known))
    if problems or not found:
        raise Misused(problems or [NO_COLUMN.at(NOWHERE, known=known)])
    return tuple(found)


def sheets(listing: Listing) -> tuple[Sheet, ...]:
    """The tables of the list that have something to show; each begins with the municipality."""
    first = [one for one in listing.columns if one.key == "municipality"]
    listed = tuple(one for one in listing.columns if one.home == LIST)
    details = tuple(one for one in listing.columns if one.home == DETAILS)
    told = []
    if listed:
        told.append(Sheet(_("List"), listed))
    if details:
        told.append(Sheet(_("Details"), (*first, *details) if listed else details))
    return tuple(told)


def _survey(catalogue: Catalogue, templates: Iterable[Column]) -> list[Column]:
    """The columns of each survey gate; with several gates, each named by its criterion."""
    gates = [one for one in catalogue.award_rule.conditions if isinstance(one, GateCondition)]
    return [
        _said(one)
        if len(gates) == 1
        else replace(_said(one), key=gate_key(one.key, gate, 2), title=f"{gate.criterion}: {_(one.title)}")
        for gate in gates
        for one in templates
    ]


def gate_key(key: str, gate: GateCondition, gates: int) -> str:
    """The key of a survey's column: ``survey_n``, or ``survey_n.R2`` where there are several gates."""
    return key if gates == 1 else f"{key}.{gate.criterion}"


def _said(one: Column) -> Column:
    return replace(one, title=_(one.title), explanation=_(one.explanation))


_PLACE = Column(
    "place",
    N_("Place"),
    N_(
        "By the total, the highest first. Equals share a place, and the next ones are left out. Where totals are still"
        " open, the best and the worst place there can be."
    ),
    LIST,
    8,
)
_WHO = (
    Column("municipality", N_("Municipality"), N_("Official name when the result was recorded."), LIST, 19),
    Column(
        "code",
        N_("Code"),
        N_("EHAK code, with its leading zeros; one with X is fictional."),
        LIST,
        7.5,
    ),
    Column("county", N_("County"), N_("County of the municipality."), LIST, 13),
)
_DECISIONS = (
    Column("awarded", N_("Awarded"), N_("What people decided to award."), LIST, 16),
    Column("number", N_("Number"), N_("Number of the certificate in the register."), LIST, 11),
    Column("decided_on", N_("Decided on"), N_("Day of the decision."), LIST, 11),
    Column("valid_from", N_("Valid from"), N_("First day the award holds."), LIST, 11),
    Column("valid_to", N_("Valid to"), N_("Last day the award holds."), LIST, 11),
    Column("protocol", N_("Minutes"), N_("Where the decision stands."), LIST, 12),
)
_ANSWER = (
    Column(
        "award",
        N_("Would get"),
        N_("What the municipality would get by the rule alone. The rule proposes; people decide."),
        LIST,
        15,
    ),
    Column(
        "answer",
        N_("Answer"),
        N_(
            "What the rule says: conditions met, open (something that decides is not settled), conditions not met,"
            " or no answer yet."
        ),
        LIST,
        14,
    ),
    Column("status", N_("Status"), N_("How far the assessment has come."), LIST, 17),
    Column(
        "total",
        N_("Total"),
        N_(
            "Weighted total, as a share of what is possible. Exact; only its display is rounded. Where something is"
            " still open, the lowest and the highest value there can be."
        ),
        LIST,
        12.5,
    ),
)
_SURVEY = (
    Column(
        "survey",
        N_("Satisfaction"),
        N_("What the survey of residents says, in short; the details say it in full."),
        LIST,
        12.5,
    ),
    Column(
        "survey_value",
        N_("Survey value"),
        N_("Result of the survey in its unit: a share in percent, or an index in points. Empty without data."),
        LIST,
        10,
    ),
)
_FLAGS = Column("flags", N_("Mind"), N_("What a reader should know before trusting the answer."), LIST, 17)
_OPEN = Column(
    "open",
    N_("Open, or in the way"),
    N_("What is not settled yet, which conditions are not met, and what an award would also need."),
    DETAILS,
    62,
    internal=True,
)
_SURVEY_DETAILS = (
    Column(
        "survey_verdict",
        N_("Satisfaction in words"),
        N_("Where the survey value lies beside the reference, with its margin of error; or why there is no data."),
        DETAILS,
        28,
    ),
    Column(
        "survey_reference",
        N_("Reference"),
        N_("What the survey value is compared with, in the same unit."),
        DETAILS,
        11,
    ),
    Column("survey_n", N_("Answers (n)"), N_("Number of answers the survey value rests on."), DETAILS, 9),
    Column("survey_low", N_("Interval from"), N_("Lower end of the 95 % interval of the survey value."), DETAILS, 10),
    Column("survey_high", N_("Interval to"), N_("Upper end of the 95 % interval of the survey value."), DETAILS, 10),
)
_LAST = (
    Column(
        "assumptions",
        N_("Rests on"),
        N_("What is assumed about the survey and not published."),
        DETAILS,
        32,
    ),
    Column(
        "result",
        N_("Result"),
        N_("Beginning of the recorded result’s hash: the whole result, and everything it rests on, is found by it."),
        DETAILS,
        15,
    ),
)
