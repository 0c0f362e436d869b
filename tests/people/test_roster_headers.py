"""Headers on several rows: the words of the group and of the cell below it name the column together."""

import pytest

from core.spreadsheets import UnreadableFile
from tests.people.roster_files import read

POSTS = ("Chức vụ › Đảng", "Chức vụ › Chính quyền", "Chức vụ › Đoàn thể")


def values(*lines, merge=()):
    reading = read(*lines[1:], header=lines[0], merge=merge)
    return reading, reading.rows[0].values


@pytest.mark.parametrize("merge", [["A1:A2", "B1:B2", "C1:C2", "D1:F1"], []])
def test_posts_under_one_title_however_few_columns_that_names(merge):
    reading, found = values(
        ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", None, None),
        (None, None, None, "Đảng", "Chính quyền", "Đoàn thể"),
        (1, "Tạ Thị Một", "1/2/1980", "Bí thư", "Hiệu trưởng", "x"),
        merge=merge,
    )
    assert found["role"] == "head"
    assert [reading.columns[title] for title in POSTS] == ["", "role", ""]
    assert reading.rows[0].number == 3
    assert any("“Chức vụ › Đảng”, “Chức vụ › Đoàn thể”" in note for note in reading.notes)


def test_posts_below_a_row_of_groups_without_a_name():
    reading, found = values(
        ("STT", "Lý lịch", None, "Chức vụ", None),
        (None, "Họ và tên", "Ngày sinh", "Đảng", "Chính quyền"),
        (1, "Tạ Thị Một", "1/2/1980", "Bí thư", "Hiệu trưởng"),
        merge=["A1:A2", "B1:C1", "D1:E1"],
    )
    assert (found["full_name"], found["role"]) == ("Tạ Thị Một", "head")
    assert "party_member" not in reading.fields


def test_a_post_at_the_school_among_several_named_above_it():
    _reading, found = values(
        ("STT", "Họ và tên", "Chức vụ Đảng / chính quyền", None),
        (None, None, "Đảng", "Chính quyền"),
        (1, "Tạ Thị Một", "Bí thư", "Phó hiệu trưởng"),
        merge=["A1:A2", "B1:B2", "C1:D1"],
    )
    assert found["role"] == "deputy_head"


@pytest.mark.parametrize("order", [("Ngành", "Trường"), ("Trường", "Ngành"), ("Vào trường", "Vào ngành")])
def test_the_day_of_entering_the_profession_not_the_school(order):
    dates = {"Ngành": "1/9/2001", "Trường": "1/9/2010"}
    reading, found = values(
        ("STT", "Họ và tên", "Ngày vào ngành / vào trường", None),
        (None, None, *order),
        (1, "Tạ Thị Một", *(dates[title.removeprefix("Vào ").capitalize()] for title in order)),
        merge=["A1:A2", "B1:B2", "C1:D1"],
    )
    assert found["joined_on"] == "2001-09-01"
    assert not any("look alike" in note for note in reading.notes)


@pytest.mark.parametrize(("men", "women", "gender"), [("5/9/1985", None, "m"), (None, "5/9/1985", "f")])
def test_birth_and_gender_and_names_in_parts_and_degrees_to_tick(men, women, gender):
    reading, found = values(
        ("STT", "Họ và tên", None, "Ngày tháng năm sinh", None, "Trình độ đào tạo", None, "Điện thoại"),
        (None, "Họ đệm", "Tên", "Nam", "Nữ", "ThS", "Đại học", None),
        (1, "Tạ Thị", "Một", men, women, None, "x", "0912345678"),
        merge=["A1:A2", "B1:C1", "D1:E1", "F1:G1", "H1:H2"],
    )
    assert (found["full_name"], found["birth_date"], found["gender"]) == ("Tạ Thị Một", "1985-09-05", gender)
    assert found["qualification"] == "Đại học"
    assert reading.columns["Trình độ đào tạo › ThS"] == "qualification"


