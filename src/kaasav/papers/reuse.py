"""The same paper, or nearly the same text, claimed in several places: by municipalities, rounds or criteria."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from kaasav.papers import likeness
from kaasav.papers.likeness import ALIKE, Sketch
from kaasav.papers.members import of_workspace
from kaasav.papers.opened import Paper, papers
from kaasav.workspace.place import Workspace


class Reach(StrEnum):
    """How far apart the places are, the farthest that holds."""

    MUNICIPALITIES = "municipalities"
    ROUNDS = "rounds"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Claim:
    """One paper in one place: where it lies, the criteria it is used for there, and how like the group's first it is.

    ``likeness`` is 1 for the same bytes; of long texts it is an estimate (see `likeness.likeness`).
    """

    paper: Paper
    criteria: tuple[str, ...]
    likeness: Fraction


@dataclass(frozen=True, slots=True)
class Reuse:
    """Papers that are the same (``same_bytes``) or nearly the same text, in two places or for two criteria at least."""

    reach: Reach
    same_bytes: bool
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Found:
    """Every re-use, the farthest reaching first; how many papers were compared; how many had no text to compare."""

    reuses: list[Reuse] = field(default_factory=list)
    papers: int = 0
    without_text: int = 0


def reuse(found: Iterable[Paper], least: Fraction = ALIKE) -> Found:
    """Compare papers (opened with their text) with one another.

    Args:
        found: the papers; each one's text is let go of as soon as it is sketched.
        least: from this likeness on two texts are nearly the same.
    """
    result = Found()
    same: dict[str, list[Paper]] = {}
    sketches: dict[str, Sketch] = {}
    for paper in found:
        if not paper.sha256 or not paper.size:
            continue
        result.papers += 1
        result.without_text += bool(paper.why)
        if paper.sha256 not in same and paper.pages is not None:
            own = likeness.sketch(paper.pages.texts)
            if own is not None:
                sketches[paper.sha256] = own
        same.setdefault(paper.sha256, []).append(replace(paper, pages=None))
    hashes = list(sketches)
    alike: set[str] = set()
    for group in likeness.groups([sketches[one] for one in hashes], least):
        shares = {group.first: Fraction(1), **dict(group.others)}
        alike.update(hashes[position] for position in shares)
        claims = [_claim(paper, share) for position, share in shares.items() for paper in same[hashes[position]]]
        result.reuses += _reuse(claims, same_bytes=False)
    for digest, places in same.items():
        if digest not in alike:
            result.reuses += _reuse([_claim(paper, Fraction(1)) for paper in places], same_bytes=True)
    order = list(Reach)
    result.reuses.sort(key=lambda one: (order.index(one.reach), one.claims[0].paper.place))
    return result


def _claim(paper: Paper, share: Fraction) -> Claim:
    criteria = tuple(dict.fromkeys(use.criterion for use in paper.item.uses)) if paper.item else ()
    return Claim(paper, criteria, share)


def _reuse(claims: list[Claim], *, same_bytes: bool) -> list[Reuse]:
    places = {claim.paper.member.folder.resolve() for claim in claims}
    rounds = {claim.paper.member.round_id for claim in claims}
    who = {claim.paper.member.municipality for claim in claims}
    criteria = {criterion for claim in claims for criterion in claim.criteria}
    if len(who) > 1:
        reach = Reach.MUNICIPALITIES
    elif len(rounds) > 1 or len(places) > 1:
        reach = Reach.ROUNDS
    elif len(criteria) > 1:
        reach = Reach.CRITERIA
    else:
        return []
    return [Reuse(reach, same_bytes, tuple(claims))]


def known_elsewhere(
    sha256s: Iterable[str], workspace: Workspace, *, but: Path | None = None, sizes: Collection[int] | None = None
) -> Mapping[str, tuple[Paper, ...]]:
    """Where the bytes of these hashes already lie in the workspace's rounds, inner files of containers too.

    Args:
        sha256s: SHA-256 in hexadecimal.
        workspace: all its rounds are looked through; files are hashed, their text is not read.
        but: a municipality's folder to leave out, such as the one papers come in to.
        sizes: of the files looked for, where they are known; others need not be read through then.

    Returns:
        The papers of each hash that is known, with round, municipality and item; hashes nobody knows are left out.
    """
    wanted = set(sha256s)
    left_out = but.resolve() if but else None
    known: dict[str, list[Paper]] = {}
    for member in of_workspace(workspace):
        if wanted and member.folder.resolve() != left_out:
            for paper in papers(member, text=False, sizes=sizes):
                if paper.sha256 in wanted:
                    known.setdefault(paper.sha256, []).append(paper)
    return {own: tuple(places) for own, places in known.items()}
