"""Which municipality a row is about: by code and name together, through the history of codes."""

from dataclasses import dataclass

from kaasav.language import N_
from kaasav.municipalities.names import find, likely, means
from kaasav.municipalities.register import Change, load
from kaasav.problems import ProblemKind, error
from kaasav.survey.imports.description import SurveyFile
from kaasav.survey.imports.header import text_of
from kaasav.survey.imports.words import pseudo_row
from kaasav.survey.places import Place, place_of
from kaasav.survey.rows import INVENTED, REAL, item_key
from kaasav.survey.tables.sheet import Cell

NOBODY = error("survey-row-nobody", N_("this row names no municipality, but holds values"))
UNKNOWN = error(
    "survey-row-unknown",
    N_("“{text}” is no municipality"),
    N_("if the row is no municipality, write its name under “skip”"),
)
DID_YOU_MEAN = N_("did you mean “{guess}”? If the row is no municipality, write its name under “skip”")
FORMER = N_(
    "it may have been one long ago, which Kaasav does not know: the file needs today’s. If the row is no municipality, "
    "write its name under “skip”"
)
AMBIGUOUS = error(
    "survey-row-ambiguous", N_("“{text}” may mean {candidates}"), N_("the file needs codes, or full names")
)
OFFICE = error("survey-row-office", N_("“{text}” is an office, not a municipality"))
CONTRADICTS = error(
    "survey-row-contradicts",
    N_("the code {code} is that of {known}, not of “{name}”"),
    N_("one of the two is wrong; ask whoever made the file"),
)
WHICH_CODE = error(
    "survey-row-which-code",
    N_("“{text}” was merged in the year of the survey: is {old} or {new} meant?"),
    N_("the file needs codes"),
)


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that is passed over: ``why`` is ``group``, ``total``, ``stated`` or ``note``."""

    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be placed."""

    kind: ProblemKind
    details: tuple[tuple[str, str], ...]
    hint: str | None = None


Whose = Place | Skip | Bad


class Who(dict[tuple[Cell, Cell], Whose]):
    """What each pair of code and name cells means; looked up once for each pair."""

    def __init__(self, described: SurveyFile) -> None:
        super().__init__()
        self._described = described
        self._skip = {item_key(text) for text in described.table.skip}
        self._found: set[str] = set()
        self._ended = described.fieldwork.last.year

    def __missing__(self, key: tuple[Cell, Cell]) -> Whose:
        found = self._of(text_of(key[0]), text_of(key[1]))
        if isinstance(found, Place) and found.training is not self._described.fictional:
            found = Bad(INVENTED if found.training else REAL, (("name", found.name),))
        self[key] = found
        return found

    def unused(self) -> list[str]:
        """The names under “skip” that no row had."""
        return [text for text in self._described.table.skip if item_key(text) not in self._found]

    def _of(self, code: str, name: str) -> Whose:
        for text in filter(None, (name, code)):
            if item_key(text) in self._skip:
                self._found.add(item_key(text))
                return Skip("stated", text)
        placed = _by_code(code) if code else None
        if placed is not None:
            if name and not means(name, placed.given):
                return Bad(CONTRADICTS, (("code", placed.given), ("known", placed.name), ("name", name[:80])))
            return placed
        why = pseudo_row(name or code)
        if why:
            return Skip(why, name or code)
        if code and any(map(str.isdigit, code)):
            return _unknown(code)
        return self._by_name(name or code) if name or code else Bad(NOBODY, ())

    def _by_name(self, text: str) -> Whose:
        found, problems = find(text)
        if found is None:
            problem = problems[0]
            details = dict(problem.details)
            if problem.code == "municipality-ambiguous":
                return Bad(AMBIGUOUS, (("text", text[:80]), ("candidates", details["candidates"])))
            return Bad(OFFICE, (("text", text[:80]),)) if problem.code == "municipality-office" else _unknown(text)
        if found.via is not None:
            return _certain(found.via.old_code)
        today = found.municipality
        merger = next((one for one in load().history(today.code) if _kept_name(one, today.name)), None)
        if merger is not None and merger.year is not None:
            if self._ended == merger.year:
                codes = (("old", merger.old_code), ("new", today.code))
                return Bad(WHICH_CODE, (("text", text[:80]), *codes))
            if self._ended < merger.year:
                return _certain(merger.old_code)
        return _certain(today.code)


def _kept_name(change: Change, name: str) -> bool:
    return change.kind == "merged" and item_key(change.old_name) == item_key(name)


def _certain(code: str) -> Place:
    placed = place_of(code)
    if placed is None:
        raise LookupError(code)
    return placed


def _by_code(text: str) -> Place | None:
    """The place a code means, however it lost its zero or gained an EE."""
    found, _problems = find(text)
    if found is None or not any(map(str.isdigit, text)):
        return None
    short = text.upper().removeprefix("EE").strip()
    exact = short[4:8] if len(short) == 14 else short.zfill(4)
    return place_of(exact) or place_of(found.via.old_code if found.via else found.municipality.code)


def _unknown(text: str) -> Bad:
    register = load()
    names = [one.name for one in register.municipalities] + [one.old_name for one in register.changes]
    guess = likely(text, names) if len(text) <= 60 and not any(map(str.isdigit, text)) else None
    details = (("text", text[:80]), ("guess", guess or ""))
    former = item_key(text).endswith((" vald", " linn"))
    return Bad(UNKNOWN, details, DID_YOU_MEAN if guess else FORMER if former else None)
