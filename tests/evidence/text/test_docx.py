import datetime
import io
import time
import zipfile

import docx
import pytest

from kaasav.evidence.passage import find
from kaasav.evidence.text import package
from kaasav.evidence.text.docx import read
from kaasav.evidence.text.pages import NoTextError, Why


def text(data: bytes) -> str:
    return read(data).texts[0]


def refusal(data: bytes) -> tuple[Why, str]:
    with pytest.raises(NoTextError) as refused:
        read(data)
    return refused.value.why, refused.value.detail


def test_a_document_as_python_docx_writes_it(make):
    document = docx.Document()
    document.add_heading("Kaasamise kava")
    document.add_paragraph("Esimene lõik.").add_run(" Ja edasi.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Osalejaid", "34"
    document.sections[0].header.paragraphs[0].text = "Päis"
    document.sections[0].footer.paragraphs[0].text = "Jalus"
    document.core_properties.created = datetime.datetime(2025, 3, 4, 23, 30)
    pages = read(make.saved(document))
    assert (pages.paged, pages.created, len(pages.texts)) == (False, datetime.date(2025, 3, 4), 1)
    for passage in ("Kaasamise kava", "Esimene lõik. Ja edasi.", "Osalejaid 34", "Päis", "Jalus"):
        assert find(passage, pages.texts), passage


def test_everything_people_see_and_nothing_deleted(make):
    body = """
      <w:p><w:r><w:t>Oma</w:t></w:r><w:r><w:t>valitsus</w:t></w:r>
        <mc:AlternateContent>
          <mc:Choice><w:txbxContent><w:p><w:r><w:t>Kast keskel</w:t></w:r></w:p></w:txbxContent></mc:Choice>
          <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Kast keskel</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
        </mc:AlternateContent>
        <w:r><w:t xml:space="preserve"> kaasab </w:t></w:r>
        <w:del><w:r><w:delText>vähe </w:delText><w:t>ka see on läinud</w:t></w:r></w:del>
        <w:ins><w:r><w:t>palju</w:t></w:r></w:ins>
        <w:moveFrom><w:r><w:t>ära viidud</w:t></w:r></w:moveFrom></w:p>
      <w:p><w:pPr><w:tabs><w:tab w:pos="9"/></w:tabs><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>kaasa</w:t></w:r></w:p>
      <w:p><w:r><w:t>mine</w:t><w:tab/><w:t>nüüd</w:t><w:br/><w:t>rida</w:t></w:r></w:p>
      <w:p><w:r><w:t>Ida</w:t><w:noBreakHyphen/><w:t>Virumaa hin</w:t><w:softHyphen/><w:t>damine</w:t></w:r></w:p>
      <w:sdt><w:sdtContent><w:p><w:r><w:t>Väli</w:t><w:instrText>DATE</w:instrText></w:r></w:p></w:sdtContent></w:sdt>"""
    data = make.word(
        body,
        footnotes="<w:footnote><w:p><w:r><w:t>Allmärkus</w:t></w:r></w:p></w:footnote>",
        endnotes="<w:endnote><w:p><w:r><w:t>Lõpumärkus</w:t></w:r></w:p></w:endnote>",
        header2="<w:p><w:r><w:t>Teine päis</w:t></w:r></w:p>",
    )
    seen = text(data)
    for passage in ("Omavalitsus kaasab palju", "Kast keskel", "kaasamine nüüd rida", "Ida-Virumaa hindamine", "Väli",
                    "Allmärkus", "Lõpumärkus", "Teine päis"):  # fmt: skip
        assert find(passage, [seen]), passage
    for passage in ("vähe", "läinud", "ära viidud", "DATE"):
        assert not find(passage, [seen]), passage
    assert seen.count("Kast keskel") == 1


BOMB = "<!DOCTYPE w [<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {b} '{'&' + a + ';' * 1}{('&' + a + ';') * 9}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (BOMB, "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"),
        ('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
        ('<!DOCTYPE w SYSTEM "http://example.org/w.dtd">', "<w:p/>"),
        ("<!DOCTYPE w>", "<w:p/>"),
    ],
)
def test_entities_are_refused_before_they_unfold(make, before, body):
    started = time.perf_counter()
    assert refusal(make.word(body, before=before)) == (Why.BOMB, "entities")
    assert time.perf_counter() - started < 2


def test_their_good_twins(make):
    assert text(make.word("<w:p><w:r><w:t>R&amp;D &#245;hk</w:t></w:r></w:p>", before="<!-- &i; -->")) == "R&D õhk\n"


def test_entities_in_another_encoding_are_refused_too(make):
    part = f"<!DOCTYPE w [<!ENTITY a 'x'>]><w:document xmlns:w='{make.WORD}'/>"
    data = make.replaced(make.word(""), "word/document.xml", part.encode("utf-16"))
    assert refusal(data) == (Why.BOMB, "entities")


def test_a_zip_bomb_is_refused_and_a_long_document_is_not(make):
    bomb = make.word("<w:p><w:r><w:t>" + " " * 10_000_000 + "</w:t></w:r></w:p>")
    assert len(bomb) < 100_000
    assert refusal(bomb) == (Why.BOMB, "zip-bomb")
    words = " ".join(f"sõna{n * 7919 % 100_003}" for n in range(300_000))
    assert find("sõna7919 sõna15838", [text(make.word(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"))])


def test_all_parts_together_are_bounded(make, monkeypatch):
    data = make.word("<w:p/>", header1="<w:p/>" * 100, header2="<w:p/>" * 100)
    assert read(data)
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_500)
    assert refusal(data) == (Why.BOMB, "zip-bomb")


def test_too_many_entries_are_refused_before_they_are_listed(make):
    assert read(make.zip({**_parts(make.word("<w:p/>")), **{f"x{n}": "" for n in range(500)}}))
    crowded = make.word("<w:p/>") + b"PK\x01\x02" * (package.MOST_ENTRIES + 1)
    assert refusal(crowded) == (Why.BOMB, "zip-bomb")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_damaged_documents(make):
    good = make.docx("Tere")
    assert refusal(good[: len(good) // 2])[0] is Why.DAMAGED
    assert refusal(make.zip({"[Content_Types].xml": "<Types/>"}))[0] is Why.DAMAGED
    assert refusal(make.replaced(good, "word/document.xml", "<w:document"))[0] is Why.DAMAGED
    assert refusal(make.zip(_parts(good), method=zipfile.ZIP_BZIP2))[0] is Why.DAMAGED
    at = good.index(b"word/document.xml") + 60
    assert refusal(good[:at] + bytes(b ^ 0x55 for b in good[at : at + 40]) + good[at + 40 :])[0] is Why.DAMAGED
    assert text(good) == "Tere\n"
