"""A form read back, workbook or YAML: the same shape, every value with the place it stands at.

What is wrong in one place hides nothing that is wrong elsewhere: such values are left out, and remembered as lost.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kaasav.catalogue.model import Catalogue
from kaasav.files import read_bytes
from kaasav.intake import columns, sheets
from kaasav.intake.row import SCHEMA, Answers
from kaasav.intake.sheets import NOT_A_FORM, OTHER_FORMAT, Row
from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Location, Problem, Refused, closest, error
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse
from kaasav.yamldoc.document import Path as Steps

NOT_KNOWN = error(
    "intake-item-unknown",
    N_("no such file came in through intake"),
    N_("take it in with “kaasav evidence intake”; rows cannot be added by hand, but evidence.yaml can be edited"),
)
NOT_YES_NO = error("intake-not-yes-no", N_("“{value}” is neither yes nor no"), N_("write yes or no (jah or ei)"))
TWO_WAYS = error(
    "intake-date-two-ways",
    N_("the date “{value}” may be read in more than one way"),
    N_("write it as 2026-03-19 or 19.03.2026"),
)
FOR_NO_ITEM = error(
    "intake-use-without-item",
    N_("no item on the first sheet is called “{item}”"),
    N_("write the item’s id as it stands there"),
)
NOT_CLAIMED = error(
    "intake-use-not-claimed",
    N_("{criterion} is not among the criteria of “{item}” on the first sheet"),
    N_("add it there, or strike this row"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_YES = frozenset({"jah", "j", "yes", "y", "x", "1", "true", "tõene"})
_NO = frozenset({"ei", "e", "no", "n", "0", "false", "väär"})
_KIND = re.compile(r"\(([\w-]+)\)\s*\Z")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SHORT = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
UNCLEAR = "?"
"""Stands for a needed value that is lost."""
_NOTHING = {"take": "false", "file": UNCLEAR, "sha256": UNCLEAR}
_NEEDED = {**_NOTHING, "criterion": UNCLEAR}


@dataclass(frozen=True, slots=True)
class Cells(Document):
    """A workbook's answers; places are sheets and cells."""

    cells: dict[Steps, str] = field(default_factory=dict, repr=False)

    def _nearest(self, path: Steps, places: tuple[dict[Steps, tuple[int, int]], ...]) -> Location:
        for end in range(len(path), -1, -1):
            if path[:end] in self.cells:
                return Location(f"{self.name} {self.cells[path[:end]]}")
        return Location(self.name)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as far as it could be understood.

    ``answers`` is None where nothing of it could. ``lost`` are the places of values that were wrong: they are left
    out of ``answers``, or are `UNCLEAR` where something has to stand, and a problem tells of each.
    """

    answers: Answers | None
    document: Document
    problems: list[Problem]
    lost: frozenset[Steps]


def read(path: Path, shown: str, catalogue: Catalogue) -> Form:
    """The form at ``path``, and every problem.

    Raises:
        Refused: the file cannot be opened, or is no form.
    """
    content = read_bytes(path, shown)
    lost: set[Steps] = set()
    if content.startswith(b"PK"):
        reader = _Reader(shown, catalogue)
        document = reader.read(*sheets.read(content, shown))
        problems, lost = reader.problems, reader.lost
    else:
        if content.startswith(_OLE) or _is_csv(content):
            raise Refused([OTHER_FORMAT.at(Location(shown))])
        document, problems = parse(content, shown)
        if not isinstance(document.data, dict):
            raise Refused(problems or [NOT_A_FORM.at(Location(shown))])
        if "schema" not in document.data and "items" not in document.data:
            raise Refused([NOT_A_FORM.at(Location(shown))])
    answers, found = bind(document, Answers, SCHEMA)
    if answers is None and isinstance(document.data, dict) and document.data.get("schema") == SCHEMA:
        answers = _salvaged(document.data, lost)
    return Form(answers, document, [*problems, *found], frozenset(lost))


def _is_csv(content: bytes) -> bool:
    """Whether a spreadsheet program has saved the first sheet as text: its keys stand in the first line."""
    first = content[:2000].partition(b"\n")[0].replace(b"\0", b"")
    return b"take" in first and b"sha256" in first


def _salvaged(data: dict[str, Any], lost: set[Steps]) -> Answers | None:
    """The answers without what does not fit, whose places go to ``lost``; None where nothing fits."""
    rest = deepcopy({key: value for key, value in data.items() if key == "items"})
    try:
        return Answers.model_validate(rest)
    except ValidationError as wrong:
        for one in wrong.errors(include_url=False):
            path = tuple(one["loc"])
            lost.add(path)
            _leave_out(rest, path)
    try:
        return Answers.model_validate(rest)
    except ValidationError:
        return None


def _leave_out(data: dict[str, Any], path: Sequence[Any]) -> None:
    """Take the value at ``path`` out; where one is needed, put `UNCLEAR` there."""
    owner: Any = data
    for step in path[:-1]:
        owner = owner[step] if isinstance(owner, list) else owner.get(step) if isinstance(owner, dict) else None
    if isinstance(owner, dict) and path[-1] in _NEEDED:
        owner[path[-1]] = _NEEDED[path[-1]]
    elif isinstance(owner, dict):
        owner.pop(path[-1], None)
    elif isinstance(owner, list):
        owner[path[-1]] = {"items": _NOTHING, "uses": {"criterion": UNCLEAR}}.get(path[-2], UNCLEAR)


class _Reader:
    def __init__(self, shown: str, catalogue: Catalogue) -> None:
        self.name = shown
        self.problems: list[Problem] = []
        self.lost: set[Steps] = set()
        self.cells: dict[Steps, str] = {}
        self._kinds = {text.casefold(): kind.id for kind in catalogue.evidence_kinds
                       for text in (kind.id, *kind.title.values())}  # fmt: skip
        self._criteria = {id_.casefold(): id_ for id_ in catalogue.by_id}

    def read(self, items: list[Row], uses: list[Row]) -> Document:
        known = [row for row in items if _plain(row.values.get("sha256")) or "sha256" in row.odd]
        numbers = {row.number for row in known}
        self.problems += [
            NOT_KNOWN.at(Location(f"{self.name} {row.cell('id')}")) for row in items if row.number not in numbers
        ]
        found = [self._item(at, row) for at, row in enumerate(known)]
        self._uses(uses, found)
        for item in found:
            item.pop("_criteria_lost", None)
            item["uses"] = [use for all_uses in item.pop("_uses").values() for use in all_uses]
        self._place_uses(found)
        data = {"schema": SCHEMA, "items": found}
        steps = {path[:end] for path in self.cells for end in range(1, len(path) + 1)}
        values: dict[Steps, tuple[int, int]] = dict.fromkeys(steps, (0, 0))
        return Cells(self.name, b"", data, {}, values, self.cells)

    def _item(self, at: int, row: Row) -> dict[str, Any]:
        item: dict[str, Any] = {"_uses": {}}
        self.cells["items", at] = row.cell("id")
        for key, value in row.values.items():
            path = ("items", at, "uses" if key == "criteria" else key)
            self.cells[path] = row.cell(key)
            place = Location(f"{self.name} {row.cell(key)}")
            if key in row.odd:
                self._lose(path, row.odd[key])
                item[key] = _NOTHING.get(key)
                item["_criteria_lost"] = item.get("_criteria_lost") or key == "criteria"
            elif key == "take":
                item[key] = self._yes_no(value, path, place)
            elif key in columns.DATES:
                item[key] = self._day(value, path, place)
            elif key == "kind":
                item[key] = self._kind(_plain(value))
            elif key == "criteria":
                for criterion in map(self._criterion, filter(None, re.split(r"[,;\s]+", _plain(value)))):
                    item["_uses"].setdefault(criterion, [{"criterion": criterion, "_cell": row.cell(key)}])
            elif key == "inside":
                item[key] = [part for part in _plain(value).split(columns.INSIDE) if part]
            else:
                item[key] = _plain(value) or None
        item.pop("criteria", None)
        return item

    def _criterion(self, text: str) -> str:
        return self._criteria.get(text.casefold(), text)

    def _lose(self, path: Steps, problem: Problem) -> None:
        self.problems.append(problem)
        if path:
            self.lost.add(path)

    def _uses(self, rows: list[Row], items: list[dict[str, Any]]) -> None:
        of_row = _Owners(items, rows)
        for row in rows:
            texts = {key: _plain(value) for key, value in row.values.items()}
            filled = any(texts.get(key) or key in row.odd for key in ("passage", "page", "whole"))
            item = of_row.find(texts.get("sha256", ""), texts.get("item", ""))
            self.problems += row.odd.values()
            if item is None:
                if "item" not in row.odd and (filled or not texts.get("sha256")):
                    place = Location(f"{self.name} {row.cell('item')}")
                    named = texts.get("item", "")
                    guess = closest(named, of_row.ids)
                    hint = DID_YOU_MEAN if guess else None
                    self.problems.append(FOR_NO_ITEM.at(place, hint=hint, item=named, guess=guess or ""))
                continue
            criterion = self._criterion(texts.get("criterion", ""))
            if not filled or "criterion" in row.odd:
                continue
            if criterion not in item["_uses"]:
                if item.get("_criteria_lost"):
                    continue
                place = Location(f"{self.name} {row.cell('criterion')}")
                self.problems.append(NOT_CLAIMED.at(place, criterion=criterion, item=item.get("id") or ""))
                continue
            use: dict[str, Any] = {"criterion": criterion, "_cell": row.cell("passage"), "_page": row.cell("page")}
            use |= {key: texts[key] for key in ("passage", "page") if texts.get(key)}
            if texts.get("whole"):
                use["whole"] = self._yes_no(texts["whole"], (), Location(f"{self.name} {row.cell('whole')}"))
            first = item["_uses"][criterion]
            if len(first[0]) == 2:  # so far only what the first sheet says
                first.clear()
            first.append(use)

    def _place_uses(self, items: list[dict[str, Any]]) -> None:
        for at, item in enumerate(items):
            for number, use in enumerate(item["uses"]):
                path = ("items", at, "uses", number)
                self.cells[path] = self.cells[(*path, "criterion")] = self.cells[(*path, "passage")] = use.pop("_cell")
                page = use.pop("_page", None)
                if page:
                    self.cells[(*path, "page")] = page

    def _yes_no(self, value: Any, path: Steps, place: Location) -> str:
        text = _plain(value).casefold()
        if text in _YES or text in _NO:
            return "true" if text in _YES else "false"
        self._lose(path, NOT_YES_NO.at(place, value=_plain(value)))
        return "false"

    def _kind(self, text: str) -> str | None:
        match = _KIND.search(text)
        if match and match[1].casefold() in self._kinds:
            return self._kinds[match[1].casefold()]
        return self._kinds.get(text.casefold(), text) or None

    def _day(self, value: Any, path: Steps, place: Location) -> str | None:
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        if isinstance(value, datetime.date):
            return value.isoformat()
        text = _plain(value)
        match = _POINTS.fullmatch(text.rstrip("."))
        if match:
            return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        if _SHORT.fullmatch(text):
            self._lose(path, TWO_WAYS.at(place, value=text))
            return None
        return text or None


class _Owners:
    """Whose a row of the second sheet is: people copy rows with their hidden cells, and rename items on the first."""

    def __init__(self, items: list[dict[str, Any]], rows: Iterable[Row]) -> None:
        self._by_hash: dict[Any, dict[str, Any]] = {item.get("sha256"): item for item in items if item.get("sha256")}
        self._by_id: dict[Any, dict[str, Any]] = {item["id"]: item for item in reversed(items) if item.get("id")}
        self._named = {(_plain(row.values.get("sha256")), _plain(row.values.get("item"))) for row in rows}
        self.ids = tuple(self._by_id)

    def find(self, sha256: str, named: str) -> dict[str, Any] | None:
        """The item whose id stands in the row, which people see; else the one of the hidden hash, if its id was changed
        on the first sheet only.
        """
        own = self._by_hash.get(sha256)
        if own is not None and own.get("id") == named:
            return own
        if named in self._by_id:
            return self._by_id[named]
        renamed = own is not None and (not named or (sha256, own.get("id")) not in self._named)
        return own if renamed else None


def _plain(value: Any) -> str:
    """A cell as text: 27.0 is 27."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    text = unicodedata.normalize("NFC", str(value))
    return "".join(c for c in text if c.isprintable() or c == "\n" or unicodedata.category(c) == "Zs").strip()
