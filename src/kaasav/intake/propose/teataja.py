"""The header Riigi Teataja puts above an act, in saved pages and in its PDFs."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaasav.intake.propose import dates

LABELS = {
    "väljaandja": "issuer",
    "akti liik": "form",
    "teksti liik": "text",
    "jõustumise kp": "from_",
    "redaktsiooni jõustumise kp": "from_",
    "redaktsiooni kehtivuse lõpp": "to",
    "avaldamismärge": "published",
}
_LABEL = re.compile(rf"^({'|'.join(sorted(LABELS, key=len, reverse=True))})\s*:\s*(.*)$", re.IGNORECASE)
_ADOPTED = re.compile(
    r"^vastu võetud\s+(?P<date>.{6,24}?)(?:\s+nr\.?\s*(?P<number>[\w./-]*\d[\w./-]*))?$", re.IGNORECASE
)
_WITHIN = 400
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Act:
    """What the header says; "" or None where it does not.

    ``open_end`` is True where it says that the text is in force now, so has no end.
    """

    issuer: str = ""
    form: str = ""
    text: str = ""
    published: str = ""
    from_: datetime.date | None = None
    to: datetime.date | None = None
    open_end: bool = False
    title: str = ""
    adopted: datetime.date | None = None
    number: str = ""
    adopted_line: str = ""


def read(lines: Sequence[str]) -> Act | None:
    """The header among the first ``lines`` of a paper; None unless at least three of its labels stand there."""
    found: dict[str, str] = {}
    after = 0
    for at, line in enumerate(lines[:_WITHIN]):
        match = _LABEL.match(line)
        if not match:
            continue
        value, end = match[2].strip(), at
        if not value and at + 1 < len(lines) and not _LABEL.match(lines[at + 1]):
            value, end = lines[at + 1].strip(), at + 1
        found.setdefault(LABELS[match[1].casefold()], value)
        after = max(after, end + 1)
    if len(found) < _FEWEST or "issuer" not in found or "form" not in found:
        return None
    title, adopted, number, said = _below(lines[after : after + 12])
    return Act(
        issuer=found["issuer"],
        form=found["form"],
        text=found.get("text", ""),
        published=found.get("published", ""),
        from_=_one_day(found.get("from_", "")),
        to=_one_day(found.get("to", "")),
        open_end="hetkel kehtiv" in found.get("to", "").casefold(),
        title=title,
        adopted=adopted,
        number=number,
        adopted_line=said,
    )


def _below(lines: Sequence[str]) -> tuple[str, datetime.date | None, str, str]:
    """The title that stands between the header and “Vastu võetud”, and what that line says."""
    title: list[str] = []
    for line in lines:
        match = _ADOPTED.match(line)
        if match:
            return " ".join(title), _one_day(match["date"]), match["number"] or "", line
        title.append(line)
    return "", None, "", ""


def _one_day(text: str) -> datetime.date | None:
    found = dates.stated(text)
    return found[0].day if len(found) == 1 else None
