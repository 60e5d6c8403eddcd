"""A YAML document becomes a checked model, and what does not fit becomes problems with places."""

from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from kaasav.language import N_
from kaasav.problems import DID_YOU_MEAN, Problem, ProblemKind, closest, error
from kaasav.yamldoc.document import Document, Path
from kaasav.yamldoc.schema import NOT_MAPPING, check_schema

MISSING = error("missing", N_("“{key}” is missing here"))
UNKNOWN_KEY = error("unknown-key", N_("unknown key “{key}”"), N_("known here: {known}"))
COMMA = N_("a text that holds a comma stands in “quotes” inside {{ }}")
NOT_ONE_OF = error("not-one-of", N_("“{value}” is none of: {known}"))
NOT_WHOLE = error("not-whole", N_("“{value}” is not a whole number"), N_("write digits only, such as 3"))
NOT_NUMBER = error("not-number", N_("“{value}” is not a number"), N_("write it with a point, such as 0.60"))
NOT_SHARE = error("not-share", N_("“{value}” is not a share between 0 and 1"), N_("60 % is written 0.60"))
NOT_MONTHS = error("not-months", N_("{value} months are more than a hundred years"))
NOT_ID = error(
    "not-an-id",
    N_("“{value}” cannot be an id"),
    N_("use letters, digits, dots, hyphens and underscores; at most 80, the first a letter or digit"),
)
NOT_DAY = error("not-a-date", N_("“{value}” is not a date"), N_("write year-month-day, such as 2026-09-30"))
NOT_YES_NO = error("not-true-false", N_("“{value}” is neither true nor false"), N_("write true or false"))
NO_TEXT = error("no-text", N_("a text is needed here"))
NOT_LIST = error("not-a-list", N_("a list is needed here"), N_("start each entry with “- ”"))
DOES_NOT_FIT = error("does-not-fit", N_("this does not fit here: {reason}"))

_BY_TYPE: dict[str, ProblemKind] = {
    "not_whole": NOT_WHOLE,
    "not_number": NOT_NUMBER,
    "not_share": NOT_SHARE,
    "not_day": NOT_DAY,
    "not_months": NOT_MONTHS,
    "not_id": NOT_ID,
    "not_yes_no": NOT_YES_NO,
    "no_text": NO_TEXT,
    "string_type": NO_TEXT,
    "model_type": NOT_MAPPING,
    "model_attributes_type": NOT_MAPPING,
    "dict_type": NOT_MAPPING,
    "list_type": NOT_LIST,
    "tuple_type": NOT_LIST,
}

ModelType = TypeVar("ModelType", bound=BaseModel)


def bind(document: Document, model: type[ModelType], schema: str) -> tuple[ModelType | None, list[Problem]]:
    """Read ``document`` as a ``model`` of the format ``schema`` (such as ``kaasav/round/1``).

    Returns:
        The model, or None if anything does not fit; and every problem, each at its line and column.
    """
    if document.data is None:
        return None, []
    problems = check_schema(document, schema)
    if problems:
        return None, problems
    data = {key: value for key, value in document.data.items() if key != "schema"}
    try:
        return model.model_validate(data), []
    except ValidationError as exc:
        found = [_as_problem(document, model, item) for item in exc.errors(include_url=False)]
        return None, list(dict.fromkeys(found))


def _as_problem(document: Document, model: type[BaseModel], item: Any) -> Problem:
    path = _existing(document, item["loc"])
    kind = item["type"]
    details = item.get("ctx", {})
    if kind == "missing":
        return MISSING.at(document.at_key(*path), key=item["loc"][-1])
    if kind == "extra_forbidden":
        key = str(item["loc"][-1])
        if item["input"] is None and (" " in key.strip() or key[:1].isdigit()):
            return UNKNOWN_KEY.at(document.at_key(*path), hint=COMMA, key=key)
        known = _fields(model, path[:-1])
        guess = closest(key, known)
        if guess:
            return UNKNOWN_KEY.at(document.at_key(*path), hint=DID_YOU_MEAN, key=key, guess=guess)
        return UNKNOWN_KEY.at(document.at_key(*path), key=key, known=", ".join(known))
    if kind in ("enum", "literal_error"):
        known_text = str(details["expected"]).replace(" or ", ", ").replace("'", "")
        guess = closest(str(item["input"]), known_text.split(", "))
        hint = DID_YOU_MEAN if guess else None
        return NOT_ONE_OF.at(document.at(*path), hint=hint, value=item["input"], known=known_text, guess=guess or "")
    if kind in _BY_TYPE:
        value = details.get("value", item["input"])
        return _BY_TYPE[kind].at(document.at(*path), value="…" if isinstance(item["input"], (list, dict)) else value)
    return DOES_NOT_FIT.at(document.at(*path), reason=item["msg"])


def _existing(document: Document, loc: Iterable[str | int]) -> Path:
    """Those parts of a pydantic path that stand in the file; tags of unions and validators do not."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.values or (*path, part) in document.keys:
            path = (*path, part)
    return path


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The keys a model knows at ``path``; those of every alternative where a value may be of several models."""
    models: list[type[BaseModel]] = [model]
    for part in path:
        following: list[type[BaseModel]] = []
        for one in models:
            field = one.model_fields.get(str(part))
            following += (_models_in(field.annotation) if field else []) or [one]
        models = following
    return list(dict.fromkeys(name for one in models for name in (f.alias or n for n, f in one.model_fields.items())))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
