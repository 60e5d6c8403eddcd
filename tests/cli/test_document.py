"""``kaasav document receive``: the signed letter comes back."""

import json
from pathlib import Path
from typing import Any

import pytest

from kaasav.evidence.containers import open_container


@pytest.fixture
def signed(run: Any, workspace: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter’s container, as if somebody had signed it."""
    monkeypatch.syspath_prepend(str(root / "scripts"))
    from samples import digidoc

    run("letter", "assessments/2026/naidisvald")
    opened = open_container("asice", (workspace / "naidisvald-letter.asice").read_bytes())
    path = workspace / "signed.asice"
    path.write_bytes(digidoc.asice({one.name: one.data for one in opened.members}, digidoc.signature()))
    return path


def test_received_once_with_the_signer_named_and_no_code(run: Any, signed: Path) -> None:
    ended = run("document", "receive", signed)
    assert ended.code == 0
    assert ended.out.startswith("✔ signed.asice · received · SHA-256 ")
    assert "naidisvald-letter.pdf · as it went out, of the result " in ended.out
    assert "MARI-LIIS MÄNNIK · 2026-03-12 08:30 · signature not checked" in ended.out
    assert "60001019906" not in ended.out
    again = run("document", "receive", signed)
    assert (again.code, "received before, nothing changed" in again.out) == (0, True)
    data = json.loads(run("document", "receive", signed, "--json").out)
    assert (data["received"], data["signatures"][0]["checked"]) == (False, False)
    assert [one["document"] for one in data["files"]] == ["letter", "letter"]


def test_the_unsigned_container_is_refused(run: Any, workspace: Path, signed: Path) -> None:
    ended = run("document", "receive", "naidisvald-letter.asice")
    assert (ended.code, ended.out) == (1, "")
    assert "naidisvald-letter.asice: error: nobody has signed the container yet" in ended.err


def test_a_file_that_is_not_there_is_told(run: Any, workspace: Path) -> None:
    ended = run("document", "receive", "none.asice")
    assert (ended.code, "none.asice: error: there is no such file" in ended.err) == (1, True)


def test_a_container_without_one_of_its_files_is_told(run: Any, workspace: Path, signed: Path) -> None:
    assert "missing" not in run("document", "receive", signed).err
    from samples import digidoc

    opened = open_container("asice", signed.read_bytes())
    signed.write_bytes(digidoc.asice({one.name: one.data for one in opened.members[:1]}, digidoc.signature()))
    ended = run("document", "receive", signed)
    assert (ended.code, "missing: naidisvald-letter.pdf" in ended.err) == (0, True)
    told = json.loads(run("document", "receive", signed, "--json").out)["problems"]
    assert [one["code"] for one in told] == ["received-lacking"]


def test_another_municipalitys_letter_beside_it_is_refused(run: Any, workspace: Path, signed: Path) -> None:
    from samples import digidoc

    run("letter", "assessments/2026/tammemae")
    opened = open_container("asice", signed.read_bytes())
    files = {one.name: one.data for one in opened.members}
    more = {"tammemae-letter.pdf": (workspace / "tammemae-letter.pdf").read_bytes()}
    both = workspace / "both.asice"
    both.write_bytes(digidoc.asice(files | more, digidoc.signature()))
    ended = run("document", "receive", both)
    assert (ended.code, "documents of several results: naidisvald-letter.docx" in ended.err) == (1, True)
    assert run("document", "receive", signed).code == 0


def test_a_letter_of_an_older_result_is_told(run: Any, workspace: Path, signed: Path) -> None:
    path = workspace / "assessments" / "2026" / "round.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Example round", "Sample round"), encoding="utf-8")
    assert run("letter", "assessments/2026/naidisvald", "-o", "new").code == 0
    ended = run("document", "receive", signed)
    assert (ended.code, "an older result of Näidisvald, round 2026" in ended.err) == (0, True)


def test_what_a_newer_result_did_not_change_is_of_the_newer_one(run: Any, workspace: Path, signed: Path) -> None:
    path = workspace / "assessments" / "2026" / "naidisvald" / "assessment.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert run("letter", "assessments/2026/naidisvald", "-o", "new.pdf").code == 0
    ended = run("document", "receive", signed)
    assert (ended.code, "an older result of Näidisvald" in ended.err) == (0, True)
