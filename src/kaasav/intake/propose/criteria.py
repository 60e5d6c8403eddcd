"""Which criteria a paper is likely to speak of: the words it shares with the catalogue's."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kaasav.catalogue.model import Catalogue
from kaasav.intake.propose.paper import Paper
from kaasav.intake.propose.words import stems
from kaasav.language import _

MOST = 3
LEAST_SHARED = 2
NEAR_BEST = 0.6
CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class Likely:
    """A criterion a paper may prove something for, and the words both use."""

    criterion: str
    reason: str


class Vocabulary:
    """The catalogue's words, weighed once: those of few criteria say more than those of many."""

    def __init__(self, catalogue: Catalogue, language: str = "et") -> None:
        self._accepts = {one.id: frozenset(one.evidence.accepts) for one in catalogue.rated}
        self._words: dict[str, frozenset[str]] = {}
        self._titles: dict[str, frozenset[str]] = {}
        for one in catalogue.rated:
            texts = [one.question, *(text for level, text in one.levels.items() if level)]
            self._titles[one.id] = stems(one.title.get(language, ""))
            self._words[one.id] = self._titles[one.id] | stems(" ".join(text.get(language, "") for text in texts))
        seen: dict[str, int] = {}
        for words in self._words.values():
            for word in words:
                seen[word] = seen.get(word, 0) + 1
        self._weight: Mapping[str, float] = {word: math.log(1 + len(self._words) / n) - 0.6 for word, n in seen.items()}

    def likely(self, paper: Paper, kind: str) -> tuple[Likely, ...]:
        """At most three criteria that accept ``kind``, the likeliest first; () where nothing stands out."""
        beginning = stems("\n".join(paper.lines)[:CHARACTERS])
        head = stems(" ".join([paper.stem, *paper.head[:6]]))
        scored: list[tuple[float, str, list[str]]] = []
        for id_, words in self._words.items():
            if kind not in self._accepts[id_]:
                continue
            shared = words & (beginning | head)
            if len(shared) < LEAST_SHARED:
                continue
            score = sum(
                self._weight[word] * (2 if word in head else 1) * (1.5 if word in self._titles[id_] else 1)
                for word in shared
            )
            scored.append((score / math.sqrt(8 + len(words)), id_, sorted(shared, key=lambda w: (-self._weight[w], w))))
        scored.sort(key=lambda one: (-one[0], one[1]))
        if not scored or scored[0][0] < 0.5:
            return ()
        best = scored[0][0]
        said = _("shares with the criterion: {words}")
        return tuple(
            Likely(id_, said.format(words=", ".join(words[:6])))
            for score, id_, words in scored[:MOST]
            if score >= best * NEAR_BEST
        )
