"""What a person said of the papers goes into evidence.yaml: all of it, or nothing and every mistake told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaasav.assessment.evidence_list import SCHEMA as EVIDENCE_SCHEMA
from kaasav.assessment.evidence_list import EvidenceList, ItemText
from kaasav.assessment.folder import EVIDENCE
from kaasav.catalogue.model import Catalogue
from kaasav.files import read_bytes, write_atomically
from kaasav.intake import answers
from kaasav.intake.checks import Checks
from kaasav.intake.ledger import Ledger
from kaasav.intake.ledger import read as read_ledger
from kaasav.intake.lock import alone
from kaasav.intake.merge import Clash, EvidenceFile
from kaasav.intake.row import LABELS, Answer, Answers, UseAnswer, fields
from kaasav.language import N_, _
from kaasav.papers.change import CHANGED
from kaasav.problems import Forbidden, Location, Problem, Refused, error, has_errors
from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, parse

EMPTY = error(
    "intake-form-empty", N_("the form holds no rows"), N_("have a new one written: kaasav evidence intake FOLDER")
)
ID_TAKEN = error("intake-id-taken", N_("another item is called “{id}” already"), N_("choose another id"))
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
    """What a confirmation did: ids of items by what became of them; ``changed`` says whether anything was written.

    ``without_place`` are the uses in the list, as item and criterion, that name no passage, page or whole file and so
    stay open; ``waiting`` is how many papers nobody has answered for yet.
    """

    added: tuple[str, ...]
    updated: tuple[str, ...]
    struck: tuple[str, ...]
    unchanged: tuple[str, ...]
    changed: bool
    without_place: tuple[tuple[str, str], ...] = ()
    waiting: int = 0


def confirm(folder: Path, shown: str, file: Path, file_shown: str, catalogue: Catalogue) -> Confirmed:
    """Merge the form ``file`` into the evidence list of the municipality's ``folder``.

    Raises:
        Refused: anything in the form is wrong; every mistake is told with its place.
        Forbidden: something a person wrote in evidence.yaml would be overwritten; or somebody else takes in or confirms
            here at this moment.
    """
    with alone(folder, shown):
        return _confirm(folder, shown, file, file_shown, catalogue)


def _confirm(folder: Path, shown: str, file: Path, file_shown: str, catalogue: Catalogue) -> Confirmed:
    ledger = read_ledger(folder, shown)
    form = answers.read(file, file_shown, catalogue)
    name = f"{shown}/{EVIDENCE}"
    content = read_bytes(folder / EVIDENCE, name)
    own, found = parse(content, name)
    listed, more = bind(own, EvidenceList, EVIDENCE_SCHEMA)
    problems = [*form.problems, *found, *more]
    if form.answers is None:
        raise Refused(problems)
    if not form.answers.items and not problems:
        problems.append(EMPTY.at(Location(file_shown)))
    checks = Checks(form, catalogue, ledger)
    problems += checks.all()
    if listed is None:
        raise Refused(problems)
    return _Merge(ledger, listed, content, form.document).run(form.answers, folder, name, problems, checks.wrong)


class _Merge:
    def __init__(self, ledger: Ledger, listed: EvidenceList, content: bytes, document: Document) -> None:
        self._ledger, self._listed, self._content, self._document = ledger, listed, content, document
        self._file = EvidenceFile(content)
        self._positions = ledger.items()
        self._by_file: dict[tuple[str | None, tuple[str, ...]], int] = {
            (item.file, _inside(item)): at for at, item in enumerate(listed.items) if item.file
        }
        self._by_id = {item.id: at for at, item in enumerate(listed.items)}
        self._problems: list[Problem] = []
        self._done: dict[str, list[str]] = {"added": [], "updated": [], "struck": [], "unchanged": []}
        self._marked = False

    def run(
        self, form: Answers, folder: Path, name: str, problems: Sequence[Problem], wrong: Collection[int]
    ) -> Confirmed:
        ids, seen = set(self._by_id), set()
        for at, answer in enumerate(form.items):
            place, id_place = self._document.at("items", at), self._document.at("items", at, "id")
            if answer.sha256 not in self._positions or answer.sha256 in seen:
                continue
            seen.add(answer.sha256)
            if at in wrong:
                self._reserve(answer, id_place, ids)
            else:
                self._one(answer, place, id_place, ids)
        problems = [*problems, *self._problems]
        if has_errors(problems):
            refused = Forbidden if all(p.kind in (CLASH, STRUCK_BUT_LISTED) for p in problems) else Refused
            raise refused(problems)
        merged = self._write(folder, name)
        changed = self._file.changed or self._marked
        done = {key: tuple(ids_) for key, ids_ in self._done.items()}
        waiting = sum(one.became == "listed" for one in self._ledger.files)
        return Confirmed(
            done["added"], done["updated"], done["struck"], done["unchanged"], changed, _placeless(merged), waiting
        )

    def _write(self, folder: Path, name: str) -> EvidenceList:
        """Put list and ledger in place, both or none; the list as it is then."""
        merged: EvidenceList | None = self._listed
        path = folder / EVIDENCE
        if self._file.changed:
            content = self._file.content()
            document, problems = parse(content, name)
            merged, found = bind(document, EvidenceList, EVIDENCE_SCHEMA)
            if merged is None or problems:
                raise Refused([*problems, *found])
            if read_bytes(path, name) != self._content:
                raise Forbidden([CHANGED.at(Location(name))])
            write_atomically(path, content)
        if self._marked:
            try:
                self._ledger.write(folder)
            except BaseException:
                if self._file.changed:
                    write_atomically(path, self._content)
                raise
        return merged or self._listed

    def _reserve(self, answer: Answer, id_place: Location, ids: set[str]) -> None:
        """Mind the id of an answer that holds a mistake, so that others with the same id are told too."""
        entry = self._ledger.files[self._positions[answer.sha256]]
        called = answer.id or entry.item or ""
        if answer.take and (entry.file, entry.inside) not in self._by_file:
            if called in ids:
                self._problems.append(ID_TAKEN.at(id_place, id=called))
            ids.add(called)

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


def _placeless(listed: EvidenceList) -> tuple[tuple[str, str], ...]:
    """The uses that name no place, of items that still count."""
    return tuple(
        (item.id, use.criterion)
        for item in listed.items
        if item.erased is None
        for use in item.uses
        if use.passage is None and use.page is None and not use.places and not use.whole
    )


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
