"""Templates: those that ship with Kaasav, and a workspace's own, which win."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from kaasav.files import read_bytes
from kaasav.language import LANGUAGES, N_
from kaasav.problems import NOWHERE, Refused, closest, error

SHIPPED = Path(__file__).parent / "templates"
OWN = "templates"
"""The folder of a workspace that holds its own templates."""

MOST_BYTES = 16 * 1024 * 1024
"""A document from an own template is smaller."""
TOO_LONG = error("template-too-long", N_("filled in, the template is larger than any document"))
UNKNOWN = error("template-unknown", N_("there is no template “{name}”"), N_("“kaasav template list” shows them all"))
DID_YOU_MEAN = N_("did you mean “{guess}”?")


@dataclass(frozen=True, slots=True)
class Template:
    """One template.

    Attributes:
        name: its file name, such as ``letter.et.docx``.
        content: its bytes.
        own: whether it is the workspace's own, which is checked and run apart.
        shown: how problems name it.
    """

    name: str
    content: bytes
    own: bool
    shown: str

    @property
    def version(self) -> str:
        """SHA-256 of its bytes: what it is known by wherever a document is recorded."""
        return sha256(self.content).hexdigest()


def find(name: str, language: str, root: Path | None) -> Template:
    """The template for ``name`` (such as ``letter.docx``) in ``language``.

    The first there is of: the workspace's ``letter.et.docx``, its ``letter.docx``, and the same two as shipped.

    Args:
        name: the file name without language.
        language: ``et`` or ``en``.
        root: the workspace's folder; None: only what ships.

    Raises:
        Refused: there is none (`UNKNOWN`), or it cannot be opened.
    """
    stem, _dot, ending = name.partition(".")
    for folder, own in ((root / OWN if root else None, True), (SHIPPED, False)):
        if folder is None:
            continue
        for file in (f"{stem}.{language}.{ending}", name):
            if (folder / file).is_file():
                shown = f"{OWN}/{file}" if own else file
                return Template(file, read_bytes(folder / file, shown, inside=folder), own, shown)
    guess = closest(name, names())
    raise Refused(
        [UNKNOWN.at(NOWHERE, hint=DID_YOU_MEAN if guess else None, name=name, **({"guess": guess} if guess else {}))]
    )


def names() -> list[str]:
    """The file names of the templates that ship; what they share (`SHARED`) is none."""
    return sorted(path.name for path in SHIPPED.iterdir() if path.is_file() and path.name not in SHARED)


SHARED = ("chart.typ", "charts.typ", "kaasav.typ", "watermark.typ")
"""What shipped templates use; not a document's template."""


def own_files(root: Path) -> Iterator[Path]:
    """The files in a workspace's template folder, by name."""
    folder = root / OWN
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def neutral(file: str) -> str:
    """``letter.et.docx`` → ``letter.docx``."""
    stem, _dot, rest = file.partition(".")
    first, dot, ending = rest.partition(".")
    return f"{stem}.{ending}" if dot and first in LANGUAGES else file


@cache
def shared_version() -> str:
    """SHA-256 over what shipped templates import: a document is made anew where that has changed."""
    return sha256(b"\0".join((SHIPPED / name).read_bytes() for name in SHARED)).hexdigest()
