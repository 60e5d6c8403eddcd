"""The certificate: who holds the label, since when and until when, and how to check it."""

import datetime
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from kaasav.assessment.round import Issuer
from kaasav.catalogue.model import Catalogue, Tier
from kaasav.documents import paper, press
from kaasav.documents.award import Award
from kaasav.documents.marks import Marks, marks
from kaasav.documents.qr import LIBRARY, qr
from kaasav.documents.recipe import Recipe
from kaasav.documents.ring import ring
from kaasav.documents.source import Source
from kaasav.documents.template import Template
from kaasav.documents.watermark import watermark
from kaasav.language import N_, _, active, words
from kaasav.numbers import NBSP
from kaasav.problems import NOWHERE, Refused, closest, error
from kaasav.telling.dates import day_text
from kaasav.wording import quoted

DOCUMENT = "certificate"
TEMPLATE = "certificate.typ"

UNKNOWN_TIER = error(
    "certificate-unknown-tier", N_("the catalogue {catalogue} has no tier “{tier}”"), N_("its tiers: {known}")
)


def recipe(source: Source, award: Award | None, template: Template, *, tier: str = "") -> Recipe:
    """What the certificate is made of, in the language in use.

    Args:
        source: the recorded result.
        award: the recorded decision; None makes a sample, which awards nothing.
        template: a Typst template.
        tier: the id of a tier, for a sample; "" for `shown_tier`. An award names its own.

    Raises:
        Refused: the catalogue has no such tier (`UNKNOWN_TIER`).
    """
    data = context(source, award, tier=tier)
    day = award.decided_on if award else source.submission.round.closing_date
    return Recipe(
        document=DOCUMENT,
        format="pdf",
        language=active(),
        result=source.hash,
        data={**data, "day": day.isoformat()},
        render=partial(_render, template, data, day),
        template=template,
        libraries=(*press.LIBRARIES, LIBRARY),
    )


def _render(template: Template, data: Mapping[str, Any], day: datetime.date) -> bytes:
    behind = watermark(tuple(data["marks"])) if data["marks"] else ""
    return paper.pdf(template, {**data, "watermark": behind}, day=day)


def context(source: Source, award: Award | None, *, tier: str = "") -> dict[str, Any]:
    """Everything the certificate says, as plain data in the language in use; arguments and errors as `recipe`."""
    shown = _tier(source.catalogue, award.tier if award else tier or shown_tier(source))
    own = marks(source, award)
    issuer = source.submission.round.issuer
    title, municipality = words(shown.title), str(source.municipality["name"])
    code = _code(source, award, own, issuer)
    return {
        "title": _title(own, title, municipality),
        "author": words(issuer.name) if issuer else "Kaasav",
        "language": active(),
        "marks": list(own.words),
        "reasons": list(own.reasons),
        "municipality": municipality,
        "link": _("holds the label") if award else _("sample of the certificate for"),
        "tier": title,
        "statement": " ".join([_statement(source.catalogue, award), *([] if award else _conditions(source, shown.id))]),
        "facts": _facts(source, award, issuer),
        "signatory": _signatory(issuer),
        "hash": " ".join(source.hash[at : at + 8] for at in range(0, len(source.hash), 8)),
        "ring": ring(_parts(source.catalogue)),
        "address": code if code.startswith("https://") else "",
        "qr": qr(code),
        "qr_alt": _("QR code: {text}").format(text=code.replace("\n", ", ")),
        "words": {
            "certificate": _("Certificate"),
            "signature": _("Signature"),
            "record": _("Recorded result, SHA-256"),
            "check": _("Check"),
        },
    }


def _parts(catalogue: Catalogue) -> tuple[tuple[int, int], ...]:
    """Weight and number of criteria of each dimension."""
    counted = Counter(criterion.dimension for criterion in catalogue.rated)
    return tuple((dimension.weight, counted[dimension.id]) for dimension in catalogue.dimensions)


def shown_tier(source: Source) -> str:
    """The id of the tier a sample shows: the last in the catalogue's order whose conditions are met, else the first."""
    met = [one["id"] for one in source.result["tiers"] if one["state"] == "met"]
    return str(met[-1]) if met else source.catalogue.award_rule.tiers[0].id


def _tier(catalogue: Catalogue, id_: str) -> Tier:
    tiers = {tier.id: tier for tier in catalogue.award_rule.tiers}
    if id_ not in tiers:
        known = ", ".join(tiers)
        guess = closest(id_, tiers)
        hint = N_("did you mean “{guess}”?") if guess else None
        details = {"guess": guess} if guess else {}
        raise Refused(
            [UNKNOWN_TIER.at(NOWHERE, hint=hint, catalogue=catalogue.reference, tier=id_, known=known, **details)]
        )
    return tiers[id_]


def _title(own: Marks, tier: str, municipality: str) -> str:
    title = _("Certificate: {tier}, {municipality}").format(tier=tier, municipality=municipality)
    return " · ".join((*own.words, title))


def _statement(catalogue: Catalogue, award: Award | None) -> str:
    by = f"{quoted(words(catalogue.title))}{NBSP}{catalogue.version}"
    if award is None:
        return _(
            "Nothing has been awarded: number and dates come from the decision. "
            "The assessment follows the criteria catalogue {catalogue}."
        ).format(catalogue=by)
    if award.protocol:
        return _("Awarded on {day} ({protocol}) by the criteria catalogue {catalogue}.").format(
            day=_day(award.decided_on), protocol=award.protocol, catalogue=by
        )
    return _("Awarded on {day} by the criteria catalogue {catalogue}.").format(day=_day(award.decided_on), catalogue=by)


def _conditions(source: Source, tier: str) -> list[str]:
    """What a sample says of the conditions of the tier it shows; nothing where they are met."""
    state = next(one["state"] for one in source.result["tiers"] if one["id"] == tier)
    if state == "met" and not source.preview:
        return []
    if state == "not_met":
        return [_("The conditions of this tier are not met.")]
    if state == "open":
        return [_("It is still open whether the conditions of this tier are met.")]
    if source.preview:
        return [_("Whether the conditions of this tier are met is not decided: this is a preview.")]
    return [_("Whether the conditions of this tier are met is not decided: the assessment is not complete.")]


def _facts(source: Source, award: Award | None, issuer: Issuer | None) -> list[dict[str, str]]:
    later = _("comes from the decision")
    facts = [
        (_("Number"), award.number if award else later),
        (
            _("Valid"),
            f"{_day(award.valid_from)} – {_day(award.valid_to)}" if award else _("come from the decision"),
        ),
        (_("Issued by"), words(issuer.name) if issuer else "–"),
        (_("Criteria catalogue"), f"{words(source.catalogue.title)} {source.catalogue.version}"),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _signatory(issuer: Issuer | None) -> dict[str, str]:
    if issuer is None or issuer.signatory is None:
        return {"name": "", "position": ""}
    return {"name": issuer.signatory.name, "position": words(issuer.signatory.position)}


def _code(source: Source, award: Award | None, own: Marks, issuer: Issuer | None) -> str:
    """What the QR code holds: the address in the register, or the certificate in a few words."""
    if award and issuer and issuer.public_register:
        return f"{issuer.public_register.rstrip('/')}/{quote(award.number, safe='')}"
    named: Mapping[str, str] = {"number": award.number if award else ""}
    first = _("Certificate {number}").format(**named) if award else _("Certificate")
    return "\n".join([*own.words, first, f"SHA-256 {source.hash}"])


def _day(day: datetime.date) -> str:
    return day_text(day).replace(" ", NBSP)  # never parted at a line's end
