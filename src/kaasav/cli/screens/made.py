"""What came of a run that makes documents: a line for each file, and how many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaasav.cli.arguments import shown
from kaasav.language import _
from kaasav.problems import Problem, visible

if TYPE_CHECKING:
    from kaasav.documents.made import Made


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file, or of a municipality of which no file could be made (``path`` is None then).

    ``made`` is None where it failed.
    """

    name: str
    path: Path | None
    made: "Made | None"
    problems: tuple[Problem, ...] = ()


def line(made: "Made", width: int = 0) -> str:
    """A file that is there now."""
    sign, said = ("✔", _("made")) if made.fresh else ("=", _("unchanged"))
    return f"{sign} {visible(shown(made.path)):{width}} · {said} · SHA-256 {made.sha256[:12]}"


def show(outcomes: Sequence[Outcome], left: int, *, many: bool) -> None:
    """Print what was made; of several municipalities also what failed, and the numbers.

    Args:
        outcomes: of the run, in its order.
        left: how many municipalities were not reached.
        many: whether a whole round was asked for.
    """
    from kaasav.cli.output import out

    width = max((len(visible(_what(one))) for one in outcomes), default=0) if many else 0
    for one in outcomes:
        if one.made is not None:
            out().print(line(one.made, width), soft_wrap=True)
        elif many:
            out().print(f"✘ {visible(_what(one)):{width}} · {_('failed')}{_why(one)}", soft_wrap=True)
    if many:
        out().print(_counted(outcomes, left), style="bold", soft_wrap=True)


def _why(one: Outcome) -> str:
    """The problem nearest to what a person can correct, with its place."""
    problem = next((one for one in one.problems if one.location.line), next(iter(one.problems), None))
    if problem is None:
        return ""
    return f": {problem.location}: {problem.message}" if problem.location.line else f": {problem.message}"


def _what(one: Outcome) -> str:
    return one.name if one.path is None else shown(one.path)


def _counted(outcomes: Sequence[Outcome], left: int) -> str:
    fresh, old, failed = (
        sum(one.made is not None and one.made.fresh for one in outcomes),
        sum(one.made is not None and not one.made.fresh for one in outcomes),
        sum(one.made is None for one in outcomes),
    )
    told = _("made: {made} · as they were: {old} · failed: {failed}").format(made=fresh, old=old, failed=failed)
    return told + (" · " + _("municipalities not tried any more: {n}").format(n=left) if left else "")


def show_json(
    outcomes: Sequence[Outcome], warnings: Sequence[tuple[str, Problem]], left: int, more: Mapping[str, Any]
) -> None:
    """Print the same as data, with every problem."""
    from kaasav.cli import output

    failures = [(one.name, problem) for one in outcomes for problem in one.problems]
    output.show_json(
        {
            "documents": [_document(one.name, one.made) for one in outcomes if one.made is not None],
            "failed": [
                {"name": one.name, "file": shown(one.path) if one.path else None}
                for one in outcomes
                if one.made is None
            ],
            "not_tried": left,
            "problems": [{"name": name, **problem.as_data()} for name, problem in (*failures, *warnings)],
            **more,
        }
    )


def _document(name: str, made: "Made") -> dict[str, Any]:
    return {
        "name": name,
        "file": shown(made.path),
        "document": made.recipe.document,
        "format": made.recipe.format,
        "language": made.recipe.language,
        "result": made.recipe.result,
        "sha256": made.sha256,
        "made": made.fresh,
    }
