"""Throws damaged files at the readers and watches: ``python scripts/fuzz.py --seconds 60 [reader …]``.

Every reader (of evidence, of survey tables and their descriptions; also a whole import, which writes nothing) starts
from good files and gets them changed at random: bits, bytes, blocks, lengths, words; of zips also what is inside.
Allowed is any text and any honest refusal. Found is what crashes, hangs, or takes too much time or memory, and a wave
that does not read back as it was made; the file that did it is kept. The same seed gives the same files: ``--seed N
--case K`` tries one of them again.
"""

import argparse
import importlib.util
import io
import multiprocessing
import random
import re
import resource
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from samples import digidoc, mails, old_office, packages, surveys

ROOT = Path(__file__).parents[1]
SECONDS_A_CASE = 5.0
MEGABYTES = 1_500
BATCH = 100
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_WORD = re.compile(rb"[^\s;:,<>{}\[\]\"'=/]+|\s+|[;:,\"]")
_PIECES = (
    b"PK\x01\x02", b"PK\x05\x06", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"\r\n\r\n", b"--piir", b"{\\rtf1",
    b"\\bin99999999 ", b"{" * 200, b"<a>" * 200, b"\xff" * 64, b"\0" * 64, b"../../", b"%PDF-", b"=?utf-8?B?",
)  # fmt: skip


