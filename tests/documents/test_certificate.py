"""The certificate: the real thing, and everything that must not be taken for it."""

import dataclasses
import datetime
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from kaasav.assessment.round import Signatory
from kaasav.catalogue.model import Tier
from kaasav.documents import certificate
from kaasav.documents.award import Award
from kaasav.documents.certificate import TEMPLATE, context, recipe
from kaasav.documents.coverage import printable
from kaasav.documents.source import Source
from kaasav.documents.template import find
from kaasav.language import LANGUAGES, use
from kaasav.problems import Refused

from . import pdfs
from .hostile import HOSTILE


def made(source: Source, award: Award | None = None, **more: Any) -> bytes:
    return recipe(source, award, find(TEMPLATE, "en", None), **more).render()


def test_the_real_thing_says_who_what_when_and_how_to_check(real: Any, award: Award) -> None:
    content = made(real(), award)
    hash_ = real().hash
    grouped = " ".join(hash_[at : at + 8] for at in range(0, 64, 8))
    assert pdfs.copied(content) == (
        "Certificate Rõuge vald holds the label Inclusive municipality "
        "Awarded on 12 November 2026 (minutes 5) by the criteria catalogue “Inclusive municipality” 2026.1. "
        "Number KO-2026-007 Valid 15 November 2026 – 14 November 2029 Issued by Fictional Label Chamber "
        "Criteria catalogue Inclusive municipality 2026.1 Signature Helve Haldur director "
        f"Recorded result, SHA-256 {grouped} Check https://margisekoda.example/register/KO-2026-007"
    )
    assert pdfs.about(content) == {
        "language": "en",
        "title": "Certificate: Inclusive municipality, Rõuge vald",
        "author": "Fictional Label Chamber",
    }
    assert pdfs.scanned(content) == ["https://margisekoda.example/register/KO-2026-007"]


def test_the_sample_is_marked_wherever_somebody_could_look(source: Source) -> None:
    content = made(source)
    text = pdfs.copied(content)
    assert text.startswith(
        "SAMPLE · PROPOSAL The municipality is fictional and serves for training. "
        "The criteria catalogue is a proposal its owner has not approved. "
        "Certificate Näidisvald sample of the certificate for Inclusive municipality "
        "Nothing has been awarded: number and dates come from the decision."
    )
    assert "Number comes from the decision Valid come from the decision" in text
    assert "holds the label" not in text
    assert pdfs.about(content)["title"].startswith("SAMPLE · PROPOSAL · ")
    (scanned,) = pdfs.scanned(content)
    assert scanned.split("\n") == ["SAMPLE", "PROPOSAL", "Certificate", f"SHA-256 {source.hash}"]


def test_no_part_of_a_sample_looks_like_the_real_thing_even_photocopied(real: Any, award: Award) -> None:
    """Cut into pieces and copied in black and white, every piece of the page differs from the real certificate's."""
    size = (12, 8)

    def grey(content: bytes) -> Image.Image:
        return (
            pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("L").point(lambda dot: dot < 225 and 255)
        )

    real_one, proposal = grey(made(real(), award)), grey(made(real(status="proposal"), award))
    width, height = real_one.width // size[0], real_one.height // size[1]
    same = []
    for column in range(size[0] - 1):
        for row in range(size[1] - 1):
            place = (column * width, row * height, (column + 2) * width, (row + 2) * height)
            same += [place] if real_one.crop(place) == proposal.crop(place) else []
    assert same == []
    assert real_one == grey(made(real(), award))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["real", "sample", "preview"])
def test_it_is_accessible_in_both_languages(real: Any, source: Source, award: Award, language: str, kind: str) -> None:
    use(language)
    one = {"real": real(), "sample": source, "preview": real(training=True, result={"status": "preview"})}[kind]
    content = made(one, award if kind == "real" else None)
    assert pdfs.failures(content) == []
    assert pdfs.pages(content) == 1
    assert pdfs.about(content)["language"] == language
    found = pdfs.elements(content)
    told = [one.kind for one in found if one.kind not in ("Document", "Div")]
    facts = 4 * ["P", "P"]
    band, address = ([], ["P"]) if kind == "real" else (["P", "P"], [])
    assert told == [*band, "H1", "P", "P", "P", "P", *facts, "P", "P", "P", "Figure", "P", *address]
    (figure,) = (one for one in found if one.kind == "Figure")
    assert figure.alt.startswith({"et": "QR-kood: ", "en": "QR code: "}[language])
    embedded = pdfs.fonts(content)
    assert {"OpenSans", "OpenSans-Bold", "OpenSans-Semibold", "LibertinusSerif-Regular", "DejaVuSansMono"} <= set(
        embedded
    )
    assert all(embedded.values())


def test_it_is_one_landscape_a4_page(real: Any, award: Award) -> None:
    size = pypdfium2.PdfDocument(made(real(), award))[0].get_size()
    assert [round(side * 25.4 / 72) for side in size] == [297, 210]


