"""Pages of people: what each shows, to whom, and with how many questions to the database."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from people.actions.accounts import change_email
from people.models import Membership, Placement, StaffRecord, User
from tests.factories.people import PASSWORD, SchoolFactory, StaffRecordFactory, UserFactory, member, teacher_of

pytestmark = pytest.mark.django_db


def page(client, person, name, *args, query="") -> str:
    client.force_login(person)
    response = client.get(reverse(f"people:{name}", args=args) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def status(client, person, name, *args) -> int:
    client.force_login(person)
    return client.get(reverse(f"people:{name}", args=args)).status_code


# --- the tree ---------------------------------------------------------------------------------------------------------
def test_the_tree_shows_what_is_below_and_nothing_beside(client, w):
    text = page(client, w.officer, "index")
    assert w.school.name in text
    assert w.other_school.name in text
    assert w.far_school.name not in text
    assert "2 schools" in text
    assert w.other_school.name not in page(client, w.head, "index")


def test_the_kind_of_a_unit_stands_apart_and_only_where_the_name_does_not_say_it(client, w):
    w.school.name = "School by the river"
    w.school.save()
    text = page(client, w.officer, "index")
    assert "School by the river</a></span>" in text
    assert f'{w.other_school.name}</a> <span class="muted small">· School</span>' in text


def test_teachers_have_no_room_here(client, w):
    assert status(client, w.teacher, "index") == 403
    assert status(client, w.teacher, "unit", w.school.code) == 404


def test_finding_units_and_people_without_accents(client, w):
    text = page(client, w.head, "index", query="?q=mai+huong")
    assert "Mai Thị Hương" in text
    assert "Hồ Kim Cường" not in page(client, w.head, "index", query="?q=cuong")
    assert "Hồ Kim Cường" in page(client, w.officer, "index", query="?q=Cường")
    assert "Nobody found" in page(client, w.head, "index", query="?q=zzz")
    assert w.group_math.name in page(client, w.head, "index", query="?q=toan")


def test_the_tree_asks_the_same_for_one_school_and_many(client, w, django_assert_num_queries):
    page(client, w.administrator, "index")
    with django_assert_num_queries(7):
        client.get(reverse("people:index"))
    for _school in range(30):
        teacher_of(SchoolFactory(parent=w.commune))
    with django_assert_num_queries(7):
        client.get(reverse("people:index"))


# --- a unit -----------------------------------------------------------------------------------------------------------
def test_a_school_with_staff_groups_and_history(client, w):
    Placement.objects.filter(unit=w.school).update(end=date(2025, 6, 30))
    Placement.objects.create(unit=w.school, parent=w.commune, start=date(2025, 7, 1))
    text = page(client, w.head, "unit", w.school.code)
    assert "Mai Thị Hương" in text
    assert "Group leader" in text
    assert f"Under {w.commune.name} since 1 July 2025" in text
    assert "to 30 June 2025" in text
    assert "Import a roster" in text
    assert "Import a roster" not in page(client, w.officer, "unit", w.school.code)


def test_staff_sorted_by_given_name_filtered_and_searched(client, w):
    text = page(client, w.head, "unit", w.school.code)
    order = ["Trần Văn Đồng", "Mai Thị Hương", "Tạ Bích Ý"]
    assert sorted(order, key=text.index) == order
    text = page(client, w.head, "unit", w.school.code, query="?sort=-name")
    assert sorted(order, key=text.index) == order[::-1]
    text = page(client, w.head, "unit", w.school.code, query=f"?group={w.group_arts.code}")
    assert "Tạ Bích Ý" in text
    assert "Mai Thị Hương" not in text
    assert "Bùi Tổ Trưởng" in page(client, w.head, "unit", w.school.code, query="?role=group_leader")
    assert "Nobody matches" in page(client, w.head, "unit", w.school.code, query="?q=zzz")
    assert "Mai Thị Hương" in page(client, w.head, "unit", w.school.code, query="?sort=role&q=huong")
    assert page(client, w.head, "unit", w.school.code, query="?sort=nonsense&page=99&role=nonsense")


def test_who_has_left(client, w):
    Membership.objects.filter(user=w.artist).update(end=timezone.localdate() - timedelta(days=1))
    assert "Tạ Bích Ý" not in page(client, w.head, "unit", w.school.code)
    assert "Tạ Bích Ý" in page(client, w.head, "unit", w.school.code, query="?show=former")


def test_a_unit_asks_the_same_for_one_person_and_a_hundred(client, w, django_assert_num_queries):
    page(client, w.head, "unit", w.school.code)
    with django_assert_num_queries(16):
        client.get(reverse("people:unit", args=[w.school.code]))
    for number in range(100):
        StaffRecordFactory(user=teacher_of(w.school, w.group_math, full_name=f"Lê Văn {number}"))
    with django_assert_num_queries(16):
        text = client.get(reverse("people:unit", args=[w.school.code])).content.decode()
    assert 'aria-current="page"' in text
    assert text.count("data-label") > 100


@pytest.mark.parametrize("who", ["other_head", "far_officer", "other_teacher", "teacher"])
def test_strangers_find_no_unit_and_no_person(client, w, who):
    person = getattr(w, who)
    for name in ("unit", "add_person", "add_unit", "rename_unit", "move_unit", "codes", "import", "add_role"):
        assert status(client, person, name, w.school.code) == 404, name
    for name in ("person", "edit_person"):
        assert status(client, person, name, w.colleague.pk) == 404, name
    row = w.colleague.memberships.first()
    assert status(client, person, "end_membership", row.pk) == 404
    assert status(client, person, "change_place", w.colleague.pk, w.school.code) == 404
    assert status(client, person, "transfer", w.colleague.pk, w.school.code) == 404


@pytest.mark.parametrize("who", ["deputy", "officer", "supervisor"])
def test_those_who_only_look_are_told(client, w, who):
    person = getattr(w, who)
    for name in ("add_person", "add_unit", "rename_unit", "move_unit", "codes"):
        assert status(client, person, name, w.school.code) == 403, name
    assert status(client, person, "edit_person", w.teacher.pk) == 403
    assert status(client, person, "change_place", w.teacher.pk, w.school.code) == 403
    assert status(client, person, "end_membership", w.teacher.memberships.first().pk) == 403


def test_a_head_does_not_change_the_tree(client, w):
    assert status(client, w.head, "add_unit", w.school.code) == 200
    for name in ("rename_unit", "move_unit"):
        assert status(client, w.head, name, w.school.code) == 403


# --- a person -----------------------------------------------------------------------------------------------------------
def test_the_staff_record_is_for_who_administers(client, w):
    StaffRecord.objects.create(user=w.teacher, phone="0912345678", joined_on=date(1996, 9, 1), joined_month_only=True)
    text = page(client, w.head, "person", w.teacher.pk)
    assert "0912345678" in text
    assert "09/1996" in text
    for looker in (w.deputy, w.officer, w.leader):
        text = page(client, looker, "person", w.teacher.pk)
        assert "0912345678" not in text
        assert w.teacher.person_code not in text
    client.force_login(w.teacher)
    assert client.get(reverse("people:person", args=[w.teacher.pk])).url == reverse("people:me")
    assert "0912345678" in client.get(reverse("people:me")).content.decode()


def test_every_form_of_a_person(client, w):
    client.force_login(w.administrator)
    school = w.school.code
    data = {
        "full_name": "Đặng Thị Mới",
        "role": "teacher",
        "group": w.group_math.pk,
        "start": "2026-09-01",
        "person_code": "0999000001",
    }
    assert "Add this person" in page(client, w.administrator, "add_person", school)
    response = client.post(reverse("people:add_person", args=[school]), data)
    person = User.objects.get(person_code="0999000001")
    assert response.url == reverse("people:person", args=[person.pk])
    again = client.post(reverse("people:add_person", args=[school]), data)
    assert "belongs to Đặng Thị Mới" in again.content.decode()
    wrong = client.post(
        reverse("people:add_person", args=[school]), {**data, "person_code": "1E+09", "birth_date": "31/02/1985"}
    )
    assert "lost its figures" in wrong.content.decode()
    assert "date that exists" in wrong.content.decode()

    assert "Save the data" in page(client, w.administrator, "edit_person", person.pk)
    client.post(reverse("people:edit_person", args=[person.pk]), {"full_name": "Đặng Thị Mới Hơn", "subject": "Toán"})
    assert User.objects.get(pk=person.pk).full_name == "Đặng Thị Mới Hơn"

    assert "Save the change" in page(client, w.administrator, "change_place", person.pk, school)
    client.post(
        reverse("people:change_place", args=[person.pk, school]),
        {"role": "group_leader", "group": w.group_arts.pk, "start": "2026-10-01"},
    )
    assert person.memberships.filter(unit=w.group_arts, role="group_leader", end=None).exists()
    refused = client.post(
        reverse("people:change_place", args=[person.pk, school]),
        {"role": "group_leader", "group": "", "start": "2026-10-01"},
    )
    assert "which group" in refused.content.decode()

    assert "Save the transfer" in page(client, w.administrator, "transfer", person.pk, school)
    client.post(
        reverse("people:transfer", args=[person.pk, school]), {"target": w.other_school.pk, "start": "2026-11-01"}
    )
    row = person.memberships.get(unit=w.other_school)
    assert "Save the last day" in page(client, w.administrator, "end_membership", row.pk)
    early = client.post(reverse("people:end_membership", args=[row.pk]), {"end": "2026-10-01", "sure": "on"})
    assert "before it starts" in early.content.decode()
    client.post(reverse("people:end_membership", args=[row.pk]), {"end": "2026-12-31", "sure": "on"})
    assert person.memberships.get(unit=w.other_school).end == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("born", "joined", "sentence"),
    [
        ("1850-01-01", "", "years old: check the year"),
        ("2015-09-05", "", "years old: check the year"),
        ("2099-01-01", "", "lies in the future"),
        ("1985-07-21", "1992-09-01", "one of the two years is wrong"),
        ("1985-07-21", "2099-09-01", "lies in the future"),
    ],
)
def test_a_form_refuses_the_dates_that_a_roster_refuses(client, w, born, joined, sentence):
    client.force_login(w.head)
    data = {"full_name": w.teacher.full_name, "birth_date": born, "joined_on": joined}
    text = client.post(reverse("people:edit_person", args=[w.teacher.pk]), data).content.decode()
    assert sentence in text
    assert not StaffRecord.objects.filter(user=w.teacher).exists()


def test_a_mistyped_last_day_is_asked_about_and_can_be_corrected(client, w):
    row = w.teacher.memberships.get(unit=w.school)
    address = reverse("people:end_membership", args=[row.pk])
    far = timezone.localdate() + timedelta(days=1500)
    assert "This day is meant" not in page(client, w.head, "end_membership", row.pk)
    for end, question in ((far, "more than a year away"), (date(2020, 6, 30), "cannot be corrected later")):
        text = client.post(address, {"end": end}).content.decode()
        assert question in text
        assert "This day is meant" in text
    assert client.post(address, {"end": far, "sure": "on"}).url == reverse("people:unit", args=[w.school.code])
    text = page(client, w.head, "person", w.teacher.pk)
    assert f'<a class="small" href="{address}">Correct' in text
    text = page(client, w.head, "end_membership", row.pk)
    assert "Correct the end" in text
    assert f'value="{far.isoformat()}"' in text
    soon = timezone.localdate() + timedelta(days=9)
    client.post(address, {"end": soon})
    assert set(w.teacher.memberships.values_list("end", flat=True)) == {soon}
    client.post(address, {"end": "", "goes_on": "on"})
    assert set(w.teacher.memberships.values_list("end", flat=True)) == {None}


def test_who_has_left_by_mistake_is_brought_back_from_the_list(client, w):
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user__in=[w.artist, w.teacher]).update(end=yesterday)
    Membership.objects.filter(user=w.colleague).update(end=yesterday - timedelta(days=60))
    row = w.artist.memberships.get(unit=w.school)
    address = reverse("people:end_membership", args=[row.pk])
    text = page(client, w.head, "unit", w.school.code, query="?show=former")
    assert w.colleague.full_name in text
    assert text.count(">Correct<") == 2
    assert ">Correct<" not in page(client, w.officer, "unit", w.school.code, query="?show=former")
    client.force_login(w.head)
    assert reverse("people:unit", args=[w.school.code]) in client.get(address).content.decode()
    client.post(address, {"goes_on": "on"})
    assert w.artist.full_name in page(client, w.head, "unit", w.school.code)
    long_ago = reverse("people:end_membership", args=[w.colleague.memberships.get(unit=w.school).pk])
    assert client.get(long_ago).status_code == 409


@pytest.mark.parametrize("name", ["add_person", "change_place", "transfer", "move_unit"])
def test_an_empty_choice_is_said_in_words(client, w, name):
    args = [w.teacher.pk, w.school.code] if name in ("change_place", "transfer") else [w.school.code]
    member(w.province, "administrator", w.administrator)
    assert "---------" not in page(client, User.objects.get(pk=w.administrator.pk), name, *args)


def test_every_form_of_a_unit(client, w):
    client.force_login(w.administrator)
    kind = w.group_math.kind_id
    response = client.post(
        reverse("people:add_unit", args=[w.school.code]), {"kind": kind, "name": "Tổ Mới", "start": "2026-09-01"}
    )
    assert response.url == reverse("people:unit", args=["to-moi"])
    double = client.post(
        reverse("people:add_unit", args=[w.school.code]), {"kind": kind, "name": "tổ mới", "start": "2026-09-01"}
    )
    assert "already" in double.content.decode()
    client.post(reverse("people:rename_unit", args=["to-moi"]), {"name": "Tổ Mới Hơn"})
    assert "Tổ Mới Hơn" in page(client, w.administrator, "unit", "to-moi")
    assert "Save the move" in page(client, w.administrator, "move_unit", w.school.code)
    refused = client.post(
        reverse("people:move_unit", args=[w.school.code]), {"parent": w.other_commune.pk, "start": "2026-09-01"}
    )
    assert refused.status_code == 200, "a unit outside the branch is no choice"
    client.post(
        reverse("people:add_role", args=[w.commune.code]),
        {"username": w.artist.username, "role": "officer", "start": "2026-09-01"},
    )
    assert w.artist.memberships.filter(unit=w.commune, role="officer").exists()
    nobody = client.post(
        reverse("people:add_role", args=[w.commune.code]),
        {"username": "niemand", "role": "officer", "start": "2026-09-01"},
    )
    assert "Nobody at your units" in nobody.content.decode()
    assert "Give this role" in page(client, w.administrator, "add_role", w.group_math.code)


# --- oneself ------------------------------------------------------------------------------------------------------------
def test_language_of_ones_own(client, w):
    client.force_login(w.teacher)
    client.cookies["language"] = "en"
    client.post(reverse("people:me"), {"form": "language", "l-language": "vi"})
    assert User.objects.get(pk=w.teacher.pk).language == "vi"
    response = client.get(reverse("people:me"))
    assert response.headers["Content-Language"] == "vi"
    client.post(reverse("people:me"), {"form": "language", "l-language": "auto"})
    assert User.objects.get(pk=w.teacher.pk).language == ""


def test_the_language_switch_is_remembered(client, w):
    client.force_login(w.teacher)
    client.post(reverse("core:set_language"), {"language": "vi"})
    assert User.objects.get(pk=w.teacher.pk).language == "vi"


@pytest.mark.parametrize(
    ("cookie", "own", "browser", "expected"),
    [
        ("en", "vi", "vi", "en"),
        ("", "vi", "en", "vi"),
        ("", "", "vi", "vi"),
        ("xx", "", "xx", "en"),
        ("", "", "", "en"),
    ],
)
def test_whose_word_counts(client, w, cookie, own, browser, expected):
    User.objects.filter(pk=w.teacher.pk).update(language=own)
    client.force_login(User.objects.get(pk=w.teacher.pk))
    if cookie:
        client.cookies["language"] = cookie
    response = client.get(reverse("people:me"), headers={"accept-language": browser})
    assert response.headers["Content-Language"] == expected


def test_an_anonymous_reader_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("people:activate"), headers={"accept-language": "vi"}).status_code == 200


def test_the_own_address_needs_the_password(client, w):
    client.force_login(w.teacher)
    url = reverse("people:me")
    wrong = client.post(url, {"form": "email", "e-email": "a@b.vn", "e-password": "nein"})
    assert "not your password" in wrong.content.decode()
    client.post(url, {"form": "email", "e-email": "A@b.vn", "e-password": PASSWORD})
    assert User.objects.get(pk=w.teacher.pk).email == "a@b.vn"
    UserFactory(email="taken@b.vn")
    taken = client.post(url, {"form": "email", "e-email": "TAKEN@b.vn", "e-password": PASSWORD})
    assert "already has this e-mail" in taken.content.decode()


def test_the_old_address_no_longer_signs_in(client, w):
    change_email(by=w.teacher, email="old@b.vn")
    client.post(reverse("account_login"), {"login": "old@b.vn", "password": PASSWORD})
    client.logout()
    change_email(by=User.objects.get(pk=w.teacher.pk), email="new@b.vn")
    client.post(reverse("account_login"), {"login": "old@b.vn", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": "new@b.vn", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(w.teacher.pk)


def test_each_change_of_address_is_told_also_back_and_forth():
    person = UserFactory(email="a@b.vn")
    for address in ("c@b.vn", "a@b.vn", "c@b.vn"):
        change_email(by=User.objects.get(pk=person.pk), email=address)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["a@b.vn", "a@b.vn", "c@b.vn"]


def test_identifiers_and_addresses_are_searched_among_the_people_one_administers(w):
    from people.queries import search_people

    User.objects.filter(pk=w.teacher.pk).update(person_code="0790001234", email="huong.rieng@example.org")
    for words in ("0790001234", "huong.rieng"):
        for reader, found in ((w.head, True), (w.administrator, True), (w.officer, False), (w.other_head, False)):
            assert search_people(User.objects.all(), words, by=reader).exists() is found, (words, reader)
    assert search_people(User.objects.all(), "mai huong", by=w.officer).get() == w.teacher
    assert search_people(User.objects.all(), "rieng@example", by=w.head).get() == w.teacher
    for words in ("example", "mai example", "huong (*"):
        assert not search_people(User.objects.all(), words, by=w.head), "a school's people share what follows the @"


def test_a_unit_is_not_renamed_to_what_its_neighbour_is_called(client, w):
    client.force_login(w.administrator)
    answer = client.post(reverse("people:rename_unit", args=[w.group_math.code]), {"name": "tổ NĂNG KHIẾU"})
    assert "There is a unit of this name already" in answer.content.decode()
