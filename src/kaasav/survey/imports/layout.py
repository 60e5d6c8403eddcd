"""Which column is what: as the description says, else by items, answers and usual words; always with the reason."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from kaasav.language import N_
from kaasav.problems import Problem, error
from kaasav.survey.imports.columns import BY_ITEM, BY_OPTION, DESCRIBED, GUESSED, IGNORED, OTHER, Column, Layout
from kaasav.survey.imports.description import FileOption, SurveyFile
from kaasav.survey.imports.header import Header
from kaasav.survey.imports.titles import Titles
from kaasav.survey.imports.words import HEADERS, OF_GRAIN, OF_INDEX, OF_SHARE
from kaasav.survey.rows import item_key
from kaasav.survey.tables.sheet import Sheet
from kaasav.yamldoc.scalars import Model

WHICH = error(
    "survey-column-which",
    N_("“{role}” may be each of the columns {columns}"),
    N_("write which is meant under “columns”, such as “#3”, or name the others under “ignore”"),
)
ITEM_TWICE = error(
    "survey-item-columns",
    N_("“{item}” has {count} columns with its {role}: {columns}"),
    N_("write which is meant under the item’s “columns”, such as “#3”, or name the others under “ignore”"),
)
ANSWER_TWICE = error(
    "survey-answer-columns",
    N_("{count} columns are the answer “{answer}”: {columns}"),
    N_("name those that are not meant under “ignore”"),
)
TWO_ROLES = error("survey-column-roles", N_("the column “{header}” is named both as “{first}” and as “{second}”"))
NO_WHO = error(
    "survey-no-municipality-column",
    N_("no column says which municipality a row is about"),
    N_("write the header over its code or its name under “columns”"),
)
OTHER_ITEM = error(
    "survey-item-header",
    N_("the item “{item}” is not described"),
    N_("describe it, or write “other_items: skip”; described are: {known}"),
)
NEEDED = error(
    "survey-column-needed",
    N_("there is no column for “{role}”"),
    N_("write the header over it under “columns”; the columns are: {known}"),
)
NO_ITEM = error(
    "survey-item-column",
    N_("no column was found for the item “{item}”"),
    N_("write its header as an alias of the item, or under the item’s “columns”; the columns are: {known}"),
)

_PLAIN = {"values": "value", "answers": "answer"}
_BY_ROW = ("code", "name", "item")
"""Of these the more usual header is taken where there are several: codes and names are compared with each other."""


def lay_out(
    sheet: Sheet, header: Header, described: SurveyFile, titles: Iterable[str] = ()
) -> tuple[Layout, list[Problem]]:
    """Find every column of ``sheet``; ``titles`` are those of columns that were joined behind its own.

    Returns:
        The layout, and every column that is missing or stands there twice.
    """
    finder = _Finder(Titles(sheet, header, titles), described)
    finder.find()
    return finder.layout, finder.titles.problems


def words_of(described: SurveyFile) -> set[str]:
    """What columns of a file may be called: usual words, items, answers, and what is described."""
    words = {word for some in HEADERS.values() for word in some}
    for item in described.items:
        words.update(map(item_key, (item.id, item.label, *item.aliases)))
        words.update(item_key(text) for text in item.columns.model_dump().values() if text)
        words.update(item_key(word) for option in described.scale_of(item) for word in (option.label, *option.aliases))
    words.update(item_key(text) for text in described.table.columns.model_dump().values() if text)
    words.update(item_key(joined.on) for joined in described.table.joined)
    return words


class _Finder:
    def __init__(self, titles: Titles, described: SurveyFile) -> None:
        self.titles, self.described, self.layout = titles, described, Layout()
        self.taken: dict[int, Column] = {}
        self.ignored: set[int] = set()
        self.of_others: set[int] = set()
        self.strangers: set[str] = set()
        self.words = {item_key(word): item.id for item in described.items
                      for word in (item.id, item.label, *item.aliases)}  # fmt: skip

    def find(self) -> None:
        table, grain = self.described.table, self.described.table.grain
        for wanted in table.ignore:
            self.ignored |= self.titles.same(wanted)
        for role, wanted in self.given(table.columns):
            self.role(role, wanted)
        for item in self.described.items:
            for role, wanted in self.given(item.columns):
                index = self.titles.named(wanted)
                if index is not None:
                    self.layout.wide.setdefault(item.id, {})[role] = index
                    self.describe(index, role, item=item.id)
        if "item" not in self.layout.roles and _PLAIN.get(grain) not in self.layout.roles:
            self.find_wide(grain)
        if grain == "values":
            self.pair("n")
            self.pair("sd")
        if grain == "counts":
            self.find_options()
        for role in OF_GRAIN[grain]:
            self.guess(role)
        self.check(grain)
        self.layout.columns = [
            self.taken.get(index, Column(self.titles.number(index), title, why=self.left_out(index)))
            for index, title in enumerate(self.titles.texts)
        ]

    def left_out(self, index: int) -> str:
        """Why a column that is not used is left out; "" if nothing says so."""
        return OTHER if index in self.of_others else IGNORED if index in self.ignored else ""

    def given(self, columns: Model) -> Iterator[tuple[str, str]]:
        for role in type(columns).model_fields:
            wanted = getattr(columns, role)
            if wanted is not None:
                yield role, wanted

    def take(self, index: int, role: str, why: str, *, item: str = "", option: str = "") -> None:
        self.taken[index] = Column(self.titles.number(index), self.titles.texts[index], role, why, item, option)

    def describe(self, index: int, role: str, *, item: str = "") -> None:
        """Take a column as the description says; that one is named for two different things is said."""
        before = self.taken.get(index)
        if before is not None and before.role != role:
            header = self.titles.texts[index] or f"#{self.titles.number(index)}"
            self.titles.say(TWO_ROLES, header=header, first=before.role, second=role)
        self.take(index, role, DESCRIBED, item=item)

    def free(self) -> Iterator[tuple[int, str]]:
        """The columns with a header that nothing is known of yet."""
        for index, title in enumerate(self.titles.texts):
            if title and index not in self.taken and index not in self.ignored:
                yield index, title

    def role(self, role: str, wanted: str) -> None:
        index = self.titles.named(wanted)
        if index is not None:
            self.layout.roles[role] = index
            self.describe(index, role)

    def find_wide(self, grain: str) -> None:
        """Columns of single items, by the item's words: over the value alone, or over value, n and so on."""
        plain = _PLAIN.get(grain, "value")
        described = {(item, role) for item, columns in self.layout.wide.items() for role in columns}
        found: dict[tuple[str, str], list[int]] = {}
        kinds = () if grain == "counts" else ("value", "n", "sd", "design_effect") if grain == "values" else ("answer",)
        for index, title in self.free():
            upper, _sep, lower = title.rpartition(" / ")
            item, role = self.words.get(item_key(title)), plain
            if item is None and upper:
                item = self.words.get(item_key(upper.rpartition(" / ")[2])) or self.words.get(item_key(upper))
                role = next((kind for kind in kinds if item_key(lower) in HEADERS[kind]), "")
                role = "" if role == "value" and item and item_key(lower) in self.other_measures(item) else role
            if item and role in kinds and (item, role) not in described:
                found.setdefault((item, role), []).append(index)
        for (item, role), indexes in found.items():
            if len(indexes) > 1:
                self.titles.say(
                    ITEM_TWICE, item=item, count=len(indexes), role=role, columns=self.titles.places(indexes)
                )
            self.layout.wide.setdefault(item, {})[role] = indexes[0]
            self.take(indexes[0], role, BY_ITEM, item=item)

    def other_measures(self, item_id: str = "") -> frozenset[str]:
        """Headers no value of this item stands under (of no item, where none is named), as it is measured."""
        measures = {item.measure for item in self.described.items if item_id in ("", item.id)}
        return OF_INDEX if measures == {"share"} else OF_SHARE if measures == {"index"} else frozenset()

    def pair(self, role: str) -> None:
        """Where the same header stands beside several items, each column belongs to the item before it."""
        values = {columns["value"]: item for item, columns in self.layout.wide.items() if "value" in columns}
        for word in HEADERS[role]:
            same = [index for index, title in self.free() if item_key(title) == word]
            if len(same) < 2 or not values:
                continue
            before = [max((value for value in values if value < index), default=None) for index in same]
            if None not in before and len(set(before)) == len(same):
                for index, value in zip(same, before, strict=True):
                    item = values[value or 0]
                    if role not in self.layout.wide[item]:
                        self.layout.wide[item][role] = index
                        self.take(index, role, BY_ITEM, item=item)

    def find_options(self) -> None:
        """Columns of counts, by the words of the answers; under an item's words where there are two rows of header."""
        if "option" in self.layout.roles:
            return
        places: dict[tuple[str, int], list[int]] = {}
        blocks = any(item_key(title.rpartition(" / ")[0]) in self.words for _index, title in self.free())
        for index, title in self.free():
            upper, _sep, lower = title.rpartition(" / ")
            item = self.words.get(item_key(upper), "") if upper else ""
            found = next((place for place, option in enumerate(self.scale(item))
                          if item_key(lower) in map(item_key, (option.label, *option.aliases))), None)  # fmt: skip
            if found is None:
                continue
            if upper and blocks and not item:
                self.foreign(index, upper)
                continue
            places.setdefault((item, found), []).append(index)
        for (item, found), indexes in places.items():
            label = self.scale(item)[found].label
            if len(indexes) > 1:
                self.titles.say(ANSWER_TWICE, answer=label, count=len(indexes), columns=self.titles.places(indexes))
            self.layout.options.setdefault(item, {})[found] = indexes[0]
            self.take(indexes[0], "count", BY_OPTION, item=item, option=label)

    def foreign(self, index: int, upper: str) -> None:
        """A column of counts under the words of an item that is not described."""
        self.ignored.add(index)
        self.of_others.add(index)
        if self.described.table.other_items == "refuse" and upper not in self.strangers:
            self.strangers.add(upper)
            known = ", ".join(item.id for item in self.described.items)
            self.titles.say(OTHER_ITEM, item=upper[:80], known=known)

    def scale(self, item_id: str) -> tuple[FileOption, ...]:
        """The scale of an item, or of all where a column stands for none alone."""
        items = self.described.items
        own = next((item for item in items if item.id == item_id), items[0] if len(items) == 1 else None)
        return self.described.scale_of(own) if own else self.described.scale

    def guess(self, role: str) -> None:
        """A column not described, by a usual word over it; if two could be it, that is asked."""
        wide = self.layout.wide
        if role in self.layout.roles or (role in ("value", "answer") and wide):
            return
        if any(role in columns for columns in wide.values()):  # items with columns of their own share none
            return
        if role in ("option", "count", "item") and self.layout.options.keys() - {""}:
            return
        if role in ("option", "count") and self.layout.options:
            return
        others = self.other_measures() if role == "value" else frozenset()
        free = [(index, item_key(title)) for index, title in self.free()]
        by_word = [[index for index, key in free if key == word] for word in HEADERS[role] if word not in others]
        found = [indexes for indexes in by_word if indexes]
        if not found:
            return
        candidates = sorted(chain.from_iterable(found))
        several = len(found[0]) > 1 if role in _BY_ROW else len(candidates) > 1
        if several:
            self.titles.say(WHICH, role=role, columns=self.titles.places(candidates))
        self.layout.roles[role] = found[0][0]
        self.take(found[0][0], role, GUESSED)

    def check(self, grain: str) -> None:
        roles, items = self.layout.roles, self.described.items
        if self.titles.problems:
            return
        if "code" not in roles and "name" not in roles:
            self.titles.say(NO_WHO)
        needed = {"values": ("value",), "counts": ("option", "count"), "answers": ("answer",)}[grain]
        own: Mapping[str, object] = self.layout.options if grain == "counts" else self.layout.wide
        if own and "" not in own:
            for item in items:
                if item.id not in own or (grain != "counts" and needed[0] not in self.layout.wide[item.id]):
                    self.titles.say(NO_ITEM, item=item.id, known=self.titles.known())
            return
        if not own:
            for role in needed:
                if role not in roles:
                    self.titles.say(NEEDED, role=role, known=self.titles.known())
        if "item" not in roles and len(items) != 1:
            self.titles.say(NEEDED, role="item", known=self.titles.known())
