"""``kaasav template``: list, export, check."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pytest

from kaasav.documents.made import MADE
from kaasav.store.database import Store

FOLDER = "assessments/2026/naidisvald"
PAPER = b'#import "/kaasav.typ": *\n#show: document-of\n#data.title #data.marks.join(" ")\n'
HTML = b"<h1>{{ title }}</h1>{% for one in marks %}{{ one.text if one.text is defined else one }}{% endfor %}\n"


def test_the_list_tells_which_are_own(run: Any, workspace: Path) -> None:
    first = json.loads(run("template", "list", "--json").out)["templates"]
    assert {"template": "letter.et.docx", "own": False} in first
    run("template", "export", "letter.typ")
    listed = run("template", "list").out
    assert [line.split(maxsplit=1)[1] for line in listed.splitlines() if line.startswith("letter.typ")] == [
        "the workspace’s own"
    ]


def test_the_fields_are_named_lists_as_lists(run: Any, workspace: Path) -> None:
    shown = run("template", "list", "--fields").out
    assert {"certificate.typ", "letter.docx", "report.html.j2", "awardlist.html.j2"} <= set(shown.split())
    lines = run("template", "list", "letter.et.docx", "--fields").out.splitlines()
    first = {line.split()[0] for line in lines if line.strip()}
    assert {"subject", "sender.name", "marks[]", "conditions[]", "conditions[].text"} <= first
    assert "certificate.typ" not in first
    data = json.loads(run("template", "list", "letter.docx", "--fields", "--json").out)["fields"]
    assert set(data) == {"letter.docx"}
    about = "each condition; empty while there is no result"
    assert {"field": "conditions", "kind": "groups", "about": about} in data["letter.docx"]
    unknown = run("template", "list", "leter.docx", "--fields")
    assert (unknown.code, "did you mean “letter." in unknown.err) == (1, True)


def test_a_file_nobody_uses_is_listed_as_such(run: Any, workspace: Path) -> None:
    (workspace / "templates").mkdir()
    (workspace / "templates" / "report.et.typ").write_text("x", encoding="utf-8")
    (workspace / "templates" / "raport.typ").write_text("x", encoding="utf-8")
    (workspace / "templates" / "kaasav.typ").write_text("x", encoding="utf-8")
    listed = dict(line.split(maxsplit=1) for line in run("template", "list").out.splitlines())
    assert listed["report.et.typ"].strip() == "the workspace’s own"
    assert listed["raport.typ"].strip() == "not used: Kaasav has no template of this name"
    assert listed["kaasav.typ"].strip() == "not used: all documents share Kaasav’s"
    assert listed["report.typ"].strip() == "as it ships"


def test_export_takes_the_language_in_use_and_never_overwrites(run: Any, workspace: Path) -> None:
    first, second = run("template", "export", "letter.docx", lang="et").out.splitlines()
    assert first == "kirjutatud: templates/letter.et.docx"
    assert second.endswith("kaasav template export letter.en.docx")
    assert run("template", "export", "letter.typ").out == "written: templates/letter.typ\n"
    again = run("template", "export", "letter.docx", lang="et")
    assert again.code == 4
    assert run("template", "export", "letter.docx", "-o", "elsewhere").code == 0
    assert (workspace / "elsewhere" / "letter.en.docx").is_file()
    unknown = run("template", "export", "leter.docx")
    assert (unknown.code, "did you mean “letter." in unknown.err) == (1, True)


@pytest.mark.parametrize("name", ["kaasav.typ", "watermark.typ"])
def test_what_documents_share_is_not_taken_out(run: Any, workspace: Path, name: str) -> None:
    ended = run("template", "export", name)
    assert (ended.code, (workspace / "templates").exists()) == (1, False)
    assert "all documents share this file, so a workspace’s own is not used" in ended.err
    assert run("template", "export", "certificate.typ").code == 0


def test_check_names_every_mistake(run: Any, workspace: Path) -> None:
    assert run("template", "check").out == "the workspace has no templates of its own\n"
    run("template", "export", "letter.docx")
    good = run("template", "check")
    assert (good.code, good.out) == (0, "✔ templates/letter.en.docx: no mistake found\n")
    document: Any = docx.Document()
    document.add_paragraph("{{ nosuch }} {{ subject }}")
    document.save(str(workspace / "letter.docx"))
    bad = run("template", "check", "letter.docx")
    assert (bad.code, bad.out) == (1, "✘ letter.docx: there is something to correct\n")
    assert "letter.docx, paragraph 1: error: there is no field “nosuch”" in bad.err
    data = json.loads(run("template", "check", "letter.docx", "--json").out)["templates"]
    assert [one["code"] for one in data[0]["problems"]] == ["template-field"]


def test_every_template_that_ships_is_exported_and_right(run: Any, workspace: Path) -> None:
    for name in ("certificate.typ", "letter.docx", "letter.typ", "report.typ", "report.html.j2", "awardlist.html.j2"):
        assert run("template", "export", name).code == 0
    checked = run("template", "check")
    assert (checked.code, checked.out.count("✔"), checked.err) == (0, 6, "")
    (workspace / "templates" / "awardlist.html.j2").write_text("<p>\n{{ nosuch }}", encoding="utf-8")
    (workspace / "templates" / "kaasav.typ").write_text("x", encoding="utf-8")
    bad = run("template", "check")
    assert (bad.code, bad.out.count("✘")) == (1, 2)
    assert "templates/awardlist.html.j2:2:1: error: there is no field “nosuch”" in bad.err
    assert "“kaasav template list awardlist.html.j2 --fields” names them all" in bad.err
    assert "templates/kaasav.typ: error: all documents share this file" in bad.err


OWN = {
    "certificate.typ": (("certificate", FOLDER, "-o", "c.pdf"), "c.pdf"),
    "letter.typ": (("letter", FOLDER, "-o", "l.pdf"), "l.pdf"),
    "report.typ": (("improve", FOLDER, "-o", "r.pdf"), "r.pdf"),
    "report.html.j2": (("improve", FOLDER, "-o", "r.html"), "r.html"),
    "awardlist.html.j2": (("award", "export", "2026", "-o", "a.html"), "a.html"),
}
"""For each template a command that uses it, and the file it makes."""


@pytest.mark.parametrize("name", OWN)
def test_the_workspaces_own_wins_is_recorded_and_changed_makes_the_document_anew(
    run: Any, workspace: Path, name: str
) -> None:
    arguments, file = OWN[name]
    path = workspace / "templates" / name
    assert run("assess", FOLDER).code == 0
    assert run(*arguments).code == 0
    shipped = (workspace / file).read_bytes()
    run("template", "export", name)
    contents = [path.read_bytes(), HTML if name.endswith("j2") else PAPER]
    made = []
    for content in contents:
        path.write_bytes(content)
        assert run(*arguments).code == 0
        made.append((workspace / file).read_bytes())
        assert "unchanged" in run(*arguments).out
    assert made[0] == shipped
    assert made[1] != shipped
    with Store.open(workspace / "kaasav.db") as store:
        events = [one.data["template"] for one in store.events(kind=MADE) if one.data["file"] == file]
    assert [(one["name"], one["sha256"]) for one in events][-1] == (name, sha256(contents[1]).hexdigest())


@pytest.mark.parametrize("name", OWN)
def test_a_wrong_template_leaves_no_document(run: Any, workspace: Path, name: str) -> None:
    arguments, file = OWN[name]
    run("assess", FOLDER)
    (workspace / "templates").mkdir()
    bad = "{% include '/etc/passwd' %}" if name.endswith("j2") else '#read("/etc/passwd")'
    (workspace / "templates" / name).write_text(bad, encoding="utf-8")
    ended = run(*arguments)
    assert (ended.code, f"templates/{name}:1" in ended.err) == (1, True)
    assert not (workspace / file).exists()
