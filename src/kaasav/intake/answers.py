"""A form read back, workbook or YAML: the same shape, every value with the place it stands at."""

import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.files import read_bytes
from kaasav.intake import columns
from kaasav.intake.row import SCHEMA, Answers
from kaasav.language import N_
from kaasav.problems import Location, Problem, Refused, error
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse
from kaasav.yamldoc.document import Path as Steps

NOT_A_FORM = error(
    "intake-not-a-form",
    N_("this is neither a workbook nor a YAML form that “kaasav evidence intake” wrote"),
    N_("name intake.xlsx or intake-proposal.yaml of the municipality’s folder"),
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
_YES = frozenset({"jah", "j", "yes", "y", "x", "1", "true", "tõene"})
_NO = frozenset({"ei", "e", "no", "n", "0", "false", "väär"})
_KIND = re.compile(r"\(([\w-]+)\)\s*\Z")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SHORT = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 128 * 1024 * 1024
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Cells(Document):
    """A workbook's answers; places are sheets and cells."""

    cells: dict[Steps, str] = field(default_factory=dict, repr=False)

    def _nearest(self, path: Steps, places: tuple[dict[Steps, tuple[int, int]], ...]) -> Location:
        for end in range(len(path), -1, -1):
            if path[:end] in self.cells:
                return Location(f"{self.name} {self.cells[path[:end]]}")
        return Location(self.name)


def read(path: Path, shown: str, catalogue: Catalogue) -> tuple[Answers | None, Document, list[Problem]]:
    """The answers in the form at ``path``, the document they stand in, and every problem.

    Raises:
        Refused: the file cannot be opened, or is no form.
    """
    content = read_bytes(path, shown)
    problems: list[Problem] = []
    if content.startswith(b"PK"):
        document, problems = _workbook(content, shown, catalogue)
    else:
        document, problems = parse(content, shown)
        if not isinstance(document.data, dict):
            raise Refused(problems or [NOT_A_FORM.at(Location(shown))])
    answers, found = bind(document, Answers, SCHEMA)
    return answers, document, [*problems, *found]


def _workbook(content: bytes, shown: str, catalogue: Catalogue) -> tuple[Document, list[Problem]]:
    sheets = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            honest = sum(entry.file_size for entry in archive.infolist()) <= MOST_UNPACKED
        if not honest or len(content) > MOST_BYTES:
            raise Refused([NOT_A_FORM.at(Location(shown))])
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows(max_row=MOST_ROWS, max_col=len(columns.ITEM_COLUMNS), values_only=True))
            keys = tuple(str(value) for value in rows[0] if value is not None) if rows else ()
            for wanted in (columns.ITEM_COLUMNS, columns.USE_COLUMNS):
                if keys[:2] == (wanted[0][0], wanted[1][0]) and "sha256" in keys:
                    sheets[wanted[0][0]] = (sheet.title, rows)
        book.close()
    except Refused:
        raise
    except Exception as failure:  # whatever a damaged or hostile workbook makes the library raise
        raise Refused([NOT_A_FORM.at(Location(shown))]) from failure
    if "take" not in sheets:
        raise Refused([NOT_A_FORM.at(Location(shown))])
    reader = _Reader(shown, catalogue)
    return reader.read(sheets["take"], sheets.get("item"))


Sheet = tuple[str, list[tuple[Any, ...]]]


