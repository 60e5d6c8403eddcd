"""What a code in a survey's table stands for."""

from dataclasses import dataclass
from functools import cache

from kaasav.municipalities.names import slug
from kaasav.municipalities.register import load


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, so that looking it up is quick
class Place:
    """A municipality as a table names it.

    Attributes:
        given: the code in the table, which may be an older one.
        name: the name that went with that code.
        code: its code since renumbered, under which it may stand once for each item.
        training: whether it is invented.
    """

    given: str
    name: str
    code: str
    training: bool


@cache
def place_of(code: str) -> Place | None:
    """The place with exactly ``code``, today's or an older one; None if no municipality has or had it."""
    register = load()
    found = register.found(code)
    if found is None:
        return None
    changes = {change.old_code: change for change in register.changes}
    name, today = changes[code].old_name if code in changes else found.municipality.name, code
    while today in changes and changes[today].kind == "renumbered":
        today = changes[today].new_code
    return Place(code, name, today, found.municipality.training)


def may_be_name(text: str) -> bool:
    """Whether ``text`` begins like a municipality, today's or former; all its spellings do, and few other texts."""
    return _bare(text).startswith(_beginnings())


@cache
def _beginnings() -> tuple[str, ...]:
    register = load()
    names = {*(one.name for one in register.municipalities), *(one.old_name for one in register.changes)}
    return ("x", *sorted({_bare(name.removesuffix(" vald").removesuffix(" linn")) for name in names}))  # X: a code


def _bare(text: str) -> str:
    return slug(text).replace("-", "")
