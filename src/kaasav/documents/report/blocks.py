"""The pieces a report is built of: plain mappings that PDF, Word and HTML each lay out in their own way."""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]


def section(id_: str, title: str, *blocks: Block | None) -> dict[str, Any]:
    """A chapter: ``id`` (stable, for templates), ``title`` and its blocks; those that are None are left out."""
    return {"id": id_, "title": title, "blocks": [block for block in blocks if block is not None]}


def text(*sentences: str) -> Block | None:
    """A paragraph of sentences; None where there is none."""
    said = " ".join(sentence for sentence in sentences if sentence)
    return {"type": "text", "text": said} if said else None


def answer(state: str, sentence: str, detail: str = "") -> Block:
    """The answer, set apart; ``state`` is ``met``, ``open``, ``not_met`` or ``none``."""
    return {"type": "answer", "state": state, "text": sentence, "detail": detail}


def points(items: Iterable[str], title: str = "") -> Block | None:
    """A list, with a lead-in; None where there is nothing to list."""
    listed = list(items)
    return {"type": "points", "title": title, "items": listed} if listed else None


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], wide: Sequence[int] = (1,)) -> Block | None:
    """A table with a header row; ``wide`` are the columns that take the room there is. None without rows."""
    filled = [list(row) for row in rows]
    if not filled:
        return None
    return {"type": "table", "caption": caption, "head": list(head), "rows": filled, "wide": list(wide)}


def chart(drawn: dict[str, Any], wide: Sequence[int] = (1,)) -> Block:
    """A chart with the table behind it (see `kaasav.documents.report.charts`)."""
    return {"type": "chart", **drawn, "table": {**drawn["table"], "wide": list(wide)}}


def note(*sentences: str) -> Block | None:
    """Small print: what something rests on."""
    said = " ".join(sentence for sentence in sentences if sentence)
    return {"type": "note", "text": said} if said else None


def step(heading: str, facts: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Block:
    """One step in full: what is asked, what carries it, advice; ``parts`` are lead-ins with their points."""
    told = [{"title": title, "items": list(items)} for title, items in parts if items]
    return {"type": "step", "heading": heading, "facts": facts, "parts": told}
