"""Columns that begin like ours: relatives, earlier names, posts in the Party; and which of two alike is read."""

from itertools import permutations

import pytest

from people.roster.columns import field_of
from tests.people.roster_files import read

PARTY = {"Họ và tên": "Tạ Thị Một", "Ngày sinh": "1/2/1980", "Chức vụ Đảng": "Bí thư chi bộ",
    "Chức vụ": "Phó hiệu trưởng"}  # fmt: skip
SPOUSE = {"Họ và tên vợ/chồng": "Lê Văn Rể", "Họ và tên": "Tạ Thị Bốn", "Ngày sinh vợ/chồng": "5/5/1975",
    "Ngày sinh": "1/2/1980", "Điện thoại vợ": "0911111111", "Điện thoại": "0922222222"}  # fmt: skip


def reading_of(columns: dict, order=None):
    order = order or list(columns)
    return read(tuple(columns[title] for title in order), header=tuple(order))


@pytest.mark.parametrize("order", list(permutations(PARTY))[::3])
def test_a_post_in_the_party_is_no_role(order):
    reading = reading_of(PARTY, order)
    assert reading.rows[0].values["role"] == "deputy_head"
    assert not any("says the same" in note or "look alike" in note for note in reading.notes)


@pytest.mark.parametrize("backwards", [False, True])
def test_husbands_and_wives_are_not_taken_over(backwards):
    values = reading_of(SPOUSE, sorted(SPOUSE, reverse=backwards)).rows[0].values
    assert (values["full_name"], values["birth_date"], values["phone"]) == ("Tạ Thị Bốn", "1980-02-01", "0922222222")


@pytest.mark.parametrize(
    "title",
    ["Họ và tên (vợ/chồng)", "Họ tên bố", "Ho ten bo", "Họ tên mẹ", "Họ tên cha", "Ngày sinh con", "Họ tên cũ",
    "Số CCCD cũ", "Điện thoại người phụ thuộc", "Chức vụ Đảng", "Chuc vu Dang", "Chức vụ đoàn thể", "Chức vụ (Đảng)",
    "Chức vụ công đoàn", "Họ tên người liên hệ khẩn cấp", "Số điện thoại khác"],
)  # fmt: skip
def test_headers_of_somebody_or_something_else(title):
    assert field_of(title) == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Chức vụ đang đảm nhiệm tại trường", "role"),
        ("Chuc vu dang giu", "role"),
        ("Chức vụ (Đảng, chính quyền, đoàn thể)", "role"),
        ("Họ và tên cán bộ, giáo viên được đánh giá", "full_name"),
        ("Mã định danh (10 con số)", "person_code"),
        ("Mã định danh Bộ GDĐT cấp", ""),
        ("Giới tính (Nam/Nữ/Khác)", "gender"),
        ("Đảng viên Đảng CSVN", "party_member"),
        ("Đảng viên/Đoàn viên", "party_member"),
    ],
)
def test_headers_that_stay_ours(title, name):
    assert field_of(title) == name


def test_the_known_header_wins_over_one_that_begins_like_it_and_the_note_is_true():
    columns = {"Họ tên giáo viên dự bị tại trường": "Lê Văn Rể", "Ngày sinh": "1/2/1980", "Họ tên": "Tạ Thị Bốn"}
    reading = reading_of(columns)
    assert reading.rows[0].values["full_name"] == "Tạ Thị Bốn"
    assert any("“Họ tên” was read, “Họ tên giáo viên dự bị tại trường” was not" in note for note in reading.notes)


def test_a_post_in_the_party_under_one_title_with_the_role():
    lines = [("Họ đệm", "Tên", "Nam", "Nữ", "Đảng", "Chính quyền"), ("Tạ Thị", "Một", None, "1/2/1980", "Bí thư", "HT")]
    header = ("Họ và tên", None, "Ngày sinh", None, "Chức vụ", None)
    reading = read(*lines, header=header, merge=["A1:B1", "C1:D1", "E1:F1"])
    assert reading.rows[0].values["role"] == "head"
    assert "party_member" not in reading.fields


def test_a_block_about_the_spouse():
    lines = [(None, None, "Họ và tên", "Ngày sinh"), ("Tạ Thị Một", "1/2/1980", "Lê Văn Rể", "2/2/1980")]
    header = ("Họ và tên", "Ngày sinh", "Vợ/chồng", None)
    values = read(*lines, header=header, merge=["A1:A2", "B1:B2", "C1:D1"]).rows[0].values
    assert (values["full_name"], values["birth_date"]) == ("Tạ Thị Một", "1980-02-01")


@pytest.mark.parametrize("title", ["Họ tên cũ", "Họ tên chồng/vợ", "Họ tên thường gọi ở trường", "Họ và tên"])
@pytest.mark.parametrize("first", [False, True])
def test_a_name_in_two_columns_is_never_mixed_with_another(title, first):
    columns = {"Họ và tên đệm": "Trịnh Hồng", "Tên": "Hà", "Ngày sinh": "27/4/1972"}
    other = {title: "Lê Văn Tèo"}
    reading = reading_of(other | columns if first else columns | other)
    assert reading.rows[0].values["full_name"] == "Trịnh Hồng Hà"


def test_a_whole_name_beside_its_parts_keeps_the_middle_name():
    columns = {"Họ": "Trịnh", "Tên": "Hà", "Họ và tên": "Trịnh Hồng Hà", "Ngày sinh": "27/4/1972"}
    assert reading_of(columns).rows[0].values["full_name"] == "Trịnh Hồng Hà"


def test_another_name_far_behind_the_whole_one_is_not_added():
    columns = {"Họ và tên": "Trịnh Hồng Hà", "Ngày sinh": "27/4/1972", "Tên gọi": "Bé Ba"}
    assert reading_of(columns).rows[0].values["full_name"] == "Trịnh Hồng Hà"
