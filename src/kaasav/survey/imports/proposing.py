"""A start for the description of a file nobody has described yet: what its table shows, blanks for all else."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from kaasav.municipalities.names import slug
from kaasav.survey.imports.columns import GUESSED, LEFT, Column
from kaasav.survey.imports.description import SCHEMA, Grain
from kaasav.survey.imports.header import Header, find_header, names_municipality, text_of
from kaasav.survey.imports.words import HEADERS
from kaasav.survey.rows import item_key
from kaasav.survey.tables.numbers import say
from kaasav.survey.tables.open import read_table
from kaasav.survey.tables.sheet import Row, Sheet

LOOKED_AT = 2_000
MOST_ITEMS = 40
MOST_OPTIONS = 20
FEW = 5
"""An answer given by fewer is left to whoever describes the file; it may be somebody's own words."""
_NOTHING = ("none", "nan", "null", "na", "n/a", "#n/a")
_OUTSIDE = ("oska öelda", "ei tea", "keeldu", "cannot say", "don't know")


@dataclass(frozen=True)
class Proposal:
    """What a table looks like: what it probably holds, its columns with what they seem to be, and a description."""

    sheet: Sheet
    header: Header
    grain: Grain
    columns: tuple[Column, ...]
    text: str


def propose(data: bytes, name: str, sheet: str | None = None) -> Proposal:
    """Look at the table in ``data``, a file people know as ``name``.

    Raises:
        Refused: there is no table, or no municipality in it.
    """
    table = read_table(data, name, sheet=sheet)
    header = find_header(table, None, {word for words in HEADERS.values() for word in words})
    rows = [row for number, row in islice(table.rows(), LOOKED_AT + header.last) if number > header.last]
    roles = _roles(header, rows)
    grain = _grain(header, rows, roles)
    wanted = {"values": ("code", "name", "item", "value", "n", "sd", "design_effect"),
              "counts": ("code", "name", "item", "option", "count"),
              "answers": ("code", "name", "item", "answer", "weight")}[grain]  # fmt: skip
    roles = {role: index for role, index in roles.items() if role in wanted}
    items = _items(header, rows, roles, grain)
    by_index = {index: role for role, index in roles.items()}
    columns = []
    for index in range(len(header.texts)):
        title, number = header.title(index), index + 1 + table.offset
        role = by_index.get(index, "item" if title in items and "item" not in roles else "")
        columns.append(Column(number, title, role, GUESSED if index in by_index else LEFT if role else ""))
    text = _text(name, table, header, grain, roles, items, _options(rows, roles, header, items, grain))
    return Proposal(table, header, grain, tuple(columns), text)


def _roles(header: Header, rows: list[Row]) -> dict[str, int]:
    """One column for each kind of thing, by usual words; municipalities by what stands in the cells too."""
    roles: dict[str, int] = {}
    keys = [item_key(header.title(index)) for index in range(len(header.texts))]
    for role, words in HEADERS.items():
        for word in words:
            found = [index for index, key in enumerate(keys) if key == word and index not in roles.values()]
            if len(found) == 1:
                roles[role] = found[0]
                break
    if "code" not in roles and "name" not in roles:
        for index in range(len(keys)):
            cells = [row[index] for row in rows[:200] if index < len(row) and text_of(row[index])]
            if cells and sum(map(names_municipality, cells)) * 2 > len(cells):
                roles["code" if text_of(cells[0])[-1:].isdigit() else "name"] = index
                break
    return roles


def _grain(header: Header, rows: list[Row], roles: dict[str, int]) -> Grain:
    if "weight" in roles:
        return "answers"
    if "option" in roles and "count" in roles:
        return "counts"
    if any(_outside(header.title(index).rpartition(" / ")[2]) for index in range(len(header.texts))):
        return "counts"
    index = roles.get("code", roles.get("name", 0))
    repeated = Counter(text_of(row[index]) for row in rows if index < len(row))
    if "item" not in roles and repeated and max(repeated.values()) > 3:
        return "answers"
    return "values"


def _outside(text: str) -> bool:
    return any(word in item_key(text) for word in _OUTSIDE)


