"""Troubles of real rosters, one by one: what is read, what is said about it."""

import unicodedata
from datetime import datetime

import pytest

from core.spreadsheets import UnreadableFile
from people.roster.reading import read_roster
from tests.people.roster_files import DUNG, HEADER, HUONG, TODAY, csv_bytes, read, row, texts, workbook

MORE = [
    row(HUONG, stt=n, code=f"03103001{n:02d}", name=f"Lê Văn Mẫu {'ABCDEFGHIJ'[n % 10]}", email="")
    for n in range(10, 14)
]


def one(**changes):
    """The reading of a single changed row among four ordinary ones."""
    return read(row(HUONG, **changes), *MORE).rows[0]


def names(reading) -> list[str]:
    return [found.values["full_name"] for found in reading.rows]


# --- where the header is --------------------------------------------------------------------------------------------
def test_titles_above_the_header():
    above = [
        ["PHÒNG VĂN HÓA - XÃ HỘI"],
        ["TRƯỜNG THCS BÌNH MINH"],
        [],
        ["DANH SÁCH GIÁO VIÊN"],
        ["(Tính đến 15/9/2026)"],
        [],
    ]
    reading = read(HUONG, DUNG, above=above, merge=["A4:I4"])
    assert names(reading) == ["Mai Thị Hương", "Bùi Kim Dũng"]
    assert [found.number for found in reading.rows] == [8, 9], "numbers as Excel shows them"


@pytest.mark.parametrize(
    "header",
    [
        ("TT", " MÃ  ĐỊNH DANH ", "HỌ VÀ TÊN", "NGÀY SINH", "GIỚI TÍNH", "TỔ CHUYÊN MÔN", "CHỨC VỤ", "NGÀY VÀO NGÀNH", "EMAIL"),
        ("stt", "Ma GV", "Ho ten", "Ngay thang nam sinh", "Phai", "To CM", "Chuc danh", "Nam vao nganh", "Thu dien tu"),
        ("No.", "Staff ID", "Full name", "Date of birth", "Sex", "Department", "Position", "Start date", "E-mail address"),
        ("Số TT", "CCCD", "Họ và tên (*)", "Ngày sinh (dd/mm/yyyy)", "Nam/Nữ", "Tổ bộ môn", "Vị trí việc làm",
        "Tháng năm vào ngành", "Địa chỉ email"),
        tuple(unicodedata.normalize("NFD", title) for title in HEADER),
        tuple(f"{title}\n\u200b" for title in HEADER),
    ],
)  # fmt: skip
def test_headers_in_other_words(header):
    reading = read(HUONG, DUNG, header=header)
    assert set(reading.columns.values()) == {
        "ordinal",
        "person_code",
        "full_name",
        "birth_date",
        "gender",
        "group",
        "role",
        "joined_on",
        "email",
    }
    assert reading.rows[1].values["role"] == "group_leader"
    assert reading.rows[0].values["birth_date"] == "1971-06-08"


def test_any_order_of_columns():
    order = (8, 2, 0, 5, 1, 6, 3, 7, 4)
    reading = read(tuple(HUONG[i] for i in order), header=tuple(HEADER[i] for i in order))
    assert reading.rows[0].values["person_code"] == "0310300005"


def test_a_header_on_two_rows_with_merged_cells():
    first = ("STT", "Họ và tên", None, "Ngày tháng năm sinh", None, "Tổ CM")
    second = (None, "Họ đệm", "Tên", "Nam", "Nữ", None)
    reading = read(second, (1, "Mai Thị", "Hương", None, "08/06/1971", "Toán"), (2, "Bùi Kim", "Dũng", "13/10/1971", None, "Văn"),
        header=first, merge=["A1:A2", "B1:C1", "D1:E1", "F1:F2"])  # fmt: skip
    assert names(reading) == ["Mai Thị Hương", "Bùi Kim Dũng"]
    assert [found.values["gender"] for found in reading.rows] == ["f", "m"]
    assert [found.values["birth_date"] for found in reading.rows] == ["1971-06-08", "1971-10-13"]
    assert reading.rows[0].number == 3


def test_a_header_on_two_rows_that_nobody_merged():
    first = ("STT", "Họ và tên", "Giới tính", None, "Trình độ", None)
    second = (None, None, "Nam", "Nữ", "Chuyên môn", "Chính trị")
    reading = read(
        second, (1, "Mai Thị Hương", None, "x", "ĐHSP", "TC"), (2, "Bùi Kim Dũng", "x", None, "ThS", None), header=first
    )
    assert [found.values["gender"] for found in reading.rows] == ["f", "m"]
    assert [found.values["qualification"] for found in reading.rows] == ["Đại học", "Thạc sĩ"]


