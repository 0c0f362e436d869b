"""Lists as schools really keep them: exports of school software, one list a group, people who have left, doubts."""

from datetime import datetime

import pytest

from people.presenters.rosters import LABELS
from people.roster.columns import SYNONYMS
from people.roster.names import is_name, is_old_font, without_remarks
from people.roster.values import is_gone
from people.roster.words import is_group_title
from tests.people.roster_files import HEADER, HUONG, read, row, texts

SHORT = ("STT", "Họ và tên", "Ngày sinh", "Chức vụ")


def people(*lines, header=SHORT, **shape):
    """(name, group, role) of each row."""
    reading = read(*lines, header=header, **shape)
    return [tuple(found.values[name] for name in ("full_name", "group", "role")) for found in reading.rows], reading


def test_every_column_that_is_understood_has_a_label():
    assert SYNONYMS.keys() <= LABELS.keys()


# --- exports ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "gone"),
    [
        ("Đang làm việc", False), ("Đang công tác", False), ("Nghỉ thai sản", False), ("Chờ nghỉ hưu", False),
        ("Chuyển đến", False), ("Biệt phái", False), (None, False), ("Nghỉ hưu", True), ("Đã nghỉ hưu", True),
        ("Chuyển trường", True), ("Đã chuyển công tác", True), ("Chuyển công tác đến trường khác", True),
        ("Thôi việc", True), ("Đã mất", True), ("Left", True), ("Nghỉ không lương", None), ("abc", None),
    ],
)  # fmt: skip
def test_words_of_whether_somebody_is_at_work_here(word, gone):
    assert is_gone(word) is gone


def test_who_has_left_is_not_taken_over():
    header = (*SHORT, "Trạng thái")
    lines = [
        (n, f"Cao Thị {name}", "5/9/1985", "GV", word)
        for n, name, word in [(1, "An", "Đang làm việc"), (2, "Ba", "Chuyển trường"), (3, "Ca", "Nghỉ không lương")]
    ]
    here, gone, unclear = read(*lines, header=header).rows
    assert not here.messages
    assert gone.is_left_out
    assert "“Chuyển trường” in “Trạng thái”: has left the school" in texts(gone, "note")
    assert not unclear.is_left_out
    assert "not understood: taken over like everybody" in texts(unclear, "note")


def test_the_post_before_the_work_and_the_work_where_no_post_is_given():
    header = ("STT", "Họ và tên", "Vị trí việc làm", "Tổ", "Chức vụ")
    found, reading = people(
        (1, "Cao An", "Giáo viên THCS hạng II", "Toán", "Tổ trưởng chuyên môn"),
        (2, "Cao Ba", "Giáo viên THCS hạng III", "Toán", None),
        (3, "Cao Ca", "Nhân viên thư viện", "Toán", ""),
        header=header,
    )
    assert [role for _name, _group, role in found] == ["group_leader", "teacher", ""]
    assert reading.rows[2].is_left_out
    assert any("read from “Chức vụ”, and where that is empty from “Vị trí việc làm”" in note for note in reading.notes)


def test_identifiers_with_a_quote_mark_as_numbers_and_without_their_figures():
    header = ("STT", "Số CCCD", "Họ và tên")
    lines = [(1, "'030185001111", "Cao An"), (2, 30185001112, "Cao Ba"), (3, "3.01E+11", "Cao Ca"), (4, 3.0185e10, "Cao Da")]  # fmt: skip
    found = read(*lines, header=header).rows
    assert [line.values["person_code"] for line in found] == ["030185001111", "030185001112", "", "030185000000"]
    assert "was read as 030185001112" in texts(found[1], "note")
    assert "lost its figures" in texts(found[2], "error")


