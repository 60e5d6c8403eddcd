"""What is proposed for papers that try to mislead: nothing, with the reason, rather than something wrong."""

import datetime
from typing import Any

import pytest

from kaasav.catalogue.model import Catalogue
from kaasav.intake.propose.paper import MailHead, Paper
from kaasav.intake.propose.proposal import Proposal, Proposer


@pytest.fixture(scope="module")
def proposer(catalogue: Catalogue) -> Proposer:
    return Proposer(catalogue)


@pytest.fixture
def propose(proposer: Proposer) -> Any:
    def make(name: str, text: str = "", type_: str = "pdf", **more: Any) -> Proposal:
        return proposer.propose(Paper(name, type_, (text,) if text else (), **more))

    return make


OTSUS = "Näidisvalla Volikogu\nOTSUS\n{line}\nKülade tunnustamine\nVolikogu otsustab: tunnustada."


@pytest.mark.parametrize(
    ("line", "date", "number"),
    [
        ("Allika 12. märts 2025 nr 27", "2025-03-12", "27"),
        ("12.03.2025 nr 1-3/27", "2025-03-12", "1-3/27"),
        ("Allika, ... märts 2025 nr ...", "", ""),
        ("12.03.25 nr 27", "", "27"),
        ("12. või 13. märts 2025 nr 27", "", "27"),
    ],
)
def test_a_decision(propose: Any, line: str, date: str, number: str) -> None:
    p = propose("x.pdf", OTSUS.format(line=line))
    assert (p.kind.value, p.date.value) == ("volikogu_otsus", date)
    assert p.date.reason
    if date:
        assert p.number.value == number
        assert p.issuer.value == "Näidisvalla Volikogu"


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        # another act is spoken of
        ("x.pdf", "Volikogu\nOTSUS\nVolikogu 01.02.2020 otsuse nr 5 muutmine\n1. Muuta otsust.", ""),
        # the letter answered, and the letter itself
        ("x.pdf", "Ülejõe Selts\nTeie 11.02.2026 nr 1\nMeie 05.03.2026 nr 6-2/14\nVastus", "2026-03-05"),
        ("x.pdf", "Ülejõe Selts\nTeie 11.02.2026 nr 1 Meie 05.03.2026 nr 6-2/14\nVastus", "2026-03-05"),
        # a deadline is no date of the paper
        ("x.pdf", "Pakkumuskutse\nTähtaeg: 10.06.2025\nHankija palub", ""),
        # the minutes were signed later than the meeting
        ("x.pdf", "Koosoleku protokoll\nOsalesid kolm\n" + "Arutati asju.\n" * 30 + "20.03.2026", ""),
        # name and text do not agree
        ("protokoll 19.03.2026.pdf", "Koosoleku protokoll\nAllika, 20.03.2026\nPäevakord: teed", ""),
        ("protokoll 19.03.2026.pdf", "Koosoleku protokoll\nAllika, 19.03.2026\nPäevakord: teed", "2026-03-19"),
        # two meetings in one paper
        ("x.pdf", "Koosolekute protokoll\n19.03.2026\nPäevakord: teed\n26.03.2026\nPäevakord: pargid", ""),
        # an item of the agenda, an update, a span
        ("x.pdf", "Koosoleku protokoll\nPäevakord\n1. Koosoleku protokoll 12.02.2026\n2. Teed", ""),
        ("x.pdf", "Koosoleku protokoll\n12. veebruar 2026\n1. Eelmise protokolli 10.01.2026 kinnitamine", "2026-02-12"),
        ("x.pdf", "Hindamisaruanne\nKoostatud 2023, muudetud 12.03.2025\nHinnati", ""),
        ("x.pdf", "Hindamisaruanne\nKoostatud: 12.03.2025, muudetud 14.03.2025\nHinnati", "2025-03-12"),
        ("x.pdf", "Koosoleku protokoll\nAeg: 12.–14. märts 2025\nPäevakord", ""),
        (
            "x.pdf",
            "Koosoleku protokoll\nAeg ja koht: Allika rahvamaja, 12. märts 2025 kell 18\nPäevakord",
            "2025-03-12",
        ),
        ("x.pdf", "Projekti lõpparuanne\n01.02.25\nProjekti tulemused", ""),
        ("x.pdf", "Projekti lõpparuanne\nmärts 2025\nProjekti tulemused", ""),
        # a scan's name tells of the scanning
        ("scan_20260319.pdf", "", ""),
        ("protokoll_2026-03-19.pdf", "", "2026-03-19"),
        # a page is of the day it was saved, whatever dates stand on it
        ("leht.html", "Avaleht\n12.10.2026\nArutelu koduleht", ""),
        ("leht.html", "Avaleht\nKoduleht, salvestatud 26.08.2026\nArutelu 12.10.2026", "2026-08-26"),
    ],
)
def test_whose_date_it_is(propose: Any, name: str, text: str, date: str) -> None:
    p = propose(name, text, "html" if name.endswith("html") else "pdf")
    assert p.date.value == date
    assert p.date.reason


