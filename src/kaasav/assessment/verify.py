"""Whether a recorded result still comes out: from the record alone, and from the files where they are there."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from kaasav.assessment import folder as layout
from kaasav.assessment.assess import CATALOGUE, RECORD, WAVE, WAVE_VALUES, recompute
from kaasav.assessment.case import Looked, look_at
from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import Erased, EvidenceList
from kaasav.assessment.folder import Submission
from kaasav.catalogue import reader as catalogues
from kaasav.evidence.look import look
from kaasav.language import N_
from kaasav.municipalities import names
from kaasav.plain import plain
from kaasav.problems import Location, Problem, error, has_errors, warning
from kaasav.scoring import RULES
from kaasav.survey.reader import read_wave
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import parse

UNKNOWN_RULES = error(
    "verify-unknown-rules",
    N_("the result was made by rules {rules}; this Kaasav knows rules {known}"),
    N_("verify it with the version of Kaasav named in its event"),
)
UNKNOWN_RECORD = error("verify-unknown-record", N_("the record is of the form “{schema}”, which is not known here"))
NOT_RECOMPUTABLE = error("verify-not-recomputable", N_("the recorded files give no result any more"))
DIFFERS = error(
    "verify-differs", N_("{path}: recorded {recorded}, recomputed {now}"), N_("do not rely on this result; ask why")
)
FILE_CHANGED = warning("verify-file-changed", N_("the file has changed since: SHA-256 was {recorded}…, is {now}…"))
FILE_GONE = warning("verify-file-gone", N_("the file is not there any more"))
FILE_ERASED = warning(
    "verify-file-erased", N_("the file was erased on {on} by {by}: {reason}; its hash is the one recorded")
)
FILE_ERASED_OTHER = warning(
    "verify-file-erased-other",
    N_("a file was erased on {on} by {by}: {reason}; but its hash {now}… is not the recorded {recorded}…"),
)
ERASURE_UNRECORDED = warning(
    "verify-erasure-unrecorded",
    N_("the list says the file was erased on {on} by {by}: {reason}; but the database holds no such erasure"),
    N_("ask who removed the file, and whether the database was put back from a backup"),
)
FILE_NEW = warning("verify-file-new", N_("the file was not there when the result was recorded"))
FINDING_CHANGED = warning("verify-finding-changed", N_("{path}: was {recorded}, is {now}"))

SHOWN_DIFFERENCES = 50


def verify_record(record: Mapping[str, Any], blob: Callable[[str], bytes], name: str) -> list[Problem]:
    """Recompute a result from what was recorded, by the recorded rules.

    Args:
        record: the record.
        blob: gives the recorded bytes for their SHA-256.
        name: how people know the result, such as its hash.

    Returns:
        Nothing if exactly the same comes out; else what differs, place by place.
    """
    here = Location(name)
    if record.get("schema") != RECORD:
        return [UNKNOWN_RECORD.at(here, schema=record.get("schema", ""))]
    if record["rules"] != RULES:
        return [UNKNOWN_RULES.at(here, rules=record["rules"], known=RULES)]
    inputs = {key: blob(digest) for key, digest in record["inputs"].items()}
    submission, problems = recorded_submission(inputs, name)
    catalogue, found = catalogues.understand(inputs[CATALOGUE], f"{name}/{CATALOGUE}")
    problems += found
    wave, found = read_wave(inputs[WAVE], inputs[WAVE_VALUES], f"{name}/{WAVE}")
    problems += found
    if submission is None or catalogue is None or wave is None:
        return [NOT_RECOMPUTABLE.at(here), *problems]
    looked = {one["item"]: Looked.from_data(one) for one in record["evidence"]}
    judged = recompute(submission, catalogue, wave, looked, record["municipality"])
    if judged.result is None:
        return [NOT_RECOMPUTABLE.at(here), *judged.problems]
    differences = list(differing(record["result"], plain(judged.result), "result"))
    return [DIFFERS.at(here, path=path, recorded=was, now=now) for path, was, now in differences[:SHOWN_DIFFERENCES]]


def recorded_submission(inputs: Mapping[str, bytes], name: str) -> tuple[Submission | None, list[Problem]]:
    """What people wrote, read from the recorded bytes."""
    own = {key: content for key, content in inputs.items() if key not in (CATALOGUE, WAVE, WAVE_VALUES)}
    submission, problems = layout.understand(own, name)
    return submission, [problem for problem in problems if has_errors([problem])]


def verify_files(
    record: Mapping[str, Any],
    submission: Submission,
    folder: Path,
    shown: str,
    erasures: Collection[Mapping[str, Any]],
) -> list[Problem]:
    """Compare the folder as it is now with what was recorded: every YAML file, every evidence file, every finding.

    Args:
        record: the record.
        submission: what people wrote then.
        folder: the municipality's folder.
        shown: how people know the folder.
        erasures: the erasures the database knows of: each one's particulars, and its subject as ``sha256``. An
            erasure that only the evidence list tells of is said to be just that.
    """
    problems: list[Problem] = []
    contents, _unread = layout.read(folder, shown)
    documents = {name: sha256(content).hexdigest() for name, content in contents.items()}
    recorded = {k: v for k, v in record["inputs"].items() if k not in (CATALOGUE, WAVE, WAVE_VALUES)}
    for name in sorted(recorded.keys() | documents.keys()):
        place = Location(f"{shown}/{name}")
        if name not in documents:
            problems.append(FILE_GONE.at(place))
        elif name not in recorded:
            problems.append(FILE_NEW.at(place))
        elif documents[name] != recorded[name]:
            problems.append(FILE_CHANGED.at(place, recorded=recorded[name][:12], now=documents[name][:12]))
    was = {one["item"]: one for one in record["evidence"]}
    erased = _erased(contents, shown)
    for item in submission.evidence.items:
        place = Location(f"{shown}/{' › '.join((item.file or item.id, *item.inside))}")
        before = {key: value for key, value in was[item.id].items() if key != "item"}
        gone, recorded_hash = erased.get(item.id), before["facts"]["sha256"]
        known = gone is not None and any(_tells(one, record, item.id, gone) for one in erasures)
        if gone is not None and not known:
            problems.append(ERASURE_UNRECORDED.at(place, on=gone.on, by=gone.by, reason=gone.reason))
        if gone is None or item.erased is not None or not recorded_hash:
            problems += _evidence(before, plain(look_at(item, partial(look, folder))), place)
        elif known or gone.sha256 != recorded_hash:
            kind = FILE_ERASED if gone.sha256 == recorded_hash else FILE_ERASED_OTHER
            now, was_hash = gone.sha256[:12], recorded_hash[:12]
            problems.append(kind.at(place, on=gone.on, by=gone.by, reason=gone.reason, recorded=was_hash, now=now))
    return problems


def _tells(erasure: Mapping[str, Any], record: Mapping[str, Any], item: str, erased: Erased) -> bool:
    """Whether an erasure in the database is the one the evidence list tells of, in every particular."""
    found, _ = names.find(str(erasure.get("municipality", "")))
    return (
        found is not None
        and found.municipality.code == record["municipality"]["code"]
        and erasure.get("round") == record["round"]
        and erasure.get("item") == item
        and erased.sha256 in (erasure.get("sha256"), erasure.get("container"))
        and (erasure.get("on"), erasure.get("by"), erasure.get("reason"))
        == (erased.on.isoformat(), erased.by, erased.reason)
    )


def _erased(contents: Mapping[str, bytes], shown: str) -> dict[str, Erased]:
    """What the list as it is now says was erased, by item; nothing if it cannot be read."""
    document, _ = parse(contents.get(layout.EVIDENCE, b""), f"{shown}/{layout.EVIDENCE}")
    listed, _ = bind(document, EvidenceList, EVIDENCE_SCHEMA)
    return {item.id: item.erased for item in (listed.items if listed else ()) if item.erased is not None}


def _evidence(was: Mapping[str, Any], now: Mapping[str, Any], place: Location) -> Iterator[Problem]:
    old, new = was["facts"]["sha256"], now["facts"]["sha256"]
    if old and not new:
        yield FILE_GONE.at(place)
    elif new and not old:
        yield FILE_NEW.at(place)
    elif old != new:
        yield FILE_CHANGED.at(place, recorded=old[:12], now=new[:12])
    else:
        for path, before, after in differing(was, now, ""):
            yield FINDING_CHANGED.at(place, path=path, recorded=before, now=after)


def differing(was: Any, now: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Every place where two plain values differ: its path, what was, what is."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in sorted(was.keys() | now.keys()):
            yield from differing(was.get(key, "—"), now.get(key, "—"), f"{path}.{key}" if path else key)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, (before, after) in enumerate(zip(was, now, strict=True)):
            name = before.get("id", index) if isinstance(before, Mapping) else index
            yield from differing(before, after, f"{path}[{name}]")
    elif was != now:
        yield path, str(was), str(now)
