"""The front page of an office that begins: one step leads to the next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.actions.installation import create_administrator
from people.enums import Role
from people.models import Membership, User
from tests.factories.evaluations import CycleFactory
from tests.factories.people import CommuneFactory, SchoolFactory, kind, member, teacher_of

pytestmark = pytest.mark.django_db


def steps(client, person) -> list[tuple[str, str]]:
    """(title, address) of what stands on the front page."""
    client.force_login(person)
    return [(item.title, item.url) for _title, items in client.get("/").context["sections"] for item in items]


def unit_page(unit) -> str:
    return reverse("people:unit", args=[unit.code])


def import_page(unit) -> str:
    return reverse("people:import", args=[unit.code])


PREPARE = ("Prepare a cycle", "/evaluations/cycles/new/")


def test_from_the_empty_installation_to_the_first_cycle(client):
    kind("commune")
    user, office, _slip = create_administrator(username="quantri", full_name="Phạm Quản Trị", unit_name="Xã Bình Minh")
    user = User.objects.get(pk=user.pk)
    assert steps(client, user) == [("Add the schools", unit_page(office))]
    assert "Xã Bình Minh has no school yet." in client.get("/").content.decode()
    assert "Nothing waits for you" not in client.get("/").content.decode()

    school = SchoolFactory(parent=office, name="Trường THCS Gió Mùa")
    assert steps(client, user) == [("Import the roster of Trường THCS Gió Mùa", import_page(school))]
    other = SchoolFactory(parent=office)
    assert steps(client, user) == [("Import the rosters of 2 schools", reverse("people:index"))]

    teacher_of(school)
    assert steps(client, user) == [(f"Import the roster of {other.name}", import_page(other)), PREPARE]
    other.closed_on = timezone.localdate()
    other.save()
    assert steps(client, user) == [PREPARE]
    assert client.get(PREPARE[1]).status_code == 200

    CycleFactory(owner=office, created_by=user, name="Năm đầu")
    assert [title for title, _url in steps(client, user)] == ["Năm đầu"]


def test_every_step_leads_to_a_page_that_the_person_may_open(client):
    office = CommuneFactory()
    administrator = member(office, Role.ADMINISTRATOR)
    for _stage in range(3):
        for _title, url in steps(client, administrator):
            assert client.get(url).status_code == 200, url
        SchoolFactory(parent=office)


def test_an_officer_prepares_the_cycle_and_leaves_schools_and_rosters_to_the_administrator(client):
    office = CommuneFactory()
    officer, supervisor = member(office, Role.OFFICER), member(office, Role.SUPERVISOR)
    school = SchoolFactory(parent=office)
    assert steps(client, officer) == []
    teacher_of(school)
    assert steps(client, officer) == [PREPARE]
    assert steps(client, supervisor) == []


def test_teachers_who_come_later_are_there_and_a_head_alone_is_no_staff(client):
    office = CommuneFactory()
    administrator = member(office, Role.ADMINISTRATOR)
    school = SchoolFactory(parent=office)
    member(school, Role.HEAD)
    assert steps(client, administrator) == [(f"Import the roster of {school.name}", import_page(school))]
    teacher = member(school)
    Membership.objects.filter(user=teacher).update(start=timezone.localdate() + timedelta(days=9))
    assert steps(client, administrator) == [PREPARE]


def test_the_administrator_of_a_single_school_begins_with_its_roster(client):
    school = SchoolFactory()
    administrator = member(school, Role.ADMINISTRATOR)
    assert steps(client, administrator) == [(f"Import the roster of {school.name}", import_page(school))]


def test_one_school_or_thirty_take_the_same_queries(client):
    office = CommuneFactory()
    administrator = member(office, Role.ADMINISTRATOR)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    client.force_login(administrator)
    teacher_of(SchoolFactory(parent=office))
    SchoolFactory(parent=office)
    client.get("/")
    few = queries()
    for number in range(30):
        school = SchoolFactory(parent=office)
        if number % 2:
            teacher_of(school)
    assert queries() == few
