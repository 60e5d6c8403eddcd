"""Puts real screens into README.md: ``python scripts/readme.py`` writes, ``--check`` only compares.

A block that follows ``<!-- screen: COMMAND -->`` holds what COMMAND prints in English, one that follows
``<!-- messages: COMMAND -->`` what it says on standard error.
"""

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path

from kaasav.cli.ends import finish

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- (screen|messages): kaasav (.+?) -->\n```\n)(.*?)(```\n)", re.DOTALL)


def current(text: str) -> str:
    """``text`` with every block as the commands print it now; run from the repository's root."""
    return BLOCK.sub(lambda found: found[1] + _printed(found[2], found[3]) + found[5], text)


def _printed(stream: str, command: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        finish(shlex.split(command), {"KAASAV_LANG": "en"})
    lines = (out if stream == "screen" else err).getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Write the README anew, or with ``--check`` return 1 if it is out of date."""
    before = README.read_text(encoding="utf-8")
    after = current(before)
    if "--check" not in arguments:
        README.write_text(after, encoding="utf-8", newline="\n")
        return 0
    return int(before != after)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
