"""The headers over a table's columns, looked up by what a description calls them."""

from collections.abc import Iterable

from kaasav.language import N_
from kaasav.problems import Problem, ProblemKind, closest, error
from kaasav.survey.imports.header import Header
from kaasav.survey.rows import item_key
from kaasav.survey.tables.sheet import Sheet, letters

NO_COLUMN = error("survey-no-column", N_("no column is called “{header}”"), N_("the columns are: {known}"))
DID_YOU_MEAN = N_("did you mean “{guess}”?")
SEVERAL = error(
    "survey-column-twice",
    N_("{count} columns are called “{header}”: {columns}"),
    N_("write which is meant, such as “#3” for the third"),
)


class Titles:
    """The title over each column, those of joined files behind the table's own.

    Attributes:
        texts: the titles; "" over a column that has none.
        problems: what could not be found, and what else was said.
    """

    def __init__(self, sheet: Sheet, header: Header, joined: Iterable[str]) -> None:
        self._sheet, self._header, self._own = sheet, header, len(header.texts)
        self.texts = [*(header.title(index) for index in range(self._own)), *joined]
        self.problems: list[Problem] = []

    def number(self, index: int) -> int:
        """A column's number in the file, from 1."""
        return index + 1 + (self._sheet.offset if index < self._own else 0)

    def places(self, indexes: Iterable[int]) -> str:
        """Columns as people find them."""
        return ", ".join(letters(self.number(index)) for index in indexes)

    def known(self) -> str:
        """All titles, as far as there is room to show them."""
        return ", ".join(f"“{title}”" for title in self.texts if title)[:300]

    def say(self, kind: ProblemKind, *, hint: str | None = None, **details: object) -> None:
        """A problem, at the header."""
        self.problems.append(kind.at(self._sheet.place(self._header.last), hint=hint, **details))

    def named(self, wanted: str) -> int | None:
        """The column with this header, or of this number."""
        if wanted.startswith("#") and wanted[1:].isdigit():
            index = int(wanted[1:]) - 1 - self._sheet.offset
            if not self.texts or 0 <= index < len(self.texts):
                while index >= len(self.texts):
                    self.texts.append("")
                return index
        keys = [item_key(title) for title in self.texts]
        found = [index for index, key in enumerate(keys) if key == item_key(wanted)]
        if not found:
            found = [index for index, key in enumerate(keys) if key.rpartition(" / ")[2] == item_key(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            self.say(SEVERAL, count=len(found), header=wanted, columns=self.places(found))
        else:
            guess = closest(wanted, filter(None, self.texts))
            self.say(NO_COLUMN, hint=DID_YOU_MEAN if guess else None, header=wanted, known=self.known(), guess=guess)
        return None

    def same(self, wanted: str) -> set[int]:
        """All columns with this header."""
        key = item_key(wanted)
        same = {index for index, title in enumerate(self.texts)
                if title and key in (item_key(title), item_key(title).rpartition(" / ")[2])}  # fmt: skip
        if not same:
            index = self.named(wanted)
            same = set() if index is None else {index}
        return same
