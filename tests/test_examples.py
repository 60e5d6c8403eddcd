"""The example round: what its three municipalities come to, and that its files are what the script makes."""

import base64
import datetime
import io
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from cryptography import x509

from kaasav.assessment.assess import Assessed, Shelf, assess
from kaasav.evidence.containers import open_container
from kaasav.evidence.containers.contents import Signature
from kaasav.evidence.containers.opener import KINDS as CONTAINERS
from kaasav.evidence.filetype import identify
from kaasav.evidence.text import readers
from kaasav.evidence.text.pages import Pages
from kaasav.scoring.bounds import Levels, Shares, State
from kaasav.scoring.rated import Basis, Claim
from kaasav.scoring.result import CriterionResult, Result, Status, TierState
from kaasav.scoring.usability import Check
from kaasav.workspace.place import Workspace

if TYPE_CHECKING:
    from PIL.Image import Image

ROOT = Path(__file__).parents[1]
ROUND = ROOT / "assessments" / "2026"
PLACES = ("naidisvald", "tammemae", "kuuseranna")


@pytest.fixture(scope="module")
def assessed() -> dict[str, Assessed]:
    shelf = Shelf(Workspace(ROOT))
    return {name: assess(ROUND / name, f"assessments/2026/{name}", shelf) for name in PLACES}


def result(assessed: dict[str, Assessed], name: str) -> Result:
    found = assessed[name].result
    assert found is not None, assessed[name].problems
    return found


def criterion(found: Result, id_: str) -> CriterionResult:
    return next(one for one in found.criteria if one.id == id_)


def states(found: Result) -> dict[str, State]:
    return {condition.id: condition.state for condition in found.conditions}


def held_back(found: Result) -> set[str]:
    return {one.id for one in found.criteria if one.held_back}


def gate_state(found: Result) -> str:
    return next(str(one.gate.state) for one in found.conditions if one.gate is not None)


def exactly(share: str) -> Shares:
    return Shares(Fraction(share), Fraction(share))


class TestNaidisvald:
    """Everything in order: clearly awarded."""

    def test_result(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "naidisvald")
        [tier] = found.tiers
        assert (found.status, tier.state, tier.guard, tier.awardable) == (Status.COMPLETE, TierState.MET, False, True)
        assert found.total == exactly("0.681875")
        assert set(states(found).values()) == {State.MET}
        assert gate_state(found) == "met"
        assert tier.demands == ()

    def test_no_complaints(self, assessed: dict[str, Assessed]) -> None:
        assert assessed["naidisvald"].problems == ()

    def test_not_applicable_settled(self, assessed: dict[str, Assessed]) -> None:
        service = criterion(result(assessed, "naidisvald"), "T1")
        assert (service.rated.claim, service.applies, service.counted) == (Claim.GRANTED, False, None)

    def test_consensus_where_assessors_differed(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "naidisvald")
        by_consensus = {one.id for one in found.criteria if one.rated.basis is Basis.CONSENSUS}
        assert by_consensus == {"K4", "O4", "S1", "S6", "T1"}
        assert held_back(found) == {"K4"}
        assert criterion(found, "S1").counted == Levels(4, 4)


class TestTammemae:
    """Just over the threshold, satisfaction within the margin of error: an award needs more eyes."""

    def test_result(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "tammemae")
        [tier] = found.tiers
        assert (found.status, tier.state, tier.guard, tier.awardable) == (Status.COMPLETE, TierState.OPEN, True, True)
        assert found.total == exactly("0.6025")
        assert states(found) == {
            "mandatory": State.MET,
            "dimension_floor": State.MET,
            "total": State.MET,
            "satisfaction": State.OPEN,
        }
        assert gate_state(found) == "near_above"
        assert tier.open_through == ("satisfaction",)

    def test_demands(self, assessed: dict[str, Assessed]) -> None:
        [tier] = result(assessed, "tammemae").tiers
        assert {one.demand: (one.because, one.there) for one in tier.demands} == {
            "third_assessor": (("guard",), False),
            "reason": (("guard",), None),
            "second_source_or_reason": (("near_above",), None),
        }

    def test_no_complaints(self, assessed: dict[str, Assessed]) -> None:
        assert assessed["tammemae"].problems == ()
        assert held_back(result(assessed, "tammemae")) == set()


