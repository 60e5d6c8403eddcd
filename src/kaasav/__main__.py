"""The command ``kaasav``: settles what needs nothing heavy, sets the language, then hands over to the commands."""

import gc
import os
import sys

from kaasav import __version__


def run() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"kaasav {__version__}\n")
        raise SystemExit(0)
    # Loading the libraries makes many objects that all stay: looking through them for garbage again and again took a
    # sixth of a short run. A long run still collects, only less often.
    gc.set_threshold(200_000, 20, 20)
    # Nothing that happens to be installed beside Kaasav may change what a file means.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from kaasav.cli.ends import finish

        code = finish(arguments, os.environ)
    except KeyboardInterrupt:  # so early that not even the words for it are loaded
        code = 130
    raise SystemExit(code)


if __name__ == "__main__":
    run()
