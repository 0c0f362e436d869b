"""Who a row means when identifier, name and date of birth do not agree."""

from datetime import date

import pytest

from people.models import Membership, StaffRecord, User
from tests.factories.people import CommuneFactory, GroupFactory, SchoolFactory, teacher_of
from tests.people.roster_files import DUNG, HEADER, HUONG, row, texts
from tests.people.test_roster_plan import _today, bring_in, plan, school  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


# --- the identifier of somebody else ------------------------------------------------------------------------------------
@pytest.mark.parametrize("birth", [None, "08/07/1980"])
def test_an_id_under_quite_another_name_is_an_error(school, birth):  # noqa: F811
    bring_in(school, HUONG)
    found = plan(school, row(HUONG, name="Nguyễn Văn Khác", birth=birth)).rows[0]
    assert found.outcome == "error"
    assert "belongs to Mai Thị Hương: is it mistyped?" in texts(found.row, "error")


def test_an_id_under_quite_another_name_of_somebody_whose_birth_is_unknown(school):  # noqa: F811
    bring_in(school, HUONG)
    StaffRecord.objects.update(birth_date=None)
    assert plan(school, row(HUONG, name="Nguyễn Văn Khác")).rows[0].outcome == "error"


@pytest.mark.parametrize("name", ["Mãi Thi Huóng", "Mai Ngọc Hương", "Mai Thị Hường", "Mai Thị Hồng", "Lê Thị Hương"])
def test_a_corrected_name_is_a_change(school, name):  # noqa: F811
    bring_in(school, HUONG)
    assert plan(school, row(HUONG, name=name, birth=None)).rows[0].outcome == "changed"


def test_a_new_name_that_the_date_of_birth_confirms_is_a_change(school):  # noqa: F811
    bring_in(school, HUONG)
    assert plan(school, row(HUONG, name="Trần Bích Nga")).rows[0].outcome == "changed"


def test_who_has_left_is_not_named(school):  # noqa: F811
    bring_in(school, HUONG)
    Membership.objects.update(end=date(2026, 10, 1))
    found = plan(school, row(HUONG, name="Nguyễn Văn Khác", birth=None)).rows[0]
    assert "belongs to somebody else" in texts(found.row, "error")
    assert "Mai" not in texts(found.row)


# --- zeros ---------------------------------------------------------------------------------------------------------------
def test_an_id_known_at_the_school_gets_no_zeros(school):  # noqa: F811
    bring_in(school, row(HUONG, code="9900000037"))
    header = tuple("Số CCCD" if title == "Mã định danh" else title for title in HEADER)
    known, new = plan(school, row(HUONG, code="9900000037"), row(DUNG, code="9900000038"), header=header).rows
    assert (known.outcome, known.row.values["person_code"]) == ("unchanged", "9900000037")
    assert (new.outcome, new.row.values["person_code"]) == ("new", "9900000038")


def test_an_id_known_at_another_school_is_that_person(school):  # noqa: F811
    other = teacher_of(SchoolFactory(name="Trường Gió Mùa", parent=CommuneFactory()))
    Membership.objects.filter(user=other).update(unit=GroupFactory(parent=other.memberships.get().unit, name="Tổ 1"))
    User.objects.filter(pk=other.pk).update(person_code="310300005", full_name="Mai Thị Hương")
    found = plan(school, row(HUONG, code=310300005), DUNG, row(DUNG, code="0310300006", name="Tạ Ba", birth=None)).rows[
        0
    ]
    assert (found.outcome, found.row.values["person_code"]) == ("error", "310300005")
    assert "works at Trường Gió Mùa (Tổ 1)" in texts(found.row, "error")


# --- namesakes -----------------------------------------------------------------------------------------------------------
def test_a_namesake_is_new_with_a_word(school):  # noqa: F811
    bring_in(school, HUONG)
    changes = {"email": "", "joined": None}
    for other in ({"code": "0310300077", "birth": None}, {"code": None, "birth": "09/06/1971"}):
        found = plan(school, row(HUONG, **other, **changes)).rows[0]
        assert found.outcome == "new"
        assert "Mai Thị Hương, born on 8 June 1971, is at the school already" in texts(found.row, "note")


def test_a_namesake_who_stands_in_the_file_too_is_somebody_else(school):  # noqa: F811
    bring_in(school, HUONG)
    second = row(HUONG, code="0310300077", birth="09/06/1980", email="", joined=None)
    found = plan(school, HUONG, second)
    assert [str(planned.outcome) for planned in found.rows] == ["unchanged", "new"]
    assert "already" not in texts(found.rows[1].row)


# --- who has left ---------------------------------------------------------------------------------------------------------
def test_who_has_left_by_the_file_is_asked_about_like_who_does_not_stand_in_it(school):  # noqa: F811
    bring_in(school, HUONG, DUNG)
    found = plan(school, (*HUONG, "Đang làm việc"), (*DUNG, "Nghỉ hưu"), header=(*HEADER, "Trạng thái"))
    assert [str(planned.outcome) for planned in found.rows] == ["unchanged", "skipped"]
    assert [person.full_name for person in found.missing] == ["Bùi Kim Dũng"]
