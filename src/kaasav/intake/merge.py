"""Answers into evidence.yaml: comments, order and whatever people wrote themselves stay as they are."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaasav.intake.row import Answer, fields, uses_as_data

_UNINDENTED = re.compile(r"^items:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*- ", re.MULTILINE)
_NOTHING_BEHIND = re.compile(r"^[\"']?items[\"']?:[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
FIELDS = ("title", "kind", "issuer", "number", "date", "in_force", "uses")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field in which the file and the form both changed, each in its own way."""

    item: int
    field: str
    in_file: str
    in_form: str


class EvidenceFile:
    """``evidence.yaml``, to be changed item by item and written out again."""

    def __init__(self, content: bytes) -> None:
        from ruamel.yaml import YAML

        self._mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        text = content.decode("utf-8-sig")
        self._windows = "\r\n" in text
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.width = 1 << 20
        flat = _UNINDENTED.search(text.replace("\r\n", "\n")) is not None
        self._yaml.indent(mapping=2, sequence=2 if flat else 4, offset=0 if flat else 2)
        self._data = self._yaml.load(text.replace("\r\n", "\n"))
        self._text = text.replace("\r\n", "\n")
        self._listless = (
            self._data.get("items") is None
            and list(self._data)[-1:] == ["items"]
            and _NOTHING_BEHIND.search(self._text) is not None
        )
        if not self._data.get("items"):
            self._data["items"] = []
        self.changed = False

    def content(self) -> bytes:
        """The file's bytes as they are to be written."""
        out = io.StringIO()
        if self._listless:  # so that what is commented out below “items:” stays above what comes in
            self._yaml.dump({"items": self._data["items"]}, out)
            text = self._text.rstrip("\n") + "\n" + out.getvalue().partition("\n")[2]
        else:
            self._yaml.dump(self._data, out)
            text = out.getvalue()
        return self._mark + (text.replace("\n", "\r\n") if self._windows else text).encode("utf-8")

    def add(self, answer: Answer, id_: str) -> None:
        """Put a new item at the end of the list."""
        item: dict[str, Any] = {"id": id_, "title": answer.title, "kind": answer.kind, "file": answer.file}
        if answer.inside:
            item["inside"] = answer.inside[0] if len(answer.inside) == 1 else list(answer.inside)
        item |= {key: value for key in FIELDS[2:] if (value := _written(answer, key)) not in (None, [])}
        self._data["items"].append(item)
        self.changed = True

    def update(self, at: int, answer: Answer, base: Mapping[str, str], now: Mapping[str, str]) -> list[Clash]:
        """Change item ``at`` where the form changed and the file did not.

        Args:
            at: its position in the list.
            answer: what the form says.
            base: what was last proposed or confirmed, field by field.
            now: what the file says, field by field.

        Returns:
            The fields that both changed differently; the item is then not to be written.
        """
        wanted = fields(answer)
        clashes = []
        item = self._data["items"][at]
        for name in FIELDS:
            if wanted[name] in (base.get(name, ""), now[name]):
                continue
            if now[name] != base.get(name, ""):
                clashes.append(Clash(at, name, now[name], wanted[name]))
                continue
            value = _written(answer, name)
            if value in (None, []):
                item.pop(name, None)
            else:
                item[name] = value
            self.changed = True
        return clashes


def _written(answer: Answer, key: str) -> Any:
    """A field's value as YAML data: days stay dates, so that they stand unquoted."""
    if key == "uses":
        return uses_as_data(answer.uses)
    if key == "in_force":
        force = {"from": answer.in_force_from, "to": answer.in_force_to}
        return {name: day for name, day in force.items() if day is not None} or None
    return getattr(answer, key)
