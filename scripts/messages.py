"""Keeps the Estonian words up with the source.

    python scripts/messages.py           collect the messages, update kaasav.po, compile kaasav.mo
    python scripts/messages.py --check   change nothing; say what is untranslated or out of date (exit code 1)

A translation is kept as long as its English sentence stands in the source word for word; a changed sentence is a new
one, and nothing is guessed. The same source and translations give the same bytes, on any day and machine.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kaasav.files import write_atomically
from kaasav.language import sealed

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kaasav"
PO = SOURCE / "locale" / "et" / "LC_MESSAGES" / "kaasav.po"
MO = PO.with_suffix(".mo")
SENTENCES = {"_": 1, "N_": 1, "plural": 2}
"""The functions of kaasav/language.py that take sentences, and how many."""

Ids = str | tuple[str, ...]


class Words(Catalog):
    """A catalogue whose head says nothing that changes from run to run."""

    @property
    def header_comment(self) -> str:
        """The first lines of the file."""
        return "# Estonian words of Kaasav. Write the translations here, then run: python scripts/messages.py"

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext needs to know."""
        return [
            ("Language", "et"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def extracted(source: Path = SOURCE) -> set[Ids]:
    """Every message of the Python files below ``source``: a sentence, or a tuple of its forms for one and for many.

    Read from the syntax tree and not by babel, which does not look into f-strings before Python 3.12.
    """
    trees = (ast.parse(path.read_bytes(), path) for path in source.rglob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {ids for call in calls if (ids := _marked(call)) is not None}


def _marked(call: ast.Call) -> Ids | None:
    """The message a call stands for; None where it calls something else, or a variable stands for the sentence."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    forms = tuple(
        argument.value for argument in call.args[: SENTENCES.get(name, 0)] if isinstance(argument, ast.Constant)
    )
    texts = tuple(form for form in forms if isinstance(form, str))
    if not texts or len(texts) < SENTENCES[name]:
        return None
    return texts if name == "plural" else texts[0]


def updated(po: bytes, messages: set[Ids]) -> Words:
    """The messages with the translations that ``po`` has of them."""
    former = read_po(BytesIO(po), locale="et", abort_invalid=True)
    words = Words(locale="et", fuzzy=False)
    for ids in messages:
        known = former.get(ids if isinstance(ids, str) else ids[0])
        kept = known.string if known is not None and known.id == ids and not known.fuzzy else ""
        # A sentence with “60 % is” is no printf format, which is what babel takes it for.
        words.add(ids, kept).flags.discard("python-format")
    return words


def as_po(words: Words) -> bytes:
    """The text people translate."""
    stream = BytesIO()
    write_po(stream, words, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return stream.getvalue()


def as_mo(words: Words) -> bytes:
    """What gettext reads, with Kaasav's checksum."""
    stream = BytesIO()
    write_mo(stream, words)
    return sealed(stream.getvalue())


def untranslated(words: Words) -> Iterator[str]:
    """The English sentences without Estonian ones."""
    for message in words:
        forms = [message.string] if isinstance(message.string, str) else message.string
        if message.id and not (forms and all(forms)):
            yield message.id if isinstance(message.id, str) else message.id[0]


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    check = bool(arguments)
    before = {path: path.read_bytes() if path.exists() else b"" for path in (PO, MO)}
    words = updated(before[PO], extracted())
    after = {PO: as_po(words), MO: as_mo(words)}
    missing = list(untranslated(words))
    for sentence in missing:
        print(f"untranslated: {sentence}")
    stale = [path for path in after if after[path] != before[path]]
    for path in stale:
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT).as_posix()}")
        if not check:
            write_atomically(path, after[path])
    print(f"{len(words)} messages, {len(missing)} untranslated")
    return 1 if check and (missing or stale) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
