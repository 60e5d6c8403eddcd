"""What becomes of everything that comes in; hostile sources beside their good twins."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kaasav.intake import arrivals as arriving
from kaasav.intake import staging, taking
from kaasav.intake.intake import intake
from kaasav.intake.ledger import read as read_ledger
from kaasav.problems import Refused

OTSUS = "Näidisvalla Volikogu\nOTSUS\n12. märts 2025 nr 27\nKülade tunnustamine\nVolikogu otsustab: tunnustada."


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def became(desk: Any) -> dict[str, str]:
    """What the ledger says of every arrival: name → what became of it and why."""
    return {one.name: f"{one.became} {one.why or ''}".strip() for one in read_ledger(desk.folder, "vald").files}


def test_everything_that_comes_is_listed_with_what_became_of_it(desk: Any, post: Any) -> None:
    source = post({"otsus.txt": OTSUS, "~$otsus.docx": "x", "kaust/Thumbs.db": "x", ".DS_Store": "x", "desktop.ini": "x",
                   "tühi.txt": "", "kaust/otsus koopia.txt": OTSUS, "prog.exe": b"MZ" + bytes(200)})  # fmt: skip
    outcome = desk.intake(source)
    assert became(desk) == {
        "otsus.txt": "known same",
        "kaust/otsus koopia.txt": "listed",
        "~$otsus.docx": "skipped litter",
        "kaust/Thumbs.db": "skipped litter",
        ".DS_Store": "skipped litter",
        "desktop.ini": "skipped litter",
        "tühi.txt": "refused empty",
        "prog.exe": "refused program",
    }
    assert sum(outcome.counts.values()) == 8
    assert desk.files() == ["assessment.yaml", "evidence.yaml", "evidence/otsus koopia.txt",
                            "intake-proposal.yaml", "intake.xlsx", "intake.yaml"]  # fmt: skip


def test_again_adds_only_what_is_new(desk: Any, post: Any) -> None:
    source = post({"otsus.txt": OTSUS})
    desk.intake(source)
    before = {name: (desk.folder / name).read_bytes() for name in desk.files()}
    again = desk.intake(source)
    assert (dict(again.counts), again.rows, again.forms) == ({"known": 1}, (), ())
    assert {name: (desk.folder / name).read_bytes() for name in desk.files()} == before
    post({"uus.txt": "Koosoleku protokoll 19.03.2026"})
    third = desk.intake(source)
    assert [row.came_as for row in third.rows] == ["uus.txt"]
    assert third.forms == ("intake-2.xlsx", "intake-proposal-2.yaml")
    assert (desk.folder / "intake.xlsx").read_bytes() == before["intake.xlsx"]


def test_without_sources_what_waits_is_asked_again(desk: Any, post: Any, make_papers: Any) -> None:
    from samples import mails

    desk.intake(
        post(
            {
                "otsus.txt": OTSUS,
                "kiri.eml": mails.eml("Tere", "Lisan", {"otsus2.txt": OTSUS.replace("27", "28").encode()}),
            }
        )
    )
    first = (desk.folder / "intake-proposal.yaml").read_bytes()
    (desk.folder / "intake.xlsx").unlink()
    (desk.folder / "intake-proposal.yaml").unlink()
    outcome = desk.intake()
    assert len(outcome.rows) == 3
    assert (desk.folder / "intake-proposal.yaml").read_bytes() == first


def test_dry_run_writes_nothing(desk: Any, post: Any) -> None:
    before = desk.files()
    outcome = desk.intake(post({"otsus.txt": OTSUS, "a.zip": zipped({"b.txt": "memo 2"})}), dry=True)
    assert [row.came_as for row in outcome.rows] == ["a.zip/b.txt", "otsus.txt"]
    assert desk.files() == before


def test_papers_put_into_evidence_by_hand_stay_where_they_are(desk: Any) -> None:
    (desk.folder / "evidence" / "otsus.txt").write_text(OTSUS, encoding="utf-8")
    outcome = desk.intake(desk.folder / "evidence")
    assert [row.file for row in outcome.rows] == ["evidence/otsus.txt"]
    assert [name for name in desk.files() if name.startswith("evidence/")] == ["evidence/otsus.txt"]


def test_what_evidence_yaml_lists_is_known(desk: Any, post: Any) -> None:
    (desk.folder / "evidence" / "minu.txt").write_text(OTSUS, encoding="utf-8")
    with (desk.folder / "evidence.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  - {id: minu, title: Minu, kind: volikogu_otsus, file: evidence/minu.txt}\n")
    outcome = desk.intake(post({"otsus.txt": OTSUS}))
    assert outcome.rows == ()
    assert became(desk) == {"otsus.txt": "known in-evidence"}


def test_a_name_taken_by_other_bytes_gets_a_number(desk: Any, post: Any) -> None:
    desk.intake(post({"a/otsus.txt": OTSUS, "b/OTSUS.txt": "midagi muud"}))
    assert [name for name in desk.files() if name.startswith("evidence/")] == [
        "evidence/OTSUS (2).txt",
        "evidence/otsus.txt",
    ]


def test_a_container_stays_whole_and_its_files_are_items(desk: Any, post: Any, make_papers: Any) -> None:
    from samples import digidoc, mails

    inner = OTSUS.encode()
    asice = digidoc.asice({"otsus.txt": inner}, digidoc.signature())
    desk.intake(
        post({"a.asice": asice, "kiri.eml": mails.eml("Tere", "Lisan", {"memo.txt": b"Koosoleku memo 19.03.2026"})})
    )
    rows = [(one.name, one.became, one.file, one.inside) for one in read_ledger(desk.folder, "vald").files]
    assert rows == [
        ("a.asice", "opened", "evidence/a.asice", ()),
        ("a.asice/otsus.txt", "listed", "evidence/a.asice", ("otsus.txt",)),
        ("kiri.eml", "listed", "evidence/kiri.eml", ()),
        ("kiri.eml/memo.txt", "listed", "evidence/kiri.eml", ("memo.txt",)),
    ]
    resigned = digidoc.asice({"otsus.txt": inner}, digidoc.signature(time="2026-05-05T05:05:05Z"))
    outcome = desk.intake(post({"b.asice": resigned}, "teine"))
    assert dict(outcome.counts) == {"opened": 1, "known": 1}
    assert not (desk.folder / "evidence" / "b.asice").exists()


def test_a_zip_in_a_zip_is_opened_three_deep_and_no_deeper(desk: Any, post: Any) -> None:
    third = zipped({"põhi.txt": OTSUS})
    desk.intake(post({"a.zip": zipped({"b.zip": zipped({"c.zip": third})})}))
    assert became(desk)["a.zip/b.zip/c.zip/põhi.txt"] == "listed"
    deeper = zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"x.txt": "sügaval"})})})})
    outcome = desk.intake(post({"d.zip": deeper}, "teine"))
    assert outcome.rows == ()
    assert became(desk)["d.zip/a.zip/b.zip/c.zip"] == "refused too-deep"


@pytest.mark.parametrize("name", ["../../välja.txt", "/tmp/välja.txt", "C:\\välja.txt", "..\\..\\välja.txt"])
def test_names_that_escape_do_not(desk: Any, post: Any, name: str) -> None:
    desk.intake(post({"a.zip": zipped({name: OTSUS})}))
    assert [one for one in desk.files() if one.startswith("evidence/")] == ["evidence/välja.txt"]
    assert not list(desk.folder.parent.glob("välja*"))


def test_a_bomb_is_refused_and_nothing_written(desk: Any, post: Any) -> None:
    bomb = zipped({"nullid.txt": bytes(60_000_000)})
    assert len(bomb) < 100_000
    outcome = desk.intake(post({"pomm.zip": bomb, "otsus.txt": OTSUS}))
    assert became(desk)["pomm.zip"] == "refused zip-bomb"
    assert [row.came_as for row in outcome.rows] == ["otsus.txt"]


def test_more_files_than_the_bound_change_nothing(desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_FILES", 3)
    source = post({f"{n}.txt": f"memo {n}" for n in range(3)})
    assert len(desk.intake(source, dry=True).rows) == 3
    post({"3.txt": "memo 3"})
    before = desk.files()
    with pytest.raises(Refused, match="intake-too-many"):
        desk.intake(source)
    assert desk.files() == before


def test_the_bound_on_bytes(desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_IN_ALL", 1_000)
    desk.intake(post({"a.txt": "memo " * 10, "b.txt": "x" * 2_000}))
    assert became(desk) == {"a.txt": "listed", "b.txt": "refused too-large"}


def test_links_and_special_files_are_not_followed(desk: Any, post: Any, tmp_path: Path) -> None:
    source = post({"otsus.txt": OTSUS})
    (tmp_path / "saladus.txt").write_text("saladus", encoding="utf-8")
    expected = {"otsus.txt": "listed"}
    try:
        (source / "link.txt").symlink_to(tmp_path / "saladus.txt")
        (source / "kaust").symlink_to(tmp_path)
        expected |= {"link.txt": "skipped symlink", "kaust": "skipped symlink"}
    except OSError:  # Windows without the right to make links
        pass
    if hasattr(os, "mkfifo"):
        os.mkfifo(source / "toru.txt")
        expected["toru.txt"] = "refused special"
    desk.intake(source)
    assert became(desk) == expected


def test_the_folder_itself_is_no_source(desk: Any) -> None:
    for source in (desk.folder, desk.folder.parent):
        with pytest.raises(Refused, match="intake-source-holds-folder"):
            desk.intake(source)


def test_a_source_that_is_not_there(desk: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file-missing"):
        desk.intake(tmp_path / "pole")


def test_a_wrong_ending_is_put_right(desk: Any, post: Any, make_papers: Any) -> None:
    from papers.builders import pdf

    outcome = desk.intake(post({"otsus.docx": pdf(OTSUS.split("\n"))}))
    assert [row.file for row in outcome.rows] == ["evidence/otsus.pdf"]
    assert outcome.rows[0].warnings[0].startswith("its ending said something other")


def test_a_docx_that_is_an_exe(desk: Any, post: Any) -> None:
    assert desk.intake(post({"leping.docx": b"MZ\x90\0" + bytes(500)})).rows == ()
    assert became(desk) == {"leping.docx": "refused program"}
    assert [name for name in desk.files() if name.startswith("evidence/")] == []


def test_personal_codes_are_warned_of_and_not_shown(desk: Any, post: Any) -> None:
    outcome = desk.intake(post({"nimekiri 60001019906.txt": "Malle, 60001019906, Lepiku küla"}))
    assert "60001019906" not in "".join(path.read_text(encoding="utf-8") for path in desk.folder.glob("*.yaml"))
    assert any("personal code" in warning for warning in outcome.rows[0].warnings)
    assert [name for name in desk.files() if "60001019906" in name] == []


def test_a_failure_half_way_leaves_nothing(desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaasav.intake.ledger import Ledger

    before = desk.files()

    def broken(self: Ledger, folder: Path) -> None:
        raise Refused([])

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "write", broken)
        with pytest.raises(Refused):
            desk.intake(post({"otsus.txt": OTSUS}))
    assert desk.files() == before
    assert not list(desk.folder.glob(".kaasav*"))


def test_what_was_erased_does_not_come_back(desk: Any, post: Any) -> None:
    import hashlib

    sha256 = hashlib.sha256(OTSUS.encode()).hexdigest()
    with (desk.folder / "evidence.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  - {id: minu, title: Minu, kind: volikogu_otsus, file: evidence/minu.txt, erased: "
                     f"{{on: 2026-09-01, by: mari, reason: soovis, sha256: {sha256}}}}}\n")  # fmt: skip
    assert desk.intake(post({"otsus.txt": OTSUS})).rows == ()
    assert became(desk) == {"otsus.txt": "refused erased"}


def test_names_and_titles_with_unseen_signs_leave_files_that_read(desk: Any, post: Any, make_papers: Any) -> None:
    from samples import mails

    desk.intake(post({"a.zip": zipped({"kiri\u202efdp.txt": "Koosoleku\u00ad memo\u200b 19.03.2026"}),
                      "m.eml": mails.eml("Ette\u202epanek", "Tere")}))  # fmt: skip
    assert [one.name for one in read_ledger(desk.folder, "vald").files] == [
        "a.zip",
        "a.zip/kiri\\u{202e}fdp.txt",
        "m.eml",
    ]
    assert len(desk.confirm("intake-proposal.yaml").added) == 2
    assert "evidence/kirifdp.txt" in desk.evidence


def test_a_name_something_else_bears_in_the_folder_is_not_taken(desk: Any, post: Any) -> None:
    (desk.folder / "evidence" / "otsus.txt").mkdir()
    assert [row.file for row in desk.intake(post({"otsus.txt": OTSUS})).rows] == ["evidence/otsus (2).txt"]


def test_nested_zips_of_small_files_stop_at_the_bound_together(
    desk: Any, post: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_FILES", 20)
    inner = [zipped({f"{n}.txt": f"memo {k} {n}" for n in range(6)}) for k in range(3)]
    source = post({"a.zip": zipped({"0.zip": inner[0], "1.zip": inner[1]})})
    assert len(desk.intake(source, dry=True).rows) == 12
    post({"a.zip": zipped({f"{k}.zip": inner[k] for k in range(3)})})
    before = desk.files()
    with pytest.raises(Refused, match="intake-too-many"):
        desk.intake(source)
    assert desk.files() == before


def test_a_mail_with_more_attachments_than_honest_is_refused_and_one_with_many_is_not(
    desk: Any, post: Any, make_papers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samples import mails

    from kaasav.evidence.containers import contents

    monkeypatch.setattr(contents, "MOST_ATTACHMENTS", 5)
    many = {f"{n}.txt": f"memo {n}".encode() for n in range(6)}
    assert desk.intake(post({"palju.eml": mails.eml("Tere", "Lisan", many)})).rows == ()
    assert became(desk) == {"palju.eml": "refused too-many-members"}
    many.pop("5.txt")
    assert len(desk.intake(post({"hea.eml": mails.eml("Tere", "Lisan", many)}, "teine")).rows) == 6


def test_a_known_file_that_is_gone_is_put_back(desk: Any, post: Any) -> None:
    source = post({"otsus.txt": OTSUS, "memo.txt": "Koosoleku memo 19.03.2026"})
    desk.intake(source)
    desk.confirm()
    (desk.folder / "evidence" / "otsus.txt").unlink()
    outcome = desk.intake(source)
    assert (outcome.restored, dict(outcome.counts)) == (("evidence/otsus.txt",), {"known": 2})
    assert (desk.folder / "evidence" / "otsus.txt").read_text(encoding="utf-8") == OTSUS
    assert desk.intake(source).restored == ()


def test_what_was_struck_or_erased_is_not_put_back(desk: Any, post: Any) -> None:
    source = post({"otsus.txt": OTSUS, "memo.txt": "Koosoleku memo 19.03.2026"})
    desk.intake(source)
    form = desk.folder / "intake-proposal.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("take: true", "take: false", 1), encoding="utf-8")
    desk.confirm("intake-proposal.yaml")
    text = desk.evidence
    digest = next(one.sha256 for one in read_ledger(desk.folder, "vald").files if one.became == "confirmed")
    (desk.folder / "evidence.yaml").write_text(
        text.replace("    file: evidence/otsus.txt\n", "    file: evidence/otsus.txt\n    erased: {on: 2026-09-01, "
                     f"by: mari, reason: soovis, sha256: {digest}}}\n"), encoding="utf-8")  # fmt: skip
    assert "erased" in desk.evidence
    for name in ("otsus.txt", "memo.txt"):
        (desk.folder / "evidence" / name).unlink()
    assert desk.intake(source).restored == ()
    assert [name for name in desk.files() if name.startswith("evidence/")] == []


def test_what_waits_but_is_gone_is_named(desk: Any, post: Any) -> None:
    desk.intake(post({"otsus.txt": OTSUS, "memo.txt": "Koosoleku memo 19.03.2026"}))
    (desk.folder / "evidence" / "otsus.txt").unlink()
    outcome = desk.intake()
    assert ([row.file for row in outcome.rows], outcome.gone) == (["evidence/memo.txt"], ("evidence/otsus.txt",))


def test_the_same_bytes_in_another_folder_are_told_in_the_form_too(desk: Any, post: Any, make_papers: Any) -> None:
    from samples import digidoc

    from kaasav.workspace.place import find

    workspace = find(desk.folder)
    other = desk.folder.parent / "tammemae" / "evidence"
    (other / "leping.asice").write_bytes(digidoc.asice({"kord.txt": OTSUS.encode()}, digidoc.signature()))
    source = post({"otsus.txt": OTSUS, "memo.txt": "Koosoleku memo 19.03.2026"})
    outcome = desk.intake(source, workspace=workspace)
    (places,) = outcome.elsewhere.values()
    assert [paper.place for paper in places] == ["assessments/2026/tammemae/evidence/leping.asice › kord.txt"]
    warned = {row.came_as: row.warnings for row in outcome.rows}
    assert warned["memo.txt"] == ()
    assert warned["otsus.txt"] == (
        "the same file is in other folders too: Tammemäe vald 2026, "
        "assessments/2026/tammemae/evidence/leping.asice › kord.txt",
    )
    assert "leping.asice" in (desk.folder / "intake-proposal.yaml").read_text(encoding="utf-8")
    assert desk.intake(workspace=workspace).elsewhere.keys() == outcome.elsewhere.keys()


@pytest.mark.parametrize(
    ("place", "code"),
    [("evidence", "no-assessment"), ("assessment.yaml", "folder-is-file"), ("pole", "no-folder")],
)
def test_what_is_no_municipalitys_folder_is_said(desk: Any, post: Any, place: str, code: str) -> None:
    source = post({"otsus.txt": OTSUS})
    with pytest.raises(Refused, match=code):
        intake(desk.folder / place, "x", [source], desk.catalogue, at="x")
