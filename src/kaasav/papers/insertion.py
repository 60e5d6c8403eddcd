"""Writing one more key into a YAML file that people keep: every other byte stays as it is.

The place is found among the parser's events, one line is put in, and the result is read again: unless it holds exactly
what the file held before and the new key, nothing is given back.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kaasav.language import N_
from kaasav.problems import Refused, error
from kaasav.yamldoc.document import Document, Path, parse

BY_HAND = error(
    "insertion-by-hand",
    N_("the file is written in a form Kaasav cannot add a line to"),
    N_("write it there yourself: {line}"),
)

_PLAIN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_NO_TEXTS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class _End:
    """Where the last value of a mapping ends (in characters), and how the mapping is written."""

    index: int
    column: int
    flow: bool


def inserted(document: Document, path: Path, key: str, value: Mapping[str, str], *, after: str = "") -> bytes:
    """The bytes of ``document`` with ``key: {value}`` in the mapping at ``path``.

    Args:
        document: a file that could be read without an error.
        path: leads to a mapping that has no such key yet.
        key: the new key.
        value: the new value, texts by name.
        after: an own key of the mapping to write it behind; without it, at the mapping's end.

    Raises:
        Refused: the file's form does not allow it (`BY_HAND`, with the line to write).
    """
    text = document.content.decode("utf-8-sig")
    line = f"{key}: {{{', '.join(f'{name}: {scalar(content)}' for name, content in value.items())}}}"
    expected = deepcopy(document.data)
    at: Any = expected
    for part in path:
        at = at[part]
    if not isinstance(at, dict) or key in at or (after and after not in at):
        raise ValueError(f"{key} cannot go to {path}")
    at[key] = dict(value)
    end = _end(text, path, after)
    changed = text if end is None else _put(text, end, line)
    mark = codecs.BOM_UTF8 if document.content.startswith(codecs.BOM_UTF8) else b""
    content = mark + changed.encode()
    again, problems = parse(content, document.name)
    if problems or again.data != expected:
        raise Refused([BY_HAND.at(document.at(*path), line=line)])
    return content


def scalar(text: str) -> str:
    """``text`` as one YAML value: as it is where that is unmistakable, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NO_TEXTS:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"


def _put(text: str, end: _End, line: str) -> str:
    if end.flow:
        return f"{text[: end.index]}, {line}{text[end.index :]}"
    newline = "\r\n" if "\r\n" in text else "\n"
    at = text.find("\n", end.index)
    before, rest = (text, "") if at < 0 else (text[: at + 1], text[at + 1 :])
    gap = "" if before.endswith("\n") else newline
    return f"{before}{gap}{' ' * end.column}{line}{newline}{rest}"


@dataclass(slots=True)
class _Level:
    path: Path
    flow: bool
    column: int
    mapping: bool
    key: str | None = None
    count: int = 0


def _end(text: str, path: Path, after: str) -> _End | None:
    """Where to insert; None if ``path`` is not there."""
    within = (*path, after) if after else path
    target: _Level | None = None
    last: int | None = None
    for own, end, level in _values(text):
        if level is not None and own == path:
            target = level
        if len(own) > len(path) and own[: len(within)] == within and end is not None:
            last = end
    if target is None or last is None:
        return None
    return _End(last, target.column, target.flow)


def _values(text: str) -> Iterator[tuple[Path, int | None, _Level | None]]:
    """Every value with its path, where it ends (None where that cannot be told), and how a collection is written."""
    import yaml

    stack: list[_Level] = []
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(text, Loader=loader):
        start: Any = event.start_mark
        end: Any = event.end_mark
        if isinstance(event, yaml.CollectionEndEvent):
            closed = stack.pop()
            if closed.flow:
                yield closed.path, end.index, None
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            top = stack[-1] if stack else None
            if top is not None and top.mapping and top.key is None and isinstance(event, yaml.ScalarEvent):
                top.key = event.value
                continue
            own = _below(top)
            if isinstance(event, yaml.ScalarEvent):
                yield own, _scalar_end(text, event), None
            else:
                mapping = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Level(own, bool(event.flow_style), start.column, mapping))
                yield own, None, stack[-1]


def _below(top: _Level | None) -> Path:
    if top is None:
        return ()
    if top.mapping:
        key, top.key = top.key or "", None
        return (*top.path, key)
    top.count += 1
    return (*top.path, top.count - 1)


def _scalar_end(text: str, event: Any) -> int:
    """The end of a value's own signs: a block text's mark stands behind the lines that follow it."""
    end: int = event.end_mark.index
    if event.style in ("|", ">"):
        start: int = event.start_mark.index
        end = start + len(text[start:end].rstrip())
    return end
