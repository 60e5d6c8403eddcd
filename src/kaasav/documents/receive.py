"""A signed container that comes back: are the files in it the ones that went out, and who claims to have signed."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kaasav.documents.made import MADE, RECEIVED
from kaasav.documents.superseded import superseded
from kaasav.evidence import filetype
from kaasav.evidence.containers import ContainerError, open_container
from kaasav.evidence.containers.contents import Contents, Member, Signature
from kaasav.language import N_
from kaasav.problems import Location, Problem, Refused, error, warning
from kaasav.store.database import Store
from kaasav.store.events import Event

MOST_FILES = 100
LETTER = "letter"

NOT_A_CONTAINER = error(
    "received-no-container",
    N_("this is no DigiDoc container that can be opened"),
    N_("give the .asice file that DigiDoc4 has saved"),
)
UNSIGNED = error("received-unsigned", N_("nobody has signed the container yet"), N_("open it in DigiDoc4 and sign it"))
CHANGED = error(
    "received-changed",
    N_("“{file}” is not the file that went out: its content has been changed since"),
    N_("make the letter again, or sign the file that Kaasav made"),
)
UNKNOWN = error(
    "received-unknown",
    N_("“{file}” was not made by Kaasav in this workspace"),
    N_("take it out of the container, or receive the container in the workspace it comes from"),
)
SEVERAL = error(
    "received-several",
    N_("the container holds documents of several results: {files}"),
    N_("sign one container for each municipality, as Kaasav made it"),
)
LACKING = warning(
    "received-lacking",
    N_("what went out is not all in the container; missing: {files}"),
    N_("what is missing has not been signed: if it should be, sign the container that Kaasav made"),
)


@dataclass(frozen=True, slots=True)
class Received:
    """A container taken back.

    Attributes:
        sha256: of the container.
        documents: the event of each inner file, by the file’s name.
        signatures: who claims to have signed; no signature is checked.
        before: when it was received before; None: now.
        problems: what is odd about it: files are missing, a newer result is recorded.
    """

    sha256: str
    documents: Mapping[str, Event]
    signatures: tuple[Signature, ...]
    before: datetime.datetime | None
    problems: tuple[Problem, ...] = ()


def receive(content: bytes, shown: str, store: Store, *, at: datetime.datetime) -> Received:
    """Take a signed container back and record it; the same container a second time changes nothing.

    The event keeps no name of a signer: what is recorded cannot be taken back, and the container tells it.

    Args:
        content: the container.
        shown: how people know the file.
        store: where what went out is recorded.
        at: now, with time zone.

    Raises:
        Refused: it cannot be opened (`NOT_A_CONTAINER`), is not signed (`UNSIGNED`), or holds a file that did not go
            out from here (`CHANGED`, `UNKNOWN`) or files of several results (`SEVERAL`); nothing was recorded.
    """
    opened = _open(content, shown)
    signed = tuple(one for one in opened.signatures if not one.stamp)
    if not signed:
        raise Refused([UNSIGNED.at(Location(shown))])
    known = _known(opened.members, store, shown)
    lacking = _lacking(known, store)
    problems = (
        *([LACKING.at(Location(shown), files=", ".join(lacking))] if lacking else []),
        *_superseded(known, store, shown),
    )
    own = sha256(content).hexdigest()
    earlier = store.events(kind=RECEIVED, subject=own)
    if earlier:
        return Received(own, known, opened.signatures, earlier[0].at, problems)
    files = [
        {"file": name, "sha256": event.subject, "document": event.data["document"], "result": event.data["result"]}
        for name, event in known.items()
    ]
    times = [one.time.isoformat() if one.time else None for one in signed]
    data = {"files": files, "lacking": lacking, "signatures": len(signed), "claimed_times": times}
    store.append_event(RECEIVED, own, data, at=at)
    return Received(own, known, opened.signatures, None, problems)


def _open(content: bytes, shown: str) -> Contents:
    try:
        if filetype.identify(content, content, ".asice") != "asice":
            raise Refused([NOT_A_CONTAINER.at(Location(shown))])
        opened = open_container("asice", content)
        if len(opened.members) > MOST_FILES or opened.skipped:
            raise Refused([NOT_A_CONTAINER.at(Location(shown))])
    except ContainerError:
        raise Refused([NOT_A_CONTAINER.at(Location(shown))]) from None
    return opened


def _known(members: Sequence[Member], store: Store, shown: str) -> dict[str, Event]:
    found: dict[str, Sequence[Event]] = {}
    problems: list[Problem] = []
    names = {str(event.data.get("file")) for event in store.events(kind=MADE)}
    for member in members:
        try:
            own = sha256(member.data).hexdigest()
        except ContainerError:
            raise Refused([NOT_A_CONTAINER.at(Location(shown))]) from None
        events = store.events(kind=MADE, subject=own)
        if events:
            found[member.name] = events
        else:
            kind = CHANGED if member.name in names else UNKNOWN
            problems.append(kind.at(Location(shown), file=member.name))
    if problems:
        raise Refused(problems)
    return _of_one_result(found, shown)


def _of_one_result(found: Mapping[str, Sequence[Event]], shown: str) -> dict[str, Event]:
    """The event of each file, all of one result, the last possible: results may share a file’s bytes.

    Raises:
        Refused: there is no such result (`SEVERAL`).
    """
    results = [{str(event.data["result"]) for event in events} for events in found.values()]
    common = set.intersection(*results) if results else set()
    if not common:
        files = ", ".join(f"{name} ({str(events[-1].data['result'])[:12]})" for name, events in found.items())
        raise Refused([SEVERAL.at(Location(shown), files=files)])
    possible = {name: [one for one in events if one.data["result"] in common] for name, events in found.items()}
    last = max((events[-1] for events in possible.values()), key=lambda event: event.seq).data["result"]
    return {name: [one for one in events if one.data["result"] == last][-1] for name, events in possible.items()}


def _lacking(known: Mapping[str, Event], store: Store) -> list[str]:
    """The names of files that went out in the container, or beside it as the same letter, and are not in this one."""
    letters = [event for event in known.values() if event.data["document"] == LETTER]
    if not letters:
        return []
    which = {key: letters[0].data[key] for key in ("document", "language", "result")}
    there = {event.subject for event in known.values()}
    recipes = {event.data.get("recipe") for hash_ in there for event in store.events(kind=MADE, subject=hash_)}
    went_out = [
        event.data["holds"]
        for event in store.events(kind=MADE)
        if "holds" in event.data and all(event.data[key] == value for key, value in which.items())
    ]
    missing = [[name for name, what in holds.items() if what not in there | recipes] for holds in went_out]
    return min(reversed(missing), key=len, default=[])


def _superseded(known: Mapping[str, Event], store: Store, shown: str) -> list[Problem]:
    result = next((str(event.data["result"]) for event in known.values()), "")
    try:
        record = store.result(result).record
    except Refused:  # an award list tells no single result
        return []
    return superseded(result, record, store, Location(shown))