def test_names_in_two_columns_under_one_title():
    header = ("STT", "Họ và tên", None, "Ngày sinh")
    lines = [(1, "Mai Thị", "Hương", "08/06/1971"), (2, "Bùi Kim", "Dũng", "13/10/1971")]
    assert names(read(*lines, header=header, merge=["B1:C1"])) == ["Mai Thị Hương", "Bùi Kim Dũng"]
    assert names(read(*lines, header=header)) == ["Mai Thị Hương", "Bùi Kim Dũng"]


def test_three_columns_of_names():
    header = ("Họ", "Tên đệm", "Tên", "Ngày sinh")
    assert names(read(("Mai", "Thị", "Hương", "08/06/1971"), ("Bùi", None, "Dũng", "1/1/1980"), header=header)) == [
        "Mai Thị Hương",
        "Bùi Dũng",
    ]


def test_unknown_columns_are_kept_and_told():
    reading = read((*HUONG, "abc", 12), header=(*HEADER, "Ghi chú", "Số con"))
    assert reading.columns["Ghi chú"] == ""
    assert reading.rows[0].raw["Ghi chú"] == "abc"
    assert any("“Ghi chú”, “Số con”" in note for note in reading.notes)


def test_columns_that_only_sound_alike_are_not_read():
    header = (*HEADER, "Ngày vào Đảng", "Nơi sinh", "Ngày cấp CCCD", "Chức vụ Đảng", "Trình độ tin học")
    reading = read((*HUONG, "1/1/2000", "Hà Nội", "1/1/2020", "Bí thư", "B"), header=header)
    assert [reading.columns[title] for title in header[9:]] == [""] * 5


def test_a_column_that_comes_twice_is_told():
    reading = read((*HUONG, "Giáo viên"), header=(*HEADER, "Chức vụ"))
    assert any("“Chức vụ (J)” says the same as “Chức vụ”" in note for note in reading.notes)


def test_the_more_exact_of_two_columns_wins():
    reading = read((1, 1971, "Mai Thị Hương", "08/06/1971"), header=("STT", "Năm sinh", "Họ tên", "Ngày sinh"))
    assert reading.rows[0].values["birth_date"] == "1971-06-08"


def test_a_profession_is_a_subject_or_a_degree():
    header = ("#", "Họ tên", "Chuyên môn", "Trình độ")
    assert read((1, "Lê Văn A", "Toán", "ĐHSP"), header=header).rows[0].values["subject"] == "Toán"
    assert read((1, "Lê Văn A", "ĐHSP Toán"), header=header[:3]).rows[0].values["qualification"] == "Đại học"


# --- which lines are people -------------------------------------------------------------------------------------------
def test_blank_lines_numbered_lines_and_footers():
    reading = read(
        HUONG, (), (None,) * 9, DUNG, (3,), (4,), (),
        (None, None, "Tổng số: 2 người"),
        (None, None, None, None, None, "Bình Minh, ngày 15 tháng 9 năm 2026"),
        (None, None, "NGƯỜI LẬP BIỂU", None, None, "HIỆU TRƯỞNG"),
        (None, None, "(Ký, ghi rõ họ tên)"), (), (),
        (None, None, "Trần Văn Lập", None, None, "Hoàng Gia Ý"),
    )  # fmt: skip
    assert names(reading) == ["Mai Thị Hương", "Bùi Kim Dũng"]
    assert any("Tổng số: 2 người" in note for note in reading.notes)


def test_a_place_and_date_in_the_column_of_dates_is_nobody():
    reading = read(HUONG, (None, None, None, "Bình Minh, ngày 15/9/2026"), (None, None, "Người lập", "Hiệu trưởng"))
    assert names(reading) == ["Mai Thị Hương"]


def test_people_with_the_family_name_of_a_footer():
    reading = read(row(HUONG, name="Tống Thị Cộng"), row(DUNG, name="Nam Cao Kỳ"))
    assert names(reading) == ["Tống Thị Cộng", "Nam Cao Kỳ"]


def test_a_header_repeated_on_every_page_and_a_line_of_numbers():
    reading = read(("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"), HUONG, HEADER, DUNG)
    assert names(reading) == ["Mai Thị Hương", "Bùi Kim Dũng"]


