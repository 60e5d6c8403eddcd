"""Writes the reference pages of docs/ from the source, so that they cannot drift from it.

    python scripts/reference.py           write docs/commands.md and docs/problems.md
    python scripts/reference.py --check   change nothing; say which page is out of date (exit code 1)

The same source gives the same bytes: no clock, no paths, no terminal width, no language but English.
"""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kaasav import language

language.use("en")  # before the commands are imported: their help is put into words then

import kaasav  # noqa: E402 (see above)
from kaasav.problems import KINDS, ProblemKind  # noqa: E402 (see above)

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kaasav"
DOCS = ROOT / "docs"
WIDTH = 100
WRITTEN_BY = "<!-- Written by scripts/reference.py from the source: change the source, then run it again. -->"

COMMANDS_HEAD = """\
# Commands

Every command and group answers `--help` (or `-h`), in the language in use. This page is that help in English.

## What every command keeps

| | |
|---|---|
| Results | go to stdout; problems and progress go to stderr. Colour and progress show on a terminal only. |
| `--json` | prints the same as data, exact numbers as text (`"791/1300"`), problems of what was looked at inside it. |
| | What stops a command altogether is still said on stderr. |
| `--lang et`, `--lang en` | may stand before or after the command's name. |
| The workspace | is the nearest folder with `kaasav.yaml`, going up from the folder named first, else from here. |
| A round's folder | may stand where `assess` and `check` take municipalities' folders: it means all of them. |

## Exit codes

| code | meaning |
|---|---|
| 0 | done. “Conditions not met” is a result too; warnings never change the code. |
| 1 | problems in the input; or an assessment is only a *preview* or *incomplete*; or a check or verification failed |
| 2 | the command line is wrong: unknown command, option or language, no folder named |
| 3 | Kaasav itself failed. The message names a log file to send to whoever maintains it. |
| 4 | refused: something that exists, or that a person decided, would be overwritten |
| 130 | interrupted (Ctrl-C) |

For several folders at once the highest code counts. No command ends with a traceback for bad input.

## Environment variables

| variable | meaning |
|---|---|
| `KAASAV_LANG` | `et` or `en`. Order: `--lang`, this, `language` of the workspace around the current folder, `et`. |
| `KAASAV_CACHE` | the folder for compiled catalogues instead of the user's cache folder; `off` does without any. |
| `PYDANTIC_DISABLE_PLUGINS` | set to `__all__` by Kaasav unless you set it: no plugin changes what a file means. |
"""

PROBLEMS_HEAD = """\
# Problems

Every problem Kaasav can report: {errors} errors and {warnings} warnings. An **error** leaves no result (exit code 1, or
4 where a rule forbids something); a **warning** is said and changes no exit code. On the screen a problem shows its
place (file:line:column), its sentence, the hint after “→”, and its code in brackets, by which it is found here.

`{{…}}` stands for details filled in. Where a likely slip is recognised, the hint says “did you mean …?” instead of the
one below. Each group is the module that declares the problem.
"""


def commands_page() -> str:
    """The command reference."""
    parts = [WRITTEN_BY, COMMANDS_HEAD]
    for path, text in helps():
        mark = "##" if len(path) <= 2 else "###"
        parts.append(f"{mark} {' '.join(path)}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def helps() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command's path, such as (kaasav, db, check), and its help; groups before what they hold."""
    from typer.main import get_command

    from kaasav.cli.app import app

    yield from _helps(get_command(app), "kaasav", None)


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    context = command.context_class(
        command, info_name=name, parent=parent, terminal_width=WIDTH, **command.context_settings
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield tuple(context.command_path.split()), text
    for child in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(context, child), child, context)


def problems_page() -> str:
    """The list of every problem, by the module that declares it."""
    for module in pkgutil.walk_packages(kaasav.__path__, "kaasav."):
        if module.name != "kaasav.__main__":
            importlib.import_module(module.name)
    errors = sum(kind.severity == "error" for kind in KINDS.values())
    parts = [WRITTEN_BY, PROBLEMS_HEAD.format(errors=errors, warnings=len(KINDS) - errors)]
    shown: set[str] = set()
    for name, about, codes in _declarations():
        rows = [_row(KINDS[code]) for code in codes]
        parts.append(f"## {name}\n\n{about}\n\n| code | | what is wrong | what to do |\n|---|---|---|---|")
        parts[-1] += "".join(f"\n{row}" for row in rows) + "\n"
        shown.update(codes)
    if shown != KINDS.keys():
        raise SystemExit(f"declared in no module as NAME = error(…): {sorted(KINDS.keys() ^ shown)}")
    return "\n".join(parts)


def _declarations() -> Iterator[tuple[str, str, list[str]]]:
    """Every module that declares problems: its name, what it says of itself, and the codes in order."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_bytes(), path)
        codes = [code for node in tree.body if isinstance(node, ast.Assign) for code in _declared(node.value)]
        if codes:
            about = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].replace("``", "`").split())
            name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
            yield name, _cell(about), codes


def _declared(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("error", "warning"):
        code = value.args[0]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value


def _row(kind: ProblemKind) -> str:
    return f"| `{kind.code}` | {kind.severity} | {_cell(_plainly(kind.text))} | {_cell(_plainly(kind.hint))} |"


def _plainly(sentence: str) -> str:
    """A sentence as people see it, but for its details: ``{{`` is one brace."""
    return sentence.replace("{{", "{").replace("}}", "}")


def _cell(text: str) -> str:
    r"""``text`` where Markdown must not act on it: ``_``, ``*``, ``|``, ``<`` and ``>`` with a backslash."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([_*|<>])", r"\\\1", p) for p in pieces)


PAGES = {"commands.md": commands_page, "problems.md": problems_page}


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    code = 0
    for name, page in PAGES.items():
        path, text = DOCS / name, page().encode("utf-8")
        if path.exists() and path.read_bytes() == text:
            continue
        print(f"{'out of date' if arguments else 'written'}: docs/{name}")
        if arguments:
            code = 1
        else:
            path.write_bytes(text)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
