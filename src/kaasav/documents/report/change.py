"""What has changed since an earlier round, told; and what cannot be compared."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import Catalogue
from kaasav.documents.report.blocks import note, section, table, text
from kaasav.improvement.change import Change, LevelChange, ShareChange
from kaasav.language import N_, _, words
from kaasav.numbers import decimal_text, percent, span
from kaasav.scoring.bounds import Levels, Shares
from kaasav.wording import say

REASON = {
    "rules": N_("the rules of computing have changed"),
    "scale": N_("the scale of levels has changed"),
    "practice": N_("a practice must now last for another time"),
    "missing-before": N_("not in the earlier catalogue"),
    "missing-now": N_("not in today’s catalogue"),
    "levels": N_("its levels read differently"),
    "requirements": N_("it asks for other evidence"),
    "left-out-before": N_("it did not apply then"),
    "left-out-now": N_("it does not apply now"),
    "criteria": N_("not all of its parts can be compared"),
    "weights": N_("the weights have changed"),
}


def change_section(change: Change, catalogue: Catalogue, earlier: Catalogue) -> dict[str, Any] | None:
    """The section: total, dimensions, and every criterion that changed or cannot be compared."""
    titles = {
        one.id: words(one.title) for known in (earlier, catalogue) for one in (*known.dimensions, *known.criteria)
    }
    shares = [_row("–", _("Total"), change.total), *(_row(one.id, titles[one.id], one) for one in change.dimensions)]
    told = [one for one in change.criteria if one.reasons or one.difference != Levels(0, 0)]
    head = [_("Code"), _("Title"), change.round_before, change.round_now, _("Change")]
    same = len(change.criteria) - len(told)
    return section(
        "change",
        _("Change since round {round}").format(round=change.round_before),
        text(_("A change is told only where the rule is the same word for word; whatever else is “not comparable”.")),
        table(_("Total and dimensions"), head, shares, wide=(1, 4)),
        table(
            _("Criteria that changed or cannot be compared"),
            head,
            [_level_row(one, titles) for one in told],
            wide=(1, 4),
        ),
        note(_("Criteria at the same level as before: {n}.").format(n=same) if same else ""),
    )


def _row(id_: str, title: str, one: ShareChange) -> list[str]:
    change = _not_comparable(one.reasons)
    if one.difference is not None:
        low, high = (_signed_share(number) for number in (one.difference.lower, one.difference.upper))
        change = _("{n} points").format(n=span(low, high))
    return [id_, title, _share(one.before), _share(one.now), change]


def _level_row(one: LevelChange, titles: Mapping[str, str]) -> list[str]:
    change = _not_comparable(one.reasons)
    if one.difference is not None:
        change = span(_signed(one.difference.lower), _signed(one.difference.upper))
    return [one.id, titles[one.id], _level(one.before), _level(one.now), change]


def _not_comparable(reasons: tuple[str, ...]) -> str:
    return _("not comparable: {reason}").format(reason=", ".join(say(REASON, one) for one in reasons))


def _share(one: Shares | None) -> str:
    return "–" if one is None else span(percent(one.lower), percent(one.upper))


def _level(one: Levels | None) -> str:
    return "–" if one is None else span(str(one.lower), str(one.upper))


def _signed_share(number: Fraction) -> str:
    return ("+" if number > 0 else "") + decimal_text(number * 100)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
