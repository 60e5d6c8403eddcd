"""Which kind of evidence a paper is, by what it is called, what it calls itself, what it says, and its type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kaasav.intake.propose import teataja
from kaasav.intake.propose.kind_words import WORDS
from kaasav.intake.propose.paper import Paper
from kaasav.intake.propose.value import Proposed, shortened
from kaasav.intake.propose.words import stems
from kaasav.language import _

ENOUGH = 4
"""Below so many points nothing is proposed."""
NAME_POINTS, BODY_POINTS, MOST_BODY = 5, 1, 4
TITLE_LINES, FIRST_LINES = 14, 5
MOST_TITLE_WORDS = 16
BODY_CHARACTERS = 6_000
ACT_POINTS = 7
"""Riigi Teataja's word for the form of an act: sure, but the act's title says more of its kind."""

_IMAGES = frozenset({"jpeg", "png", "gif", "heic", "avif", "webp", "bmp"})
_FILMS = frozenset({"mp4", "mov", "avi", "matroska"})
_SCANNED = re.compile(r"\bsca?n|skann|skänn|camscan|\bdok(?:ument)?\b|\bdoc\b", re.IGNORECASE)
_MEDIA = re.compile(
    r"//(?:www\.|[\w-]+\.)?(?:postimees|err|delfi|ohtuleht|[\w-]*leht|saartehaal|lounaeestlane|sakala|virumaateataja)\.\w"
)
_COUNCIL = re.compile(r"volikog", re.IGNORECASE)
_GOVERNMENT = re.compile(r"(?:valla|linna)valitsus", re.IGNORECASE)
_MAYOR = re.compile(r"vallavane|linnape", re.IGNORECASE)
_ACT_WORDS = {"otsus": "volikogu_otsus", "määrus": "volikogu_maarus", "korraldus": "valitsuse_korraldus",
              "käskkiri": "kaskkiri"}  # fmt: skip
_ISSUERS = {"volikogu_otsus": _COUNCIL, "volikogu_maarus": _COUNCIL, "valitsuse_korraldus": _GOVERNMENT,
            "kaskkiri": _MAYOR}  # fmt: skip


@dataclass(slots=True)
class _Score:
    points: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: int, reason: str = "") -> None:
        self.points += points
        if reason:
            self.reasons.append(reason)


def propose(paper: Paper, titles: Mapping[str, str]) -> Proposed:
    """The kind of ``paper`` among ``titles``: the catalogue's kinds by id, each with its Estonian title."""
    scores = {kind: _Score() for kind in titles}
    for kind, points, reason in _points(paper, titles):
        if kind in scores:
            scores[kind].add(points, reason)
    ranked = sorted(scores, key=lambda kind: -scores[kind].points)
    others = tuple(kind for kind in ranked[1:4] if scores[kind].points >= ENOUGH)
    if not ranked or scores[ranked[0]].points < ENOUGH:
        why = (
            _("neither its name nor its text says what it is")
            if paper.lines
            else _("its name says nothing, and it holds no text that can be read")
        )
        return Proposed("", why, others)
    best = ranked[0]
    return Proposed(best, "; ".join(scores[best].reasons[:3]), others)


def _points(paper: Paper, titles: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    yield from _by_type(paper)
    yield from _by_words(paper)
    yield from _by_catalogue(paper, titles)


def _by_type(paper: Paper) -> Iterator[tuple[str, int, str]]:
    if paper.type in ("eml", "msg"):
        yield "e_kiri", 30, _("it is a mail")
    elif paper.type in _FILMS:
        yield "video", 12, _("it is a video")
    elif paper.type == "png" and not _SCANNED.search(paper.stem):
        yield "ekraanitommis", 4, _("it is a PNG picture, as screenshots are")
    elif paper.type in _IMAGES and not _SCANNED.search(paper.stem):
        yield "foto", 4, _("it is a picture")
    elif paper.type in ("html", "mhtml"):
        if paper.address and _MEDIA.search(paper.address):
            yield "uudis", 12, _("saved from {address}").format(address=shortened(paper.address, 60))
        yield "veebileht", 7, _("it is a saved web page")


def _by_words(paper: Paper) -> Iterator[tuple[str, int, str]]:
    name = re.sub(r"[-.]", " ", paper.stem).casefold()
    beginning = "\n".join(paper.lines)[:BODY_CHARACTERS].casefold()
    act = teataja.read(paper.lines)
    heads = [(at, line.casefold(), line) for at, line in enumerate(_titles(paper)) if not _is_prose(line)]
    top = " ".join(paper.head[:TITLE_LINES])
    for kind, words in WORDS.items():
        named = words.name.search(name)
        if named:
            yield kind, NAME_POINTS, _("from the name: “{text}”").format(text=named[0].strip())
        for at, folded, line in heads:
            if words.title.search(folded) and (kind not in _ISSUERS or _ISSUERS[kind].search(top) or named):
                points = words.weight + (2 if at < FIRST_LINES else 0)
                yield kind, points, _("from the text: “{text}”").format(text=shortened(line))
                break
        said = sum(bool(pattern.search(beginning)) for pattern in words.body)
        if said:
            yield kind, min(said * BODY_POINTS, MOST_BODY), ""
    if act is not None:
        kind = _of_act(act)
        if kind:
            yield (
                kind,
                ACT_POINTS,
                _("from Riigi Teataja’s header: {issuer}, {act}").format(issuer=act.issuer, act=act.form),
            )


def _is_prose(line: str) -> bool:
    """Whether ``line`` is (the beginning of) a sentence, which says what the paper is about and not what it is."""
    words = line.split()
    return len(words) > MOST_TITLE_WORDS or (len(words) > 5 and line.endswith((".", ",", ";", "-", "!")))


def _titles(paper: Paper) -> list[str]:
    found = list(paper.head[:TITLE_LINES])
    if paper.mail is not None and paper.mail.subject:
        found.insert(0, paper.mail.subject)
    act = teataja.read(paper.lines)
    if act is not None and act.title:
        found.insert(0, act.title)
    return found


def _of_act(act: teataja.Act) -> str:
    """The kind of an act by its issuer and form, where no word of its title says more."""
    form = act.form.casefold()
    return next((kind for word, kind in _ACT_WORDS.items() if word in form and _ISSUERS[kind].search(act.issuer)), "")


def _by_catalogue(paper: Paper, titles: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Kinds of a catalogue this program has no words for: by the words of their own title."""
    near = stems(" ".join([paper.stem, *paper.head[:FIRST_LINES]]))
    for kind, title in titles.items():
        wanted = stems(title)
        if kind not in WORDS and wanted and wanted <= near:
            yield kind, 6, _("it says “{title}”, as the catalogue does").format(title=title)
