import datetime

import pytest
from samples import mails, packages

from kaasav.evidence.passage import find
from kaasav.evidence.text import mhtml, readers
from kaasav.evidence.text.pages import NoTextError, Why


@pytest.mark.parametrize("kind", ["eml", "msg"])
def test_of_a_mail_its_head_and_its_text_are_read(kind):
    data = getattr(mails, kind)("Küla kinnitus", "Meiega arutati läbi.", {"a.txt": b"manuses"})
    pages = readers.read(kind, data)
    assert (pages.paged, pages.created) == (False, datetime.date(2026, 3, 12))
    for passage in ("Küla kinnitus", "Meiega arutati läbi", "mari@naidisvald.naidis", "2026-03-12"):
        assert find(passage, pages.texts), passage
    assert not find("manuses", pages.texts)


@pytest.mark.parametrize(("kind", "data"), [("eml", b"a: b\r\n" * 100_000), ("msg", b"x"), ("mhtml", b"a: b\r\n\r\nx")])
def test_mails_that_are_refused(kind, data):
    with pytest.raises(NoTextError) as refused:
        readers.read(kind, data)
    assert refused.value.why is Why.DAMAGED


@pytest.mark.parametrize("charset", ["utf-8", "windows-1257"])
def test_a_web_page_saved_whole(charset):
    pages = mhtml.read(packages.mhtml("<title>Leht</title><p>Räägi <b>kaasa</b></p><script>peidus()</script>", charset))
    assert find("Räägi kaasa", pages.texts)
    assert "peidus" not in pages.texts[0]
