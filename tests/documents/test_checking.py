"""Trying a template before it is used: every mistake at its place, malice without harm, each with a good twin."""

import time
from pathlib import Path
from typing import Any

import docx
import pytest

from kaasav.documents import apart
from kaasav.documents.checking import check
from kaasav.documents.template import SHARED, SHIPPED, Template, names
from kaasav.problems import Severity

BARE = '#import "/kaasav.typ": *\n#show: document-of\n'
TYPST = '#import "/kaasav.typ": *\n#show: document-of; #data.marks.join()\n'
PAGE_MARKS = {
    "report.html.j2": "<b>{{ marks|join(' ') }}</b>",
    "awardlist.et.html.j2": "<b>{{ marks|map(attribute='text')|join(' ') }}</b>",
}
PAPERS = ("certificate.typ", "letter.typ", "report.typ")
PAGES = ("report.html.j2", "awardlist.et.html.j2")


def own(name: str, content: bytes | str) -> Template:
    return Template(name, content.encode() if isinstance(content, str) else content, True, f"templates/{name}")


def found(name: str, content: bytes | str) -> list[tuple[str, str]]:
    """The code and place of each problem; the file’s name left out."""
    return [
        (one.code, str(one.location).removeprefix(f"templates/{name}").removeprefix(":"))
        for one in check(own(name, content))
    ]


@pytest.mark.parametrize("name", names())
def test_the_templates_that_ship_are_right(name: str) -> None:
    assert check(own(name, (SHIPPED / name).read_bytes())) == []


def test_a_mistake_in_a_word_letter_is_found(tmp_path: Path) -> None:
    document: Any = docx.Document()
    document.add_paragraph("{{ nosuch }}")
    document.save(tmp_path / "letter.docx")
    assert found("letter.docx", (tmp_path / "letter.docx").read_bytes()) == [("template-field", ", paragraph 1")]


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("#data.nosuch", "template-failed", "3:7"),
        ("#data.words.nosuch", "template-failed", "3:13"),
        ("text\n#nosuch", "template-failed", "4:2"),
        ("#if data.marks.len() == 0 [#data.nosuch]", "template-failed", "3:34"),
        ("#if data.title.len() > 99 [#data.nosuch]", "template-failed", "3:34"),
        ('#read("/etc/passwd")', "template-reads", "3:7"),
        ('#plugin("secret.wasm")', "template-reads", "3:9"),
        ('#image("../../../secret.png", alt: "x")', "template-reads", "3:8"),
        ('#include "@local/own:1.0.0"', "template-package", "3:0"),
        ('#import "@preview/cetz:0.3.0": *', "template-package", "3:0"),
        ('#import "@pre" + "view/cetz:0.3.0": *', "template-package", "3:9"),
        ('#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"), format: "svg")', "template-failed", "3:2"),
        ("#{ while 1 < 2 { let x = 1 } }", "template-failed", "3:10"),
        ("#{ let f(x) = f(x + 1); f(0) }", "template-failed", "3:15"),
    ],
)
@pytest.mark.parametrize("name", PAPERS)
def test_a_mistake_in_a_paper_is_told_at_its_place(name: str, body: str, code: str, place: str) -> None:
    assert found(name, TYPST + body) == [(code, place)]


