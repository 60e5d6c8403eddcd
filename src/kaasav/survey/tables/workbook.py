"""Excel and OpenDocument workbooks: guarded first, then read by calamine."""

import contextlib
import io
import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from xml.parsers import expat

from kaasav.language import N_
from kaasav.problems import Location, Refused, error
from kaasav.survey.tables import biff, compound, extents, opendocument
from kaasav.survey.tables.package import BOMB, DAMAGED, PASSWORD, Package
from kaasav.survey.tables.sheet import (
    BATCH,
    FIRST,
    MOST_BYTES,
    MOST_COLUMNS,
    TOO_LARGE,
    TOO_WIDE,
    Batch,
    Blind,
    Sheet,
    Truth,
)

NOT_WORKBOOK = error(
    "table-not-workbook",
    N_("this is no workbook Kaasav reads"),
    N_("save the table as .xlsx, .ods or “CSV UTF-8”"),
)
FAR = error(
    "table-extents",
    N_("a cell stands so far from the others that the sheet would be {cells} cells large"),
    N_("copy the table alone into a new workbook; an empty-looking cell far right or far down is the usual reason"),
)
ENTITIES = error("table-entities", N_("the file declares a document type, which no workbook does"))
NO_SHEET = error("table-no-sheet", N_("there is no sheet “{sheet}”"), N_("its sheets are: {known}"))
WHICH_SHEET = error(
    "table-which-sheet",
    N_("the workbook has several sheets: {known}"),
    N_("name the one that is meant as “sheet” in the description"),
)
EMPTY = error("table-empty", N_("there is nothing in this table"))

# Parts a table of values does without; the reader behind never sees them.
_LEFT_OUT = ("docProps/", "customXml/", "xl/media/", "xl/drawings/", "xl/charts/", "xl/theme/", "xl/pivot",
             "xl/externalLinks/", "xl/comments", "xl/threadedComments/", "xl/printerSettings/", "xl/calcChain",
             "xl/slicer", "xl/queryTables/", "xl/tables/")  # fmt: skip
MANIFEST = "META-INF/manifest.xml"
_OLE = b"\xd0\xcf\x11\xe0"


