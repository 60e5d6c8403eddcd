"""How a run ends: done, problems, wrong use, refused, interrupted, or a crash with a log to paste."""

import atexit
import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kaasav.cli.codes import CRASH, DONE, FORBIDDEN, INTERRUPTED, PROBLEMS, USAGE
from kaasav.language import DEFAULT, LANGUAGES, _, lost, use
from kaasav.problems import Forbidden, Misused, Refused

LANGUAGE_VARIABLE = "KAASAV_LANG"
SENTENCES_LOST = (
    "hoiatus: Kaasavi eestikeelne tekst on kadunud või rikutud, asemel on ingliskeelne; paigaldage Kaasav uuesti\n"
    "warning: Kaasav’s Estonian text is missing or damaged, English stands in for it; install Kaasav again\n"
)
"""In both languages here, for what would translate it is what is lost."""

# What the libraries loaded goes with the process. Python would first look through all of it for garbage and take it
# apart piece by piece, which took a quarter of a short run; files and the database are closed long before.
atexit.register(gc.freeze)


def finish(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the command line ``arguments`` and return its exit code; no exception leaves here."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed before the start
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open to the end)
        elif hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="replace")
    use(DEFAULT)
    try:
        remaining, language = _language(list(arguments), environment)
    except Refused as refused:
        return _end(refused, arguments)
    if language not in LANGUAGES:
        sys.stderr.write(_("unknown language “{language}”; write et or en").format(language=language) + "\n")
        return USAGE
    use(language)
    if lost():
        sys.stderr.write(SENTENCES_LOST)
    try:
        from kaasav.cli.app import app

        code = app(args=remaining, prog_name="kaasav", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as exc:
        return _end(exc, arguments)
    return code if isinstance(code, int) else DONE


def _end(exc: BaseException, arguments: Sequence[str]) -> int:
    from typer import Abort, Exit

    match exc:
        case Exit():
            return int(exc.exit_code)
        case SystemExit():
            return exc.code if isinstance(exc.code, int) else PROBLEMS
        case KeyboardInterrupt() | Abort():
            sys.stderr.write("\n" + _("interrupted; nothing is half written") + "\n")
            return INTERRUPTED
        case Refused():
            from kaasav.cli.output import show_problems

            show_problems(exc.problems)
            if isinstance(exc, Misused):
                return USAGE
            return FORBIDDEN if isinstance(exc, Forbidden) else PROBLEMS
        case BrokenPipeError():
            _no_more_output()
            return DONE
        case OSError() if exc.errno in (errno.ENOSPC, errno.EBADF, errno.EIO) and exc.filename is None:
            _no_more_output()
            sys.stderr.write(_("the output could not be written: {reason}").format(reason=exc.strerror) + "\n")
            return PROBLEMS
        case _ if hasattr(exc, "show") and hasattr(exc, "exit_code"):
            exc.show()  # typer's own usage errors know how to show themselves
            return int(exc.exit_code)
    return _crash(exc, arguments)


def _no_more_output() -> None:
    """What is still waiting to be written goes nowhere, so that leaving is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crash(exc: BaseException, arguments: Sequence[str]) -> int:
    import platform
    import tempfile
    import traceback

    from kaasav import __version__

    log = "\n".join(
        [
            f"kaasav {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"arguments: {list(arguments)!r}",
            "",
            *traceback.format_exception(exc),
        ]
    )
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="kaasav-", suffix=".log", delete=False) as stream:
        stream.write(log)
    sys.stderr.write(
        _("Kaasav itself failed; this is not your mistake. What happened is written in {log}.").format(log=stream.name)
        + "\n"
        + _("Please send that file to whoever maintains Kaasav. Nothing is half written.")
        + "\n"
    )
    return CRASH


def _language(arguments: list[str], environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Take ``--lang`` out of ``arguments``; without it the environment, the workspace or else Estonian decides."""
    remaining: list[str] = []
    stated: str | None = None
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            remaining += [argument, *rest]
        elif argument == "--lang":
            stated = next(rest, "")
        elif argument.startswith("--lang="):
            stated = argument.removeprefix("--lang=")
        else:
            remaining.append(argument)
    return remaining, stated or environment.get(LANGUAGE_VARIABLE) or _of_workspace() or DEFAULT


def _of_workspace() -> str | None:
    """The language of the workspace around the current folder; None where there is no workspace.

    Raises:
        Refused: the workspace's settings hold a mistake.
    """
    from kaasav.workspace.place import around

    workspace = around(Path.cwd())
    return workspace.language() if workspace else None
