"""What a person said of the papers goes into evidence.yaml: all of it, or nothing and every mistake told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kaasav.assessment.checks.evidence import (
    FORCE_BACKWARDS,
    PAGE_ZERO,
    PASSAGE_TOO_SHORT,
    PLACE_UNCLEAR,
    UNKNOWN_KIND,
    not_rated,
    unknown,
)
from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList, ItemText
from kaasav.assessment.folder import EVIDENCE
from kaasav.catalogue.model import Catalogue
from kaasav.evidence.passage import too_short
from kaasav.files import read_bytes, write_atomically
from kaasav.intake import answers
from kaasav.intake.ledger import Ledger
from kaasav.intake.ledger import read as read_ledger
from kaasav.intake.merge import Clash, EvidenceFile
from kaasav.intake.naming import SAFE
from kaasav.intake.row import LABELS, Answer, Answers, UseAnswer, fields
from kaasav.language import N_, _
from kaasav.problems import Forbidden, Location, Problem, Refused, error, has_errors
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse

NO_KIND = error(
    "intake-no-kind", N_("“{item}” has no kind of evidence"), N_("choose one, or say no in the first column")
)
NO_TITLE = error("intake-no-title", N_("“{item}” has no title"), N_("write one"))
NOT_KNOWN = error(
    "intake-item-unknown",
    N_("no such file came in through intake"),
    N_("take it in with “kaasav evidence intake”; rows cannot be added by hand, but evidence.yaml can be edited"),
)
TWICE = error("intake-item-twice", N_("the same file stands in the form twice"), N_("strike one of the two rows"))
BAD_ID = error("intake-bad-id", N_("“{id}” is no id"), N_("write a short name without spaces"))
ID_TAKEN = error("intake-id-taken", N_("another item is called “{id}” already"), N_("choose another id"))
NO_START = error("intake-no-start", N_("in force to a day, but from none"), N_("write from when, or strike the end"))
CLASH = error(
    "intake-clash",
    N_(
        "“{item}” was changed in evidence.yaml and here, each in its own way: "
        "{field} is “{in_file}” there and “{in_form}” here"
    ),
    N_("make the two the same, or change one of them back; nothing was overwritten"),
)
STRUCK_BUT_LISTED = error(
    "intake-struck-but-listed",
    N_("“{item}” is in evidence.yaml already, so it cannot be struck here"),
    N_("take it out of evidence.yaml, then confirm again"),
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation did: ids of items by what became of them; ``changed`` says whether anything was written."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    struck: tuple[str, ...]
    unchanged: tuple[str, ...]
    changed: bool


def confirm(folder: Path, shown: str, file: Path, file_shown: str, catalogue: Catalogue) -> Confirmed:
    """Merge the form ``file`` into the evidence list of the municipality's ``folder``.

    Raises:
        Refused: anything in the form is wrong; every mistake is told with its place.
        Forbidden: something a person wrote in evidence.yaml would be overwritten.
    """
    ledger = read_ledger(folder, shown)
    form, document, problems = answers.read(file, file_shown, catalogue)
    name = f"{shown}/{EVIDENCE}"
    content = read_bytes(folder / EVIDENCE, name)
    own, found = parse(content, name)
    listed, more = bind(own, EvidenceList, EVIDENCE_SCHEMA)
    problems += [*found, *more]
    if form is None or listed is None:
        raise Refused(problems)
    problems += _check(form, document, catalogue, ledger)
    if has_errors(problems):
        raise Refused(problems)
    return _Merge(ledger, listed, content, document).run(form, folder, name)


def _check(form: Answers, document: Document, catalogue: Catalogue, ledger: Ledger) -> Iterator[Problem]:
    known, seen = ledger.items(), set()
    for at, answer in enumerate(form.items):
        path = ("items", at)
        if answer.sha256 not in known:
            yield NOT_KNOWN.at(document.at(*path))
            continue
        if answer.sha256 in seen:
            yield TWICE.at(document.at(*path))
        seen.add(answer.sha256)
        if answer.take:
            yield from _check_one(answer, path, document, catalogue)


def _check_one(
    answer: Answer, path: tuple[str | int, ...], document: Document, catalogue: Catalogue
) -> Iterator[Problem]:
    called = answer.id or answer.file
    if answer.id is not None and not SAFE.fullmatch(answer.id):
        yield BAD_ID.at(document.at(*path, "id"), id=answer.id)
    if answer.title is None:
        yield NO_TITLE.at(document.at(*path, "title"), item=called)
    if answer.kind is None:
        yield NO_KIND.at(document.at(*path, "kind"), item=called)
    elif answer.kind not in catalogue.kinds:
        yield unknown(UNKNOWN_KIND, document, (*path, "kind"), catalogue.kinds, answer.kind)
    start, end = answer.in_force_from, answer.in_force_to
    if end is not None and start is None:
        yield NO_START.at(document.at(*path, "in_force_to"))
    if start is not None and end is not None and end < start:
        yield FORCE_BACKWARDS.at(document.at(*path, "in_force_to"), to=end, from_=start)
    for number, use in enumerate(answer.uses):
        yield from _check_use(use, (*path, "uses", number), document, catalogue)
    wholes = {use.criterion for use in answer.uses if use.whole}
    for number, use in enumerate(answer.uses):
        if use.criterion in wholes and (use.passage is not None or use.page is not None):
            yield PLACE_UNCLEAR.at(document.at(*path, "uses", number))


def _check_use(
    use: UseAnswer, path: tuple[str | int, ...], document: Document, catalogue: Catalogue
) -> Iterator[Problem]:
    yield from not_rated(use.criterion, document, (*path, "criterion"), catalogue)
    if use.page == 0:
        yield PAGE_ZERO.at(document.at(*path, "page"))
    if use.passage is not None and too_short(use.passage):
        yield PASSAGE_TOO_SHORT.at(document.at(*path, "passage"), passage=use.passage)


class _Merge:
    def __init__(self, ledger: Ledger, listed: EvidenceList, content: bytes, document: Document) -> None:
        self._ledger, self._listed, self._document = ledger, listed, document
        self._file = EvidenceFile(content)
        self._positions = ledger.items()
        self._by_file: dict[tuple[str | None, tuple[str, ...]], int] = {
            (item.file, _inside(item)): at for at, item in enumerate(listed.items) if item.file
        }
        self._by_id = {item.id: at for at, item in enumerate(listed.items)}
        self._problems: list[Problem] = []
        self._done: dict[str, list[str]] = {"added": [], "updated": [], "struck": [], "unchanged": []}
        self._marked = False

    def run(self, form: Answers, folder: Path, name: str) -> Confirmed:
        ids = set(self._by_id)
        for at, answer in enumerate(form.items):
            self._one(answer, self._document.at("items", at), self._document.at("items", at, "id"), ids)
        if self._problems:
            refused = Forbidden if all(p.kind in (CLASH, STRUCK_BUT_LISTED) for p in self._problems) else Refused
            raise refused(self._problems)
        if self._file.changed:
            content = self._file.content()
            document, problems = parse(content, name)
            merged, found = bind(document, EvidenceList, EVIDENCE_SCHEMA)
            if merged is None or problems:
                raise Refused([*problems, *found])
            write_atomically(folder / EVIDENCE, content)
        if self._marked:
            self._ledger.write(folder)
        changed = self._file.changed or self._marked
        done = {key: tuple(ids_) for key, ids_ in self._done.items()}
        return Confirmed(done["added"], done["updated"], done["struck"], done["unchanged"], changed)

    def _one(self, answer: Answer, place: Location, id_place: Location, ids: set[str]) -> None:
        position = self._positions[answer.sha256]
        entry = self._ledger.files[position]
        there = self._by_file.get((entry.file, entry.inside))
        called = answer.id or entry.item or ""
        if not answer.take:
            if there is not None:
                self._problems.append(STRUCK_BUT_LISTED.at(place, item=self._listed.items[there].id))
            else:
                self._mark(position, "struck", fields(answer), called)
                self._done["struck"].append(called)
            return
        whole = answer.model_copy(update={"file": entry.file, "inside": entry.inside})
        if there is None:
            if called in ids:
                self._problems.append(ID_TAKEN.at(id_place, id=called))
                return
            ids.add(called)
            self._file.add(whole, called)
            self._done["added"].append(called)
        else:
            item = self._listed.items[there]
            before = self._file.changed
            self._file.changed = False
            clashes = self._file.update(there, whole, entry.base, as_fields(item))
            self._done["updated" if self._file.changed else "unchanged"].append(item.id)
            self._file.changed = self._file.changed or before
            self._problems += [self._clash(one, item.id, place) for one in clashes]
            called = item.id
        self._mark(position, "confirmed", fields(answer), called)

    def _clash(self, one: Clash, item: str, place: Location) -> Problem:
        said = _(LABELS.get(one.field, one.field))
        return CLASH.at(place, item=item, field=said, in_file=one.in_file, in_form=one.in_form)

    def _mark(self, position: int, became: str, base: Mapping[str, str], item: str) -> None:
        entry = self._ledger.files[position]
        changed = entry.model_copy(update={"became": became, "base": dict(base), "item": item})
        self._marked = self._marked or changed != entry
        self._ledger.files[position] = changed


def _inside(item: ItemText) -> tuple[str, ...]:
    inside = getattr(item, "inside", None)
    return (inside,) if isinstance(inside, str) else tuple(inside or ())


def as_fields(item: ItemText) -> dict[str, str]:
    """What an item of evidence.yaml says, field by field as `intake.row.fields` tells an answer."""
    uses = tuple(
        UseAnswer(criterion=use.criterion, passage=passage, page=page, whole=use.whole)
        for use in item.uses
        for passage, page in [(use.passage, use.page), *((one.passage, one.page) for one in use.places)][
            bool(use.places) :
        ]
    )
    force = item.in_force
    found = fields(
        Answer.model_construct(
            take=True,
            title=item.title,
            kind=item.kind,
            issuer=item.issuer,
            number=item.number,
            date=item.date,
            in_force_from=force.from_ if force else None,
            in_force_to=force.to if force else None,
            uses=uses,
            file=item.file or "",
            sha256="",
        )
    )
    if any(use.seen is not None or use.note is not None for use in item.uses):
        found["uses"] += "+"  # what somebody has seen or noted is theirs: never written over
    return found
