"""A record as the rules produce it, and a database with two results."""

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from kaasav.store.database import Store

NOW = datetime.datetime(2026, 5, 4, 12, 30, 15, 999, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))
INPUTS = {"assessment.yaml": "schema: kaasav/assessment/1\nnimi: Näidisvald\n".encode(), "wave.csv": b"a;b\r\n1;2"}


def make_record(code="X001", name="Näidisvald", total="791/1300", inputs=INPUTS, **more):
    return {
        "rules": 1,
        "municipality": {"code": code, "name": name},
        "round": "2026",
        "catalogue": "kaasav-omavalitsus@2026.1",
        "wave": "2024",
        "inputs": {name: sha256(content).hexdigest() for name, content in inputs.items()},
        "evidence": [
            {"item": "T1", "facts": {"sha256": "ab" * 32, "state": "ok", "type": "pdf", "size": 1200, "pages": 3}}
        ],
        "result": {
            "status": "complete",
            "tiers": [{"id": "award", "state": "met", "guard": True, "conditions": ["total", "mandatory"]}],
            "conditions": [
                {
                    "id": "total",
                    "type": "total",
                    "state": "met",
                    "guard": True,
                    "gate": None,
                    "parts": [{"id": "total", "state": "met", "lower": total, "upper": total, "threshold": "3/5"}],
                },
                {
                    "id": "mandatory",
                    "type": "mandatory",
                    "state": "open",
                    "guard": False,
                    "gate": None,
                    "parts": [{"id": "K1", "state": "open", "lower": "2", "upper": "3", "threshold": "3"}],
                },
                {
                    "id": "people",
                    "type": "gate",
                    "state": "open",
                    "guard": False,
                    "gate": {"state": "no_data", "reason": "merged"},
                    "parts": [{"id": "R2", "state": "open", "lower": None, "upper": None, "threshold": None}],
                },
            ],
            "total": {"lower": total, "upper": total},
            "dimensions": [{"id": "K", "weight": 17, "share": {"lower": "37/52", "upper": "1"}}],
            "criteria": [
                {
                    "id": "K1",
                    "dimension": "K",
                    "applies": True,
                    "rated": {"basis": "consensus", "levels": {"lower": 3, "upper": 3}},
                    "support": {"supported": {"lower": 2, "upper": 4}},
                    "counted": {"lower": 2, "upper": 3},
                    "held_back": True,
                    "uses": [
                        {
                            "item": "T1",
                            "kind": "protokoll",
                            "check": "open",
                            "lower": 0,
                            "upper": 2,
                            "reasons": [{"code": "not-seen", "details": []}, {"code": "no-date", "details": []}],
                        }
                    ],
                }
            ],
        },
        **more,
    }


@pytest.fixture(scope="session")
def now() -> datetime.datetime:
    return NOW


@pytest.fixture
def inputs() -> dict[str, bytes]:
    return dict(INPUTS)


@pytest.fixture(scope="session")
def record() -> Callable[..., dict]:
    return make_record


def fill(path: Path) -> Path:
    """A database with two results of X001 (the first recorded twice), one of X002, and a decision."""
    with Store.open(path, create=True) as store:
        store.record(make_record(), INPUTS, at=NOW, event={"folder": "assessments/2026/naidisvald"})
        store.record(make_record(), INPUTS, at=NOW + datetime.timedelta(hours=1))
        store.record(make_record(total="1/3"), INPUTS, at=NOW + datetime.timedelta(hours=2))
        store.record(make_record("X002", "Tammemäe", total="1"), INPUTS, at=NOW + datetime.timedelta(hours=3))
        store.append_event("decision", "X001", {"tier": None, "reason": "hiljem"}, at=NOW + datetime.timedelta(hours=4))
    return path


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """As `database`, for tests that only read it."""
    return fill(tmp_path_factory.mktemp("filled") / "kaasav.db")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database is to be made; its folder's name is awkward in an address."""
    folder = tmp_path / "Märgis 100% ?#"
    folder.mkdir()
    return folder / "kaasav.db"


@pytest.fixture
def database(path: Path) -> Path:
    return fill(path)


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Change a database behind Kaasav's back: without its triggers and checks, which are put back afterwards."""

    def change(path: Path, *statements: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            raw.execute("PRAGMA ignore_check_constraints = ON")
            for name, _ in triggers:
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            for _, sql in triggers:
                raw.execute(sql)

    return change
