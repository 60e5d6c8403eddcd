"""A file's text and what it says of itself, as far as it can be read: the only place here that calls readers."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from kaasav.evidence import filetype
from kaasav.evidence.containers.contents import ContainerError, Contents
from kaasav.evidence.containers.opener import open_container
from kaasav.evidence.content import MOST_SEARCHED, searchable
from kaasav.evidence.text import readers
from kaasav.evidence.text.pages import NoTextError, Pages, Why
from kaasav.intake.propose.paper import MailHead, Paper, seen
from kaasav.papers.isikukood import without_codes
from kaasav.papers.personal import Finding, findings

_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{1,6}\)(\S{4,500}) -->", re.IGNORECASE)
_BEGINNING = 16 * 1024
_REFUSED = {Why.ENCRYPTED: "encrypted", Why.BOMB: "bomb"}


@dataclass(frozen=True, slots=True)
class Read:
    """A paper, and what a person has to know of it.

    ``refused`` is a code where the file cannot be evidence at all; ``warnings`` are codes of `intake.words`;
    ``personal`` are findings as `kaasav.papers.personal` tells them.
    """

    paper: Paper
    refused: str = ""
    warnings: tuple[str, ...] = ()
    personal: tuple[Finding, ...] = ()


def read(
    name: str,
    type_: str,
    data: bytes | Path,
    size: int,
    *,
    folders: Sequence[str] = (),
    contents: Contents | None = None,
    signed_on: Sequence[datetime.date] = (),
) -> Read:
    """Read one file.

    Args:
        name: its own name as it came.
        type_: by content.
        data: its bytes, or where they lie.
        size: how many.
        folders: where it came from, outermost first.
        contents: of a mail that was opened already.
        signed_on: days of signatures around it.
    """
    signed = tuple(signed_on)
    if contents is not None and contents.mail is not None:
        mail = contents.mail
        head = MailHead(parseaddr(mail.sender)[0] or mail.sender, mail.subject, mail.date.date() if mail.date else None)
        paper = Paper(name, type_, (mail.body,), tuple(folders), mail=head, signed_on=signed)
        return Read(_without_codes(paper), personal=_personal(paper))
    if size > MOST_SEARCHED:
        return Read(Paper(name, type_, folders=tuple(folders), signed_on=signed), warnings=("too-large-to-read",))
    content = data.read_bytes() if isinstance(data, Path) and type_ in readers.READERS else data
    pages, why = _pages(type_, content) if isinstance(content, bytes) else (None, None)
    if why in _REFUSED:
        return Read(Paper(name, type_), refused=_REFUSED[why])
    address, saved_on = _web(type_, content) if isinstance(content, bytes) else ("", None)
    paper = Paper(
        name,
        type_,
        pages.texts if pages else (),
        tuple(folders),
        address=address,
        saved_on=saved_on,
        created=pages.created if pages else None,
        signed_on=signed,
    )
    warnings = ["damaged"] if why is not None else [] if pages is not None and searchable(pages) else ["no-text"]
    return Read(_without_codes(paper), warnings=tuple(warnings), personal=_personal(paper))


def _pages(type_: str, data: bytes) -> tuple[Pages | None, Why | None]:
    try:
        return readers.read(type_, data), None
    except NoTextError as error:
        return None, error.why


def _web(type_: str, data: bytes) -> tuple[str, datetime.date | None]:
    """Where and when a saved page was saved, where the browser wrote it down."""
    if type_ == "html":
        match = _SAVED_FROM.search(data[:_BEGINNING])
        return (match[1].decode("utf-8", errors="replace") if match else ""), None
    if type_ != "mhtml":
        return "", None
    head = BytesHeaderParser().parsebytes(data[:_BEGINNING])
    try:
        saved = parsedate_to_datetime(str(head.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        saved = None
    return str(head.get("Snapshot-Content-Location", "") or ""), saved


def _without_codes(paper: Paper) -> Paper:
    """The paper with personal codes masked, so that none gets into a title, an id or a reason."""
    mail = paper.mail
    if mail is not None:
        mail = replace(mail, sender=without_codes(seen(mail.sender)), subject=without_codes(seen(mail.subject)))
    texts = tuple(map(without_codes, paper.texts))
    return replace(paper, name=without_codes(paper.name), texts=texts, mail=mail)


def _personal(paper: Paper) -> tuple[Finding, ...]:
    return findings("\n".join(paper.texts)) if paper.texts else ()


def inner(path: Path, inside: Sequence[str]) -> tuple[bytes, str]:
    """The bytes and type of the inner file ``inside`` (outermost container's member first) of the file at ``path``.

    Raises:
        ContainerError: a container cannot be opened, or holds no such member.
        OSError: the file cannot be read.
    """
    data = path.read_bytes()
    type_ = _identified(data, path.suffix)
    for depth, name in enumerate(inside, start=1):
        member = open_container(type_, data, depth=depth).member(name)
        if member is None:
            raise ContainerError(Why.DAMAGED, "no-container")
        data = member.data
        type_ = _identified(data, Path(name).suffix)
    return data, type_


def _identified(data: bytes, suffix: str) -> str:
    return filetype.identify(data[: filetype.TAIL], data[-filetype.TAIL :], suffix)