def test_groups_as_lines_between_people():
    header = tuple(title for title in HEADER if title != "Tổ chuyên môn")
    short = tuple(value for i, value in enumerate(HUONG) if i != 5)
    other = tuple(value for i, value in enumerate(DUNG) if i != 5)
    reading = read(("I. TỔ TOÁN - TIN (1 người)",), short, ("II", "TỔ NGỮ VĂN"), other, header=header, merge=["A2:H2"])
    assert [found.values["group"] for found in reading.rows] == ["Tổ Toán - Tin", "Tổ Ngữ Văn"]


def test_groups_merged_over_their_people():
    reading = read(HUONG, row(DUNG, group=None), merge=["F2:F3"])
    assert [found.values["group"] for found in reading.rows] == ["Tổ Toán - Tin"] * 2


def test_the_sheet_that_looks_like_a_roster():
    reading = read(
        HUONG,
        DUNG,
        title="Đội ngũ",
        sheets=[("Bìa", [["TRƯỜNG THCS"]]), ("Thống kê", [["Tổ", "Số người"], ["Toán", 5]])],
    )
    assert reading.sheet == "Đội ngũ"
    assert any("Bìa, Thống kê" in note for note in reading.notes)


def test_the_larger_of_two_rosters_and_a_word_about_the_other():
    reading = read(HUONG, sheets=[("Đầy đủ", [HEADER, HUONG, DUNG])])
    assert reading.sheet == "Đầy đủ"
    assert any("look like rosters too: DS" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(header=("a", "b")), "no-header"),
        (workbook((1, 2), header=("Ngày sinh", "Giới tính")), "no-header"),
        (workbook(header=HEADER), "nobody"),
        (workbook(header=()), "empty"),
        (workbook((1, "x"), header=("TT", "Hä vµ tªn")), "no-header"),
        (csv_bytes(*([(n, f"0{n:09d}", "Lê Văn A", "", "", "", "", "", "") for n in range(5101)])), "too-many-rows"),
    ],
)  # fmt: skip
def test_files_without_a_roster(content, code):
    with pytest.raises(UnreadableFile) as caught:
        read_roster(content, known_codes=(), today=TODAY)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_an_old_font_is_recognised():
    with pytest.raises(UnreadableFile, match="old font"):
        read((1, "NguyÔn V¨n An"), header=("TT", "Hä vµ tªn"))


@pytest.mark.parametrize("content", [
    csv_bytes(HUONG, DUNG), csv_bytes(HUONG, DUNG, encoding="utf-8-sig"), csv_bytes(HUONG, DUNG, separator=";", encoding="utf-8-sig"),
    csv_bytes(HUONG, DUNG, separator="\t", encoding="utf-16"), csv_bytes(HUONG, DUNG, separator="\t", encoding="utf-16-le"),
])  # fmt: skip
def test_csv(content):
    reading = read_roster(content, known_codes=(), today=TODAY)
    assert names(reading) == ["Mai Thị Hương", "Bùi Kim Dũng"]
    assert reading.rows[0].values["person_code"] == "0310300005"
    assert reading.rows[0].number == 2


# --- cells ------------------------------------------------------------------------------------------------------------
def test_names_as_people_meant_them():
    assert one(name="  VÕ HỒNG\u00a0MINH\u200b ").values["full_name"] == "Võ Hồng Minh"
    assert one(name=unicodedata.normalize("NFD", "Lý Đức Ẩn")).values["full_name"] == "Lý Đức Ẩn"
    found = one(name="Mai Thị Hương (HĐ)")
    assert found.values["full_name"] == "Mai Thị Hương"
    assert "“(HĐ)”" in texts(found, "note")


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://evil.example","Trần Bích Nga")', "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "'=1"],
)
def test_formulas_are_errors_and_never_names(name):
    found = one(name=name)
    assert "formula" in texts(found, "error")
    assert found.values["full_name"] == ""


def test_formulas_in_other_columns_too_but_not_in_the_count():
    assert "formula" in texts(one(group="=A1"), "error")
    assert not one(stt="=ROW()-1").has_errors


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (None, "missing"),
        ("  ", "missing"),
        ("123", "not a name"),
        ("a@b.vn", "not a name"),
        ("L3 Văn", "not a name"),
        ("A" * 130, "longer"),
    ],
)
def test_names_that_are_none(name, part):
    assert part in texts(one(name=name), "error")


def test_ids_whose_zeros_excel_ate():
    found = one(code=310300005)
    assert found.values["person_code"] == "0310300005"
    assert "310300005 was read as 0310300005" in texts(found, "note")


def test_ids_of_the_school_teach_the_length():
    reading = read(row(HUONG, code=310300005), known_codes=["0310300001", "0310300002"])
    assert reading.rows[0].values["person_code"] == "0310300005"
    assert read(row(HUONG, code=310300005)).rows[0].values["person_code"] == "310300005", (
        "one number alone proves nothing"
    )


