"""Workbooks as people hand them back: sorted, moved, cut, saved by other programs, or hostile."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kaasav.intake import sheets
from kaasav.problems import Refused

MEMO = "Koosoleku memo {}\n19.03.2026\nPäevakord: teed. Osalesid kõik. Otsustati {}."
Book = Any
Change = Callable[[Book], object]


@pytest.fixture
def taken(desk: Any, post: Any) -> Any:
    """Three minutes taken in, waiting for a person."""
    desk.intake(post({f"{name}.txt": MEMO.format(name, name) for name in "abc"}))
    return desk


def change(desk: Any, how: Change, name: str = "intake.xlsx") -> None:
    book = openpyxl.load_workbook(desk.folder / name)
    how(book)
    book.save(desk.folder / name)


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def put(sheet: Any, values: list[list[Any]], columns: range) -> None:
    for number, row in enumerate(values, start=3):
        for column in columns:
            sheet.cell(number, column).value = row[column - 1]


def codes(desk: Any, name: str = "intake.xlsx") -> list[tuple[str, str]]:
    before = desk.evidence
    with pytest.raises(Refused) as caught:
        desk.confirm(name)
    assert desk.evidence == before
    assert all(problem.message for problem in caught.value.problems)
    return [(str(problem.location), problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "how",
    [
        lambda book: put(book.worksheets[0], rows(book.worksheets[0])[::-1], range(1, 17)),
        lambda book: book.worksheets[0].delete_rows(2),
        lambda book: book.worksheets[0].insert_rows(1, 3),
        lambda book: book.worksheets[0].insert_cols(1, 5),
        lambda book: book.worksheets[0].delete_cols(11, 3),
        lambda book: book.move_sheet(book.worksheets[0], 3),
        lambda book: book.worksheets[0].merge_cells("A2:C2"),
        lambda book: book.worksheets[0].move_range("D1:D5", cols=20),
        lambda book: setattr(book.worksheets[0].row_dimensions[4], "hidden", True),
        lambda book: setattr(book.worksheets[0], "title", "Minu leht"),
        lambda book: book.create_sheet("Märkmed", 0).append(["take", "oma märkmed"]),
    ],
    ids=["sorted", "no headers", "rows above", "columns before", "reasons gone", "sheets moved", "merged headers",
         "column moved", "hidden row", "renamed sheet", "own sheet"],
)  # fmt: skip
def test_harmless_changes_are_understood(taken: Any, how: Change) -> None:
    change(taken, how)
    taken.confirm()
    for name in "abc":
        assert f"title: Koosoleku memo {name}\n    kind: protokoll\n    file: evidence/{name}.txt\n" in taken.evidence


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (lambda book: book.worksheets[0].delete_rows(1), [("intake.xlsx", "intake-keys-lost")]),
        (lambda book: book.worksheets[0].delete_cols(16), [("intake.xlsx", "intake-keys-lost")]),
        (lambda book: book.worksheets[0].delete_cols(7), [("intake.xlsx Evidence", "intake-column-gone")]),
        (lambda book: book.worksheets[1].delete_cols(3), [("intake.xlsx Uses", "intake-column-gone")]),
        (lambda book: book.remove(book.worksheets[1]), [("intake.xlsx", "intake-sheet-gone")]),
        (lambda book: book.remove(book.worksheets[0]), [("intake.xlsx", "intake-sheet-gone")]),
        (lambda book: book.worksheets[0].delete_rows(3, 9), [("intake.xlsx", "intake-form-empty")]),
        (lambda book: book.copy_worksheet(book.worksheets[0]), [("intake.xlsx", "intake-sheet-twice")]),
        (
            lambda book: book.worksheets[0].append([cell.value for cell in book.worksheets[0][3]]),
            [("intake.xlsx Evidence!B6", "intake-item-twice")],
        ),
        (
            lambda book: put(book.worksheets[0], rows(book.worksheets[0])[::-1], range(1, 16)),
            [("intake.xlsx Evidence!N3", "intake-rows-mixed"), ("intake.xlsx Evidence!N5", "intake-rows-mixed")],
        ),
        (
            lambda book: put(book.worksheets[0], rows(book.worksheets[0])[::-1], range(1, 10)),
            [("intake.xlsx Evidence!B3", "intake-ids-mixed"), ("intake.xlsx Evidence!B5", "intake-ids-mixed")],
        ),
    ],
    ids=["keys", "hashes", "a column", "a column of uses", "uses", "items", "rows", "a sheet twice", "a row twice",
         "sorted without the hidden column", "sorted in part"],
)  # fmt: skip
def test_what_would_mix_papers_up_or_take_values_away_is_refused(
    taken: Any, how: Change, expected: list[tuple[str, str]]
) -> None:
    change(taken, how)
    assert codes(taken) == expected


def test_an_id_may_pass_from_a_struck_row_to_another(taken: Any) -> None:
    def pass_on(book: Book) -> None:
        sheet = book.worksheets[0]
        sheet["A3"], sheet["B4"] = "ei", sheet["B3"].value

    change(taken, pass_on)
    assert taken.confirm().added == ("koosoleku-memo-a", "koosoleku-memo-c")


def test_a_copied_row_of_uses_belongs_to_the_item_people_see(taken: Any) -> None:
    def copy(book: Book) -> None:
        items, uses = book.worksheets[:2]
        items["J3"] = items["J4"] = "K1"
        hidden = items["P3"].value
        for number, (item, passage) in enumerate(
            (("koosoleku-memo-a", "Otsustati a"), ("koosoleku-memo-b", "Otsustati b")), 3
        ):
            for column, value in zip("ABCF", (item, "K1", passage, hidden), strict=True):
                uses[f"{column}{number}"] = value

    change(taken, copy)
    taken.confirm()
    for name in "ab":
        item = taken.evidence.partition(f"- id: koosoleku-memo-{name}\n")[2].partition("- id:")[0]
        assert f"passage: Otsustati {name}\n" in item


def test_an_item_renamed_on_the_first_sheet_keeps_its_uses(taken: Any) -> None:
    def rename(book: Book) -> None:
        items, uses = book.worksheets[:2]
        items["B3"], items["J3"] = "uus-nimi", "K1"
        for column, value in zip("ABCF", ("koosoleku-memo-a", "K1", "Otsustati a", items["P3"].value), strict=True):
            uses[f"{column}3"] = value

    change(taken, rename)
    assert "uus-nimi" in taken.confirm().added
    assert "passage: Otsustati a\n" in taken.evidence
    assert not taken.confirm().changed


def test_an_item_mistyped_in_a_copied_row_is_asked_about(taken: Any) -> None:
    def mistype(book: Book) -> None:
        items, uses = book.worksheets[:2]
        items["J3"] = "K1"
        for number, item in ((3, "koosoleku-memo-a"), (4, "koosoleku-mem-b")):
            for column, value in zip("ABCF", (item, "K1", "Otsustati a", items["P3"].value), strict=True):
                uses[f"{column}{number}"] = value

    change(taken, mistype)
    with pytest.raises(Refused) as caught:
        taken.confirm()
    (problem,) = caught.value.problems
    assert (str(problem.location), problem.code) == ("intake.xlsx Uses!A4", "intake-use-without-item")
    assert problem.hint == "did you mean “koosoleku-memo-b”?"


@pytest.mark.parametrize("value", ["nurk", None])
@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD3"])
@pytest.mark.parametrize("sheet", [0, 1, 2])
def test_a_cell_in_the_last_corner_is_met_in_no_time(taken: Any, sheet: int, cell: str, value: str | None) -> None:
    def corner(book: Book) -> None:
        book.worksheets[sheet][cell] = "nurk"
        book.worksheets[sheet][cell] = value

    ours = {(0, "A1048576"): ("Evidence!B1048576", "intake-item-unknown"),
            (1, "A1048576"): ("Uses!A1048576", "intake-use-without-item")}.get((sheet, cell))  # fmt: skip
    change(taken, corner)
    if value and ours:  # the cell stands in a column of the form
        assert codes(taken) == [(f"intake.xlsx {ours[0]}", ours[1])]
    else:
        assert len(taken.confirm().added) == 3


def rewritten(content: bytes, part: str, how: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, how(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(("count", "good"), [(2_000, True), (20_000, False)])
def test_empty_cells_without_end_are_refused_before_they_are_read(
    taken: Any, monkeypatch: pytest.MonkeyPatch, count: int, good: bool
) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 10_000)
    path = taken.folder / "intake.xlsx"
    empty = b"".join(b'<c r="%s%d"/>' % (column, 6) for column in (b"AA", b"XFD") for _ in range(count // 2))
    row = b'<row r="6">' + empty + b"</row></sheetData>"
    path.write_bytes(
        rewritten(path.read_bytes(), "xl/worksheets/sheet1.xml", lambda old: old.replace(b"</sheetData>", row))
    )
    if good:
        assert len(taken.confirm().added) == 3
    else:
        assert codes(taken) == [("intake.xlsx", "intake-form-too-much")]


def test_a_size_the_workbook_only_claims_hides_no_row(taken: Any) -> None:
    path = taken.folder / "intake.xlsx"
    claimed = rewritten(
        path.read_bytes(), "xl/worksheets/sheet1.xml", lambda old: old.replace(b'ref="A1:P5"', b'ref="A1:B3"', 1)
    )
    assert claimed != path.read_bytes()
    path.write_bytes(claimed)
    assert len(taken.confirm().added) == 3


def test_more_rows_than_are_read_are_told_not_left_out(taken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert len(taken.confirm().added) == 3
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert codes(taken) == [("intake.xlsx Evidence", "intake-form-too-many-rows")]


def test_a_workbook_that_declares_entities_is_no_form(taken: Any) -> None:
    path = taken.folder / "intake.xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    path.write_bytes(
        rewritten(path.read_bytes(), "xl/worksheets/sheet1.xml", lambda old: bomb + old[old.index(b"<worksheet") :])
    )
    assert codes(taken) == [("intake.xlsx", "intake-not-a-form")]


@pytest.mark.parametrize(
    "content",
    [b"take,id,title,sha256\njah,x,y,z\n", b"\xd0\xcf\x11\xe0" + bytes(600), "take;id;sha256\n".encode("utf-16")],
    ids=["csv", "old or password", "csv of Excel"],
)
def test_other_formats_are_named_as_such(taken: Any, content: bytes) -> None:
    (taken.folder / "vorm").write_bytes(content)
    assert codes(taken, "vorm") == [("vorm", "intake-form-format")]


def test_half_a_workbook_is_damaged(taken: Any) -> None:
    path = taken.folder / "intake.xlsx"
    path.write_bytes(path.read_bytes()[:3000])
    assert codes(taken) == [("intake.xlsx", "table-damaged")]


def test_a_workbook_saved_by_libreoffice(taken: Any) -> None:
    saved = Path(__file__).parent / "data" / "saved_by_libreoffice.xlsx"
    (taken.folder / "intake.xlsx").write_bytes(saved.read_bytes())
    done = taken.confirm()
    assert (done.added, done.struck) == (("koosoleku-memo-a", "koosoleku-memo-b"), ("koosoleku-memo-c",))
    for said in ("title: =1+1\n", "- criterion: K1\n        page: 1\n", "date: 2026-03-20\n"):
        assert said in taken.evidence
