"""One result to make documents of, and what may be wrong with how it is named. Light: every command loads it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kaasav.language import N_
from kaasav.problems import NOWHERE, Misused, Problem, error

if TYPE_CHECKING:
    from kaasav.documents.source import Source

NOTHING_NAMED = error(
    "document-of-nothing",
    N_("nothing is named to make a document of"),
    N_("name a municipality’s folder or the beginning of a result’s hash, or a round with --round"),
)
BOTH_NAMED = error("document-of-both", N_("either one result or a whole round, not both"), N_("leave one of them out"))
NO_RESULT = error(
    "document-no-result",
    N_("there is no result to make a document of"),
    N_("correct the errors told; “kaasav check” looks again"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """One result to make documents of.

    Attributes:
        name: what its files' names begin with: the folder's, or the hash's beginning.
        source: the result.
        folder: where it comes from; None for one named by its hash.
        problems: what was to be said of finding it.
        told: what is to be said of its documents; whoever puts them together adds to it.
    """

    name: str
    source: "Source"
    folder: Path | None = None
    problems: tuple[Problem, ...] = field(default=())
    told: list[Problem] = field(default_factory=list, compare=False)


def check(target: str, round_id: str) -> None:
    """See that either a target or a round is named.

    Raises:
        Misused: neither or both are.
    """
    if bool(target) == bool(round_id):
        raise Misused([(BOTH_NAMED if target else NOTHING_NAMED).at(NOWHERE)])


def named_folder(target: str) -> Path:
    """The folder ``target`` names, with a name of its own: ``.`` has none."""
    path = Path(target)
    return path if path.name not in ("", "..") else path.resolve()
