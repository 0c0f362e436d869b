"""The smaller cells."""

from datetime import datetime

import pytest

from core.names import clean_text
from people.enums import Gender, Role
from people.roster.values import (
    read_email,
    read_gender,
    read_phone,
    read_qualification,
    read_rank,
    read_role,
    read_tick,
)
from people.roster.words import group_key, word_key
from tests.people.roster_files import read, row


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Hiệu trưởng", Role.HEAD), ("HT", Role.HEAD), ("Q. Hiệu trưởng", Role.HEAD), ("Hiệu trưởng, Bí thư chi bộ", Role.HEAD),
        ("Principal", Role.HEAD), ("Phó hiệu trưởng", Role.DEPUTY_HEAD), ("P. Hiệu trưởng", Role.DEPUTY_HEAD), ("PHT", Role.DEPUTY_HEAD),
        ("Phó HT", Role.DEPUTY_HEAD), ("Vice principal", Role.DEPUTY_HEAD), ("Deputy head", Role.DEPUTY_HEAD),
        ("Tổ trưởng", Role.GROUP_LEADER), ("TỔ TRƯỞNG CM", Role.GROUP_LEADER), ("TTCM", Role.GROUP_LEADER),
        ("Giáo viên, tổ trưởng", Role.GROUP_LEADER), ("Group leader", Role.GROUP_LEADER),
        ("Tổ phó", Role.TEACHER), ("Phó tổ trưởng chuyên môn", Role.TEACHER), ("TPCM", Role.TEACHER),
        ("Deputy group leader", Role.TEACHER),
        ("Giáo viên", Role.TEACHER), ("GV", Role.TEACHER), ("gv hợp đồng", Role.TEACHER), ("GVCN 6A", Role.TEACHER),
        ("Tổng phụ trách Đội", Role.TEACHER),
        ("Teacher", Role.TEACHER), ("Chủ tịch Công đoàn", Role.TEACHER), ("", Role.TEACHER), (None, Role.TEACHER),
        ("Kế toán", None), ("Văn thư", None), ("Nhân viên thư viện", None), ("Tổ trưởng văn phòng", None),
        ("NV y tế", None), ("Bảo vệ", None),
        ("Thợ máy", None),
    ],
)  # fmt: skip
def test_roles(text, role):
    assert read_role(text).role == role


def test_staff_and_unknown_words_are_two_things():
    assert read_role("Kế toán").staff
    assert read_role("Giám thị").staff
    assert read_role("Caretaker").staff
    assert not read_role("Thợ máy").staff
    assert read_role("Tổ phó").deputy_of_group


@pytest.mark.parametrize(("text", "gender"), [("Nữ", Gender.FEMALE), ("NAM", Gender.MALE), ("nu", Gender.FEMALE), ("F", Gender.FEMALE),
    ("male", Gender.MALE), ("", ""), (None, ""), ("???", ""), ("gì", None)])  # fmt: skip
def test_genders(text, gender):
    assert read_gender(text) == gender


def test_a_column_of_women_is_ticked():
    assert read_gender("x", title="Nữ") == Gender.FEMALE
    assert read_gender("0", title="Nữ") == Gender.MALE
    assert read_gender("Nam", title="Nữ") == Gender.MALE
    assert read_gender("abc", title="Nữ") is None
    assert read_gender(None, title="Nữ") == "", "an empty cell says nothing of its own"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ĐHSP", "Đại học"), ("ĐHSP Toán", "Đại học"), ("ĐH", "Đại học"), ("Cử nhân", "Đại học"), ("Đại học",
    "Đại học"), ("ThS", "Thạc sĩ"), ("Th.S Văn", "Thạc sĩ"),
     ("thạc sỹ", "Thạc sĩ"), ("CĐSP", "Cao đẳng"), ("Cao đẳng", "Cao đẳng"), ("TS", "Tiến sĩ"), ("Khác lạ",
     "Khác lạ"), ("", ""), ("-", "")],
)  # fmt: skip
def test_qualifications(text, expected):
    assert read_qualification(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("III", "III"),
        ("Hạng III", "III"),
        ("GV THCS hạng 2", "II"),
        (3, "III"),
        ("V.07.04.32", "V.07.04.32"),
        (None, ""),
    ],
)
def test_ranks(text, expected):
    assert read_rank(text) == expected


@pytest.mark.parametrize(("value", "expected"), [("x", True), ("X", True), ("có", True), (1, True), (True, True),
    ("03/02/2010", True), (datetime(2010, 2, 3), True),  # noqa: DTZ001  as openpyxl reads them
    (None, False), ("", False), ("không", False), (0, False), ("chưa", False), ("hmm", None)])  # fmt: skip
def test_ticks(value, expected):
    assert read_tick(value) is expected


@pytest.mark.parametrize(("text", "expected"), [(" HUONG@thcs.Example ", "huong@thcs.example"), ("mailto:a@b.vn",
    "a@b.vn"), ("khong-co-email", None),
    ("", ""), ("-", ""), ("không có", ""), ("a@b", None), ("a b@c.vn", None)])  # fmt: skip
def test_emails(text, expected):
    assert read_email(text) == expected


@pytest.mark.parametrize(("value", "expected"), [("0987 935 608", ("0987935608", False)), (987935608, ("0987935608",
    True)), ("+84 987-935-608", ("+84987935608", False)),
    (None, ("", False)), ("0987.935.608 (Zalo)", ("0987935608", False))])  # fmt: skip
def test_phones(value, expected):
    assert read_phone(value) == expected


def test_one_group_in_many_spellings():
    names = (
        "Tổ Toán - Tin",
        "tổ Toán - Tin",
        "TỔ TOÁN–TIN",
        "Toán - Tin",
        "Tổ chuyên môn Toán và Tin",
        "Tổ CM Toán, Tin",
    )
    assert len({group_key(name) for name in names}) == 1
    assert group_key("Tổ Ngữ văn") != group_key("Tổ Ngoại ngữ")


def test_words_without_accents():
    assert word_key("  HỌ VÀ\u00a0TÊN (*) ") == "ho va ten"
    assert word_key("Đảng viên") == "dang vien"
    assert clean_text("a\u200bb") == "ab"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("TỔ 1", "Tổ 1"), ("TỔ KHTN", "Tổ KHTN"), ("TỔ TOÁN-TIN", "Tổ Toán-Tin"), ("TỔ NGỮ VĂN", "Tổ Ngữ Văn"),
        ("tổ Toán - Tin", "Tổ Toán - Tin"), ("KHXH", "KHXH"),
    ],
)  # fmt: skip
def test_a_group_in_capitals_is_written_as_a_name(written, shown):
    assert read(row(group=written)).rows[0].values["group"] == shown