def _items(header: Header, rows: list[Row], roles: dict[str, int], grain: Grain) -> list[str]:
    """What seems to be asked: the texts of the item column, else the headers that are nothing else."""
    if "item" in roles:
        texts = Counter(text_of(row[roles["item"]]) for row in rows if roles["item"] < len(row))
        return _once(text for text, _count in texts.most_common() if text)[:MOST_ITEMS]
    left = [index for index in range(len(header.texts)) if index not in roles.values() and header.texts[index]]
    if grain == "counts":
        uppers = dict.fromkeys(header.title(index).rpartition(" / ")[0] for index in left)
        return [text for text in uppers if text][:MOST_ITEMS] or ["?"]
    if grain == "values":
        if "value" in roles:
            return ["?"]
        left = [index for index in left if _numeric(rows, index)]
    else:  # neither numbers of respondents nor what they wrote in their own words is a question with a scale
        left = [index for index in left if 0 < len(_texts(rows, index)) <= MOST_OPTIONS]
    return [header.title(index) for index in left][:MOST_ITEMS] or ["?"]


def _once(texts: Iterable[str]) -> list[str]:
    """``texts`` without other ways to write an earlier one, and without what programs write for nothing."""
    return list({key: text for text in reversed(list(texts)) if (key := item_key(text)) not in _NOTHING}.values())[::-1]


def _texts(rows: list[Row], index: int) -> Counter[str]:
    return Counter(text for row in rows if index < len(row) and (text := text_of(row[index])))


def _numeric(rows: list[Row], index: int) -> bool:
    said = [say(row[index]) for row in rows[:200] if index < len(row) and text_of(row[index])]
    return bool(said) and sum(one.number is not None or one.why is not None for one in said) * 2 > len(said)


def _options(rows: list[Row], roles: dict[str, int], header: Header, items: list[str], grain: Grain) -> list[str]:
    if grain == "values":
        return []
    if grain == "counts" and "option" not in roles:
        titles = [header.title(index).rpartition(" / ")[2] for index in range(len(header.texts))
                  if index not in roles.values()]  # fmt: skip
        return list(dict.fromkeys(title for title in titles if title))
    indexes = [roles["option"]] if "option" in roles else [roles["answer"]] if "answer" in roles else [
        index for index in range(len(header.texts)) if header.title(index) in items
    ]  # fmt: skip
    found: Counter[str] = Counter()
    for index in indexes:
        found += _texts(rows, index)
    return _once(text for text, count in found.most_common(MOST_OPTIONS) if count >= FEW or "option" in roles)


def _text(name: str, sheet: Sheet, header: Header, grain: Grain, roles: dict[str, int], items: list[str],
          options: list[str]) -> str:  # fmt: skip
    id_ = slug(PurePath(name).stem) or "wave"
    lines = [
        f"schema: {SCHEMA}",
        "# Made from the file alone. Fill in what stands blank, and check what is filled in: it is a guess.",
        f"id: {_quoted(id_)}",
        "title: {et: , en: }",
        "publisher:",
        "source: {text: }",
        "fieldwork: {from: , to: }  # days (2026-03-02) or months (2026-03)",
        "language: et",
    ]
    if options:
        lines.append("scale:  # what each answer counts as: positive, negative, or outside (“cannot say”)")
        for option in options:
            counts = "outside" if _outside(option) else ""
            lines.append(f"  - {{label: {_quoted(option)}, counts: {counts}}}")
    lines.append("items:  # measure: share (in percent) or index (in points); base: all or valid answers")
    ids: set[str] = set()
    for number, item in enumerate(items, start=1):
        own = slug(item)[:40] or f"item-{number}"
        own = f"{own}-{number}" if own in ids else own
        ids.add(own)
        lines += [
            f"  - id: {_quoted(own)}",
            f"    label: {_quoted(item)}",
            "    measure:",
            "    base:",
            "    unit:",
        ]
    lines += ["table:", f"  grain: {grain}  # values, counts (of answers) or answers (of respondents)"]
    if sheet.name:
        lines.append(f"  sheet: {_quoted(sheet.name)}")
    for key in ("encoding", "delimiter"):
        if key in sheet.notes:
            lines.append(f"  {key}: {_quoted(sheet.notes[key])}")
    lines.append(f"  header: [{', '.join(map(str, header.rows))}]")
    if roles:
        lines.append("  columns:  # by their headers; guessed by usual words")
        lines += [f"    {role}: {_quoted(header.title(index) or f'#{index + 1 + sheet.offset}')}"
                  for role, index in roles.items()]  # fmt: skip
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
