"""One page that stands alone: its structure, its texts, and what a browser makes of hostile names."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html as parser

from kaasav import language
from kaasav.documents.awardlist.cells import shown
from kaasav.documents.awardlist.context import listing
from kaasav.documents.awardlist.html import write


def page(content):
    return parser.fromstring(content)


def test_it_stands_alone(listed):
    text = write(listed).decode("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert not re.findall(r"<script|\son\w+=|https?://|url\(|@import|<link|<img|<iframe", text)


def test_a_screen_reader_finds_its_way(listed):
    found = page(write(listed))
    assert found.get("lang") == "en"
    assert found.xpath("//h1/text()") == ["Proposals for awards: Example round 2026"]
    assert found.xpath("//title/text()") == ["Proposals for awards: Example round 2026"]
    for table in found.xpath("//table"):
        assert table.xpath("./caption/text()")
        assert all(one.get("scope") == "col" for one in table.xpath("./thead//th"))
        for row in table.xpath("./tbody/tr"):
            assert len(row.xpath("./th[@scope='row']")) == 1
            assert len(row) == len(table.xpath("./thead//th"))
    assert all(one.get("tabindex") == "0" and one.get("aria-labelledby") for one in found.xpath("//*[@role='region']"))
    ids = found.xpath("//@id")
    assert len(set(ids)) == len(ids)


def test_the_answer_is_said_in_words_beside_its_colour(listed):
    states = page(write(listed)).xpath("//span[contains(@class, 'state')]")
    assert [(one.get("class"), one.text) for one in states] == [
        ("state met", "conditions met"), ("state open", "open"), ("state not-met", "conditions not met"),
    ]  # fmt: skip


def test_hostile_names_are_texts(hostile):
    found = page(write(hostile))
    assert not found.xpath("//script")
    told = [one.text_content() for one in found.xpath("(//table)[1]/tbody/tr/th")]
    assert told == [shown(row.cells["municipality"]) for row in hostile.rows]


def test_in_estonian_it_says_so(sources):
    with language.using("et"):
        assert page(write(listing(list(sources.values())))).get("lang") == "et"


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_colours_is_readable_light_and_dark(listed):
    style = page(write(listed)).xpath("string(//style)")
    for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]:
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        pairs = [("ink", "paper"), ("soft", "paper"), ("ink", "stripe"), ("on-accent", "accent"), ("on-mark", "mark")]
        pairs += [("on-met", "met"), ("on-open", "open"), ("on-not", "not")]
        for ink, ground in pairs:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("name", ["hostile", "listed"])
def test_a_browser_shows_the_same(request, name, tmp_path: Path):
    found = request.getfixturevalue(name)
    file = tmp_path / "list.html"
    file.write_bytes(write(found))
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    command = [
        shutil.which("chromium") or "chromium",
        *flags.split(),
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    dom = parser.fromstring(done.stdout.decode("utf-8"))
    assert dom.xpath("//title/text()") == [found.title]
    told = [one.text_content() for one in dom.xpath("(//table)[1]/tbody/tr/th")]
    assert told == [shown(row.cells["municipality"]) for row in found.rows]