def test_national_ids_have_twelve_figures():
    header = tuple("Số CCCD" if title == "Mã định danh" else title for title in HEADER)
    assert read(row(HUONG, code=1071003344), header=header).rows[0].values["person_code"] == "001071003344"


def test_ids_that_lost_their_figures():
    assert "lost its figures" in texts(one(code="3.1E+08"), "error")


def test_a_missing_id_is_a_note():
    found = one(code=None)
    assert not found.has_errors
    assert "recognised by name" in texts(found, "note")


def test_dates():
    assert one(birth=datetime(1971, 6, 8)).values["birth_date"] == "1971-06-08"  # noqa: DTZ001  as openpyxl reads them
    assert one(birth="8-6-1971").values["birth_date"] == "1971-06-08"
    assert one(birth=26092).values["birth_date"] == "1971-06-08"
    assert "does not exist" in texts(one(birth="31/02/1985"), "error")
    assert "future" in texts(one(birth="01/01/2027"), "error")
    assert "check the year" in texts(one(birth="01/01/2020"), "error")
    assert "check the year" in texts(one(birth="01/01/1920"), "error")
    found = one(birth="08/06/71")
    assert found.values["birth_date"] == "1971-06-08"
    assert "read as 1971" in texts(found, "note")
    found = one(birth="1971")
    assert found.values["birth_date"] == ""
    assert "incomplete" in texts(found, "note")


def test_entering_the_profession():
    found = one(joined="09/1996")
    assert (found.values["joined_on"], found.values["joined_precision"]) == ("1996-09-01", "month")
    found = one(joined=1996)
    assert (found.values["joined_on"], found.values["joined_precision"]) == ("1996-01-01", "year")
    assert "one of the two years is wrong" in texts(one(joined="01/09/1975"), "error")
    assert "future" in texts(one(joined="01/09/2030"), "error")
    assert not one(joined=None).has_errors


def test_roles_and_groups():
    assert "not known" in texts(one(role="Thợ máy"), "error")
    found = one(role="Kế toán")
    assert found.is_left_out
    assert "does not teach" in texts(found, "note")
    assert "taken over as a teacher" in texts(one(role="Tổ trưởng", group=None), "note")
    assert one(group="Ban giám hiệu", role="Hiệu trưởng").values["group"] == ""
    assert one(role="Tổ phó").values["role"] == "teacher"


def test_one_spelling_for_a_group():
    reading = read(
        row(HUONG, group="tổ Toán - Tin"), row(DUNG, group="Tổ Toán - Tin"), row(MORE[0], group="TỔ TOÁN–TIN")
    )
    assert {found.values["group"] for found in reading.rows} == {"Tổ Toán - Tin"}


def test_emails():
    found = one(email="khong-co-email")
    assert found.values["email"] == ""
    assert "not an e-mail address" in texts(found, "note")
    reading = read(row(HUONG, email="truong@thcs.example"), row(DUNG, email="TRUONG@thcs.example"))
    assert [found.values["email"] for found in reading.rows] == ["", ""]
    assert "stands in rows 2, 3" in texts(reading.rows[0], "note")


# --- people listed twice ------------------------------------------------------------------------------------------------
def test_the_same_row_twice_is_skipped_with_a_note():
    first, second = read(HUONG, row(HUONG, stt=2)).rows
    assert not first.messages
    assert second.is_left_out
    assert "as in row 2" in texts(second, "note")


def test_the_same_person_with_other_data_is_an_error_in_both_rows():
    reading = read(HUONG, row(HUONG, group="Tổ Ngữ văn"))
    assert "row 3" in texts(reading.rows[0], "error")
    assert "row 2" in texts(reading.rows[1], "error")


def test_one_name_and_two_people():
    reading = read(HUONG, row(HUONG, code="0310300034", birth="02/02/1987", joined="", email=""))
    assert not any(found.has_errors or found.is_left_out for found in reading.rows)


def test_two_heads():
    reading = read(row(HUONG, role="Hiệu trưởng"), row(DUNG, role="HT"))
    assert all("one head" in texts(found, "error") for found in reading.rows)


def test_no_columns_of_ids_and_roles():
    reading = read(("Mai Thị Hương", "08/06/1971"), header=("Họ và tên", "Ngày sinh"))
    assert any("no column of identifiers" in note for note in reading.notes)
    assert any("no column of roles" in note for note in reading.notes)
    assert not reading.rows[0].has_errors
