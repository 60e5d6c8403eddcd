"""Groups and lists in the data of a Jinja template: fields are found in them, they are no text themselves."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kaasav.language import _

if TYPE_CHECKING:
    from jinja2 import TemplateRuntimeError


def guarded(value: Any, name: str = "") -> Any:
    """Plain data whose groups and lists refuse to become text, with a reason that names them."""
    if isinstance(value, Mapping):
        return _Group(name, {key: guarded(one, f"{name}.{key}" if name else str(key)) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return _List(name, [guarded(one, f"{name}[]") for one in value])
    return value


class _Group(dict[str, Any]):
    def __init__(self, name: str, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self._name = name

    def __str__(self) -> str:
        first = next(iter(self), "…")
        reason = _("“{field}” is a group, no text: name what is in it, such as {example}")
        raise _refused(reason.format(field=self._name, example=f"{self._name}.{first}"))

    __repr__ = __str__


class _List(list[Any]):
    def __init__(self, name: str, entries: list[Any]) -> None:
        super().__init__(entries)
        self._name = name

    def __str__(self) -> str:
        if self and not isinstance(self[0], str):
            reason = _("“{field}” is a list of groups, no text: go through it with {example}")
            raise _refused(reason.format(field=self._name, example=f"for one in {self._name}"))
        reason = _("“{field}” is a list, no text: put it in one with {example}")
        raise _refused(reason.format(field=self._name, example=f"{self._name}|join(“ ”)"))

    __repr__ = __str__


def _refused(reason: str) -> "TemplateRuntimeError":
    from jinja2 import TemplateRuntimeError

    return TemplateRuntimeError(reason)


for _kind, _known in ((_Group, "dict"), (_List, "list")):
    _kind.__name__, _kind.__module__ = _known, "builtins"  # so Jinja calls them in its own messages


for _kind, _shown in ((_Group, "dict"), (_List, "list")):  # Jinja’s own messages name the class
    _kind.__module__, _kind.__name__ = "builtins", _shown
