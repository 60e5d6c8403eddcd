"""Everything proposed for one paper."""

from dataclasses import dataclass, field

from kaasav.catalogue.model import Catalogue, Origin, Timing
from kaasav.intake.propose import dating, headings, kinds, teataja, title
from kaasav.intake.propose.criteria import Likely, Vocabulary
from kaasav.intake.propose.paper import Paper
from kaasav.intake.propose.value import NOTHING, Proposed
from kaasav.language import _

_OUTSIDE = (Origin.COMMUNITY, Origin.THIRD_PARTY)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One paper's proposals, each with its reason."""

    kind: Proposed = NOTHING
    title: Proposed = NOTHING
    issuer: Proposed = NOTHING
    number: Proposed = NOTHING
    date: Proposed = NOTHING
    from_: Proposed = NOTHING
    to: Proposed = NOTHING
    criteria: tuple[Likely, ...] = field(default=())


class Proposer:
    """Proposes by one catalogue's kinds and words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._kinds = catalogue.kinds
        self._titles = {kind.id: kind.title.get("et", "") for kind in catalogue.evidence_kinds}
        self._vocabulary = Vocabulary(catalogue)

    def propose(self, paper: Paper) -> Proposal:
        """What ``paper`` probably is."""
        kind = kinds.propose(paper, self._titles)
        known = self._kinds.get(kind.value)
        timing = known.timing if known else None
        act = teataja.read(paper.lines)
        issuer, number = _issued(paper, act, outside=known is not None and known.origin in _OUTSIDE, timing=timing)
        from_, to = _in_force(act) if timing is Timing.ACT else (NOTHING, NOTHING)
        return Proposal(
            kind=kind,
            title=title.propose(paper),
            issuer=issuer,
            number=number,
            date=dating.propose(paper, timing, kind.value),
            from_=from_,
            to=to,
            criteria=self._vocabulary.likely(paper, kind.value) if known else (),
        )


def _issued(
    paper: Paper, act: teataja.Act | None, *, outside: bool, timing: Timing | None
) -> tuple[Proposed, Proposed]:
    if act is not None:
        number = (
            Proposed(act.number, _("from the text: “{text}”").format(text=act.adopted_line)) if act.number else NOTHING
        )
        return Proposed(act.issuer, _("from Riigi Teataja’s header")), number
    if paper.mail is not None:
        return Proposed(paper.mail.sender, _("the mail’s sender")) if paper.mail.sender else NOTHING, NOTHING
    if outside:
        lines = (*paper.head[:12], *paper.lines[-headings.BOTTOM :])
        who = headings.outside(lines)
        stated = next((headings.number_in(line) for line in paper.head[:12] if headings.number_in(line)), "")
        return _from_text(who), _from_text(stated)
    for dated in (*headings.act_heading(paper), *headings.approval(paper)):
        return _from_text(dated.issuer or headings.issuer(paper.head[:8]), dated.line), _from_text(
            dated.number, dated.line
        )
    found = ""
    if timing is Timing.ACT:
        found = next((headings.number_in(line) for line in paper.head[:3] if headings.number_in(line)), "")
        if found:
            return _from_text(headings.whole_line_issuer(paper.head[:12])), _from_text(found)
        found = headings.number_in(paper.stem)
        if found:
            return _from_text(headings.issuer(paper.head[:12])), Proposed(
                found, _("from the name: “{text}”").format(text=paper.stem)
            )
    for dated in headings.date_lines(paper.head[: headings.TOP]):
        found = found or dated.number
    return _from_text(headings.whole_line_issuer(paper.head[:12])), _from_text(found)


def _from_text(value: str, line: str = "") -> Proposed:
    if not value:
        return NOTHING
    return Proposed(value, _("from the text: “{text}”").format(text=line or value))


def _in_force(act: teataja.Act | None) -> tuple[Proposed, Proposed]:
    """In force from and to, only where Riigi Teataja says so; no end there means without end."""
    if act is None:
        return NOTHING, NOTHING
    said = _("from Riigi Teataja’s header")
    from_ = Proposed(act.from_.isoformat(), said) if act.from_ else NOTHING
    to = (
        Proposed(act.to.isoformat(), said)
        if act.to
        else Proposed("", _("in force without end, says Riigi Teataja") if act.open_end else "")
    )
    return from_, to
