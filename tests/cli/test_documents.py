"""What every command that makes documents keeps: nobody's failure stops the others, nobody's work is lost."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kaasav.cli import documents as shared
from kaasav.cli import output
from kaasav.cli.ends import finish
from kaasav.documents import made as making
from kaasav.problems import Location, Refused
from kaasav.store.connection import FULL
from kaasav.workspace.init import init

ROUND = Path("assessments") / "2026"
NAIDISVALD = "assessments/2026/naidisvald"
NAMES = ["kuuseranna", "naidisvald", "tammemae"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose round's certificates are made, in ``out``; only copied."""
    root = tmp_path_factory.mktemp("whole") / "ws"
    init(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert finish(["certificate", "--round", "2026", "-o", "out"], {"KAASAV_LANG": "en"}) == 0
    return root


@pytest.fixture
def ws(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, to be changed; the current folder."""
    shutil.copytree(whole, tmp_path / "ws")
    monkeypatch.chdir(tmp_path / "ws")
    return tmp_path / "ws"


def certificates(run: Any, *more: str) -> Any:
    return run("certificate", "--round", "2026", "-o", "out", *more)


def signs(ended: Any) -> dict[str, str]:
    """The sign of each file or folder listed."""
    lines = [line.split(" · ")[0].split(" ", 1) for line in ended.out.splitlines() if line[0] in "✔=✘"]
    return {name.strip().removeprefix("out/").removesuffix("-certificate.pdf"): sign for sign, name in lines}


def broken_yaml(folder: Path) -> None:
    (folder / "evidence.yaml").write_text("items: [", encoding="utf-8")


def wrong_rating(folder: Path) -> None:
    path = next((folder / "ratings").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("level: 3", "level: 77"), encoding="utf-8")


def lost_list(folder: Path) -> None:
    (folder / "evidence.yaml").unlink()


def a_folder_for_a_file(folder: Path) -> None:
    (folder / "evidence.yaml").unlink()
    (folder / "evidence.yaml").mkdir()


def lost_claim(folder: Path) -> None:
    (folder / "assessment.yaml").unlink()


@pytest.mark.parametrize(
    ("harm", "place"),
    [
        (broken_yaml, "naidisvald/evidence.yaml:2:1: error"),
        (wrong_rating, "/ratings/"),
        (lost_list, "naidisvald/evidence.yaml: error"),
        (a_folder_for_a_file, "naidisvald/evidence.yaml: error"),
        (lost_claim, "naidisvald/assessment.yaml: error"),
    ],
)
def test_whatever_is_wrong_with_one_is_told_with_its_place_and_the_others_are_made(
    run: Any, ws: Path, harm: Callable[[Path], None], place: str
) -> None:
    shutil.rmtree(ws / "out")
    harm(ws / ROUND / "naidisvald")
    ended = certificates(run)
    assert ended.code == 1
    assert place in ended.err
    assert signs(ended) == {"kuuseranna": "✔", "naidisvald": "✘", "tammemae": "✔"}
    assert ended.out.splitlines()[-1] == "made: 2 · as they were: 0 · failed: 1"
    assert len(list((ws / "out").iterdir())) == 2


def test_one_municipality_in_two_folders_gets_nothing_from_either(run: Any, ws: Path) -> None:
    shutil.copytree(ws / ROUND / "naidisvald", ws / ROUND / "naidisvald-2")
    ended = certificates(run)
    assert (ended.code, ended.err.count("[municipality-twice]")) == (1, 2)
    assert "Näidisvald is in this round already, in assessments/2026/naidisvald-2" in ended.err
    assert signs(ended) == {"kuuseranna": "=", "naidisvald": "✘", "naidisvald-2": "✘", "tammemae": "="}
    assert len(json.loads(run("result", "list", "--json").out)["results"]) == 3


def test_recorded_bytes_that_are_not_those_any_more_stop_one_only(run: Any, ws: Path) -> None:
    with closing(sqlite3.connect(ws / "kaasav.db")) as database:
        database.execute("DROP TRIGGER blob_kept")
        query = "UPDATE blob SET content = zeroblob(size) WHERE sha256 = (SELECT sha256 FROM result_input JOIN result"
        database.execute(query + " ON hash = result WHERE code = 'X001' AND name = 'evidence.yaml')")
        database.commit()
    ended = certificates(run)
    assert (ended.code, "[store-damaged]" in ended.err) == (1, True)
    assert signs(ended) == {"kuuseranna": "=", "naidisvald": "✘", "tammemae": "="}


def test_a_template_that_fails_for_one(run: Any, ws: Path) -> None:
    (ws / "templates").mkdir()
    (ws / "templates" / "certificate.typ").write_text(
        '#import "/kaasav.typ": *\n#show: document-of\n'
        '#if data.municipality == "Näidisvald" { data.nothing } else { data.marks.join() }',
        encoding="utf-8",
    )
    ended = certificates(run)
    assert (ended.code, "templates/certificate.typ:3:" in ended.err) == (1, True)
    assert signs(ended) == {"kuuseranna": "✔", "naidisvald": "✘", "tammemae": "✔"}


def test_a_mistake_of_kaasav_itself_is_told_after_the_others_are_made(
    run: Any, ws: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaasav.documents import certificate

    context = certificate.context

    def fails_for_one(source: Any, *arguments: Any, **named: Any) -> Any:
        if source.municipality["name"] == "Näidisvald":
            raise KeyError("oops")
        return context(source, *arguments, **named)

    monkeypatch.setattr(certificate, "context", fails_for_one)
    monkeypatch.setenv("TMPDIR", str(ws))
    ended = certificates(run)
    assert ended.code == 3
    assert signs(ended) == {"kuuseranna": "=", "naidisvald": "✘", "tammemae": "="}


def test_hostile_folder_names_make_harmless_distinct_files(run: Any, ws: Path) -> None:
    renamed = {"naidisvald": "na:i*dis\nvald.", "tammemae": "<b>[red]con" if os.name != "nt" else "con2"}
    if os.name == "nt":
        renamed["naidisvald"] = "na i dis"
    for old, new in renamed.items():
        (ws / ROUND / old).rename(ws / ROUND / new)
    shutil.rmtree(ws / "out")
    ended = certificates(run)
    assert ended.code == 0, ended.err
    found = sorted(path.name for path in (ws / "out").iterdir())
    assert len(found) == 3
    assert all(not set(name) & set('<>:"|?*\n') for name in found)
    one = next(path for path in (ws / ROUND).iterdir() if path.name.startswith("na"))
    assert run("certificate", one, "-o", "out").out.startswith("= out")


def test_a_second_run_makes_only_what_changed(run: Any, ws: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (ws / "out").iterdir()}
    (ws / "out" / "tammemae-certificate.pdf").unlink()
    with (ws / ROUND / "kuuseranna" / "assessment.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    ended = certificates(run)
    assert (ended.code, ended.err.count("[document-assessed-anew]")) == (0, 1)
    assert signs(ended)["naidisvald"] == "=" and signs(ended)["tammemae"] == "✔"
    assert (ws / "out" / "naidisvald-certificate.pdf").stat().st_mtime_ns == before["naidisvald-certificate.pdf"]
    assert signs(certificates(run)) == dict.fromkeys(NAMES, "=")


def test_what_a_person_changed_is_refused_and_only_replaced_when_asked(run: Any, ws: Path) -> None:
    edited = ws / "out" / "naidisvald-certificate.pdf"
    edited.write_bytes(edited.read_bytes() + b"% mine")
    ended = certificates(run)
    assert (ended.code, signs(ended)) == (4, {"kuuseranna": "=", "naidisvald": "✘", "tammemae": "="})
    assert "out/naidisvald-certificate.pdf: error: this is not the file Kaasav made" in ended.err
    assert edited.read_bytes().endswith(b"% mine")
    assert run("certificate", NAIDISVALD, "-o", edited).code == 4
    told = json.loads(certificates(run, "--json").out)
    assert told["failed"] == [{"name": "naidisvald", "file": "out/naidisvald-certificate.pdf"}]
    assert [one["code"] for one in told["problems"]] == ["document-not-ours"]
    assert (certificates(run, "--replace").code, certificates(run).code) == (0, 0)


def test_an_edited_letter_keeps_its_other_files_as_they_were(run: Any, ws: Path) -> None:
    assert run("letter", NAIDISVALD, "-o", "out").code == 0
    letter = ws / "out" / "naidisvald-letter.docx"
    letter.write_bytes(b"a friendlier one")
    ended = run("letter", NAIDISVALD, "-o", "out")
    assert (ended.code, letter.read_bytes()) == (4, b"a friendlier one")
    assert (ended.out, "its other files were left as they are too" in ended.err) == ("", True)
    assert sorted(path.suffix for path in (ws / "out").glob("*-letter.*")) == [".asice", ".docx", ".eml", ".pdf"]


def test_another_municipality_or_document_is_not_written_over(run: Any, ws: Path) -> None:
    path = "out/naidisvald-certificate.pdf"
    ended = run("certificate", "assessments/2026/tammemae", "-o", path)
    assert (ended.code, "a document of Näidisvald, round 2026, lies here" in ended.err) == (4, True)
    other = run("letter", NAIDISVALD, "-o", path)
    assert (other.code, "[document-another-kind]" in other.err) == (4, True)
    assert certificates(run).out.count("unchanged") == 3


def test_a_file_where_the_folder_should_be(run: Any, ws: Path) -> None:
    (ws / "here").write_text("x", encoding="utf-8")
    for place in ("here", "here/below"):
        ended = run("certificate", "--round", "2026", "-o", place)
        assert (ended.code, "[document-output-file]" in ended.err) == (2, True)


def test_never_recorded_changed_since_and_unchanged_are_told_apart(run: Any, ws: Path) -> None:
    (ws / "kaasav.db").unlink()
    shutil.rmtree(ws / "out")
    assert "[document-recorded-first]" in run("certificate", NAIDISVALD, "-o", "a.pdf").err
    assert run("certificate", NAIDISVALD, "-o", "a.pdf").err == ""
    with (ws / NAIDISVALD / "evidence.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    assert "[document-assessed-anew]" in run("certificate", NAIDISVALD, "-o", "a.pdf").err


@pytest.mark.parametrize("target", [NAIDISVALD, f"{NAIDISVALD}/", f"./{NAIDISVALD}", f"{ROUND}/../2026/naidisvald"])
def test_a_folder_however_it_is_written(run: Any, ws: Path, target: str) -> None:
    assert run("certificate", target, "-o", "out").out.startswith("= out/naidisvald-certificate.pdf")


def test_the_folder_one_is_in(run: Any, ws: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ws / NAIDISVALD)
    ended = run("certificate", ".", "-o", ws / "out")
    assert (ended.code, "unchanged" in ended.out) == (0, True)


def test_a_folder_called_like_a_hash(run: Any, ws: Path) -> None:
    listed = json.loads(run("result", "list", "--municipality", "Näidisvald", "--json").out)["results"]
    begin = listed[0]["hash"][:6]
    (ws / begin).mkdir()
    assert run("certificate", begin, "-o", "a.pdf").code == 0  # no municipality's folder
    (ws / begin / "evidence.yaml").write_text("", encoding="utf-8")
    ended = run("certificate", begin, "-o", "b.pdf")
    assert (ended.code, "[document-folder-and-result]" in ended.err) == (2, True)
    assert f".{os.sep}{begin}" in ended.err and listed[0]["hash"][:14] in ended.err
    assert run("certificate", listed[0]["hash"][:14], "-o", "b.pdf").code == 0


def test_hashes_that_name_no_result_or_several(run: Any, ws: Path) -> None:
    hashes = [one["hash"] for one in json.loads(run("result", "list", "--json").out)["results"]]
    taken = {hash_[0] for hash_ in hashes}
    free = next(sign for sign in "0123456789abcdef" if sign not in taken)
    assert "[store-unknown-result]" in run("certificate", free * 5).err
    assert "[document-of-neither]" in run("certificate", "naidisvald").err
    assert "[no-folder]" in run("certificate", "assessments\\2026\\nobody").err
    other = ws.parent / "other"
    init(other)
    (other / "kaasav.db").write_bytes((ws / "kaasav.db").read_bytes())
    (ws / "kaasav.db").unlink()
    ended = run("certificate", hashes[0][:10])
    assert (ended.code, f"{ws / 'kaasav.db'}: error: no result with the hash" in ended.err) == (1, True)


def test_an_ambiguous_hash_names_the_candidates(run: Any, ws: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaasav.store.database import Store

    with Store.open(ws / "kaasav.db") as store:
        whole = store.result(json.loads(run("result", "list", "--json").out)["results"][0]["hash"])
        blobs = {name: store.blob(sha) for name, sha in whole.inputs.items()}
        for number in range(20):
            store.record({**whole.record, "number": number}, blobs, at=shared.now())
        begins = [one.hash[0] for one in store.results()]
    often = max(begins, key=begins.count)
    ended = run("certificate", often)
    assert (ended.code, "[store-ambiguous]" in ended.err) == (1, True)


def test_an_empty_round(run: Any, ws: Path) -> None:
    for name in NAMES:
        shutil.rmtree(ws / ROUND / name)
    ended = certificates(run)
    assert (ended.code, "[document-round-empty]" in ended.err) == (1, True)


def test_a_full_disk_ends_the_run_and_leaves_what_was_there(
    run: Any, ws: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (ws / "out" / "kuuseranna-certificate.pdf").read_bytes()
    for path in (ws / "out").glob("[nt]*"):
        path.unlink()

    def full(*_: object, **__: object) -> None:
        raise Refused([FULL.at(Location("kaasav.db"))])

    monkeypatch.setattr(making, "write_atomically", full)
    ended = certificates(run)
    assert (ended.code, ended.err.count("[store-disk-full]")) == (1, 1)
    assert ended.out.splitlines()[-1] == (
        "made: 0 · as they were: 1 · failed: 1 · municipalities not tried any more: 1"
    )
    assert [path.name for path in (ws / "out").iterdir()] == ["kuuseranna-certificate.pdf"]
    assert (ws / "out" / "kuuseranna-certificate.pdf").read_bytes() == before


def test_on_a_terminal_it_is_told_how_far_it_has_come(run: Any, ws: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from rich.console import Console

    screen = io.StringIO()
    terminal = Console(file=screen, force_terminal=True, width=100)
    monkeypatch.setattr(output, "err", lambda: terminal)
    assert certificates(run).code == 0
    assert "making documents" in screen.getvalue() and "/3" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K")  # nothing of it stays


if sys.platform != "win32":
    LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from kaasav.cli.ends import finish
sys.exit(finish(sys.argv[2:], {"KAASAV_LANG": "en"}))
"""
    KILLED = """
import os, sys
from kaasav.documents import made
write = made.write_atomically
def write_and_die(path, content):
    write(path, content)
    os._exit(9)
made.write_atomically = write_and_die
from kaasav.cli.ends import finish
sys.exit(finish(sys.argv[1:], {"KAASAV_LANG": "en"}))
"""
    PLAIN = "import sys; from kaasav.cli.ends import finish; sys.exit(finish(sys.argv[1:], {'KAASAV_LANG': 'en'}))"

    def test_a_file_that_does_not_fit_leaves_nothing_half_written(ws: Path) -> None:
        for path in (ws / "out").iterdir():
            path.unlink()
        command = [sys.executable, "-c", LIMITED, "20000", "certificate", "--round", "2026", "-o", "out"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (ended.returncode, list((ws / "out").iterdir())) == (1, []), ended.stderr
        assert "there is no room left" in ended.stderr
        assert finish(["db", "check"], {"KAASAV_LANG": "en"}) == 0

    def test_killed_between_file_and_event_the_next_run_heals(run: Any, ws: Path) -> None:
        path = ws / "out" / "kuuseranna-certificate.pdf"
        content = path.read_bytes()
        command = [sys.executable, "-c", KILLED, "certificate", "assessments/2026/kuuseranna", "-o", "new.pdf"]
        assert subprocess.run(command, check=False).returncode == 9
        assert (ws / "new.pdf").read_bytes() == content  # the same document, made before as another file
        command[3:] = ["letter", NAIDISVALD, "-o", "new.docx"]
        assert subprocess.run(command, check=False, capture_output=True).returncode == 9
        assert run("letter", NAIDISVALD, "-o", "new.docx").code == 0
        assert "unchanged" in run("letter", NAIDISVALD, "-o", "new.docx").out
        assert run("db", "check").code == 0

    def test_two_at_once_make_the_same_files(run: Any, ws: Path) -> None:
        shutil.rmtree(ws / "out")
        command = [sys.executable, "-c", PLAIN, "certificate", "--round", "2026", "-o", "out"]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        for one in both:
            out, err = one.communicate()
            assert (one.returncode, err) == (0, ""), out
        assert len(list((ws / "out").iterdir())) == 3
        assert certificates(run).out.count("unchanged") == 3
        assert run("db", "check").code == 0
