"""Finding a text in all papers of a round, with the same forgiveness as quoted passages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kaasav.evidence.passage import Searchable, too_short
from kaasav.language import N_
from kaasav.papers.isikukood import without_codes
from kaasav.papers.members import Member
from kaasav.papers.opened import Paper, all_listed, papers
from kaasav.problems import NOWHERE, Refused, error

LONGEST = 500
AROUND = 60
"""So many characters are shown before and after what was found."""
_LOOKED_THROUGH = 50_000

TOO_SHORT = error(
    "find-too-short", N_("“{text}” is too short to be looked for"), N_("write at least three letters or digits")
)
TOO_LONG = error("find-too-long", N_("the text is longer than {limit} characters"), N_("a few words of it are enough"))


@dataclass(frozen=True, slots=True)
class Hit:
    """The text on one page of one paper.

    ``page`` counts from 1 (sheets of a workbook too); None where the format has no fixed pages. ``context`` is what
    stands around it, personal codes masked; "" where it runs over in a way that cannot be shown.
    """

    paper: Paper
    page: int | None
    context: str


@dataclass(slots=True)
class Searched:
    """What one municipality's papers say: ``hits``; papers that could not be searched, wholly (see `Paper.why`) or on
    some pages (``blind``); how many could; and whether every file was looked up.
    """

    member: Member
    hits: list[Hit] = field(default_factory=list)
    unsearched: list[Paper] = field(default_factory=list)
    blind: list[tuple[Paper, tuple[int, ...]]] = field(default_factory=list)
    searched: int = 0
    complete: bool = True


def search(members: Iterable[Member], text: str) -> Iterator[Searched]:
    """Look for ``text`` in every paper of ``members``, listed or not; one municipality at a time.

    Raises:
        Refused: ``text`` is too short or too long (`TOO_SHORT`, `TOO_LONG`).
    """
    if too_short(text):
        raise Refused([TOO_SHORT.at(NOWHERE, text=text)])
    if len(text) > LONGEST:
        raise Refused([TOO_LONG.at(NOWHERE, limit=LONGEST)])
    return (_search(member, text) for member in members)


def _search(member: Member, text: str) -> Searched:
    result = Searched(member, complete=all_listed(member))
    for paper in papers(member, text=True):
        if paper.pages is not None:
            result.searched += 1
            texts = paper.pages.texts
            for page in Searchable(texts).find(text):
                number = page if paper.pages.paged else None
                result.hits.append(Hit(_light(paper), number, context(texts[page - 1 : page + 1], text)))
            if paper.pages.blind:
                result.blind.append((_light(paper), tuple(sorted(paper.pages.blind))))
        elif paper.why:
            result.unsearched.append(paper)
    return result


def _light(paper: Paper) -> Paper:
    """The paper without its text, which nobody needs any more."""
    return replace(paper, pages=None)


def context(pages: Iterable[str], text: str) -> str:
    """What stands around ``text`` on a page (``pages``: it and the one after it), in one line; "" if it is not found
    among its first characters.
    """
    whole = unicodedata.normalize("NFKC", "\n".join(page[:_LOOKED_THROUGH] for page in pages))
    match = _pattern(text).search(whole)
    if match is None:
        return ""
    start, end = max(match.start() - AROUND, 0), min(match.end() + AROUND, len(whole))
    shown = " ".join(without_codes(whole)[start:end].split())
    return ("…" if start else "") + shown + ("…" if end < len(whole) else "")


def _pattern(text: str) -> re.Pattern[str]:
    """``text`` with anything invisible, spaces and hyphens between its signs, and any sign for a sign."""
    gap = r"[\s\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02\u2010-\u2015-]*+"
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if not re.fullmatch(gap, sign))
    return re.compile(gap.join(re.escape(sign) if sign.isalnum() else r"[\W_]" for sign in signs), re.IGNORECASE)
