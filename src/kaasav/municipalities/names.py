"""Which municipality a text means: the codes and the spellings people really have."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from kaasav.language import N_
from kaasav.municipalities.register import Found, load
from kaasav.problems import DID_YOU_MEAN, NOWHERE, Location, Problem, error, warning

NO_NAME = error("municipality-missing", N_("no municipality is named here"), N_("write its name or its EHAK code"))
UNKNOWN_NAME = error(
    "municipality-unknown",
    N_("there is no municipality “{text}”"),
    N_("write its name or its EHAK code, such as Rõuge vald or 0698"),
)
UNKNOWN_CODE = error(
    "municipality-code-unknown", N_("no municipality has the code {code}"), N_("write its name, such as Rõuge vald")
)
AMBIGUOUS = error("municipality-ambiguous", N_("“{text}” may mean {candidates}"), N_("write which of them is meant"))
OFFICE = error(
    "municipality-office", N_("“{text}” is an office, not a municipality"), N_("the municipality is “{name}”")
)
MERGED = warning(
    "municipality-merged",
    N_("{old} ({old_code}) became part of {new} ({code}) in {year}; {new} is meant now"),
    N_("surveys from before then know it under its old code"),
)

# Where the town's full name is not its own name and “linn”: its name's genitive is another word.
_FULL_NAMES = {"Tallinn": "Tallinna linn"}
_CODE = re.compile(r"(?:EE *)?([0-9]{3,4})|(X[0-9]{3})|[0-9]{4}([0-9]{4})[0-9]{6}")
_OFFICE = re.compile(r"(.+?)[ -]+(valla|linna)-?(?:valitsuse|valitsus|volikogu|kantselei)")
_SPACES = re.compile(r"\s+")
_LONGEST = 60
_NEAR = 0.75


def find(text: str, where: Location = NOWHERE) -> tuple[Found | None, list[Problem]]:
    """The municipality meant by ``text``, which stands at ``where``.

    Understood are today's and older EHAK codes (``0698``, ``698``, ``EE698``, the 14 characters of Statistics Estonia's
    tables), names with or without “vald” or “linn” in any case and Unicode form, and ASCII folder names
    (``rouge-vald``). A name that may mean two municipalities, and the name of an office, are refused.

    Returns:
        The municipality, or None with an error among the problems. A name or code that a merger ended gives the
        successor together with a warning that says so; ``via`` of the result holds the change.
    """
    shown = _SPACES.sub(" ", text).strip()
    if not shown:
        return None, [NO_NAME.at(where)]
    code = _code_in(shown)
    if code:
        found = load().found(code)
        return (found, _merger(found, where)) if found else (None, [UNKNOWN_CODE.at(where, code=shown)])
    candidates = _named(shown)
    if len(candidates) == 1:
        return candidates[0], _merger(candidates[0], where)
    if candidates:
        names = ", ".join(one.municipality.name for one in candidates)
        return None, [AMBIGUOUS.at(where, text=shown, candidates=names)]
    return None, [_not_found(shown, where)]


def means(text: str, code: str) -> bool:
    """Whether ``text`` is a name, today's or former, of the municipality that has or had the ``code``."""
    return _key(text) in _names_of(code)


