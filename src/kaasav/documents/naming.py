"""Which names a Jinja template uses: fields that do not exist, and other files it would take in."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kaasav.documents.fields.field import Field, paths
from kaasav.language import N_
from kaasav.problems import closest, error

if TYPE_CHECKING:
    from jinja2 import nodes

TAKES_IN = error(
    "template-takes-in",
    N_("the template takes in another file: {name}"),
    N_("a document is made of one template: copy what is needed into it"),
)
_ANYTHING = Field("", "any", "anything")
"""What a template made for itself: not followed further."""
_TYPES = {"text": str, "group": dict, "number": int, "flag": bool, "picture": str}


def unknown(tree: "nodes.Template", fields: Field) -> list[tuple[int, str, str | None]]:
    """Line, name and the nearest known name of every field that does not exist."""
    return _Names(fields).unknown(tree)


def taken_in(tree: "nodes.Template") -> list[tuple[int, str]]:
    """Line and name of every other template that is included, imported or extended."""
    from jinja2 import nodes

    found: Iterable[Any] = tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends))
    return [(one.lineno, str(getattr(one.template, "value", "…"))) for one in found]


Scope = Mapping[str, Field]


def _entry(many: Field) -> Field:
    """One entry of a list."""
    if many.kind == "groups":
        return Field(many.name, "group", many.about, many.inside)
    if many.kind == "grid":
        return Field(many.name, "groups", many.about, many.inside)
    return _ANYTHING


class _Names:
    """Follows names through a template: fields, and what loops make of them."""

    def __init__(self, fields: Field) -> None:
        self._fields = fields

    def unknown(self, tree: "nodes.Template") -> list[tuple[int, str, str | None]]:
        """Line, name and the nearest known name of every field that does not exist."""
        self._found: dict[tuple[int, str], str | None] = {}
        made = dict.fromkeys(self._made(tree), _ANYTHING)
        self._walk(tree.body, {one.name: one for one in self._fields.inside} | made)
        return [(line, name, guess) for (line, name), guess in sorted(self._found.items())]

    def _made(self, tree: "nodes.Template") -> set[str]:
        """The names a template sets for itself; where, is left to Jinja."""
        from jinja2 import nodes

        set_ = {one.name for one in tree.find_all(nodes.Name) if one.ctx in ("store", "param")}
        loops = {
            one.name
            for loop in tree.find_all(nodes.For)
            for one in ([loop.target] if isinstance(loop.target, nodes.Name) else loop.target.find_all(nodes.Name))
        }
        macros: Iterable[Any] = tree.find_all((nodes.Macro, nodes.CallBlock))
        params = {one.name for macro in macros for one in macro.args}
        own = {"range", "dict"} | {one.name for one in tree.find_all(nodes.Macro)}
        return (set_ - loops - params) | own

    def _walk(self, body: Iterable["nodes.Node"], scope: Scope) -> None:
        from jinja2 import nodes

        for node in body:
            if isinstance(node, nodes.For):
                self._field(node.iter, scope)
                inner = {**scope, **self._bound(node, scope), "loop": _ANYTHING}
                self._walk([*node.body, *([node.test] if node.test else [])], inner)
                self._walk(node.else_, scope)
            elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
                inside = ["caller", "varargs", "kwargs", *(one.name for one in node.args)]
                inner = {**scope, **dict.fromkeys(inside, _ANYTHING)}
                self._walk([*([node.call] if isinstance(node, nodes.CallBlock) else []), *node.body], inner)
            elif isinstance(node, nodes.Expr):
                self._field(node, scope)
            else:
                self._walk(node.iter_child_nodes(), scope)

    def _bound(self, loop: "nodes.For", scope: Scope) -> Scope:
        from jinja2 import nodes

        each = self._field(loop.iter, scope)
        if isinstance(loop.target, nodes.Name):
            return {loop.target.name: _entry(each)}
        return {one.name: _ANYTHING for one in loop.target.find_all(nodes.Name)}

    def _field(self, node: Any, scope: Scope) -> Field:
        """What an expression stands for; fields that do not exist are noted."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in scope:
                self._note(node.lineno, node.name, [*scope, *(name for name, _one in paths(self._fields))])
            return scope.get(node.name, _ANYTHING)
        name: object = None
        if isinstance(node, nodes.Getattr):
            name = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            name = node.arg.value
        if name is not None:
            whole = self._field(node.node, scope)
            if whole.kind in ("groups", "grid") and isinstance(name, int):
                return _entry(whole)
            return self._inside(whole, str(name), node.lineno)
        for child in node.iter_child_nodes():
            self._field(child, scope)
        return _ANYTHING

    def _inside(self, whole: Field, name: str, line: int) -> Field:
        if whole.kind == "any":
            return _ANYTHING
        found = whole.get(name)
        if found is not None:
            return found
        known = _TYPES.get(whole.kind, list)
        if name.startswith("_") or not (hasattr(known, name) or name.lstrip("-").isdigit()):
            self._note(line, f"{whole.name}.{name}", [f"{whole.name}.{one.name}" for one in whole.inside])
        return _ANYTHING

    def _note(self, line: int, name: str, known: Iterable[str]) -> None:
        self._found[line, name] = closest(name, known)