class TestKuuseranna:
    """Held back by its evidence, and a mandatory criterion below its minimum."""

    def test_result(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "kuuseranna")
        [tier] = found.tiers
        assert (found.status, tier.state, tier.guard) == (Status.UNSETTLED, TierState.NOT_MET, False)
        assert (tier.awardable, tier.decidable) == (False, True)
        assert found.total == Shares(Fraction("0.4325"), Fraction("0.4375"))
        assert states(found) == {
            "mandatory": State.FAILED,
            "dimension_floor": State.OPEN,
            "total": State.FAILED,
            "satisfaction": State.MET,
        }
        assert gate_state(found) == "met"

    def test_parts_not_met(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "kuuseranna")
        parts = {part.id: part.state for one in found.conditions for part in one.parts if part.state is not State.MET}
        assert parts == {"S1": State.FAILED, "T": State.OPEN, "total": State.FAILED}

    def test_uses_that_do_not_stand(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "kuuseranna")
        loose = {
            (use.item, use.criterion): (use.check, *(reason.code for reason in use.reasons))
            for one in found.criteria
            for use in one.uses
            if use.check is not Check.USABLE
        }
        assert loose == {
            ("arengukava", "S1"): (Check.UNUSABLE, "evidence-not-in-force"),
            ("leping-huvikeskus", "T1"): (Check.UNUSABLE, "evidence-missing"),
            ("eelarve-lihtsalt", "A1"): (Check.UNUSABLE, "passage-not-found"),
            ("koolitustunnistus", "S4"): (Check.UNUSABLE, "evidence-too-old"),
            ("kysitlus-2025", "R1"): (Check.UNUSABLE, "passage-elsewhere"),
            ("naitelugu", "R3"): (Check.UNUSABLE, "evidence-mislabelled"),
            ("foto-promenaad", "T5"): (Check.OPEN, "evidence-unsearchable"),
            ("foto-promenaad", "S6"): (Check.OPEN, "evidence-unsearchable"),
        }

    def test_each_is_said_once_and_nothing_else(self, assessed: dict[str, Assessed]) -> None:
        codes = sorted(problem.kind.code for problem in assessed["kuuseranna"].problems)
        assert codes == [
            "evidence-mislabelled",
            "evidence-missing",
            "evidence-not-in-force",
            "evidence-too-old",
            "evidence-unsearchable",
            "evidence-unsearchable",
            "passage-elsewhere",
            "passage-not-found",
        ]

    def test_held_back(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "kuuseranna")
        assert held_back(found) == {"K4", "O1", "O3", "S1", "S4", "A1", "T1", "T5", "R1", "R3"}
        assert criterion(found, "T5").counted == Levels(0, 1)

    def test_verdicts(self, assessed: dict[str, Assessed]) -> None:
        found = result(assessed, "kuuseranna")
        verdicts = {
            (use.item, use.criterion): dict(use.verdicts)["consensus"].value
            for one in found.criteria
            for use in one.uses
            if use.verdicts
        }
        assert verdicts == {("e-kiri-klubi", "K4"): "not_accepted", ("tagasiside-promenaad", "O3"): "partly"}

    def test_refused_claim_counts_as_usual(self, assessed: dict[str, Assessed]) -> None:
        elders = criterion(result(assessed, "kuuseranna"), "K3")
        assert (elders.rated.claim, elders.applies, elders.counted) == (Claim.REFUSED, True, Levels(1, 1))


