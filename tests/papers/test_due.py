import datetime

import pytest

from kaasav.papers.due import all_due
from kaasav.papers.members import of_workspace

LIST = """- {id: kiri, title: K, kind: letter, file: evidence/kiri.txt}
- {id: akt, title: A, kind: act, file: evidence/akt.txt}
- {id: varem, title: V, kind: act, file: evidence/v.txt, kept_until: 2026-12-31}
- {id: hiljem, title: H, kind: letter, file: evidence/h.txt, kept_until: 2040-01-01}
- {id: kustutatud, title: X, kind: letter, file: evidence/x.txt, kept_until: 2026-12-31, erased: {on: 2026-11-01, by: cat, reason: palve, sha256: "%s"}}
- {id: link, title: L, kind: letter, link: "https://naidis.ee", kept_until: 2026-12-31}
""" % ("0" * 64)


def told(ground, on: str) -> list[tuple[str, str, bool]]:
    problems: list = []
    found = all_due(of_workspace(ground.workspace), ground.workspace, datetime.date.fromisoformat(on), problems)
    rows = [(one.item.id, one.kept_until.isoformat(), one.stated) for _member, one in found]
    assert problems == []
    return rows


@pytest.mark.parametrize(
    ("on", "items"),
    [
        ("2026-12-31", []),
        ("2027-01-01", [("varem", "2026-12-31", True)]),
        ("2031-10-31", [("varem", "2026-12-31", True)]),
        ("2031-11-01", [("kiri", "2031-10-31", False), ("varem", "2026-12-31", True)]),
        ("2040-01-02", [("kiri", "2031-10-31", False), ("varem", "2026-12-31", True), ("hiljem", "2040-01-01", True)]),
    ],
)
def test_the_last_day_is_still_kept(ground, on: str, items: list[tuple[str, str, bool]]) -> None:
    ground.list(LIST)
    assert told(ground, on) == items


def test_without_a_catalogue_stated_dates_still_fall_due(ground) -> None:
    ground.list(LIST)
    (ground.root / "criteria" / "small" / "1.10.yaml").unlink()
    problems: list = []
    found = list(all_due(of_workspace(ground.workspace), ground.workspace, datetime.date(2050, 1, 1), problems))
    assert [one.item.id for _member, one in found] == ["varem", "hiljem"]
    assert [problem.code for problem in problems] == ["no-catalogue"]