# --- names ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "name", "off"),
    [
        ("ThS. Nguyễn Văn An", "Nguyễn Văn An", ["ThS."]),
        ("ThS.Nguyễn Văn An", "Nguyễn Văn An", ["ThS."]),
        ("TS LÊ THỊ HÀ", "LÊ THỊ HÀ", ["TS"]),
        ("PGS.TS. Lê Hà", "Lê Hà", ["PGS.TS."]),
        ("Thạc sĩ Nguyễn Văn An", "Nguyễn Văn An", ["Thạc sĩ"]),
        ("NGƯT. Đào Duy", "Đào Duy", ["NGƯT."]),
        ("Cô Phạm Thu", "Phạm Thu", ["Cô"]),
        ("Đ/c Phạm Thu", "Phạm Thu", ["Đ/c"]),
        ("Ông: Vũ Bá", "Vũ Bá", ["Ông:"]),
        ("Ông Nguyễn Văn An", "Nguyễn Văn An", ["Ông"]),
        ("(Ông) Vũ Bá", "Vũ Bá", ["(Ông)"]),
        ("Lê Thị Hà - TTCM", "Lê Thị Hà", ["TTCM"]),
        ("Lê Thị Hà, ThS", "Lê Thị Hà", ["ThS"]),
        ("Lê Hà (HĐ) - GV", "Lê Hà", ["(HĐ)", "GV"]),
        ("Ông Cao Thắng", "Ông Cao Thắng", []),
        ("Ông Thị Kim Anh", "Ông Thị Kim Anh", []),
        ("H'Bia Niê-Kdăm", "H'Bia Niê-Kdăm", []),
        ("Thạch Sơn Bà", "Thạch Sơn Bà", []),
        ("Cố Thị Ngọc", "Cố Thị Ngọc", []),
        ("Tạ Thị Ts", "Tạ Thị Ts", []),
    ],
)
def test_titles_and_remarks_are_no_part_of_a_name(written, name, off):
    assert without_remarks(written) == (name, off)


def test_what_is_taken_off_a_name_is_told():
    found = read(row(HUONG, name="ThS. Mai Thị Hương - TTCM")).rows[0]
    assert found.values["full_name"] == "Mai Thị Hương"
    assert "“ThS.” is not part of the name" in texts(found, "note")
    assert "“TTCM” is not part of the name" in texts(found, "note")


def test_a_whole_name_that_never_fits_its_parts_is_not_read_and_that_is_said():
    header = ("Họ", "Tên", "Họ và tên", "Ngày sinh")
    lines = [("Trịnh", "Hà", "Lê Văn Tèo", "5/9/1985"), ("Trịnh", "Hạ", "Lê Văn Tí", "5/9/1985")]
    reading = read(*lines, header=header)
    assert [found.values["full_name"] for found in reading.rows] == ["Trịnh Hà", "Trịnh Hạ"]
    assert reading.columns["Họ và tên"] == ""
    assert any("“Họ và tên” holds other names and was not read" in note for note in reading.notes)
    assert not any("not known" in note and "Họ và tên" in note for note in reading.notes)


def test_a_whole_name_that_does_not_fit_in_one_row_is_told_there():
    header = ("Họ", "Tên", "Họ và tên", "Ngày sinh")
    reading = read(("Trịnh", "Hà", "Trịnh Hồng Hà", "5/9/1985"), ("Trịnh", "Hạ", "Lê Tí", "5/9/1985"), header=header)
    assert [found.values["full_name"] for found in reading.rows] == ["Trịnh Hồng Hà", "Trịnh Hạ"]
    assert reading.columns["Họ và tên"] == "full_name"
    assert not reading.rows[0].messages
    assert "“Họ và tên” says “Lê Tí”: the name was read from its parts" in texts(reading.rows[1], "note")


@pytest.mark.parametrize("written", ["NguyÔn V¨n An", "TrÇn ThÞ Hµ", "Nguyeãn Vaên An", "Traàn Thò Haø", "Leâ Hoàng"])
def test_names_in_an_old_font_are_errors(written):
    assert is_old_font(written)
    assert "old font" in texts(read(row(HUONG, name=written)).rows[0], "error")


@pytest.mark.parametrize(
    "written",
    ["Đào Thị Hoàn", "NGUYỄN THỊ ĐÀo", "H'Bia Niê", "Y Ñuê Aê", "Võ Hoãn", "Jörg Müller", "Nguyễn T. Anh", "Lê Quý Đôn",
     "NGUYễN THị Hà"],
)  # fmt: skip
def test_names_in_unicode_are_names(written):
    assert is_name(written)
    assert not is_old_font(written)


@pytest.mark.parametrize("written", ["Nguyá»…n VÄƒn A", "Lê Hà; 0912", "Lê + Hà", "Lê “Hà”"])
def test_letters_read_in_another_encoding_are_no_name(written):
    assert not is_name(written)


