"""YAML bytes become plain data in which every scalar is still text and every value knows its place.

Only what Kaasav's formats need is accepted: UTF-8, one document, no aliases, no tags, no key twice. That keeps hostile
files out (alias bombs, deep nesting) and keeps ``0618``, ``1.10``, ``NO`` and ``12:30`` what they look like; the model
says later what a text means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kaasav.language import N_
from kaasav.problems import Location, Problem, error

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32

Path = tuple[str | int, ...]

UNREADABLE = error("yaml-unreadable", N_("this is not readable YAML: {reason}"))
COLON = error(
    "yaml-colon",
    N_("a colon stands inside a text that is not in quotes"),
    N_("put the whole text in “quotes”"),
)
TAB = error("yaml-tab", N_("a tab stands where only spaces may"), N_("indent with spaces"))
QUOTE = error("yaml-quote", N_("a quotation mark is opened and not closed"), N_("close it at the end of the text"))
INVISIBLE = error(
    "yaml-invisible",
    N_("an invisible character ({character}) stands here that could mislead a reader"),
    N_("delete it; it often comes along when text is pasted"),
)
NOT_UTF8 = error(
    "yaml-not-utf8", N_("the file is not UTF-8 text"), N_("save it again as UTF-8 (in Notepad: Save as, Encoding)")
)
EMPTY = error("yaml-empty", N_("the file is empty"))
TOO_LARGE = error("yaml-too-large", N_("the file is larger than {limit} MB, which no file of this kind is"))
TOO_DEEP = error("yaml-too-deep", N_("lists and mappings are nested more than {limit} deep"))
ALIAS = error(
    "yaml-alias", N_("references (“&name”, “*name”) are not allowed here"), N_("write the text out where it is needed")
)
TAG = error("yaml-tag", N_("the tag “{tag}” is not allowed here"), N_("leave the tag out; quote the text if needed"))
SEVERAL = error("yaml-several-documents", N_("a second document starts here (“---”)"), N_("keep one document a file"))
DUPLICATE_KEY = error(
    "duplicate-key", N_("“{key}” stands here twice; first in line {first}"), N_("keep one of the two")
)
KEY_NOT_TEXT = error("key-not-text", N_("a key has to be plain text"))

# The parser's words for mistakes people often make, and ours.
_PLAINLY = {
    "mapping values are not allowed": COLON,
    "cannot start any token": TAB,
    "found unexpected end of stream": QUOTE,
    "found unexpected document indicator": QUOTE,
}
# Control characters, those that turn the direction of writing, and line separators no editor shows.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_OPENING = frozenset({"MappingStartEvent", "SequenceStartEvent"})
_CLOSING = frozenset({"MappingEndEvent", "SequenceEndEvent"})
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its name as shown, its bytes, its data (text, lists, mappings, None) and where each value stands.

    ``data`` is None if the file could not be read; then there are problems.
    """

    name: str
    content: bytes
    data: Any
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict, repr=False)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict, repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes, in hexadecimal."""
        import hashlib

        return hashlib.sha256(self.content).hexdigest()

    def at(self, *path: str | int) -> Location:
        """The place of the value at ``path``, or of the nearest part of the path that exists."""
        return self._nearest(path, (self.values,))

    def at_key(self, *path: str | int) -> Location:
        """The place of the key that ends ``path``; for an item of a list, of the item."""
        return self._nearest(path, (self.keys, self.values))

    def _nearest(self, path: Path, places: tuple[dict[Path, tuple[int, int]], ...]) -> Location:
        for end in range(len(path), -1, -1):
            for known in places:
                if path[:end] in known:
                    return Location(self.name, *known[path[:end]])
        return Location(self.name)


def parse(content: bytes, name: str) -> tuple[Document, list[Problem]]:
    """Read the YAML file ``content``, shown to people as ``name``.

    Returns:
        The document, and every problem found. With an error among them ``document.data`` may be None or incomplete.
    """
    whole_file = Location(name)
    if len(content) > MAX_BYTES:
        return Document(name, content, None), [TOO_LARGE.at(whole_file, limit=MAX_BYTES // 2**20)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = content[: exc.start]
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return Document(name, content, None), [NOT_UTF8.at(Location(name, before.count(b"\n") + 1, column))]
    hidden = _HIDDEN.search(text)
    if hidden:
        above = text[: hidden.start()]
        place = Location(name, above.count("\n") + 1, len(above.rsplit("\n", 1)[-1]) + 1)
        return Document(name, content, None), [INVISIBLE.at(place, character=f"U+{ord(hidden[0]):04X}")]
    builder = _Builder(name)
    try:
        data = builder.build(text)
    except _StopError as stop:
        return Document(name, content, None), [*builder.problems, stop.problem]
    if data is None and not builder.problems:
        builder.problems.append(EMPTY.at(whole_file))
    return Document(name, content, data, builder.keys, builder.values), builder.problems


class _StopError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A list or mapping still being read; ``key`` is the pending key of a mapping."""

    path: Path
    data: list[Any] | dict[str, Any]
    key: str | None = None
    skip: bool = False


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.stack: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def build(self, text: str) -> Any:
        import yaml

        try:
            for event in _events(text):
                self.take(event)
        except yaml.MarkedYAMLError as exc:
            mark = exc.problem_mark or exc.context_mark
            said = exc.problem or exc.context or ""
            place = Location(self.name, mark.line + 1, mark.column + 1) if mark else Location(self.name)
            kind = next((kind for words, kind in _PLAINLY.items() if words in said), UNREADABLE)
            if kind is TAB and mark and "\t" not in text.splitlines()[mark.line]:
                kind = UNREADABLE  # some other character that may not begin a text, such as @
            raise _StopError(kind.at(place, reason=said)) from None
        except yaml.YAMLError as exc:
            place = self.place_of_index(text, getattr(exc, "position", None))
            raise _StopError(UNREADABLE.at(place, reason=getattr(exc, "reason", "") or str(exc))) from None
        return self.root

    def place_of_index(self, text: str, index: int | None) -> Location:
        if not isinstance(index, int):
            return Location(self.name)
        before = text[:index]
        return Location(self.name, before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1)

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self.check_plain(event)
            mark = event.start_mark
            self.scalar(event, mark.line + 1, mark.column + 1)
        elif kind in _OPENING:
            self.check_plain(event)
            mark = event.start_mark
            self.open({} if kind == "MappingStartEvent" else [], mark.line + 1, mark.column + 1)
        elif kind in _CLOSING:
            self.stack.pop()
            if self.stack and self.stack[-1].key is not None:
                self.stack[-1].key = None
        elif kind == "AliasEvent":
            raise _StopError(ALIAS.at(self.here(event)))
        elif kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise _StopError(SEVERAL.at(self.here(event)))

    def check_plain(self, event: Any) -> None:
        """Neither anchors nor tags: what stands there is all there is."""
        if event.anchor is not None:
            raise _StopError(ALIAS.at(self.here(event)))
        if event.tag is not None:
            self.problems.append(TAG.at(self.here(event), tag=event.tag))

    def here(self, event: Any) -> Location:
        return Location(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def scalar(self, event: Any, line: int, column: int) -> None:
        hidden = _ESCAPED.search(event.value)
        if hidden:
            place = Location(self.name, line, column)
            self.problems.append(INVISIBLE.at(place, character=f"U+{ord(hidden[0]):04X}"))
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.data, dict) and top.key is None:
            self.key(top, event.value, line, column)
            return
        plain = event.style is None or event.style == ""
        self.put(None if plain and event.value in _NULLS else event.value, line, column)
        if top is not None:
            top.key = None

    def key(self, top: _Open, key: str, line: int, column: int) -> None:
        path = (*top.path, key)
        top.key = key
        top.skip = path in self.keys
        if top.skip:
            place = Location(self.name, line, column)
            self.problems.append(DUPLICATE_KEY.at(place, key=key, first=self.keys[path][0]))
        else:
            self.keys[path] = (line, column)

    def open(self, data: list[Any] | dict[str, Any], line: int, column: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _StopError(TOO_DEEP.at(Location(self.name, line, column), limit=MAX_DEPTH))
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.data, dict) and top.key is None:
            raise _StopError(KEY_NOT_TEXT.at(Location(self.name, line, column)))
        path = self.put(data, line, column)
        self.stack.append(_Open(path, data))

    def put(self, value: Any, line: int, column: int) -> Path:
        """Hang ``value`` into what is open; the second value of a doubled key is read and dropped."""
        if not self.stack:
            self.root = value
            path: Path = ()
        else:
            top = self.stack[-1]
            if isinstance(top.data, list):
                path = (*top.path, len(top.data))
                top.data.append(value)
            else:
                key = top.key or ""
                path = (*top.path, key)
                if top.skip:
                    return (*path, "(again)")
                top.data[key] = value
        self.values[path] = (line, column)
        return path


def _events(text: str) -> Iterator[Any]:
    """Events of libyaml where PyYAML was built with it (its wheels are), else the same from PyYAML's own parser."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))