@pytest.mark.parametrize("name", PAPERS)
def test_a_right_paper(name: str) -> None:
    assert (
        found(name, TYPST + '#data.title #if data.marks.len() > 0 [#data.marks.join()] #read("/kaasav.typ").len()')
        == []
    )


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("{{ nosuch }}", [("template-page-field", "2:1")]),
        ("{{ words.nosuch }}\n{{ titel }}", [("template-page-field", "2:1"), ("template-page-field", "3:1")]),
        ("{% if marks and not marks %}{{ nosuch }}{% endif %}", [("template-page-field", "2:1")]),
        ("{% for one in nosuch %}{% endfor %}", [("template-page-field", "2:1")]),
        ("{% if %}", [("template-failed", "2:1")]),
        ("\n\n{{ title", [("template-failed", "4:1")]),
        ("{{ 1 / 0 }}", [("template-failed", "2:1")]),
        ("{{ marks[7] }}", [("template-failed", "2:1")]),
        ("{% include '/etc/passwd' %}", [("template-takes-in", "2:1")]),
        ("{% import '/etc/passwd' as x %}", [("template-takes-in", "2:1")]),
        ("{% from title import x %}", [("template-takes-in", "2:1")]),
        ("{% extends 'report.html.j2' %}", [("template-takes-in", "2:1")]),
        ("{{ title.__class__.__mro__ }}", [("template-page-field", "2:1")]),
        ("{{ title.format.__globals__ }}", [("template-failed", "2:1")]),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", [("template-page-field", "2:1")]),
        ("{{ self.__init__.__globals__ }}", [("template-page-field", "2:1")]),
        ("{% for a in range(10**9) %}{% endfor %}", [("template-failed", "2:1")]),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", [("template-failed", "2:1")]),
        ("{{ 'x' * (17 * 1024 * 1024) }}", [("template-too-long", "")]),
        ("{{ 'x' * 10**11 }}", [("template-too-big", "")]),
        ("<script src='https://elsewhere.example/x.js'></script>", [("template-loads", "2:1")]),
        ("<style>@import '//elsewhere.example/x.css';</style>", [("template-loads", "2:1")]),
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_a_mistake_in_a_page_is_told_at_its_place(name: str, body: str, problems: list[tuple[str, str]]) -> None:
    assert found(name, f"{PAGE_MARKS[name]}<p>\n{body}") == problems


def test_a_page_that_is_no_text_is_told() -> None:
    assert found("report.html.j2", b"\xff\xfe<") == [("template-not-text", "")]


@pytest.mark.parametrize("name", PAGES)
def test_a_right_page(name: str) -> None:
    body = (
        "{% macro cell(it, more='') %}{{ it.text }}{{ more }}{% endmacro %}{% set n = title|length %}"
        "{% for one in marks %}{{ loop.index }} {{ one.text or one }}{% else %}{{ n }}{% endfor %}{{ cell({'text': title}) }}"
        "<a href='https://elsewhere.example'>x</a>{% with x = title %}{{ x }}{% endwith %}{% for i in range(9) %}{% endfor %}"
    )
    assert found(name, body.replace("one.text or one", "one.text" if name.startswith("award") else "one")) == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_that_does_not_show_its_marks_is_told(name: str) -> None:
    assert found(name, f"{BARE}#data.title") == [("template-without-marks", "")]
    assert found(name, f"{BARE}#data.title #hide(data.marks.join())") == [("template-without-marks", "")]
    assert found(name, f"{BARE}#if data.marks.len() > 0 [#data.marks.at(0)]") == [("template-without-marks", "")]
    assert found(name, f"{BARE}#data.title #text(tracking: 5pt, data.marks.join([ · ]))") == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_does_not_show_its_marks_is_told(name: str) -> None:
    marks = PAGE_MARKS[name]
    for body in (
        "{{ title }}",
        f"<title>{marks}</title></head>".replace("<title>", "<head><title>"),
        f"<!-- {marks} -->",
        f"<script>{marks}</script><p>x",
        f"<p title='{marks}'>".replace("<b>", "").replace("</b>", "").replace("' '", '" "').replace("'text'", '"text"'),
    ):
        assert found(name, body) == [("template-without-marks", "")], body
    assert found(name, f"<head><title>{{{{ title }}}}</title></head>{marks}") == []


def word(tmp_path: Path, *paragraphs: str, header: str = "") -> bytes:
    document: Any = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(tmp_path / "letter.docx")
    return (tmp_path / "letter.docx").read_bytes()


