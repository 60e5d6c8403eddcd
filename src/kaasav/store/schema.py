"""What the database looks like: its tables and views as SQL, its version, and the steps between versions."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

APPLICATION_ID = 0x4B414153  # “KAAS”
RECORDED = "result-recorded"

_HERE = Path(__file__).parent


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


# Step i leads from version i to i + 1. A step may change tables, indexes and triggers; views are made anew after it.
MIGRATIONS: tuple[str, ...] = (_read("tables.sql"),)

# Shares stand as “791/1300” or “1”: exact integers up to 15 digits a side, rounded half up to one decimal.
_PERCENT = """CASE
        WHEN typeof({x}) <> 'text' OR {x} GLOB '*[^0-9/]*' THEN NULL
        WHEN length({x}) > 30 THEN printf('%.1f', 100.0 * CAST({x} AS REAL) / {real_below})
        ELSE printf('%.1f', (2000 * CAST({x} AS INTEGER) + {below}) / (2 * {below}) / 10.0)
    END"""
_BELOW = "coalesce(nullif(CAST(substr({x}, instr({x} || '/', '/') + 1) AS {type}), 0), 1)"
_SPAN = "CASE WHEN {a} IS {b} THEN CAST({a} AS TEXT) ELSE coalesce({a}, '?') || '–' || coalesce({b}, '?') END"

_COLUMNS = (
    ("round",),
    ("municipality", "code"),
    ("municipality", "name"),
    ("catalogue",),
    ("rules",),
    ("result", "status"),
)

_Object = tuple[str, str]


def version() -> int:
    """The version this Kaasav writes, from 1."""
    return len(MIGRATIONS)


def build(connection: sqlite3.Connection, start: int = 0) -> None:
    """Bring the database from version ``start`` (0: empty) to `version`, inside the caller's transaction.

    Every view is dropped and Kaasav's are made anew: views hold nothing, and stale ones stop tables from changing.
    """
    for kind, name in _objects(connection):
        if kind == "view":
            connection.execute(f'DROP VIEW "{name}"')
    for step in (*MIGRATIONS[start:], _views()):
        for statement in _statements(step):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version()}")


def columns(record: Any) -> list[Any]:
    """What the derived columns of ``result`` have to say for ``record``, from ``round`` to ``status``."""
    return [_at(record, *path) for path in _COLUMNS]


def _at(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def differences(connection: sqlite3.Connection, at: int) -> Iterator[tuple[str, str, str]]:
    """How the database differs from version ``at``: (“missing”, “changed” or “extra”, kind of object, its name).

    Views of an older version are not looked at: they hold nothing, and an upgrade makes them anew.
    """
    current = at == version()
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in (*MIGRATIONS[:at], *([_views()] if current else [])):
            for statement in _statements(step):
                model.execute(statement)
        expected = _objects(model)
    finally:
        model.close()
    found = {key: sql for key, sql in _objects(connection).items() if current or key[0] != "view"}
    for (kind, name), sql in expected.items():
        if (kind, name) not in found:
            yield "missing", kind, name
        elif found[kind, name] != sql:
            yield "changed", kind, name
    for kind, name in sorted(found.keys() - expected.keys()):
        yield "extra", kind, name


def _objects(connection: sqlite3.Connection) -> dict[_Object, str | None]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'")
    return {(kind, name): sql for kind, name, sql in rows}


def _views() -> str:
    def percent(x: str) -> str:
        below, real_below = (_BELOW.format(x=x, type=type_) for type_ in ("INTEGER", "REAL"))
        return _PERCENT.format(x=x, below=below, real_below=real_below)

    def expression(match: re.Match[str]) -> str:
        name, a, b = match.groups()
        if name == "span":
            return _SPAN.format(a=a, b=b)
        return percent(a) if a == b else _SPAN.format(a=percent(a), b=percent(b))

    return re.sub(r"\b(span|percent_span)\((\w+), (\w+)\)", expression, _CODE_ONLY.sub("", _read("views.sql")))


_CODE_ONLY = re.compile(r"^--.*\n", re.MULTILINE)


def _statements(script: str) -> Iterator[str]:
    # One by one, because sqlite3's executescript commits the open transaction first.
    statement = ""
    for piece in re.split("(?<=;)", _CODE_ONLY.sub("", script)):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if statement.strip():
        yield statement.strip()
