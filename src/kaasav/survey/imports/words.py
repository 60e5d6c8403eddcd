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
    "n": ("n", "vastajaid", "vastajate arv", "vastanuid", "vastanute arv", "respondents"),
    "sd": ("sd", "standardhälve", "st. hälve", "std", "standard deviation"),
    "design_effect": ("deff", "disainiefekt", "design effect", "design_effect"),
    "option": ("vastus", "vastusevariant", "vastuse variant", "variant", "option", "answer"),
    "answer": ("vastus", "vastuse kood", "answer", "hinnang"),
    "count": ("arv", "vastuseid", "vastuste arv", "vastajaid", "count", "sagedus"),
    "weight": ("kaal", "kaalud", "vastaja kaal", "weight", "w"),
}  # fmt: skip
"""Usual headers of each kind of column, as `item_key` writes them."""

OF_SHARE = frozenset({"osakaal", "osakaal, %", "osakaal (%)", "%", "protsent"})
OF_INDEX = frozenset({"indeks", "punktid", "keskmine"})
"""Headers of values that only a share, or only an index, can have."""
SURE_OF_N = "n"
"""The one usual header over numbers of answers on the item's base; the others may count all respondents."""

_WEIGHTS = re.compile(r"wt?|wt?[ _-].*|.*[ _-]wt?|(?:.*[ _-])?(?:kaalu?d?|weights?)(?:[ _-].*)?|.*kaal|.*weight")


def looks_like_weight(header: str) -> bool:
    """Whether a column called ``header`` probably holds respondents' weights."""
    return len(header) <= 40 and _WEIGHTS.fullmatch(item_key(header)) is not None


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


_SUMS = _TOTALS | {"n", "vastajaid", "vastanuid", "vastajate arv", "vastanute arv", "vastuseid", "vastuseid kokku",
                   "vastuste arv", "valim", "valimi suurus", "summa", "respondents", "sum", "all"}  # fmt: skip


def sample_size(header: str) -> bool:
    """Whether a column called ``header`` probably tells how many were asked, not how many answered."""
    return item_key(header).rpartition(" / ")[2] in ("valim", "valimi suurus", "sample", "sample size")


def counts_all(header: str) -> bool:
    """Whether a column called ``header`` adds up answers instead of being one."""
    return item_key(header) in _SUMS


def pseudo_row(text: str) -> str | None:
    """Why a row called ``text`` is no municipality: ``group`` or ``total``; None if nothing says so."""
    key = item_key(text)
    if key in _TOTALS:
        return "total"
    return "group" if key in _PSEUDO or _SIZES.fullmatch(key) else None
