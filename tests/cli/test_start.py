"""Starting is quick because nothing heavy is loaded: checked in fresh interpreters, not by the clock."""

import subprocess
import sys

import pytest

from kaasav import __version__

HEAVY = ["pydantic", "ruamel", "openpyxl", "lxml", "pypdfium2", "docx", "sqlite_utils", "jinja2", "python_calamine"]


def loaded(*arguments: str) -> tuple[str, set[str]]:
    """What ``kaasav`` prints, and which top-level modules it has loaded at the end."""
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write(' '.join({m.split('.')[0] for m in sys.modules})))\n"
        f"sys.argv = ['kaasav', *{list(arguments)!r}]\n"
        "from kaasav.__main__ import run\nrun()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ended.stdout, set(ended.stderr.split())


def test_the_version_needs_nothing_at_all() -> None:
    out, modules = loaded("--version")
    assert out == f"kaasav {__version__}\n"
    assert not modules & {*HEAVY, "typer", "rich", "yaml", "sqlite3", "gettext"}


def test_help_loads_no_heavy_library() -> None:
    out, modules = loaded("--help")
    assert "assess" in out
    assert not modules & {*HEAVY, "rich", "sqlite3"}


@pytest.mark.parametrize("command", ["assess", "db", "survey", "catalogue"])
def test_help_of_a_command_loads_only_what_typer_itself_needs(command: str) -> None:
    out, modules = loaded(command, "--help")
    assert command in out
    assert not modules & ({*HEAVY, "rich", "sqlite3"} - {"pydantic"})


def test_the_module_runs_as_a_program() -> None:
    ended = subprocess.run([sys.executable, "-m", "kaasav", "-V"], capture_output=True, text=True, check=True)
    assert ended.stdout == f"kaasav {__version__}\n"
