"""Where output goes: results on stdout, messages on stderr, colour on a terminal only, data as JSON."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kaasav.language import _, plural
from kaasav.problems import Problem, Severity

if TYPE_CHECKING:
    from rich.console import Console

MOST_SHOWN = 200
"""More problems than this are counted, not listed."""
WIDTH = 100
"""Columns where output goes to no terminal."""


@cache
def out() -> "Console":
    """The console for results."""
    return _console(stderr=False)


@cache
def err() -> "Console":
    """The console for messages and progress."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(
        stderr=stderr, width=None if terminal else WIDTH, highlight=False, markup=False, emoji=False, soft_wrap=False
    )


def show_json(data: Any) -> None:
    """Print plain data as JSON a person can read too."""
    sys.stdout.write(_json(data) + "\n")


def _json(data: Any) -> str:
    """JSON with letters as they are; what could act on a terminal is escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return re.sub(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", lambda m: f"\\u{ord(m[0]):04x}", text)


def show_json_list(name: str, items: Iterable[Any]) -> None:
    """Print ``{name: [items]}`` as JSON, each item as soon as it is there."""
    sys.stdout.write(f"{{\n  {json.dumps(name)}: [")
    for index, item in enumerate(items):
        text = _json(item).replace("\n", "\n    ")
        sys.stdout.write(("," if index else "") + "\n    " + text)
    sys.stdout.write("\n  ]\n}\n")


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, each with its place and hint, and how many there were."""
    from rich.text import Text

    listed = list(problems)
    for problem in listed[:MOST_SHOWN]:
        bad = problem.severity is Severity.ERROR
        line = Text()
        if problem.location.file:
            line.append(f"{problem.location}: ", style="bold")
        line.append(_("error") if bad else _("warning"), style="bold red" if bad else "bold yellow")
        line.append(f": {problem.message}")
        if problem.hint:
            line.append(f"\n    → {problem.hint}", style="dim")
        line.append(f"  [{problem.code}]", style="dim")
        err().print(line, soft_wrap=True)
    if len(listed) > MOST_SHOWN:
        err().print(Text(_("… and {n} more; --json gives all").format(n=len(listed) - MOST_SHOWN)))
    if len(listed) > 1:
        err().print(Text(counted(listed), style="bold"))


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings, in words."""
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = len(problems) - errors
    parts = []
    if errors:
        parts.append(plural("{n} error", "{n} errors", errors).format(n=errors))
    if warnings:
        parts.append(plural("{n} warning", "{n} warnings", warnings).format(n=warnings))
    return ", ".join(parts)
