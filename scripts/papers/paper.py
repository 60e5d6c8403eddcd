"""A paper and what is true of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """``name`` as it came, its format, the truth (ISO date, or "" where the paper has none), and its lines."""

    name: str
    format: str
    kind: str
    date: str
    text: tuple[str, ...]
    number: str = ""
    issuer: str = ""
    within: str = ""
    address: str = ""
    fresh: bool = False


def paper(name: str, form: str, kind: str, date: str, text: str, **more: str) -> Paper:
    """A paper whose lines are the lines of ``text``."""
    return Paper(name, form, kind, date, tuple(line.strip() for line in text.strip().splitlines()), **more)  # type: ignore[arg-type]  # fresh alone is a bool
