"""One item as a person is asked about it, and as they answer: the one shape of workbook and YAML form."""

import datetime
from dataclasses import dataclass
from typing import Any

from kaasav.intake.propose.proposal import Proposal
from kaasav.language import N_, _
from kaasav.yamldoc.scalars import Day, Id, Model, Text, Whole, YesNo

SCHEMA = "kaasav/intake-proposal/1"


class UseAnswer(Model):
    """What the item shows for a criterion, and where."""

    criterion: Text
    passage: Text | None = None
    page: Whole | None = None
    whole: YesNo = False


class Answer(Model):
    """What a person says of one item; ``why`` and ``warnings`` are for reading and may be anything."""

    take: YesNo
    id: Id | None = None
    title: Text | None = None
    kind: Text | None = None
    issuer: Text | None = None
    number: Text | None = None
    date: Day | None = None
    in_force_from: Day | None = None
    in_force_to: Day | None = None
    uses: tuple[UseAnswer, ...] = ()
    why: dict[Text, Any] = {}
    warnings: tuple[Text, ...] = ()
    file: Text
    inside: tuple[Text, ...] = ()
    sha256: Text


class Answers(Model):
    """A form as a whole."""

    items: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One item as proposed, ready to be written into a form."""

    take: bool
    id: str
    proposal: Proposal
    warnings: tuple[str, ...]
    file: str
    inside: tuple[str, ...]
    sha256: str
    came_as: str

    def reasons(self) -> dict[str, str]:
        """Why each value is proposed or left empty, by the field's name."""
        found = {}
        for name, label in FIELDS.items():
            proposed = getattr(self.proposal, name)
            others = ", ".join(proposed.others)
            said = proposed.reason + (f" ({_('also')}: {others})" if others else "")
            if said.strip():
                found[label] = said
        for likely in self.proposal.criteria:
            found[likely.criterion] = likely.reason
        return found

    def data(self) -> dict[str, Any]:
        """The row as the YAML form has it; reading that back gives an `Answer`."""
        p = self.proposal
        return {
            "take": self.take,
            "id": self.id,
            "title": p.title.value,
            "kind": p.kind.value or None,
            "issuer": p.issuer.value or None,
            "number": p.number.value or None,
            "date": p.date.value or None,
            "in_force_from": p.from_.value or None,
            "in_force_to": p.to.value or None,
            "uses": [{"criterion": one.criterion} for one in p.criteria],
            "why": self.reasons(),
            "warnings": list(self.warnings),
            "file": self.file,
            "inside": list(self.inside),
            "sha256": self.sha256,
        }


FIELDS = {"kind": "kind", "title": "title", "issuer": "issuer", "number": "number", "date": "date",
          "from_": "in_force_from", "to": "in_force_to"}  # fmt: skip
LABELS = {
    "kind": N_("kind"),
    "title": N_("title"),
    "issuer": N_("issuer"),
    "number": N_("number"),
    "date": N_("date"),
    "in_force_from": N_("in force from"),
    "in_force_to": N_("in force to"),
    "in_force": N_("in force"),
    "uses": N_("uses"),
}


def fields(answer: Answer) -> dict[str, str]:
    """What an answer would write into evidence.yaml, field by field as text: for telling changes apart."""
    from kaasav.plain import canonical

    force = f"{_iso(answer.in_force_from)}..{_iso(answer.in_force_to)}"
    return {
        "title": answer.title or "",
        "kind": answer.kind or "",
        "issuer": answer.issuer or "",
        "number": answer.number or "",
        "date": _iso(answer.date),
        "in_force": "" if force == ".." else force,
        "uses": canonical(uses_as_data(answer.uses)),
    }


def uses_as_data(uses: tuple[UseAnswer, ...]) -> list[dict[str, Any]]:
    """The uses as evidence.yaml writes them: one for each criterion, several places together."""
    by_criterion: dict[str, list[UseAnswer]] = {}
    for use in uses:
        by_criterion.setdefault(use.criterion, []).append(use)
    found: list[dict[str, Any]] = []
    for criterion, all_uses in by_criterion.items():
        places = [{key: value for key, value in (("passage", one.passage), ("page", one.page)) if value is not None}
                  for one in all_uses if one.passage is not None or one.page is not None]  # fmt: skip
        written: dict[str, Any] = {"criterion": criterion}
        if any(one.whole for one in all_uses):
            written["whole"] = True
        if len(places) == 1 and "whole" not in written:
            written |= places[0]
        elif places:
            written["places"] = places
        found.append(written)
    return found


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