class TestInsideAndScanned:
    """A signed act in its container, an attachment of a mail and the mail itself, a scan somebody has looked at."""

    def test_the_inner_file_is_what_is_looked_at(self, assessed: dict[str, Assessed]) -> None:
        record = assessed["naidisvald"].record
        assert record is not None
        facts = {one["item"]: one["facts"] for one in record["evidence"]}
        told = {
            item: tuple(facts[item][key] for key in ("state", "type", "pages", "searchable"))
            for item in ("kaasamise-kord", "vorgustiku-kinnitus", "e-kiri-vorgustik", "koolitustunnistus")
        }
        assert told == {
            "kaasamise-kord": ("ok", "pdf", 2, True),
            "vorgustiku-kinnitus": ("ok", "pdf", 1, True),
            "e-kiri-vorgustik": ("ok", "eml", None, True),
            "koolitustunnistus": ("ok", "pdf", 1, False),
        }

    def test_the_scan_counts_because_an_assessor_saw_it(self, assessed: dict[str, Assessed]) -> None:
        [use] = criterion(result(assessed, "naidisvald"), "S4").uses
        assert (use.item, use.check) == ("koolitustunnistus", Check.USABLE)

    def test_the_signer_is_named_and_has_no_personal_code(self) -> None:
        container = (ROUND / "naidisvald" / "evidence" / "kaasamise_kord.asice").read_bytes()
        [signature] = open_container("asice", container).signatures
        assert signature == Signature("Heino Haab", datetime.datetime(2024, 5, 21, 14, 5, tzinfo=datetime.UTC))
        with zipfile.ZipFile(io.BytesIO(container)) as parts:
            xml = parts.read("META-INF/signatures0.xml").decode()
        der = base64.b64decode(xml.partition("<ds:X509Certificate>")[2].partition("<")[0])
        subject = x509.load_der_x509_certificate(der).subject
        assert [name.value for name in subject] == ["Heino Haab"]


def test_the_round_stays_small() -> None:
    assert sum(path.stat().st_size for path in ROUND.rglob("*") if path.is_file()) < 1_500_000


@pytest.mark.parametrize(
    ("name", "more"), [("naidisvald", {".asice", ".eml"}), ("tammemae", {".eml"}), ("kuuseranna", set())]
)
def test_every_format_is_there(name: str, more: set[str]) -> None:
    endings = {path.suffix for path in (ROUND / name / "evidence").iterdir()}
    assert endings == {".pdf", ".docx", ".xlsx", ".html", ".jpg", ".txt"} | more


@pytest.mark.parametrize("path", sorted(ROUND.glob("**/*.yaml")), ids=lambda path: path.relative_to(ROUND).as_posix())
def test_every_yaml_says_that_it_is_fictional(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# VÄLJAMÕELDUD, õppimiseks")


@pytest.mark.parametrize("path", sorted(ROUND.glob("*/evidence/*")), ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_every_paper_says_that_it_is_fictional(path: Path) -> None:
    data = path.read_bytes()
    texts = [text for pages in papers(path.name, data) if pages is not None for text in pages.texts]
    assert (texts == []) == (path.suffix == ".jpg")
    assert pictures(data) or all("Väljamõeldud õppematerjal" in text for text in texts)


def kind_of(name: str, data: bytes) -> str:
    return identify(data, data, Path(name).suffix)


def papers(name: str, data: bytes) -> list[Pages | None]:
    """What the readers make of a file and of every file inside it."""
    kind = kind_of(name, data)
    inner = open_container(kind, data).members if kind in CONTAINERS else ()
    read = [] if kind == "asice" else [readers.read(kind, data)]
    return read + [pages for member in inner for pages in papers(member.name, member.data)]


def pictures(data: bytes) -> "list[Image]":
    """The pages of a PDF that is pictures only, drawn; none for any other file."""
    from pypdfium2 import PdfDocument

    if not data.startswith(b"%PDF") or any(papers_text(data)):
        return []
    with PdfDocument(data) as document:
        return [page.render(scale=1).to_pil() for page in document]


def papers_text(data: bytes) -> tuple[str, ...]:
    pages = readers.read("pdf", data)
    return pages.texts if pages else ()


def test_an_item_is_used_for_several_criteria_each_with_a_place_of_its_own() -> None:
    for name in PLACES:
        items = yaml.safe_load((ROUND / name / "evidence.yaml").read_text(encoding="utf-8"))["items"]
        shared = [item["uses"] for item in items if len(item["uses"]) > 1]
        assert len(shared) >= 8
        for uses in shared:
            quoted = [use["passage"] for use in uses if "passage" in use]
            assert len(quoted) == len(set(quoted))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What two runs of the script write."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for folder in (first, second):
        subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "make_examples.py"), str(folder)], check=True, cwd=folder
        )
    return first, second