def looks_like_workbook(data: bytes) -> bool:
    """Whether ``data`` begins as a zipped or an older Excel workbook does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


@dataclass(frozen=True, slots=True)
class Unseen:
    """What gives a sheet's cells that look empty, and its hidden rows, by the sheet's name."""

    blind: Callable[[str], Mapping[tuple[int, int], Blind]]
    hidden: Callable[[str], frozenset[int]]


def _nothing(_title: str) -> frozenset[int]:
    return frozenset()


def read(data: bytes, name: str, sheet: str | None = None) -> Sheet:
    """One sheet of the workbook ``data``, a file people know as ``name``: the one named, or the only visible one.

    Raises:
        Refused: it is damaged, encrypted, a bomb or no workbook, or the sheet cannot be told.
    """
    if len(data) > MOST_BYTES:
        raise Refused([TOO_LARGE.at(Location(name), limit=MOST_BYTES // 2**20)])
    if data.startswith(_OLE):
        return _open(_look_at_old(data, name), name, sheet, None)
    package = Package(data, name)
    if "content.xml" in package.parts:
        told = _look_at_opendocument(package)
        parts = [part for part in package.parts if part in ("content.xml", "mimetype", MANIFEST)]
        blank = Unseen(lambda title: told.blind.get(title, {}), lambda title: frozenset(told.hidden.get(title, ())))
        return _open(package.only(parts), name, sheet, blank)
    if "xl/workbook.xml" not in package.parts:
        raise Refused([NOT_WORKBOOK.at(Location(name))])
    parts = [part for part in package.parts if part.endswith((".xml", ".rels")) and not part.startswith(_LEFT_OUT)]
    hides = _look_at_excel(package, parts)
    hidden = (lambda title: _hidden(package, title)) if hides else _nothing
    return _open(package.only(parts), name, sheet, Unseen(lambda title: _blind(package, title), hidden))


def _look_at_old(data: bytes, name: str) -> bytes:
    try:
        old = biff.look(data)
    except biff.Encrypted:
        raise Refused([PASSWORD.at(Location(name))]) from None
    except compound.Damaged:
        raise Refused([NOT_WORKBOOK.at(Location(name))]) from None
    _refuse_too_much(name, old.cells, old.text)
    return old.data


def _refuse_too_much(name: str, cells: int, text: int) -> None:
    if cells > extents.MOST_CELLS:
        raise Refused([FAR.at(Location(name), cells=cells)])
    if text > extents.MOST_TEXT:
        raise Refused([BOMB.at(Location(name))])


def _look_at_opendocument(package: Package) -> opendocument.Look:
    try:
        told = opendocument.look(package.blocks("content.xml"), _manifest(package))
    except opendocument.Encrypted:
        raise Refused([PASSWORD.at(Location(package.shown))]) from None
    except extents.Doctype:
        raise Refused([ENTITIES.at(Location(package.shown))]) from None
    except expat.ExpatError:
        raise package.refused_as_damaged() from None
    _refuse_too_much(package.shown, told.cells, told.text)
    return told


def _manifest(package: Package) -> bytes:
    return package.whole(MANIFEST) if MANIFEST in package.parts else b""


def _look_at_excel(package: Package, parts: list[str]) -> bool:
    """Look at every part; returns whether any hides rows.

    Parts are told by what stands in them, not by their names: each of them might be led to as a sheet.
    """
    lengths = [length for part in parts if "sharedstrings" in part.casefold()
               for length in extents.string_lengths(package.blocks(part))]  # fmt: skip
    longest, cells, text, hides = max(lengths, default=0), 0, 0, False
    for part in parts:
        try:
            found, shown = _extents(package, part, lengths, longest, cells, text)
        except extents.Doctype:
            raise Refused([ENTITIES.at(Location(package.shown))]) from None
        except expat.ExpatError:
            raise package.refused_as_damaged() from None
        cells, text, hides = cells + found.cells, text + shown, hides or found.hides
        _refuse_too_much(package.shown, cells, text)
    return hides


def _blind(package: Package, title: str) -> dict[tuple[int, int], Blind]:
    part = _part_of(package, title)
    try:
        return extents.blind_cells(package.blocks(part)) if part else {}
    except extents.Irregular:
        return _exactly(package, part)[0]


def _hidden(package: Package, title: str) -> frozenset[int]:
    part = _part_of(package, title)
    try:
        return extents.hidden_rows(package.blocks(part)) if part else frozenset()
    except extents.Irregular:
        return _exactly(package, part)[1]


def _part_of(package: Package, title: str) -> str:
    """The part of the sheet with this name; "" if there is none."""
    try:
        part = _titles(package).get(title, "")
    except expat.ExpatError:
        raise package.refused_as_damaged() from None
    return part if part in package.parts else ""


def _exactly(package: Package, part: str) -> tuple[dict[tuple[int, int], Blind], frozenset[int]]:
    try:
        blind, hidden = extents.exact(package.blocks(part), [])[2:]
    except expat.ExpatError:
        raise package.refused_as_damaged() from None
    return blind, hidden


def _titles(package: Package) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        elif local == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            titles[attributes.get("name", "")] = targets.get(key, "")

    for part in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        if part in package.parts:
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler = start
            parser.Parse(package.whole(part), True)
    return titles


def _extents(
    package: Package, part: str, lengths: list[int], longest: int, cells: int, text: int
) -> tuple[extents.Extents, int]:
    try:
        found = extents.quick(package.blocks(part), count_shared=longest > 100)
        shown = found.shared * longest
        if cells + found.cells <= extents.MOST_CELLS and text + shown <= extents.MOST_TEXT:
            return found, shown
    except extents.Irregular:
        pass
    found, shown, _blind_ones, _hidden_ones = extents.exact(package.blocks(part), lengths)
    return found, shown


def _open(data: bytes, name: str, wanted: str | None, unseen: Unseen | None) -> Sheet:
    import python_calamine as calamine

    try:
        with _quiet():
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            title = _chosen(book, name, wanted)
            table = book.get_sheet_by_name(title)
            merged = table.merged_cell_ranges
    except calamine.PasswordError:
        raise Refused([PASSWORD.at(Location(name))]) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Refused([NOT_WORKBOOK.at(Location(name))]) from None
    except BaseException as failed:
        if type(failed).__name__ != "PanicException":  # what the reader meets where it did not expect it
            raise
        raise Refused([DAMAGED.at(Location(name))]) from None
    if table.start is None:
        raise Refused([EMPTY.at(Location(f"{name}, {title}"))])
    offset, width = table.start[1], table.width
    if width > MOST_COLUMNS:
        raise Refused([TOO_WIDE.at(Location(f"{name}, {title}"), found=width, limit=MOST_COLUMNS)])

    def batches() -> Iterator[Batch]:
        rows, first = table.iter_rows(), 1
        while some := list(islice(rows, FIRST if first == 1 else BATCH)):
            if bool in set(map(type, chain.from_iterable(some))):
                some = [[Truth(str(cell).upper()) if isinstance(cell, bool) else cell for cell in row] for row in some]
            yield Batch(range(first, first + len(some)), some)
            first += len(some)

    areas = None if merged is None else tuple(
        (top[0] + 1, top[1] + 1, end[0] + 1, end[1] + 1) for top, end in merged
    )  # fmt: skip
    if unseen is None:
        return Sheet(name, title, offset, batches, merged=areas)
    return Sheet(name, title, offset, batches, lambda: unseen.blind(title), lambda: unseen.hidden(title), areas)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the reader itself writes to standard error, about files it stumbles over, off the screen."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nothing:  # noqa: PTH123 (no file of ours)
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _chosen(book: Any, name: str, wanted: str | None) -> str:
    """The name of the sheet that is meant: the one named, else the only one that can be seen and holds something."""
    names = [str(title) for title in book.sheet_names]
    if wanted is not None:
        by_key = {_key(title): title for title in names}
        if _key(wanted) not in by_key:
            raise Refused([NO_SHEET.at(Location(name), sheet=wanted, known=", ".join(names)[:300])])
        return by_key[_key(wanted)]
    visible = [str(one.name) for one in book.sheets_metadata if str(one.visible).endswith(".Visible")]
    candidates = visible or names
    if len(candidates) > 1:
        candidates = [title for title in candidates if book.get_sheet_by_name(title).start] or candidates
    if len(candidates) != 1:
        raise Refused([WHICH_SHEET.at(Location(name), known=", ".join(candidates)[:300])])
    return candidates[0]


def _key(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())