def good_files() -> dict[str, list[bytes]]:
    """Good files by type."""
    spec = importlib.util.spec_from_file_location("makers", ROOT / "tests" / "evidence" / "conftest.py")
    assert spec and spec.loader
    makers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(makers)
    make = makers.Make
    text = "Vald kaasab kõiki elanikke külade arendamisse. " * 20
    files = {"kiri.txt": text.encode(), "leht.pdf": b"%PDF-1.4 " * 50}
    eml = mails.eml("Küla", text, files, html=f"<p>{text}", attached=mails.eml("Sees", text, files))
    msg = mails.msg("Küla", text, {**files, "suur.bin": b"x" * 6_000}, attached=mails.message("S", "s", files, head=24))
    signed = digidoc.asice(files, digidoc.signature(), digidoc.signature("Näidisvald"))
    rows: list[list[str | float]] = [["Küla", 12.5], ["Toetus", 3], [text, 0.35]]
    slides = (packages.paragraph(text), packages.paragraph("Teine"))
    return {
        "pdf": [make.pdf(text, "Teine leht"), make.scan(text)],
        "docx": [make.docx(text, "Teine"), make.word(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", header1="<w:p/>")],
        "xlsx": [make.xlsx(["Küla", 12.5], [text, 3]), make.book('<row r="1"><c r="A1"><v>1</v></c></row>')],
        "html": [f"<html><meta charset=utf-8><table><tr><td>{text}</table><script>x</script><p hidden>y".encode()],
        "txt": [text.encode(), text.encode("utf-16")],
        "csv": [f'a;"{text}";1,5\n1;2;3\n'.encode() * 5],
        "doc": [old_office.doc(text, deleted=(5, 9), header="päis", comment="x"), old_office.doc(text, wide=False)],
        "xls": [old_office.xls(("A", rows), ("B", rows), hidden=("B",)), old_office.stray(50, 20)],
        "odt": [packages.odt(text, "Teine")],
        "ods": [packages.ods([["a", text]], [["b"]])],
        "odp": [packages.odp(text, "Teine")],
        "pptx": [packages.pptx(*slides)],
        "rtf": [packages.rtf(text + r"{\deleted x}\'f5\u245?{\field{\*\fldinst x}{\fldrslt y}}{\pict ab12}" * 5)],
        "mhtml": [packages.mhtml(f"<p>{text}")],
        "eml": [eml],
        "msg": [msg],
        "zip": [packages.zipped({**files, "sees.zip": packages.zipped(dict(files))})],
        "asice": [signed],
        "asics": [digidoc.asics("a.asice", signed)],
        "ddoc": [digidoc.ddoc(files, digidoc.signature())],
        **surveys.good_surveys(),
    }


def changed(good: list[bytes], chance: random.Random) -> bytes:
    """One of the good files, changed in one to six ways."""
    data = chance.choice(good)
    zipped = data.find(b"PK\x03\x04", 0, 16)  # what is imported has a name before it
    if zipped >= 0 and chance.random() < 0.6:
        inner = _rezipped(data[zipped:], chance)
        if inner is not None:
            return data[:zipped] + inner
    return _mutated(data, chance)


def _words_changed(data: bytes, chance: random.Random) -> bytes:
    """Some words of a text in the place of others, or what is no word."""
    places = [match.span() for match in _WORD.finditer(data)]
    if not places:
        return data
    start, end = chance.choice(places)
    first, last = chance.choice(places)
    return data[:start] + chance.choice((data[first:last], b"", chance.choice(surveys.PIECES))) + data[end:]


def _mutated(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    words = chance.random() < 0.5
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        if words:
            out = bytearray(_words_changed(bytes(out), chance))
            continue
        at = chance.randrange(len(out) + 1)
        length = min(chance.choice((1, 2, 4, 16, 64, 512, 5_000)), max(len(out) - at, 0))
        match chance.randrange(8):
            case 0 if at < len(out):
                out[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(out):
                out[at] = chance.randrange(256)
            case 2:
                size = chance.choice("BHIQ")
                number = chance.choice(_NUMBERS) & ((1 << 8 * struct.calcsize(size)) - 1)
                out[at : at + struct.calcsize(size)] = struct.pack("<" + size, number)
            case 3:
                del out[at : at + length]
            case 4:
                out[at:at] = out[at : at + length] * chance.choice((1, 1, 3, 50))
            case 5:
                out[at:at] = chance.choice(_PIECES)
            case 6:
                out[at : at + length] = chance.randbytes(length)
            case _ if chance.random() < 0.3:
                del out[at:]
    return bytes(out[: 8 * 1024 * 1024])


def _rezipped(data: bytes, chance: random.Random) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, KeyError, OSError):
        return None
    which = chance.randrange(len(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts):
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), _mutated(content, chance) if number == which else content, method)
    return out.getvalue()


def tried(kind: str, data: bytes) -> str:
    """Read ``data`` in every way a file of ``kind`` is read; what went wrong, or ""."""
    if "-" in kind:
        return surveys.tried_survey(kind, data)
    from kaasav.evidence import filetype
    from kaasav.evidence.containers import KINDS, ContainerError, open_container
    from kaasav.evidence.text import readers
    from kaasav.evidence.text.pages import NoTextError

    filetype.identify(data, data, f".{kind}")
    try:
        readers.read(kind, data)
    except NoTextError as error:
        if isinstance(error.__cause__, MemoryError):
            return "memory while reading text"
    if kind not in KINDS:
        return ""
    try:
        for member in open_container(kind, data).members:
            try:
                if len(member.data) != member.size:
                    return "a member of another size than stated"
            except ContainerError:
                continue
    except ContainerError as error:
        if isinstance(error.__cause__, MemoryError):
            return "memory while opening"
    return ""


def _work(connection: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)
    good = connection.recv()
    while True:
        kind, seed, first = connection.recv()
        for case in range(first, first + BATCH):
            connection.send(("begin", case, ""))
            data = changed(good[kind], random.Random(f"{kind}:{seed}:{case}"))
            started = time.process_time()
            try:
                wrong = tried(kind, data)
            except BaseException as error:
                wrong = f"{type(error).__name__}: {error}"[:300]
            took = time.process_time() - started
            if not wrong and took > SECONDS_A_CASE:
                wrong = f"slow: {took:.1f} s"
            if wrong:
                connection.send(("found", case, wrong))
        connection.send(("done", first, ""))


class Worker:
    """One process that reads files, begun anew when it dies."""

    def __init__(self, good: dict[str, list[bytes]]) -> None:
        self._good = good
        self._begin()

    def _begin(self) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._ours.send(self._good)

    def batch(self, kind: str, seed: int, first: int) -> Iterator[tuple[int, str]]:
        """What was found in one batch of cases."""
        self._ours.send((kind, seed, first))
        case = first
        waits = 60.0  # the first answer may have to wait for the process to start
        while True:
            try:
                if not self._ours.poll(waits):
                    yield case, f"hangs for more than {waits:.0f} s"
                    break
                what, case, detail = self._ours.recv()
            except (EOFError, OSError):
                self._process.join(5)
                yield case, f"the process died ({self._process.exitcode})"
                break
            waits = SECONDS_A_CASE * 6
            if what == "found":
                yield case, detail
            elif what == "done":
                return
        self._process.kill()
        self._process.join()
        self._begin()

    def end(self) -> None:
        """Stop the process."""
        self._process.kill()


def fuzz(kinds: list[str], seconds: float, seed: int, keep: Path, say: Callable[[str], None]) -> int:
    """Fuzz each of ``kinds`` for ``seconds``; how many files did harm."""
    good, total = good_files(), 0
    worker = Worker(good)
    for kind in kinds:
        until, first, found, seen = time.monotonic() + seconds, 0, 0, set[str]()
        while time.monotonic() < until:
            for case, wrong in worker.batch(kind, seed, first):
                found += 1
                key = wrong.partition(":")[0]
                if key not in seen:
                    path = keep / f"{kind}-{seed}-{case}.{kind}"
                    path.write_bytes(changed(good[kind], random.Random(f"{kind}:{seed}:{case}")))
                    say(f"{kind} seed {seed} case {case}: {wrong} → {path}")
                seen.add(key)
            first += BATCH
        say(f"{kind}: seed {seed}, about {first} files in {seconds:.0f} s, {found} found")
        total += found
    worker.end()
    return total


def main() -> int:
    """The command."""
    known: list[str] = list(good_files())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="reader", help=", ".join(known))
    parser.add_argument("--seconds", type=float, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--case", type=int, help="try one case again, here and now")
    parser.add_argument("--keep", type=Path, help="where the files that did harm are put")
    asked: Any = parser.parse_args()
    asked.readers = asked.readers or known
    if unknown := set(asked.readers) - set(known):
        parser.error(f"no such reader: {', '.join(sorted(unknown))}")

    def say(line: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)

    if asked.case is not None:
        for kind in asked.readers:
            data = changed(good_files()[kind], random.Random(f"{kind}:{asked.seed}:{asked.case}"))
            say(f"{kind}: {len(data)} bytes: {tried(kind, data) or 'nothing wrong'}")
        return 0
    keep = asked.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    keep.mkdir(parents=True, exist_ok=True)
    say(f"seed {asked.seed}; files that do harm are kept in {keep}")
    return 1 if fuzz(asked.readers, asked.seconds, asked.seed, keep, say) else 0


if __name__ == "__main__":
    sys.exit(main())