def test_estonian_says_the_same(real: Any, award: Award) -> None:
    use("et")
    data = context(real(), award)
    assert (data["words"]["certificate"], data["link"], data["tier"]) == (
        "Tunnistus", "kannab märgist", "Kaasav omavalitsus",
    )  # fmt: skip
    assert {one["label"]: one["value"] for one in data["facts"]}["Kehtib"] == "15.11.2026 – 14.11.2029"
    assert context(real(training=True), None)["marks"] == ["NÄIDIS"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_breaks_it_disappears_or_is_run(real: Any, award: Award, text: str) -> None:
    words = {"et": text, "en": text}
    tier = Tier(id="t", title=words, conditions=("total",))
    source = real(
        text,
        issuer={"name": words, "signatory": Signatory(name=text, position=words), "public_register": None},
        title=words,
        award_rule=real().catalogue.award_rule.model_copy(update={"tiers": (tier,)}),
    )
    decided = Award(text, "t", award.decided_on, award.valid_from, award.valid_to, text)
    content = made(source, decided)
    assert pdfs.failures(content) == []
    assert pdfs.pages(content) == 1
    said, shown = _bare(pdfs.copied(content)), _bare(printable(text))
    # the name, tier, protocol, catalogue twice, number, issuer and who signs, with the position
    assert said.count(shown) >= 9


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and sign not in "\u00ad\u200b\ufffe-\u2010")


RING = 179 * 72 / 25.4
"""Where the ring begins, in points from the left."""


@given(st.text(min_size=1, max_size=300))
@example("0K𐂠Æ\x0eÐ\U00047a00")  # written out, nearly as long as a word that may break
@example("W" * 40)
@settings(max_examples=12, deadline=None)
def test_any_name_is_one_page_and_stays_inside_it(real: Any, award: Award, name: str) -> None:
    content = made(real(name, status="proposal"), award)
    assert pdfs.pages(content) == 1
    ((width, height),) = (one.get_size() for one in pypdfium2.PdfDocument(content))
    texts = pypdfium2.PdfDocument(content)[0].get_textpage()
    for index in range(texts.count_chars()):
        left, bottom, right, top = texts.get_charbox(index)
        assert 0 <= left <= right <= width, index
        assert 0 <= bottom <= top <= height, index
    whole = texts.get_text_range()
    for index in range(whole.index("Certificate"), whole.index("holds the label")):
        assert texts.get_charbox(index)[2] < RING, "the name runs into the ring"


def test_a_long_name_is_set_smaller_and_keeps_clear_of_the_rest(real: Any, award: Award) -> None:
    heights = []
    for name in ("Rõuge vald", "Väga pika nimega vald " * 14):
        texts = pypdfium2.PdfDocument(made(real(name), award))[0].get_textpage()
        whole = texts.get_text_range()
        first, link = whole.index(name[:5]), whole.index("holds")
        heights.append(texts.get_charbox(first)[3] - texts.get_charbox(first)[1])
        last = link - 1
        while whole[last].isspace():
            last -= 1
        assert texts.get_charbox(last)[1] > texts.get_charbox(link)[3]
    assert heights[0] > 2 * heights[1] > 0


RENDER = """
import sys
from hashlib import sha256
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from kaasav.assessment.assess import Shelf, assess
from kaasav.documents.certificate import TEMPLATE, recipe
from kaasav.documents.source import Sources
from kaasav.documents.template import find
from kaasav.language import use
from kaasav.plain import digest
from kaasav.workspace.place import Workspace
use("et")
root = Path(sys.argv[2])
one = assess(root / "assessments/2026/tammemae", "tammemae", Shelf(Workspace(root)))
blobs = {sha256(content).hexdigest(): content for content in one.inputs.values()}
source = Sources().source(digest(one.record), one.record, blobs.__getitem__)
sys.stdout.write(sha256(recipe(source, None, find(TEMPLATE, "et", None)).render()).hexdigest())
"""


