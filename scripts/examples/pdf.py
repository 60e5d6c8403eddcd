"""Papers as PDF, set by Typst with the fonts it brings along, so that every machine sets the same lines."""

import datetime
import json
from pathlib import Path

from examples.markup import FOOT, Paper, long_date

TEMPLATE = Path(__file__).with_name("paper.typ")


def make(paper: Paper) -> bytes:
    """The PDF of ``paper``; its dates are the paper's own."""
    import typst

    data = {
        "head": paper.head,
        "date": paper.date.isoformat(),
        "shown_date": long_date(paper.date),
        "title": paper.title,
        "foot": FOOT,
        "blocks": paper.blocks,
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        pdf_tags=False,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        timestamp=int(datetime.datetime.combine(paper.date, datetime.time(9), datetime.UTC).timestamp()),
    )
    return made
