"""Attack x refusal: roles that ended, that begin later, that are held twice; mails that stop the others."""

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from core import mail
from core.models import OutgoingMail
from evaluations.actions.moves import move
from evaluations.enums import Action, Status
from mentoring.models import Meeting, Note, Pairing
from people.actions.activation import make_codes
from people.enums import Role
from people.models import Membership
from tests.factories.evaluations import bring_to, evaluation_world
from tests.factories.people import member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def made(module_db):
    return evaluation_world()


def status_of(person, address: str) -> int:
    client = Client()
    client.force_login(person)
    return client.get(address).status_code


def test_a_head_whose_role_has_ended_or_has_not_begun(world):
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    address = f"/evaluations/{mine.pk}/review/"
    assert status_of(world.head, address) == 200
    held = Membership.objects.filter(user=world.head, unit=world.school)
    held.update(end=TODAY() - timedelta(days=1))
    assert status_of(world.head, address) in (403, 404)
    with pytest.raises(PermissionDenied):
        move(evaluation=mine, action=Action.RETURN, by=type(world.head).objects.get(pk=world.head.pk), comment="x")
    held.update(start=TODAY() + timedelta(days=1), end=None)
    assert status_of(world.head, address) in (403, 404)


def test_a_teacher_who_becomes_head_decides_the_own_evaluation(world):
    member(world.school, Role.HEAD, world.teacher)
    mine = bring_to(world.mine, Status.UNDER_REVIEW, head=world.head)
    assert status_of(world.teacher, f"/evaluations/{mine.pk}/review/") == 403
    for action in (Action.DECIDE, Action.RETURN, Action.EXCUSE, Action.REOPEN):
        with pytest.raises(PermissionDenied):
            move(evaluation=mine, action=action, by=type(world.teacher).objects.get(pk=world.teacher.pk), comment="x")


def test_an_officer_of_one_branch_who_leads_a_group_in_another_reads_its_results(world):
    bring_to(world.mine, Status.ANNOUNCED, head=world.head, levels="T")
    member(world.group_math, Role.GROUP_LEADER, world.far_officer)
    client = Client()
    client.force_login(world.far_officer)
    html = client.get("/evaluations/").content.decode()
    assert world.teacher.full_name in html
    assert "data-level" not in html.split(world.teacher.full_name)[1].split("</tr>")[0]


def test_a_code_for_somebody_who_is_administrator_from_next_week(world):
    Membership.objects.create(
        user=world.teacher, unit=world.commune, role=Role.ADMINISTRATOR, start=TODAY() + timedelta(days=7)
    )
    with pytest.raises(PermissionDenied):
        make_codes(people=[world.teacher], by=world.head)


def test_a_private_note_is_on_no_page_of_anybody_else(world):
    pairing = Pairing.objects.create(
        unit=world.school,
        mentor=world.colleague,
        mentee=world.teacher,
        start=TODAY(),
        end=TODAY() + timedelta(days=90),
        status="active",
        mentor_accepted_at=timezone.now(),
        mentee_accepted_at=timezone.now(),
        created_by=world.head,
    )
    meeting = Meeting.objects.create(pairing=pairing, held_on=TODAY(), topic="Dự giờ", created_by=world.colleague)
    Note.objects.create(meeting=meeting, author=world.colleague, text="bí-mật-của-tôi")
    address = f"/mentoring/{pairing.pk}/"
    pages = [
        address,
        "/",
        "/mentoring/",
        f"/people/persons/{world.teacher.pk}/",
        "/people/?q=bí-mật",
        "/mentoring/?q=bí-mật",
    ]
    for person in (world.teacher, world.head, world.deputy, world.officer, world.administrator, world.leader):
        client = Client()
        client.force_login(person)
        for page in pages:
            assert "bí-mật-của-tôi" not in client.get(page).content.decode(), (person, page)
    member(world.school, Role.DEPUTY_HEAD, world.colleague)  # whoever evaluates reads nothing any more
    client = Client()
    client.force_login(world.colleague)
    assert "bí-mật-của-tôi" not in client.get(address).content.decode()


def test_a_cycles_name_with_line_breaks_makes_headers_or_stops_other_mails(world, django_capture_on_commit_callbacks):
    world.cycle.name = "Đợt 1\r\nBcc: thief@example.org"
    world.cycle.save()
    written = mail.write_mail(
        key="a",
        to="mai@example.org",
        language="en",
        template="evaluation_opened",
        context={"cycle": world.cycle, "due": TODAY(), "person": world.teacher, "link": "https://example.org"},
    )
    assert "\r" not in written.subject
    assert mail.send(written.pk)
    assert sent.outbox[-1].recipients() == ["mai@example.org"]
    bad = OutgoingMail.objects.create(key="b", to="mai@example.org", subject="a\nb", body="x")
    assert not mail.send(bad.pk)  # is counted and told, and the next mail goes out
    bad.refresh_from_db()
    assert (bad.attempts, bool(bad.last_error)) == (1, True)


@pytest.mark.parametrize(
    ("address", "data", "kind"),
    [
        ("/evaluations/{mine}/evidence/for/TC01/", {"evidence": "-" * 36}, None),
        ("/evaluations/{mine}/ratings/TC01/", "[" * 200_000, "application/json"),
        (
            "/evaluations/{mine}/ratings/TC01/",
            '{"level": "", "note": "a\\u0000\\ud800", "revision": 0}',
            "application/json",
        ),
        ("/evaluations/{mine}/self/", {"note-TC01": "\0", "level-TC01": "\0", "at": "\r\nX: y"}, None),
        ("/evaluations/{mine}/do/submit/", {"comment": "\0", "from": "x", "next": "//evil.example"}, None),
        ("/people/activate/", {"username": "\0", "code": "\0", "password1": "x", "password2": "x"}, None),
    ],
)
def test_what_no_form_sends(world, address, data, kind):
    client = Client()
    client.force_login(world.teacher)
    more = {"content_type": kind} if kind else {}
    assert client.post(address.format(mine=world.mine.pk), data, **more).status_code < 500


@pytest.mark.parametrize("address", ["/people/?q=%00", "/mentoring/?q=%00", "/people/units/{school}/codes/?only=²"])
def test_what_no_link_asks(world, address):
    client = Client()
    client.force_login(world.head)
    assert client.get(address.format(school=world.school.code)).status_code < 500