# --- groups -----------------------------------------------------------------------------------------------------------------
def test_lines_between_people_end_the_group_above_them():
    found, reading = people(
        ("I. Ban giám hiệu: 02 đ/c",), (1, "Cao An", "1/1/1970", "HT"),
        ("II. Giáo viên",), ("1. Tổ: Toán - Tin (2)",), (1, "Cao Ba", "1/1/1980", "TTCM"),
        ("Trang 2",), (4, "Cao Ca", "1/1/1980", "GV"),
        ("III. Nhân viên",), (1, "Cao Da", "1/1/1980", None),
        ("IV. Hợp đồng",), (1, "Cao Em", "1/1/1980", None),
        ("Danh sách gồm có 5 người./.",), (None, None, None, "Hiệu trưởng"), (None, None, None, "Cao An"),
    )  # fmt: skip
    assert found[:3] == [
        ("Cao An", "", "head"),
        ("Cao Ba", "Tổ Toán - Tin", "group_leader"),
        ("Cao Ca", "Tổ Toán - Tin", "teacher"),
    ]
    assert [line.is_left_out for line in reading.rows] == [False, False, False, True, False]
    assert any("No group is given in rows 12" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("line", "group"),
    [
        (("II", "Tổ Toán - Tin"), "Tổ Toán - Tin"),
        ((2, "Tổ Toán - Tin", None, "8 người"), "Tổ Toán - Tin"),
        (("Tổ: Toán - Tin (8 người)",), "Tổ Toán - Tin"),
        (("Tổ Toán - Tin gồm 8 đồng chí",), "Tổ Toán - Tin"),
        (("Tổ Toán - Tin - 08 GV",), "Tổ Toán - Tin"),
        (("Tổ Toán - Tin - Tổ trưởng: Cao An",), "Tổ Toán - Tin"),
        (("Tổ 4 + 5",), "Tổ 4 + 5"),
        (("TÔ THỊ LAN",), ""),
        (("Tổ trưởng",), ""),
    ],
)
def test_lines_that_name_a_group(line, group):
    assert people(line, (1, "Cao Ba", "1/1/1980", "GV"))[0] == [("Cao Ba", group, "teacher")]


def test_a_family_name_is_no_group():
    assert not is_group_title("Tô Thị Lan")
    assert people((1, "Tô Thị Lan", "1/1/1980", "GV"))[0] == [("Tô Thị Lan", "", "teacher")]


def test_a_list_of_one_group_names_it_above_the_header():
    found, _reading = people((1, "Cao Ba", "1/1/1980", "TT"), above=[["TRƯỜNG THCS A"], ["TỔ: TOÁN - TIN"], []])
    assert found == [("Cao Ba", "Tổ: Toán - Tin".replace(":", ""), "group_leader")]


@pytest.mark.parametrize("line", ["Tổ trưởng: Lê Văn A", "TỔ CHỨC CÁN BỘ", "TRƯỜNG THCS A"])
def test_other_lines_above_the_header_are_no_groups(line):
    assert people((1, "Cao Ba", "1/1/1980", "GV"), above=[[line]])[0] == [("Cao Ba", "", "teacher")]


def test_groups_left_blank_below_the_first_of_them_are_asked_about():
    header = ("Tổ", "Họ và tên", "Chức vụ")
    lines = [("Toán", "Cao An", "TT"), (None, "Cao Ba", "GV"), ("Văn", "Cao Ca", "TT"), (None, "Cao Da", "GV")]
    lines += [(None, "Cao Em", "HT")]
    reading = read(*lines, header=header)
    assert any("No group is given in rows 3, 5:" in note for note in reading.notes)
    assert not any("No group is given" in note for note in read(HUONG).notes)


def test_two_lists_side_by_side():
    header = ("STT", "Họ và tên", "Ngày sinh") * 2
    reading = read((1, "Cao An", "5/9/1985", 2, "Cao Ba", "5/9/1986"), header=header)
    assert any("Two lists stand side by side" in note for note in reading.notes)
    assert not any("look alike" in note for note in reading.notes)


# --- smaller cells ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "number", "word"),
    [
        ("912345678", "0912345678", "zero"),
        (912345678, "0912345678", "zero"),
        ("2203888999", "02203888999", "zero"),
        ("0912345671/0987654321", "0912345671", "first was taken over"),
        ("9.12E+08", "", "not a phone number"),
        ("chưa có số", "", "not a phone number"),
        ("0912 345 678 ", "0912345678", ""),
        (None, "", ""),
    ],
)
def test_phone_numbers(written, number, word):
    found = read((1, "Cao An", written), header=("STT", "Họ và tên", "Điện thoại")).rows[0]
    assert found.values["phone"] == number
    said = [message["text"] for message in found.messages if message["field"] == "phone"]
    assert word in said[0] if word else not said


