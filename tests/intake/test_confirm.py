"""What a person said goes into evidence.yaml; comments, order and hand-written items stay."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kaasav.intake.ledger import read as read_ledger
from kaasav.problems import Forbidden, Refused

OTSUS = (
    "Näidisvalla Volikogu\nOTSUS\n12. märts 2025 nr 27\nKülade tunnustamine\nVolikogu otsustab: tunnustada kogukonnad."
)
MEMO = "Koosoleku memo\n19.03.2026\nPäevakord: teed. Osalesid kõik. Otsustati."


@pytest.fixture
def taken(desk: Any, post: Any) -> Any:
    """Two papers taken in, waiting for a person."""
    desk.intake(post({"a otsus.txt": OTSUS, "b memo.txt": MEMO}))
    return desk


def fill(desk: Any, cells: dict[str, Any], name: str = "intake.xlsx", sheet: int = 0) -> None:
    book = openpyxl.load_workbook(desk.folder / name)
    for cell, value in cells.items():
        book.worksheets[sheet][cell] = value
    book.save(desk.folder / name)


def edit(desk: Any, old: str, new: str, name: str = "evidence.yaml") -> None:
    path: Path = desk.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def refusal(desk: Any, kind: type[Refused] = Refused, name: str = "intake.xlsx") -> list[tuple[str, str]]:
    """The places and codes of what is wrong; nothing is written."""
    before = desk.evidence, (desk.folder / "intake.yaml").read_bytes()
    with pytest.raises(kind) as caught:
        desk.confirm(name)
    assert type(caught.value) is kind
    assert (desk.evidence, (desk.folder / "intake.yaml").read_bytes()) == before
    assert all(problem.message for problem in caught.value.problems)
    return [(str(problem.location), problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize("form", ["intake.xlsx", "intake-proposal.yaml"])
def test_confirmed_items_stand_in_evidence_yaml(taken: Any, form: str) -> None:
    before = taken.evidence
    done = taken.confirm(form)
    assert len(done.added) == 2
    assert taken.evidence.startswith(before.rstrip("\n"))
    assert taken.evidence[len(before) :].startswith(
        "  - id: kulade-tunnustamine\n"
        "    title: Külade tunnustamine\n"
        "    kind: volikogu_otsus\n"
        "    file: evidence/a otsus.txt\n"
        "    issuer: Näidisvalla Volikogu\n"
        "    number: '27'\n"
        "    date: 2025-03-12\n"
    )
    assert {one.became for one in read_ledger(taken.folder, "vald").files} == {"confirmed"}


def test_a_second_time_changes_nothing(taken: Any) -> None:
    taken.confirm()
    before = taken.evidence, (taken.folder / "intake.yaml").read_bytes()
    assert not taken.confirm().changed
    assert not taken.confirm("intake-proposal.yaml").changed
    assert (taken.evidence, (taken.folder / "intake.yaml").read_bytes()) == before


def test_what_a_person_corrects_and_strikes(taken: Any) -> None:
    fill(
        taken,
        {"C3": "Otsus külade kohta", "G3": "13.03.2025", "F3": 28, "H3": "2025-04-01", "J3": "K1, O1", "A4": "ei"},
    )
    fill(taken, {"A9": "kulade-tunnustamine", "B9": "K1", "C9": "tunnustada kogukonnad", "D9": 1}, sheet=1)
    done = taken.confirm()
    assert (len(done.added), len(done.struck)) == (1, 1)
    for said in ("title: Otsus külade kohta\n", "number: '28'\n", "date: 2025-03-13\n", "from: 2025-04-01\n",
                 "- criterion: K1\n        passage: tunnustada kogukonnad\n        page: 1\n", "- criterion: O1\n"):  # fmt: skip
        assert said in taken.evidence
    assert "memo" not in taken.evidence.split("items:")[1]
    assert [one.became for one in read_ledger(taken.folder, "vald").files] == ["confirmed", "struck"]


def test_comments_order_and_hand_written_items_stay(taken: Any) -> None:
    own = 'items:\n  # minu oma\n  - id: minu   # käsitsi\n    kind: foto\n    title: "Foto: tahvel"\n    link: https://naidis/foto\n    date: 2026-01-01   # mälu järgi\n'
    edit(taken, "items:\n", own)
    before = taken.evidence
    taken.confirm()
    assert taken.evidence.startswith(before)
    fill(taken, {"C3": "Uus pealkiri"})
    assert taken.confirm().updated == ("kulade-tunnustamine",)
    assert taken.evidence.startswith(before)
    assert "title: Uus pealkiri\n" in taken.evidence


def test_windows_line_ends_stay(taken: Any) -> None:
    path = taken.folder / "evidence.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    taken.confirm()
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text",
    [
        "items: []\n",
        "items: null\n",
        "items: ~   # veel pole\n",
        "items:   # siia\n# lõpp\n",
        '"items":\n',
        "",
        'items: [{id: minu, title: "M: x", kind: foto, link: "https://x"}]\n',
        "items:\n    -   id: minu\n        title: >-\n          pikk\n          tekst\n        kind: foto\n        link: x",
    ],
)
def test_a_list_in_any_form_takes_items_in(taken: Any, text: str) -> None:
    (taken.folder / "evidence.yaml").write_text(f"schema: kaasav/evidence/1\n{text}", encoding="utf-8", newline="")
    assert len(taken.confirm().added) == 2
    assert taken.evidence.count("id: minu") == text.count("id: minu")
    assert not taken.confirm().changed


def test_an_edit_by_hand_stays_where_the_form_did_not_change(taken: Any) -> None:
    taken.confirm()
    edit(taken, "date: 2025-03-12", "date: 2025-03-14")
    fill(taken, {"C3": "Uus pealkiri"})
    taken.confirm()
    assert "date: 2025-03-14\n" in taken.evidence
    assert "title: Uus pealkiri\n" in taken.evidence


def test_what_both_changed_is_refused_and_named(taken: Any) -> None:
    taken.confirm()
    edit(taken, "date: 2025-03-12", "date: 2025-03-14")
    fill(taken, {"G3": "2025-03-15"})
    assert refusal(taken, Forbidden) == [("intake.xlsx Evidence!B3", "intake-clash")]
    edit(taken, "date: 2025-03-14", "date: 2025-03-15")
    assert not taken.confirm().updated


def test_what_somebody_has_seen_is_never_written_over(taken: Any) -> None:
    fill(taken, {"J3": "K1"})
    taken.confirm()
    edit(
        taken,
        "- criterion: K1\n",
        "- criterion: K1\n        whole: true\n        seen: {by: mari, on: 2026-09-01, where: siin}\n",
    )
    assert not taken.confirm().updated
    fill(taken, {"J3": "O1"})
    assert refusal(taken, Forbidden) == [("intake.xlsx Evidence!B3", "intake-clash")]


def test_a_listed_item_cannot_be_struck_in_the_form(taken: Any) -> None:
    taken.confirm()
    fill(taken, {"A3": "ei"})
    assert refusal(taken, Forbidden) == [("intake.xlsx Evidence!B3", "intake-struck-but-listed")]


def test_a_struck_item_can_be_taken_later(taken: Any) -> None:
    fill(taken, {"A4": "ei"})
    taken.confirm()
    fill(taken, {"A4": "jah"})
    assert len(taken.confirm().added) == 1


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A3", "võib-olla", "intake-not-yes-no"),
        ("A3", None, "intake-not-yes-no"),
        ("B3", "kaks sõna", "not-an-id"),
        ("B3", "../x", "not-an-id"),
        ("C3", None, "intake-no-title"),
        ("D3", None, "intake-no-kind"),
        ("D3", "Protokol", "unknown-kind"),
        ("G3", "01.02.25", "intake-date-two-ways"),
        ("G3", "eile", "not-a-date"),
        ("G3", "31.02.2025", "not-a-date"),
        ("I3", "2026-01-01", "intake-no-start"),
        ("J3", "K1, X9", "unknown-criterion"),
        ("P3", "0" * 64, "intake-item-unknown"),
    ],
)
def test_every_mistake_is_told_with_its_cell(taken: Any, cell: str, value: str | None, code: str) -> None:
    fill(taken, {cell: value})
    places = refusal(taken)
    assert (f"intake.xlsx Evidence!{'B3' if cell == 'P3' else cell}", code) in places
    assert len(places) == 1


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        ({"A9": "pole", "B9": "K1", "C9": "kogukonnad siin"}, "A9", "intake-use-without-item"),
        ({"A9": "kulade-tunnustamine", "B9": "R5", "C9": "kogukonnad siin"}, "B9", "intake-use-not-claimed"),
        ({"A9": "kulade-tunnustamine", "B9": "K1", "C9": "x"}, "C9", "passage-too-short"),
        ({"A9": "kulade-tunnustamine", "B9": "K1", "D9": 0}, "D9", "page-zero"),
        ({"A9": "kulade-tunnustamine", "B9": "K1", "D9": "kaks"}, "D9", "not-whole"),
        ({"A9": "kulade-tunnustamine", "B9": "K1", "E9": "jah", "D9": 1}, "C9", "place-unclear"),
    ],
)
def test_mistakes_on_the_second_sheet(taken: Any, cells: dict[str, Any], cell: str, code: str) -> None:
    fill(taken, {"J3": "K1"})
    fill(taken, cells, sheet=1)
    assert refusal(taken) == [(f"intake.xlsx Uses!{cell}", code)]


def test_all_mistakes_are_told_at_once_each_once(taken: Any) -> None:
    fill(taken, {"A3": "võib-olla", "D3": "Protokol", "B4": "kaks sõna", "C4": None, "G4": "01.02.25", "J4": "k1, X9"})
    fill(taken, {"A30": "pole", "B30": "K1", "C30": "midagi siin"}, sheet=1)
    edit(taken, "items:", "items:\n  - {id: x, title: X, kind: foto, date: eile}")
    assert refusal(taken) == [
        ("intake.xlsx Evidence!A3", "intake-not-yes-no"),
        ("intake.xlsx Evidence!B4", "not-an-id"),
        ("intake.xlsx Evidence!C4", "intake-no-title"),
        ("intake.xlsx Evidence!G4", "intake-date-two-ways"),
        ("intake.xlsx Evidence!J4", "unknown-criterion"),
        ("intake.xlsx Uses!A30", "intake-use-without-item"),
        ("vald/evidence.yaml:51:41", "not-a-date"),
    ]


def test_mistakes_in_one_row_and_clashes_in_another_are_told_together(taken: Any) -> None:
    taken.confirm()
    edit(taken, "date: 2025-03-12", "date: 2025-03-14")
    fill(taken, {"G3": "2025-03-15", "C4": None})
    assert refusal(taken) == [
        ("intake.xlsx Evidence!B3", "intake-clash"),
        ("intake.xlsx Evidence!C4", "intake-no-title"),
    ]


def test_all_mistakes_in_the_yaml_form_at_once(taken: Any) -> None:
    form = "intake-proposal.yaml"
    edit(taken, "criterion: ", "criterion: X9 #", form)
    edit(taken, "date:", "date: eile #", form)
    edit(taken, 'title: "Koosoleku memo"', "title:", form)
    assert sorted(code for _place, code in refusal(taken, name=form)) == [
        "intake-no-title",
        "not-a-date",
        "unknown-criterion",
    ]


def test_ids_of_rows_with_mistakes_are_taken_too(taken: Any) -> None:
    fill(taken, {"B4": "kulade-tunnustamine", "C3": None})
    assert refusal(taken) == [
        ("intake.xlsx Evidence!B4", "intake-id-taken"),
        ("intake.xlsx Evidence!C3", "intake-no-title"),
    ]


def test_criteria_may_be_written_in_small_letters(taken: Any) -> None:
    fill(taken, {"J3": "k1; o2"})
    fill(taken, {"A9": "kulade-tunnustamine", "B9": "k1", "C9": "tunnustada kogukonnad"}, sheet=1)
    taken.confirm()
    assert "- criterion: K1\n        passage: tunnustada kogukonnad\n      - criterion: O2\n" in taken.evidence


def test_in_yaml_the_right_criterion_is_offered(taken: Any) -> None:
    edit(taken, 'criterion: "K1"', "criterion: k1", "intake-proposal.yaml")
    with pytest.raises(Refused) as caught:
        taken.confirm("intake-proposal.yaml")
    assert [problem.hint for problem in caught.value.problems] == ["did you mean “K1”?"]


@pytest.mark.parametrize("cell", ["A3", "B3", "C3", "D3", "E3", "F3", "G3", "H3", "J3", "N3", "P3"])
def test_a_formula_is_told_as_one_and_nothing_else(taken: Any, cell: str) -> None:
    fill(taken, {cell: '="x"&"y"'})
    assert refusal(taken) == [(f"intake.xlsx Evidence!{cell}", "intake-formula")]


def test_formulas_and_errors_on_the_second_sheet_and_where_nothing_is_read(taken: Any) -> None:
    fill(taken, {"K3": "=1+1", "J3": "K1"})
    taken.confirm()
    fill(taken, {"A9": "kulade-tunnustamine", "B9": "K1", "C9": "=A1", "D9": "#N/A"}, sheet=1)
    assert refusal(taken) == [
        ("intake.xlsx Uses!C9", "intake-formula"),
        ("intake.xlsx Uses!D9", "intake-cell-error"),
    ]


def test_text_that_looks_like_a_formula_is_text(desk: Any, post: Any) -> None:
    desk.intake(post({"memo.txt": MEMO}))
    book = openpyxl.load_workbook(desk.folder / "intake.xlsx")
    book.worksheets[0]["C3"] = "=SUM(A1)"
    book.worksheets[0]["C3"].data_type = "s"
    book.save(desk.folder / "intake.xlsx")
    desk.confirm()
    assert "title: =SUM(A1)\n" in desk.evidence


def test_uses_without_place_and_papers_that_wait_are_counted(taken: Any) -> None:
    fill(taken, {"J3": "K1, O2"})
    fill(taken, {"A9": "kulade-tunnustamine", "B9": "K1", "E9": "jah"}, sheet=1)
    book = openpyxl.load_workbook(taken.folder / "intake.xlsx")
    book.worksheets[0].delete_rows(4)
    book.save(taken.folder / "intake.xlsx")
    done = taken.confirm()
    assert (done.without_place, done.waiting) == ((("kulade-tunnustamine", "O2"),), 1)
    fill(taken, {"A10": "kulade-tunnustamine", "B10": "O2", "D10": 1}, sheet=1)
    done = taken.confirm()
    assert (done.updated, done.without_place) == (("kulade-tunnustamine",), ())


def test_a_list_that_changes_while_the_form_is_read_is_not_overwritten(
    taken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaasav.intake.merge import EvidenceFile

    real = EvidenceFile.content

    def meanwhile(self: EvidenceFile) -> bytes:
        edit(taken, "items:", "# minu oma\nitems:")
        return real(self)

    monkeypatch.setattr(EvidenceFile, "content", meanwhile)
    with pytest.raises(Forbidden, match="papers-list-changed"):
        taken.confirm()
    assert "# minu oma" in taken.evidence
    assert "otsus" not in taken.evidence.partition("\nitems:")[2].partition("- id: kulade")[2]


def test_where_the_ledger_cannot_be_written_the_list_is_as_before(taken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kaasav.intake.ledger import Ledger

    def full(self: Ledger, folder: Path) -> None:
        raise Refused([])

    before = taken.evidence
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "write", full)
        with pytest.raises(Refused):
            taken.confirm()
    assert taken.evidence == before
    assert len(taken.confirm().added) == 2


def test_another_municipalitys_form_is_told_in_one_sentence(taken: Any, post: Any) -> None:
    form = (taken.folder / "intake.xlsx").read_bytes()
    (taken.folder / "intake.yaml").unlink()
    taken.intake(post({"muu.txt": "Koosoleku memo 20.03.2026"}, "muu"))
    (taken.folder / "intake.xlsx").write_bytes(form)
    assert refusal(taken) == [("intake.xlsx", "intake-form-foreign")]


def test_mistakes_in_the_yaml_form_have_lines(taken: Any) -> None:
    edit(taken, 'date: "2025-03-12"', 'date: "12.03"', "intake-proposal.yaml")
    [(place, code)] = refusal(taken, name="intake-proposal.yaml")
    assert code == "not-a-date"
    assert place.startswith("intake-proposal.yaml:")
    assert place.count(":") == 2


def test_two_items_of_one_id(taken: Any) -> None:
    fill(taken, {"B4": "kulade-tunnustamine"})
    assert refusal(taken) == [("intake.xlsx Evidence!B4", "intake-id-taken")]


def test_assess_runs_on_a_folder_made_by_intake_alone(desk: Any, make_papers: Any, tmp_path: Path) -> None:
    from kaasav.assessment.assess import Shelf, assess
    from kaasav.workspace.place import find

    make_papers.make(tmp_path / "post")
    desk.intake(tmp_path / "post")
    rows = openpyxl.load_workbook(desk.folder / "intake.xlsx").worksheets[0]
    fill(desk, {f"A{row}": "ei" for row in range(3, rows.max_row + 1) if not rows[f"D{row}"].value})
    assert len(desk.confirm().added) >= 50
    for path in sorted((desk.folder / "ratings").glob("*.yaml")):
        levels = "".join(f"  {one.id}: {{level: 1}}\n" for one in desk.catalogue.rated)
        path.write_text(
            f"schema: kaasav/ratings/1\nassessor: {path.stem}\ndate: 2026-10-01\nratings:\n{levels}", encoding="utf-8"
        )
    one = assess(desk.folder, "vald", Shelf(find(desk.folder)))
    assert one.result is not None, [str(p.location) + p.code + p.message for p in one.problems if p.severity == "error"]
    assert one.record is not None
    assert sum(len(criterion.uses) for criterion in one.result.criteria) > 40
