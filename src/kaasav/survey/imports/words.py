"""Words people usually write over a column, and in rows that are no municipality."""

import re

from kaasav.survey.rows import item_key

HEADERS: dict[str, tuple[str, ...]] = {
    "code": ("ehak", "ehak kood", "ehak-kood", "kood", "kov kood", "kov_kood", "kovkood", "omavalitsuse kood",
             "omavalitsusüksuse kood", "kov ehak", "code", "municipality code"),
    "name": ("omavalitsus", "omavalitsuse nimi", "omavalitsusüksus", "kohalik omavalitsus", "kov", "kov nimi",
             "kov_nimi", "nimi", "nimetus", "vald/linn", "vald, linn", "linn/vald", "elukoht", "name", "municipality"),
    "item": ("näitaja", "näitaja nimi", "küsimus", "indikaator", "väide", "item", "question", "indicator"),
    "value": ("väärtus", "value", "osakaal", "osakaal, %", "osakaal (%)", "indeks", "tulemus", "%", "protsent",
              "punktid", "rahulolu", "keskmine"),
    "n": ("n", "vastajaid", "vastajate arv", "vastanuid", "vastanute arv", "respondents", "valim", "valimi suurus"),
    "sd": ("sd", "standardhälve", "st. hälve", "std", "standard deviation"),
    "design_effect": ("deff", "disainiefekt", "design effect", "design_effect"),
    "option": ("vastus", "vastusevariant", "vastuse variant", "variant", "option", "answer"),
    "answer": ("vastus", "vastuse kood", "answer", "hinnang"),
    "count": ("arv", "vastuseid", "vastuste arv", "vastajaid", "count", "sagedus"),
    "weight": ("kaal", "kaalud", "vastaja kaal", "weight", "w"),
}  # fmt: skip
"""Usual headers of each kind of column, as `item_key` writes them."""

OF_GRAIN = {
    "values": ("code", "name", "item", "value", "n", "sd", "design_effect"),
    "counts": ("code", "name", "item", "option", "count"),
    "answers": ("code", "name", "item", "answer", "weight"),
}
"""The kinds of column each grain may have."""

_PSEUDO = frozenset({
    "mediaan omavalitsus", "mediaanomavalitsus", "tulukas", "keskmiselt tulukas", "toimetulev", "keskuslik",
    "keskus tagamaaga", "osaliselt tagamaaline", "tagamaaline", "x",
})  # fmt: skip
_SIZES = re.compile(r"elanikke\s*(?:[<>≤≥]\s*)?[0-9][0-9 ]*(?:\s*[-–]\s*[0-9][0-9 ]*)?|elanikke\s*[<>≤≥].*")
_TOTALS = frozenset({
    "kokku", "eesti", "kogu eesti", "eesti kokku", "eesti keskmine", "kõik", "kõik omavalitsused", "kõik kokku",
    "keskmine", "keskmine omavalitsus", "riik", "riigi keskmine", "üldkokkuvõte", "total", "grand total", "estonia",
    "vastajaid kokku", "whole country",
})  # fmt: skip


def pseudo_row(text: str) -> str | None:
    """Why a row called ``text`` is no municipality: ``group`` or ``total``; None if nothing says so."""
    key = item_key(text)
    if key in _TOTALS:
        return "total"
    return "group" if key in _PSEUDO or _SIZES.fullmatch(key) else None
