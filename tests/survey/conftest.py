"""The waves that come with the product, and small ones made for one test."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kaasav.survey.reader import read_wave
from kaasav.survey.wave import Description, Row, Wave

WAVES = Path(__file__).parents[2] / "criteria" / "waves"
REASON = {"et": "ei ole avaldatud", "en": "not published"}


def stated(value: object) -> dict[str, Any]:
    return {"value": value, "source": {"text": "report"}}


def assumed(value: object) -> dict[str, Any]:
    return {"value": value, "assumed": REASON}


def read_published(wave_id: str) -> Wave:
    description, values = WAVES / f"{wave_id}.yaml", WAVES / f"{wave_id}.csv"
    wave, problems = read_wave(description.read_bytes(), values.read_bytes(), f"{wave_id}.yaml")
    assert problems == []
    assert wave is not None
    return wave


@pytest.fixture(scope="session")
def published() -> dict[str, Wave]:
    """Every wave under ``criteria/waves``, by id."""
    return {path.stem: read_published(path.stem) for path in sorted(WAVES.glob("*.yaml"))}


def wave_with(
    *rows: Row,
    measure: str = "share",
    base: str = "valid",
    reference: object = "51.6",
    fieldwork: tuple[str, str] = ("2026-03-02", "2026-04-17"),
    **sampling: dict[str, Any],
) -> Wave:
    item: dict[str, Any] = {
        "id": "kaasamine", "indicator": "SI_KAASAMINE", "label": "Kaasamine", "measure": measure, "base": base,
        "unit": "percent" if measure == "share" else "points",
        "reference": stated(reference) if reference is not None else None,
    }  # fmt: skip
    description = Description.model_validate({
        "id": "test", "title": {"en": "Test"}, "publisher": "Nobody", "source": {"text": "none"}, "language": "et",
        "fieldwork": {"from": fieldwork[0], "to": fieldwork[1]}, "sampling": sampling,
        "items": [item, item | {"id": "info", "indicator": "SI_INFO", "label": "Info"}],
    })  # fmt: skip
    return Wave(description, {"kaasamine": {row.code: row for row in rows}, "info": {}}, "", "")


@pytest.fixture(scope="session")
def make_wave() -> Callable[..., Wave]:
    """`wave_with`: a wave of two items, ``kaasamine`` with the given rows and ``info`` with none."""
    return wave_with


@pytest.fixture(scope="session")
def make_row() -> Callable[..., Row]:
    """A row of Rõuge vald, its numbers given as text."""

    def row(value: str | None, n: int | None = None, sd: str | None = None, code: str = "0698", **rest: Any) -> Row:
        exact = None if value is None else Fraction(value)
        return Row(code, "Rõuge vald", exact, n, None if sd is None else Fraction(sd), **rest)

    return row


@pytest.fixture(scope="session")
def known() -> Callable[[object], dict[str, Any]]:
    """A fact with its source."""
    return stated


@pytest.fixture(scope="session")
def guessed() -> Callable[[object], dict[str, Any]]:
    """A fact that is assumed."""
    return assumed


@pytest.fixture(scope="session")
def waves_folder() -> Path:
    """Where the waves of the product lie."""
    return WAVES