def test_two_degrees_ticked_are_told():
    reading, found = values(
        ("STT", "Họ và tên", "Trình độ", None),
        (None, None, "Cao đẳng", "Đại học"),
        (1, "Tạ Thị Một", "x", "x"),
        merge=["A1:A2", "B1:B2", "C1:D1"],
    )
    assert found["qualification"] == "Cao đẳng"
    assert "“Cao đẳng, Đại học” was read as “Cao đẳng”" in reading.rows[0].messages[-1]["text"]


def test_columns_to_tick_beside_one_in_words_are_not_read():
    reading, found = values(
        ("STT", "Họ và tên", "Trình độ chuyên môn", "Hạng", None, "Trình độ", None),
        (None, None, None, "II", "III", "ĐH", "CĐ"),
        (1, "Tạ Thị Một", "Thạc sĩ", None, "x", "x", None),
        merge=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"],
    )
    assert (found["qualification"], found["title_rank"]) == ("Thạc sĩ", "III")
    assert reading.columns["Trình độ › ĐH"] == ""


def test_a_header_on_three_rows():
    _reading, found = values(
        ("STT", "Họ và tên", "Trình độ", None, None, "Chức vụ"),
        (None, None, "Chuyên môn", None, "Chính trị", None),
        (None, None, "ThS", "ĐH", None, None),
        (1, "Tạ Thị Một", None, "Toán", "TC", "TTCM"),
        merge=["A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F1:F3"],
    )
    assert found["qualification"] == "Đại học"


def test_the_first_person_is_no_row_of_titles():
    lines = [("Tạ Thị", "Một", "1/2/1980"), ("Tạ Thị", "Hai", "1/2/1981")]
    reading = read(*lines, header=("Họ và tên", None, "Ngày sinh"), merge=["A1:B1"])
    assert [found.values["full_name"] for found in reading.rows] == ["Tạ Thị Một", "Tạ Thị Hai"]


def test_a_group_in_the_line_below_a_merged_title_stays_a_group():
    lines = [(None, "Tổ Toán", None, None), (1, "Tạ Thị", "Một", "1/2/1980")]
    reading = read(*lines, header=("STT", "Họ và tên", None, "Ngày sinh"), merge=["B1:C1", "B2:C2"])
    assert (reading.rows[0].values["full_name"], reading.rows[0].values["group"]) == ("Tạ Thị Một", "Tổ Toán")


def test_an_allowance_for_a_post_is_no_post():
    reading, found = values(
        ("TT", "Mã số CBVC", "Họ và tên", "Cấp bậc, chức vụ", "Phụ cấp", None),
        (None, None, None, None, "Chức vụ", "Thâm niên"),
        (1, "0020001", "Lý Thị Hồng", "Hiệu trưởng", 0.2, 0.1),
        merge=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"],
    )
    assert (found["person_code"], found["role"]) == ("0020001", "head")
    assert reading.columns["Phụ cấp › Chức vụ"] == ""


def test_somebodys_post_is_no_header_where_nobody_knows_the_real_one():
    header = ("No.", "Employee", "Who", "Born", "Position")
    rows = [(1, "TS-1", "Lê Thu", "13/05/1985", "Teacher"), (2, "TS-2", "Phạm Hòa", "07/04/1979", "Giáo viên")]
    with pytest.raises(UnreadableFile, match="No header was found"):
        read(*rows, header=header)


def test_a_list_of_names_and_the_days_of_a_month():
    assert (
        read((1, "Lê Thu", "x", ""), header=("STT", "Giáo viên", "Mon", "Tue")).rows[0].values["full_name"] == "Lê Thu"
    )
    assert read((1, "Lê Thu", "x", ""), header=("STT", "Họ và tên", 1, 2)).rows[0].values["full_name"] == "Lê Thu"


def test_shortened_titles():
    reading, found = values(
        ("S\nT\nT", "Surname", "Other names", "N/sinh", "C.vụ", "Số ĐDCN/CCCD"),
        (1, "Tạ", "Thị Một", "1/2/1980", "Hiệu trưởng", "001180000011"),
    )
    assert "ordinal" in reading.fields
    assert found["person_code"] == "001180000011"
    assert (found["full_name"], found["birth_date"], found["role"]) == ("Tạ Thị Một", "1980-02-01", "head")
