"""Roles and units with dates: history is kept, doors are not shut behind oneself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.decisions import Refused
from people.actions import accounts, memberships, units
from people.enums import Role
from people.models import Placement, StaffRecord, Unit, User
from people.queries import visible_people, visible_units
from tests.factories.people import LONG_AGO, kind, member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def at(user, unit):
    return user.memberships.get(unit=unit, end=None)


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_leaving_a_school_ends_its_groups_too(w):
    day = date(2026, 6, 30)
    memberships.end_membership(membership=at(w.teacher, w.school), end=day, by=w.head)
    assert set(w.teacher.memberships.values_list("end", flat=True)) == {day}
    assert not visible_people(fresh(w.head)).filter(pk=w.teacher.pk).exists()


def test_nobody_shuts_the_door_behind_themselves(w):
    for person, unit in ((w.administrator, w.commune), (w.head, w.school)):
        with pytest.raises((Refused, PermissionDenied)):
            memberships.end_membership(membership=at(person, unit), end=TODAY(), by=person)


def test_a_head_ends_no_head_and_no_stranger(w):
    for row, by in (
        (at(w.other_teacher, w.other_school), w.head),
        (at(w.teacher, w.school), w.deputy),
        (at(w.head, w.school), w.deputy),
    ):
        with pytest.raises(PermissionDenied):
            memberships.end_membership(membership=row, end=TODAY(), by=by)
    memberships.end_membership(membership=at(w.head, w.school), end=TODAY(), by=w.administrator)


def test_an_end_before_the_start(w):
    with pytest.raises(Refused, match="before it starts"):
        memberships.end_membership(membership=at(w.teacher, w.school), end=LONG_AGO - timedelta(days=1), by=w.head)


def test_a_corrected_end_takes_the_groups_along(w):
    wrong, right = TODAY() + timedelta(days=900), TODAY() + timedelta(days=9)
    row = memberships.end_membership(membership=at(w.teacher, w.school), end=wrong, by=w.head)
    for end in (right, None, None):  # the same twice is once
        row = memberships.correct_end(membership=row, end=end, by=w.head)
        assert set(w.teacher.memberships.values_list("end", flat=True)) == {end}


def test_who_may_correct_an_end_and_how_long(w):
    def ended(person, days):
        person.memberships.update(end=TODAY() - timedelta(days=days))
        return person.memberships.get(unit=w.school)

    with pytest.raises(Refused, match="30 days ago"):
        memberships.correct_end(membership=ended(w.teacher, 31), end=None, by=w.head)
    row = ended(w.teacher, 30)
    with pytest.raises(PermissionDenied):
        memberships.correct_end(membership=row, end=None, by=w.deputy)
    with pytest.raises(Refused, match="before it starts"):
        memberships.correct_end(membership=row, end=LONG_AGO - timedelta(days=1), by=w.head)
    w.administrator.memberships.update(end=TODAY() + timedelta(days=5))
    with pytest.raises(PermissionDenied, match="your own role"):
        memberships.correct_end(membership=w.administrator.memberships.first(), end=None, by=fresh(w.administrator))


def test_a_corrected_end_does_not_reach_into_the_role_that_followed(w):
    memberships.transfer(
        person=w.teacher, school=w.school, target=w.other_school, start=TODAY() + timedelta(days=20), by=w.administrator
    )
    row = w.teacher.memberships.get(unit=w.school)
    for end in (None, TODAY() + timedelta(days=20)):
        with pytest.raises(Refused, match=w.other_school.name):
            memberships.correct_end(membership=row, end=end, by=w.administrator)
    memberships.correct_end(membership=row, end=TODAY() + timedelta(days=3), by=w.administrator)
    row.refresh_from_db()
    assert row.end == TODAY() + timedelta(days=3)


def test_another_group_from_a_day(w):
    start = date(2026, 9, 1)
    memberships.change_place(
        person=w.teacher, school=w.school, role="group_leader", group=w.group_arts, start=start, by=w.head
    )
    assert at(w.teacher, w.group_arts).role == Role.GROUP_LEADER
    assert w.teacher.memberships.get(unit=w.group_math).end == start - timedelta(days=1)
    assert at(w.teacher, w.school).start == LONG_AGO


def test_a_correction_on_the_first_day_leaves_no_trace(w):
    person = accounts.add_person(
        school=w.school, full_name="Lê Văn Nhầm", role="teacher", group=w.group_math, start=TODAY(), by=w.head
    )
    memberships.change_place(
        person=person, school=w.school, role="teacher", group=w.group_arts, start=TODAY(), by=w.head
    )
    assert {row.unit for row in person.memberships.all()} == {w.school, w.group_arts}


@pytest.mark.parametrize("role", ["head"])
def test_only_the_office_names_a_head(w, role):
    with pytest.raises(PermissionDenied):
        memberships.change_place(person=w.teacher, school=w.school, role=role, group=None, start=TODAY(), by=w.head)
    memberships.change_place(
        person=w.teacher, school=w.school, role=role, group=None, start=TODAY(), by=w.administrator
    )
    assert at(w.teacher, w.school).role == Role.HEAD


def test_a_leader_needs_a_group_of_this_school(w):
    for group, sentence in ((None, "which group"), (w.other_group, "another school")):
        with pytest.raises(Refused, match=sentence):
            memberships.change_place(
                person=w.teacher, school=w.school, role="group_leader", group=group, start=TODAY(), by=w.head
            )


def test_transfer(w):
    day = date(2026, 10, 1)
    with pytest.raises(PermissionDenied):
        memberships.transfer(person=w.teacher, school=w.school, target=w.other_school, start=day, by=w.head)
    memberships.transfer(person=w.teacher, school=w.school, target=w.other_school, start=day, by=w.administrator)
    assert at(w.teacher, w.other_school).start == day
    assert {row.end for row in w.teacher.memberships.exclude(unit=w.other_school)} == {day - timedelta(days=1)}


def test_roles_fit_their_places(w):
    for unit, role in ((w.school, "officer"), (w.commune, "teacher"), (w.group_math, "head")):
        with pytest.raises(Refused, match="Nobody holds"):
            memberships.give_role(person=w.artist, unit=unit, role=role, start=TODAY(), by=w.administrator)
    memberships.give_role(person=w.artist, unit=w.commune, role="officer", start=TODAY(), by=w.administrator)
    memberships.give_role(person=w.artist, unit=w.commune, role="officer", start=TODAY(), by=w.administrator)
    assert w.artist.memberships.filter(role="officer").count() == 1


def test_add_person(w):
    data = {
        "full_name": "ĐẶNG THỊ MỚI",
        "role": "teacher",
        "group": w.group_math,
        "start": TODAY(),
        "birth_date": date(1990, 1, 1),
    }
    person = accounts.add_person(school=w.school, by=w.head, **data, person_code="0999", email="MOI@thcs.example")
    assert (person.username, person.full_name, person.email) == ("moidt", "Đặng Thị Mới", "moi@thcs.example")
    assert StaffRecord.objects.get(user=person).birth_date == date(1990, 1, 1)
    with pytest.raises(Refused, match=f"Đặng Thị Mới at {w.school.name}"):
        accounts.add_person(school=w.school, by=w.head, **data, person_code="0999")
    with pytest.raises(Refused, match="e-mail"):
        accounts.add_person(school=w.school, by=w.head, **data, email="moi@THCS.example")
    with pytest.raises(PermissionDenied):
        accounts.add_person(school=w.school, by=w.head, **{**data, "role": "head"})
    with pytest.raises(PermissionDenied):
        accounts.add_person(school=w.school, by=w.officer, **data)


def test_correct_person_leaves_the_address_of_who_signs_in(w):
    accounts.correct_person(person=w.teacher, by=w.head, full_name="Mai Thị Hường", email="a@b.vn", subject="Toán")
    assert (fresh(w.teacher).full_name, fresh(w.teacher).email) == ("Mai Thị Hường", "a@b.vn")
    User.objects.filter(pk=w.teacher.pk).update(last_login=timezone.now())
    accounts.correct_person(person=w.teacher, by=w.head, email="dieb@b.vn")
    assert fresh(w.teacher).email == "a@b.vn"
    with pytest.raises(PermissionDenied):
        accounts.correct_person(person=w.other_teacher, by=w.head, full_name="X Y")


# --- units ------------------------------------------------------------------------------------------------------------
def test_a_school_changes_its_superior_on_a_day(w):
    day = date(2026, 7, 1)
    member(w.other_commune, Role.ADMINISTRATOR, w.administrator)
    units.move_unit(unit=w.school, parent=w.other_commune, start=day, by=fresh(w.administrator))
    assert w.school.parent_on(day - timedelta(days=1)) == w.commune
    assert w.school.parent_on(day) == w.other_commune
    assert not visible_units(fresh(w.officer)).filter(pk=w.school.pk).exists()
    assert visible_units(fresh(w.far_officer)).filter(pk=w.group_math.pk).exists()


def test_moves_that_are_refused(w):
    admin = member(w.province, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="own parts"):
        units.move_unit(unit=w.province, parent=w.commune, start=TODAY(), by=admin)
    with pytest.raises(Refused, match="cannot stand"):
        units.move_unit(unit=w.group_math, parent=w.commune, start=TODAY(), by=admin)
    with pytest.raises(Refused, match=r"must begin after .*\(\d+ \w+ \d{4}\)"):
        units.move_unit(unit=w.school, parent=w.other_commune, start=LONG_AGO, by=admin)
    with pytest.raises(PermissionDenied):
        units.move_unit(unit=w.school, parent=w.other_commune, start=TODAY(), by=w.head)
    with pytest.raises(PermissionDenied):
        units.move_unit(unit=w.school, parent=w.other_commune, start=TODAY(), by=w.administrator)
    assert Placement.objects.filter(unit=w.school).count() == 1


def test_add_and_rename(w):
    group = units.add_unit(parent=w.school, kind=kind("group"), name=" Tổ Ngoại ngữ ", start=TODAY(), by=w.head)
    assert (group.name, group.code) == ("Tổ Ngoại ngữ", "to-ngoai-ngu")
    with pytest.raises(Refused, match="already"):
        units.add_unit(parent=w.school, kind=kind("group"), name="TỔ NGOẠI NGỮ", start=TODAY(), by=w.head)
    with pytest.raises(Refused, match="already"):  # nor since a day when the other was not there yet
        units.add_unit(parent=w.school, kind=kind("group"), name="Tổ Ngoại ngữ", start=LONG_AGO, by=w.head)
    with pytest.raises(Refused, match="already"):
        units.rename_unit(unit=w.group_math, name="Tổ  ngoại ngữ", by=fresh(w.head))
    units.rename_unit(unit=group, name="TỔ NGOẠI NGỮ", by=fresh(w.head))
    with pytest.raises(PermissionDenied):
        units.add_unit(parent=w.commune, kind=kind("school"), name="Trường Mới", start=TODAY(), by=w.head)
    with pytest.raises(Refused, match="cannot stand"):
        units.add_unit(parent=w.school, kind=kind("school"), name="Trường", start=TODAY(), by=w.administrator)
    units.rename_unit(unit=group, name="Tổ Tiếng Anh", by=fresh(w.head))
    assert Unit.objects.get(pk=group.pk).name == "Tổ Tiếng Anh"
    with pytest.raises(PermissionDenied):
        units.rename_unit(unit=w.school, name="X", by=w.head)
