"""Erasing a paper lawfully: the file goes; its hash, and who erased it, when and why, stay.

What is done is written down before it is done: first the event in the database, then the list, and last the file goes.
Cut off anywhere, the same command again finishes it.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kaasav.assessment.evidence_list import ItemText
from kaasav.evidence import paths
from kaasav.evidence.facts import State
from kaasav.files import NOT_WRITABLE, NOT_WRITTEN
from kaasav.language import N_
from kaasav.papers import isikukood
from kaasav.papers.change import Listed
from kaasav.papers.insertion import inserted
from kaasav.papers.opened import Paper, composed, key, papers_of
from kaasav.problems import NOWHERE, Forbidden, Location, Refused, error, visible
from kaasav.store.database import Store
from kaasav.yamldoc.document import Document, parse

ERASED = "evidence-erased"
"""The kind of the event; its subject is the SHA-256 of what was erased."""
LONGEST_REASON = 1_000

NO_FILE = error("erase-no-file", N_("the item names no file, so there is nothing to erase"))
GONE = error(
    "erase-gone",
    N_("the file is not there, so its hash cannot be recorded"),
    N_("if it was never needed, strike the item"),
)
UNSAFE = error("erase-unsafe", N_("the path does not lead to a plain file inside the folder"), N_("remove it by hand"))
UNREADABLE = error("erase-unreadable", N_("the file cannot be read, so its hash cannot be recorded"))
NO_REASON = error(
    "erase-no-reason", N_("it is not said why the file is erased"), N_("write --reason, in at most {limit} characters")
)
PERSONAL_REASON = error(
    "erase-personal-reason",
    N_("the reason holds a personal code ({shown}), and it is kept for good"),
    N_("say it without the code"),
)
IN_FUTURE = error("erase-in-future", N_("{on} lies in the future"), N_("correct the date"))
WITH_OTHERS = error(
    "erase-with-others",
    N_("the whole container “{file}” would be erased, and with it these items: {items}"),
    N_("with --with-container they are erased together; else ask for the container without that file"),
)
ERASED_ALREADY = error(
    "erase-already",
    N_("“{item}” was erased on {on} by {by}, and that is not overwritten"),
    N_("to finish what was cut off, run the command in the same words"),
)
ANOTHER_FILE = error(
    "erase-another-file",
    N_("“{item}” was erased, but another file of this name lies there now"),
    N_("list it as an item of its own, under another name"),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: the file, and each item with its SHA-256; ``again`` if it was all done before."""

    file: str
    items: Mapping[str, str]
    again: bool


def erase(
    own: Listed,
    item_id: str,
    *,
    by: str,
    on: datetime.date,
    reason: str,
    with_container: bool,
    store: Callable[[], Store],
    now: datetime.datetime,
) -> Erased:
    """Erase the file of an item; of an inner file, the whole container with all its items.

    Args:
        own: the municipality's folder.
        item_id: the item.
        by: a person of the round.
        on: the day; not after ``now``.
        reason: why it is lawful, without personal data.
        with_container: whether the other items of a container may be erased with it.
        store: opens the workspace's database, making it if there is none.
        now: the moment, with time zone.

    Raises:
        Refused: something is not as it has to be; nothing was done. Or the file could not be removed: what was meant
            is recorded then, and the same command finishes it.
        Forbidden: other items would go with it; or it has been erased already by another act.
    """
    index, item = own.item(item_id)
    if item.file is None:
        raise Refused([NO_FILE.at(own.document.at("items", index))])
    reason = visible(" ".join(reason.split()))
    own.person(by)
    _check(reason, on, now)
    together = _together(own, item)
    place = Location(f"{own.shown}/{item.file}")
    if not with_container and (len(together) > 1 or item.inside):
        names = ", ".join(one.id for one in together.values())
        raise Forbidden([WITH_OTHERS.at(own.document.at("items", index), file=item.file, items=names)])
    for number, one in together.items():
        if one.erased and (one.erased.by, one.erased.on, one.erased.reason) != (by, on, reason):
            at = own.document.at("items", number, "erased")
            raise Forbidden([ERASED_ALREADY.at(at, item=one.id, by=one.erased.by, on=one.erased.on)])
    located = paths.locate(own.folder, item.file)
    if located.state is State.MISSING and all(one.erased for one in together.values()):
        return Erased(item.file, {one.id: one.erased.sha256 for one in together.values() if one.erased}, again=True)
    if located.path is None:
        raise Refused([(GONE if located.state is State.MISSING else UNSAFE).at(place)])
    whole, hashes = _hashes(own, located.name, together)
    if whole is None:
        raise Refused([UNREADABLE.at(place)])
    for number, one in together.items():
        if one.erased and one.erased.sha256 not in (hashes[number], whole):
            raise Forbidden([ANOTHER_FILE.at(own.document.at("items", number), item=one.id)])
    meant = {"by": by, "on": on.isoformat(), "reason": reason}
    _record(own, together, hashes, whole, meant, store, now)
    own.write(lambda document: _written(document, together, hashes, meant))
    _remove(own, located, place)
    return Erased(item.file, {one.id: hashes[number] for number, one in together.items()}, again=False)


