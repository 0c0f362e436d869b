"""Attack x refusal: ways into somebody else's account."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.actions.rosters import apply_roster, upload_roster
from people.enums import Role
from people.models import Membership, StaffRecord, User
from tests.factories.people import PASSWORD, member, people_world, teacher_of

pytestmark = pytest.mark.django_db
THIEF = "thief@example.org"


@pytest.fixture(scope="module")
def made(module_db):
    return people_world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reset_mails(email: str = THIEF) -> list[str]:
    mail.outbox.clear()
    Client().post("/accounts/password/reset/", {"email": email})
    return [message.body for message in mail.outbox if "/key/" in message.body]


# --- an address is a way into an account ------------------------------------------------------------------------------
@pytest.mark.parametrize("last_login", [None, timezone.now()])
def test_a_head_enters_an_address_for_an_administrator_who_also_teaches_there(world, last_login):
    victim = world.administrator
    User.objects.filter(pk=victim.pk).update(email="", last_login=last_login)
    member(world.school, Role.TEACHER, victim)
    fields = {"full_name": victim.full_name, "email": THIEF}
    assert signed_in(world.head).post(f"/people/persons/{victim.pk}/edit/", fields).status_code == 302
    victim.refresh_from_db()
    assert victim.email == ""
    assert reset_mails() == []


def test_a_head_enters_an_address_for_the_schools_own_administrator(world):
    victim = teacher_of(world.school, email="")
    member(world.school, Role.ADMINISTRATOR, victim)
    fields = {"full_name": victim.full_name, "email": THIEF}
    signed_in(world.head).post(f"/people/persons/{victim.pk}/edit/", fields)
    victim.refresh_from_db()
    assert victim.email == ""


def test_a_head_still_enters_the_address_of_a_teacher_of_the_school(world):
    User.objects.filter(pk=world.teacher.pk).update(email="")
    fields = {"full_name": world.teacher.full_name, "email": "moi@example.org"}
    signed_in(world.head).post(f"/people/persons/{world.teacher.pk}/edit/", fields)
    world.teacher.refresh_from_db()
    assert world.teacher.email == "moi@example.org"


def test_an_open_browser_adds_an_address_without_the_password(world):
    client = signed_in(world.teacher)
    client.post("/accounts/email/", {"action_add": "", "email": THIEF})
    assert reset_mails() == []
    User.objects.filter(pk=world.teacher.pk).update(email="")
    client.post(f"/people/persons/{world.teacher.pk}/edit/", {"full_name": "X", "email": THIEF})
    signed_in(world.head).post(f"/people/persons/{world.head.pk}/edit/", {"full_name": "X", "email": THIEF})
    client.post("/people/me/", {"form": "email", "e-email": THIEF, "e-password": f"{PASSWORD}-not"})
    assert reset_mails() == []


# --- rosters ------------------------------------------------------------------------------------------------------------
def roster_of(world, person: User):
    text = f"Mã định danh,Họ và tên,Chức vụ,Email,Điện thoại\n{person.person_code},{person.full_name},Giáo viên,{THIEF},0909999999\n"
    content = text.encode("utf-8-sig")
    return upload_roster(
        unit=world.school, name="a.csv", content=content, valid_from=timezone.localdate(), by=world.head
    )


def known(person: User) -> User:
    User.objects.filter(pk=person.pk).update(person_code="0999000777", email="")
    StaffRecord.objects.update_or_create(user=person, defaults={"phone": "0901234567"})
    return User.objects.get(pk=person.pk)


def test_a_roster_names_somebody_of_the_office_by_identifier(world):
    """It would show the staff record, set an address and take the person over into the school."""
    victim = known(world.administrator)
    row = roster_of(world, victim).rows.get()
    assert row.outcome == "error"
    assert "0901234567" not in str([row.changes, row.messages, row.values])
    assert "works at" in str(row.messages)


def test_a_roster_sets_the_address_of_a_teacher_who_also_works_for_the_office(world):
    victim = known(world.administrator)
    member(world.school, Role.TEACHER, victim)
    roster = roster_of(world, victim)
    assert "email" not in {change["field"] for change in roster.rows.get().changes}
    apply_roster(roster=roster, by=world.head)
    victim.refresh_from_db()
    assert victim.email == ""
    assert StaffRecord.objects.get(user=victim).phone == "0909999999"


def test_a_roster_sets_the_address_of_somebody_who_becomes_administrator_later(world):
    victim = known(teacher_of(world.school, full_name="Lý Thị Sắp Tới"))
    later = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    Membership.objects.create(user=victim, unit=world.commune, role=Role.ADMINISTRATOR, start=later)
    apply_roster(roster=roster_of(world, victim), by=world.head)
    victim.refresh_from_db()
    assert victim.email == ""


# --- links and hosts ------------------------------------------------------------------------------------------------------
def test_the_link_for_a_new_password_leads_home_whatever_host_was_asked(world, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://chuan.example.org", ["*"]
    User.objects.filter(pk=world.teacher.pk).update(email="mai@example.org")
    mail.outbox.clear()
    Client(HTTP_HOST="evil.example").post("/accounts/password/reset/", {"email": "mai@example.org"})
    assert "https://chuan.example.org/accounts/password/reset/key/" in mail.outbox[0].body
    assert "evil.example/accounts" not in mail.outbox[0].body


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_and_the_language_lead_to_strangers(world, target):
    login = Client().post("/accounts/login/", {"login": world.teacher.username, "password": PASSWORD, "next": target})
    assert login.status_code == 302
    assert login.url == "/"
    assert Client().post("/language/", {"language": "en", "next": target}).url == "/"


def test_who_has_an_account_is_not_told(world):
    User.objects.filter(pk=world.teacher.pk).update(email="mai@example.org")
    answers = {
        (answer.status_code, answer.url)
        for email in ("mai@example.org", "niemand@example.org")
        for answer in [Client().post("/accounts/password/reset/", {"email": email})]
    }
    assert len(answers) == 1
    wrong = {
        Client().post("/accounts/login/", {"login": name, "password": "sai-mat-khau"}).content.count(b"errors")
        for name in (world.teacher.username, "khong-co-ai")
    }
    assert len(wrong) == 1
