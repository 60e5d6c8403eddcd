"""The Word letter: values are text, mistakes are told with their place, the same record gives the same bytes."""

import datetime
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaasav.documents import apart
from kaasav.documents.fields.field import sample as trial
from kaasav.documents.fields.letter import FIELDS
from kaasav.documents.letter.context import context
from kaasav.documents.letter.word import fill, letter
from kaasav.documents.source import Source
from kaasav.documents.template import Template, find
from kaasav.documents.xmltext import written_out
from kaasav.language import LANGUAGES, use
from kaasav.problems import Refused

from .. import pdfs
from ..hostile import HOSTILE
from .conftest import MakeTemplate, texts

DAY = datetime.date(2026, 10, 31)


def sample() -> dict[str, Any]:
    return trial(FIELDS)


def made(source: Source, language: str = "en") -> bytes:
    use(language)
    return letter(find("letter.docx", language, None), context(source), day=DAY)


def refusal(template: Template, data: Mapping[str, Any] | None = None) -> list[str]:
    with pytest.raises(Refused) as refused:
        letter(template, data or sample(), day=DAY)
    return [f"{one.location}: {one.message}" for one in refused.value.problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_opened_again_says_what_it_should(source: Source, language: str) -> None:
    content = made(source, language)
    data, text = context(source), texts(content)
    told = [
        data["sender"]["name"], *data["addressee"]["lines"].split("\n"), data["ours"], data["theirs"], data["subject"],
        data["salutation"], *data["opening"], *data["answer"], *data["survey"]["paragraphs"], *data["next"]["paragraphs"],
        *data["appeal"]["paragraphs"], data["signed"], data["signatory"]["name"], data["drafter"],
        *(one["text"] for one in data["conditions"]), *(one["text"] for one in data["obstacles"]["entries"]),
        *(one["title"] for one in data["strengths"]["entries"]), *data["mark_reasons"],
    ]  # fmt: skip
    assert [one for one in told if one not in text] == []
    assert ("NÄIDIS · ETTEPANEK" if language == "et" else "SAMPLE · PROPOSAL") in text
    assert "{" not in text
    assert "}" not in text


@pytest.mark.parametrize(("language", "locale"), [("et", "et-EE"), ("en", "en-GB")])
def test_its_language_headings_title_and_dates(source: Source, language: str, locale: str) -> None:
    document: Any = docx.Document(io.BytesIO(made(source, language)))
    core = document.core_properties
    assert (core.language, core.title) == (locale, context(source)["title"])
    assert core.author == context(source)["sender"]["name"]
    assert core.created == core.modified == datetime.datetime(2026, 10, 31, tzinfo=datetime.UTC)
    languages = {one.get(docx.oxml.ns.qn("w:val")) for one in document.styles.element.iter(docx.oxml.ns.qn("w:lang"))}
    assert languages == {locale}
    styles = [one.style.name for one in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 6
    head = document.tables[0].rows[0]._tr
    assert head.xpath("./w:trPr/w:tblHeader")


def test_no_clock_is_in_the_file(source: Source) -> None:
    with zipfile.ZipFile(io.BytesIO(made(source))) as opened:
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_elsewhere_and_at_another_time_the_same_bytes(source: Source, tmp_path: Path) -> None:
    own = made(source, "et")
    program = (
        "import sys,json,datetime\nfrom kaasav import language\nfrom kaasav.documents.letter.word import letter\n"
        "from kaasav.documents.template import find\nlanguage.use('et')\n"
        "data=json.loads(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(letter(find('letter.docx','et',None),data,day=datetime.date(2026,10,31)))\n"
    )
    import json

    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(context(source)).encode(), capture_output=True, check=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.stdout == own


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, own: MakeTemplate, real: Any) -> None:
    template = own("a {{ addressee.municipality }} z", "{{ subject|upper }}", cell="{{ sender.name }}")
    data = {**sample(), "subject": text, "sender": {**sample()["sender"], "name": text}}
    data["addressee"] = {**sample()["addressee"], "municipality": text}
    shown = texts(letter(template, data, day=DAY))
    assert f"a {written_out(text)} z" in shown
    assert written_out(text).upper() in shown or written_out(text.upper()) in shown
    assert written_out(text) in shown.rsplit(" z", 1)[1]
    assert text[:40].strip("\n")[:3] in made_with(real(text)).replace("\n", " ") or not text.isprintable()


def made_with(source: Source) -> str:
    return texts(letter(find("letter.docx", "en", None), context(source), day=DAY))


def test_braces_of_docxtpl_itself_stay_as_they_are(own: MakeTemplate) -> None:
    text = "{_{ x }_} {_% y %_} {{ 7*7 }}"
    assert text in texts(letter(own("{{ subject }}"), {**sample(), "subject": text}, day=DAY))


@cache
def angled() -> Template:
    """A template that shows where a field begins and ends; filled in here, not by a process apart."""
    document: Any = docx.Document()
    document.add_paragraph("<{{ subject }}>")
    out = io.BytesIO()
    document.save(out)
    return Template("letter.docx", out.getvalue(), False, "letter.docx")


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_through(text: str) -> None:
    found = texts(letter(angled(), {**sample(), "subject": text}, day=DAY))
    assert f"<{written_out(text)}>" in found


def test_a_right_template_is_filled_in(own: MakeTemplate) -> None:
    template = own(
        "{%p for one in conditions %}", "{{ loop.index }} {{ one.text }}{% if one.code == 'met' %}!{% endif %}", "{%p endfor %}",
        "{% set x = subject %}{{ x }} {{ marks|join(“, ”) }}", cell="{% for a in marks %}{{ a }};{% endfor %}", header="{{ ours }}",
    )  # fmt: skip
    shown = texts(letter(template, sample(), day=DAY))
    assert "1 [conditions.text]!\n2 [conditions.text]\n" in shown
    assert "[subject] [marks 1], [marks 2]" in shown
    assert "[marks 1];[marks 2];" in shown
    assert shown.startswith("[ours]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tere {{ subjekt }}", "paragraph 1: there is no field “subjekt”; in: Tere {{ subjekt }}"),
        ("{{ sender.fone }}", "paragraph 1: there is no field “sender.fone”; in: {{ sender.fone }}"),
        ("{% if marks %}{{ marx }}{% endif %}", "paragraph 1: there is no field “marx”; in: {% if marks %}{{ marx }}{% endif %}"),
        ("{% for c in conditions %}{{ c.txt }}{% endfor %}", "paragraph 1: there is no field “conditions.txt”; in: {% for c in conditions %}{{ c.txt }}{% endfor %}"),
        ("{{ subject", "paragraph 1: a tag is not closed in its paragraph: {{ subject"),
        ("{{p subject }}", "paragraph 1: fields are text, and {{p would lose them: {{p subject }}"),
        ("{% if %}", "paragraph 1: this is no tag Kaasav understands: Expected an expression, got 'end of statement block'; in: {% if %}"),
        ("{{ conditions[5].text }}", "paragraph 1: the template cannot be filled in: list object has no element 5; {{ conditions[5].text }}"),
        ("{{ ''.__class__.__mro__ }}", "paragraph 1: the template cannot be filled in: access to attribute '__class__' of 'str' object is unsafe.; {{ ''.__class__.__mro__ }}"),
        ("{% include '/etc/passwd' %}", "paragraph 1: the template takes in another file: /etc/passwd"),
        ("{{ 1/0 }}", "the template cannot be filled in: division by zero"),
        ("{{ cycler.__init__ }}", "paragraph 1: there is no field “cycler”; in: {{ cycler.__init__ }}"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(own: MakeTemplate, text: str, said: str) -> None:
    mark = ": " if said.startswith("the template") else ", "
    assert refusal(own(text)) == [f"templates/letter.docx{mark}{said}"]


def test_loops_in_loops_deeper_than_python_follows_are_refused(own: MakeTemplate) -> None:
    assert "the template cannot be filled in: " in refusal(own("{% for a in marks %}" * 60 + "{% endfor %}" * 60))[0]


PIECES = (
    "{{ subject }}", "{{ nosuch }}", "{{", "}}", "{%", "%}", "{% for a in marks %}", "{% endfor %}", "{%p if marks %}", "{%p endif %}",
    "{{ a }}", "{{ conditions[0] }}", "{# x #}", "{#", "#}", "{% set b = 1 %}", "{{ subject[0] }}", "{{ subject.x }}", "{{ sender }}",
    "{% macro m(x) %}", "{% endmacro %}", "{{ m(1) }}", "{{ subject|nofilter }}", "{{ subject|join(1) }}", "{{ 1 ~ marks }}", "“", "'", "<w:p>", "&", "x ",
    "{%- if 1 -%}", "{% endif %}", "{% raw %}", "{% endraw %}", "{{ self }}", "{{ ''.format_map }}", "{% extends 'x' %}", "{{r subject }}", "{_{", "{{ {}|attr('x') }}",
)  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_template_is_filled_in_or_refused_and_nothing_else(lines: list[str]) -> None:
    document: Any = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    try:
        made = fill(out.getvalue(), "x.docx", sample(), DAY)
    except Refused as refused:
        assert all(str(one.location).startswith("x.docx") for one in refused.problems)
    else:
        assert docx.Document(io.BytesIO(made))


def test_every_mistake_at_once_in_cells_and_headers_too(own: MakeTemplate) -> None:
    found = refusal(own("{{ a1 }}", "fine {{ subject }}", "{{ a2 }}", cell="{{ a3 }}", header="{{ a4 }}"))
    places = [one.partition(": ")[0].removeprefix("templates/letter.docx, ") for one in found]
    assert sorted(places) == ["header, paragraph 1", "paragraph 1", "paragraph 3", "table 1, row 1, cell 2"]


def test_a_loop_that_tears_the_file_apart_is_refused_not_mended(own: MakeTemplate) -> None:
    (said,) = refusal(own("{% for a in marks %}", cell="x{% endfor %}"))
    assert "filled in, the template is no Word file any more" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "takes longer than 2 seconds",
        ),
        ("{{ 'x' * 10**11 }}", "asks for more memory than any document needs"),
    ],
)
def test_what_never_ends_or_takes_all_memory_is_ended(
    own: MakeTemplate, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2)
    started = time.monotonic()
    assert said in refusal(own(text))[0]
    assert time.monotonic() - started < 15
    monkeypatch.setattr(apart, "SECONDS", 30)
    assert texts(letter(own("{{ subject }}"), sample(), day=DAY)) == "[marks 1] [marks 2]\n[subject]\n"


