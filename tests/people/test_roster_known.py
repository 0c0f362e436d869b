"""What the school knows stays where a file says less, and what the file means is said before anything is done."""

from datetime import date

import openpyxl
import pytest

from people.actions.rosters import apply_roster, upload_roster
from people.models import StaffRecord
from people.presenters.rosters import row_views
from people.roster.reading import read_roster
from tests.people.roster_files import DUNG, HEADER, HUONG, TODAY, csv_bytes, read, row, texts, workbook
from tests.people.test_roster_plan import _today, bring_in, outcomes, plan, school  # noqa: F401  fixtures

SHORT = ("STT", "Họ và tên", "Ngày sinh")


def changes(found) -> list[tuple]:
    return [(change["field"], change["old"], change["new"]) for change in found.rows[0].changes]


# --- empty cells and less exact ones ---------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "outcome"),
    [("", "unchanged"), ("-", "unchanged"), ("?", "unchanged"), ("x", "unchanged"), ("không", "changed")],
)
def test_an_empty_cell_ends_no_membership_of_the_party(school, cell, outcome):  # noqa: F811
    header = (*HEADER, "Đảng viên")
    bring_in(school, content=workbook((*HUONG, "x"), header=header))
    assert outcomes(plan(school, (*HUONG, cell), header=header)) == [outcome]


@pytest.mark.django_db
def test_who_is_not_ticked_as_a_woman_stays_one_and_new_people_are_men(school):  # noqa: F811
    header = tuple("Nữ" if title == "Giới tính" else title for title in HEADER)
    bring_in(school, HUONG)
    known, new, _ticked = plan(
        school, row(HUONG, gender=""), row(DUNG, gender=""), row(DUNG, code="0310300009", name="Tạ Ba", gender="x", email=""),
        header=header,
    ).rows  # fmt: skip
    assert (known.outcome, known.row.values["gender"]) == ("unchanged", "f")
    assert (new.outcome, new.row.values["gender"]) == ("new", "m")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "told", "expected"),
    [
        ("01/09/2011", "2011", []),
        ("01/09/2011", "9/2011", []),
        ("9/2011", "2011", []),
        ("2011", "01/09/2011", [("joined_on", "2011", "2011-09-01")]),
        ("2011", "01/01/2011", [("joined_on", "2011", "2011-01-01")]),
        ("01/09/2011", "2012", [("joined_on", "2011-09-01", "2012")]),
        ("01/09/2011", "10/2011", [("joined_on", "2011-09-01", "2011-10")]),
    ],
)
def test_a_less_exact_day_of_entering_the_profession_changes_nothing(school, known, told, expected):  # noqa: F811
    bring_in(school, row(HUONG, joined=known))
    found = plan(school, row(HUONG, joined=told))
    assert changes(found) == expected
    assert ("kept so" in texts(found.rows[0].row)) == (told in ("2012", "10/2011"))
    bring_in(school, row(HUONG, joined=told), DUNG)
    record = StaffRecord.objects.get(user__username="huongmt")
    assert record.joined_year_only == (("joined_on", "2011-09-01", "2012") in expected)


@pytest.mark.django_db
def test_the_same_figures_are_the_same_phone(school):  # noqa: F811
    header = (*HEADER, "Điện thoại")
    bring_in(school, content=workbook((*HUONG, "0900946128"), header=header))
    StaffRecord.objects.update(phone="0900 946 128")
    for written in ("0900946128", "0900.946.128", "+84900946128"):
        assert outcomes(plan(school, (*HUONG, written), header=header)) == ["unchanged"]
    assert changes(plan(school, (*HUONG, "0900946129"), header=header)) == [("phone", "0900 946 128", "0900946129")]


# --- identifiers -------------------------------------------------------------------------------------------------------------
def test_zeros_come_back_in_numbers_and_in_texts():
    header = ("Số CCCD", "Họ và tên")
    found = read(("30185001111", "Tạ Một"), (30185001112, "Tạ Hai"), header=header).rows
    assert [line.values["person_code"] for line in found] == ["030185001111", "030185001112"]
    content = csv_bytes(("30185001111", "Tạ Một"), ("030185001112", "Tạ Hai"), header=header)
    found = read_roster(content, known_codes=(), today=TODAY).rows
    assert [line.values["person_code"] for line in found] == ["030185001111", "030185001112"]


