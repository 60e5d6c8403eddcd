"""The report's charts as plain data: what is drawn, what stands in the table behind it, what is read out instead.

Every chart is a mapping with ``chart`` (which one), ``words`` (its key), what it draws, ``title``, ``alt`` (the same in
sentences) and ``table`` (``head`` and ``rows`` of texts). Drawn numbers are whole parts of 10,000.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kaasav.catalogue.model import Catalogue, LevelCriterion
from kaasav.language import _, words
from kaasav.numbers import percent, span
from kaasav.scoring.bounds import Shares
from kaasav.survey.verdict import Verdict, interval
from kaasav.survey.wave import Wave
from kaasav.telling.figures import levels, shares
from kaasav.telling.gate import measured, number
from kaasav.wording import NO_DATA, say

Chart = dict[str, Any]


def profile(result: Mapping[str, Any], catalogue: Catalogue, medians: Mapping[str, Shares] | None) -> Chart:
    """Each dimension's share with its floor, beside the median of comparable municipalities where it may be shown.

    Args:
        result: the record's ``result``.
        catalogue: the catalogue it was judged by.
        medians: by dimension; None where there are too few to compare with.
    """
    titles = {dimension.id: words(dimension.title) for dimension in catalogue.dimensions}
    floors = {
        part["id"]: Fraction(part["threshold"])
        for condition in result["conditions"]
        if condition["type"] == "dimension_floor"
        for part in condition["parts"]
    }
    rows, table = [], []
    for dimension in result["dimensions"]:
        id_, share = dimension["id"], dimension["share"]
        floor, median = floors.get(id_), (medians or {}).get(id_)
        shown = shares({**share, "threshold": str(floor)} if floor is not None else share)
        rows.append(
            {
                "id": id_,
                "title": titles[id_],
                "lower": _parts(Fraction(share["lower"])),
                "upper": _parts(Fraction(share["upper"])),
                "floor": None if floor is None else _parts(floor),
                "median": _parts(median.lower) if median and median.lower == median.upper else None,
                "figure": shown,
            }
        )
        table.append(
            [id_, titles[id_], shown, "–" if floor is None else percent(floor)]
            + ([span(percent(median.lower), percent(median.upper)) if median else "–"] if medians else [])
        )
    head = [_("Code"), _("Dimension"), _("Share of what is possible"), _("Floor")] + ([_("Median")] if medians else [])
    said = "; ".join(f"{row[1]}: {row[2]}" for row in table)
    return {
        "chart": "profile",
        "title": _("Dimensions"),
        "rows": rows,
        "words": {
            **_scale(),
            "reached": _("reached"),
            "open": _("possible, still open"),
            "floor": _("floor every dimension must reach"),
            "median": _("median of municipalities of the same size"),
        },
        "alt": _("Bar chart of the share each dimension reaches. {rows}.").format(rows=said),
        "table": {"head": head, "rows": table},
    }


def level_dots(result: Mapping[str, Any], catalogue: Catalogue) -> Chart:
    """The level of each criterion: what counts, what was rated but lacks evidence, what is mandatory."""
    by_id = {criterion["id"]: criterion for criterion in result["criteria"]}
    groups, table, said = [], [], []
    for dimension in catalogue.dimensions:
        rows = []
        for criterion in catalogue.rated:
            if criterion.dimension != dimension.id:
                continue
            found = by_id[criterion.id]
            rows.append(_dots(criterion, found))
            table.append(_level_row(criterion, found))
            said.append(f"{criterion.id} {levels(found['counted'])}")
        groups.append({"title": f"{dimension.id} {words(dimension.title)}", "rows": rows})
    return {
        "chart": "levels",
        "title": _("Level of each criterion"),
        "groups": groups,
        "highest": catalogue.scale.highest,
        "words": {
            "counted": _("level that counts"),
            "open": _("possible, still open"),
            "held": _("rated, but evidence is missing"),
            "least": _("least level of a mandatory criterion"),
            "without": _("does not apply"),
            "none": _("level 0"),
        },
        "alt": _("Dots from 0 to {highest} for each criterion. Levels that count: {rows}.").format(
            highest=catalogue.scale.highest, rows=", ".join(said)
        ),
        "table": {
            "head": [_("Code"), _("Criterion"), _("Rated"), _("Counts as"), _("Least level")],
            "rows": table,
        },
    }


def _dots(criterion: LevelCriterion, found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": words(criterion.title),
        "counted": found["counted"] if found["applies"] is not False else None,
        "rated": None if found["rated"]["basis"] == "none" else found["rated"]["levels"],
        "least": criterion.mandatory.min_level if criterion.mandatory else None,
    }


def _level_row(criterion: LevelCriterion, found: Mapping[str, Any]) -> list[str]:
    applies = found["applies"] is not False
    return [
        criterion.id,
        words(criterion.title),
        levels(found["rated"]["levels"]) if applies else _("does not apply"),
        levels(found["counted"]) if applies else "–",
        str(criterion.mandatory.min_level) if criterion.mandatory else "–",
    ]


def survey(waves: Sequence[tuple[Wave, Verdict]]) -> Chart:
    """What each survey wave says of one indicator: value, 95 % interval and reference, or why there is none.

    Args:
        waves: each wave with its verdict, oldest first.
    """
    rows = [_survey_row(wave, verdict) for wave, verdict in waves]
    table = [
        [row["title"], row["measured"], row["figure"], row["margin"], row["compared"], row["note"]] for row in rows
    ]
    said = "; ".join(f"{row['title']}: {row['figure']} {row['note']}".strip() for row in rows)
    return {
        "chart": "survey",
        "title": _("Residents’ satisfaction over survey waves"),
        "rows": rows,
        "words": {
            **{"zero": "0", "half": "50", "whole": "100"},  # percent or points: a wave has either
            "value": _("result"),
            "interval": _("95 % interval"),
            "reference": _("reference of the same survey"),
        },
        "alt": _("Each survey wave’s result with its margin of error and the reference. {rows}.").format(rows=said),
        "table": {
            "head": [_("Survey"), _("Measured"), _("Result"), _("95 % interval"), _("Reference"), _("Note")],
            "rows": table,
        },
    }


def _survey_row(wave: Wave, verdict: Verdict) -> dict[str, Any]:
    between = interval(verdict)
    margin = "–"
    if between is not None:
        margin = f"{number(verdict, Fraction(between[0]))}…{number(verdict, Fraction(between[1]))}"
    notes = []
    if verdict.reason:
        notes.append(say(NO_DATA, verdict.reason))
    if verdict.n is not None and verdict.value is not None:
        assumed = _(" (assumed)") if "n" in verdict.assumed else ""
        notes.append(f"n = {verdict.n}{assumed}")
    if verdict.fictional:
        notes.append(_("fictional"))
    return {
        "title": words(wave.description.title),
        "value": _hundredth(verdict.value),
        "low": None if between is None else _hundredth(between[0]),
        "high": None if between is None else _hundredth(between[1]),
        "reference": _hundredth(verdict.reference),
        "figure": "–" if verdict.value is None else number(verdict, verdict.value),
        "margin": margin,
        "compared": "–" if verdict.reference is None else number(verdict, verdict.reference),
        "measured": measured(verdict),
        "note": ", ".join(notes),
    }


def _scale() -> dict[str, str]:
    return {"zero": percent(0, 0), "half": percent(Fraction(1, 2), 0), "whole": percent(1, 0)}


def _parts(share: Fraction) -> int:
    return round(share * 10_000)


def _hundredth(value: Fraction | Decimal | None) -> int | None:
    """A value from 0 to 100 in parts of 10,000."""
    return None if value is None else _parts(Fraction(value) / 100)