def test_a_word_letter_that_does_not_show_its_marks_is_told(tmp_path: Path) -> None:
    assert found("letter.docx", word(tmp_path, "{{ subject }}")) == [("template-without-marks", "")]
    assert found("letter.docx", word(tmp_path, "{{ subject }}", "{{ marks|join(' · ') }}")) == []
    assert found("letter.docx", word(tmp_path, "{{ subject }}", header="{{ marks|join(' · ') }}")) == []
    document: Any = docx.Document()
    document.add_paragraph().add_run("{{ marks|join(' · ') }}").font.hidden = True
    document.save(tmp_path / "letter.docx")
    assert found("letter.docx", (tmp_path / "letter.docx").read_bytes()) == [("template-without-marks", "")]


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("sender", "sender.name"),
        ("conditions", "for one in conditions"),
        ("answer", "answer|join"),
        ("strengths.entries[0]", "strengths.entries[].id"),
        ("sender|upper", "sender.name"),
        ("(sender if title else title) ~ ' '", "sender.name"),
    ],
)
def test_a_group_or_list_is_no_text_in_a_word_letter(tmp_path: Path, field: str, hint: str) -> None:
    marks = "{{ marks|join(' ') }}"
    (problem,) = check(own("letter.docx", word(tmp_path, marks, f"From: {{{{ {field} }}}}")))
    assert str(problem.location) == "templates/letter.docx, paragraph 2"
    assert hint in problem.message
    good = (
        "{{ sender.name }} {{ answer|join(' ') }}",
        "{%p for one in conditions %}",
        "{{ one.text }} {% if one %}{{ one.items()|length }}{% endif %}",
        "{%p endfor %}",
    )
    assert found("letter.docx", word(tmp_path, marks, *good)) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "body", ["{{ words }}", "{{ marks }}", "{{ words|string }}", "{% set x = words %}{{ x ~ '' }}"]
)
def test_a_group_or_list_is_no_text_in_a_page(name: str, body: str) -> None:
    assert found(name, f"{PAGE_MARKS[name]}\n{body}") == [("template-failed", "2:1")]
    assert found(name, f"{PAGE_MARKS[name]}\n{{% if words and marks %}}{{{{ words|length }}}}{{% endif %}}") == []


@pytest.mark.parametrize(
    ("body", "place"),
    [("#data.signatory", "3:2"), ("x\n\n#data.mark_reasons", "5:2"), ("#data.words, #data.words.page", "3:2")],
)
def test_a_group_or_list_is_no_text_in_a_paper(body: str, place: str) -> None:
    assert found("letter.typ", TYPST + body) == [("template-whole-field", place)]
    good = '#data.signatory.name #data.mark_reasons.join(" ") #data.words.page "#data.title" (#data.author: "x")'
    assert found("letter.typ", TYPST + good) == []


def test_a_field_named_as_a_method_is_found_in_pages() -> None:
    body = "{% for s in sections %}{% for b in s.blocks %}{% if b.type == 'points' %}{{ b.items|join }}{% endif %}{% endfor %}{% endfor %}"
    body = PAGE_MARKS["report.html.j2"] + body
    assert found("report.html.j2", body) == []
    assert found("report.html.j2", body.replace("items", "item")) == [("template-page-field", "1:1")]


@pytest.mark.parametrize(
    ("name", "endless"),
    [
        ("certificate.typ", "#for a in range(99999) { for b in range(99999) { } }"),
        ("report.typ", "#for a in range(99999) { for b in range(99999) { } }"),
        ("report.html.j2", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        ("awardlist.html.j2", "{{ 9 ** (9 ** 9) }}"),
    ],
)
def test_what_never_ends_is_ended_once(name: str, endless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    started = time.monotonic()
    assert found(name, endless) == [("template-too-slow", "")]
    assert time.monotonic() - started < 5


def test_what_is_only_a_warning_leaves_a_template_right() -> None:
    marks = PAGE_MARKS["report.html.j2"]
    (problem,) = check(own("report.html.j2", f"{marks}<img src='http://elsewhere.example/x.png' alt=''>"))
    assert (problem.severity, "http://elsewhere.example/x.png" in problem.message) == (Severity.WARNING, True)


def test_a_name_nobody_uses_is_told() -> None:
    (problem,) = check(own("leter.docx", b""))
    assert (problem.code, problem.hint) == ("template-not-used", "did you mean “letter.docx”?")
    assert [one.code for one in check(own("foo.bar", b""))] == ["template-not-used"]


@pytest.mark.parametrize("name", [*SHARED, "kaasav.et.typ"])
def test_what_documents_share_cannot_be_owned(name: str) -> None:
    assert [one.code for one in check(own(name, b"#x"))] == ["template-shared"]
