"""``kaasav certificate``: from a folder, a hash or a round to files, and what is said on the way."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

NAIDISVALD = "assessments/2026/naidisvald"


def text(path: Path) -> str:
    return str(pypdfium2.PdfDocument(path.read_bytes())[0].get_textpage().get_text_bounded())


def documents(ended: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ended.out)["documents"]
    return found


def test_a_folder_becomes_a_sample_beside_you(run: Any, workspace: Path) -> None:
    run("assess", NAIDISVALD)
    ended = run("certificate", NAIDISVALD)
    assert (ended.code, ended.err) == (0, "")
    made = workspace / "naidisvald-certificate.pdf"
    assert ended.out.startswith("✔ naidisvald-certificate.pdf · made · SHA-256 ")
    assert sha256(made.read_bytes()).hexdigest()[:12] in ended.out
    assert text(made).startswith("SAMPLE · PROPOSAL")


def test_in_estonian_it_is_an_estonian_certificate(run: Any, workspace: Path) -> None:
    assert run("certificate", NAIDISVALD, lang="et").code == 0
    assert text(workspace / "naidisvald-tunnistus.pdf").startswith("NÄIDIS · ETTEPANEK")


def test_what_was_not_recorded_is_recorded_first_and_said(run: Any, workspace: Path) -> None:
    ended = run("certificate", NAIDISVALD, "--json")
    assert ended.code == 0
    assert [one["code"] for one in json.loads(ended.out)["problems"]] == ["document-recorded-first"]
    (listed,) = json.loads(run("result", "list", "--json").out)["results"]
    (one,) = documents(ended)
    assert one["result"] == listed["hash"]
    assert {key: one[key] for key in ("document", "format", "language", "made", "file")} == {
        "document": "certificate", "format": "pdf", "language": "en", "made": True, "file": "naidisvald-certificate.pdf",
    }  # fmt: skip


def test_folder_and_hash_give_the_same_bytes_and_the_second_run_leaves_them(run: Any, workspace: Path) -> None:
    (first,) = documents(run("certificate", NAIDISVALD, "-o", "a.pdf", "--json"))
    (second,) = documents(run("certificate", first["result"][:10], "-o", "b.pdf", "--json"))
    assert first["sha256"] == second["sha256"]
    (again,) = documents(run("certificate", NAIDISVALD, "-o", "a.pdf", "--json"))
    assert (again["made"], again["sha256"]) == (False, first["sha256"])
    assert "= a.pdf · unchanged" in run("certificate", NAIDISVALD, "-o", "a.pdf").out


def test_a_hash_needs_no_files_any_more(run: Any, workspace: Path) -> None:
    import shutil

    (one,) = documents(run("certificate", NAIDISVALD, "--json"))
    shutil.rmtree(workspace / "assessments")
    shutil.rmtree(workspace / "criteria")
    ended = run("certificate", one["result"][:10], "--json")
    assert ended.code == 0
    assert documents(ended)[0]["sha256"] == one["sha256"]


def test_a_round_is_a_file_each_and_one_bad_folder_does_not_stop_the_rest(run: Any, workspace: Path) -> None:
    (workspace / "assessments" / "2026" / "kuuseranna" / "evidence.yaml").write_text("items: [", encoding="utf-8")
    ended = run("certificate", "--round", "2026", "-o", "out", "--json")
    assert ended.code == 1
    told = json.loads(ended.out)
    assert told["failed"] == [{"name": "kuuseranna", "file": None}]
    assert {(one["name"], one["file"]) for one in told["problems"] if one["severity"] == "error"} == {
        ("kuuseranna", "assessments/2026/kuuseranna/evidence.yaml"), ("kuuseranna", "assessments/2026/kuuseranna")
    }  # fmt: skip
    assert [one["file"] for one in documents(ended)] == [
        "out/naidisvald-certificate.pdf",
        "out/tammemae-certificate.pdf",
    ]
    assert sorted(path.name for path in (workspace / "out").iterdir()) == [
        "naidisvald-certificate.pdf",
        "tammemae-certificate.pdf",
    ]


def test_conditions_not_met_still_make_a_sample_that_claims_nothing(run: Any, workspace: Path) -> None:
    ended = run("certificate", "assessments/2026/kuuseranna", "-o", "k.pdf")
    assert ended.code == 0
    said = text(workspace / "k.pdf")
    assert "sample of the certificate for" in said
    assert "Nothing has been awarded" in said
    assert "holds the label" not in said


def test_the_workspaces_own_template_is_used(run: Any, workspace: Path) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates" / "certificate.typ").write_text(
        '#import "/kaasav.typ": *\n#show: document-of\nOur own: #data.marks.join(" ") #data.municipality',
        encoding="utf-8",
    )
    assert run("certificate", NAIDISVALD, "-o", "own.pdf").code == 0
    assert text(workspace / "own.pdf") == "Our own: SAMPLE PROPOSAL Näidisvald"


@pytest.mark.parametrize("end", ["#data.municipality", "#data.title.slice(19) // marks"])
def test_an_own_template_that_leaves_the_marks_out_makes_nothing(run: Any, workspace: Path, end: str) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates" / "certificate.typ").write_text(
        f'#import "/kaasav.typ": *\n#show: document-of\n{end}', encoding="utf-8"
    )
    ended = run("certificate", NAIDISVALD, "-o", "own.pdf")
    assert (ended.code, (workspace / "own.pdf").exists()) == (1, False)
    assert "the document does not show what the field “marks” holds: SAMPLE, PROPOSAL" in ended.err


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("kaasav.db", 2),
        ("kaasav.yaml", 2),
        ("own.docx", 2),
        ("criteria/own.pdf", 4),
        ("templates/own.pdf", 4),
        ("assessments/2026/naidisvald/evidence/own.pdf", 4),
        ("own.pdf", 0),
        ("assessments/2026/naidisvald/own.pdf", 0),
    ],
)
def test_it_never_takes_the_place_of_what_kaasav_works_with(run: Any, workspace: Path, name: str, code: int) -> None:
    run("assess", NAIDISVALD)
    path = workspace / name
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    ended = run("certificate", NAIDISVALD, "-o", name, "--replace")
    assert ended.code == code, ended.err
    if code:
        assert (path.read_bytes() if path.exists() else None) == before
    assert run("result", "list").code == 0


def test_signs_no_font_has_are_warned_of(run: Any, workspace: Path) -> None:
    assert "document-signs-lacking" not in run("certificate", NAIDISVALD, "--json").out
    path = workspace / "assessments" / "2026" / "round.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("  signatory:\n    name: ", "  signatory:\n    name: 👩 ", 1), encoding="utf-8")
    assert "👩" in path.read_text(encoding="utf-8")
    ended = run("certificate", NAIDISVALD)
    assert ended.code == 0
    assert (
        "naidisvald: warning: no font of the PDF has these signs, so their numbers stand there: 👩 (U+1F469)"
        in ended.err
    )


def test_without_an_issuer_it_is_made_and_said(run: Any, workspace: Path) -> None:
    path = workspace / "assessments" / "2026" / "round.yaml"
    whole = path.read_text(encoding="utf-8")
    before, after = whole.split("issuer:\n")
    rest = after.split("\n\n", 1)[1]
    path.write_text(before + rest, encoding="utf-8")
    ended = run("certificate", NAIDISVALD)
    assert ended.code == 0
    assert "[certificate-no-issuer]" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "document-of-nothing"),
        ((NAIDISVALD, "--round", "2026", "-o", "out"), 2, "document-of-both"),
        (("--round", "2026"), 2, "document-no-output"),
        (("--round", "2027", "-o", "out"), 1, "no-round"),
        (("abcdef",), 1, "store-unknown-result"),
        (("assessments/2026/nobody",), 1, "no-folder"),
        ((NAIDISVALD, "-o", "none/a.pdf"), 1, "file-no-folder"),
        ((NAIDISVALD, "--tier", "gold"), 1, "certificate-unknown-tier"),
    ],
)
def test_what_cannot_be_done_says_why(
    run: Any, workspace: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ended = run("certificate", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert f"[{told}]" in ended.err
    assert list(workspace.glob("*.pdf")) == []


def test_an_existing_folder_takes_the_file(run: Any, workspace: Path) -> None:
    (workspace / "out").mkdir()
    assert run("certificate", NAIDISVALD, "-o", "out").code == 0
    assert (workspace / "out" / "naidisvald-certificate.pdf").is_file()
