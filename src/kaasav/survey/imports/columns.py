"""What a column of a table is taken for, and why."""

from dataclasses import dataclass, field

DESCRIBED, GUESSED, BY_ITEM, BY_OPTION, LEFT = "described", "guessed", "item", "option", "left"
IGNORED, OTHER = "ignored", "other"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number in the file (from 1), its header, what it is taken for ("" = not used), and why."""

    number: int
    header: str
    role: str = ""
    why: str = ""
    item: str = ""
    option: str = ""


@dataclass
class Layout:
    """What stands where: indexes into the table's rows.

    Attributes:
        roles: one column for each kind of thing that holds for the whole row.
        wide: by item, its own columns by kind (``value``, ``n``, ``sd``, ``design_effect``, ``answer``).
        options: by item ("" = the row's), its columns of counts by the option's place in the scale.
        columns: all columns, for showing.
    """

    roles: dict[str, int] = field(default_factory=dict)
    wide: dict[str, dict[str, int]] = field(default_factory=dict)
    options: dict[str, dict[int, int]] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