def likely(text: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``text`` is a slip for; None if none is near.

    That both end in “vald” brings no two names nearer, and a town is no slip for the parish of its name: that may be
    one there was.
    """
    from difflib import SequenceMatcher

    stem, kind = _stem(text)
    best, found = 0.0, None
    for name in names:
        other_stem, other_kind = _stem(name)
        if kind and other_kind and kind != other_kind:
            if stem == other_stem:
                return None
            continue
        match = SequenceMatcher(None, stem, other_stem)
        ratio = match.ratio() if match.real_quick_ratio() >= _NEAR else 0
        if ratio < _NEAR and not (kind and other_kind):  # “Räpina vall”
            ratio = SequenceMatcher(None, _key(text), _key(name)).ratio() - 0.05
        if ratio >= _NEAR and ratio > best:
            best, found = ratio, name
    return found


def _stem(name: str) -> tuple[str, str]:
    key = _key(name)
    kind = next((kind for kind in ("vald", "linn") if key.endswith(f" {kind}")), "")
    return (key.removesuffix(f" {kind}"), kind) if kind else (key, "")


def slug(name: str) -> str:
    """``name`` as an ASCII folder name: ``Rõuge vald`` → ``rouge-vald``."""
    letters = unicodedata.normalize("NFD", name).casefold().encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def _code_in(text: str) -> str | None:
    match = _CODE.fullmatch(text.upper())
    if not match:
        return None
    short, invented, inside = match.groups()
    return invented or inside or short.zfill(4)


def _merger(found: Found, where: Location) -> list[Problem]:
    via = found.via
    if via is None or via.kind != "merged":
        return []
    now = found.municipality
    return [MERGED.at(where, old=via.old_name, old_code=via.old_code, new=now.name, code=now.code, year=via.year)]


def _called(found: Found) -> str:
    return found.via.old_name if found.via else found.municipality.name


def _not_found(text: str, where: Location) -> Problem:
    if len(text) > _LONGEST:
        return UNKNOWN_NAME.at(where, text=text[:_LONGEST] + "…")
    office = _OFFICE.fullmatch(_key(text))
    if office:
        stem, kind = office[1], "vald" if office[2] == "valla" else "linn"
        whose = _named(f"{stem} {kind}") or _named(f"{stem}-{kind}")
        if len(whose) == 1:
            return OFFICE.at(where, text=text, name=whose[0].municipality.name)
    known = {form: ", ".join(map(_called, all_found)) for form, all_found in _by_name().items()}
    guess = likely(text, known)
    if guess:
        return UNKNOWN_NAME.at(where, hint=DID_YOU_MEAN, text=text, guess=known[guess])
    return UNKNOWN_NAME.at(where, text=text)


def _key(text: str) -> str:
    """One form for all ways to write the same letters, capitals, spaces and dashes."""
    plain = unicodedata.normalize("NFC", text).casefold()
    dashes = "".join("-" if unicodedata.category(c) == "Pd" else c for c in plain)
    return _SPACES.sub(" ", dashes).strip()


def _named(text: str) -> list[Found]:
    key = _key(text)
    exact = _by_name().get(key)
    if exact:
        return exact
    # Only ASCII text may stand for other letters: “Töri” is a slip for Tori or Türi, not a folder name.
    return _by_slug().get(slug(key), []) if key.isascii() else []


def _forms(name: str) -> list[str]:
    """A name and what it is called for short or in full, as keys."""
    forms = [name, _FULL_NAMES.get(name, name), name.removesuffix(" vald").removesuffix(" linn")]
    return list(dict.fromkeys(_key(form) for form in forms))


@cache
def _by_name() -> dict[str, list[Found]]:
    register = load()
    current: dict[str, list[Found]] = {}
    for one in register.municipalities:
        for form in _forms(one.name):
            current.setdefault(form, []).append(Found(one))
    former: dict[str, list[Found]] = {}
    for change in register.changes:
        found = register.found(change.old_code)
        for form in _forms(change.old_name):
            if found and form not in current and found not in former.get(form, []):
                former.setdefault(form, []).append(found)
    return current | former


@cache
def _by_slug() -> dict[str, list[Found]]:
    slugs: dict[str, list[Found]] = {}
    for form, all_found in _by_name().items():
        known = slugs.setdefault(slug(form), [])
        known += [found for found in all_found if found not in known]
    return slugs


@cache
def _names_of(code: str) -> frozenset[str]:
    register = load()
    municipality = next((one for one in register.municipalities if one.code == code), None)
    changes = [change for change in register.changes if code in (change.old_code, change.new_code)]
    names = [municipality.name] if municipality else []
    names += [change.old_name for change in changes if change.old_code == code or change.kind == "renumbered"]
    return frozenset(form for name in names for form in _forms(name))
