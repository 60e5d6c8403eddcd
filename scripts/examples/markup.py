"""The plain markup the example papers are written in: one text becomes a PDF or a Word document.

``% key: value`` lines head the file; blank lines part the blocks; ``# `` title, ``## `` and ``### `` headings, ``- ``
lists, ``| a | b |`` tables (first row: head), ``: `` lines kept as they are, ``===`` a new page; anything else is a
paragraph, in which ``**…**`` is bold.
"""

import datetime
from dataclasses import dataclass
from typing import Any

FOOT = "Väljamõeldud õppematerjal"
MONTHS = (
    "jaanuar", "veebruar", "märts", "aprill", "mai", "juuni",
    "juuli", "august", "september", "oktoober", "november", "detsember",
)  # fmt: skip

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what stands in its head, and its blocks in order."""

    head: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def date(self) -> datetime.date:
        """The day the paper was made, as its file states it."""
        return datetime.date.fromisoformat(self.head["kuupäev"])

    @property
    def title(self) -> str:
        """The first title, or the kind of paper."""
        titles = [block["text"] for block in self.blocks if block["kind"] == "title"]
        return titles[0] if titles else self.head["liik"]


def long_date(day: datetime.date) -> str:
    """A date as papers write it: ``21. mai 2024``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def split_head(text: str) -> tuple[dict[str, str], str]:
    """The ``% key: value`` lines a text begins with, and the rest."""
    head: dict[str, str] = {}
    lines = text.splitlines()
    while lines and lines[0].startswith("% "):
        key, _, value = lines.pop(0)[2:].partition(":")
        head[key.strip()] = value.strip()
    return head, "\n".join(lines)


def parse(text: str) -> Paper:
    """A paper from its text."""
    head, body = split_head(text)
    return Paper(head, tuple(_block(part.split("\n")) for part in body.strip().split("\n\n") if part.strip()))


def _block(lines: list[str]) -> Block:
    lines = [line for line in lines if line.strip()]
    first = lines[0]
    if first == "===":
        return {"kind": "page"}
    for mark, kind in (("### ", "sub"), ("## ", "heading"), ("# ", "title")):
        if first.startswith(mark):
            return {"kind": kind, "text": " ".join([first.removeprefix(mark), *lines[1:]])}
    if first.startswith("|"):
        return {"kind": "table", "rows": [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]}
    if first.startswith("- "):
        joined = "\n".join(lines).replace("\n  ", " ")
        return {"kind": "list", "items": [runs(line.removeprefix("- ")) for line in joined.split("\n")]}
    if first.startswith(": "):
        return {"kind": "lines", "lines": [runs(line.removeprefix(": ")) for line in lines]}
    return {"kind": "paragraph", "runs": runs(" ".join(lines))}


def runs(text: str) -> list[dict[str, Any]]:
    """A text cut at ``**``: pieces with whether they are bold."""
    return [{"text": part, "bold": bool(n % 2)} for n, part in enumerate(text.split("**")) if part]