def test_a_tick_is_no_gender():
    header = ("Họ và tên", "Nam/Nữ")
    found = read(("Cao An", "x"), header=header).rows[0]
    assert found.values["gender"] == ""
    assert "“x” is not known" in texts(found, "note")
    lines = [("Nam", "Nữ"), ("Cao An", "x", "x")]
    both = read((None, *lines[0]), lines[1], header=("Họ và tên", "Giới tính", None), merge=["A1:A2", "B1:C1"]).rows[0]
    assert both.values["gender"] == ""
    assert "Two columns tell different genders" in texts(both, "note")


def test_a_column_of_women_that_nobody_filled_makes_no_men():
    header = ("STT", "Họ và tên", "Nữ")
    ticked = read((1, "Cao An", "x"), (2, "Cao Ba", None), header=header)
    assert [found.values["gender"] for found in ticked.rows] == ["f", "m"]
    empty = read((1, "Cao An"), (2, "Cao Ba"), header=header)
    assert [found.values["gender"] for found in empty.rows] == ["", ""]
    assert any("Nobody is ticked in “Nữ”" in note for note in empty.notes)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Hiệu phó", "deputy_head"),
        ("Khối trưởng", "group_leader"),
        ("Tổ trưởng Công đoàn", "teacher"),
        ("Tổ trưởng CM, tổ trưởng công đoàn", "group_leader"),
        ("Tổ trưởng tổ văn phòng", ""),
    ],
)
def test_roles_of_smaller_schools(word, role):
    assert read(row(HUONG, role=word)).rows[0].values["role"] == role


# --- dates ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "iso", "word"),
    [
        ("T9/2007", "2007-09-01", "month"),
        (2007.09, "2007-09-01", "month"),
        (9.2007, "2007-09-01", "month"),
        (39326.5, "2007-09-01", ""),
        (2007.1, "", "not understood"),
        ("09-07", "", "not understood"),
    ],
)
def test_days_of_entering(written, iso, word):
    found = read(row(HUONG, joined=written)).rows[0]
    assert found.values["joined_on"] == iso
    assert word in texts(found)


def test_a_header_that_says_month_first_is_believed():
    header = ("Full name", "Date of birth (MM/DD/YYYY)")
    lines = [("Nguyen An", "09/05/1985"), ("Tran Binh", "09/25/1985"), ("Le Cuc", "25/09/1985")]
    reading = read(*lines, header=header)
    assert [found.values["birth_date"] for found in reading.rows] == ["1985-09-05", "1985-09-25", ""]
    assert "the month comes first" in texts(reading.rows[2], "error")
    assert not any("day first" in note for note in reading.notes)
    usual = read(("Le Cuc", "05/09/1985"), header=("Họ tên", "Ngày sinh (dd/mm/yyyy)"))
    assert usual.rows[0].values["birth_date"] == "1985-09-05"


def test_a_date_with_the_month_first_throws_doubt_on_the_others():
    lines = [row(HUONG, name=f"Cao {name}", code=None, birth=birth, email=None, joined=None)
        for name, birth in (("An", "5/9/1985"), ("Ba", "9/25/1985"), ("Ca", "9/9/1985"))]  # fmt: skip
    reading = read(*lines)
    assert any("such as 9/25/1985 have the month first" in note and "rows 2." in note for note in reading.notes)
    assert not any("month first" in note for note in read(*lines[::2]).notes)


def test_days_and_months_that_excel_has_swapped_are_suspected():
    def notes(*births):
        lines = [
            row(HUONG, name=f"Cao Thị {'ABCDEFG'[n]}", code=None, birth=birth, email=None, joined=None)
            for n, birth in enumerate(births)
        ]
        return [note for note in read(*lines, header=HEADER).notes if "swapped" in note]

    real = [datetime(1985, 9, 5), datetime(1986, 1, 2), datetime(1987, 12, 11)]  # noqa: DTZ001  as openpyxl reads them
    assert "rows 2, 3, 4" in notes(*real, "25/9/1985", "13/1/1985")[0]
    assert not notes(*real, "25/9/1985", "3/1/1985")
    assert not notes(*real, datetime(1985, 9, 25), "25/9/1985", "13/1/1985")  # noqa: DTZ001
    assert not notes(*real)


