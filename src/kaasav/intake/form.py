"""The YAML form: what the workbook asks, for people without Excel."""

from collections.abc import Collection, Sequence
from pathlib import Path

from kaasav.intake.row import SCHEMA, Answer, Row, fields
from kaasav.intake.yamltext import dump
from kaasav.language import N_, _

WORKBOOK, FORM = "intake{}.xlsx", "intake-proposal{}.yaml"

ABOUT = N_(
    "What came in, and what Kaasav takes it for. Nothing of this is in evidence.yaml yet.\n"
    "Correct what is wrong, write “take: false” where something is no evidence, then:\n"
    "  kaasav evidence confirm THIS-FILE\n"
    "“why” and “warnings” are for reading. A use may get a passage (word for word), a page, or whole: true."
)


def content(rows: Sequence[Row]) -> bytes:
    """The form's bytes."""
    return dump({"schema": SCHEMA, "items": [row.data() for row in rows]}, _(ABOUT))


def base(row: Row) -> dict[str, str]:
    """What the row proposes, field by field, as `fields` tells an answer."""
    data = {key: value for key, value in row.data().items() if value is not None}
    return fields(Answer.model_validate({**data, "take": "true" if row.take else "false"}))


def free_names(folder: Path) -> tuple[str, str]:
    """The names of the next workbook and YAML form, so that none that a person may have filled in is overwritten."""
    number = 1
    while True:
        names = tuple(pattern.format(f"-{number}" if number > 1 else "") for pattern in (WORKBOOK, FORM))
        if not any((folder / name).exists() for name in names):
            return names[0], names[1]
        number += 1


def quoting(folder: Path, sha256s: Collection[str]) -> tuple[str, ...]:
    """The names of forms in ``folder`` that hold a row of one of these files, and with it words from its text.

    A workbook says what the YAML form beside it says; one that stands alone is named too, for it may.
    """
    found = []
    for book in sorted(folder.glob(WORKBOOK.format("*"))):
        if not (folder / _twin(book.name)).exists():
            found.append(book.name)
    for form in sorted(folder.glob(FORM.format("*"))):
        try:
            text = form.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = "".join(sha256s)
        if any(one in text for one in sha256s):
            book_name = WORKBOOK.format(form.name.removeprefix("intake-proposal").removesuffix(".yaml"))
            found += [name for name in (book_name, form.name) if (folder / name).exists()]
    return tuple(found)


def _twin(workbook: str) -> str:
    return FORM.format(workbook.removeprefix("intake").removesuffix(".xlsx"))
