import datetime
import time

import pytest

from kaasav.evidence.passage import find
from kaasav.evidence.text import html
from kaasav.evidence.text.html import read
from kaasav.evidence.text.pages import NoTextError, Why

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Pealkiri</title>
<meta property="article:published_time" content="2025-03-04T10:00:00+02:00"><style>p {{ color: red }}</style></head>
<body><h1>Kaasamise uudis</h1><p>Kaa<b>sa</b>mine<br>on <i>õige</i> asi</p><script>var x = "<p>skript";</script>
<template><p>mall</p></template><noscript>lülita sisse</noscript><table><tr><td>Osalejaid<td>34</table>
<div hidden>peidus <input value="a"> ka</div><div style="display: none">ka peidus</div>
<p>R&amp;D &otilde;hk hin&shy;damine
</body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("windows-1257", "windows-1257"),
                                                   ("iso-8859-15", "iso-8859-15"), ("olematu", "utf-8"),
                                                   ("hex", "utf-8"), ("windows-1257", "utf-8-sig")])  # fmt: skip
def test_visible_text_in_the_declared_encoding(charset, encoding):
    pages = read(PAGE.format(charset=charset).encode(encoding))
    assert (pages.paged, pages.created) == (False, datetime.date(2025, 3, 4))
    for passage in ("Kaasamise uudis", "Kaasamine on õige asi", "Osalejaid 34", "R&D õhk hindamine"):
        assert find(passage, pages.texts) == (1,), passage
    for passage in ("Pealkiri", "skript", "mall", "lülita", "peidus", "color"):
        assert find(passage, pages.texts) == (), passage


def test_no_encoding_declared():
    for encoding in ("utf-8", "windows-1257", "utf-16"):
        assert find("öö ja õhk", read("<p>öö ja õhk šž".encode(encoding)).texts) == (1,)


def test_hidden_elements_left_open_and_stray_ends():
    assert find("nähtav", read("<p hidden>peidus<p>nähtav</div></p>".encode()).texts) == (1,)
    assert find("nähtav", read("<input hidden><br hidden>nähtav".encode()).texts) == (1,)


@pytest.mark.parametrize(
    "hostile",
    [b"<div>" * 200_000, b"<p>" * 500_000, b"<a b=" * 200_000, b"<!--" * 200_000, b"&" * 500_000, b"</p>" * 200_000,
     b"<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]>&c;"],
)  # fmt: skip
def test_hostile_pages_are_read_in_time(hostile):
    started = time.perf_counter()
    read(hostile + b"<p>tere")
    assert time.perf_counter() - started < 5


def test_deep_nesting_loses_no_text():
    assert find("sees lõpp", read(b"<div>" * 50_000 + b"sees" + b"</div>" * 50_000 + "lõpp".encode()).texts)


def test_too_large(monkeypatch):
    monkeypatch.setattr(html, "MOST_BYTES", 20)
    assert read(b"<p>tere")
    with pytest.raises(NoTextError) as refused:
        read(b"<p>tere tere tere tere")
    assert refused.value.why is Why.TOO_LARGE
