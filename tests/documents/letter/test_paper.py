"""The letter as PDF: two pages, accessible, the same bytes anywhere."""

import dataclasses
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pypdfium2
import pytest

from kaasav.documents import apart
from kaasav.documents.award import Award
from kaasav.documents.coverage import printable
from kaasav.documents.fields.field import sample
from kaasav.documents.fields.letter import FIELDS
from kaasav.documents.letter.contact import Contact
from kaasav.documents.letter.context import context
from kaasav.documents.paper import pdf as letter
from kaasav.documents.source import Source
from kaasav.documents.template import Template, find
from kaasav.language import LANGUAGES, use
from kaasav.problems import Refused

from .. import pdfs
from ..hostile import HOSTILE

DAY = datetime.date(2026, 10, 31)


def made(source: Source) -> bytes:
    return letter(find("letter.typ", "en", None), context(source), day=DAY)


def words(text: str) -> str:
    """Text without spaces and the hyphens lines end with, so that breaking lines makes no difference."""
    return "".join("".join(sign for sign in text if sign not in "-\u00ad\ufffe\x02").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["naidisvald", "tammemae", "kuuseranna"])
def test_two_pages_that_every_reader_can_read(sources: Mapping[str, Source], name: str, language: str) -> None:
    use(language)
    content, data = made(sources[name]), context(sources[name])
    assert pdfs.pages(content) <= 2
    assert pdfs.failures(content) == []
    assert pdfs.about(content) == {"language": language, "title": data["title"], "author": data["author"]}
    kinds = [one.kind for one in pdfs.elements(content)]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 6
    assert kinds.count("TH") == 4
    assert kinds.index("H1") < kinds.index("H2") < kinds.index("TH")
    text = words(pdfs.copied(content))
    around = (data["sender"]["name"], data["sender"]["line"], *data["mark_reasons"])
    for repeated in (
        " · ".join(data["marks"]) + ":",
        " · ".join(data["marks"]),
        *around,
        f"{data['words']['page']} 1 / 2",
    ):
        assert words(repeated) in text
        text = text.replace(words(repeated), "")
    told = [
        data["subject"], data["salutation"], *data["opening"], *data["answer"], *data["survey"]["paragraphs"],
        *data["next"]["paragraphs"], *data["appeal"]["paragraphs"], data["signed"], data["drafter"], data["ours"],
        *(one["text"] for one in data["obstacles"]["entries"]), *(one["value"] for one in data["conditions"]),
    ]  # fmt: skip
    assert [one for one in told if words(one) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decided", [True, False])
@pytest.mark.parametrize("folder", ["naidisvald", "tammemae", "kuuseranna"])
def test_names_of_any_length_leave_the_letter_on_two_pages(
    sources: Mapping[str, Source], folder: str, decided: bool, award: Award, language: str
) -> None:
    use(language)
    template = find("letter.typ", language, None)
    for name in ("W" * 300, "Õige pika nimega ühinenud " * 12, "Rõuge vald"):
        source = sources[folder]
        named = dataclasses.replace(
            source, record={**source.record, "municipality": {**source.municipality, "name": name}}
        )
        many = Contact(name[:300], name[:300], "a@b.ee", "\n".join([name[:90]] * 5), name, DAY, name, DAY)
        for contact in (None, many):
            data = context(named, award if decided else None, contact)
            content = letter(template, data, day=DAY)
            assert pdfs.pages(content) == 2
            assert words(name) in words(pdfs.copied(content))


@pytest.mark.parametrize("name", ["Koda", "W" * 300, "Märgise ja kogukonna koda " * 12])
def test_the_issuers_name_stays_on_the_page_and_off_the_mark(real: Any, name: str) -> None:
    data = context(real(training=True, issuer={"name": {"et": name, "en": name}}))
    page = pypdfium2.PdfDocument(letter(find("letter.typ", "en", None), data, day=DAY))[0]
    text = page.get_textpage()
    whole = text.get_text_range()
    mark = whole.index("SAMPLE")
    lowest = text.get_charbox(mark)[3]
    boxes = [text.get_charbox(index) for index in range(mark) if not whole[index].isspace()]
    assert len(boxes) >= len(name.replace(" ", ""))
    for left, bottom, right, top in boxes:
        assert 0 <= left <= right <= page.get_width()
        assert lowest < bottom <= top <= page.get_height()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(real: Any, text: str) -> None:
    content = made(real(text))
    assert pdfs.failures(content) == []
    assert words(printable(text))[:20] in words(pdfs.copied(content))


def test_elsewhere_and_at_another_time_the_same_bytes(source: Source) -> None:
    program = (
        "import sys,json,datetime\nfrom kaasav.documents.paper import pdf as letter\n"
        "from kaasav.documents.template import find\ndata=json.loads(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(letter(find('letter.typ','en',None),data,day=datetime.date(2026,10,31)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(context(source)).encode(), capture_output=True, check=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.stdout == made(source)


def own(text: str) -> Template:
    return Template(
        "letter.typ", f'#import "/kaasav.typ": *\n#show: document-of\n{text}'.encode(), True, "t/letter.typ"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#data.subjekt", "t/letter.typ:3:7"),
        ('#read("/etc/passwd")', "reads a file"),
        ('#import "@preview/x:1.0.0"', "from the network"),
        ("#{ while 1 < 2 { let x = 1 } }", "t/letter.typ:3:10"),
    ],
)
def test_a_mistake_in_an_own_template_is_told(text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        letter(own(text), sample(FIELDS), day=DAY)
    (problem,) = refused.value.problems
    assert said in f"{problem.location} {problem.message}"


def test_an_own_template_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2)
    with pytest.raises(Refused) as refused:
        letter(own("#for a in range(99999) { for b in range(99999) { } }"), sample(FIELDS), day=DAY)
    assert refused.value.problems[0].kind is apart.TOO_SLOW


def test_a_right_own_template_gives_what_the_shipped_one_gives(source: Source) -> None:
    shipped = find("letter.typ", "en", None)
    same = Template(shipped.name, shipped.content, True, "templates/letter.typ")
    assert letter(same, context(source), day=DAY) == made(source)
