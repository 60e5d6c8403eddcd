"""Everything that ever came in: ``intake.yaml`` (format ``kaasav/intake/1``). Nothing in it is taken out again."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kaasav.files import read_bytes, write_atomically
from kaasav.intake.yamltext import dump
from kaasav.language import N_, _
from kaasav.problems import Refused
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse
from kaasav.yamldoc.scalars import Model, Text, Whole

SCHEMA = "kaasav/intake/1"
FILE = "intake.yaml"

Became = Literal["listed", "confirmed", "struck", "opened", "known", "skipped", "refused"]

ABOUT = N_(
    "Everything that came in, and what became of it. Kaasav writes this file; please leave it as it is.\n"
    "listed: waits for a person (kaasav evidence confirm) · confirmed: in evidence.yaml · struck: a person said no\n"
    "opened: its inner files follow · known: the same bytes were there already · skipped, refused: why says why"
)


class Run(Model):
    """One run of intake: when, what was named, and what was written for people."""

    at: Text
    sources: tuple[Text, ...]
    forms: tuple[Text, ...] = ()


class Entry(Model):
    """One file that came in.

    ``name`` is as it came, below ``source``; ``file`` and ``inside`` are where it lies now; ``base`` is what was last
    proposed or confirmed for it, field by field, so that a person's change can be told from the program's.
    """

    name: Text
    source: Text
    run: Whole
    became: Became
    why: Text | None = None
    size: Whole | None = None
    sha256: Text | None = None
    type: Text | None = None
    file: Text | None = None
    inside: tuple[Text, ...] = ()
    item: Text | None = None
    base: dict[Text, str] = {}

    @property
    def is_item(self) -> bool:
        """Whether this entry stands for an item, whatever a person has said of it."""
        return self.became in ("listed", "confirmed", "struck")

    @property
    def key(self) -> tuple[str, str, str | None]:
        """What makes it the same arrival when it comes again."""
        return self.source, self.name, self.sha256


class LedgerText(Model):
    """The file as a whole."""

    runs: tuple[Run, ...] = ()
    files: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Ledger:
    """The runs and files so far; filled in by intake, marked by confirm."""

    runs: list[Run] = field(default_factory=list)
    files: list[Entry] = field(default_factory=list)

    def items(self) -> dict[str, int]:
        """The position of each item's entry, by its content's hash."""
        return {one.sha256: at for at, one in enumerate(self.files) if one.is_item and one.sha256}

    def content(self) -> bytes:
        """The file's bytes."""
        return dump(
            {
                "schema": SCHEMA,
                "runs": [run.model_dump() for run in self.runs],
                "files": [one.model_dump() for one in self.files],
            },
            _(ABOUT),
        )

    def write(self, folder: Path) -> None:
        """Write it, all or nothing.

        Raises:
            Refused: it cannot be written.
        """
        write_atomically(folder / FILE, self.content())


def read(folder: Path, shown: str) -> Ledger:
    """The ledger of the municipality's ``folder``; an empty one where nothing came in yet.

    Raises:
        Refused: it is there but cannot be read.
    """
    if not (folder / FILE).exists():
        return Ledger()
    name = f"{shown}/{FILE}"
    document, problems = parse(read_bytes(folder / FILE, name), name)
    text, found = bind(document, LedgerText, SCHEMA)
    if text is None or problems:
        raise Refused([*problems, *found])
    return Ledger(list(text.runs), list(text.files))