def test_properties_and_signatures_are_hints_and_never_more(propose: Any) -> None:
    day = datetime.date(2025, 3, 13)
    p = propose("otsus.pdf", "Volikogu\nOTSUS\n(kuupäev digiallkirjas)\nKülad", created=day, signed_on=(day,))
    assert p.date.value == ""
    assert len(p.date.others) == 2


def test_a_mail_has_the_date_of_its_header(propose: Any) -> None:
    head = MailHead("Mari", "Koosolek 19.03.2026", datetime.date(2026, 3, 12))
    p = propose("x.eml", "Tere, kohtume 19.03.2026.", "eml", mail=head)
    assert (p.kind.value, p.date.value, p.title.value, p.issuer.value) == (
        "e_kiri",
        "2026-03-12",
        "Koosolek 19.03.2026",
        "Mari",
    )


TEATAJA = """Väljaandja:\tNäidisvalla Volikogu
Akti liik:\tmäärus
Teksti liik:\tterviktekst
Redaktsiooni jõustumise kp:\t01.02.2025
Redaktsiooni kehtivuse lõpp:\t{end}
Avaldamismärge:\tRT IV, 29.01.2025, 14
{title}
Vastu võetud 23.05.2023 nr 19
RT IV, 31.05.2023, 6
jõustumine 03.06.2023"""


@pytest.mark.parametrize(("end", "to"), [("Hetkel kehtiv", ""), ("31.12.2026", "2026-12-31")])
def test_riigi_teataja(propose: Any, end: str, to: str) -> None:
    p = propose("akt.html", TEATAJA.format(end=end, title="Kaasamise kord"), "html")
    assert (p.kind.value, p.title.value, p.issuer.value, p.number.value) == (
        "kaasamise_kord", "Kaasamise kord", "Näidisvalla Volikogu", "19")  # fmt: skip
    assert (p.date.value, p.from_.value, p.to.value) == ("2023-05-23", "2025-02-01", to)


def test_an_act_with_a_title_of_no_kind_is_what_its_header_says(propose: Any) -> None:
    assert (
        propose("akt.html", TEATAJA.format(end="", title="Koerte pidamise eeskiri"), "html").kind.value
        == "volikogu_maarus"
    )


def test_nothing_to_go_by_proposes_nothing_and_says_so(propose: Any) -> None:
    p = propose("dok17.pdf")
    assert (p.kind.value, p.date.value, p.criteria) == ("", "", ())
    assert p.kind.reason
    assert p.title.value


def test_criteria_accept_the_kind(propose: Any, catalogue: Catalogue) -> None:
    p = propose(
        "protokoll.docx",
        "Kogukonnakogu koosoleku protokoll\nPäevakord: külavanemate roll ja kaasamine\nKüla- ja alevikuvanemad esitasid ettepanekud, vanemate kokkusaamine vallavanemaga kord kvartalis",
        "docx",
    )
    assert p.criteria
    for one in p.criteria:
        assert "protokoll" in catalogue.by_id[one.criterion].evidence.accepts  # type: ignore[union-attr]
        assert one.reason


def test_a_very_long_text_takes_no_longer_than_its_ends(propose: Any) -> None:
    p = propose("x.txt", "Koosoleku protokoll\n19.03.2026\n" + "a" * 20_000_000, "txt")
    assert p.date.value == "2026-03-19"