class TestMadeByTheScript:
    """The committed files are what the script makes.

    With the same versions of the libraries the same bytes come out, and that is asked of two runs. Other versions may
    compress or draw a little differently, so the committed files are compared by what people see: texts and HTML by
    their bytes, PDF and Office files by their text, pages and date, photographs and scans by their pixels; of mails and
    containers the names of the inner files, who signed, and every inner file likewise.
    """

    def test_same_files(self, made: tuple[Path, Path]) -> None:
        assert names(made[0]) == names(ROUND)

    def test_same_bytes_each_time(self, made: tuple[Path, Path]) -> None:
        first, second = made
        assert [name for name in names(first) if (first / name).read_bytes() != (second / name).read_bytes()] == []

    def test_committed_files_are_the_made_ones(self, made: tuple[Path, Path]) -> None:
        assert [name for name in names(ROUND) if not same(made[0] / name, ROUND / name)] == []


def names(folder: Path) -> list[str]:
    found = (*folder.glob("*/evidence/*"), *folder.glob("*.xlsx"))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def same(one: Path, other: Path) -> bool:
    return same_content(one.name, one.read_bytes(), other.read_bytes())


def same_content(name: str, one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    kind = kind_of(name, one)
    if kind in ("txt", "html") or kind != kind_of(name, other):
        return False
    if kind == "jpeg":
        return nearly_same_picture(opened(one), opened(other))
    if kind in CONTAINERS:
        contents = open_container(kind, one), open_container(kind, other)
        inner = [{member.name: member.data for member in found.members} for found in contents]
        return (contents[0].signatures, contents[0].mail, inner[0].keys()) == (
            contents[1].signatures, contents[1].mail, inner[1].keys()
        ) and all(same_content(member, data, inner[1][member]) for member, data in inner[0].items())  # fmt: skip
    if readers.read(kind, one) != readers.read(kind, other):
        return False
    drawn = pictures(one), pictures(other)
    return all(nearly_same_picture(*pair) for pair in zip(*drawn, strict=True))


def opened(data: bytes) -> "Image":
    from PIL import Image

    return Image.open(io.BytesIO(data))


def nearly_same_picture(one: "Image", other: "Image") -> bool:
    from PIL import ImageChops, ImageStat

    if one.size != other.size or one.mode != other.mode:
        return False
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 3


class TestSame:
    """The comparison above can tell files apart."""

    def test_pictures(self) -> None:
        first, second = (ROUND / name for name in names(ROUND) if name.endswith(".jpg") and "kuuseranna" not in name)
        assert same(first, first)
        assert not same(first, second)

    def test_papers(self) -> None:
        folder = ROUND / "naidisvald" / "evidence"
        assert not same(folder / "protokoll_2026-02-12.docx", folder / "protokoll_2026-06-04.docx")
        assert not same(folder / "arengukava.pdf", folder / "koolitustunnistus.pdf")
        assert not same(folder / "kinnitus_allika_kulaselts.txt", folder / "kinnitus_kogukonnakogu.txt")

    def test_mails(self) -> None:
        first, second = (ROUND / name / "evidence" / "e-kiri_vorgustik.eml" for name in ("naidisvald", "tammemae"))
        assert not same(first, second)

    def test_containers_by_what_is_inside(self) -> None:
        container = (ROUND / "naidisvald" / "evidence" / "kaasamise_kord.asice").read_bytes()
        plan = (ROUND / "naidisvald" / "evidence" / "arengukava.pdf").read_bytes()
        assert same_content("kord.asice", container, packed_again(container))
        assert not same_content("kord.asice", container, packed_again(container, {"kaasamise_kord.pdf": plan}))
        assert not same_content("kord.asice", container, packed_again(container, {"META-INF/signatures0.xml": b""}))

    def test_scans(self) -> None:
        from PIL import Image, ImageChops

        [page] = pictures((ROUND / "naidisvald" / "evidence" / "koolitustunnistus.pdf").read_bytes())
        assert nearly_same_picture(page, page)
        assert not nearly_same_picture(page, Image.new(page.mode, page.size, "white"))
        assert not nearly_same_picture(page, ImageChops.offset(page, 0, 30))


def packed_again(container: bytes, other: dict[str, bytes] | None = None) -> bytes:
    """The same container packed less tightly, some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, (other or {}).get(name, old.read(name)))
    return out.getvalue()