def test_another_process_clock_time_zone_and_locale_give_the_same_bytes(example: Path) -> None:
    digests = []
    for seed, zone, locale in (("1", "Pacific/Kiritimati", "C"), ("2", "Pacific/Pago_Pago", "et_EE.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        source = str(Path(certificate.__file__).parents[2])
        ended = subprocess.run(
            [sys.executable, "-c", RENDER, source, str(example)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.append(ended.stdout)
        time.sleep(1.1)  # files are dated to the second
    assert len(digests[0]) == 64
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("register", "number", "code"),
    [
        ("https://a.example/r", "KO/2026 7", "https://a.example/r/KO%2F2026%207"),
        ("https://a.example/r/", "KO-1", "https://a.example/r/KO-1"),
        ("https://a.example", "../ä", "https://a.example/..%2F%C3%A4"),
        (None, "KO-1", "Certificate KO-1\nSHA-256 {hash}"),
    ],
)
def test_the_code_leads_to_the_register_or_says_number_and_hash(
    real: Any, award: Award, register: str | None, number: str, code: str
) -> None:
    decided = Award(number, award.tier, award.decided_on, award.valid_from, award.valid_to)
    source = real(issuer={"public_register": register})
    assert pdfs.scanned(made(source, decided)) == [code.format(hash=source.hash)]
    assert context(source, decided)["address"] == (code if register else "")


def test_a_round_that_names_nobody_leaves_the_places_empty(real: Any, award: Award) -> None:
    bare = real().submission.round.model_copy(update={"issuer": None})
    source = dataclasses.replace(real(), submission=dataclasses.replace(real().submission, round=bare))
    data = context(source, award)
    assert {one["label"]: one["value"] for one in data["facts"]}["Issued by"] == "–"
    assert data["signatory"] == {"name": "", "position": ""}
    assert pdfs.failures(made(source, award)) == []


def tiers(real: Any, *states: str | None) -> Source:
    """The same with several tiers, from the first to the highest, each in its state."""
    rule = real().catalogue.award_rule
    known = tuple(
        Tier(id=f"t{index}", title={"et": f"Aste {index}", "en": f"Tier {index}"}, conditions=("total",))
        for index in range(len(states))
    )
    result = {"tiers": [{**real().result["tiers"][0], "id": f"t{i}", "state": state} for i, state in enumerate(states)]}
    found: Source = real(result=result, award_rule=rule.model_copy(update={"tiers": known}))
    return found


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("met", "met", "not_met"), "t1"),
        (("met", "open", "open"), "t0"),
        (("not_met", "not_met"), "t0"),
        ((None, None), "t0"),
    ],
)
def test_a_sample_shows_the_highest_tier_met_else_the_first(
    real: Any, states: tuple[str | None, ...], expected: str
) -> None:
    source = tiers(real, *states)
    assert certificate.shown_tier(source) == expected
    assert context(source, None)["tier"] == f"Tier {expected[1]}"


def test_an_award_names_its_own_tier_and_a_sample_the_one_asked_for(real: Any, award: Award) -> None:
    source = tiers(real, "met", "met")
    decided = Award("1", "t0", award.decided_on, award.valid_from, award.valid_to)
    assert context(source, decided)["tier"] == "Tier 0"
    assert context(source, None, tier="t0")["tier"] == "Tier 0"


def test_an_unknown_tier_is_refused_with_those_there_are(source: Source) -> None:
    for asked, hint in (
        ("kaasav_omavalitus", "did you mean “kaasav_omavalitsus”?"),
        ("x", "its tiers: kaasav_omavalitsus"),
    ):
        with pytest.raises(Refused) as refused:
            context(source, None, tier=asked)
        assert refused.value.problems[0].hint == hint


def test_a_sample_never_says_that_conditions_are_met(sources: Any) -> None:
    for source in sources.values():
        data = context(source, None)
        assert data["link"] == "sample of the certificate for"
        assert data["statement"].startswith("Nothing has been awarded")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("met", None),
        ("not_met", "The conditions of this tier are not met."),
        ("open", "It is still open whether the conditions of this tier are met."),
        (None, "Whether the conditions of this tier are met is not decided: the assessment is not complete."),
    ],
)
def test_a_sample_says_where_conditions_of_its_tier_are_not_met(
    real: Any, award: Award, state: str | None, said: str | None
) -> None:
    source = tiers(real, "met", state)
    statement = context(source, None, tier="t1")["statement"]
    assert statement.endswith(said or "2026.1.")
    assert ("onditions" in statement) == (said is not None)
    assert "onditions" not in context(source, None, tier="t0")["statement"]
    decided = Award("1", "t1", award.decided_on, award.valid_from, award.valid_to)
    assert "onditions" not in context(source, decided)["statement"]
    if said:
        assert said in pdfs.copied(made(source, tier="t1"))


def test_a_preview_says_that_nothing_is_decided(real: Any) -> None:
    source = tiers(real, None)
    source = dataclasses.replace(source, record={**source.record, "result": {**source.result, "status": "preview"}})
    said = "Whether the conditions of this tier are met is not decided: this is a preview."
    assert context(source, None)["statement"].endswith(said)


def test_the_date_in_the_file_is_the_decisions_else_the_rounds_end(real: Any, award: Award) -> None:
    def day(content: bytes) -> str:
        return str(pypdfium2.PdfDocument(content).get_metadata_dict()["CreationDate"])[:10]

    assert day(made(real(), award)) == "D:20261112"
    assert day(made(real())) == "D:20261031"


def test_its_recipe_knows_what_it_is_made_of(real: Any, award: Award) -> None:
    template = find(TEMPLATE, "en", None)
    one = recipe(real(), award, template)
    assert (one.document, one.format, one.language, one.result) == ("certificate", "pdf", "en", real().hash)
    assert set(one.versions) == {"kaasav", "typst", "segno"}
    later = dataclasses.replace(award, valid_to=datetime.date(2030, 1, 1))
    digests = {one.digest, recipe(real(), None, template).digest, recipe(real(), later, template).digest}
    assert len(digests) == 3


def test_the_ring_is_the_catalogues_dimensions(source: Source) -> None:
    drawn = ElementTree.fromstring(context(source, None)["ring"])
    dots = [one for one in drawn.iter() if one.tag.endswith("circle")]
    assert len(dots) == len(source.catalogue.rated) + 2
