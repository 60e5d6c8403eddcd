"""How well intake recognises papers: measured on papers with a truth table, reported with ``pytest -s``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kaasav.intake.intake import Outcome


@dataclass(frozen=True)
class Measured:
    """How many of the papers came out right, and what did not."""

    papers: int
    kinds: int
    dates: int
    wrong_dates: int
    numbers: int
    wrong: tuple[str, ...]

    def told(self, name: str) -> str:
        head = (
            f"\n{name}: {self.papers} papers; kinds right {self.kinds} ({self.kinds / self.papers:.0%}); dates right or rightly "
            f"empty {self.dates} ({self.dates / self.papers:.0%}), wrong {self.wrong_dates}; numbers right {self.numbers} "
            f"({self.numbers / self.papers:.0%})"
        )
        return "\n  ".join([head, *self.wrong])


def measured(outcome: Outcome, papers: tuple[Any, ...]) -> Measured:
    rows = {row.came_as: row for row in outcome.rows}
    kinds = dates = wrong_dates = numbers = 0
    wrong = []
    for paper in papers:
        p = rows[paper.name].proposal
        kinds += p.kind.value == paper.kind
        dates += p.date.value == paper.date
        wrong_dates += bool(p.date.value) and p.date.value != paper.date
        numbers += p.number.value == paper.number
        if p.kind.value != paper.kind:
            wrong.append(f"kind   {paper.name}: {paper.kind}, proposed {p.kind.value or 'nothing'} ({p.kind.reason})")
        if p.date.value != paper.date:
            wrong.append(
                f"date   {paper.name}: {paper.date or 'none'}, proposed {p.date.value or 'nothing'} ({p.date.reason})"
            )
        if p.number.value != paper.number:
            wrong.append(f"number {paper.name}: {paper.number or 'none'}, proposed {p.number.value or 'nothing'}")
        if paper.issuer and p.issuer.value.casefold() != paper.issuer.casefold():
            wrong.append(f"issuer {paper.name}: {paper.issuer}, proposed {p.issuer.value or 'nothing'}")
    return Measured(len(papers), kinds, dates, wrong_dates, numbers, tuple(wrong))


@pytest.mark.parametrize(("set_", "least"), [("PAPERS", 0.8), ("FRESH", 0.6)])
def test_the_right_kind_for_most_papers_and_no_wrong_date(
    desk: Any, make_papers: Any, tmp_path: Path, set_: str, least: float
) -> None:
    papers = getattr(make_papers, set_)
    make_papers.make(tmp_path / "post", papers)
    outcome = desk.intake(tmp_path / "post")
    result = measured(outcome, papers)
    print(result.told(set_))  # noqa: T201
    assert result.wrong_dates == 0
    assert result.kinds / result.papers >= least
