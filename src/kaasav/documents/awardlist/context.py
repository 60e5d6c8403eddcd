"""The award list made from recorded results: pure, no database and no clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kaasav.assessment.round import Round
from kaasav.catalogue.model import Catalogue
from kaasav.documents.award import Award
from kaasav.documents.awardlist.cells import Bounds, Said
from kaasav.documents.awardlist.columns import chosen, columns
from kaasav.documents.awardlist.listing import Listing, Row
from kaasav.documents.awardlist.order import in_order
from kaasav.documents.awardlist.row import row
from kaasav.documents.source import Source
from kaasav.language import N_, _, active, plural, words
from kaasav.problems import NOWHERE, Refused, error, visible
from kaasav.telling.dates import day_text
from kaasav.wording import CATALOGUE_STATUS, say

ONLY_TRAINING = error(
    "award-list-only-training",
    N_("every municipality of the round “{round}” is fictional, and a public list shows none of these"),
    N_("leave out --public"),
)
DIFFERENT_CATALOGUES = error(
    "award-list-catalogues",
    N_("the results of the round “{round}” were judged by different criteria: {municipalities} unlike the others"),
    N_("assess the whole round again: kaasav assess --round {round}"),
)
DIFFERENT_RULES = error(
    "award-list-rules",
    N_("the results of the round “{round}” were computed by different rules: {municipalities} unlike the others"),
    N_("assess the whole round again: kaasav assess --round {round}"),
)


def listing(
    sources: Sequence[Source],
    awards: Mapping[str, Award] | None = None,
    *,
    public: bool = False,
    names: str | None = None,
) -> Listing:
    """The award list of one round.

    Args:
        sources: the latest recorded result of each municipality of the round, at least one, in any order.
        awards: what was decided, by the code of the municipality; empty until decisions are recorded.
        public: leave out what is internal, and fictional municipalities.
        names: keys of the columns to show, with commas between; None: every one.

    Raises:
        Refused: the results cannot stand in one list (`DIFFERENT_CATALOGUES`, `DIFFERENT_RULES`), or nothing is left
            to show (`ONLY_TRAINING`).
        Misused: ``names`` holds something that is no column.
    """
    decided = awards or {}
    a_round = max(sources, key=lambda one: (one.submission.round.closing_date, one.hash)).submission.round
    _require_alike(sources, a_round.id)
    told = [one for one in sources if not (public and one.municipality["training"])]
    if not told:
        raise Refused([ONLY_TRAINING.at(NOWHERE, round=a_round.id)])
    catalogue = told[0].catalogue
    ranked = catalogue.award_rule.listing == "total"
    rows = in_order(
        [(one, row(one, decided.get(one.municipality["code"]), public=public)) for one in told], ranked=ranked
    )
    all_columns = columns(catalogue, decided=bool(decided))
    shown = tuple(replace(one, title=visible(one.title)) for one in chosen(all_columns, names, public=public))
    round_title = visible(words(a_round.title))
    title = _("Awards: {round}") if decided else _("Proposals for awards: {round}")
    return Listing(
        language=active(),
        title=title.format(round=round_title),
        round=a_round.id,
        round_title=round_title,
        evidence_date=a_round.evidence_date,
        closing_date=a_round.closing_date,
        issuer=visible(words(a_round.issuer.name)) if a_round.issuer else "",
        catalogue=catalogue.reference,
        catalogue_title=visible(words(catalogue.title)),
        catalogue_status=catalogue.status,
        rules=_rules(catalogue),
        ranked=ranked,
        decided=bool(decided),
        public=public,
        left_out=len(sources) - len(told),
        marks=tuple(_marks(told, decided=bool(decided))),
        notes=tuple(_notes(told, catalogue, a_round, rows, ranked=ranked, left_out=len(sources) - len(told))),
        columns=shown,
        rows=tuple(rows),
    )


def _require_alike(sources: Sequence[Source], round_id: str) -> None:
    """One list, one measure: results judged by different criteria or rules are not put side by side."""
    groups: list[list[Source]] = []
    for one in sources:
        group = next((g for g in groups if g[0].catalogue == one.catalogue), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    rules = Counter(one.record["rules"] for one in sources).most_common()
    if len(groups) > 1:
        groups.sort(key=len)
        others = ", ".join(str(one.municipality["name"]) for group in groups[:-1] for one in group)
        raise Refused([DIFFERENT_CATALOGUES.at(NOWHERE, round=round_id, municipalities=others)])
    if len(rules) > 1:
        others = ", ".join(str(s.municipality["name"]) for s in sources if s.record["rules"] != rules[0][0])
        raise Refused([DIFFERENT_RULES.at(NOWHERE, round=round_id, municipalities=others)])


def _rules(catalogue: Catalogue) -> tuple[str, ...]:
    """For each tier what it asks for, in the catalogue's own words."""
    sentence = _("“{tier}” asks that all of these hold: {conditions}.")
    return tuple(
        visible(
            sentence.format(
                tier=words(tier.title),
                conditions="; ".join(
                    f"({number}) {words(catalogue.conditions[id_].text).strip().rstrip('.')}"
                    for number, id_ in enumerate(tier.conditions, start=1)
                ),
            )
        )
        for tier in catalogue.award_rule.tiers
    )


