"""What ends a whole run, because no other document could be made either."""

from collections.abc import Iterable

from kaasav.files import DISK_FULL
from kaasav.problems import Problem
from kaasav.store.connection import BUSY, DISK, FULL, READ_ONLY

STOPS = frozenset(kind.code for kind in (DISK_FULL, FULL, READ_ONLY, BUSY, DISK))


def stops_all(problems: Iterable[Problem]) -> bool:
    """Whether one of ``problems`` would befall every other document too."""
    return any(problem.code in STOPS for problem in problems)