def test_a_date_of_birth_in_three_columns():
    header = ("STT", "Họ và tên", "Ngày sinh", None, None, "Tổ")
    lines = [(None, None, "Ngày", "Tháng", "Năm", None), (1, "Cao An", 5, 9, 1985, "Toán"), (2, "Cao Ba", None, 9, 1986, "Toán"),
        (3, "Cao Ca", 31, 2, 1985, "Toán")]  # fmt: skip
    reading = read(*lines, header=header, merge=["A1:A2", "B1:B2", "C1:E1", "F1:F2"])
    assert [found.values["birth_date"] for found in reading.rows] == ["1985-09-05", "", ""]
    assert "incomplete (9/1986)" in texts(reading.rows[1], "note")
    assert "has no day 31" in texts(reading.rows[2], "error")
    assert reading.columns["Ngày sinh › Năm"] == "birth_year"


# --- doubts about several rows ----------------------------------------------------------------------------------------------
def test_identifiers_unlike_the_others_are_asked_about():
    codes = ["0301850011", "’0301850012", "0301850013", "0301850014", "0301850015", "0301850016", "O301850017"]
    reading = read(
        *((n, code, f"Cao {'ABCDEFG'[n]}") for n, code in enumerate(codes)), header=("STT", "Mã GV", "Họ tên")
    )
    assert [found.values["person_code"] for found in reading.rows] == [code.lstrip("’") for code in codes]
    assert any("in row 8, O301850017, looks unlike the others" in note for note in reading.notes)
    mixed = read(
        *((n, f"{'GV' * (n % 2)}{n}23", f"Cao {'ABCDEFG'[n]}") for n in range(7)), header=("STT", "Mã GV", "Họ tên")
    )
    assert not any("unlike" in note for note in mixed.notes)


def test_one_name_twice_with_nothing_to_tell_the_two_apart_is_asked_about():
    header = ("STT", "Họ và tên", "Ngày sinh", "Tổ")
    reading = read((1, "Cao An", None, "Toán"), (2, "CAO AN", None, "Văn"), (3, "Cao Ba", "5/9/1985", "Văn"),
        (4, "Cao Ba", "6/9/1985", "Văn"), header=header)  # fmt: skip
    doubts = [note for note in reading.notes if "is this one person?" in note]
    assert len(doubts) == 1
    assert "Rows 2, 3 all say Cao An" in doubts[0]


@pytest.mark.parametrize(
    ("title", "written", "group"), [("Khối", 1, "Khối 1"), ("Tổ", "2 + 3", "Tổ 2 + 3"), ("Tổ", "Toán", "Toán")]
)
def test_a_group_that_is_only_a_number(title, written, group):
    assert read(("Cao An", written), header=("Họ và tên", title)).rows[0].values["group"] == group


# --- tables below each other --------------------------------------------------------------------------------------------------
def test_a_header_on_two_rows_repeated_on_the_next_page():
    first = ("STT", "Họ và tên", None, "Ngày sinh", None, "Chức vụ", None)
    second = (None, "Họ đệm", "Tên", "Nam", "Nữ", "Đảng", "Chính quyền")
    lines = [second, (1, "Cao Thị", "An", None, "5/9/1985", "BT", "HT"), first, second]
    lines += [(2, "Cao Văn", "Ba", "5/9/1985", None, None, "GV")]
    merge = ["A1:A2", "B1:C1", "D1:E1", "F1:G1", "A4:A5", "B4:C4", "D4:E4", "F4:G4"]
    reading = read(*lines, header=first, merge=merge)
    assert [found.values["full_name"] for found in reading.rows] == ["Cao Thị An", "Cao Văn Ba"]
    assert not any("another table" in note for note in reading.notes)


def test_another_table_below_with_other_columns_is_not_read_as_the_first():
    other = [("STT", "Họ và tên", "Chức vụ", "Ngày sinh"), (1, "Cao Em", "Kế toán", "5/9/1985")]
    found, reading = people((1, "Cao Ba", "1/1/1980", "GV"), (None, "Tổng số: 1"), (), *other)
    assert [name for name, _group, _role in found] == ["Cao Ba"]
    assert any("In row 5 another table with other columns begins" in note for note in reading.notes)


def test_an_identity_card_of_old_gets_no_zeros():
    found = read((1, 131234567, "Cao An"), (2, 1085012345, "Cao Ba"), header=("STT", "Số CMND/CCCD", "Họ và tên")).rows
    assert [line.values["person_code"] for line in found] == ["131234567", "001085012345"]