def _marks(told: Sequence[Source], *, decided: bool) -> list[Said]:
    training = sum(bool(one.municipality["training"]) for one in told)
    marks = []
    if not decided:
        marks.append(Said("proposal", _("PROPOSAL – no decisions are recorded")))
    if training == len(told):
        marks.append(Said("sample", _("SAMPLE – the municipalities are fictional")))
    elif training:
        marks.append(Said("sample", _("SAMPLE – some of the municipalities are fictional")))
    return marks


def _notes(
    told: Sequence[Source], catalogue: Catalogue, a_round: Round, rows: Sequence[Row], *, ranked: bool, left_out: int
) -> list[str]:
    notes = [
        _("As of {evidence} (evidence) and {closing} (end of the round). {n} in the list.").format(
            evidence=day_text(a_round.evidence_date),
            closing=day_text(a_round.closing_date),
            n=plural("{n} municipality", "{n} municipalities", len(rows)).format(n=len(rows)),
        )
    ]
    if catalogue.status != "approved":
        sentence = _("Criteria: {title} ({reference}), {status}. {note}")
    else:
        sentence = _("Criteria: {title} ({reference}).")
    notes.append(
        sentence.format(
            title=words(catalogue.title),
            reference=catalogue.reference,
            status=say(CATALOGUE_STATUS, catalogue.status),
            note=words(catalogue.status_note),
        )
    )
    waves = dict.fromkeys(words(one.wave.description.title) for one in told)
    notes.append(_("Satisfaction: {waves}.").format(waves="; ".join(waves)))
    if ranked:
        notes.append(
            _("Ordered by the total. Equals share a place; where totals are still open, a span of places is shown.")
        )
    else:
        notes.append(_("Nobody is ranked: names stand in alphabetical order within each answer."))
    if ranked and any(_uncertain(one) for one in rows):
        notes.append(_("Some totals are still open between bounds, so not every place is certain."))
    previews = sum(one.preview for one in told)
    if previews:
        sentence = (
            plural(
                "{n} result rests on the self-assessment alone and takes no place.",
                "{n} results rest on the self-assessment alone and take no place.",
                previews,
            )
            if ranked
            else plural(
                "{n} result rests on the self-assessment alone.",
                "{n} results rest on the self-assessment alone.",
                previews,
            )
        )
        notes.append(sentence.format(n=previews))
    if left_out:
        sentence = plural(
            "{n} fictional municipality is left out.", "{n} fictional municipalities are left out.", left_out
        )
        notes.append(sentence.format(n=left_out))
    return [visible(one) for one in notes]


def _uncertain(one: Row) -> bool:
    total = one.cells["total"]
    return isinstance(total, Bounds) and total.lower != total.upper