class _Reader:
    def __init__(self, shown: str, catalogue: Catalogue) -> None:
        self.name = shown
        self.problems: list[Problem] = []
        self.cells: dict[Steps, str] = {}
        self._kinds = {text.casefold(): kind.id for kind in catalogue.evidence_kinds
                       for text in (kind.id, *kind.title.values())}  # fmt: skip

    def read(self, items: Sheet, uses: Sheet | None) -> tuple[Document, list[Problem]]:
        found = [self._item(at, row) for at, row in enumerate(_rows(items))]
        if uses is not None:
            self._uses(_rows(uses), found)
        for item in found:
            item["uses"] = [use for all_uses in item.pop("_uses").values() for use in all_uses]
        self._place_uses(found)
        data = {"schema": SCHEMA, "items": found}
        steps = {path[:end] for path in self.cells for end in range(1, len(path) + 1)}
        values: dict[Steps, tuple[int, int]] = dict.fromkeys(steps, (0, 0))
        return Cells(self.name, b"", data, {}, values, self.cells), self.problems

    def _item(self, at: int, row: "_Row") -> dict[str, Any]:
        item: dict[str, Any] = {"_uses": {}}
        self.cells["items", at] = row.cell("id")
        for key, value in row.values.items():
            path = ("items", at, key)
            self.cells[path] = row.cell(key)
            place = Location(f"{self.name} {row.cell(key)}")
            if key == "take":
                item[key] = self._yes_no(value, place)
            elif key in columns.DATES:
                item[key] = self._day(value, place)
            elif key == "kind":
                item[key] = self._kind(_plain(value))
            elif key == "criteria":
                for criterion in filter(None, re.split(r"[,;\s]+", _plain(value))):
                    item["_uses"].setdefault(criterion, [{"criterion": criterion, "_cell": row.cell(key)}])
            elif key == "inside":
                item[key] = [part for part in _plain(value).split(columns.INSIDE) if part]
            elif key not in ("why", "warnings", "came_as"):
                item[key] = _plain(value) or None
        item.setdefault("take", None)
        return item

    def _uses(self, rows: Iterator["_Row"], items: list[dict[str, Any]]) -> None:
        by_hash = {item.get("sha256"): item for item in items}
        by_id = {item["id"]: item for item in items if item.get("id")}
        for row in rows:
            texts = {key: _plain(value) for key, value in row.values.items()}
            filled = any(texts.get(key) for key in ("passage", "page", "whole"))
            item = by_hash.get(texts.get("sha256")) or by_id.get(texts.get("item", ""))
            if item is None:
                if filled or not texts.get("sha256"):
                    place = Location(f"{self.name} {row.cell('item')}")
                    self.problems.append(FOR_NO_ITEM.at(place, item=texts.get("item", "")))
                continue
            criterion = texts.get("criterion", "")
            if not filled:
                continue
            if criterion not in item["_uses"]:
                place = Location(f"{self.name} {row.cell('criterion')}")
                self.problems.append(NOT_CLAIMED.at(place, criterion=criterion, item=item.get("id") or ""))
                continue
            use: dict[str, Any] = {"criterion": criterion, "_cell": row.cell("passage"), "_page": row.cell("page")}
            use |= {key: texts[key] for key in ("passage", "page") if texts.get(key)}
            if texts.get("whole"):
                use["whole"] = self._yes_no(texts["whole"], Location(f"{self.name} {row.cell('whole')}"))
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

    def _yes_no(self, value: Any, place: Location) -> str | None:
        text = _plain(value).casefold()
        if text in _YES or text in _NO:
            return "true" if text in _YES else "false"
        self.problems.append(NOT_YES_NO.at(place, value=_plain(value)))
        return "false"

    def _kind(self, text: str) -> str | None:
        match = _KIND.search(text)
        if match and match[1].casefold() in self._kinds:
            return self._kinds[match[1].casefold()]
        return self._kinds.get(text.casefold(), text) or None

    def _day(self, value: Any, place: Location) -> str | None:
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        if isinstance(value, datetime.date):
            return value.isoformat()
        text = _plain(value)
        match = _POINTS.fullmatch(text.rstrip("."))
        if match:
            return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        if _SHORT.fullmatch(text):
            self.problems.append(TWO_WAYS.at(place, value=text))
            return None
        return text or None


@dataclass(frozen=True, slots=True)
class _Row:
    """One row's values by column key, and where they stand."""

    sheet: str
    number: int
    letters: dict[str, str]
    values: dict[str, Any]

    def cell(self, key: str) -> str:
        return f"{self.sheet}!{self.letters.get(key, 'A')}{self.number}"


def _rows(sheet: Sheet) -> Iterator[_Row]:
    """The rows with anything in them, below the headers."""
    from openpyxl.utils import get_column_letter

    title, rows = sheet
    keys = [str(value) if value is not None else "" for value in rows[0]]
    letters = {key: get_column_letter(at) for at, key in enumerate(keys, start=1) if key}
    for number, row in enumerate(rows[columns.FIRST_ROW - 1 :], start=columns.FIRST_ROW):
        if any(value is not None and str(value).strip() for value in row):
            values = {key: value for key, value in zip(keys, row, strict=False) if key}
            yield _Row(title, number, letters, values)


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
