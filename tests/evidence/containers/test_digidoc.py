import datetime
import hashlib

import pytest
from samples import digidoc
from samples.packages import zipped

from kaasav.evidence.containers import ContainerError, Signature, Skipped, open_container
from kaasav.evidence.containers import contents as bounds
from kaasav.evidence.containers.signer import signer, without_code
from kaasav.evidence.text.pages import Why

FILES = {"määrus.pdf": b"%PDF- sisu", "lisa 1.txt": b"lisa"}
AT = datetime.datetime(2026, 3, 12, 8, 30, tzinfo=datetime.UTC)
MARI = Signature("MARI-LIIS MÄNNIK", AT)


def refusal(kind: str, data: bytes) -> tuple[Why, str]:
    with pytest.raises(ContainerError) as refused:
        open_container(kind, data)
    return refused.value.why, refused.value.detail


@pytest.mark.parametrize("kind", ["asice", "ddoc"])
def test_the_files_and_who_claims_to_have_signed(kind):
    data = getattr(digidoc, kind)(FILES, digidoc.signature(), digidoc.signature("Näidisvalla Vallavalitsus"))
    contents = open_container(kind, data)
    assert {member.name: member.data for member in contents.members} == FILES
    assert contents.signatures == (MARI, Signature("Näidisvalla Vallavalitsus", AT))


@pytest.mark.parametrize("kind", ["asice", "ddoc"])
def test_signing_again_changes_the_container_but_no_file_in_it(kind):
    once = getattr(digidoc, kind)(FILES, digidoc.signature())
    twice = getattr(digidoc, kind)(FILES, digidoc.signature(), digidoc.signature(time="2026-04-01T09:00:00Z"))
    assert once != twice
    hashes = [[hashlib.sha256(member.data).hexdigest() for member in open_container(kind, data).members]
              for data in (once, twice)]  # fmt: skip
    assert hashes[0] == hashes[1]
    assert len(open_container(kind, twice).signatures) == 2


def test_a_time_stamped_container():
    contents = open_container("asics", digidoc.asics("vana.ddoc", b"<SignedDoc/>"))
    assert [member.name for member in contents.members] == ["vana.ddoc"]
    assert contents.signatures == (Signature("", AT, stamp=True),)


@pytest.mark.parametrize(
    ("common_name", "shown"),
    [
        ("MÄNNIK,MARI-LIIS,60001019906", "MARI-LIIS MÄNNIK"),
        ("JÕEORG,JAAK-KRISTJAN,38001085718", "JAAK-KRISTJAN JÕEORG"),
        ("MÄNNIK,MARI-LIIS,PNOEE-60001019906", "MARI-LIIS MÄNNIK"),
        ("JĀNIS BĒRZIŅŠ PNOLV-010101-12345", "JĀNIS BĒRZIŅŠ"),
        ("JĀNIS BĒRZIŅŠ 010101-12345", "JĀNIS BĒRZIŅŠ"),
        ("x60001019906y", "xy"),
        ("Näidisvalla Vallavalitsus", "Näidisvalla Vallavalitsus"),
        ("Näidis OÜ, 12345678", "Näidis OÜ, 12345678"),
        ("60001019906", ""),
        ("", ""),
    ],
)
def test_no_personal_code_is_ever_given(common_name, shown):
    assert without_code(common_name) == shown


def test_certificates():
    assert signer(digidoc.certificate()) == "MARI-LIIS MÄNNIK"
    assert signer("") == signer("õ") == signer("AAAA") == signer("MII=" * 100) == ""


def test_signatures_that_cannot_be_read_name_nobody():
    def signatures(xml: str):
        data = zipped({"a.txt": "x", "META-INF/signatures0.xml": xml}, digidoc.ASICE)
        return open_container("asice", data).signatures

    assert signatures("<katki") == (Signature("", None),)
    assert signatures("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>") == (Signature("", None),)
    assert signatures("<x><Signature><SigningTime>eile</SigningTime></Signature></x>") == (Signature("", None),)
    assert signatures(digidoc.signature()) == (MARI,)


def test_a_container_without_any_file():
    assert refusal("asice", digidoc.asice({}, digidoc.signature()))[0] is Why.DAMAGED
    assert refusal("ddoc", digidoc.ddoc({}, digidoc.signature()))[0] is Why.DAMAGED


def test_entities_in_a_ddoc_are_refused():
    bomb = "<!DOCTYPE SignedDoc [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'>]>"
    assert refusal("ddoc", digidoc.ddoc(FILES, before=bomb)) == (Why.BOMB, "entities")
    assert len(open_container("ddoc", digidoc.ddoc(FILES, before="<!-- &b; -->")).members) == 2


def test_ddoc_names_files_and_hashes_only():
    data = digidoc.ddoc({"../../a.txt": b"1", "a.txt": b"2"})
    outside = b'<DataFile ContentType="HASHCODE" Filename="kaugel.pdf" Id="D9" DigestValue="x"/></SignedDoc>'
    contents = open_container("ddoc", data.replace(b"</SignedDoc>", outside))
    assert [(member.name, member.data) for member in contents.members] == [("a.txt", b"1"), ("a (2).txt", b"2")]
    assert contents.skipped == (Skipped("kaugel.pdf", "not-inside"),)


def test_ddoc_with_too_many_files(monkeypatch):
    data = digidoc.ddoc({f"{n}.txt": b"x" for n in range(5)})
    monkeypatch.setattr(bounds, "MOST_MEMBERS", 5)
    assert len(open_container("ddoc", data).members) == 5
    monkeypatch.setattr(bounds, "MOST_MEMBERS", 4)
    assert refusal("ddoc", data) == (Why.BOMB, "too-many-members")


def test_a_ddoc_cut_short():
    data = digidoc.ddoc(FILES)
    assert refusal("ddoc", data[: len(data) // 2])[0] is Why.DAMAGED
