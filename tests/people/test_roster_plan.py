"""A roster against a school: new, changed, unchanged, error; then carried out."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.decisions import Refused
from people.actions.rosters import apply_roster, default_valid_from, plan_roster, school_year_start, upload_roster
from people.enums import Place, Role
from people.models import Membership, RosterImport, StaffRecord, Unit, User
from people.presenters.rosters import template_workbook
from people.queries import heads_of
from people.roster.reading import read_roster
from tests.factories.people import (
    CommuneFactory,
    GroupFactory,
    SchoolFactory,
    StaffRecordFactory,
    UserFactory,
    member,
    people_world,
    teacher_of,
)
from tests.people.roster_files import DUNG, HUONG, row, texts, workbook

pytestmark = pytest.mark.django_db
FROM = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 03:00", tick=False):
        yield


@pytest.fixture
def school() -> Unit:
    return SchoolFactory(code="thcs-mau", parent=CommuneFactory())


def plan(school, *rows, by=None, **shape):
    return plan_roster(unit=school, content=workbook(*rows, **shape), valid_from=FROM, by=by)


def bring_in(school, *rows, by=None, content=None, day=FROM) -> RosterImport:
    roster = upload_roster(unit=school, name="ds.xlsx", content=content or workbook(*rows), valid_from=day, by=by)
    return apply_roster(roster=roster, by=by)


def outcomes(plan) -> list[str]:
    return [str(planned.outcome) for planned in plan.rows]


def places(user) -> set[tuple[str, str]]:
    return {(row.role, row.unit.name) for row in user.memberships.current().select_related("unit")}


# --- the first roster -----------------------------------------------------------------------------------------------
def test_nothing_is_written_before_somebody_agrees(school):
    assert outcomes(plan(school, HUONG, DUNG)) == ["new", "new"]
    upload_roster(unit=school, name="ds.xlsx", content=workbook(HUONG), valid_from=FROM, by=None)
    assert not User.objects.exists()
    assert not Unit.objects.filter(kind__place=Place.GROUP).exists()


def test_people_with_accounts_records_groups_and_roles(school):
    roster = bring_in(
        school, HUONG, DUNG, row(HUONG, code="0310300001", name="HOÀNG GIA Ý", role="Hiệu trưởng", email="")
    )
    assert roster.applied_at
    huong = User.objects.get(username="huongmt")
    assert (huong.full_name, huong.person_code, huong.email) == ("Mai Thị Hương", "0310300005", "huong@thcs.example")
    assert not huong.has_usable_password()
    assert huong.name_key
    assert places(huong) == {("teacher", school.name), ("teacher", "Tổ Toán - Tin")}
    record = StaffRecord.objects.get(user=huong)
    assert (record.birth_date, record.gender, record.joined_on) == (date(1971, 6, 8), "f", date(1993, 9, 1))
    assert places(User.objects.get(username="dungbk")) == {("teacher", school.name), ("group_leader", "Tổ Ngữ văn")}
    head = User.objects.get(username="yhg")
    assert places(head) == {("head", school.name), ("teacher", "Tổ Toán - Tin")}
    assert list(heads_of(school.pk)) == [head]
    groups = Unit.objects.filter(kind__place=Place.GROUP)
    assert {group.parent_on(FROM) for group in groups} == {school}
    assert set(Membership.objects.values_list("start", flat=True)) == {FROM}


def test_month_and_year_of_entering_are_kept_so(school):
    bring_in(school, row(HUONG, joined="09/1996"), row(DUNG, joined=1999))
    huong, dung = (StaffRecord.objects.get(user__username=name) for name in ("huongmt", "dungbk"))
    assert (huong.joined_on, huong.joined_month_only, huong.joined_year_only) == (date(1996, 9, 1), True, False)
    assert (dung.joined_on, dung.joined_month_only, dung.joined_year_only) == (date(1999, 1, 1), True, True)


def test_user_names_of_namesakes(school):
    UserFactory(username="huongmt")
    rows = [row(HUONG, code=f"031030{n:04d}", birth=f"0{n}/01/1980", joined="", email="") for n in range(1, 5)]
    assert [planned.row.values["username"] for planned in plan(school, *rows).rows] == [
        "huongmt2",
        "huongmt3",
        "huongmt4",
        "huongmt5",
    ]
    bring_in(school, *rows)
    assert set(User.objects.values_list("username", flat=True)) == {
        "huongmt",
        "huongmt2",
        "huongmt3",
        "huongmt4",
        "huongmt5",
    }


def test_nobody_begins_before_entering_the_profession(school):
    bring_in(school, row(HUONG, joined="15/10/2026", birth="08/06/2001"))
    assert set(Membership.objects.values_list("start", flat=True)) == {date(2026, 10, 15)}


# --- the second roster ------------------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing(school):
    bring_in(school, HUONG, DUNG)
    assert outcomes(plan(school, HUONG, DUNG)) == ["unchanged", "unchanged"]
    with pytest.raises(Refused, match="nothing to take over"):
        bring_in(school, HUONG, DUNG)


def test_changes_field_by_field(school):
    bring_in(school, HUONG)
    found = plan(
        school, row(HUONG, name="Mai Thị Hường", birth="09/06/1971", group="Tổ Ngữ văn", role="Tổ trưởng")
    ).rows[0]
    assert found.outcome == "changed"
    assert {(change["field"], change["old"], change["new"]) for change in found.changes} == {
        ("full_name", "Mai Thị Hương", "Mai Thị Hường"),
        ("birth_date", "1971-06-08", "1971-06-09"),
        ("group", "Tổ Toán - Tin", "Tổ Ngữ văn"),
        ("role", "teacher", "group_leader"),
    }


def test_empty_cells_remove_nothing(school):
    bring_in(school, HUONG)
    found = plan(school, row(HUONG, birth=None, gender=None, group=None, role=None, joined=None, email=None))
    assert outcomes(found) == ["unchanged"]


def test_a_change_of_group_keeps_the_history(school):
    bring_in(school, HUONG)
    bring_in(school, row(HUONG, group="Tổ Ngữ văn", role="Tổ trưởng"), day=date(2026, 11, 1))
    huong = User.objects.get()
    assert places(huong) == {("teacher", school.name), ("group_leader", "Tổ Ngữ văn")}
    old = huong.memberships.get(unit__name="Tổ Toán - Tin")
    assert (old.start, old.end) == (FROM, date(2026, 10, 31))
    school_row = huong.memberships.get(unit=school)
    assert (school_row.start, school_row.end) == (FROM, None)


def test_a_teacher_becomes_deputy_head(school):
    bring_in(school, HUONG)
    bring_in(school, row(HUONG, role="Phó hiệu trưởng"), day=date(2026, 11, 1))
    assert places(User.objects.get()) == {("deputy_head", school.name), ("teacher", "Tổ Toán - Tin")}


def test_a_leader_steps_down_without_a_group_in_the_file(school):
    bring_in(school, DUNG)
    bring_in(school, row(DUNG, role="Giáo viên", group=None), day=date(2026, 11, 1))
    assert places(User.objects.get()) == {("teacher", school.name), ("teacher", "Tổ Ngữ văn")}


def test_a_second_group_is_no_change(school):
    bring_in(school, HUONG)
    member(GroupFactory(parent=school, name="Tổ Năng khiếu"), Role.TEACHER, User.objects.get())
    assert outcomes(plan(school, HUONG)) == ["unchanged"]
    assert outcomes(plan(school, row(HUONG, group="tổ năng khiếu"))) == ["unchanged"]


def test_groups_are_found_however_they_are_spelled(school):
    group = GroupFactory(parent=school, name="Tổ Toán - Tin")
    bring_in(school, row(HUONG, group="TỔ TOÁN–TIN"))
    assert Unit.objects.filter(kind__place=Place.GROUP).count() == 1
    assert Membership.objects.current().filter(unit=group).count() == 1


# --- who a row means ---------------------------------------------------------------------------------------------------
def test_an_id_at_another_school(school):
    other = SchoolFactory(name="Trường THCS Khác")
    teacher_of(other, person_code="0310300005", full_name="Mai Thị Hương")
    found = plan(school, HUONG).rows[0]
    assert found.outcome == "error"
    assert "works at Trường THCS Khác. Transfer" in texts(found.row, "error")


def test_somebody_who_had_left_comes_back(school):
    bring_in(school, HUONG)
    Membership.objects.update(end=date(2026, 10, 1))
    roster = bring_in(school, HUONG, day=date(2026, 11, 1))
    assert roster.rows.get().outcome == "changed"
    assert User.objects.count() == 1
    assert places(User.objects.get()) == {("teacher", school.name), ("teacher", "Tổ Toán - Tin")}


def test_an_id_that_belongs_to_somebody_else_here(school):
    bring_in(school, HUONG)
    found = plan(school, row(DUNG, code="0310300005")).rows[0]
    assert "belongs to Mai Thị Hương" in texts(found.row, "error")


def test_people_without_an_id_are_recognised_by_name_and_birth(school):
    bring_in(school, row(HUONG, code=None))
    assert outcomes(plan(school, row(HUONG, code=None))) == ["unchanged"]
    again = plan(school, HUONG).rows[0]
    assert again.outcome == "changed"
    assert [change["field"] for change in again.changes] == ["person_code"]


def test_two_of_a_name_need_the_id(school):
    rows = [row(HUONG, code=f"031030{n:04d}", birth=None, joined=None, email="") for n in (1, 2)]
    bring_in(school, *rows)
    found = plan(school, row(HUONG, code=None, birth=None)).rows[0]
    assert "Several people" in texts(found.row, "error")


def test_two_rows_that_mean_one_person(school):
    bring_in(school, row(HUONG, code=None))
    found = plan(
        school, row(HUONG, code=None, birth=None), row(HUONG, code=None, email="a@thcs.example", birth="08/06/1971")
    )
    assert "means the same person" in texts(found.rows[1].row, "error")


def test_an_address_of_somebody_else(school):
    UserFactory(email="HUONG@thcs.example")
    assert "Somebody else has the address" in texts(plan(school, HUONG).rows[0].row, "error")


def test_the_address_of_somebody_who_signs_in_is_left_alone(school):
    bring_in(school, HUONG)
    User.objects.update(last_login=timezone.now())
    found = plan(school, row(HUONG, email="neu@thcs.example")).rows[0]
    assert found.outcome == "unchanged"
    assert "changes it personally" in texts(found.row, "note")


def test_zeros_restored_from_what_the_school_knows(school):
    bring_in(school, HUONG, DUNG)
    assert outcomes(plan(school, row(HUONG, code=310300005))) == ["unchanged"]


def test_who_no_longer_stands_in_the_file(school):
    bring_in(school, HUONG, DUNG)
    found = plan(school, HUONG)
    assert [person.full_name for person in found.missing] == ["Bùi Kim Dũng"]
    assert [person.full_name for person in plan(school, HUONG, row(DUNG, birth="31/02/1980")).missing] == [], (
        "an error is no absence"
    )


# --- heads -------------------------------------------------------------------------------------------------------------
def test_a_second_head_is_told(school):
    member(school, Role.HEAD, full_name="Hoàng Gia Ý")
    assert "Hoàng Gia Ý is head here too" in texts(plan(school, row(HUONG, role="Hiệu trưởng")).rows[0].row, "note")


def test_a_head_names_no_head():
    w = people_world()
    found = plan(w.school, row(HUONG, role="Hiệu trưởng"), by=w.head).rows[0]
    assert "office above" in texts(found.row, "error")
    assert plan(w.school, row(HUONG, role="Hiệu trưởng"), by=w.administrator).rows[0].outcome == "new"


def test_a_head_who_stands_in_the_own_roster_stays_head():
    w = people_world()
    found = plan(
        w.school, row(HUONG, code="", name="Hoàng Hiệu Trưởng", role="Hiệu trưởng", group="Tổ Toán - Tin"), by=w.head
    ).rows[0]
    assert found.outcome == "changed"
    assert "role" not in {change["field"] for change in found.changes}


# --- carrying out --------------------------------------------------------------------------------------------------------
def test_rows_with_errors_stay_out_and_the_others_go_in(school):
    roster = bring_in(school, HUONG, row(DUNG, birth="31/02/1985"))
    assert User.objects.count() == 1
    assert sorted(roster.rows.values_list("outcome", flat=True)) == ["error", "new"]


def test_twice_is_once(school):
    roster = upload_roster(unit=school, name="ds.xlsx", content=workbook(HUONG), valid_from=FROM, by=None)
    first = apply_roster(roster=roster, by=None)
    second = apply_roster(roster=roster, by=None)
    assert second.applied_at == first.applied_at
    assert User.objects.count() == 1


def test_a_school_that_changed_meanwhile_is_shown_again(school):
    roster = upload_roster(unit=school, name="ds.xlsx", content=workbook(HUONG, DUNG), valid_from=FROM, by=None)
    teacher_of(school, person_code="0310300005", full_name="Mai Thị Hương")
    roster = apply_roster(roster=roster, by=None)
    assert roster.applied_at is None
    assert "Look at it again" in roster.notes[0]
    assert list(roster.rows.values_list("outcome", flat=True)) == ["changed", "new"]
    assert apply_roster(roster=roster, by=None).applied_at


def test_what_the_database_refuses_undoes_everything(school, monkeypatch):
    StaffRecordFactory()
    monkeypatch.setattr("people.roster.usernames.UserNames.take", lambda *_: User.objects.get().username)
    with pytest.raises(Refused, match="refused"):
        bring_in(school, HUONG, DUNG)
    assert User.objects.count() == 1
    assert not Unit.objects.filter(kind__place=Place.GROUP).exists()


def test_only_who_administers_the_school(school):
    w = people_world()
    for person in (w.teacher, w.leader, w.deputy, w.officer, w.supervisor, w.other_head, w.far_officer):
        with pytest.raises(PermissionDenied):
            plan(w.school, HUONG, by=person)
    for person in (w.head, w.administrator):
        assert outcomes(plan(w.school, HUONG, by=person)) == ["new"]
    with pytest.raises(Refused, match="belongs to a school"):
        plan(w.commune, HUONG, by=w.administrator)


def test_the_same_number_of_queries_for_one_row_and_for_a_hundred(school, django_assert_num_queries):
    def rows(count):
        return [
            row(
                HUONG,
                code=f"031{n:07d}",
                name=f"Lê Văn {'ABCDEFGHIK'[n % 10]}{'abcdefghik'[n // 10]}",
                email=f"a{n}@thcs.example",
            )
            for n in range(count)
        ]

    bring_in(school, *rows(3))
    few, many = workbook(*rows(4)), workbook(*rows(100))
    with django_assert_num_queries(18):
        plan_roster(unit=school, content=few, valid_from=FROM, by=None)
    with django_assert_num_queries(18):
        assert plan_roster(unit=school, content=many, valid_from=FROM, by=None).counts() == {
            "new": 97,
            "changed": 0,
            "unchanged": 3,
            "skipped": 0,
            "error": 0,
        }


def test_the_first_day():
    assert school_year_start(date(2026, 8, 31)) == date(2025, 9, 1)
    assert school_year_start(date(2026, 9, 1)) == date(2026, 9, 1)
    assert default_valid_from(has_staff=False, today=date(2026, 11, 21)) == FROM
    assert default_valid_from(has_staff=True, today=date(2026, 11, 21)) == date(2026, 11, 21)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_understood_column_by_column(language):
    book = openpyxl.load_workbook(BytesIO(template_workbook(language)))
    page = book.active
    for column, value in enumerate(
        [
            "1",
            *HUONG[1:3],
            "08/06/1971",
            "Nữ",
            "Kinh",
            "Toán",
            "Toán",
            "GV",
            "ĐH",
            "III",
            "x",
            "9/1993",
            "a@b.vn",
            "0987654321",
        ],
        1,
    ):
        page.cell(2, column, value)
    target = BytesIO()
    book.save(target)
    reading = read_roster(target.getvalue(), known_codes=(), today=date(2026, 11, 21))
    assert "" not in reading.columns.values()
    assert len(set(reading.columns.values())) == 15
    assert len(reading.rows) == 1


def test_yesterday_counts_as_history(school):
    bring_in(school, HUONG)
    Membership.objects.update(end=timezone.localdate() - timedelta(days=1))
    assert plan(school, HUONG).rows[0].changes[0]["field"] in {"role", "group"}
