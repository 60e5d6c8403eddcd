"""A wave's two files, written from a description and the rows a file gave; the same input gives the same bytes."""

import csv
import datetime
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from operator import attrgetter, is_not
from typing import Any

from kaasav.survey.imports.description import FileItem, FileOption, SurveyFile
from kaasav.survey.imports.shelving import sealed
from kaasav.survey.reader import mean_of_municipalities
from kaasav.survey.rows import HEADER, OPTIONAL
from kaasav.survey.wave import SCHEMA, Row


def values_csv(described: SurveyFile, rows: Mapping[str, Mapping[str, Row]]) -> bytes:
    """The values in their plain form, ordered by item and code; only columns that hold something, but for the first."""
    items: list[str] = []
    ordered: list[Row] = []
    for item in described.items:
        by_code = rows.get(item.id, {})
        items += [item.id] * len(by_code)
        ordered += map(by_code.__getitem__, sorted(by_code))
    who = [map(attrgetter(name), ordered) for name in ("code", "name")]
    held = {name: list(map(attrgetter(name), ordered)) for name in (*HEADER[3:], *OPTIONAL)}
    header = [*HEADER, *(name for name in OPTIONAL if any(map(is_not, held[name], repeat(None))))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    if any(map(attrgetter("n_why"), ordered)):
        held["n"] = [row.n if row.n is not None else row.n_why for row in ordered]
    texts = (held[name] if name in ("n", "why") else _texts(held[name]) for name in header[3:])
    writer.writerows(zip(*who, items, *texts, strict=True))
    return out.getvalue().encode("utf-8")


def _texts(column: Sequence[Fraction | None]) -> Iterator[str]:
    """Each of ``column`` as it stands in a wave, made once for all that are one object: equal cells of a table are."""
    if not any(map(is_not, column, repeat(None))):
        return repeat("", len(column))
    ids = list(map(id, column))
    texts = {key: text_of(value) for key, value in dict(zip(ids, column, strict=True)).items()}
    return map(texts.__getitem__, ids)


def text_of(number: Fraction | int | str | None) -> str:
    """A number as it stands in a wave: with a point where that is exact, else as a fraction; "" for None."""
    if number is None or isinstance(number, (int, str)):
        return "" if number is None else str(number)
    above, below = number.numerator, number.denominator
    places = next((places for places in range(19) if 10**places % below == 0), None)
    if places is None:
        return f"{above}/{below}"
    digits = str(abs(above) * (10**places // below)).rjust(places + 1, "0")
    return ("-" if above < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def description_yaml(
    described: SurveyFile,
    rows: Mapping[str, Mapping[str, Row]],
    csv_bytes: bytes,
    files: Sequence[tuple[str, str]],
    description: str,
    version: int,
    on: datetime.date | None,
) -> bytes:
    """The wave's description.

    Args:
        described: the file's description.
        rows: the wave's rows, from which references with a method are worked out.
        csv_bytes: the values' file, whose hash it states.
        files: the files that were read, as shown, and their SHA-256.
        description: the SHA-256 of the file's description.
        version: 1 for the first import of this wave.
        on: the day of the import, where it is to be stated.
    """
    import yaml

    data: dict[str, Any] = {"schema": SCHEMA, "id": described.id, "version": version, "title": dict(described.title)}
    if described.fictional:
        data["fictional"] = "true"
    data |= {"publisher": described.publisher, "source": _plain(described.source.model_dump(exclude_none=True))}
    data["fieldwork"] = {"from": described.fieldwork.from_, "to": described.fieldwork.to}
    if described.asked != "residents":
        data["asked"] = described.asked
    if described.respondents is not None:
        data["respondents"] = described.respondents
    data["language"] = described.language
    data["scale"] = _options(described.scale)
    data["assumptions"] = [dict(one) for one in described.assumptions]
    data["sampling"] = _plain(described.sampling.model_dump(exclude_none=True))
    data["items"] = [_item(item, rows.get(item.id, {})) for item in described.items]
    data["values_sha256"] = hashlib.sha256(csv_bytes).hexdigest()
    listed = [{"file": name, "sha256": sha256} for name, sha256 in files]
    data["imported"] = {"files": listed, "description_sha256": description}
    if on is not None:
        data["imported"]["on"] = on.isoformat()
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    kept = {key: value for key, value in data.items() if value not in ({}, [])}
    dumped = yaml.dump(
        kept, Dumper=dumper, allow_unicode=True, sort_keys=False, width=120, encoding="utf-8", line_break="\n"
    )
    return sealed(bytes(dumped))


def _item(item: FileItem, rows: Mapping[str, Row]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": item.id}
    if item.indicator:
        data["indicator"] = item.indicator
    data["label"] = item.label
    if item.aliases:
        data["aliases"] = list(item.aliases)
    data |= {"measure": item.measure, "base": item.base, "unit": item.unit}
    if item.scale:
        data["scale"] = _options(item.scale)
    if item.reference is not None:
        value = item.reference.value
        if value is None:
            value = mean_of_municipalities(rows)
        if value is not None:
            data["reference"] = {"value": text_of(value)}
            if item.reference.source:
                data["reference"]["source"] = _plain(item.reference.source.model_dump(exclude_none=True))
            if item.reference.method:
                data["reference"]["method"] = item.reference.method
    return data


def _options(scale: Sequence[FileOption]) -> list[Any]:
    return [_plain(one.model_dump(exclude_none=True, exclude={"aliases"})) for one in scale]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Fraction):
        return text_of(value)
    return value
