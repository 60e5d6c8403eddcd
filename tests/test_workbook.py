"""Cells that hold text and nothing else, and workbooks without a clock."""

import datetime
import io

import openpyxl
import pytest
import python_calamine

from kaasav.workbook import put_text, steady

NOON = datetime.datetime(2026, 10, 31, 12)


def saved(text):
    book = openpyxl.Workbook()
    put_text(book.active["A1"], text)
    return openpyxl.load_workbook(io.BytesIO(steady(book, NOON)))


@pytest.mark.parametrize("text", ["=1+1", "+372", "-1", "@A1", "'x", "plain", "üks\nkaks", "007"])
def test_text_stays_text(text):
    cell = saved(text).active["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_signs_that_act_are_shown():
    assert saved("a\u202eb\x07").active["A1"].value == "a\\u{202e}b\\u{7}"


def test_only_what_begins_like_a_formula_is_marked():
    assert saved("=1").active["A1"].quotePrefix
    assert not saved("1").active["A1"].quotePrefix


def test_the_dates_are_those_given():
    properties = saved("x").properties
    assert (properties.created, properties.modified) == (NOON, NOON)


def test_letters_that_look_like_the_number_of_a_sign_stay_letters():
    book = openpyxl.Workbook()
    put_text(book.active["A1"], "_x0041_ _x41_")
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(steady(book, NOON))).get_sheet_by_index(0)
    assert read.to_python() == [["_x0041_ _x41_"]]
