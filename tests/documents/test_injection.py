"""Nothing a municipality writes is run, lost, or taken for a part of a document: it comes out as any other text does."""

import datetime
import re
from collections.abc import Callable, Mapping

import pytest
from lxml import html as parser

from kaasav.documents import certificate, paper
from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.recipe import recipe as award_list
from kaasav.documents.coverage import printable
from kaasav.documents.letter import word
from kaasav.documents.letter.context import context
from kaasav.documents.report.recipes import recipes
from kaasav.documents.source import Source
from kaasav.documents.template import find
from kaasav.documents.xmltext import written_out

from . import pdfs
from .letter.conftest import texts
from .report.conftest import Gather, gathered, recorded
from .spoilt import spoilt

__all__ = ["gathered", "recorded"]
DAY = datetime.date(2026, 10, 31)
TWIN = "Qwertzuiop"
"""A text that harms nobody: what is done with it is done with the others."""
HOSTILE = (
    '#read("/etc/passwd") #panic("x") *b* $x$ <l> @r',
    "{{ 7*7 }}{% include '/etc/passwd' %}{# c #}",
    "</p><script>alert(7*7)</script><img src=x onerror=a>",
    "</w:t></w:r><w:br/>&#65;&amp;]]><!--",
    "[[x]](javascript:alert(1)) <svg onload=a>",
)
SHOWN = {(kind, "kuuseranna"): 3 for kind in ("letter pdf", "letter docx", "report pdf", "report html", "report docx")}
"""How often it is there at least: more than as a name, for the titles and ids of evidence nobody could settle."""
Make = Callable[[Source], str]


def words(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\x02-]", "", text)


@pytest.fixture
def documents(gathered: Gather) -> Mapping[str, Make]:
    """Each document of a source as the text a person finds in it, without spaces and hyphens."""

    def report(source: Source, format_: str) -> bytes:
        return recipes(gathered(source, round_=()), None, [format_])[0].render()

    def pdf(content: bytes) -> str:
        assert pdfs.failures(content) == []
        return pdfs.copied(content)

    def page(content: bytes) -> str:
        found = parser.fromstring(content)
        assert not found.xpath("//script | //img | //l | //svg[@onload] | //*[@onerror]")
        for aside in found.xpath("//style | //svg | //comment()"):
            aside.drop_tree()
        return str(found.text_content())

    def made(source: Source, kind: str) -> str:
        match kind:
            case "certificate":
                return pdf(certificate.recipe(source, None, find("certificate.typ", "en", None)).render())
            case "letter pdf":
                return pdf(paper.pdf(find("letter.typ", "en", None), context(source), day=DAY))
            case "letter docx":
                return texts(word.letter(find("letter.docx", "en", None), context(source), day=DAY))
            case "report pdf":
                return pdf(report(source, "pdf"))
            case "report html":
                return page(report(source, "html"))
            case "report docx":
                return texts(report(source, "docx"))
        return page(award_list(listing([source]), "html").render())

    kinds = ("certificate", "letter pdf", "letter docx", "report pdf", "report html", "report docx", "award list")
    return {kind: lambda source, kind=kind: made(source, kind) for kind in kinds}


@pytest.mark.parametrize("folder", ["tammemae", "kuuseranna"])
@pytest.mark.parametrize(
    "kind", ["certificate", "letter pdf", "letter docx", "report pdf", "report html", "report docx", "award list"]
)
def test_every_text_comes_out_as_a_harmless_one_does(
    sources: Mapping[str, Source], documents: Mapping[str, Make], folder: str, kind: str
) -> None:
    plain = words(documents[kind](spoilt(sources[folder], TWIN)))
    assert plain.count(TWIN) >= SHOWN.get((kind, folder), 1)
    for text in HOSTILE if kind != "report docx" else HOSTILE[3:4]:  # its charts take long
        found = words(documents[kind](spoilt(sources[folder], text)))
        shown = printable(text) if "pdf" in kind or kind == "certificate" else written_out(text)
        feet = found.count("·Result") - plain.count("·Result")  # the foot of one page more names it once more
        assert found.count(words(shown)) - feet == plain.count(TWIN), text
        rest = found.replace(words(shown), TWIN)
        if kind != "report pdf":  # other page breaks repeat other heads of tables
            assert sorted(rest) == sorted(plain)  # lines on two pages may come in another order
        assert "root:" not in rest
