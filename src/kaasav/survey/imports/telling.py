"""What an import came to, as plain data."""

from collections.abc import Mapping
from typing import Any

from kaasav.plain import plain
from kaasav.survey.imports.gathering import Gathered
from kaasav.survey.imports.importing import Outcome
from kaasav.survey.wave import Row


def as_data(outcome: Outcome, *, written: bool) -> dict[str, Any]:
    """What was read, made and found wrong; ``written`` tells whether the wave was written too."""
    reading, described = outcome.reading, outcome.described
    data: dict[str, Any] = {
        "wave": described.id if described else None,
        "became": outcome.became,
        "version": outcome.version,
        "written": written,
        "problems": [problem.as_data() for problem in outcome.problems],
    }
    if reading.sheet is not None:
        data["read"] = {"file": reading.sheet.file, "sheet": reading.sheet.name, **reading.sheet.notes}
    if reading.header is not None:
        data["header"] = {"rows": list(reading.header.rows), "guessed": reading.header.guessed}
    if reading.gathered is not None:
        gathered = reading.gathered
        data |= {
            "columns": [plain(column) for column in gathered.layout.columns],
            "matched": gathered.matched,
            "filtered": gathered.filtered,
            "skipped": [plain(one) for one in gathered.skipped],
            "items": items(gathered),
        }
    return data


def items(gathered: Gathered) -> list[dict[str, Any]]:
    """For each item: municipalities with a value and without, groups too small, cells without an answer."""
    return [
        {
            "id": item.id,
            "with_value": _count(gathered.rows.get(item.id, {}), there=True),
            "without_value": _count(gathered.rows.get(item.id, {}), there=False),
            "too_few": gathered.suppressed[item.id],
            "unanswered": gathered.unanswered[item.id],
        }
        for item in gathered.described.items
    ]


def _count(rows: Mapping[str, Row], *, there: bool) -> int:
    return sum((row.value is not None) is there for row in rows.values())
