"""The fields a template may use: their names, what they hold, and what stands in for them in a trial."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kaasav.language import N_, _

Kind = Literal["text", "list", "group", "groups", "grid", "number", "numbers", "flag", "rows", "picture", "any"]
KINDS: Mapping[Kind, str] = {
    "text": N_("text"),
    "list": N_("list of texts"),
    "group": N_("group"),
    "groups": N_("list of groups"),
    "grid": N_("list of lists of groups"),
    "number": N_("number"),
    "numbers": N_("list of whole numbers"),
    "flag": N_("yes or no"),
    "rows": N_("list of lists of texts"),
    "picture": N_("picture (SVG)"),
    "any": N_("depends on the type"),
}

BRACKETS: Mapping[str, str] = {"list": "[]", "groups": "[]", "numbers": "[]", "rows": "[][]", "grid": "[][]"}
"""What stands after a list’s name where one entry of it is meant."""

Trial = Literal["full", "bare", "long"]
TRIALS: tuple[Trial, ...] = ("full", "bare", "long")
"""What templates are tried with: everything is there; whatever may be missing is; texts and lists are long."""
_LONG = 'Õige pika nimega ühinenud omavalitsus #read("x") {{ 1 }} <b> & ' * 5
_MANY = 12
_GROUPS = 2
"""Groups lie in groups: their number multiplies."""
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8"><path d="M0 0h8v8H0z"/></svg>'


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: what it is called.
        kind: what it holds.
        about: the same in words.
        inside: the fields of a group, or of each group in a list.
        maybe: whether it may be empty: a text or list without anything, a group or number that is not there.
        codes: all a text may be, where it is a code.
        shapes: where the groups of a list differ, the fields of each shape; ``inside`` has those of all.
        folded: whether lists of fields leave out what is inside.
        short: whether its texts are words of Kaasav’s own, which are never long or many.
    """

    name: str
    kind: Kind
    about: str = ""
    inside: tuple["Field", ...] = ()
    maybe: bool = False
    codes: tuple[str, ...] = ()
    shapes: tuple[tuple["Field", ...], ...] = ()
    folded: bool = False
    short: bool = False

    def get(self, name: str) -> "Field | None":
        """The field ``name`` inside this one."""
        return next((one for one in self.inside if one.name == name), None)


def text(name: str, about: str = "", *codes: str, maybe: bool = False) -> Field:
    """A text; with ``codes`` one of these."""
    return Field(name, "text", about, maybe=maybe, codes=codes)


def texts(*names: str, short: bool = False) -> tuple[Field, ...]:
    """Texts that their group explains."""
    return tuple(Field(name, "text", short=short) for name in names)


def own_words(about: str, *names: str) -> Field:
    """The group of a document’s fixed words."""
    return Field("words", "group", about, texts(*names, short=True))


def shaped(name: str, about: str, *shapes: tuple[Field, ...]) -> Field:
    """A list of groups of several shapes; a field that means different things in them is ``any``."""
    union: dict[str, Field] = {}
    for one in (one for shape in shapes for one in shape):
        known = union.setdefault(one.name, one)
        if known.kind != one.kind or known.inside != one.inside:
            union[one.name] = Field(one.name, "any", known.about if known.about == one.about else "")
    return Field(name, "groups", about, tuple(union.values()), shapes=shapes)


def paths(field: Field, before: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its full name, such as ``sender.name``; inside a list of groups as ``conditions[].text``."""
    for one in field.inside:
        name = f"{before}{one.name}"
        yield name, one
        if not one.folded:
            yield from paths(one, f"{name}{BRACKETS.get(one.kind, '')}.")


def sample(field: Field, trial: Trial = "full", before: str = "") -> dict[str, Any]:
    """Data to try a template with: every text holds its own name in brackets, a code the first it may be."""
    return _group(field.inside, trial, before, 0)


def _group(inside: Sequence[Field], trial: Trial, before: str, number: int) -> dict[str, Any]:
    return {one.name: _value(one, trial, f"{before}{one.name}", number) for one in inside}


def _value(one: Field, trial: Trial, name: str, number: int) -> Any:
    bare = trial == "bare" and one.maybe
    usual: Trial = "full" if one.short else trial
    if one.kind == "text":
        if one.codes:
            return one.codes[number % len(one.codes)]
        return "" if bare else _text(name, usual)
    if one.kind == "list":
        return [] if bare else [_text(f"{name} {at}", usual) for at in _range(usual)]
    if one.kind == "rows":
        return [[_text(f"{name} {row}.{at}", trial) for at in (1, 2)] for row in _range(trial)]
    if one.kind == "groups":
        if bare:
            return []
        shapes = one.shapes or (one.inside,) * max([_GROUPS, *(len(part.codes) for part in one.inside)])
        return [_group(shape, trial, f"{name}.", at) for at, shape in enumerate(shapes)]
    if one.kind == "grid":
        return [[_group(one.inside, trial, f"{name}.", at) for at in range(6)] for _row in range(_GROUPS)]
    if bare:
        return "" if one.kind == "picture" else None
    plain = {"number": 1, "numbers": [1], "flag": number % 2 == 0, "picture": _SVG}
    return _group(one.inside, trial, f"{name}.", number) if one.kind == "group" else plain[one.kind]


def _text(name: str, trial: Trial) -> str:
    return f"[{name}] {_LONG}" if trial == "long" else f"[{name}]"


def _range(trial: Trial) -> range:
    return range(1, _MANY if trial == "long" else 3)


def table(field: Field) -> str:
    """The fields as a table in Markdown, in the language in use."""
    lines = ["| field | kind | what it holds |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {_(KINDS[one.kind])} | {_(one.about) if one.about else ''} |" for name, one in paths(field)
    ]
    return "\n".join(lines) + "\n"
