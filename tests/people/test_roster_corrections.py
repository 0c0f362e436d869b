"""Rows with errors as a workbook, read again: every column means what it meant in the file."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from people.models import ImportRow, RosterImport
from people.presenters.rosters import error_workbook
from people.roster.reading import Reading, read_roster
from tests.people.roster_files import DUNG, HEADER, HUONG, TODAY, read


def sent_again(reading: Reading) -> Reading:
    """What is read of the workbook of all rows of `reading`, nothing corrected."""
    roster = RosterImport(columns=[list(column) for column in reading.columns.items()])
    rows = [ImportRow(number=row.number, raw=row.raw, values=row.values) for row in reading.rows]
    return read_roster(error_workbook(roster, rows), known_codes=(), today=TODAY)


def assert_the_same(reading: Reading) -> None:
    again = sent_again(reading)
    assert again.is_correction
    assert [row.values for row in again.rows] == [row.values for row in reading.rows]
    told = [name for name in reading.columns.values() if name]
    assert [name for name in again.columns.values() if name][: len(told)] == told


# --- shapes ---------------------------------------------------------------------------------------------------------------
SHAPES = {
    "plain": ([HEADER, HUONG, DUNG], []),
    "one title over the parts of a name": (
        [("STT", "Họ và tên", None, "Ngày sinh"), (1, "Tạ Thị", "Một", "1/2/1980"), (2, "Tạ Văn", None, "1/2/1981")],
        ["B1:C1"],
    ),
    "a part of the name without a title": (
        [("STT", "Họ và tên", None, "Ngày sinh"), (1, "Tạ Thị", "Một", "1/2/1980"), (2, "Tạ Văn", "Hai", "1/2/1981")],
        [],
    ),
    "a column without a title and an empty one": (
        [(None, "Họ và tên", "Ngày sinh", None, "Ghi chú", "Ghi chú"), (None, "Tạ Thị Một", "1/2/1980", "?", "a", "b")],
        [],
    ),
    "values that tell the meaning": (
        [("Họ và tên", "Chuyên môn"), ("Tạ Thị Một", "ĐHSP"), ("Tạ Thị Hai", None)],
        [],
    ),
    "second uses": (
        [("Họ và tên", "Chức vụ", "Chức danh", "Tổ", "Bộ môn"), ("Tạ Thị Một", "GV", "Hạng II", "Văn", "Sử")],
        [],
    ),
    "the month first": (
        [("Full name", "Date of birth (MM/DD/YYYY)"), ("Tạ Thị Một", date(1980, 2, 1)), ("Tạ Hai", "02/13/1981")],
        [],
    ),
    "identifiers as numbers": (
        [("Số CCCD", "Họ và tên", "SĐT"), (36080005678, "Tạ Một", 912345678), ("9900000144", "Tạ Hai", None)],
        [],
    ),
    "men where women are ticked": (
        [("STT", "Họ và tên", "Nữ"), (1, "Tạ Thị Một", "x"), (2, "Tạ Văn Hai", None)],
        [],
    ),
    "groups in lines": (
        [("STT", "Họ và tên", "Ngày sinh"), ("TỔ TOÁN", None, None), (1, "Tạ Thị Một", "1/2/1980")],
        [],
    ),
    "groups in lines and in a column": (
        [("STT", "Họ và tên", "Tổ"), ("TỔ VĂN", None, None), (1, "Tạ Thị Một", None), (2, "Tạ Thị Hai", "Toán")],
        [],
    ),
    "three rows": (
        [
            ("STT", "Lý lịch", None, None, None),
            (None, "Họ và tên", "Ngày sinh", None, "Đảng viên"),
            (None, None, "Nam", "Nữ", None),
            (1, "Tạ Thị Một", None, "1/2/1980", "x"),
        ],
        ["A1:A3", "B1:E1", "B2:B3", "C2:D2", "E2:E3"],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_read_again_as_it_was(shape):
    lines, merge = SHAPES[shape]
    assert_the_same(read(*lines[1:], header=lines[0], merge=merge))


def test_only_men_where_women_are_ticked():
    reading = read((1, "Tạ Một", "x"), (2, "Tạ Hai", None), header=("STT", "Họ và tên", "Nữ"))
    reading.rows = reading.rows[1:]
    assert_the_same(reading)


# --- any columns in any order ---------------------------------------------------------------------------------------------
NAMES = [
    ("Họ và tên", [], ["Tạ Thị Một"]),
    ("Họ và tên", ["Họ đệm", "Tên"], ["Tạ Thị", "Một"]),
    ("Họ tên", ["Họ", "Đệm", "Tên"], ["Tạ", "Thị", "Một"]),
]
BIRTHS = [
    ("Ngày sinh", [], [date(1980, 2, 1)]),
    ("Ngày, tháng, năm sinh", ["Nam", "Nữ"], [None, "1/2/1980"]),
    ("Ngày sinh", ["Ngày", "Tháng", "Năm"], [1, 2, 1980]),
]
NUMBER = ("STT", [], [1])
OTHERS = [
    ("Giới tính", ["Nam", "Nữ"], [None, "x"]),
    ("Chức vụ", ["Đảng", "Chính quyền", "Đoàn thể"], ["Bí thư", "Phó hiệu trưởng", "x"]),
    ("Trình độ đào tạo", ["ThS", "ĐH", "CĐ"], [None, "x", None]),
    ("Hạng", ["I", "II", "III"], [None, None, "x"]),
    ("Ngày vào ngành / vào trường", ["Trường", "Ngành"], ["1/9/2010", "09/2001"]),
    ("Vợ/chồng", ["Họ và tên", "Ngày sinh"], ["Tạ Văn Hai", "3/4/1979"]),
    ("Số CCCD/ Mã định danh", [], [36080005678]),
    ("Tổ", [], ["Toán - Tin"]),
    ("Điện thoại", [], ["0912 345 678"]),
    ("Ghi chú", [], ["gì đó"]),
]


@given(
    name=st.sampled_from(NAMES),
    birth=st.sampled_from(BIRTHS),
    others=st.lists(st.sampled_from(OTHERS), min_size=1, max_size=6, unique_by=lambda block: block[0]),
    order=st.randoms(use_true_random=False),
)
@settings(max_examples=25, deadline=None)
def test_any_columns_in_any_order_are_read_again_as_they_were(name, birth, others, order):
    blocks = [NUMBER, name, birth, *others]
    order.shuffle(blocks)
    above, below, cells, merge = [], [], [], []
    for title, parts, values in blocks:
        first, last = (get_column_letter(len(above) + n) for n in (1, len(values)))
        merge.append(f"{first}1:{last}1" if parts else f"{first}1:{first}2")
        above += [title] + [None] * (len(values) - 1)
        below += parts or [None]
        cells += values
    reading = read(below, cells, header=above, merge=merge)
    assert reading.rows[0].values["full_name"] == "Tạ Thị Một"
    assert reading.rows[0].values["birth_date"] == "1980-02-01"
    assert_the_same(reading)