def _check(reason: str, on: datetime.date, now: datetime.datetime) -> None:
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused([NO_REASON.at(NOWHERE, limit=LONGEST_REASON)])
    code = next(isikukood.found(reason), None)
    if code is not None:
        raise Refused([PERSONAL_REASON.at(NOWHERE, shown=isikukood.masked(code[0]))])
    if on > now.astimezone().date():
        raise Refused([IN_FUTURE.at(NOWHERE, on=on)])


def _together(own: Listed, item: ItemText) -> dict[int, ItemText]:
    """Every item of the same file, by position."""
    items = enumerate(own.submission.evidence.items)
    return {index: one for index, one in items if one.file is not None and key(one)[0] == key(item)[0]}


def _hashes(own: Listed, file: str, together: Mapping[int, ItemText]) -> tuple[str | None, dict[int, str]]:
    """The file's SHA-256, and each item's: of an inner file that cannot be read, the container's."""
    found: dict[tuple[str, ...], Paper] = {}
    for paper in papers_of(own.member, file, text=False):
        found.setdefault(tuple(map(composed, paper.inside)), paper)
    whole = found[()].sha256
    hashes = {}
    for index, item in together.items():
        inner = found.get(key(item)[1])
        hashes[index] = (inner.sha256 if inner else "") or whole
    return whole or None, hashes


def _record(
    own: Listed,
    together: Mapping[int, ItemText],
    hashes: Mapping[int, str],
    whole: str,
    meant: Mapping[str, str],
    store: Callable[[], Store],
    now: datetime.datetime,
) -> None:
    with store() as opened:
        for index, item in together.items():
            data: dict[str, Any] = {
                "municipality": own.submission.application.municipality,
                "round": own.submission.round.id,
                "item": item.id,
                **meant,
            }
            if hashes[index] != whole:
                data["container"] = whole
            known = opened.events(kind=ERASED, subject=hashes[index])
            if all(event.data != data for event in known):
                opened.append_event(ERASED, hashes[index], data, at=now)


def _written(
    document: Document, together: Mapping[int, ItemText], hashes: Mapping[int, str], meant: Mapping[str, str]
) -> bytes:
    for index, item in together.items():
        if item.erased is None:
            value = {"on": meant["on"], "by": meant["by"], "reason": meant["reason"], "sha256": hashes[index]}
            document, _ = parse(inserted(document, ("items", index), "erased", value, after="file"), document.name)
    return document.content


def _remove(own: Listed, located: paths.Located, place: Location) -> None:
    try:
        if located.path is not None:
            located.path.unlink(missing_ok=True)
        (own.folder / located.name).unlink(missing_ok=True)  # a link inside the folder that led to it
    except PermissionError:
        raise Refused([NOT_WRITABLE.at(place)]) from None
    except OSError as failure:
        raise Refused([NOT_WRITTEN.at(place, reason=failure.strerror or type(failure).__name__)]) from None
