"""Makes the evidence files of the example round ``assessments/2026`` and its list of contacts.

The papers come from the texts in ``scripts/examples/papers``.

Run from the repository's root: ``python scripts/make_examples.py [folder]``; without a folder the examples themselves
are written anew. Names say what becomes of a text: ``kord.pdf.md`` becomes ``kord.pdf``, ``kord.asice.md`` a container
with ``kord.pdf`` in it, ``kiri.eml.txt`` a mail; ``.txt`` and ``.html`` stay as they are. ``% vorming`` in a paper's
head makes it something else than its name says. With the same versions of the libraries the same bytes come out, on
any day.
"""

import sys
from pathlib import Path
from typing import Any

from examples import contacts, container, mail, markup, pdf, photo, scan, sheet, word

PAPERS = Path(__file__).parent / "examples" / "papers"
ROUND = Path(__file__).parent.parent / "assessments" / "2026"
WRITERS: dict[str, Any] = {"docx": word, "pdf": pdf, "skaneering": scan}


def make(source: Path) -> tuple[str, bytes]:
    """The name and the bytes of the evidence file that ``source`` becomes."""
    made_from = source.suffixes[-2:]
    text = source.read_text(encoding="utf-8")
    match made_from:
        case [ending, ".md"]:
            paper = markup.parse(text)
            if ending == ".asice":
                return source.stem, container.make(paper, source.stem.removesuffix(ending) + ".pdf")
            writer = WRITERS[paper.head.get("vorming", ending[1:])]
            return source.stem, writer.make(paper)
        case [".eml", ".txt"]:
            return source.stem, mail.make(text)
        case [".xlsx", ".csv"]:
            return source.stem, sheet.make(text)
        case [".jpg", ".txt"]:
            return source.stem, photo.make(text)
    return source.name, text.encode()


def main(round_folder: Path) -> None:
    """Write every evidence file below ``round_folder``; files no text stands for are left alone."""
    for source in sorted(PAPERS.glob("*/*.*")):
        name, content = make(source)
        folder = round_folder / source.parent.name / "evidence"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (round_folder / "contacts.xlsx").write_bytes(contacts.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROUND)
