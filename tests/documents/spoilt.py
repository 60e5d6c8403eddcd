"""A result in which a municipality has written the same text wherever it may write."""

import dataclasses
from typing import Any

from pydantic import BaseModel

from kaasav.documents.source import Source

KEPT = frozenset({"kind", "file", "inside", "criterion", "origin", "added", "verdict", "assessor", "municipality"})
"""What is a reference or a code, not a text."""


def spoilt(source: Source, text: str) -> Source:
    """``source`` with ``text`` as the municipality’s name, as every title, comment, reason, note and item’s id."""
    submission = dataclasses.replace(
        source.submission,
        application=_model(source.submission.application, text),
        evidence=_model(source.submission.evidence, text),
        ratings={name: _model(one, text) for name, one in source.submission.ratings.items()},
        consensus=_model(source.submission.consensus, text) if source.submission.consensus else None,
    )
    record = {
        **_plain(source.record, text),
        "municipality": {**source.municipality, "name": text},
    }
    return dataclasses.replace(source, record=record, submission=submission)


def _model(model: Any, text: str) -> Any:
    changed = {name: _value(getattr(model, name), text) for name in type(model).model_fields if name not in KEPT}
    return model.model_copy(update=changed)


def _value(value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        return _model(value, text)
    if isinstance(value, tuple):
        return tuple(_value(one, text) for one in value)
    if isinstance(value, dict):
        return {key: _value(one, text) for key, one in value.items()}
    return text if isinstance(value, str) else value


def _plain(value: Any, text: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _plain(one, text, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, text) for one in value]
    return text if key == "item" and isinstance(value, str) else value