def repacked(content: bytes, **changes: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, None) or old.read(name))
        for name, added in changes.items():
            new.writestr(name, added)
    return out.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://x.example/a"'
    b' TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"word/vbaProject.bin": b"x"}, "the template holds macros"),
        (
            {"word/_rels/settings.xml.rels": OUTSIDE % b"attachedTemplate"},
            "takes in something from outside: http://x.example/a",
        ),
        ({"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "this is no Word file"),
        ({"word/document.xml": b"<w:broken"}, "this is no Word file"),
        ({"word/big.xml": b" " * 40_000_000}, "unpacks to far more than any letter holds"),
    ],
)
def test_a_dangerous_or_broken_file_is_refused(own: MakeTemplate, changes: Any, said: str) -> None:
    good = own("{{ subject }}")
    bad = Template(good.name, repacked(good.content, **changes), True, good.shown)
    assert said in refusal(bad)[0]
    link = repacked(good.content, **{"word/_rels/x.xml.rels": OUTSIDE % b"hyperlink"})
    assert letter(Template(good.name, link, True, good.shown), sample(), day=DAY)


def test_no_word_file_at_all() -> None:
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7"):
        assert refusal(Template("letter.docx", content, True, "x.docx")) == ["x.docx: this is no Word file (.docx)"]


def test_in_libreoffice_two_pages_with_headings_tables_and_language(
    sources: Mapping[str, Source], tmp_path: Path
) -> None:
    for language in LANGUAGES:
        for name, source in sources.items():
            (tmp_path / f"{name}-{language}.docx").write_bytes(made(source, language))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}', "--outdir", str(tmp_path),
         *map(str, sorted(tmp_path.glob("*.docx")))],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    use("et")
    for path in sorted(tmp_path.glob("*.pdf")):
        content = path.read_bytes()
        kinds = [one.kind for one in pdfs.elements(content)]
        assert pdfs.pages(content) <= 2, path.name
        assert kinds.count("Table") == 1, path.name
        assert {"TH", "H1"} <= set(kinds), path.name
        assert pdfs.about(content)["language"].startswith(path.stem[-2:]), path.name
    text = pdfs.copied((tmp_path / "kuuseranna-et.pdf").read_bytes())
    assert "NÄIDIS · ETTEPANEK" in text
    assert context(sources["kuuseranna"])["appeal"]["paragraphs"][0] in text