# --- gender -------------------------------------------------------------------------------------------------------------------
def test_men_by_the_column_of_their_birth_beside_women_ticked():
    header = ("STT", "Họ và tên", "Năm sinh", None, "Nữ")
    lines = [
        (None, None, "Nam", "Nữ", None),
        (1, "Tạ Một", "1/2/1980", None, None),
        (2, "Tạ Hai", None, "1/2/1980", "x"),
        (3, "Tạ Ba", None, "1/2/1980", None),
        (4, "Tạ Bốn", "1/2/1980", None, "x"),
    ]
    found = read(*lines, header=header, merge=["A1:A2", "B1:B2", "C1:D1", "E1:E2"]).rows
    assert [line.values["gender"] for line in found] == ["m", "f", "f", ""]
    assert "Two columns tell different genders" in texts(found[3], "note")


# --- columns, names, footers, hidden rows ------------------------------------------------------------------------------------
@pytest.mark.parametrize("order", [("Tổ", "Bộ môn"), ("Bộ môn", "Tổ")])
def test_the_group_and_the_subject_beside_it(order):
    cells = {"Tổ": "Tổ Xã hội", "Bộ môn": "Lịch sử"}
    found = read((1, "Tạ Một", *map(cells.get, order)), header=("STT", "Họ và tên", *order)).rows[0]
    assert (found.values["group"], found.values["subject"]) == ("Tổ Xã hội", "Lịch sử")
    alone = read((1, "Tạ Một", "Lịch sử"), header=("STT", "Họ và tên", "Bộ môn")).rows[0]
    assert alone.values["group"] == "Lịch sử"


def test_a_name_with_capitals_in_one_of_its_columns():
    found = read(
        ("Hoàng Thị", "HOA", "1/2/1980"), ("TẠ VĂN", "An", "1/2/1980"), header=("Họ đệm", "Tên", "Ngày sinh")
    ).rows
    assert [line.values["full_name"] for line in found] == ["Hoàng Thị Hoa", "Tạ Văn An"]


@pytest.mark.parametrize("text", ["Tổng cộng: 21 người (Nữ: 16)", "Danh sách này có 10 người./."])
@pytest.mark.parametrize("merge", ["A4:F4", "A4:D4", "B4:F4"])
def test_a_footer_over_several_columns_is_nobody(text, merge):
    header = ("STT", "Họ và tên", "Ngày sinh", "Mã định danh", "Chức vụ", "Tổ")
    people = [(n, f"Tạ {name}", "1/2/1980", f"03103000{n}", "GV", "Văn") for n, name in enumerate(("Ba", "Tư"))]
    end = [None if merge.startswith("B") else text, text]
    reading = read(*people, end, header=header, merge=[merge])
    assert len(reading.rows) == 2
    assert any(text in note for note in reading.notes)


def test_hidden_rows_are_told(tmp_path):
    path = tmp_path / "ds.xlsx"
    path.write_bytes(workbook((1, "Tạ Một", "1/2/1980"), (2, "Tạ Hai", "1/2/1981"), header=SHORT))
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    reading = read_roster(path.read_bytes(), known_codes=(), today=TODAY)
    assert [found.number for found in reading.rows] == [2, 3]
    assert "1 hidden row was read too: row 3." in reading.notes


def test_doubts_about_one_cell():
    lines = [(1, "Ngô Thị Sáu\nNguyễn Thị Bảy", 31000), (2, "Lê Thị\nHoa", "1/2/1980")]
    two, wrapped = read(*lines, header=SHORT).rows
    assert "are these two people?" in texts(two, "note")
    assert "“31000” was read as 14 November 1984" in texts(two, "note")
    assert not wrapped.messages


def test_who_is_left_out_has_nothing_to_correct():
    header = (*SHORT, "Chức vụ")
    found = read((1, "Tạ Một", "5/5/2027", "Nhân viên y tế"), (2, "Tạ Hai", "1/2/1980", "GV"), header=header).rows[0]
    assert found.is_left_out
    assert not found.has_errors


# --- the preview ---------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_preview_shows_what_was_read_who_is_left_out_and_no_cell_as_a_name(school):  # noqa: F811
    lines = [HUONG, HUONG, row(DUNG, role="Kế toán"), row(DUNG, name=None, role="GV", code="0310300007", email="")]
    roster = upload_roster(unit=school, name="ds.xlsx", content=workbook(*lines), valid_from=date(2026, 9, 1), by=None)
    new, again, accountant, nameless = row_views(list(roster.rows.order_by("number")))
    assert ("Date of birth", "08/06/1971") in new.facts
    assert ("Personal identifier", "0310300005") in new.facts
    assert [(again.outcome, again.outcome_label), accountant.outcome] == [("skipped", "Left out"), "skipped"]
    assert (nameless.outcome, nameless.name, nameless.facts) == ("error", "", [])
    assert any("will be added: Tổ Toán - Tin" in note for note in roster.notes)
    roster = apply_roster(roster=roster, by=None)
    assert "This group was added: Tổ Toán - Tin." in roster.notes
    assert not any("will be added" in note for note in roster.notes)
